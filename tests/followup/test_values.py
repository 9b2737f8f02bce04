"""What cannot be saved in the follow-up is refused, and nothing of it is."""

import pytest

from analytics.errors import BadInput, ReasonMissing
from analytics.followup import activities, forecasts, thresholds
from analytics.followup.activities import Activity
from analytics.followup.errors import FollowupFault
from analytics.followup.forecasts import LineForecast
from analytics.store.posts import shared
from tests.given.followup import YEAR


@pytest.mark.parametrize(
    ("forecast", "error"),
    [
        (LineForecast("gissning"), FollowupFault),
        (LineForecast("utfall"), FollowupFault),
        (LineForecast("egen", None, "x"), FollowupFault),
        (LineForecast("egen", -1, "x"), FollowupFault),
        (LineForecast("egen", 5, " "), ReasonMissing),
        (LineForecast("takt"), ReasonMissing),
        (LineForecast("egen", 5, "x" * 2001), FollowupFault),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(forecast, error):
    with pytest.raises(error):
        forecasts.set_forecast(shared(), YEAR, 1, "rad", forecast)


@pytest.mark.parametrize(
    ("percent", "amount", "error"),
    [("101", "1", FollowupFault), ("5", "-1", FollowupFault), ("1.500", "1", BadInput)],
)
def test_a_threshold_that_cannot_be_is_refused(percent, amount, error):
    with pytest.raises(error):
        thresholds.set_threshold(shared(), percent, amount, reason="x")


@pytest.mark.parametrize(
    "activity",
    [
        Activity(YEAR, " ", 1),
        Activity(YEAR, "A" * 121, 1),
        Activity(YEAR, "A", 4),
        Activity(YEAR, "A", 1, position={1: ("kanske", "")}),
        Activity(YEAR, "A", 1, position={4: ("klar", "")}),
    ],
)
def test_an_activity_that_cannot_be_is_refused(activity):
    with pytest.raises(FollowupFault):
        activities.add(shared(), [activity], reason="x")
    assert activities.all_activities(shared(), YEAR) == []


def test_two_activities_of_one_name_are_refused():
    with pytest.raises(FollowupFault, match="heter"):
        activities.add(shared(), [Activity(YEAR, "A", 1), Activity(YEAR, "a", 2)], reason="x")
