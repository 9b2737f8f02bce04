"""Scenarios are made, changed, put away, frozen and decided; nobody's work is lost."""

from fractions import Fraction

import pytest

from analytics.fees import payments
from analytics.reference import database
from analytics.scenario import results, wording
from analytics.scenario.errors import (
    BadScenario,
    ScenarioLocked,
    SealBroken,
    SealedWithoutAnswer,
    UnknownScenario,
)
from analytics.scenario.results import ScenarioCase
from analytics.scenario.saved import SIGILL, Scenarios
from analytics.store.errors import Conflict
from analytics.store.posts import Store
from tests.given.scenarios import AGREEMENT, DB, FRAME, KPI, LEAVES, create, scenarios


@pytest.fixture
def saved(tmp_path):
    return scenarios(tmp_path)


def fee(saved, item, year, **own):
    return results.fees_of(DB, AGREEMENT, saved, [ScenarioCase(item, year, **own)])[0]


def test_a_scenario_survives_in_both_databases(store, address):
    made = create(Scenarios(DB, AGREEMENT, store), FRAME, LEAVES)

    found = Scenarios(DB, AGREEMENT, Store(address)).list_all()
    assert found == [made]
    assert (made.status, made.version, len(made.changes)) == ("utkast", 1, 2)


def test_one_made_from_another_takes_its_changes_and_names_its_parent(saved):
    parent = create(saved, FRAME)
    child = saved.create("Barn", [LEAVES], reason="x", parent=parent)
    saved.edit(parent, changes=[KPI], reason="ändras sedan")

    assert child.parent == parent.id
    assert saved.get(child.id).changes[0].value == 8_000_000


def test_names_are_ones_own(saved):
    item = create(saved, name="Åtta")
    with pytest.raises(BadScenario, match="upptaget"):
        create(saved, name="ÅTTA")
    with pytest.raises(BadScenario, match="upptaget"):
        create(saved, name="Gällande avtal")
    saved.archive(item, True, reason="x")
    other = create(saved, name="Åtta")
    with pytest.raises(BadScenario, match="upptaget"):
        saved.archive(saved.get(item.id), False, reason="x")
    assert saved.edit(other, name="Nio", reason="x").name == "Nio"


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(saved):
    item = create(saved, FRAME)
    theirs = saved.edit(item, changes=[FRAME, LEAVES], reason="en")
    mine = saved.preview_edit(item, [FRAME, {**KPI, "fran": "2029-01-01"}])

    with pytest.raises(Conflict):
        saved.edit(item, changes=mine.changes, reason="två")

    assert saved.get(item.id) == theirs
    told = wording.describe_conflict(
        AGREEMENT, {"trafikverket": "Trafikverket"}, item, mine, theirs
    )
    assert "Den andra la till: Trafikverket (K12) lämnar från 2027-01-01." in told
    assert "Du la till: Rambudget (K1) följer KPI sedan 2015" in told


def test_a_frozen_one_keeps_its_fees_whatever_happens_to_the_population(saved, monkeypatch):
    item = saved.freeze(create(saved, FRAME), reason="inför mötet")
    before = fee(saved, item, 2027)
    monkeypatch.setattr(
        payments.Population,
        "_at",
        lambda self, day, real=payments.Population._at: {
            k: type(v)(v.count * 2 + len(k), v.status, v.rule, v.source)
            for k, v in real(self, day).items()
        },
    )
    fresh = database.build()
    try:
        again = Scenarios(fresh, AGREEMENT, saved._store)
        after = results.fees_of(fresh, AGREEMENT, again, [ScenarioCase(item, 2027)])[0]
        moved = results.fees_of(
            fresh, AGREEMENT, again, [ScenarioCase(create(again, FRAME, name="B"), 2027)]
        )[0]
    finally:
        fresh.close()

    assert after.parties == before.parties
    assert moved.party("0180").count.count != before.party("0180").count.count


