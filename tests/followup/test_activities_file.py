"""Activities from files: all or nothing, told by row and column."""

import pytest

from analytics.errors import BadFile
from analytics.followup import activities, activities_file
from analytics.followup.activities import Activity
from analytics.followup.errors import FollowupFault
from analytics.store.posts import shared
from tests.given.followup import YEAR

HEAD = "namn;tertial;roll;t1_status;t1_anteckning\n"


def test_activities_are_read_and_written_back_the_same():
    plan = [
        Activity(YEAR, "Övning", 1, "Kansliet", {1: ("klar", "I mars"), 2: ("klar", "")}),
        Activity(YEAR, "Utbildning", 3, "", {}),
    ]
    back = activities_file.read("a.csv", activities_file.as_csv(plan), YEAR)
    assert back == plan


def test_an_example_is_marked():
    assert activities_file.read("a.csv", (HEAD + "A;1;;;\n").encode(), YEAR, example=True)[
        0
    ].example


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
        activities_file.read("a.csv", (HEAD + row + "\n").encode(), YEAR)


def test_new_activities_are_all_or_none():
    good = activities_file.read("a.csv", (HEAD + "A;1;;;\nB;2;;;\n").encode(), YEAR)
    activities.add(shared(), good, reason="x")
    with pytest.raises(FollowupFault, match="heter"):
        activities.add(shared(), [Activity(YEAR, "C", 1), Activity(YEAR, "B", 1)], reason="x")
    assert [a.name for a in activities.all_activities(shared(), YEAR)] == ["A", "B"]
