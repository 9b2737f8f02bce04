"""Rules as a file: what goes out comes in again, and a fault stops all of it."""

import pytest

from analytics import kontering, kontering_file
from analytics.errors import BadFile
from analytics.kontering import INTAKT, UTANFOR
from analytics.store import shared
from tests.analytics.test_kontering import regel

RADER = {"rad-1": "Lokaler", "rad-2": "Övningar"}


def las(text: str) -> list[kontering.Regel]:
    return kontering_file.las("regler.csv", text.encode(), RADER)


def test_what_goes_out_comes_in_again():
    rules = [
        regel("5000-5999", "rad-1", skal="Lokaler"),
        regel("6930", "rad-2", objekt="6=P12", skal="Övningen"),
        regel("7000-7999", UTANFOR, skal="värdens egen kostnad"),
        regel("3000-3999", INTAKT, skal="avgifter"),
    ]
    kontering.spara_flera(shared(), rules)
    out = kontering_file.som_csv(kontering.alla(shared()))
    assert sorted(map(str, kontering_file.las("r.csv", out, RADER))) == sorted(map(str, rules))


def test_a_line_of_the_budget_is_known_by_name_too():
    assert las("konto,mal\n5010,Övningar\n")[0].mal == "rad-2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "tom"),
        ("konto\n5010\n", "mal"),
        ("konto,mal\n5010,Kaffe\n", "rad 2, kolumn mal: ”Kaffe”"),
        ("konto,mal\n50-5,intakt\n", "rad 2, kolumn konto: ”50-5”"),
        ("konto,mal\n5010,utanfor\n", "skäl"),
        ("konto,mal\n5010,intakt\n5010,intakt\n", "redan på rad 2"),
        ("konto,objekt,mal\n5010,a;b,intakt\n", "inget objekt"),
    ],
)
def test_a_fault_stops_all(text, said):
    with pytest.raises(BadFile, match=said):
        las(text)


def test_the_rules_of_the_example_are_marked():
    found = kontering_file.las("r.csv", b"konto,mal\n5010,intakt\n", RADER, exempel=True)
    kontering.spara_flera(shared(), found)
    kontering.spara(shared(), regel("6110", "rad-1"))
    assert [r.exempel for r in kontering.alla(shared())[1:]] == [True, False]


def test_a_name_that_two_lines_have_is_not_chosen_between():
    lines = {"a1": "Resor", "b2": "Resor", "c3": "Lokaler"}
    with pytest.raises(BadFile, match="flera budgetrader heter så"):
        kontering_file.las("r.csv", b"konto,mal\n5010,Resor\n", lines)
    found = kontering_file.las("r.csv", b"konto,mal\n5010,b2\n6010,Lokaler\n", lines)
    assert [rule.mal for rule in found] == ["b2", "c3"]
