"""How fair and how fast the proposed plan is, beside going turn by turn to whoever owes most."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from time import perf_counter

from analytics import agreement, database, parties
from analytics.rotation_bound import girig, nyckel
from analytics.rotation_plan import foresla
from analytics.rotation_problem import Otillganglig, Villkor, uppdrag
from analytics.rotation_register import dokumenterade
from analytics.swedish import decimal

START = date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class Fall:
    """A measured case: years, rest in turns, and how many half-years of noes each party gives."""

    namn: str
    ar: int
    mellanrum: int
    nej: int


FALL = (
    Fall("26 kommuner, 10 år", 10, 1, 0),
    Fall("26 kommuner, 10 år, hinder", 10, 4, 17),
    Fall("26 kommuner, 4 år, hinder", 4, 2, 6),
)


def mat(cases: Sequence[Fall] = FALL) -> list[dict[str, object]]:
    """Return per case the vacant turns, the largest debt (person-months) and seconds of both."""
    db = database.shared()
    rows = parties.rader(db, agreement.load())
    known = dokumenterade(db)
    kommuner = sorted({row.part_id for row in rows if row.kategori == "kommun"})
    measured = []
    for case in cases:
        asked = Villkor(START, case.ar, mellanrum=case.mellanrum, otillganglig=_nej(case, kommuner))
        problem = uppdrag(known, rows, "kommun", asked)
        began = perf_counter()
        simple = nyckel(problem, girig(problem))
        between = perf_counter()
        found = foresla(problem)
        ended = perf_counter()
        fair = nyckel(problem, found.val)
        measured.append(
            {
                "case": case.namn,
                "greedy_s": between - began,
                "plan_s": ended - between,
                "proven": found.bevisad,
                "greedy_vacant": simple[0],
                "plan_vacant": fair[0],
                "greedy_largest_debt": str(simple[1][0]),
                "plan_largest_debt": str(fair[1][0]),
                "greedy_without": len(problem.kan) - len(set(girig(problem)) - {None}),
                "plan_without": len(found.utan),
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


def _nej(case: Fall, kommuner: Sequence[str]) -> tuple[Otillganglig, ...]:
    """Half-years that each kommun says no to, drawn once and for all."""
    drawn = random.Random(case.nej)  # noqa: S311 - cases to measure, not secrets
    first = [date(START.year + n // 2, 1 + n % 2 * 6, 1) for n in range(case.ar * 2)]
    return tuple(
        Otillganglig(part, day, day + timedelta(days=27), "mätning")
        for part in kommuner
        for day in drawn.sample(first, case.nej)
    )


def _par(row: dict[str, object], key: str) -> str:
    before, after = (row[f"{way}_{key}"] for way in ("greedy", "plan"))
    if isinstance(before, str):
        before, after = decimal(Fraction(before), 2), decimal(Fraction(after), 2)
    return f"{before} → {after}"
