"""Puts a year in the store that the browser's app opens: every status, chart and rule is seen."""

from datetime import date
from fractions import Fraction

from analytics import (
    activities,
    budget_store,
    database,
    followup,
    followup_store,
    kontering,
    store,
    store_ledger,
)
from analytics.activities import Aktivitet
from analytics.budget import rad
from analytics.followup_store import Ord, Prognos
from analytics.kontering import Regel
from analytics.ledger_row import LedgerRow

AR = 2026
POSTER = (
    ("inlan", "Samordnare från kommunerna", 1_500_000, "5010", 125_000),
    ("inlan", "Samordnare blåljus", 1_500_000, "5020", 139_000),
    ("inlan", "Samordnare trafik", 1_333_333, "5030", 111_000),
    ("gemensamt", "Övningar <b>och</b> prov", 1_200_000, "6010", 100_000),
    ("gemensamt", "Utbildning", 566_667, "6020", 47_000),
    ("gemensamt", "Utvärdering och utveckling", 400_000, "6030", 31_000),
)


def fyll() -> dict[str, str]:
    """Return the lines' ids by name: T1 closed with a row after it, T2 open with an unknown
    account."""
    saved, db = store.shared(), database.shared()
    plan = budget_store.gallande(saved, AR)
    if plan is None:
        rows = [rad(part, name, year, roll="Samordningschef") for part, name, year, _, _ in POSTER]
        plan = budget_store.nytt(saved, AR, 6_500_000, Fraction(2, 3), rows, skal="prov")
        plan = budget_store.besluta(saved, plan, skal="Chefsgruppen 2025-11-20")
        for line, (*_, konto, _) in zip(plan.rader, POSTER, strict=True):
            kontering.spara(saved, Regel("", konto, konto, "", line.id))
        kontering.spara(saved, Regel("", "3000", "3999", "", kontering.INTAKT))
        activities.lagg_till(
            saved,
            [
                Aktivitet(AR, "Samverkansövning våren", 1, "Kansliet", {1: ("klar", "I mars")}),
                Aktivitet(AR, "Utbildning av nya samordnare", 2, "", {1: ("pågår", "")}),
                Aktivitet(AR, "Utvärdering", 3),
            ],
            skal="prov",
        )
        _bokfor(saved, range(1, 5))
        ids = {r.namn: r.id for r in plan.rader}
        words = Ord("Två inlån överlappade i februari", "Nästa överlappning är en vecka")
        for name in ("Samordnare blåljus", "Utvärdering och utveckling"):
            followup_store.satt_kommentar(saved, AR, 1, ids[name], words)
        own = Prognos("egen", 1_600_000, "Överlappningen upprepas inte")
        followup_store.satt_prognos(saved, AR, 1, ids["Samordnare blåljus"], own)
        followup.stang(db, saved, AR, 1)
        _bokfor(saved, range(5, 9))
        late = [("2026-04-30", "5010", 7_000_00), ("2026-06-01", "7690", 12_345_00),
                ("2026-01-10", "3010", -3_250_000_00)]  # fmt: skip
        store_ledger.add_rows(saved, "sent", [_rad(*row) for row in late], skal="prov")
    return {r.namn: r.id for r in plan.rader}


def _bokfor(saved: store.Store, months: range) -> None:
    rows = [
        _rad(f"{AR}-{month:02}-25", konto, amount * 100 + 37)
        for month in months
        for *_, konto, amount in POSTER
    ]
    store_ledger.add_rows(saved, f"till-{months[-1]}", rows, skal="prov")


def _rad(day: str, konto: str, ore: int) -> LedgerRow:
    return LedgerRow(
        day=date.fromisoformat(day),
        konto=konto,
        text="=Månadens kostnad",
        amount_ore=ore,
        objekt="6=P1",
        verifikat=f"A{day[5:7]}",
    )
