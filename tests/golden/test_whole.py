"""The whole agreement, every reading, against the evaluator in exact fractions (K1–K6, T1–T4).

Here the clauses are written once more, by hand and from the agreement's words, without its file.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings, strategies as st

from analytics.agreement import contract, parties
from analytics.fees import payments
from analytics.fees.question import Question, Series, numbers_of
from analytics.reference import database, population as reference_population
from tests.golden import facit

DB = database.shared()
AGREEMENT = contract.load()
ROWS = parties.party_rows(DB, AGREEMENT)
IDS = sorted({row.party_id for row in ROWS})
AT_A_TIME = 5
READINGS = {
    "T1": ["tak", "fast", "rest"],
    "T2": ["foljer", "krontak"],
    "T3": ["omfordela", "ofinansierat"],
    "T4": ["helar", "manader"],
}


def by_hand(question: Question) -> dict[str, int]:
    """What every party pays, and under "": what is unfunded."""
    year, choice = question.year, question.parameters
    frame, half = int(choice["rambudget_kr"]), choice["kommunernas_del"]
    start, mid = date(year - 1, 12, 31), date(year - 1, 6, 30)
    people = reference_population.at(DB, [start, mid])
    kommun_rows, others = [], []
    for number, party_id in enumerate(IDS):
        months, shares = paid_months(question, party_id)
        if not months:
            continue
        by_month = question.readings["T4"] == "manader"
        year_part = Fraction(months if by_month else 12, 12)
        if party_id.isdigit():
            ceiling = choice["tak_kr_per_invanare"] * people[party_id, mid].count * year_part
            kommun_rows.append(
                facit.Party(number, people[party_id, start].count * year_part, ceiling)
            )
        else:
            units = shares * year_part
            kronor = [choice["andel_procent"] / 100 * frame] * (question.readings["T1"] == "tak")
            kronor += [choice["andel_krontak_kr"]] * (question.readings["T2"] == "krontak")
            others.append(facit.Party(number, units, min(kronor) * units if kronor else None))
    price = None if question.readings["T1"] == "tak" else choice["andel_procent"] / 100 * frame
    remainder = question.readings["T1"] == "rest"
    outcome = facit.fees(
        frame,
        [
            facit.Block(
                tuple(kommun_rows),
                "andra" if remainder else half,
                redistribute=question.readings["T3"] == "omfordela",
            ),
            facit.Block(tuple(others), "priset" if remainder else "resten", price),
        ],
    )
    paid = {IDS[n]: kr for block in outcome for n, kr in block.fee.items()}
    return paid | {"": frame - sum(paid.values())}


def paid_months(question: Question, party_id: str) -> tuple[int, int]:
    """In how many months of the year the party pays, counted on their last days; and its shares."""
    months, shares = 0, 0
    for month in range(1, 13):
        last = date(question.year + month // 12, month % 12 + 1, 1)
        rows = [r for r in question.rows if r.party_id == party_id and r.since < last]
        row = max(rows, key=lambda r: r.since, default=None)
        if row and row.takes_part and row.pays:
            months, shares = months + 1, row.shares or 0
    return months, shares


@st.composite
def questions(draw) -> Question:
    year = draw(st.integers(2015, 2030))
    gone = draw(st.sets(st.sampled_from(IDS), max_size=4))
    joins = draw(st.dictionaries(st.sampled_from(IDS), st.integers(1, 12), max_size=3))
    rows = [row for row in ROWS if row.party_id not in {*gone, *joins}]
    for party_id, month in joins.items():
        row = next(row for row in ROWS if row.party_id == party_id)
        rows.append(replace(row, since=date(year, month, 1), takes_part=True, pays=True))
    values = {
        "rambudget_kr": draw(st.one_of(st.integers(0, 20), st.integers(4 * 10**6, 10**7))),
        "kommunernas_del": draw(st.fractions(0, 1, max_denominator=60)),
        "tak_kr_per_invanare": Fraction(draw(st.integers(100, 200)), 100),
        "andel_procent": Fraction(draw(st.integers(0, 80)), 10),
        "andel_krontak_kr": draw(st.integers(200_000, 400_000)),
    }
    readings = {point: draw(st.sampled_from(allowed)) for point, allowed in READINGS.items()}
    rows = draw(st.permutations(rows))
    return Question(year, tuple(rows), {k: Fraction(v) for k, v in values.items()}, readings)


@settings(max_examples=60, deadline=None)
@given(st.lists(questions(), min_size=AT_A_TIME, max_size=AT_A_TIME))
def test_every_party_pays_what_the_clauses_say_by_hand(asked):
    for question, result in zip(asked, payments.compute_many(DB, AGREEMENT, asked), strict=True):
        paid = {p.party: p.fee_kr for p in result.parties}
        assert paid | {"": result.unfunded_kr} == by_hand(question), question


@settings(max_examples=15, deadline=None)
@given(questions(), st.integers(0, 2**32))
def test_a_sweep_gives_what_single_questions_give(question, seed):
    """Every parameter varies, in one statement; each case alone gives the same kronor."""
    chance = Random(seed)
    base = question.parameters
    values = {
        "rambudget_kr": [Fraction(chance.randint(0, 10**7)) for _ in range(6)],
        "kommunernas_del": [Fraction(chance.randint(0, 1000), 1000) for _ in range(6)],
        "tak_kr_per_invanare": [Fraction(chance.randint(0, 200), 100) for _ in range(6)],
        "andel_procent": [Fraction(chance.randint(0, 80), 10) for _ in range(6)],
        "andel_krontak_kr": [Fraction(chance.choice([0, 200_000, 280_000])) for _ in range(6)],
    }
    alone = [
        replace(question, parameters=base | {k: v[i] for k, v in values.items()}) for i in range(6)
    ]
    together = replace(question, parameters={k: series(v) for k, v in values.items()})

    got: dict[int, dict[tuple[int, int], int]] = {}
    for table, _ in payments.compute(DB, AGREEMENT, together):
        for row in table.to_pylist():
            got.setdefault(row["fall"], {})[row["nr"], row["part"]] = row["avgift_kr"]
    for case, result in enumerate(payments.compute_many(DB, AGREEMENT, alone)):
        order = [[a.party.party_id for a in b.shares] for b in result.terms.block]
        found = {order[number][place]: kr for (number, place), kr in got.get(case, {}).items()}
        assert found == {p.party: p.fee_kr for p in result.parties}


def series(values: list[Fraction]) -> Series:
    den = max(1000, *(v.denominator for v in values))
    return Series(
        numbers_of(Fraction(1)).num.repeat(len(values)) * [int(v * den) for v in values], den
    )
