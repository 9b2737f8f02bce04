"""Ledger rows by hand: a new row, and a correction, which is rows of its own (never a change)."""

from dataclasses import dataclass, replace
from datetime import date

from analytics import texts
from analytics.errors import BadInput
from analytics.ledger.amount import AMOUNT_HINT, DATE_HINT, AmountFault, read_day, read_ore
from analytics.ledger.booked import BookedRow
from analytics.ledger.imports import HAND, Imported, write
from analytics.ledger.posting_rules import KONTO_HINT
from analytics.ledger.row import LedgerRow
from analytics.ledger.table import KONTO
from analytics.store.posts import Store

MOST = 300  # characters of a text


@dataclass(frozen=True, slots=True)
class NewRow:
    """What someone wrote in the fields, as text."""

    day: str
    konto: str
    amount: str
    text: str
    objekt: str = ""
    verifikat: str = ""


def read_row(new: NewRow, year: int) -> LedgerRow:
    """Return the row that the fields say. Raises BadInput for the first that cannot be read, and
    TextRefused."""
    row = LedgerRow(
        day=_day(new.day, year),
        konto=_konto(new.konto),
        text=_row(new.text, "en text"),
        amount_ore=_amount(new.amount),
        objekt=_row(new.objekt, "ett objekt") if new.objekt.strip() else "",
        verifikat=_row(new.verifikat, "ett verifikat") if new.verifikat.strip() else "",
    )
    texts.require_words("Texten", row.text)
    texts.require_clear("Objektet", row.objekt)
    texts.require_clear("Verifikatet", row.verifikat)
    return row


def add(store: Store, new: NewRow, year: int, reason: str, who: str = "") -> Imported:
    """Save one row. Raises BadInput, and RowExists for one that is there already."""
    row = read_row(new, year)
    if row.amount_ore == 0:
        raise BadInput(new.amount, "ändrar ingenting", "Skriv ett belopp som inte är noll.")
    return _save(store, [row], year, "Skriven för hand", reason, who)


def correct(
    store: Store, wrong: BookedRow, new: NewRow | None, year: int, reason: str, who: str = ""
) -> Imported:
    """Take back a row and put *new* in its place (None: nothing), as rows that say so.

    The row that takes back has the date of *new*, else the row's own. Raises BadInput, and
    RowExists for a row that has been corrected.
    """
    right = None if new is None else read_row(new, year)
    back = LedgerRow(
        day=right.day if right else wrong.day,
        konto=wrong.konto,
        text=f"Rättelse av {wrong.text or wrong.verifikat or wrong.konto}"[:MOST],
        amount_ore=-wrong.amount_ore,
        objekt=wrong.objekt,
        verifikat=wrong.verifikat,
        corrects=wrong.key,
    )
    rows = [back]
    if right and right.amount_ore:
        rows.append(replace(right, corrects=wrong.key))
    return _save(store, rows, year, "Rättelse", reason, who)


def _save(
    store: Store, rows: list[LedgerRow], year: int, name: str, reason: str, who: str
) -> Imported:
    if not reason.strip():
        raise BadInput("", "", "Skriv ett skäl: det visas vid raden och i loggen.")
    days = [str(row.day) for row in rows]
    about = {
        "slag": HAND, "fil": name, "sha256": "", "format": "för hand", "teckentabell": "",
        "ar": year, "fran": min(days), "till": max(days), "konton": {}, "exempel": False,
    }  # fmt: skip
    return write(store, rows, about, reason, who, everything=True)


def _day(text: str, year: int) -> date:
    try:
        found = read_day(text)
    except AmountFault:
        raise BadInput(text, "är inget datum", f"{DATE_HINT[0].upper()}{DATE_HINT[1:]}.") from None
    if found.year != year:
        raise BadInput(text, f"ligger utanför {year}", "Välj ett annat budgetår eller datum.")
    return found


def _konto(text: str) -> str:
    if not KONTO.fullmatch(text.strip()):
        raise BadInput(text, "är inget konto", KONTO_HINT)
    return text.strip()


def _amount(text: str) -> int:
    try:
        return read_ore(text)
    except AmountFault as fault:
        way_out = AMOUNT_HINT if text.strip() else "skriv ett belopp"
        told = str(fault) if text.strip() else way_out
        raise BadInput(text, "är inget belopp", f"{told[0].upper()}{told[1:]}.") from None


def _row(text: str, what: str) -> str:
    clean = text.strip()
    if not clean or len(clean.splitlines()) > 1 or len(clean) > MOST:
        raise BadInput(text, f"är inte {what} på en rad", f"Skriv högst {MOST} tecken.")
    return clean
