"""How fair and how fast the proposed plan is, beside going turn by turn to whoever owes most."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from time import perf_counter

from analytics.agreement import contract, parties
from analytics.reference import database
from analytics.rotation.bound import greedy, turn_key
from analytics.rotation.plan import propose
from analytics.rotation.problem import PlanTerms, Unavailable, assignment
from analytics.rotation.register import documented
from analytics.swedish import decimal

START = date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class RotationCase:
    """A measured case: years, rest in turns, and how many half-years of noes each party gives."""

    name: str
    year: int
    gap: int
    refuse: int


CASES = (
    RotationCase("26 kommuner, 10 år", 10, 1, 0),
    RotationCase("26 kommuner, 10 år, hinder", 10, 4, 17),
    RotationCase("26 kommuner, 4 år, hinder", 4, 2, 6),
)


def measure(cases: Sequence[RotationCase] = CASES) -> list[dict[str, object]]:
    """Return per case the vacant turns, the largest debt (person-months) and seconds of both."""
    db = database.shared()
    rows = parties.party_rows(db, contract.load())
    known = documented(db)
    kommun_rows = sorted({row.party_id for row in rows if row.category == "kommun"})
    measured = []
    for case in cases:
        asked = PlanTerms(START, case.year, gap=case.gap, unavailable=_refuse(case, kommun_rows))
        problem = assignment(known, rows, "kommun", asked)
        began = perf_counter()
        simple = turn_key(problem, greedy(problem))
        between = perf_counter()
        found = propose(problem)
        ended = perf_counter()
        fair = turn_key(problem, found.choice)
        measured.append(
            {
                "case": case.name,
                "greedy_s": between - began,
                "plan_s": ended - between,
                "proven": found.proven,
                "greedy_vacant": simple[0],
                "plan_vacant": fair[0],
                "greedy_largest_debt": str(simple[1][0]),
                "plan_largest_debt": str(fair[1][0]),
                "greedy_without": len(problem.can) - len(set(greedy(problem)) - {None}),
                "plan_without": len(found.without),
            }
        )
    return measured


def text(measured: Sequence[dict[str, object]]) -> list[str]:
    """Return the figures as lines of a table."""
    return [
        "",
        "Rotationen: en girig plan, och den föreslagna",
        *(
            f"{row['case']:32}{_par(row, 'vacant')} tomma pass, {_par(row, 'without')} utan pass, "
            f"största skuld {_par(row, 'largest_debt')} månader, "
            f"{decimal(Fraction(row['greedy_s']), 3)} → {decimal(Fraction(row['plan_s']), 3)} s, "
            + ("bevisat" if row["proven"] else "inte bevisat")
            for row in measured
        ),
    ]


def _refuse(case: RotationCase, kommun_rows: Sequence[str]) -> tuple[Unavailable, ...]:
    """Half-years that each kommun says no to, drawn once and for all."""
    drawn = random.Random(case.refuse)  # noqa: S311 - cases to measure, not secrets
    first = [date(START.year + n // 2, 1 + n % 2 * 6, 1) for n in range(case.year * 2)]
    return tuple(
        Unavailable(party, day, day + timedelta(days=27), "mätning")
        for party in kommun_rows
        for day in drawn.sample(first, case.refuse)
    )


def _par(row: dict[str, object], key: str) -> str:
    before, after = (row[f"{way}_{key}"] for way in ("greedy", "plan"))
    if isinstance(before, str):
        before, after = decimal(Fraction(before), 2), decimal(Fraction(after), 2)
    return f"{before} → {after}"
