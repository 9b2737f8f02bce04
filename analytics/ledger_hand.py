"""Ledger rows by hand: a new row, and a correction, which is rows of its own (never a change)."""

from dataclasses import dataclass, replace
from datetime import date

from analytics.errors import BadInput
from analytics.kontering import KONTO_SA
from analytics.ledger import Rad
from analytics.ledger_amount import BELOPP_SA, DATUM_SA, Fel, dag, ore
from analytics.ledger_import import HAND, Inlast, skriv
from analytics.ledger_row import LedgerRow
from analytics.ledger_table import KONTO
from analytics.store import Store

MEST = 300  # characters of a text


@dataclass(frozen=True, slots=True)
class Ny:
    """What someone wrote in the fields, as text."""

    datum: str
    konto: str
    belopp: str
    text: str
    objekt: str = ""
    verifikat: str = ""


def las(new: Ny, ar: int) -> LedgerRow:
    """Return the row that the fields say. Raises BadInput for the first that cannot be read."""
    return LedgerRow(
        day=_dag(new.datum, ar),
        konto=_konto(new.konto),
        text=_rad(new.text, "en text"),
        amount_ore=_belopp(new.belopp),
        objekt=_rad(new.objekt, "ett objekt") if new.objekt.strip() else "",
        verifikat=_rad(new.verifikat, "ett verifikat") if new.verifikat.strip() else "",
    )


def lagg_till(store: Store, new: Ny, ar: int, skal: str, vem: str = "") -> Inlast:
    """Save one row. Raises BadInput, and RadFinns for one that is there already."""
    row = las(new, ar)
    if row.amount_ore == 0:
        raise BadInput(new.belopp, "ändrar ingenting", "Skriv ett belopp som inte är noll.")
    return _spara(store, [row], ar, "Skriven för hand", skal, vem)


def ratta(store: Store, wrong: Rad, new: Ny | None, ar: int, skal: str, vem: str = "") -> Inlast:
    """Take back a row and put *new* in its place (None: nothing), as rows that say so.

    The row that takes back has the date of *new*, else the row's own. Raises BadInput, and
    RadFinns for a row that has been corrected.
    """
    right = None if new is None else las(new, ar)
    back = LedgerRow(
        day=right.day if right else wrong.datum,
        konto=wrong.konto,
        text=f"Rättelse av {wrong.text or wrong.verifikat or wrong.konto}"[:MEST],
        amount_ore=-wrong.belopp_ore,
        objekt=wrong.objekt,
        verifikat=wrong.verifikat,
        corrects=wrong.nyckel,
    )
    rows = [back]
    if right and right.amount_ore:
        rows.append(replace(right, corrects=wrong.nyckel))
    return _spara(store, rows, ar, "Rättelse", skal, vem)


def _spara(store: Store, rows: list[LedgerRow], ar: int, namn: str, skal: str, vem: str) -> Inlast:
    if not skal.strip():
        raise BadInput("", "", "Skriv ett skäl: det visas vid raden och i loggen.")
    days = [str(row.day) for row in rows]
    about = {
        "slag": HAND, "fil": namn, "sha256": "", "format": "för hand", "teckentabell": "",
        "ar": ar, "fran": min(days), "till": max(days), "konton": {}, "exempel": False,
    }  # fmt: skip
    return skriv(store, rows, about, skal, vem, alla=True)


def _dag(text: str, ar: int) -> date:
    try:
        found = dag(text)
    except Fel:
        raise BadInput(text, "är inget datum", f"{DATUM_SA[0].upper()}{DATUM_SA[1:]}.") from None
    if found.year != ar:
        raise BadInput(text, f"ligger utanför {ar}", "Välj ett annat budgetår eller datum.")
    return found


def _konto(text: str) -> str:
    if not KONTO.fullmatch(text.strip()):
        raise BadInput(text, "är inget konto", KONTO_SA)
    return text.strip()


def _belopp(text: str) -> int:
    try:
        return ore(text)
    except Fel as fault:
        way_out = BELOPP_SA if text.strip() else "skriv ett belopp"
        told = str(fault) if text.strip() else way_out
        raise BadInput(text, "är inget belopp", f"{told[0].upper()}{told[1:]}.") from None


def _rad(text: str, what: str) -> str:
    clean = text.strip()
    if not clean or not clean.replace("\N{NO-BREAK SPACE}", " ").isprintable() or len(clean) > MEST:
        raise BadInput(text, f"är inte {what} på en rad", f"Skriv högst {MEST} tecken.")
    return clean
