"""A file of booked rows, in SIE 1–4, CSV or Excel: read whole, and nothing is saved here."""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from analytics import ledger_csv, ledger_excel, ledger_table, sie, sie_rows
from analytics.errors import Fault
from analytics.ledger_bytes import Avkodad, avkoda, prova
from analytics.ledger_row import LedgerRow

VERIFIKAT, SALDO = sie_rows.VERIFIKAT, sie_rows.SALDO


@dataclass(frozen=True, slots=True)
class Tolkad:
    """What a file says about a year.

    rader: as the store takes them. slag: VERIFIKAT, or SALDO (balances per account and month).
    konton: names of accounts. fel: every fault, by row and column; with one nothing is saved.
    anmarkningar: what the reader should know. kalla: whose bookkeeping it is, where the file says
    so. fran, till: the financial year that its vouchers are numbered in. objekt: names of objects.
    hel: the file has all that is booked, for it states the result too.
    """

    namn: str
    sha256: str
    format: str
    teckentabell: str
    slag: str
    rader: list[LedgerRow]
    konton: dict[str, str]
    fel: list[Fault]
    anmarkningar: list[str]
    kalla: str = ""
    fran: date = date.min
    till: date = date.max
    objekt: Mapping[str, str] = field(default_factory=dict)
    hel: bool = False


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
def las(name: str, content: bytes, ar: int, kodning: str | None = None) -> Tolkad:
    """Return what the file says about the year *ar*; *kodning* as in ledger_bytes.avkoda.

    Raises BadFile for a file that cannot be read at all; faults in its rows are in the answer.
    """
    prova(name, content)
    if ledger_excel.ar_excel(content):
        lines, sheet, others = ledger_excel.rader(name, content)
        remarks = [f"Bladet ”{sheet}” läses."]
        if others:
            remarks = [f"Bara det första bladet, ”{sheet}”, läses; det finns {len(others)} till."]
        return _tabell(name, content, "Excel", "", lines, ar, remarks)
    is_sie = sie.ar_sie(content)
    text = avkoda(name, content, kodning, is_sie)
    if is_sie:
        return _sie(name, content, text, ar)
    lines = ledger_csv.rader(name, text.text)
    return _tabell(name, content, "CSV", text.namn, lines, ar, _udda(text))


def _sie(name: str, content: bytes, text: Avkodad, ar: int) -> Tolkad:
    read = sie.las(text.text)
    found = sie_rows.rader(read, ar)
    remarks = [*_udda(text), *found.anmarkningar]
    if read.flagga == "1":
        remarks.append("Filen är märkt som redan inläst i ett program (#FLAGGA 1).")
    who = ", ".join(filter(None, [read.foretag, read.orgnr, read.program]))
    if who:
        remarks.insert(0, f"Filen kommer från {who}.")
    return Tolkad(
        name,
        hashlib.sha256(content).hexdigest(),
        f"SIE {read.typ}",
        text.namn,
        found.slag,
        found.rader,
        sie_rows.namn(read, found.rader),
        sorted(found.fel, key=lambda fault: fault.line),
        remarks,
        read.orgnr or read.foretag,
        *read.ar.get(0, (date(ar, 1, 1), date(ar, 12, 31))),
        sie_rows.objektnamn(read, found.rader),
        any(saldo.arsnr == 0 for saldo in read.res),
    )


def _tabell(
    name: str,
    content: bytes,
    form: str,
    code: str,
    lines: Iterable[tuple[int, list[object]]],
    ar: int,
    remarks: list[str],
) -> Tolkad:
    found = ledger_table.las(lines, ar)
    return Tolkad(
        name,
        hashlib.sha256(content).hexdigest(),
        form,
        code,
        VERIFIKAT,
        found.rader,
        found.konton,
        found.fel,
        [*remarks, *found.anmarkningar],
        "",
        date(ar, 1, 1),
        date(ar, 12, 31),
    )


def _udda(text: Avkodad) -> list[str]:
    if not text.udda:
        return []
    lines = "; ".join(f"rad {number}: {line.strip()[:60]}" for number, line in text.udda)
    return [
        f"Tecknen ser felkodade ut i {text.namn} ({lines}). Välj en annan teckentabell om å, ä och "
        "ö är fel."
    ]
