"""Ledger rows for tests."""

from datetime import date

MALL = {
    "datum": date(2027, 3, 1),
    "konto": "5010",
    "text": "Lokal",
    "belopp_ore": 1_250_050,
    "objekt": "",
    "verifikat": "A17",
    "rattar": None,
}


def rad(**changes: object) -> dict[str, object]:
    """Return one row; a datum may be given as text."""
    row = {**MALL, **changes}
    if isinstance(row["datum"], str):
        row["datum"] = date.fromisoformat(row["datum"])
    return row
