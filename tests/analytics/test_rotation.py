"""Months by days, owed against served, and cost: every figure worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from analytics import agreement, database, parties
from analytics.parties import PartRad
from analytics.rotation import (
    Inlan,
    Period,
    kalendermanader,
    personmanader,
    skulder,
    tjanstgjort,
)
from analytics.rotation_checks import dubbelbokat, framat, kontrollera, luckor, over_posten, radfel
from analytics.rotation_cost import arskostnad, kostnad
from analytics.rotation_register import dokumenterade

F = Fraction


def lan(part="a", fran="2027-01-01", till="2027-06-30", procent=100, post="kommun", **more):
    period = Period(date.fromisoformat(fran), date.fromisoformat(till), procent)
    return Inlan(
        f"{part}-{fran}", post, part, "Samordnare", (period,), **{"status": "överenskommet", **more}
    )


def part(part_id, fran="2015-01-01", kategori="kommun", deltar=True):
    day = date.fromisoformat(fran)
    return PartRad(part_id, day, part_id.upper(), "kommun", deltar, True, None, kategori, "prov")


@pytest.mark.parametrize(
    ("fran", "till", "months"),
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
def test_months_are_counted_by_days(fran, till, months):
    assert kalendermanader(date.fromisoformat(fran), date.fromisoformat(till)) == months


def test_the_documented_loan_is_seven_and_a_half_months_in_2015_and_six_in_2016():
    (known,) = dokumenterade(database.shared())

    assert known.part == "0115"
    assert personmanader(known, date(2015, 1, 1), date(2015, 12, 31)) == F(15, 2)
    assert personmanader(known, date(2016, 1, 1), date(2016, 12, 31)) == 6
    assert known.kostnad_kr is None  # nobody has documented it


def test_a_percent_that_changes_inside_a_tertial():
    halves = (Period(date(2027, 5, 1), date(2027, 7, 10), 50),
              Period(date(2027, 7, 11), date(2027, 8, 31), 80))  # fmt: skip
    loan = Inlan("x", "kommun", "a", "Samordnare", halves, "överenskommet", 60_000)
    # May and June at half: 1. July: 10/31 × 1/2 + 21/31 × 4/5. August 4/5.
    months = 1 + F(5, 31) + F(84, 155) + F(4, 5)
    assert personmanader(loan, date(2027, 5, 1), date(2027, 8, 31)) == months
    # 60 000 × 388/155 = 150 193,5…
    assert kostnad(loan, date(2027, 5, 1), date(2027, 8, 31)) == 150_194


def test_a_loans_tertials_add_up_to_its_cost_to_the_krona():
    loan = lan(fran="2027-01-10", till="2027-12-20", procent=33, kostnad_kr=71_003, palagg_kr=77)
    year = arskostnad([loan], 2027, 4_333_333)
    assert year.summa_kr == kostnad(loan, loan.fran, loan.till)
    assert all(year.tertial_kr)


def test_what_is_left_of_the_two_thirds_and_when_they_are_exceeded():
    loan = lan(till="2027-12-31", kostnad_kr=50_000)
    year = arskostnad([loan], 2027, 4_333_333)
    assert (year.tertial_kr, year.kvar_kr) == ((200_000,) * 3, 3_733_333)
    assert over_posten([year]) == []
    (found,) = over_posten([arskostnad([loan], 2027, 599_999)])
    assert found.klausul == "K2"
    assert "1\xa0kr mer" in found.text


def test_a_loan_without_documented_cost_is_missing_from_the_sum_and_told():
    year = arskostnad([lan()], 2027, 1)
    assert (year.summa_kr, year.utan_kostnad) == (0, 6)


def test_served_by_party_without_proposals():
    plan = [lan("a"), lan("b", "2027-07-01", "2027-12-31", 50, status="förslag")]
    span = (date(2027, 1, 1), date(2027, 12, 31))
    assert tjanstgjort(plan, *span) == {("kommun", "a"): 6}
    assert tjanstgjort(plan, *span, med_forslag=True)["kommun", "b"] == 3


def test_what_is_owed_is_shared_equally_and_debts_add_up_to_zero():
    found = skulder([lan("a")], [part("a"), part("b"), part("c")], "kommun",
                    date(2027, 1, 1), date(2027, 12, 31))  # fmt: skip
    assert [(s.part, s.skuld) for s in found] == [("b", 2), ("c", 2), ("a", -4)]
    assert sum(s.skuld for s in found) == 0


def test_what_is_owed_by_weight():
    weights = {"a": F(3), "b": F(1)}
    found = skulder([lan("a")], [part("a"), part("b")], "kommun", date(2027, 1, 1),
                    date(2027, 6, 30), weights.__getitem__)  # fmt: skip
    assert {s.part: s.skyldigt for s in found} == {"a": F(9, 2), "b": F(3, 2)}


def test_a_party_owes_from_the_month_it_joined_to_the_month_it_left():
    rows = [part("a"), part("b", "2027-04-01"), part("c"), part("c", "2027-03-01", deltar=False)]
    found = skulder([lan("a")], rows, "kommun", date(2027, 1, 1), date(2027, 6, 30))
    # January–February a and c; March a alone; April–June a and b.
    assert {s.part: s.skyldigt for s in found} == {"a": F(7, 2), "b": F(3, 2), "c": F(1)}


def test_double_bookings_are_found_and_a_turn_that_follows_on_is_not_one():
    plan = [lan("a"), lan("b", "2027-06-30", "2027-12-31"), lan("c", "2028-01-01", "2028-06-30")]
    (found,) = dubbelbokat(plan, date(2027, 1, 1), date(2028, 12, 31), {})
    assert (found.klausul, found.fran, found.till) == ("K13", date(2027, 6, 30), date(2027, 6, 30))


def test_gaps_are_the_days_when_nobody_from_the_category_lends():
    plan = [lan("a"), lan("b", "2027-08-01", "2027-12-31", status="förslag")]
    found = luckor(plan, date(2027, 1, 1), date(2027, 12, 31), ("kommun",))
    assert [(f.fran, f.till) for f in found] == [(date(2027, 7, 1), date(2027, 12, 31))]
    assert luckor([lan("a")], date(2027, 1, 1), date(2027, 6, 30), ("kommun",)) == []


def test_twenty_four_months_ahead():
    assert framat(date(2026, 11, 22)) == date(2028, 10, 31)
    assert framat(date(2027, 1, 1)) == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("loan", "check", "clause"),
    [
        (lan(procent=0), "procent", "K13"),
        (lan(procent=140), "procent", "K13"),
        (lan(fran="2027-06-30", till="2027-06-29"), "slut_fore_start", "K13"),
        (lan(fran="2014-12-31"), "inte_part", "K12"),
        (lan(part="z"), "okand_part", "K14"),
        (lan(post="trafik"), "fel_kategori", "K14"),
        (lan(post="kock"), "okand_post", "K13"),
        (lan(status="klart"), "okand_status", "K14"),
        (lan(kostnad_kr=-1), "kostnad", "K15"),
    ],
)
def test_a_loan_that_cannot_be_is_a_fault_named_after_its_clause(loan, check, clause):
    found = [f for f in radfel(loan, [part("a")]) if f.kontroll == check]
    assert found
    assert found[0].fel
    assert found[0].klausul == clause


def test_a_party_that_leaves_during_a_loan_is_found():
    rows = [part("a"), part("a", "2027-03-01", deltar=False)]
    (found,) = radfel(lan(), rows)
    assert (found.kontroll, found.fran) == ("inte_part", date(2027, 3, 1))


def test_overlapping_periods_of_one_loan_are_found():
    twice = lan().med(perioder=(Period(date(2027, 1, 1), date(2027, 3, 1), 50),
                                Period(date(2027, 3, 1), date(2027, 6, 1), 50)))  # fmt: skip
    assert [f.kontroll for f in radfel(twice, [part("a")])] == ["perioder_overlappar"]


def test_the_documented_loan_has_no_fault_and_leaves_every_category_vacant_today():
    rows = parties.rader(database.shared(), agreement.load())
    found = kontrollera(dokumenterade(database.shared()), rows, date(2026, 11, 22), {})
    assert [(f.kontroll, f.fran, f.till) for f in found] == [
        ("vakant", date(2026, 11, 22), date(2028, 10, 31))] * 3  # fmt: skip
