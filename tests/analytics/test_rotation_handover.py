"""Handover: who comes is there some days beside the one who leaves, and is available for it."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.parties import PartRad
from analytics.rotation import Inlan, Period, personmanader
from analytics.rotation_checks import dubbelbokat, moten
from analytics.rotation_plan import foresla
from analytics.rotation_problem import Otillganglig, PlanFel, Villkor, uppdrag
from analytics.rotation_proof import granska, turer

START, FOREVER = date(2027, 1, 1), (date(2020, 1, 1), date(2040, 1, 1))


def part(part_id, fran=date(2015, 1, 1)):
    return PartRad(part_id, fran, part_id, "kommun", True, True, None, "kommun", "prov")


def lan(who, fran, till, **more):
    period = Period(date.fromisoformat(fran), date.fromisoformat(till), 50)
    return Inlan(who, "kommun", who, "Samordnare", (period,), "överenskommet", **more)


def plan(rows, history=(), **more):
    asked = Villkor(START, 1, overlamning=14, **more)
    found = foresla(uppdrag(history, rows, "kommun", asked))
    assert granska(found, history, rows, asked) == []
    return turer(found, asked)


def test_the_one_who_comes_begins_two_weeks_before_the_turn():
    first, second = plan([part("a"), part("b")])
    assert (first.part, first.fran, first.till) == ("a", START, date(2027, 6, 30))
    assert first.overlamning == 0  # nobody is there to take over from
    assert (second.part, second.fran, second.ensam, second.till) == (
        "b", date(2027, 6, 17), date(2027, 7, 1), date(2027, 12, 31),
    )  # fmt: skip
    # six whole months and 14 of June's 30 days, at half time
    assert personmanader(second, *FOREVER) == (6 + Fraction(14, 30)) / 2
    assert dubbelbokat([first, second], *FOREVER, {}) == []


def test_who_takes_over_from_a_loan_that_stands_begins_early_too_and_nobody_from_itself():
    history = [lan("a", "2026-07-01", "2026-12-31")]
    first = plan([part("a"), part("b")], history)[0]
    assert (first.part, first.fran) == ("b", date(2026, 12, 18))  # 18–31 December is 14 days
    alone = plan([part("a")], history, mellanrum=0)
    assert [i.overlamning for i in alone] == [0, 0]


def test_a_vacant_turn_has_nobody_to_hand_over():
    no = Otillganglig("a", START, date(2027, 3, 31), "val")
    turns = plan([part("a")], otillganglig=(no,))
    assert [(i.fran, i.overlamning) for i in turns] == [(date(2027, 7, 1), 0)]


@pytest.mark.parametrize(("last", "able"), [("2027-06-16", True), ("2027-06-17", False)])
def test_who_cannot_come_to_the_handover_cannot_take_the_turn(last, able):
    no = Otillganglig("b", START, date.fromisoformat(last), "val")
    turns = plan([part("a"), part("b")], otillganglig=(no,))
    assert ("b" in [i.part for i in turns]) == able


def test_a_published_plan_with_handover_is_the_same_turns_when_it_is_made_again():
    rows = [part("a"), part("b"), part("c")]
    published = [i.med(id=i.id, plan="p", status="överenskommet") for i in plan(rows)]
    again = uppdrag(published, rows, "kommun", Villkor(START, 1, overlamning=14))
    assert again.fria == (0, 1)
    assert again.publicerat == {0: "a", 1: "b"}
    assert foresla(again).flyttade == 0


@pytest.mark.parametrize(("days", "met"), [(15, 1), (16, 0), (31, 0)])
def test_days_beyond_the_handover_are_a_double_booking(days, met):
    # 15–30 June is 16 days
    both = [
        lan("a", "2027-01-01", "2027-06-30"),
        lan("b", "2027-06-15", "2027-12-31", overlamning=days),
    ]
    assert len(list(moten(both))) == met


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (31, True), (32, False)])
def test_a_handover_is_none_to_31_days(days, ok):
    asked = Villkor(START, 1, overlamning=days)
    if ok:
        asked.prova()
    else:
        with pytest.raises(PlanFel, match="0–31 dagar"):
            asked.prova()
