"""How fast the fees are computed, beside the same rule in pandas and numpy.

CPU seconds (all threads), the least of several rounds; in a round every way is run about as long.
"""

import json
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import log10
from pathlib import Path
from time import process_time

import duckdb
import numpy as np
import pandas as pd

from analytics.agreement import contract, parties
from analytics.benchmarks import ledger, planning, rotation
from analytics.benchmarks.rules import BenchmarkCase, PartyArrays, numpy_cases, pandas_cases
from analytics.errors import AgreementError
from analytics.fees import payments
from analytics.fees.terms import Question, Series
from analytics.reference import database
from analytics.reference.database import Database
from analytics.swedish import decimal, whole

YEAR = 2015
SIZES = (1, 1_000, 10_000, 100_000)
ROUNDS = 8
TURN_S = 0.2  # how long a way is run in a round, at least once
PANDAS_CASES = 40  # per round; the loop is measured on these and scaled up to 1 000
SAMPLE = 50
# One row per case and block with the fees as a list: the shape that numpy gives too.
QUESTION = "select fall, nr, avgift from fordelad"
LIMITS = {
    "one_scenario_s": (0.020, "högst"),
    "pandas_ratio_1000": (300, "minst"),
    "numpy_ratio_100000": (15, "högst"),
    "numpy_ratio_100000_unfilled": (10, "högst"),
    "growth_exponent": (1.05, "högst"),
    "peak_mib_100000": (1024, "högst"),
}


class Unequal(AgreementError):
    """Two ways of computing the same fee disagree: nothing is measured."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is varied, and how kommunernas ceiling works (T3)."""

    name: str
    everything: bool
    water_fill: bool = True


SWEEP = (
    Sweep("ramen varieras", everything=False),
    Sweep("alla parametrar varieras", everything=True),
    Sweep("alla varieras, T3 ofinansierat", everything=True, water_fill=False),
)


def make_cases(cases: int, everything: bool) -> BenchmarkCase:
    """Scenarios around the agreement: frames 5–9 Mkr; with *everything* every other value too."""
    chance = np.random.default_rng(YEAR)

    def values(low: int, high: int, fixed: int) -> np.ndarray:
        return chance.integers(low, high, cases) if everything else np.full(cases, fixed)

    frame = np.linspace(5_000_000, 9_000_000, cases).astype(np.int64)
    return BenchmarkCase(
        frame=frame, part_num=values(400, 600, 500), part_den=1000, ceiling_den=100, andel_den=10,
        ceiling_num=values(120, 200, 150), andel_num=values(35, 50, 43),
    )  # fmt: skip


def make_question(db: Database, f: BenchmarkCase, sweep: Sweep) -> Question:
    own = {"rambudget_kr": Series(f.frame)}
    if sweep.everything:
        own |= {
            "kommunernas_del": Series(f.part_num, f.part_den),
            "tak_kr_per_invanare": Series(f.ceiling_num, f.ceiling_den),
            "andel_procent": Series(f.andel_num, f.andel_den),
        }
    readings = {} if sweep.water_fill else {"T3": "ofinansierat"}
    return Question(YEAR, parties.party_rows(db, contract.load()), own, readings)


def make_parties(db: Database) -> PartyArrays:
    """The parties of 2015 as the other two ways of computing want them."""
    rows = payments.compute_many(
        db, contract.load(), [make_question(db, make_cases(1, False), SWEEP[0])]
    )[0].parties
    kommun_rows = [p for p in rows if p.block == "kommuner"]
    others = [p for p in rows if p.block == "ovriga"]
    return PartyArrays(
        kommun_rows=tuple(p.party for p in kommun_rows), others=tuple(p.party for p in others),
        start=np.array([p.count.count for p in kommun_rows]),
        half_years=np.array([p.ceiling_count.count for p in kommun_rows]),
        shares=np.array([int(p.weight) for p in others]),
    )  # fmt: skip


def sql_cases(db: Database, asked: Question, ask: str = QUESTION) -> Iterator[object]:
    for table, _ in payments.compute(db, contract.load(), asked, ask=ask):
        yield table


