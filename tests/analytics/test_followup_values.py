"""What cannot be saved in the follow-up is refused, and nothing of it is."""

import pytest

from analytics import activities, followup_store
from analytics.activities import Aktivitet
from analytics.errors import BadInput, SkalSaknas
from analytics.errors_followup import UppfoljningFel
from analytics.followup_store import Prognos
from analytics.store import shared
from tests.analytics.uppfoljning import AR


@pytest.mark.parametrize(
    ("prognos", "error"),
    [
        (Prognos("gissning"), UppfoljningFel),
        (Prognos("utfall"), UppfoljningFel),
        (Prognos("egen", None, "x"), UppfoljningFel),
        (Prognos("egen", -1, "x"), UppfoljningFel),
        (Prognos("egen", 5, " "), SkalSaknas),
        (Prognos("takt"), SkalSaknas),
        (Prognos("egen", 5, "x" * 2001), UppfoljningFel),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(prognos, error):
    with pytest.raises(error):
        followup_store.satt_prognos(shared(), AR, 1, "rad", prognos)


@pytest.mark.parametrize(
    ("procent", "belopp", "error"),
    [("101", "1", UppfoljningFel), ("5", "-1", UppfoljningFel), ("1.500", "1", BadInput)],
)
def test_a_threshold_that_cannot_be_is_refused(procent, belopp, error):
    with pytest.raises(error):
        followup_store.satt_troskel(shared(), procent, belopp, skal="x")


@pytest.mark.parametrize(
    "activity",
    [
        Aktivitet(AR, " ", 1),
        Aktivitet(AR, "A" * 121, 1),
        Aktivitet(AR, "A", 4),
        Aktivitet(AR, "A", 1, laget={1: ("kanske", "")}),
        Aktivitet(AR, "A", 1, laget={4: ("klar", "")}),
    ],
)
def test_an_activity_that_cannot_be_is_refused(activity):
    with pytest.raises(UppfoljningFel):
        activities.lagg_till(shared(), [activity], skal="x")
    assert activities.alla(shared(), AR) == []


def test_two_activities_of_one_name_are_refused():
    with pytest.raises(UppfoljningFel, match="heter"):
        activities.lagg_till(shared(), [Aktivitet(AR, "A", 1), Aktivitet(AR, "a", 2)], skal="x")
