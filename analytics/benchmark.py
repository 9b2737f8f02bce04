"""How fast the fees are computed, beside the same rule in pandas and numpy.

CPU seconds of this process (all threads), the least of several rounds. In each round every way of
computing is run for about as long, so that a busy machine and cold caches slow them alike.
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

from analytics import agreement, database, fees, parties
from analytics import ledger_benchmark as ledger
from analytics import planning_benchmark as planning
from analytics import rotation_benchmark as rotation
from analytics.benchmark_rules import Fall, Parter, numpy_fall, pandas_fall
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.swedish import decimal, tal
from analytics.terms import Serie, Uppgift

OM = """Mäter hur fort avgifterna för 2015 räknas, i CPU-sekunder (alla trådar, medel i det minsta
av flera varv), och jämför med samma regel som en slinga i pandas, ett scenario i taget, och som
matriser i numpy. Svaren jämförs krona för krona på ett urval. Tar två minuter."""
YEAR = 2015
SIZES = (1, 1_000, 10_000, 100_000)
ROUNDS = 8
TURN_S = 0.2  # how long a way is run in a round, at least once
PANDAS_CASES = 40  # per round; the loop is measured on these and scaled up to 1 000
SAMPLE = 50
# One row per case and block with the fees as a list: the shape that numpy gives too.
FRAGA = "select fall, nr, avgift from fordelad"
GRANSER = {
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
class Svep:
    """What is varied, and how kommunernas ceiling works (T3)."""

    namn: str
    allt: bool
    vattenfyll: bool = True


SVEP = (
    Svep("ramen varieras", allt=False),
    Svep("alla parametrar varieras", allt=True),
    Svep("alla varieras, T3 ofinansierat", allt=True, vattenfyll=False),
)


def fall(cases: int, allt: bool) -> Fall:
    """Scenarios around the agreement: frames 5–9 Mkr, and with *allt* every other value too."""
    rnd = np.random.default_rng(YEAR)

    def values(low: int, high: int, fixed: int) -> np.ndarray:
        return rnd.integers(low, high, cases) if allt else np.full(cases, fixed)

    ram = np.linspace(5_000_000, 9_000_000, cases).astype(np.int64)
    return Fall(
        ram, values(400, 600, 500), 1000, values(120, 200, 150), 100, values(35, 50, 43), 10
    )


def uppgift(db: Database, f: Fall, svep: Svep) -> Uppgift:
    own = {"rambudget_kr": Serie(f.ram)}
    if svep.allt:
        own |= {
            "kommunernas_del": Serie(f.del_num, f.del_den),
            "tak_kr_per_invanare": Serie(f.tak_num, f.tak_den),
            "andel_procent": Serie(f.andel_num, f.andel_den),
        }
    readings = {} if svep.vattenfyll else {"T3": "ofinansierat"}
    return Uppgift(YEAR, parties.rader(db, agreement.load()), own, readings)


def parter(db: Database) -> Parter:
    """The parties of 2015 as the other two ways of computing want them."""
    rows = fees.avgifter(db, agreement.load(), [uppgift(db, fall(1, False), SVEP[0])])[0].parter
    kommuner = [p for p in rows if p.block == "kommuner"]
    ovriga = [p for p in rows if p.block == "ovriga"]
    return Parter(
        tuple(p.part for p in kommuner),
        np.array([p.antal.antal for p in kommuner]),
        np.array([p.tak_antal.antal for p in kommuner]),
        tuple(p.part for p in ovriga),
        np.array([int(p.vikt) for p in ovriga]),
    )


def sql_fall(db: Database, asked: Uppgift, fraga: str = FRAGA) -> Iterator[object]:
    for table, _ in fees.berakna(db, agreement.load(), asked, fraga=fraga):
        yield table


def jamfor(db: Database, people: Parter, svep: Svep) -> int:
    """Check that the three agree to the krona; return in how many cases. Raises Unequal."""
    f = fall(SAMPLE, svep.allt)
    blocks = numpy_fall(people, f, svep.vattenfyll)
    wanted = [np.concatenate(rows).tolist() for rows in zip(*blocks, strict=True)]
    got = [[0] * len(wanted[0]) for _ in wanted]
    for table in sql_fall(db, uppgift(db, f, svep), fees.RADER):
        for row in table.to_pylist():
            place = row["nr"] * len(people.kommuner) + row["part"]
            got[row["fall"]][place] = row["avgift_kr"]
    if got != wanted:
        raise Unequal(f"SQL och numpy ger olika avgifter ({svep.namn}). Inget mättes.")
    if svep.vattenfyll and [pandas_fall(people, f, i).tolist() for i in range(SAMPLE)] != wanted:
        raise Unequal(f"pandas och numpy ger olika avgifter ({svep.namn}). Inget mättes.")
    return SAMPLE


def mat(sizes: tuple[int, ...] = SIZES) -> dict[str, object]:
    """Return everything that is measured, with the JSON keys of the command line."""
    db = database.shared()
    people = parter(db)
    checked = sum(jamfor(db, people, svep) for svep in SVEP)
    rows = [row for svep in SVEP for row in _svep(db, people, svep, sizes)]
    return {
        "year": YEAR,
        "parties": len(people.kommuner) + len(people.ovriga),
        "machine": f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"numpy {np.__version__}, pandas {pd.__version__}",
        "equal_to_the_krona_cases": checked,
        "pandas_measured_cases": PANDAS_CASES,
        "runs": rows,
        "reach": _mal(rows, sizes, topp_mib(max(sizes))),
        "planning": planning.mat(),
        "rotation": rotation.mat(),
        "ledger": ledger.mat(),
    }


def _svep(
    db: Database, people: Parter, svep: Svep, sizes: tuple[int, ...]
) -> Iterator[dict[str, object]]:
    previous = None
    for size in sizes:
        f = fall(size, svep.allt)
        asked = uppgift(db, f, svep)
        few = range(0, size, max(size // PANDAS_CASES, 1))[:PANDAS_CASES]
        ways: dict[str, Callable[[], object]] = {
            "sql": lambda asked=asked: [None for _ in sql_fall(db, asked)],
            "numpy": lambda f=f: numpy_fall(people, f, svep.vattenfyll),
        }
        if size == 1_000 and svep.vattenfyll:
            ways["pandas"] = lambda f=f, few=few: [pandas_fall(people, f, i) for i in few]
        least = _varvat(ways)
        loop = least["pandas"] * size / len(few) if "pandas" in least else None
        grown = previous and log10(least["sql"] / previous[1]) / log10(size / previous[0])
        yield {
            "sweep": svep.namn,
            "scenarios": size,
            "sql_s": least["sql"],
            "numpy_s": least["numpy"],
            "pandas_s": loop,
            "numpy_ratio": least["sql"] / least["numpy"],
            "pandas_ratio": None if loop is None else loop / least["sql"],
            "growth_exponent": grown,
        }
        previous = (size, least["sql"])


def _varvat(ways: Mapping[str, Callable[[], object]]) -> dict[str, float]:
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


def _mal(
    rows: list[dict[str, object]], sizes: tuple[int, ...], peak: float | None
) -> list[dict[str, object]]:
    """The worst of each figure that has a limit, beside the limit."""

    def of(key: str, size: int, unfilled: bool = False) -> list[float]:
        unfilled_name = SVEP[-1].namn
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
        for name, (limit, way) in GRANSER.items()
    ]


def topp_mib(cases: int) -> float | None:
    """Peak memory in MiB of a process of its own that computes *cases* as rows; None if unknown."""
    try:
        import resource  # noqa: F401 - only where there is one
    except ImportError:
        return None
    code = (
        "import resource; from analytics import benchmark as b, database, fees; "
        "db = database.shared(); "
        f"asked = b.uppgift(db, b.fall({cases}, True), b.SVEP[1]); "
        "rows = sum(t.num_rows for t in b.sql_fall(db, asked, fees.RADER)); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    root = Path(__file__).parents[1]
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
        f"{row['sweep']:32}{tal(row['scenarios']):>10}"
        + "".join(f"{_s(row[k], 4):>10}" for k in ("sql_s", "numpy_s", "pandas_s"))
        + f"{_s(row['numpy_ratio'], 1):>11}{_s(row['pandas_ratio'], 0):>11}"
        + f"{_s(row['growth_exponent'], 3):>10}"
        for row in result["runs"]
    ]
    lines += ["", f"{'Mål':32}{'uppmätt':>12}{'gräns':>16}"]
    for goal in result["reach"]:
        way = GRANSER[goal["name"]][1]
        verdict = "nått" if goal["reached"] else "inte nått"
        limit = f"{way} {_s(goal['limit'], 3).rstrip('0').rstrip(',')}"
        lines.append(f"{MAL[goal['name']]:32}{_s(goal['value'], 3):>12}{limit:>16}  {verdict}")
    for name, part in (("planning", planning), ("rotation", rotation), ("ledger", ledger)):
        lines += part.text(result[name])
    return "\n".join(lines)


MAL = {
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
