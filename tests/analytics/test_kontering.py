"""Rules: what they may say, and that the most specific one decides."""

import pytest

from analytics import database, kontering, ledger, store_ledger
from analytics.errors import BadInput
from analytics.errors_store import Konflikt
from analytics.kontering import INTAKT, UTANFOR, Regel
from analytics.store import shared
from tests.analytics.huvudboken import rad


def regel(konton: str, mal: str, objekt: str = "", skal: str = "prov") -> Regel:
    return Regel("", *kontering.spann(konton), objekt, mal, skal)


def hamnar(*rules: Regel, **row: object) -> str | None:
    """Return where one row ends up."""
    store = shared()
    for rule in rules:
        kontering.spara(store, rule)
    store_ledger.add_rows(store, "ett", [rad(**row)], skal="prov")
    (found,) = ledger.utfall(database.shared(), store, 2027)
    return found.mal


@pytest.mark.parametrize(
    ("konto", "hit"),
    [("4999", None), ("5000", "lokal"), ("5999", "lokal"), ("6000", None),
     ("50000", "lokal"), ("59999", "lokal"), ("49999", None), ("60", None), ("500", None)],
)  # fmt: skip
def test_a_span_covers_its_ends_and_longer_accounts_that_begin_within_it(konto, hit):
    assert hamnar(regel("5000-5999", "lokal"), konto=konto) == hit


@pytest.mark.parametrize("konto", ["1000", "1930", "2640", "2999", "29991"])
def test_balance_accounts_are_outside_by_the_standing_rule(konto):
    assert hamnar(konto=konto) == UTANFOR


@pytest.mark.parametrize("konto", ["0999", "3000", "999", "8999"])
def test_no_other_account_is_decided_by_itself(konto):
    assert hamnar(konto=konto) is None


def test_the_narrowest_span_wins_whichever_came_first():
    rules = [regel("5010", "smal"), regel("5000-5999", "bred")]
    assert hamnar(*rules) == "smal"
    assert hamnar(*reversed(rules)) == "smal"


def test_of_equal_spans_the_one_with_an_object_wins_then_the_latest():
    with_object = regel("5000-5999", "projektet", objekt="P12")
    old, new = regel("5000-5999", "gammal"), regel("5000-5999", "ny")
    assert hamnar(with_object, old, new, objekt="1=100;6=P12") == "projektet"
    store_ledger.withdraw_rows(shared(), "ett", skal="prov")
    assert hamnar(objekt="6=P13") == "ny"


def test_a_narrow_span_goes_before_a_wide_one_with_an_object():
    rules = regel("5010", "smal"), regel("5000-5999", "projektet", objekt="P12")
    assert hamnar(*rules, objekt="P12") == "smal"


@pytest.mark.parametrize("objekt", ["P12", "6=P12"])
def test_an_object_is_known_by_its_number_with_or_without_the_dimension(objekt):
    assert hamnar(regel("5010", "p", objekt=objekt), objekt="1=100;6=P12") == "p"


@pytest.mark.parametrize("objekt", ["P1", "1=P12", "100;6=P12"[:3] + "x", "p12"])
def test_part_of_an_object_is_not_the_object(objekt):
    assert hamnar(regel("5010", "p", objekt=objekt), objekt="1=100;6=P12") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("5010", ("5010", "5010")), ("5000–5999", ("5000", "5999")), (" 50 - 59 ", ("50", "59"))],
)
def test_spans_are_read_as_one_writes_them(text, found):
    assert kontering.spann(text) == found


@pytest.mark.parametrize("text", ["", "lokal", "5000-599", "5999-5000", "50.10", "٥٠١٠", "5" * 11])
def test_what_is_no_span_is_told_how_to_be_written(text):
    with pytest.raises(BadInput, match="5000–5999"):
        kontering.spann(text)


def test_outside_the_frame_needs_a_reason_and_every_rule_a_target():
    with pytest.raises(BadInput, match="skäl"):
        kontering.spara(shared(), regel("7000", UTANFOR, skal=" "))
    with pytest.raises(BadInput, match="budgetrad"):
        kontering.spara(shared(), regel("7000", ""))
    assert kontering.alla(shared()) == [kontering.BALANS]


def test_a_rule_is_changed_over_its_version_only():
    store = shared()
    first = kontering.spara(store, regel("3000-3999", INTAKT))
    changed = Regel(first.id, "3000", "3899", "", INTAKT, "smalare", first.version)
    kontering.spara(store, changed)
    with pytest.raises(Konflikt):
        kontering.spara(store, changed)
    kontering.ta_bort(store, kontering.alla(store)[1], "behövs inte")
    assert kontering.alla(store) == [kontering.BALANS]
