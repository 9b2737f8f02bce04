"""A file of booked rows, in SIE 1–4, CSV or Excel: read whole, and nothing is saved here."""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault, ended
from analytics.files import csv_rows, workbook
from analytics.files.code_pages import Decoded, decode, require_safe
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
    hel: the file has all that is booked, for it states the result too.
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
    require_safe(name, content)
    if workbook.is_excel(content):
        lines, sheet, others = workbook.rows(name, content)
        remarks = [f"Bladet ”{sheet}” läses."]
        if others:
            remarks = [f"Bara det första bladet, ”{sheet}”, läses; det finns {len(others)} till."]
        return _table(name, content, "Excel", "", lines, year, remarks)
    is_sie = sie.is_sie(content)
    text = decode(name, content, encoding, is_sie)
    if is_sie:
        return _sie(name, content, text, year)
    lines = csv_rows.rows(name, text.text)
    return _table(name, content, "CSV", text.name, lines, year, _odd(text))


def _sie(name: str, content: bytes, text: Decoded, year: int) -> Parsed:
    read = sie.read(text.text)
    found = sie_rows.rows_of(read, year)
    remarks = [*_odd(text), *found.remarks]
    if read.flag == "1":
        remarks.append("Filen är märkt som redan inläst i ett program (#FLAGGA 1).")
    who = ", ".join(filter(None, [read.company, read.orgnr, read.program]))
    if who:
        remarks.insert(0, f"Filen kommer från {ended(who)}")
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


def _table(
    name: str,
    content: bytes,
    form: str,
    code: str,
    lines: Iterable[tuple[int, list[object]]],
    year: int,
    remarks: list[str],
) -> Parsed:
    found = ledger_table.read(lines, year)
    return Parsed(
        name,
        hashlib.sha256(content).hexdigest(),
        form,
        code,
        VERIFIKAT,
        found.rows,
        found.accounts,
        found.faults,
        [*remarks, *found.remarks],
        "",
        date(year, 1, 1),
        date(year, 12, 31),
    )


def _odd(text: Decoded) -> list[str]:
    if not text.odd:
        return []
    lines = "; ".join(f"rad {number}: {line.strip()[:60]}" for number, line in text.odd)
    return [
        f"Tecknen ser felkodade ut i {text.name} ({lines}). Välj en annan teckentabell om å, ä och "
        "ö är fel."
    ]