def test_a_frozen_one_keeps_its_fees_whatever_the_program_computes(saved, monkeypatch):
    item = saved.freeze(create(saved, FRAME), reason="x")
    before = fee(saved, item, 2027)

    def nothing(*args, **kwargs):
        raise AssertionError("a frozen scenario is not computed again")

    monkeypatch.setattr(payments, "compute_many", nothing)
    assert fee(saved, item, 2027).parties == before.parties


def test_what_is_tried_on_top_of_a_frozen_one_is_computed_on_its_own_inputs(saved):
    item = saved.freeze(create(saved, FRAME), reason="x")
    tried = fee(saved, item, 2027, parameters={"rambudget_kr": Fraction(7_000_000)})

    assert tried.frame_kr == 7_000_000
    assert fee(saved, item, 2027).frame_kr == 8_000_000


def test_a_frozen_or_decided_one_is_not_changed(saved):
    frozen = saved.freeze(create(saved, FRAME), reason="x")
    decided = saved.decide(frozen, "Chefsgruppen 2026-11-20")

    assert (decided.status, decided.decision) == ("beslutat", "Chefsgruppen 2026-11-20")
    for item in (frozen, decided):
        with pytest.raises(ScenarioLocked, match="Gör en kopia"):
            saved.edit(item, name="Nytt", reason="x")
    with pytest.raises(ScenarioLocked):
        saved.freeze(decided, reason="x")
    assert saved.copy(decided, "Kopia", reason="x").status == "utkast"


def test_only_a_frozen_one_is_decided(saved):
    item = create(saved, FRAME)
    with pytest.raises(ScenarioLocked, match="Frys det först"):
        saved.decide(item, "beslut")
    with pytest.raises(BadScenario, match="Beslutet saknas"):
        saved.decide(saved.freeze(item, reason="x"), "  ")


def test_an_archived_one_is_put_away_and_can_be_taken_back(saved):
    item = saved.archive(create(saved, FRAME), True, reason="x")

    assert saved.list_all() == []
    assert saved.list_all(archived=True) == [item]
    with pytest.raises(ScenarioLocked, match="arkivet"):
        saved.edit(item, name="B", reason="x")
    assert saved.archive(item, False, reason="x").archived is False


def test_one_that_is_not_there_is_named_with_the_nearest(saved):
    item = create(saved, name="Åtta miljoner")
    assert saved.find("åtta MILJONER") == saved.find(item.id[:8]) == item
    with pytest.raises(UnknownScenario, match="Menade du ”Åtta miljoner”"):
        saved.find("Åtta miljonr")
    with pytest.raises(UnknownScenario):
        saved.get("finns-inte")


def test_a_seal_that_someone_changed_in_the_store_is_told_and_no_figure_shown(saved):
    item = saved.freeze(create(saved, FRAME), reason="x")
    post = saved._store.get(SIGILL, item.id)
    post.data["innehall"]["ar"]["2027"]["avgift"]["0180 kommuner"]["avgift_kr"] += 1
    saved._store.save(SIGILL, post.data, reason="fusk", post_id=item.id, version=1)
    fresh = database.build()
    try:
        again = Scenarios(fresh, AGREEMENT, saved._store)
        (answer,) = results.fees_of(fresh, AGREEMENT, again, [ScenarioCase(item, 2027)])
    finally:
        fresh.close()

    assert isinstance(answer, SealBroken)
    assert "Raden 0180 kommuner under avgift för budgetåret 2027 är ändrad" in str(answer)


def test_a_year_without_data_is_said_also_when_it_was_frozen(saved):
    item = create(saved, {k: v for k, v in KPI.items() if k != "sedan"})
    assert "KPI saknar ett värde för 2028" in str(fee(saved, item, 2028))

    frozen = saved.freeze(item, reason="x")
    answer = fee(saved, frozen, 2028)
    assert isinstance(answer, SealedWithoutAnswer) and "KPI saknar" in str(answer)
    assert fee(saved, frozen, 2027).frame_kr == 9_011_083
