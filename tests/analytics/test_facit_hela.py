"""The whole agreement, every reading, against the evaluator in exact fractions (K1–K6, T1–T4).

Here the clauses are written once more, by hand and from the agreement's words, without its file.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import agreement, database, fees, parties, population
from analytics.question import Serie, Uppgift, tal
from tests import facit

DB = database.shared()
AVTAL = agreement.load()
RADER = parties.rader(DB, AVTAL)
IDS = sorted({row.part_id for row in RADER})
AT_A_TIME = 5
READINGS = {
    "T1": ["tak", "fast", "rest"],
    "T2": ["foljer", "krontak"],
    "T3": ["omfordela", "ofinansierat"],
    "T4": ["helar", "manader"],
}


def by_hand(uppgift: Uppgift) -> dict[str, int]:
    """What every party pays, and under "": what is unfunded."""
    year, val = uppgift.year, uppgift.parametrar
    ram, half = int(val["rambudget_kr"]), val["kommunernas_del"]
    start, mid = date(year - 1, 12, 31), date(year - 1, 6, 30)
    people = population.at(DB, [start, mid])
    kommuner, ovriga = [], []
    for number, part_id in enumerate(IDS):
        months, shares = paid_months(uppgift, part_id)
        if not months:
            continue
        by_month = uppgift.lasarter["T4"] == "manader"
        part = Fraction(months if by_month else 12, 12)
        if part_id.isdigit():
            ceiling = val["tak_kr_per_invanare"] * people[part_id, mid].antal * part
            kommuner.append(facit.Part(number, people[part_id, start].antal * part, ceiling))
        else:
            units = shares * part
            kronor = [val["andel_procent"] / 100 * ram] * (uppgift.lasarter["T1"] == "tak")
            kronor += [val["andel_krontak_kr"]] * (uppgift.lasarter["T2"] == "krontak")
            ovriga.append(facit.Part(number, units, min(kronor) * units if kronor else None))
    price = None if uppgift.lasarter["T1"] == "tak" else val["andel_procent"] / 100 * ram
    rest = uppgift.lasarter["T1"] == "rest"
    outcome = facit.avgifter(
        ram,
        [
            facit.Block(
                tuple(kommuner),
                "andra" if rest else half,
                omfordela=uppgift.lasarter["T3"] == "omfordela",
            ),
            facit.Block(tuple(ovriga), "priset" if rest else "resten", price),
        ],
    )
    paid = {IDS[n]: kr for block in outcome for n, kr in block.avgift.items()}
    return paid | {"": ram - sum(paid.values())}


def paid_months(uppgift: Uppgift, part_id: str) -> tuple[int, int]:
    """In how many months of the year the party pays, counted on their last days; and its shares."""
    months, shares = 0, 0
    for month in range(1, 13):
        last = date(uppgift.year + month // 12, month % 12 + 1, 1)
        rows = [r for r in uppgift.rader if r.part_id == part_id and r.fran < last]
        row = max(rows, key=lambda r: r.fran, default=None)
        if row and row.deltar and row.betalar:
            months, shares = months + 1, row.andelar or 0
    return months, shares


@st.composite
def questions(draw) -> Uppgift:
    year = draw(st.integers(2015, 2030))
    gone = draw(st.sets(st.sampled_from(IDS), max_size=4))
    joins = draw(st.dictionaries(st.sampled_from(IDS), st.integers(1, 12), max_size=3))
    rows = [row for row in RADER if row.part_id not in {*gone, *joins}]
    for part_id, month in joins.items():
        row = next(row for row in RADER if row.part_id == part_id)
        rows.append(replace(row, fran=date(year, month, 1), deltar=True, betalar=True))
    values = {
        "rambudget_kr": draw(st.one_of(st.integers(0, 20), st.integers(4 * 10**6, 10**7))),
        "kommunernas_del": draw(st.fractions(0, 1, max_denominator=60)),
        "tak_kr_per_invanare": Fraction(draw(st.integers(100, 200)), 100),
        "andel_procent": Fraction(draw(st.integers(0, 80)), 10),
        "andel_krontak_kr": draw(st.integers(200_000, 400_000)),
    }
    readings = {point: draw(st.sampled_from(allowed)) for point, allowed in READINGS.items()}
    rows = draw(st.permutations(rows))
    return Uppgift(year, tuple(rows), {k: Fraction(v) for k, v in values.items()}, readings)


@settings(max_examples=60, deadline=None)
@given(st.lists(questions(), min_size=AT_A_TIME, max_size=AT_A_TIME))
def test_every_party_pays_what_the_clauses_say_by_hand(uppgifter):
    for uppgift, result in zip(uppgifter, fees.avgifter(DB, AVTAL, uppgifter), strict=True):
        paid = {p.part: p.avgift_kr for p in result.parter}
        assert paid | {"": result.ofinansierat_kr} == by_hand(uppgift), uppgift


@settings(max_examples=15, deadline=None)
@given(questions(), st.integers(0, 2**32))
def test_a_sweep_gives_what_single_questions_give(uppgift, seed):
    """Every parameter varies, in one statement; each case alone gives the same kronor."""
    rnd = Random(seed)
    base = uppgift.parametrar
    values = {
        "rambudget_kr": [Fraction(rnd.randint(0, 10**7)) for _ in range(6)],
        "kommunernas_del": [Fraction(rnd.randint(0, 1000), 1000) for _ in range(6)],
        "tak_kr_per_invanare": [Fraction(rnd.randint(0, 200), 100) for _ in range(6)],
        "andel_procent": [Fraction(rnd.randint(0, 80), 10) for _ in range(6)],
        "andel_krontak_kr": [Fraction(rnd.choice([0, 200_000, 280_000])) for _ in range(6)],
    }
    alone = [
        replace(uppgift, parametrar=base | {k: v[i] for k, v in values.items()}) for i in range(6)
    ]
    together = replace(uppgift, parametrar={k: series(v) for k, v in values.items()})

    got: dict[int, dict[tuple[int, int], int]] = {}
    for table, _ in fees.berakna(DB, AVTAL, together):
        for row in table.to_pylist():
            got.setdefault(row["fall"], {})[row["nr"], row["part"]] = row["avgift_kr"]
    for case, result in enumerate(fees.avgifter(DB, AVTAL, alone)):
        order = [[a.part.part_id for a in b.andelar] for b in result.villkor.block]
        found = {order[nr][place]: kr for (nr, place), kr in got.get(case, {}).items()}
        assert found == {p.part: p.avgift_kr for p in result.parter}


def series(values: list[Fraction]) -> Serie:
    den = max(1000, *(v.denominator for v in values))
    return Serie(tal(Fraction(1)).num.repeat(len(values)) * [int(v * den) for v in values], den)
