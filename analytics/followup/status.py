"""Where a year stands at the end of a tertial: every line's budget, outcome, forecast, words (K7).

An open tertial is counted from the ledger as it is now. A closed one is shown as it was sealed;
what is booked inside it later stands beside it and is never mixed in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from analytics.budget import versions
from analytics.budget.lines import Budget
from analytics.errors import ReasonMissing
from analytics.followup import activities, closings, seal as followup_seal, thresholds, year_result
from analytics.followup.errors import TertialHindered
from analytics.followup.figures import (
    ActivityStatus,
    BookedAfter,
    ExpectedCost,
    TertialStatus,
    UnknownAccount,
)
from analytics.followup.lines import lines
from analytics.followup.obstacles import notices, obstacles
from analytics.ledger import booked as ledger_booked
from analytics.ledger.booked import AccountOutcome
from analytics.ledger.posting_rules import FIXED_TARGETS, INCOME, OUTSIDE
from analytics.reference.database import LEDGER, Database
from analytics.rotation import cost as rotation_cost
from analytics.rotation.register import all_inlan
from analytics.store.posts import Store

MEMORY = "tertiallage"  # what was put together is kept until the store moves
UNKNOWN = "okant"  # stands for accounts that no rule covers


def status_of(db: Database, store: Store, year: int, tertial: int) -> TertialStatus:
    """Return the year to the end of *tertial* (1, 2 or 3). Raises SealBroken, StoreUnavailable."""
    kept = db.remember(MEMORY, dict, of=LEDGER)
    key, seen = (store.url, year, tertial), store.sequence()
    if key not in kept or kept[key][0] != seen:
        kept[key] = (seen, _status_of(db, store, year, tertial))
    return kept[key][1]


def used_ore(db: Database, store: Store, year: int, tertial: int) -> int | None:
    """Return the means used to the end of a closed tertial (T5); None until it is closed."""
    document = closings.closing(store, year, tertial)
    return None if document is None else followup_seal.open_sealed(document).total.outcome_ore


def latest_tertial(db: Database, store: Store, year: int) -> int:
    """Return the tertial to show first: the latest whose last month is booked, else 1."""
    months = [
        m.month
        for m in ledger_booked.booked_months(db, store, year)
        if m.target not in FIXED_TARGETS
    ]
    return max(1, max(months, default=0) // 4)


def close(
    db: Database, store: Store, year: int, tertial: int, *, reason: str = ""
) -> TertialStatus:
    """Close a tertial: seal its figures and lock what belongs to it.

    Raises TertialLocked when it is closed, TertialHindered with everything that stands in the way.
    """
    closings.require_open(store, year, tertial)
    found, last_id = _unmoved(db, store, year, tertial)
    if found.obstacles:
        raise TertialHindered(year, tertial, found.obstacles)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    document = followup_seal.seal(found) | {
        "status": "klarmarkerad",
        "stangd": moment,
        "senaste_id": last_id,
        "exempel": found.example,
    }
    why = " ".join(reason.split()) or "klarmarkerat"
    closings.set_tertial(store, year, tertial, document, reason=why)
    return status_of(db, store, year, tertial)


def _unmoved(db: Database, store: Store, year: int, tertial: int) -> tuple[TertialStatus, int]:
    """Return the tertial and the last ledger row of one and the same state of the store."""
    while True:
        seen = store.sequence()
        found, last_id = _status_of(db, store, year, tertial), ledger_booked.latest_id(db, store)
        if store.sequence() == seen:
            return found, last_id


def reopen(store: Store, year: int, tertial: int, *, reason: str) -> None:
    """Open a closed tertial again, the last one first; the log keeps what it said.

    Raises ReasonMissing, TertialHindered.
    """
    document = closings.closing(store, year, tertial)
    if document is None:
        raise TertialHindered(year, tertial, ["Det är redan öppet."], "öppnas")
    if not reason.strip():
        raise ReasonMissing("Skriv varför tertialet öppnas igen; det står kvar i loggen (K7).")
    later = [t for t in range(tertial + 1, 4) if closings.is_closed(store, year, t)]
    if later:
        raise TertialHindered(
            year, tertial, [f"Tertial {later[-1]} är klarmarkerat. Öppna det först."], "öppnas"
        )
    data = {"status": "öppen", "exempel": document["exempel"]}
    closings.set_tertial(store, year, tertial, data, reason=reason.strip())


# ---- how it is put together ----


def _status_of(db: Database, store: Store, year: int, tertial: int) -> TertialStatus:
    document = closings.closing(store, year, tertial)
    if document is None:
        return _open_status(db, store, year, tertial)
    sealed = followup_seal.open_sealed(document)
    after = _after(sealed, ledger_booked.outcome(db, store, year), versions.name_of(store))
    return replace(sealed, after=after, decisions=year_result.year_decisions(store, year))


def _open_status(db: Database, store: Store, year: int, tertial: int) -> TertialStatus:
    plan, booked = versions.decided_budget(store, year), ledger_booked.outcome(db, store, year)
    before = {t: _closed_status(store, year, t) for t in range(1, tertial)}
    last = before.get(tertial - 1)
    last_time = {p.id: p.forecast_kr for p in last.lines} if last else {}
    months = ledger_booked.booked_months(db, store, year)
    on_lines = [m for m in months if m.target not in FIXED_TARGETS]
    booked_to = max((m.last_seen for m in on_lines), default=None)
    counted = min(4 * tertial, booked_to.month) if booked_to else 0
    found = TertialStatus(
        year=year,
        tertial=tertial,
        frame_kr=plan.frame_kr if plan else None,
        parts_kr=dict(plan.parts_kr) if plan else {},
        budget_number=plan.number if plan else None,
        lines=tuple(lines(db, store, plan, booked, year, tertial, counted, last_time)),
        unknown=tuple(
            UnknownAccount(
                konto=o.konto, objekt=o.objekt, name=o.name, amount_ore=o.amount_ore, rows=o.rows
            )
            for o in ledger_booked.unknown_accounts(db, store, year, tertial)
        ),
        income_ore=_so_far(booked, INCOME, tertial),
        outside_ore=_so_far(booked, OUTSIDE, tertial),
        booked_until=None if booked_to is None else booked_to.isoformat(),
        months_ore=tuple(
            sum(m.amount_ore for m in on_lines if m.month == month and m.target)
            for month in range(1, counted + 1)
        ),
        expected=_expected(db, store, year, tertial, plan),
        threshold=thresholds.threshold(store),
        activities=tuple(_activities(store, year, tertial)),
        example=bool(plan and plan.example),
        decisions=year_result.year_decisions(store, year),
    )
    after = {t: _after(s, booked, {}) for t, s in before.items() if s is not None}
    return replace(
        found,
        obstacles=tuple(obstacles(found, [t for t, sealed in before.items() if sealed is None])),
        notices=tuple(notices(found, after)),
    )


def _closed_status(store: Store, year: int, tertial: int) -> TertialStatus | None:
    document = closings.closing(store, year, tertial)
    return None if document is None else followup_seal.open_sealed(document)


def _so_far(booked: Iterable[AccountOutcome], target: str, tertial: int) -> int:
    return sum(u.amount_ore for u in booked if u.target == target and u.tertial <= tertial)


def _after(
    sealed: TertialStatus, booked: Iterable[AccountOutcome], names: dict[str, str]
) -> tuple[BookedAfter, ...]:
    """What the ledger says now, less what was sealed, per line where they differ."""
    now: dict[str, int] = defaultdict(int)
    for u in booked:
        if u.tertial <= sealed.tertial and u.target not in FIXED_TARGETS:
            now[u.target or UNKNOWN] += u.amount_ore
    then = {p.id: p.outcome_ore or 0 for p in sealed.lines}
    called = {UNKNOWN: "Konton utan regel"} | names | {p.id: p.name for p in sealed.lines}
    return tuple(
        BookedAfter(line, called.get(line, line), now[line] - then.get(line, 0))
        for line in (*then, *(n for n in now if n not in then))
        if now[line] != then.get(line, 0)
    )


def _expected(
    db: Database, store: Store, year: int, tertial: int, plan: Budget | None
) -> ExpectedCost | None:
    loans = [i for i in all_inlan(db, store) if i.since.year <= year <= i.until.year]
    if not loans:
        return None
    cost = rotation_cost.year_cost(
        loans, year, plan.parts_kr["inlan"] if plan else 0, with_proposals=False
    )
    return ExpectedCost(sum(cost.tertial_kr[:tertial]), cost.total_kr, cost.without_cost > 0)


def _activities(store: Store, year: int, tertial: int) -> list[ActivityStatus]:
    found = []
    for a in activities.all_activities(store, year):
        status, note = a.in_force(tertial)
        found.append(
            ActivityStatus(
                id=a.id, name=a.name, role=a.role, planned=a.tertial, status=status, note=note
            )
        )
    return found
