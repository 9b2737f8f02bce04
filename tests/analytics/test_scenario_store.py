"""Scenarios are made, changed, put away, frozen and decided; nobody's work is lost."""

from fractions import Fraction

import pytest

from analytics import database, fees, scenario_results, scenario_words
from analytics.errors_scenario import (
    BadScenario,
    ScenarioLocked,
    SealBroken,
    SealedWithoutAnswer,
    UnknownScenario,
)
from analytics.errors_store import Konflikt
from analytics.scenario_results import Fall
from analytics.scenario_store import SIGILL, Scenarier
from analytics.store import Store
from tests.analytics.scenarierna import AVTAL, DB, KPI, LAMNAR, RAM, scenarier, skapa


@pytest.fixture
def saved(tmp_path):
    return scenarier(tmp_path)


def fee(saved, item, year, **own):
    return scenario_results.avgifter(DB, AVTAL, saved, [Fall(item, year, **own)])[0]


def test_a_scenario_survives_in_both_databases(lager, adress):
    made = skapa(Scenarier(DB, AVTAL, lager), RAM, LAMNAR)

    found = Scenarier(DB, AVTAL, Store(adress)).lista()
    assert found == [made]
    assert (made.status, made.version, len(made.andringar)) == ("utkast", 1, 2)


def test_one_made_from_another_takes_its_changes_and_names_its_parent(saved):
    parent = skapa(saved, RAM)
    child = saved.skapa("Barn", [LAMNAR], skal="x", foralder=parent)
    saved.andra(parent, andringar=[KPI], skal="ändras sedan")

    assert child.foralder == parent.id
    assert saved.hamta(child.id).andringar[0].varde == 8_000_000


def test_names_are_ones_own(saved):
    item = skapa(saved, namn="Åtta")
    with pytest.raises(BadScenario, match="upptaget"):
        skapa(saved, namn="ÅTTA")
    with pytest.raises(BadScenario, match="upptaget"):
        skapa(saved, namn="Gällande avtal")
    saved.arkivera(item, True, skal="x")
    other = skapa(saved, namn="Åtta")
    with pytest.raises(BadScenario, match="upptaget"):
        saved.arkivera(saved.hamta(item.id), False, skal="x")
    assert saved.andra(other, namn="Nio", skal="x").namn == "Nio"


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(saved):
    item = skapa(saved, RAM)
    theirs = saved.andra(item, andringar=[RAM, LAMNAR], skal="en")
    mine = saved.tankt(item, [RAM, {**KPI, "fran": "2029-01-01"}])

    with pytest.raises(Konflikt):
        saved.andra(item, andringar=mine.andringar, skal="två")

    assert saved.hamta(item.id) == theirs
    told = scenario_words.konflikt(AVTAL, {"trafikverket": "Trafikverket"}, item, mine, theirs)
    assert "Den andra la till: Trafikverket (K12) lämnar från 2027-01-01." in told
    assert "Du la till: Rambudget (K1) följer KPI sedan 2015" in told


def test_a_frozen_one_keeps_its_fees_whatever_happens_to_the_population(saved, monkeypatch):
    item = saved.frys(skapa(saved, RAM), skal="inför mötet")
    before = fee(saved, item, 2027)
    monkeypatch.setattr(
        fees.Folkmangd,
        "_vid",
        lambda self, day, real=fees.Folkmangd._vid: {
            k: type(v)(v.antal * 2 + len(k), v.status, v.regel, v.kalla)
            for k, v in real(self, day).items()
        },
    )
    fresh = database.build()
    try:
        again = Scenarier(fresh, AVTAL, saved._store)
        after = scenario_results.avgifter(fresh, AVTAL, again, [Fall(item, 2027)])[0]
        moved = scenario_results.avgifter(
            fresh, AVTAL, again, [Fall(skapa(again, RAM, namn="B"), 2027)]
        )[0]
    finally:
        fresh.close()

    assert after.parter == before.parter
    assert moved.part("0180").antal.antal != before.part("0180").antal.antal


