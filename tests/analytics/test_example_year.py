"""The example year: in with one call, worked through to the second invoice, out without a trace."""

from dataclasses import replace

import pytest

from analytics import (
    activities,
    budget_store,
    example_files,
    example_year,
    followup,
    followup_store,
    invoice_parties,
    invoice_store,
    kontering,
    ledger,
    ledger_import,
)
from analytics.budget import rad
from analytics.errors_followup import TertialHindrat
from analytics.example_year import AR, ExempelUpptaget
from analytics.followup_store import Ord
from analytics.invoice import per_part
from analytics.invoice_run import Fakturering
from analytics.kontering import Regel
from analytics.rotation_register import sparade
from analytics.scenario_store import Scenarier
from analytics.store import Store
from tests.analytics.scenarierna import AVTAL, DB
from tests.avtalet import RADER

SLAG = (
    "budget", "scenario", "sigill", "inlan", "konteringsregel", "import", "aktivitet", "tertial",
    "kommentar", "prognos", "fakturakorning", "fakturavard", "arsbeslut", "exempelar",
)  # fmt: skip
ANVANT = {1: None, 2: None, 3: None}


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'exempel.db'}")
    yield made
    made.stang()


def ladda(store):
    example_year.ladda(DB, AVTAL, store, RADER)


def kvar(store):
    return {slag: len(store.lista(slag)) for slag in SLAG if store.lista(slag)}


def las_in_resten(store):
    file = example_year.nasta_fil()
    return ledger_import.las_in(DB, store, file.name, file.read_bytes(), AR, "maj till augusti")


def test_it_is_in_once_marked_and_shows_a_closed_tertial_and_an_issued_invoice(store):
    ladda(store)
    ladda(store)
    (budget,) = budget_store.alla(store)
    first = followup.lage(DB, store, AR, 1)
    (run,) = invoice_store.lista(store, AR)

    assert budget.exempel and budget.status == "beslutad" and budget.fel() == []
    assert first.last and first.exempel
    assert {p.status for p in first.poster} == {
        "på plan", "över plan", "under plan", "prognos över budget", "prognos under budget",
    }  # fmt: skip
    assert run.exempel and run.omgang == 1
    assert all(post.data["exempel"] for post in ledger.importer(store))
    assert all(a.exempel for a in activities.alla(store, AR))


def test_what_is_booked_as_fees_is_what_the_first_invoice_asks_for(store):
    ladda(store)
    (run,) = invoice_store.lista(store, AR)
    assert -followup.lage(DB, store, AR, 1).intakter_ore == run.summa_kr * 100
    assert run.summa_kr == sum(fee // 2 for fee in run.grund.avgifter.values())


def test_the_year_is_worked_through_to_the_second_invoice_and_every_krona_ties_out(store):
    ladda(store)
    assert las_in_resten(store).nya > 0
    (unknown,) = ledger.okanda(DB, store, AR)
    assert (unknown.konto, unknown.namn, unknown.belopp_ore) == (
        "6420", "Inhyrd övningsledning", 86_000_00,
    )  # fmt: skip
    (late,) = followup.lage(DB, store, AR, 1).efter
    assert (late.namn, late.belopp_ore) == ("Utbildning och övning", 9_800_00)

    with pytest.raises(TertialHindrat, match="6420"):
        followup.stang(DB, store, AR, 2)
    budget = budget_store.gallande(store, AR)
    training = next(r for r in budget.rader if r.namn == "Utbildning och övning")
    kontering.spara(store, Regel("", "6420", "6420", "", training.id))
    for post in followup.lage(DB, store, AR, 2).poster:
        if post.kraver:
            said = Ord("Förklaras i rapporten.", "Följs i tertial 3.")
            followup_store.satt_kommentar(store, AR, 2, post.id, said, exempel=True)
    for a in activities.alla(store, AR):
        if a.gallande(2)[0] is None and a.tertial <= 2:
            followup_store.satt_status(store, a, 2, "klar", "")
    closed = followup.stang(DB, store, AR, 2)

    # by hand from the vouchers of the two files: 766 400 + 425 400 + 2 × 264 000 + 285 000 +
    # 496 000 for staff; 381 300 + 86 000 training, 148 750, 228 300, 190 700, 144 000, 72 800
    assert closed.delsumma("inlan").utfall_ore == 2_500_800_00
    assert closed.delsumma("gemensamt").utfall_ore == 1_251_850_00
    assert followup.anvant_ore(DB, store, AR, 2) == 3_752_650_00
    scenarier = Scenarier(DB, AVTAL, store)
    (item,) = scenarier.lista()
    second = Fakturering(DB, AVTAL, scenarier, store).utstall(
        item, AR, ANVANT, skal="Andra fakturan", exempel=True
    )
    first = invoice_store.hamta(store, "2026-1")
    asked = {
        part: per_part(first.rader)[part] + per_part(second.rader)[part]
        for part in first.grund.avgifter
    }
    assert asked == dict(first.grund.avgifter)
    assert sum(asked.values()) == 6_500_000


def test_it_is_taken_out_with_all_that_was_done_in_its_year(store):
    ladda(store)
    las_in_resten(store)
    line = budget_store.gallande(store, AR).rader[0].id
    kontering.spara(store, Regel("", "6420", "6420", "", line))
    example_year.ta_bort(DB, store)

    assert kvar(store) == {}
    assert sparade(store) == {}
    assert ledger.utfall(DB, store, AR) == []
    ladda(store)  # and in again, all of it
    assert followup.lage(DB, store, AR, 1).last
    assert len(invoice_store.lista(store, AR)) == 1


def test_a_rule_that_was_reworded_goes_and_one_that_another_year_rests_on_stays(store):
    ladda(store)
    lines = budget_store.gallande(store, AR).rader
    kept = next(r for r in lines if r.namn == "Gemensam planering")
    fees = next(r for r in kontering.alla(store) if r.mal == kontering.INTAKT)
    kontering.spara(store, replace(fees, skal="med egna ord"))
    own = rad("gemensamt", kept.namn, 3, rad_id=kept.id)
    budget_store.nytt(store, AR + 1, 3, 0, [own], skal="ur exemplet")
    example_year.ta_bort(DB, store)
    assert [(r.konton, r.mal) for r in kontering.alla(store)[1:]] == [("6070", kept.id)]


def test_what_is_ones_own_stays_and_keeps_the_example_out(store):
    kontering.spara(store, Regel("", "9010", "9010", "", "min-egen-post"))
    budget_store.nytt(store, 2027, 3, 1, [rad("inlan", "Egen", 3)], skal="egen")
    ladda(store)
    example_year.ta_bort(DB, store)
    assert kvar(store) == {"konteringsregel": 1, "budget": 1}

    budget_store.nytt(store, AR, 3, 1, [rad("inlan", "Egen", 3)], skal="egen")
    with pytest.raises(ExempelUpptaget, match="en budget för 2026 finns redan"):
        ladda(store)
    assert kvar(store) == {"konteringsregel": 1, "budget": 2}


def test_an_example_that_fails_halfway_is_taken_out_again(store, monkeypatch):
    monkeypatch.setattr(example_files, "kommentarer", list)  # then the tertial cannot be closed
    with pytest.raises(TertialHindrat):
        ladda(store)
    assert kvar(store) == {}
    assert invoice_parties.vard(store) is None
