"""Budgets in the store: a draft is changed, a decided version never; a change is a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from analytics.agreement.contract import Agreement
from analytics.budget.errors import BudgetFault, BudgetLocked, BudgetMissing, LineChanged
from analytics.budget.lines import (
    Budget,
    BudgetLine,
    parts_of_frame,
    require_sound,
    with_line,
    without_line,
)
from analytics.errors import ReasonMissing
from analytics.reference.database import Database
from analytics.scenario import dated as scenario_dated, results
from analytics.scenario.dated import IN_FORCE, Scenario
from analytics.scenario.results import ScenarioCase
from analytics.scenario.saved import Scenarios
from analytics.store import ids as store_ids
from analytics.store.posts import Post, Store, Write
from analytics.swedish import kr

KIND = "budget"


def to_data(budget: Budget) -> dict[str, object]:
    """Return what the store keeps of a budget."""
    return {
        "ar": budget.year,
        "nummer": budget.number,
        "status": budget.status,
        "ram_kr": budget.frame_kr,
        "delar_kr": dict(budget.parts_kr),
        "rader": [
            {
                "id": r.id,
                "del": r.part_of_frame,
                "namn": r.name,
                "ar_kr": r.year_kr,
                "tertial_kr": list(r.tertial_kr),
                "roll": r.role,
            }
            for r in budget.rows
        ],
        "skal": budget.reason,
        "scenario_id": budget.scenario_id,
        "beslutad": budget.decided,
        "exempel": budget.example,
    }


def from_data(data: Mapping[str, object], budget_id: str = "", version: int = 0) -> Budget:
    """Return the budget that *data* is; the inverse of to_data."""
    rows = tuple(
        BudgetLine(
            id=r["id"],
            part_of_frame=r["del"],
            name=r["namn"],
            year_kr=r["ar_kr"],
            tertial_kr=tuple(r["tertial_kr"]),
            role=r["roll"],
        )
        for r in data["rader"]
    )
    return Budget(
        year=data["ar"],
        frame_kr=data["ram_kr"],
        parts_kr=data["delar_kr"],
        rows=rows,
        number=data["nummer"],
        status=data["status"],
        reason=data["skal"],
        scenario_id=data["scenario_id"],
        example=data["exempel"],
        id=budget_id,
        version=version,
        decided=data["beslutad"],
    )


def _from_post(post: Post) -> Budget:
    return from_data(post.data, post.id, post.version)


def all_budgets(store: Store) -> list[Budget]:
    """Return every budget and draft of every year, by year and number."""
    found = [_from_post(post) for post in store.list_all(KIND)]
    return sorted(found, key=lambda b: (b.year, b.number, b.status == "utkast"))


def versions(store: Store, year: int) -> list[Budget]:
    """Return the decided versions of a year, the first one first."""
    return [b for b in all_budgets(store) if b.year == year and b.status == "beslutad"]


def decided_budget(store: Store, year: int) -> Budget | None:
    """Return the latest decided version of a year, or None."""
    return next(reversed(versions(store, year)), None)


def open_draft(store: Store, year: int) -> Budget | None:
    """Return the draft of a year, or None."""
    return next((b for b in all_budgets(store) if b.year == year and b.status == "utkast"), None)


def frame_of(
    db: Database, agreement: Agreement, scenarios: Scenarios, item: Scenario, year: int
) -> tuple[int, Fraction]:
    """Return the frame in whole kronor, and the part of it for seconded staff, in a scenario (K1,
    K2). Raises NotInForce, SealedWithoutAnswer."""
    asked = results.question_of(db, agreement, scenarios, ScenarioCase(item, year))
    values = {**scenario_dated.values_of_agreement(agreement, year), **asked.parameters}
    return int(values[agreement.frame]), Fraction(values[agreement.roles["inlan"]])


def decided_scenarios(scenarios: Scenarios) -> list[Scenario]:
    """Return what a frame may be taken from: decided scenarios, the latest first, and the
    agreement in force."""
    decided = [s for s in scenarios.list_all() if s.status == "beslutat"]
    return [*sorted(decided, key=lambda s: s.changed, reverse=True), IN_FORCE]


def begin(
    store: Store,
    year: int,
    frame_kr: int,
    inlan_share: Fraction,
    rows: Sequence[BudgetLine] = (),
    *,
    reason: str,
    scenario_id: str | None = None,
    example: bool = False,
) -> Budget:
    """Save a first draft of a year, or one of its next version. Raises BudgetFault, Conflict."""
    if open_draft(store, year) is not None:
        raise BudgetFault(
            f"Ett utkast till budget {year} finns redan.",
            ["Ändra det, eller kasta det innan du gör ett nytt."],
        )
    require_sound(rows)
    number = len(versions(store, year)) + 1
    made = Budget(
        year=year,
        frame_kr=frame_kr,
        parts_kr=parts_of_frame(frame_kr, inlan_share),
        rows=tuple(rows),
        number=number,
        scenario_id=scenario_id,
        example=example,
    )
    own = store_ids.free_id(store, KIND, f"{year}-{number}")
    return _from_post(store.save_many([Write(KIND, to_data(made), own)], reason=reason)[0])


def begin_version(store: Store, year: int, *, reason: str) -> Budget:
    """Save a draft that begins as the budget in force. Raises BudgetMissing, BudgetFault."""
    now = decided_budget(store, year)
    if now is None:
        raise BudgetMissing(year)
    share = Fraction(now.parts_kr["inlan"], now.frame_kr or 1)
    return begin(
        store,
        year,
        now.frame_kr,
        share,
        now.rows,
        reason=reason,
        scenario_id=now.scenario_id,
        example=now.example,
    )


def save(store: Store, budget: Budget, *, reason: str) -> Budget:
    """Save a changed draft over its version. Raises BudgetLocked, BudgetFault, Conflict."""
    _require_draft(budget)
    require_sound(budget.rows)
    return _from_post(
        store.save(KIND, to_data(budget), reason=reason, post_id=budget.id, version=budget.version)
    )


def save_line(
    store: Store, year: int, row: BudgetLine | None, seen: BudgetLine | None, *, reason: str
) -> Budget:
    """Save one line of the draft: a new one, over *seen*, or with row None *seen* away.

    Others may change other lines meanwhile. Raises BudgetMissing, BudgetFault, and LineChanged
    where *seen* is not what is saved any more.
    """
    draft = open_draft(store, year)
    if draft is None:
        raise BudgetMissing(year, "budget i utkast")
    if seen is not None and (now := draft.row(seen.id)) != seen:
        is_now = f"Nu är den {kr(now.year_kr)}" if now else "Nu finns den inte"
        own = f"du skrev {kr(row.year_kr)}" if row else "du tog bort den"
        raise LineChanged(
            f"Någon annan har ändrat posten ”{seen.name}” sedan du öppnade den.",
            [
                f"{is_now}, {own}, och ditt har inte sparats. Läs det som är sparat, och spara på "
                "nytt."
            ],
        )
    changed = without_line(draft, seen.id) if row is None else with_line(draft, row)
    return save(store, changed, reason=reason)


def decide(store: Store, budget: Budget, *, reason: str, when: datetime | None = None) -> Budget:
    """Decide a draft: it is never changed again. Raises BudgetFault, ReasonMissing, Conflict."""
    _require_draft(budget)
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing("Skriv vem som beslutat och när, eller varför budgeten ändras (K16).")
    if wrong := budget.faults():
        raise BudgetFault(f"Budgeten {budget.year} går inte ihop och kan inte beslutas.", wrong)
    moment = when or datetime.now(UTC)
    made = replace(
        budget,
        status="beslutad",
        reason=why[:300],
        decided=moment.isoformat(timespec="seconds"),
    )
    return _from_post(
        store.save(KIND, to_data(made), reason=why, post_id=budget.id, version=budget.version)
    )


def discard(store: Store, budget: Budget, *, reason: str) -> None:
    """Remove a draft. Raises BudgetLocked, Conflict."""
    _require_draft(budget)
    store.remove(KIND, budget.id, budget.version, reason=reason)


def name_of(store: Store) -> dict[str, str]:
    """Return every line's latest name by its id, from all years."""
    return {r.id: r.name for b in all_budgets(store) for r in b.rows}


def decision_day(budget: Budget) -> date | None:
    return None if budget.decided is None else datetime.fromisoformat(budget.decided).date()


def _require_draft(budget: Budget) -> None:
    if budget.status != "utkast":
        raise BudgetLocked(budget.year, budget.number)
