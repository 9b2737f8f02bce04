"""An explanation ends in the fee it explains, and a change is the sum of its parts."""

import itertools
from fractions import Fraction

import pytest

from analytics import agreement, change, database, explain, fees, parties
from analytics.errors_agreement import UnknownParty
from analytics.question import Uppgift

DB, AVTAL = database.shared(), agreement.load()
RADER = parties.rader(DB, AVTAL)
LASARTER = [
    dict(zip(("T1", "T2", "T3", "T4"), chosen, strict=True))
    for chosen in itertools.product(
        ("tak", "fast", "rest"), ("foljer", "krontak"), ("omfordela", "ofinansierat"), ("helar",)
    )
]


@pytest.mark.parametrize("ram", [0, 6_500_000, 9_000_000])
@pytest.mark.parametrize("lasarter", LASARTER, ids=lambda v: "-".join(v.values()))
def test_every_party_gets_four_to_seven_steps_that_end_in_its_fee(lasarter, ram):
    question = Uppgift(2015, RADER, {"rambudget_kr": Fraction(ram)}, lasarter)
    result = fees.avgifter(DB, AVTAL, [question])[0]

    for party in result.parter:
        steps = explain.steg(AVTAL, result, party.part)
        assert 4 <= len(steps) <= 7
        assert steps[-1].belopp_kr == party.avgift_kr
        assert all(step.klausul in AVTAL.klausuler and step.rakning for step in steps)


def test_sundbyberg_2015_is_explained_with_the_figures_of_the_clauses():
    """3 250 000 × 44 090 / 2 198 044 = 65 190,9; the ceiling 1,50 × 43 192 = 64 788."""
    result = fees.avgifter(DB, AVTAL, [Uppgift(2015, RADER)])[0]
    steps = {s.rubrik: s for s in explain.steg(AVTAL, result, "0183")}

    assert "65 190,92" in steps["Utan tak"].rakning.replace("\xa0", " ")
    assert steps["Taket"].klausul == "K4"
    assert "1,50 kr × 43 192 invånare = 64 788 kr" in steps["Taket"].rakning.replace("\xa0", " ")
    assert steps["Taket"].underlag[0].status == "utfall"
    assert steps["Det som taken skär av"].lasart == "T3 Omfördelas"


def test_who_does_not_pay_is_named_with_the_nearest_who_does():
    result = fees.avgifter(DB, AVTAL, [Uppgift(2027, RADER)])[0]

    with pytest.raises(UnknownParty, match="Menade du ”polisen”"):
        explain.steg(AVTAL, result, "polis")
    with pytest.raises(UnknownParty):
        explain.steg(AVTAL, result, "kustbevakningen")


@pytest.mark.parametrize("year", [2016, 2020, 2026, 2030])
@pytest.mark.parametrize("part", ["0180", "0183", "0140", "trafikverket"])
def test_the_causes_of_a_change_add_up_to_it_exactly(part, year):
    after = Uppgift(year, RADER, {"rambudget_kr": Fraction(7_000_001)}, {"T3": "ofinansierat"})
    found = change.forandring(DB, AVTAL, Uppgift(year - 1, RADER), after, part)

    assert found.fore_kr + sum(found.delar.values()) == found.efter_kr
    assert list(found.delar) == list(change.ORSAKER)


def test_a_cause_that_did_not_change_has_no_part_in_it():
    found = change.forandring(DB, AVTAL, Uppgift(2025, RADER), Uppgift(2026, RADER), "0183")

    assert (found.delar["ram"], found.delar["regler"], found.delar["parter"]) == (0, 0, 0)
    assert found.delar["egna"] > 0 > found.delar["andras"]
