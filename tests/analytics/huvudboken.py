"""Ledger rows for tests."""

from dataclasses import replace
from datetime import date

from analytics.ledger_row import LedgerRow

MALL = LedgerRow(
    day=date(2027, 3, 1), konto="5010", text="Lokal", amount_ore=1_250_050, verifikat="A17"
)


def rad(**changes: object) -> LedgerRow:
    """Return one row; a day may be given as text."""
    row = replace(MALL, **changes)
    return replace(row, day=date.fromisoformat(row.day)) if isinstance(row.day, str) else row
