"""Activities and words from files: all or nothing, told by row and column."""

import pytest

from analytics import activities, activities_file, followup_file, followup_store
from analytics.activities import Aktivitet
from analytics.errors import BadFile
from analytics.errors_followup import UppfoljningFel
from analytics.followup_store import Ord
from analytics.store import shared
from tests.analytics.uppfoljning import AR, beslutad

HEAD = "namn;tertial;roll;t1_status;t1_anteckning\n"
ORD = "tertial;post;kommentar;atgard;metod;prognos_kr;skal\n"


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


def test_words_find_their_line_by_name_or_id_and_are_saved_over_what_is_there():
    decided = beslutad(shared())
    line = decided.rader[0].id
    text = (
        ORD
        + "1;inlån;Vakant;Ny tillsätts;egen;590 000;Vakans\n"
        + f"1;{decided.rader[1].id};x;y;;;\n"
        + "2;Övning;z;;takt;;\n"
    )
    rows = followup_file.las("o.csv", text.encode("cp1252"), decided)
    followup_store.satt_kommentar(shared(), AR, 1, line, Ord("Gammal"))
    assert followup_file.spara(shared(), AR, rows, 1) == 2
    assert followup_store.kommentarer(shared(), AR, 1)[line].kommentar == "Vakant"
    assert followup_store.prognoser(shared(), AR, 1)[line].belopp_kr == 590_000
    assert followup_store.kommentarer(shared(), AR, 2) == {}
    followup_file.spara(shared(), AR, rows, 2, exempel=True)
    assert followup_store.prognoser(shared(), AR, 2)[decided.rader[1].id].metod == "takt"
    assert followup_store.ta_bort_exempel(shared()) == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1;Resor;x;y;;;", "rad 2, kolumn post: ”Resor”"),
        ("1;Inlån;x;y;egen;;", "belopp och skäl"),
        ("1;Inlån;x;y;egen;1.500;x", "rad 2, kolumn prognos_kr: ”1.500”"),
        ("1;Inlån;x;y;gissning;;", "kolumn metod"),
    ],
)
def test_a_fault_in_the_words_is_told(row, says):
    with pytest.raises(BadFile, match=says):
        followup_file.las("o.csv", (ORD + row + "\n").encode(), beslutad(shared()))


def test_new_activities_are_all_or_none():
    good = activities_file.las("a.csv", (HEAD + "A;1;;;\nB;2;;;\n").encode(), AR)
    activities.lagg_till(shared(), good, skal="x")
    with pytest.raises(UppfoljningFel, match="heter"):
        activities.lagg_till(shared(), [Aktivitet(AR, "C", 1), Aktivitet(AR, "B", 1)], skal="x")
    assert [a.namn for a in activities.alla(shared(), AR)] == ["A", "B"]
