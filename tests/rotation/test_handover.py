"""Handover: who comes is there some days beside the one who leaves, and is available for it."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.rotation.checks import double_booked, handovers
from analytics.rotation.loans import Inlan, Period, person_months
from analytics.rotation.plan import propose
from analytics.rotation.problem import PlanFault, PlanTerms, Unavailable, assignment
from analytics.rotation.proof import prove, turns_of
from tests.given.agreement import kommun_row

START, FOREVER = date(2027, 1, 1), (date(2020, 1, 1), date(2040, 1, 1))


def make_inlan(who, since, until, **more):
    period = Period(date.fromisoformat(since), date.fromisoformat(until), 50)
    return Inlan(who, "kommun", who, "Samordnare", (period,), "överenskommet", **more)


def plan(rows, history=(), **more):
    asked = PlanTerms(START, 1, handover=14, **more)
    found = propose(assignment(history, rows, "kommun", asked))
    assert prove(found, history, rows, asked) == []
    return turns_of(found, asked)


def test_the_one_who_comes_begins_two_weeks_before_the_turn():
    first, second = plan([kommun_row("a"), kommun_row("b")])
    assert (first.party, first.since, first.until) == ("a", START, date(2027, 6, 30))
    assert first.handover == 0  # nobody is there to take over from
    assert (second.party, second.since, second.alone, second.until) == (
        "b", date(2027, 6, 17), date(2027, 7, 1), date(2027, 12, 31),
    )  # fmt: skip
    # six whole months and 14 of June's 30 days, at half time
    assert person_months(second, *FOREVER) == (6 + Fraction(14, 30)) / 2
    assert double_booked([first, second], *FOREVER, {}) == []


def test_who_takes_over_from_a_loan_that_stands_begins_early_too_and_nobody_from_itself():
    history = [make_inlan("a", "2026-07-01", "2026-12-31")]
    first = plan([kommun_row("a"), kommun_row("b")], history)[0]
    assert (first.party, first.since) == ("b", date(2026, 12, 18))  # 18–31 December is 14 days
    alone = plan([kommun_row("a")], history, gap=0)
    assert [i.handover for i in alone] == [0, 0]


def test_a_vacant_turn_has_nobody_to_hand_over():
    no = Unavailable("a", START, date(2027, 3, 31), "val")
    turns = plan([kommun_row("a")], unavailable=(no,))
    assert [(i.since, i.handover) for i in turns] == [(date(2027, 7, 1), 0)]


@pytest.mark.parametrize(("last", "able"), [("2027-06-16", True), ("2027-06-17", False)])
def test_who_cannot_come_to_the_handover_cannot_take_the_turn(last, able):
    no = Unavailable("b", START, date.fromisoformat(last), "val")
    turns = plan([kommun_row("a"), kommun_row("b")], unavailable=(no,))
    assert ("b" in [i.party for i in turns]) == able


def test_a_published_plan_with_handover_is_the_same_turns_when_it_is_made_again():
    rows = [kommun_row("a"), kommun_row("b"), kommun_row("c")]
    published = [i.with_changes(id=i.id, plan="p", status="överenskommet") for i in plan(rows)]
    again = assignment(published, rows, "kommun", PlanTerms(START, 1, handover=14))
    assert again.free == (0, 1)
    assert again.published == {0: "a", 1: "b"}
    assert propose(again).moved == 0


@pytest.mark.parametrize(("days", "met"), [(15, 1), (16, 0), (31, 0)])
def test_days_beyond_the_handover_are_a_double_booking(days, met):
    # 15–30 June is 16 days
    both = [
        make_inlan("a", "2027-01-01", "2027-06-30"),
        make_inlan("b", "2027-06-15", "2027-12-31", handover=days),
    ]
    assert len(list(handovers(both))) == met


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (31, True), (32, False)])
def test_a_handover_is_none_to_31_days(days, ok):
    asked = PlanTerms(START, 1, handover=days)
    if ok:
        asked.check()
    else:
        with pytest.raises(PlanFault, match="0–31 dagar"):
            asked.check()
