"""Puts a year in the store that the browser's app opens: every status, chart and rule is seen."""

from datetime import date
from fractions import Fraction

from analytics.budget import versions
from analytics.budget.lines import new_line
from analytics.followup import activities, comments, forecasts, status as followup_status
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.followup.forecasts import LineForecast
from analytics.ledger import posting_rules, saved_rows
from analytics.ledger.posting_rules import PostingRule
from analytics.ledger.row import LedgerRow
from analytics.reference import database
from analytics.store import posts as store_posts

YEAR = 2026
LINES = (
    ("inlan", "Samordnare från kommunerna", 1_500_000, "5010", 125_000),
    ("inlan", "Samordnare blåljus", 1_500_000, "5020", 139_000),
    ("inlan", "Samordnare trafik", 1_333_333, "5030", 111_000),
    ("gemensamt", "Övningar <b>och</b> prov", 1_200_000, "6010", 100_000),
    ("gemensamt", "Utbildning", 566_667, "6020", 47_000),
    ("gemensamt", "Utvärdering och utveckling", 400_000, "6030", 31_000),
)


def fill() -> dict[str, str]:
    """Return the lines' ids by name: T1 closed with a row after it, T2 open with an unknown
    account."""
    saved, db = store_posts.shared(), database.shared()
    plan = versions.decided_budget(saved, YEAR)
    if plan is None:
        rows = [
            new_line(part, name, year, role="Samordningschef") for part, name, year, _, _ in LINES
        ]
        plan = versions.begin(saved, YEAR, 6_500_000, Fraction(2, 3), rows, reason="prov")
        plan = versions.decide(saved, plan, reason="Chefsgruppen 2025-11-20")
        for line, (*_, konto, _) in zip(plan.rows, LINES, strict=True):
            posting_rules.save(saved, PostingRule("", konto, konto, "", line.id))
        posting_rules.save(saved, PostingRule("", "3000", "3999", "", posting_rules.INCOME))
        activities.add(
            saved,
            [
                Activity(YEAR, "Samverkansövning våren", 1, "Kansliet", {1: ("klar", "I mars")}),
                Activity(YEAR, "Utbildning av nya samordnare", 2, "", {1: ("pågår", "")}),
                Activity(YEAR, "Utvärdering", 3),
            ],
            reason="prov",
        )
        _book(saved, range(1, 5))
        ids = {r.name: r.id for r in plan.rows}
        words = Comment("Två inlån överlappade i februari", "Nästa överlappning är en vecka")
        for name in ("Samordnare blåljus", "Utvärdering och utveckling"):
            comments.set_comment(saved, YEAR, 1, ids[name], words)
        own = LineForecast("egen", 1_600_000, "Överlappningen upprepas inte")
        forecasts.set_forecast(saved, YEAR, 1, ids["Samordnare blåljus"], own)
        followup_status.close(db, saved, YEAR, 1)
        _book(saved, range(5, 9))
        late = [("2026-04-30", "5010", 7_000_00), ("2026-06-01", "7690", 12_345_00),
                ("2026-01-10", "3010", -3_250_000_00)]  # fmt: skip
        saved_rows.add_rows(saved, "sent", [_make_row(*row) for row in late], reason="prov")
    return {r.name: r.id for r in plan.rows}


def _book(saved: store_posts.Store, months: range) -> None:
    rows = [
        _make_row(f"{YEAR}-{month:02}-25", konto, amount * 100 + 37)
        for month in months
        for *_, konto, amount in LINES
    ]
    saved_rows.add_rows(saved, f"till-{months[-1]}", rows, reason="prov")


def _make_row(day: str, konto: str, ore: int) -> LedgerRow:
    return LedgerRow(
        day=date.fromisoformat(day),
        konto=konto,
        text="=Månadens kostnad",
        amount_ore=ore,
        objekt="6=P1",
        verifikat=f"A{day[5:7]}",
    )
