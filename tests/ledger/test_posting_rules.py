"""Rules: what they may say, and that the most specific one decides."""

import pytest

from analytics.errors import BadInput
from analytics.ledger import booked as ledger_booked, posting_rules, saved_rows
from analytics.ledger.posting_rules import INCOME, OUTSIDE, PostingRule
from analytics.reference import database
from analytics.store.errors import Conflict
from analytics.store.posts import shared
from tests.given.ledger import make_row


def make_rule(accounts: str, target: str, objekt: str = "", reason: str = "prov") -> PostingRule:
    return PostingRule("", *posting_rules.span(accounts), objekt, target, reason)


def lands_on(*rules: PostingRule, **row: object) -> str | None:
    """Return where one row ends up."""
    store = shared()
    for rule in rules:
        posting_rules.save(store, rule)
    saved_rows.add_rows(store, "ett", [make_row(**row)], reason="prov")
    (found,) = ledger_booked.outcome(database.shared(), store, 2027)
    return found.target


@pytest.mark.parametrize(
    ("konto", "hit"),
    [("4999", None), ("5000", "lokal"), ("5999", "lokal"), ("6000", None),
     ("50000", "lokal"), ("59999", "lokal"), ("49999", None), ("60", None), ("500", None)],
)  # fmt: skip
def test_a_span_covers_its_ends_and_longer_accounts_that_begin_within_it(konto, hit):
    assert lands_on(make_rule("5000-5999", "lokal"), konto=konto) == hit


@pytest.mark.parametrize("konto", ["1000", "1930", "2640", "2999", "29991"])
def test_balance_accounts_are_outside_by_the_standing_rule(konto):
    assert lands_on(konto=konto) == OUTSIDE


@pytest.mark.parametrize("konto", ["0999", "3000", "999", "8999"])
def test_no_other_account_is_decided_by_itself(konto):
    assert lands_on(konto=konto) is None


def test_the_narrowest_span_wins_whichever_came_first():
    rules = [make_rule("5010", "smal"), make_rule("5000-5999", "bred")]
    assert lands_on(*rules) == "smal"
    assert lands_on(*reversed(rules)) == "smal"


def test_of_equal_spans_the_one_with_an_object_wins_then_the_latest():
    with_object = make_rule("5000-5999", "projektet", objekt="P12")
    old, new = make_rule("5000-5999", "gammal"), make_rule("5000-5999", "ny")
    assert lands_on(with_object, old, new, objekt="1=100;6=P12") == "projektet"
    saved_rows.withdraw_rows(shared(), "ett", reason="prov")
    assert lands_on(objekt="6=P13") == "ny"


def test_a_narrow_span_goes_before_a_wide_one_with_an_object():
    rules = make_rule("5010", "smal"), make_rule("5000-5999", "projektet", objekt="P12")
    assert lands_on(*rules, objekt="P12") == "smal"


@pytest.mark.parametrize("objekt", ["P12", "6=P12"])
def test_an_object_is_known_by_its_number_with_or_without_the_dimension(objekt):
    assert lands_on(make_rule("5010", "p", objekt=objekt), objekt="1=100;6=P12") == "p"


@pytest.mark.parametrize("objekt", ["P1", "1=P12", "100;6=P12"[:3] + "x", "p12"])
def test_part_of_an_object_is_not_the_object(objekt):
    assert lands_on(make_rule("5010", "p", objekt=objekt), objekt="1=100;6=P12") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("5010", ("5010", "5010")), ("5000–5999", ("5000", "5999")), (" 50 - 59 ", ("50", "59"))],
)
def test_spans_are_read_as_one_writes_them(text, found):
    assert posting_rules.span(text) == found


@pytest.mark.parametrize("text", ["", "lokal", "5000-599", "5999-5000", "50.10", "٥٠١٠", "5" * 11])
def test_what_is_no_span_is_told_how_to_be_written(text):
    with pytest.raises(BadInput, match="5000–5999"):
        posting_rules.span(text)


def test_outside_the_frame_needs_a_reason_and_every_rule_a_target():
    with pytest.raises(BadInput, match="skäl"):
        posting_rules.save(shared(), make_rule("7000", OUTSIDE, reason=" "))
    with pytest.raises(BadInput, match="budgetrad"):
        posting_rules.save(shared(), make_rule("7000", ""))
    assert posting_rules.all_rules(shared()) == [posting_rules.BALANCE]


def test_a_rule_is_changed_over_its_version_only():
    store = shared()
    first = posting_rules.save(store, make_rule("3000-3999", INCOME))
    changed = PostingRule(first.id, "3000", "3899", "", INCOME, "smalare", first.version)
    posting_rules.save(store, changed)
    with pytest.raises(Conflict):
        posting_rules.save(store, changed)
    posting_rules.remove(store, posting_rules.all_rules(store)[1], "behövs inte")
    assert posting_rules.all_rules(store) == [posting_rules.BALANCE]
