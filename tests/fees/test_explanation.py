"""An explanation ends in the fee it explains, and a change is the sum of its parts."""

import itertools
from fractions import Fraction

import pytest

from analytics.agreement import contract, parties
from analytics.agreement.errors import UnknownParty
from analytics.fees import change, explanation, payments
from analytics.fees.question import Question
from analytics.reference import database

DB, AGREEMENT = database.shared(), contract.load()
ROWS = parties.party_rows(DB, AGREEMENT)
READINGS = [
    dict(zip(("T1", "T2", "T3", "T4"), chosen, strict=True))
    for chosen in itertools.product(
        ("tak", "fast", "rest"), ("foljer", "krontak"), ("omfordela", "ofinansierat"), ("helar",)
    )
]


@pytest.mark.parametrize("frame", [0, 6_500_000, 9_000_000])
@pytest.mark.parametrize("readings", READINGS, ids=lambda v: "-".join(v.values()))
def test_every_party_gets_four_to_seven_steps_that_end_in_its_fee(readings, frame):
    question = Question(2015, ROWS, {"rambudget_kr": Fraction(frame)}, readings)
    result = payments.compute_many(DB, AGREEMENT, [question])[0]

    for party in result.parties:
        steps = explanation.explain(AGREEMENT, result, party.party)
        assert 4 <= len(steps) <= 7
        assert steps[-1].amount_kr == party.fee_kr
        assert all(step.clause in AGREEMENT.clauses and step.arithmetic for step in steps)


def test_sundbyberg_2015_is_explained_with_the_figures_of_the_clauses():
    """3 250 000 × 44 090 / 2 198 044 = 65 190,9; the ceiling 1,50 × 43 192 = 64 788."""
    result = payments.compute_many(DB, AGREEMENT, [Question(2015, ROWS)])[0]
    steps = {s.heading: s for s in explanation.explain(AGREEMENT, result, "0183")}

    assert "65 190,92" in steps["Utan tak"].arithmetic.replace("\xa0", " ")
    assert steps["Taket"].clause == "K4"
    assert "1,50 kr × 43 192 invånare = 64 788 kr" in steps["Taket"].arithmetic.replace("\xa0", " ")
    assert steps["Taket"].grounds[0].status == "utfall"
    assert steps["Det som taken skär av"].reading == "T3 Omfördelas"


def test_who_does_not_pay_is_named_with_the_nearest_who_does():
    result = payments.compute_many(DB, AGREEMENT, [Question(2027, ROWS)])[0]

    with pytest.raises(UnknownParty, match="Menade du ”polisen”"):
        explanation.explain(AGREEMENT, result, "polis")
    with pytest.raises(UnknownParty):
        explanation.explain(AGREEMENT, result, "kustbevakningen")


@pytest.mark.parametrize("year", [2016, 2020, 2026, 2030])
@pytest.mark.parametrize("party", ["0180", "0183", "0140", "trafikverket"])
def test_the_causes_of_a_change_add_up_to_it_exactly(party, year):
    after = Question(year, ROWS, {"rambudget_kr": Fraction(7_000_001)}, {"T3": "ofinansierat"})
    found = change.explain_change(DB, AGREEMENT, Question(year - 1, ROWS), after, party)

    assert found.before_kr + sum(found.parts.values()) == found.after_kr
    assert list(found.parts) == list(change.CAUSES)


def test_a_cause_that_did_not_change_has_no_part_in_it():
    found = change.explain_change(DB, AGREEMENT, Question(2025, ROWS), Question(2026, ROWS), "0183")

    assert (found.parts["ram"], found.parts["regler"], found.parts["parter"]) == (0, 0, 0)
    assert found.parts["egna"] > 0 > found.parts["andras"]
