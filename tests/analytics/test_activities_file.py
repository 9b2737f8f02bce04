"""Activities from files: all or nothing, told by row and column."""

import pytest

from analytics import activities, activities_file
from analytics.activities import Aktivitet
from analytics.errors import BadFile
from analytics.errors_followup import UppfoljningFel
from analytics.store import shared
from tests.analytics.uppfoljning import AR

HEAD = "namn;tertial;roll;t1_status;t1_anteckning\n"


def test_activities_are_read_and_written_back_the_same():
    plan = [
        Aktivitet(AR, "Övning", 1, "Kansliet", {1: ("klar", "I mars"), 2: ("klar", "")}),
        Aktivitet(AR, "Utbildning", 3, "", {}),
    ]
    back = activities_file.las("a.csv", activities_file.som_csv(plan), AR)
    assert back == plan


def test_an_example_is_marked():
    assert activities_file.las("a.csv", (HEAD + "A;1;;;\n").encode(), AR, exempel=True)[0].exempel


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A;4;;;", "rad 2, kolumn tertial"),
        ("A;1;;kanske;", "rad 2, kolumn t1_status: ”kanske”"),
        (";1;;;", "rad 2, kolumn namn"),
        ("A;1;;;\nA;2;;;", "rad 3"),
        ("A" * 121 + ";1;;;", "rad 2"),
    ],
)
def test_a_fault_in_the_plan_is_told(row, says):
    with pytest.raises(BadFile, match=says):
        activities_file.las("a.csv", (HEAD + row + "\n").encode(), AR)


def test_new_activities_are_all_or_none():
    good = activities_file.las("a.csv", (HEAD + "A;1;;;\nB;2;;;\n").encode(), AR)
    activities.lagg_till(shared(), good, skal="x")
    with pytest.raises(UppfoljningFel, match="heter"):
        activities.lagg_till(shared(), [Aktivitet(AR, "C", 1), Aktivitet(AR, "B", 1)], skal="x")
    assert [a.namn for a in activities.alla(shared(), AR)] == ["A", "B"]
