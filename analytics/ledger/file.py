"""A file of booked rows, in SIE 1–4, CSV, Excel or ODS: read whole, and nothing is saved here."""

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.files import recognise
from analytics.files.code_pages import Decoded, decode
from analytics.files.opened import Opened, odd, open_table
from analytics.ledger import sie, sie_rows, table as ledger_table
from analytics.ledger.row import LedgerRow

VERIFIKAT, BALANCE = sie_rows.VERIFIKAT, sie_rows.BALANCE


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says about a year.

    rows: as the store takes them. kind: VERIFIKAT, or BALANCE (balances per account and month).
    accounts: names of accounts. faults: every fault, by row and column; with one nothing is saved.
    remarks: what the reader should know. source: whose bookkeeping it is, where the file says so.
    since, until: the financial year that its vouchers are numbered in. objekt: names of objects.
    hel: the file has all that is booked, for it states the result too. separator: of a CSV.
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
    source: str = ""
    since: date = date.min
    until: date = date.max
    objekt: Mapping[str, str] = field(default_factory=dict)
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
        return _sie(name, content, decode(name, content, encoding, sie=True), year)
    return _table(name, content, open_table(name, content, encoding), year)


def _sie(name: str, content: bytes, text: Decoded, year: int) -> Parsed:
    read = sie.read(text.text)
    found = sie_rows.rows_of(read, year)
    remarks = [*odd(text), *found.remarks]
    if read.flag == "1":
        remarks.append("Filen är märkt som redan inläst i ett program (#FLAGGA 1).")
    who = ", ".join(filter(None, [read.company, read.orgnr, read.program]))
    if who:
        remarks.insert(0, f"Filen kommer från {who}.")
    return Parsed(
        name,
        hashlib.sha256(content).hexdigest(),
        f"SIE {read.type_name}",
        text.name,
        found.kind,
        found.rows,
        sie_rows.konto_names(read, found.rows),
        sorted(found.faults, key=lambda fault: fault.line),
        remarks,
        read.orgnr or read.company,
        *read.year.get(0, (date(year, 1, 1), date(year, 12, 31))),
        sie_rows.objekt_names(read, found.rows),
        any(balance.year_number == 0 for balance in read.res),
    )


def _table(name: str, content: bytes, table: Opened, year: int) -> Parsed:
    found = ledger_table.read(table.rows, year)
    return Parsed(
        name,
        hashlib.sha256(content).hexdigest(),
        table.form,
        table.code_page,
        VERIFIKAT,
        found.rows,
        found.accounts,
        found.faults,
        [*table.remarks, *found.remarks],
        "",
        date(year, 1, 1),
        date(year, 12, 31),
        separator=table.separator,
    )