def compare_ways(db: Database, people: PartyArrays, sweep: Sweep) -> int:
    """Check that the three agree to the krona; return in how many cases. Raises Unequal."""
    f = make_cases(SAMPLE, sweep.everything)
    blocks = numpy_cases(people, f, sweep.water_fill)
    wanted = [np.concatenate(rows).tolist() for rows in zip(*blocks, strict=True)]
    got = [[0] * len(wanted[0]) for _ in wanted]
    for table in sql_cases(db, make_question(db, f, sweep), payments.ROWS):
        for row in table.to_pylist():
            place = row["nr"] * len(people.kommun_rows) + row["part"]
            got[row["fall"]][place] = row["avgift_kr"]
    if got != wanted:
        raise Unequal(f"SQL och numpy ger olika avgifter ({sweep.name}). Inget mättes.")
    if sweep.water_fill and [pandas_cases(people, f, i).tolist() for i in range(SAMPLE)] != wanted:
        raise Unequal(f"pandas och numpy ger olika avgifter ({sweep.name}). Inget mättes.")
    return SAMPLE


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, object]:
    """Return everything that is measured, with the JSON keys of the command line."""
    db = database.shared()
    people = make_parties(db)
    checked = sum(compare_ways(db, people, sweep) for sweep in SWEEP)
    rows = [row for sweep in SWEEP for row in _sweep(db, people, sweep, sizes)]
    return {
        "year": YEAR,
        "parties": len(people.kommun_rows) + len(people.others),
        "machine": f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"numpy {np.__version__}, pandas {pd.__version__}",
        "equal_to_the_krona_cases": checked,
        "pandas_measured_cases": PANDAS_CASES,
        "runs": rows,
        "reach": _targets(rows, sizes, peak_mib(max(sizes))),
        "planning": planning.measure(),
        "rotation": rotation.measure(),
        "ledger": ledger.measure(),
    }


