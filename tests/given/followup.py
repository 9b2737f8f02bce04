"""What the tests of the follow-up share: a small decided budget and rows of a ledger."""

from datetime import date
from fractions import Fraction

from analytics.budget import versions
from analytics.budget.lines import Budget, new_line
from analytics.ledger import posting_rules, saved_rows
from analytics.ledger.posting_rules import PostingRule
from analytics.ledger.row import LedgerRow
from analytics.store.posts import Store

YEAR = 2027
KONTO = {"Inlån": "5010", "Övning": "6010"}


def decide_budget(store: Store, *, example: bool = False) -> Budget:
    """Return a budget of 900 000 kr: 600 000 evenly for loans, 300 000 for exercises in T1 and T3.

    Account 5010 is the first line, 6010 the second.
    """
    rows = [
        new_line("inlan", "Inlån", 600_000, role="Samordningschef"),
        new_line("gemensamt", "Övning", None, (100_000, 0, 200_000)),
    ]
    made = versions.begin(
        store, YEAR, 900_000, Fraction(2, 3), rows, reason="prov", example=example
    )
    decided = versions.decide(store, made, reason="Chefsgruppen")
    for row in decided.rows:
        konto = KONTO[row.name]
        posting_rules.save(store, PostingRule("", konto, konto, "", row.id))
    return decided


def book(store: Store, *rows: tuple[str, str, int], import_id: str = "prov") -> None:
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
    saved_rows.add_rows(store, import_id, ledger_rows, reason="prov")
