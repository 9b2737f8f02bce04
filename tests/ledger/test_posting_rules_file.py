"""Rules as a file: what goes out comes in again, and a fault stops all of it."""

import pytest

from analytics.errors import BadFile
from analytics.ledger import posting_rules, posting_rules_file
from analytics.ledger.posting_rules import INCOME, OUTSIDE
from analytics.store.posts import shared
from tests.ledger.test_posting_rules import make_rule

ROWS = {"rad-1": "Lokaler", "rad-2": "Övningar"}


def read(text: str) -> list[posting_rules.PostingRule]:
    return posting_rules_file.read("regler.csv", text.encode(), ROWS)


def test_what_goes_out_comes_in_again():
    rules = [
        make_rule("5000-5999", "rad-1", reason="Lokaler"),
        make_rule("6930", "rad-2", objekt="6=P12", reason="Övningen"),
        make_rule("7000-7999", OUTSIDE, reason="värdens egen kostnad"),
        make_rule("3000-3999", INCOME, reason="avgifter"),
    ]
    posting_rules.save_many(shared(), rules)
    out = posting_rules_file.as_csv(posting_rules.all_rules(shared()))
    assert sorted(map(str, posting_rules_file.read("r.csv", out, ROWS))) == sorted(map(str, rules))


def test_a_line_of_the_budget_is_known_by_name_too():
    assert read("konto,mal\n5010,Övningar\n")[0].target == "rad-2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "tom"),
        ("konto\n5010\n", "mal"),
        ("konto,mal\n5010,Kaffe\n", "rad 2, kolumn mal: ”Kaffe”"),
        ("konto,mal\n50-5,intakt\n", "rad 2, kolumn konto: ”50-5”"),
        ("konto,mal\n5010,utanfor\n", "skäl"),
        ("konto,mal\n5010,intakt\n5010,intakt\n", "redan på rad 2"),
        ("konto,mal\n5010,intakt\n5010,Övningar\n", "rad 3, kolumn konto: .* redan på rad 2"),
        ("konto,objekt,mal\n5010,a;b,intakt\n", "inget objekt"),
    ],
)
def test_a_fault_stops_all(text, said):
    with pytest.raises(BadFile, match=said):
        read(text)


def test_the_rules_of_the_example_are_marked():
    found = posting_rules_file.read("r.csv", b"konto,mal\n5010,intakt\n", ROWS, example=True)
    posting_rules.save_many(shared(), found)
    posting_rules.save(shared(), make_rule("6110", "rad-1"))
    assert [r.example for r in posting_rules.all_rules(shared())[1:]] == [True, False]


def test_a_name_that_two_lines_have_is_not_chosen_between():
    lines = {"a1": "Resor", "b2": "Resor", "c3": "Lokaler"}
    with pytest.raises(BadFile, match="flera budgetrader heter så"):
        posting_rules_file.read("r.csv", b"konto,mal\n5010,Resor\n", lines)
    found = posting_rules_file.read("r.csv", b"konto,mal\n5010,b2\n6010,Lokaler\n", lines)
    assert [rule.target for rule in found] == ["b2", "c3"]