def test_a_frozen_one_keeps_its_fees_whatever_the_program_computes(saved, monkeypatch):
    item = saved.frys(skapa(saved, RAM), skal="x")
    before = fee(saved, item, 2027)

    def nothing(*args, **kwargs):
        raise AssertionError("a frozen scenario is not computed again")

    monkeypatch.setattr(fees, "avgifter", nothing)
    assert fee(saved, item, 2027).parter == before.parter


def test_what_is_tried_on_top_of_a_frozen_one_is_computed_on_its_own_inputs(saved):
    item = saved.frys(skapa(saved, RAM), skal="x")
    tried = fee(saved, item, 2027, parametrar={"rambudget_kr": Fraction(7_000_000)})

    assert tried.ram_kr == 7_000_000
    assert fee(saved, item, 2027).ram_kr == 8_000_000


def test_a_frozen_or_decided_one_is_not_changed(saved):
    frozen = saved.frys(skapa(saved, RAM), skal="x")
    decided = saved.besluta(frozen, "Chefsgruppen 2026-11-20")

    assert (decided.status, decided.beslut) == ("beslutat", "Chefsgruppen 2026-11-20")
    for item in (frozen, decided):
        with pytest.raises(ScenarioLocked, match="Gör en kopia"):
            saved.andra(item, namn="Nytt", skal="x")
    with pytest.raises(ScenarioLocked):
        saved.frys(decided, skal="x")
    assert saved.kopiera(decided, "Kopia", skal="x").status == "utkast"


def test_only_a_frozen_one_is_decided(saved):
    item = skapa(saved, RAM)
    with pytest.raises(ScenarioLocked, match="Frys det först"):
        saved.besluta(item, "beslut")
    with pytest.raises(BadScenario, match="Beslutet saknas"):
        saved.besluta(saved.frys(item, skal="x"), "  ")


def test_an_archived_one_is_put_away_and_can_be_taken_back(saved):
    item = saved.arkivera(skapa(saved, RAM), True, skal="x")

    assert saved.lista() == []
    assert saved.lista(arkiverade=True) == [item]
    with pytest.raises(ScenarioLocked, match="arkivet"):
        saved.andra(item, namn="B", skal="x")
    assert saved.arkivera(item, False, skal="x").arkiverad is False


def test_one_that_is_not_there_is_named_with_the_nearest(saved):
    item = skapa(saved, namn="Åtta miljoner")
    assert saved.sok("åtta MILJONER") == saved.sok(item.id[:8]) == item
    with pytest.raises(UnknownScenario, match="Menade du ”Åtta miljoner”"):
        saved.sok("Åtta miljonr")
    with pytest.raises(UnknownScenario):
        saved.hamta("finns-inte")


def test_a_seal_that_someone_changed_in_the_store_is_told_and_no_figure_shown(saved):
    item = saved.frys(skapa(saved, RAM), skal="x")
    post = saved._store.hamta(SIGILL, item.id)
    post.data["innehall"]["ar"]["2027"]["avgift"]["0180 kommuner"]["avgift_kr"] += 1
    saved._store.spara(SIGILL, post.data, skal="fusk", post_id=item.id, version=1)
    fresh = database.build()
    try:
        again = Scenarier(fresh, AVTAL, saved._store)
        (answer,) = scenario_results.avgifter(fresh, AVTAL, again, [Fall(item, 2027)])
    finally:
        fresh.close()

    assert isinstance(answer, SealBroken)
    assert "Raden 0180 kommuner under avgift för budgetåret 2027 är ändrad" in str(answer)


def test_a_year_without_data_is_said_also_when_it_was_frozen(saved):
    item = skapa(saved, {k: v for k, v in KPI.items() if k != "sedan"})
    assert "KPI saknar ett värde för 2028" in str(fee(saved, item, 2028))

    frozen = saved.frys(item, skal="x")
    answer = fee(saved, frozen, 2028)
    assert isinstance(answer, SealedWithoutAnswer) and "KPI saknar" in str(answer)
    assert fee(saved, frozen, 2027).ram_kr == 9_011_083
