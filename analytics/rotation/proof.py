"""An independent check of a plan: by dates and loans, without the model that made it (K13, K14)."""

from collections.abc import Sequence
from itertools import combinations

from analytics.agreement.parties import PartyRow
from analytics.rotation.checks import row_faults
from analytics.rotation.loans import (
    DAY,
    Inlan,
    Period,
    Weight,
    calendar_months,
    debts,
    equal_weight,
)
from analytics.rotation.plan import RotationPlan
from analytics.rotation.problem import NOBODY, PlanTerms, movable


def turns_of(solution: RotationPlan, terms: PlanTerms, role: str = "Samordnare") -> list[Inlan]:
    """Return the plan's turns as loans with status "förslag", one per turn that is taken.

    Who takes over from another party begins with the handover.
    """
    problem = solution.problem
    held = {**problem.before, **{
        turn + 1: who
        for turn, who in zip(problem.free, solution.choice, strict=True)
        if who is not None
    }}  # fmt: skip
    loans = []
    for turn, who in zip(problem.free, solution.choice, strict=True):
        if who is None:
            continue
        first, last = problem.turn[turn]
        days = terms.handover if held.get(turn, who) != who else 0
        loans.append(
            Inlan(
                f"forslag-{problem.category}-{turn}",
                problem.category,
                who,
                role,
                (Period(first - days * DAY, last, terms.percent),),
                "förslag",
                handover=days,
            )
        )
    return loans


def prove(
    solution: RotationPlan,
    plan: Sequence[Inlan],
    rows: Sequence[PartyRow],
    terms: PlanTerms,
    weight: Weight = equal_weight,
) -> list[str]:
    """Return what breaks a condition, a sentence each; empty for a plan that holds."""
    problem, faults = solution.problem, []
    proposed = turns_of(solution, terms)
    fixed = [
        i
        for i in plan
        if i.post == problem.category and i.status != "förslag" and not movable(i, terms)
    ]
    for turn in proposed:
        faults += [finding.text for finding in row_faults(turn, rows)]
        faults += [
            f"{turn.party} är otillgänglig {o.since}–{o.until}."
            for o in terms.unavailable
            if o.party == turn.party and o.since <= turn.until and o.until >= turn.since
        ]
    for a, b in combinations([*fixed, *proposed], 2):
        if a in fixed and b in fixed:
            continue
        first, second = sorted((a, b), key=lambda i: i.alone)
        if second.alone <= first.until:
            faults.append(f"{first.party} och {second.party} överlappar {second.alone}.")
        elif first.party == second.party:
            remainder = (
                calendar_months(first.until, second.alone)
                - calendar_months(first.until, first.until)
                - calendar_months(second.alone, second.alone)
            )
            if remainder < terms.gap * terms.turn_months:
                faults.append(f"{first.party} vilar bara {remainder} månader före {second.alone}.")
    for party, day in terms.locked_turns:
        if party in problem.parties and not any(
            i.party == party and i.holds(day) for i in proposed
        ):
            faults.append(f"{party} skulle vara inlånad {day}.")
    empty = [
        Inlan("", problem.category, NOBODY, "", (Period(*problem.turn[t], terms.percent),),
              "förslag")
        for t, who in zip(problem.free, solution.choice, strict=True)
        if who is None
    ]  # fmt: skip
    bare = [
        i.with_changes(periods=tuple(Period(i.alone, p.until, p.percent) for p in i.periods))
        for i in proposed
    ]
    counted = debts(
        [*fixed, *bare, *empty], rows, problem.category, terms.history_from, terms.end,
        weight, with_proposals=True,
    )  # fmt: skip
    owed = {s.party: s.debt for s in counted}
    faults += [
        f"{party} är skyldig {owed.get(party, 0)} månader, inte {debt}."
        for party, debt in solution.debts.items()
        if owed.get(party, 0) != debt
    ]
    return faults
