"""Given a budget and these rows, the tertial says exactly this (K2, K7)."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from analytics.agreement import contract, parties
from analytics.budget import versions
from analytics.budget.lines import new_line, with_line
from analytics.followup import (
    activities,
    comments,
    forecasts,
    status as followup_status,
    thresholds,
)
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.followup.figures import ExpectedCost, Threshold
from analytics.followup.forecasts import LineForecast
from analytics.ledger import posting_rules
from analytics.ledger.posting_rules import PostingRule
from analytics.money import whole_kronor
from analytics.reference import database
from analytics.rotation import register as rotation_register
from analytics.rotation.loans import Inlan, Period
from analytics.store.posts import shared
from tests.given.followup import YEAR, book, decide_budget

DB = database.shared()


def status(tertial, year=YEAR):
    return followup_status.status_of(DB, shared(), year, tertial)


def post(tertial, name="Inlån"):
    return next(p for p in status(tertial).lines if p.name == name)


def rows(tertial):
    return [(p.name, p.budget_kr, p.outcome_ore, p.deviation_ore) for p in status(tertial).lines]


# ---- budget and outcome ----


def test_it_accumulates_to_each_tertial_and_what_is_not_booked_is_not_zero():
    decide_budget(shared())
    book(
        shared(),
        ("2027-04-30", "5010", 180_000_00),  # the last day of tertial 1
        ("2027-05-01", "5010", 230_000_50),  # the first of tertial 2
        ("2027-02-01", "6010", 75_000_00),
    )
    assert rows(1) == [
        ("Inlån", 200_000, 180_000_00, 20_000_00),
        ("Övning", 100_000, 75_000_00, 25_000_00),
    ]
    assert rows(2) == [
        ("Inlån", 400_000, 410_000_50, -10_000_50),
        ("Övning", 100_000, 75_000_00, 25_000_00),  # nothing more booked, in a tertial that is
    ]
    assert rows(3) == [("Inlån", 600_000, None, None), ("Övning", 300_000, None, None)]
    assert status(3).total.outcome_ore is None
    assert status(3).total.forecast_kr is None


def test_the_empty_app_says_what_is_missing_and_invents_nothing():
    found = status(1)
    assert found.lines == ()
    assert (found.frame_kr, found.total.outcome_ore, found.total.forecast_kr) == (None, None, None)
    assert "ingen beslutad budget" in found.obstacles[0]
    assert any("Inget är bokfört" in h for h in found.obstacles)


def test_a_cost_without_a_budget_is_a_line_of_its_own_and_is_told():
    decided = decide_budget(shared())
    posting_rules.save(shared(), PostingRule("", "7000", "7000", "", "okänd-post"))
    book(shared(), ("2027-01-05", "7000", 5_000_00))
    found = next(p for p in status(1).lines if p.id == "okänd-post")
    assert (found.budget_kr, found.outcome_ore, found.deviation_ore) == (0, 5_000_00, -5_000_00)
    assert any("finns inte i budgeten" in text for text in status(1).notices)
    assert found.requires == ("kommentar", "åtgärd")
    assert decided.row("okänd-post") is None


def test_income_and_what_is_outside_the_frame_stand_beside_the_lines_never_in_them():
    decide_budget(shared())
    posting_rules.save(shared(), PostingRule("", "3000", "3999", "", "intakt"))
    book(
        shared(),
        ("2027-01-10", "3010", -450_000_00),
        ("2027-01-10", "1930", 450_000_00),
        ("2027-01-20", "5010", 1_00),
    )
    found = status(1)
    assert found.total.outcome_ore == 1_00
    assert (found.income_ore, found.outside_ore) == (-450_000_00, 450_000_00)


def test_income_alone_does_not_make_a_tertial_booked():
    decide_budget(shared())
    posting_rules.save(shared(), PostingRule("", "3000", "3999", "", "intakt"))
    book(shared(), ("2027-01-10", "3010", -450_000_00))
    assert not status(1).booked


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["5010", "6010", "9999"]),
                          st.integers(-10**9, 10**9)), min_size=1, max_size=25))  # fmt: skip
def test_every_ore_of_the_ledger_is_on_a_line_or_among_the_unknown(tmp_path_factory, booked):
    from analytics.store.posts import Store

    own = Store(f"sqlite:///{tmp_path_factory.mktemp('lager') / 'lager.db'}")
    decide_budget(own)
    book(own, *((f"{YEAR}-{month:02}-15", konto, ore) for month, konto, ore in booked))
    for tertial in (1, 2, 3):
        found = followup_status.status_of(DB, own, YEAR, tertial)
        so_far = sum(ore for month, _, ore in booked if (month + 3) // 4 <= tertial)
        if found.booked:
            assert found.total.outcome_ore + found.unknown_ore == so_far
            assert sum(p.outcome_ore for p in found.lines) == found.total.outcome_ore
            assert sum(d.outcome_ore for d in found.parts) == found.total.outcome_ore
            assert sum(found.months_ore) == found.total.outcome_ore
        else:
            assert not any((month + 3) // 4 == tertial for month, _, _ in booked)
    own.close()


# ---- threshold ----


@pytest.mark.parametrize(
    ("deviation_ore", "over"),
    [(4_999_99, False), (5_000_00, False), (5_000_01, True), (-5_000_00, False), (-5_000_01, True)],
)
def test_five_percent_is_not_above_and_an_ore_more_is(deviation_ore, over):
    assert Threshold().over(deviation_ore, 100_000) is over


@pytest.mark.parametrize(
    ("deviation_ore", "over"),
    [(49_999_99, False), (50_000_00, False), (50_000_01, True), (-50_000_01, True)],
)
def test_fifty_thousand_kronor_is_not_above_and_an_ore_more_is(deviation_ore, over):
    assert Threshold().over(deviation_ore, 10_000_000) is over


def test_an_unknown_deviation_is_not_above_and_any_cost_without_budget_is():
    assert not Threshold().over(None, 0)
    assert not Threshold().over(0, 0)
    assert Threshold().over(-1, 0)


@pytest.mark.parametrize(
    ("ore", "status", "needs"),
    [
        (190_000_00, "på plan", ()),
        (189_999_99, "under plan", ("kommentar", "åtgärd")),
        (210_000_00, "på plan", ()),
        (210_000_01, "över plan", ("kommentar", "åtgärd")),
    ],
)
def test_a_line_is_on_plan_up_to_the_threshold(ore, status, needs):
    decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", ore))
    assert (post(1).status, post(1).requires) == (status, needs)


def test_a_forecast_above_the_threshold_is_told_although_the_tertial_is_on_plan():
    decided = decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", 200_000_00))
    line = decided.rows[0].id
    forecasts.set_forecast(shared(), YEAR, 1, line, LineForecast("egen", 630_000, "x"))
    assert post(1).status == "på plan"  # exactly 5 % over
    saved = forecasts.forecasts(shared(), YEAR, 1)[line]
    forecasts.set_forecast(
        shared(), YEAR, 1, line, LineForecast("egen", 630_001, "x", saved.version, saved.id)
    )
    assert post(1).status == "prognos över budget"


def test_words_remove_what_is_required_one_by_one_and_the_threshold_can_be_set():
    decided = decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", 150_000_00))
    line = decided.rows[0].id
    saved = comments.set_comment(shared(), YEAR, 1, line, Comment("Vakant till mars"))
    assert post(1).requires == ("åtgärd",)
    comments.set_comment(
        shared(), YEAR, 1, line, Comment("Vakant till mars", "Ingen", saved.version, saved.id)
    )
    assert post(1).requires == ()
    thresholds.set_threshold(shared(), "30", "60 000", reason="Chefsgruppen")
    assert post(1).status == "på plan"


# ---- the rest ----


def test_the_page_opens_on_the_latest_tertial_whose_last_month_is_booked():
    decide_budget(shared())
    posting_rules.save(shared(), PostingRule("", "3000", "3999", "", "intakt"))
    seen = []
    for day in ("2027-03-31", "2027-04-01", "2027-07-31", "2027-08-01", "2027-12-01"):
        book(shared(), (day, "5010", 1_00))
        seen.append(followup_status.latest_tertial(DB, shared(), YEAR))
    assert seen == [1, 1, 1, 2, 3]
    book(shared(), ("2028-12-31", "3010", -1_00))
    assert (
        followup_status.latest_tertial(DB, shared(), YEAR + 1) == 1
    )  # income alone is nothing to follow up


def test_the_rotation_register_says_what_loans_are_expected_to_cost_beside_the_outcome():
    decide_budget(shared())
    assert status(1).expected is None
    span = (Period(date(2027, 1, 1), date(2027, 6, 30), 50),)
    agreed = Inlan("", "blåljus", "polisen", "Samordnare", span, "överenskommet", 60_000, 6_000)
    unknown = Inlan("", "trafik", "trafikverket", "Samordnare", span, "överenskommet")
    rows = parties.party_rows(DB, contract.load())
    rotation_register.save(DB, shared(), rows, [agreed, unknown], "prov")
    assert status(1).expected == ExpectedCost(
        132_000, 198_000, True
    )  # 4 and 6 half months of 66 000
    assert status(2).expected.so_far_kr == 198_000
    assert status(1).total.outcome_ore is None  # expected is not booked


def test_a_new_version_of_the_budget_is_what_counts_from_then_on():
    decided = decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", 200_000_00))
    draft = versions.begin_version(shared(), YEAR, reason="Ändrat")
    moved = with_line(
        draft, new_line("inlan", "Inlån", None, (0, 0, 600_000), line_id=decided.rows[0].id)
    )
    versions.decide(shared(), versions.save(shared(), moved, reason="x"), reason="beslut")
    assert (status(1).budget_number, post(1).budget_kr) == (2, 0)


def test_activities_stand_beside_the_money_and_what_is_done_stays_done():
    done = Activity(YEAR, "Övning", 1, "Samordningschef", {1: ("klar", "I mars")})
    later = Activity(YEAR, "Utbildning", 3)
    activities.add(shared(), [done, later], reason="x")
    assert [(a.name, a.status) for a in status(1).activities] == [
        ("Övning", "klar"),
        ("Utbildning", None),
    ]
    assert [(a.status, a.note) for a in status(2).activities] == [
        ("klar", "I mars"),
        (None, ""),
    ]
    assert not any("saknar status" in h for h in status(2).obstacles)
    assert any("Utbildning saknar status" in h for h in status(3).obstacles)


@pytest.mark.parametrize(("ore", "kr"), [(49, 0), (50, 1), (-49, 0), (-50, -1), (None, None)])
def test_ore_are_shown_in_kronor_with_halves_away_from_zero(ore, kr):
    assert whole_kronor(ore) == kr