def _sweep(
    db: Database, people: PartyArrays, sweep: Sweep, sizes: tuple[int, ...]
) -> Iterator[dict[str, object]]:
    previous = None
    for size in sizes:
        f = make_cases(size, sweep.everything)
        asked = make_question(db, f, sweep)
        few = range(0, size, max(size // PANDAS_CASES, 1))[:PANDAS_CASES]
        ways: dict[str, Callable[[], object]] = {
            "sql": lambda asked=asked: [None for _ in sql_cases(db, asked)],
            "numpy": lambda f=f: numpy_cases(people, f, sweep.water_fill),
        }
        if size == 1_000 and sweep.water_fill:
            ways["pandas"] = lambda f=f, few=few: [pandas_cases(people, f, i) for i in few]
        least = _interleaved(ways)
        loop = least["pandas"] * size / len(few) if "pandas" in least else None
        grown = previous and log10(least["sql"] / previous[1]) / log10(size / previous[0])
        yield {
            "sweep": sweep.name,
            "scenarios": size,
            "sql_s": least["sql"],
            "numpy_s": least["numpy"],
            "pandas_s": loop,
            "numpy_ratio": least["sql"] / least["numpy"],
            "pandas_ratio": None if loop is None else loop / least["sql"],
            "growth_exponent": grown,
        }
        previous = (size, least["sql"])


def _interleaved(ways: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The least mean CPU seconds of each way over ROUNDS; the first round only warms up."""
    least, times = dict.fromkeys(ways, float("inf")), dict.fromkeys(ways, 1)
    for number in range(ROUNDS + 1):
        for name, run in ways.items():
            start = process_time()
            for _ in range(times[name]):
                run()
            mean = (process_time() - start) / times[name]
            times[name] = max(1, round(TURN_S / max(mean, 1e-6)))
            least[name] = min(least[name], mean) if number else least[name]
    return least


def _targets(
    rows: list[dict[str, object]], sizes: tuple[int, ...], peak: float | None
) -> list[dict[str, object]]:
    """The worst of each figure that has a limit, beside the limit."""

    def of(key: str, size: int, unfilled: bool = False) -> list[float]:
        unfilled_name = SWEEP[-1].name
        return [
            row[key]
            for row in rows
            if row["scenarios"] == size
            and (row["sweep"] == unfilled_name) == unfilled
            and row[key] is not None
        ]

    largest = max(sizes)
    found = {
        "one_scenario_s": max(of("sql_s", 1), default=None),
        "pandas_ratio_1000": min(of("pandas_ratio", 1_000), default=None),
        "numpy_ratio_100000": max(of("numpy_ratio", largest), default=None),
        "numpy_ratio_100000_unfilled": max(of("numpy_ratio", largest, True), default=None),
        "growth_exponent": max(
            of("growth_exponent", largest) + of("growth_exponent", largest, True), default=None
        ),
        "peak_mib_100000": peak,
    }
    return [
        {
            "name": name,
            "value": found[name],
            "limit": limit,
            "reached": found[name] is not None
            and (found[name] <= limit if way == "högst" else found[name] >= limit),
        }
        for name, (limit, way) in LIMITS.items()
    ]


def peak_mib(cases: int) -> float | None:
    """Peak memory in MiB of a process of its own that computes *cases* as rows; None if unknown."""
    try:
        import resource  # noqa: F401 - only where there is one
    except ImportError:
        return None
    code = (
        "import resource; from analytics.benchmarks import fees as b; db = b.database.shared(); "
        f"asked = b.make_question(db, b.make_cases({cases}, True), b.SWEEP[1]); "
        "rows = sum(t.num_rows for t in b.sql_cases(db, asked, b.payments.ROWS)); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout.split()[-1]) * unit / 2**20


def text(result: dict[str, object], form: str) -> str:
    if form == "json":
        return json.dumps(result, ensure_ascii=False, indent=2)
    lines = [
        f"Avgifter för {result['parties']} parter {result['year']}. {result['machine']}.",
        f"SQL, numpy och pandas gav samma kronor i {result['equal_to_the_krona_cases']} fall.",
        "CPU-sekunder, det minsta av flera varv. Slingan i pandas mättes på "
        f"{result['pandas_measured_cases']} av 1 000 scenarier och är uppräknad.",
        "",
        f"{'':32}{'scenarier':>10}{'SQL':>10}{'numpy':>10}{'pandas':>10}"
        f"{'SQL/numpy':>11}{'pandas/SQL':>11}{'exponent':>10}",
    ]
    lines += [
        f"{row['sweep']:32}{whole(row['scenarios']):>10}"
        + "".join(f"{_s(row[k], 4):>10}" for k in ("sql_s", "numpy_s", "pandas_s"))
        + f"{_s(row['numpy_ratio'], 1):>11}{_s(row['pandas_ratio'], 0):>11}"
        + f"{_s(row['growth_exponent'], 3):>10}"
        for row in result["runs"]
    ]
    lines += ["", f"{'Mål':32}{'uppmätt':>12}{'gräns':>16}"]
    for goal in result["reach"]:
        way = LIMITS[goal["name"]][1]
        verdict = "nått" if goal["reached"] else "inte nått"
        limit = f"{way} {_s(goal['limit'], 3).rstrip('0').rstrip(',')}"
        lines.append(f"{TARGETS[goal['name']]:32}{_s(goal['value'], 3):>12}{limit:>16}  {verdict}")
    for name, part in (("planning", planning), ("rotation", rotation), ("ledger", ledger)):
        lines += part.text(result[name])
    return "\n".join(lines)


TARGETS = {
    "one_scenario_s": "ett scenario, s",
    "pandas_ratio_1000": "pandas/SQL vid 1 000",
    "numpy_ratio_100000": "SQL/numpy vid 100 000",
    "numpy_ratio_100000_unfilled": "  utan omfördelning",
    "growth_exponent": "exponent 10 000 → 100 000",
    "peak_mib_100000": "minnestopp vid 100 000, MiB",
}


def _s(value: float | None, places: int) -> str:
    """A measured figure in print; seconds and ratios, never money."""
    return "–" if value is None else decimal(Fraction(value), places)
