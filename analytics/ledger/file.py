"""A file of booked rows, in SIE 1–4, CSV, Excel or ODS: read whole, and nothing is saved here."""

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.files import recognise
from analytics.files.code_pages import Decoded, decode, file_fault
from analytics.files.opened import Opened, odd, open_table
from analytics.ledger import table as ledger_table
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie import reader as sie, rows as sie_rows
from analytics.ledger.sie.records import Voucher

MOST_SIE = 35_000_000  # bytes: 600 000 rows, which take 290 MB to read
VERIFIKAT, BALANCE = sie_rows.VERIFIKAT, sie_rows.BALANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file says about a year.

    rows: as the store takes them. kind: VERIFIKAT, or BALANCE (balances per account and month).
    accounts: names of accounts. faults: every fault, by row and column; with one nothing is saved.
    remarks: what the reader should know. source: whose bookkeeping it is, where the file says so;
    company: its name. since, until: the financial year that its vouchers are numbered in.
    objekt: names of objects. vouchers: every voucher, also those without rows. stated: the file's
    own sums per account, öre. months: first days of the months that its balances speak of. end: the
    last day that it speaks of. generated: when it was made; extent: the day that it says its sums
    go to. whole: its sums say that it has all that is booked to `end`.
    """

    name: str
    sha256: str
    format: str
    code_page: str
    kind: str
    rows: list[LedgerRow]
    accounts: dict[str, str]
    faults: list[Fault]
    remarks: list[str]
    since: date
    until: date
    end: date
    source: str = ""
    company: str = ""
    objekt: Mapping[str, str] = field(default_factory=dict)
    vouchers: Sequence[Voucher] = ()
    stated: Mapping[str, int] = field(default_factory=dict)
    months: Sequence[date] = ()
    generated: date | None = None
    extent: date | None = None
    whole: bool = False
    separator: str = ""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off Python's search for garbage: it would go through all rows again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def read(name: str, content: bytes, year: int, encoding: str | None = None) -> Parsed:
    """Return what the file says about the year *year*; *encoding* as in code_pages.decode.

    Raises BadFile for a file that cannot be read at all; faults in its rows are in the answer.
    """
    if recognise.kind_of(name, content) == recognise.TEXT and sie.is_sie(content):
        if len(content) > MOST_SIE:
            told = f"en SIE-fil får ha högst {MOST_SIE // 10**6} MB; dela den per månad"
            raise file_fault(name, f"{len(content) // 10**6} MB", told)
        return _sie(name, content, decode(name, content, encoding, sie=True), year)
    return _table(name, content, open_table(name, content, encoding), year)


def _sie(name: str, content: bytes, text: Decoded, year: int) -> Parsed:
    read, code_page, strange = sie.read(text.text), text.name, odd(text)
    del text  # a large file takes room, and its rows are about to be made
    found = sie_rows.rows_of(read, year)
    remarks = [*strange, *found.remarks]
    if read.flag == "1":
        remarks.append("Filen är märkt som redan inläst i ett program (#FLAGGA 1).")
    who = ", ".join(filter(None, [read.company, read.orgnr, read.program]))
    if who:
        remarks.insert(0, f"Filen kommer från {who.rstrip('.')}.")
    return Parsed(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        format=f"SIE {read.type_number}",
        code_page=code_page,
        kind=found.kind,
        rows=found.rows,
        accounts=sie_rows.konto_names(read, found.rows),
        faults=sorted(found.faults, key=lambda fault: fault.line),
        remarks=remarks,
        since=found.since,
        until=found.until,
        end=found.end,
        source=read.orgnr or read.company,
        company=read.company,
        objekt=sie_rows.objekt_names(read, found.rows),
        vouchers=found.vouchers,
        stated=found.stated,
        months=found.months,
        generated=read.generated,
        extent=read.extent,
        whole=found.whole,
    )


def _table(name: str, content: bytes, table: Opened, year: int) -> Parsed:
    found = ledger_table.read(table.rows, year)
    return Parsed(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        format=table.form,
        code_page=table.code_page,
        kind=VERIFIKAT,
        rows=found.rows,
        accounts=found.accounts,
        faults=found.faults,
        remarks=[*table.remarks, *found.remarks],
        since=date(year, 1, 1),
        until=date(year, 12, 31),
        end=date(year, 12, 31),
        separator=table.separator,
    )
