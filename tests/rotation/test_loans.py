"""Months by days, owed against served, and cost: every figure worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.agreement import contract, parties
from analytics.agreement.parties import PartyRow
from analytics.reference import database
from analytics.rotation.checks import (
    above_line,
    check_register,
    double_booked,
    forward,
    gaps,
    row_faults,
)
from analytics.rotation.cost import cost, year_cost
from analytics.rotation.loans import (
    Inlan,
    Period,
    calendar_months,
    debts,
    person_months,
    served,
)
from analytics.rotation.register import documented

F = Fraction


def make_inlan(
    party="a", since="2027-01-01", until="2027-06-30", percent=100, post="kommun", **more
):
    period = Period(date.fromisoformat(since), date.fromisoformat(until), percent)
    return Inlan(
        f"{party}-{since}",
        post,
        party,
        "Samordnare",
        (period,),
        **{"status": "överenskommet", **more},
    )


def party(party_id, since="2015-01-01", category="kommun", takes_part=True):
    day = date.fromisoformat(since)
    return PartyRow(
        party_id=party_id,
        since=day,
        name=party_id.upper(),
        group="kommun",
        takes_part=takes_part,
        pays=True,
        shares=None,
        category=category,
        source="prov",
    )


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2015-05-01", "2015-05-31", F(1)),
        ("2027-03-15", "2027-03-15", F(1, 31)),  # starts and ends on one day
        ("2028-02-29", "2028-02-29", F(1, 29)),  # leap year
        ("2027-02-15", "2027-02-28", F(14, 28)),
        ("2028-02-15", "2028-02-29", F(15, 29)),
        ("2027-01-31", "2027-03-01", F(1, 31) + 1 + F(1, 31)),
        ("2027-12-31", "2028-01-01", F(2, 31)),
        ("2027-06-30", "2027-06-29", F(0)),
    ],
)
def test_months_are_counted_by_days(since, until, months):
    assert calendar_months(date.fromisoformat(since), date.fromisoformat(until)) == months


def test_the_documented_loan_is_seven_and_a_half_months_in_2015_and_six_in_2016():
    (known,) = documented(database.shared())

    assert known.party == "0115"
    assert person_months(known, date(2015, 1, 1), date(2015, 12, 31)) == F(15, 2)
    assert person_months(known, date(2016, 1, 1), date(2016, 12, 31)) == 6
    assert known.cost_kr is None  # nobody has documented it


def test_a_percent_that_changes_inside_a_tertial():
    halves = (Period(date(2027, 5, 1), date(2027, 7, 10), 50),
              Period(date(2027, 7, 11), date(2027, 8, 31), 80))  # fmt: skip
    loan = Inlan("x", "kommun", "a", "Samordnare", halves, "överenskommet", 60_000)
    # May and June at half: 1. July: 10/31 × 1/2 + 21/31 × 4/5. August 4/5.
    months = 1 + F(5, 31) + F(84, 155) + F(4, 5)
    assert person_months(loan, date(2027, 5, 1), date(2027, 8, 31)) == months
    # 60 000 × 388/155 = 150 193,5…
    assert cost(loan, date(2027, 5, 1), date(2027, 8, 31)) == 150_194


def test_a_loans_tertials_add_up_to_its_cost_to_the_krona():
    loan = make_inlan(
        since="2027-01-10", until="2027-12-20", percent=33, cost_kr=71_003, overhead_kr=77
    )
    year = year_cost([loan], 2027, 4_333_333)
    assert year.total_kr == cost(loan, loan.since, loan.until)
    assert all(year.tertial_kr)


def test_what_is_left_of_the_two_thirds_and_when_they_are_exceeded():
    loan = make_inlan(until="2027-12-31", cost_kr=50_000)
    year = year_cost([loan], 2027, 4_333_333)
    assert (year.tertial_kr, year.left_kr) == ((200_000,) * 3, 3_733_333)
    assert above_line([year]) == []
    (found,) = above_line([year_cost([loan], 2027, 599_999)])
    assert found.clause == "K2"
    assert "1\xa0kr mer" in found.text


def test_a_loan_without_documented_cost_is_missing_from_the_sum_and_told():
    year = year_cost([make_inlan()], 2027, 1)
    assert (year.total_kr, year.without_cost) == (0, 6)


def test_served_by_party_without_proposals():
    plan = [make_inlan("a"), make_inlan("b", "2027-07-01", "2027-12-31", 50, status="förslag")]
    span = (date(2027, 1, 1), date(2027, 12, 31))
    assert served(plan, *span) == {("kommun", "a"): 6}
    assert served(plan, *span, with_proposals=True)["kommun", "b"] == 3


def test_what_is_owed_is_shared_equally_and_debts_add_up_to_zero():
    found = debts([make_inlan("a")], [party("a"), party("b"), party("c")], "kommun",
                    date(2027, 1, 1), date(2027, 12, 31))  # fmt: skip
    assert [(s.party, s.debt) for s in found] == [("b", 2), ("c", 2), ("a", -4)]
    assert sum(s.debt for s in found) == 0


def test_what_is_owed_by_weight():
    weights = {"a": F(3), "b": F(1)}
    found = debts([make_inlan("a")], [party("a"), party("b")], "kommun", date(2027, 1, 1),
                    date(2027, 6, 30), weights.__getitem__)  # fmt: skip
    assert {s.party: s.owed for s in found} == {"a": F(9, 2), "b": F(3, 2)}


def test_a_party_owes_from_the_month_it_joined_to_the_month_it_left():
    rows = [
        party("a"),
        party("b", "2027-04-01"),
        party("c"),
        party("c", "2027-03-01", takes_part=False),
    ]
    found = debts([make_inlan("a")], rows, "kommun", date(2027, 1, 1), date(2027, 6, 30))
    # January–February a and c; March a alone; April–June a and b.
    assert {s.party: s.owed for s in found} == {"a": F(7, 2), "b": F(3, 2), "c": F(1)}


def test_double_bookings_are_found_and_a_turn_that_follows_on_is_not_one():
    plan = [
        make_inlan("a"),
        make_inlan("b", "2027-06-30", "2027-12-31"),
        make_inlan("c", "2028-01-01", "2028-06-30"),
    ]
    (found,) = double_booked(plan, date(2027, 1, 1), date(2028, 12, 31), {})
    assert (found.clause, found.since, found.until) == ("K13", date(2027, 6, 30), date(2027, 6, 30))


def test_gaps_are_the_days_when_nobody_from_the_category_lends():
    plan = [make_inlan("a"), make_inlan("b", "2027-08-01", "2027-12-31", status="förslag")]
    found = gaps(plan, date(2027, 1, 1), date(2027, 12, 31), ("kommun",))
    assert [(f.since, f.until) for f in found] == [(date(2027, 7, 1), date(2027, 12, 31))]
    assert gaps([make_inlan("a")], date(2027, 1, 1), date(2027, 6, 30), ("kommun",)) == []


def test_twenty_four_months_ahead():
    assert forward(date(2026, 11, 22)) == date(2028, 10, 31)
    assert forward(date(2027, 1, 1)) == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("loan", "check", "clause"),
    [
        (make_inlan(percent=0), "procent", "K13"),
        (make_inlan(percent=140), "procent", "K13"),
        (make_inlan(since="2027-06-30", until="2027-06-29"), "slut_fore_start", "K13"),
        (make_inlan(since="2014-12-31"), "inte_part", "K12"),
        (make_inlan(party="z"), "okand_part", "K14"),
        (make_inlan(post="trafik"), "fel_kategori", "K14"),
        (make_inlan(post="kock"), "okand_post", "K13"),
        (make_inlan(status="klart"), "okand_status", "K14"),
        (make_inlan(cost_kr=-1), "kostnad", "K15"),
    ],
)
def test_a_loan_that_cannot_be_is_a_fault_named_after_its_clause(loan, check, clause):
    found = [f for f in row_faults(loan, [party("a")]) if f.check == check]
    assert found
    assert found[0].is_fault
    assert found[0].clause == clause


def test_a_party_that_leaves_during_a_loan_is_found():
    rows = [party("a"), party("a", "2027-03-01", takes_part=False)]
    (found,) = row_faults(make_inlan(), rows)
    assert (found.check, found.since) == ("inte_part", date(2027, 3, 1))


def test_overlapping_periods_of_one_loan_are_found():
    twice = make_inlan().with_changes(periods=(Period(date(2027, 1, 1), date(2027, 3, 1), 50),
                                Period(date(2027, 3, 1), date(2027, 6, 1), 50)))  # fmt: skip
    assert [f.check for f in row_faults(twice, [party("a")])] == ["perioder_overlappar"]


def test_the_documented_loan_has_no_fault_and_leaves_every_category_vacant_today():
    rows = parties.party_rows(database.shared(), contract.load())
    found = check_register(documented(database.shared()), rows, date(2026, 11, 22), {})
    assert [(f.check, f.since, f.until) for f in found] == [
        ("vakant", date(2026, 11, 22), date(2028, 10, 31))] * 3  # fmt: skip
