"""The forecast is proposed by a named method, and another needs a reason (K7)."""

from fractions import Fraction

from analytics.followup import forecasts, status as followup_status
from analytics.followup.forecasts import LineForecast
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.followup import YEAR, book, decide_budget

DB = database.shared()


def status(tertial):
    return followup_status.status_of(DB, shared(), YEAR, tertial)


def post(tertial, name="Inlån"):
    return next(p for p in status(tertial).lines if p.name == name)


def test_the_proposed_forecast_is_the_outcome_and_the_rest_of_the_profile():
    decide_budget(shared())
    book(shared(), ("2027-04-10", "5010", 180_000_00), ("2027-04-10", "6010", 90_000_00))
    assert (post(1).forecast_kr, post(1).method) == (580_000, "profil")
    assert (post(1).pace_kr, post(1).forecast_deviation_kr) == (540_000, 20_000)
    assert post(1).forecast_deviation_share == Fraction(1, 30)
    assert post(1, "Övning").forecast_kr == 290_000


def test_months_that_are_not_booked_yet_count_as_budgeted():
    decide_budget(shared())
    book(shared(), ("2027-06-10", "5010", 300_000_00))  # two months of tertial 2 are missing
    assert post(2).forecast_kr == 300_000 + 100_000 + 200_000
    assert post(2).pace_kr == 600_000
    assert any("Bokfört till och med 2027-06-10" in t for t in status(2).notices)
    assert post(2).status == "bokförs ännu"  # less than planned says nothing yet
    assert post(2).requires == ("kommentar", "åtgärd")  # but it is not closed without words
    assert not status(2).fully_booked


def test_too_much_is_told_although_months_are_missing():
    decide_budget(shared())
    book(shared(), ("2027-06-10", "5010", 430_000_00))
    assert post(2).status == "över plan"


def test_when_the_year_is_booked_the_forecast_is_the_outcome():
    decide_budget(shared())
    book(shared(), ("2027-12-31", "5010", 610_000_49))
    assert (post(3).forecast_kr, post(3).method) == (610_000, "utfall")


def test_another_method_or_an_own_forecast_is_kept_per_tertial():
    decided = decide_budget(shared())
    book(shared(), ("2027-04-10", "5010", 180_000_00), ("2027-08-10", "5010", 200_000_00))
    line = decided.rows[0].id
    forecasts.set_forecast(shared(), YEAR, 1, line, LineForecast("takt", reason="Jämn takt"))
    assert post(1).forecast_kr == 540_000
    kept = forecasts.forecasts(shared(), YEAR, 1)[line]
    own = LineForecast("egen", 700_000, "Två inlån till", kept.version, kept.id)
    forecasts.set_forecast(shared(), YEAR, 1, line, own)
    assert (post(1).forecast_kr, post(1).forecast_reason) == (700_000, "Två inlån till")
    assert post(2).method == "profil"


def test_the_year_ends_at_one_figure_also_where_ore_are_rounded_line_by_line():
    decide_budget(shared())
    book(shared(), ("2027-12-31", "5010", 600_000_40), ("2027-12-31", "6010", 300_000_40))
    assert [p.forecast_kr for p in status(3).lines] == [600_000, 300_000]
    assert status(3).total.forecast_kr == 900_001  # 900 000,80, as the outcome is shown
