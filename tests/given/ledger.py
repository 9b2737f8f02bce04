"""Ledger rows for tests."""

from dataclasses import replace
from datetime import date

from analytics.ledger.row import LedgerRow

TEMPLATE_FILE = LedgerRow(
    day=date(2027, 3, 1), konto="5010", text="Lokal", amount_ore=1_250_050, verifikat="A17"
)


def make_row(**changes: object) -> LedgerRow:
    """Return one row; a day may be given as text."""
    row = replace(TEMPLATE_FILE, **changes)
    return replace(row, day=date.fromisoformat(row.day)) if isinstance(row.day, str) else row
