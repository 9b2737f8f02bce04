"""What the tests of the follow-up share: a small decided budget and rows of a ledger."""

from datetime import date
from fractions import Fraction

from analytics import budget_store, kontering, store_ledger
from analytics.budget import Budget, rad
from analytics.kontering import Regel
from analytics.ledger_row import LedgerRow
from analytics.store import Store

AR = 2027
KONTO = {"Inlån": "5010", "Övning": "6010"}


def beslutad(store: Store, *, exempel: bool = False) -> Budget:
    """Return a budget of 900 000 kr: 600 000 evenly for loans, 300 000 for exercises in T1 and T3.

    Account 5010 is the first line, 6010 the second.
    """
    rows = [
        rad("inlan", "Inlån", 600_000, roll="Samordningschef"),
        rad("gemensamt", "Övning", None, (100_000, 0, 200_000)),
    ]
    made = budget_store.nytt(store, AR, 900_000, Fraction(2, 3), rows, skal="prov", exempel=exempel)
    decided = budget_store.besluta(store, made, skal="Chefsgruppen")
    for row in decided.rader:
        konto = KONTO[row.namn]
        kontering.spara(store, Regel("", konto, konto, "", row.id))
    return decided


def bokfor(store: Store, *rows: tuple[str, str, int], import_id: str = "prov") -> None:
    """Add ledger rows: (date, account, öre)."""
    ledger_rows = [
        LedgerRow(
            day=date.fromisoformat(day),
            konto=konto,
            text="rad",
            amount_ore=ore,
            verifikat=f"{day}-{konto}-{ore}",
        )
        for day, konto, ore in rows
    ]
    store_ledger.add_rows(store, import_id, ledger_rows, skal="prov")
