"""A closed tertial is locked, keeps its figures, and its reopening leaves a trace (K7)."""

import dataclasses

import pytest

from analytics import activities, database, followup, followup_seal, followup_store, kontering
from analytics.activities import Aktivitet
from analytics.errors import SkalSaknas
from analytics.errors_followup import TertialHindrat, TertialLast
from analytics.errors_scenario import SealBroken
from analytics.errors_store import Konflikt
from analytics.followup_rows import Efter
from analytics.followup_store import Ord, Prognos
from analytics.kontering import Regel
from analytics.store import shared
from tests.analytics.uppfoljning import AR, beslutad, bokfor

DB = database.shared()


def lage(tertial):
    return followup.lage(DB, shared(), AR, tertial)


def stang(tertial):
    return followup.stang(DB, shared(), AR, tertial)


def ett_bokfort_ar():
    """Tertial 1 and 2 on plan to the krona."""
    decided = beslutad(shared())
    bokfor(
        shared(),
        ("2027-04-30", "5010", 200_000_00),
        ("2027-04-30", "6010", 100_000_00),
        ("2027-08-31", "5010", 200_000_00),
    )
    return decided


def test_a_tertial_on_plan_closes_and_is_as_it_was():
    ett_bokfort_ar()
    before = lage(1)
    closed = stang(1)
    assert closed.last
    assert closed.stangd_nar is not None
    assert closed.poster == before.poster
    assert closed.summa == before.summa
    assert closed.efter == ()


def test_everything_that_stands_in_the_way_is_told_at_once():
    beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", 1_00), ("2027-04-30", "7690", 500_00))
    activities.lagg_till(shared(), [Aktivitet(AR, "Samverkansövning", 1)], skal="x")
    with pytest.raises(TertialHindrat) as caught:
        stang(1)
    told = " ".join(caught.value.fel).replace("\xa0", " ")
    for part in (
        "Konto 7690 har ingen regel: 1 rad, 500 kr",
        "Inlån avviker mer än tröskeln och saknar kommentar och åtgärd",
        "Övning avviker",
        "Aktiviteten Samverkansövning saknar status för tertial 1",
    ):
        assert part in told
    assert len(caught.value.fel) == 4


def test_tertials_are_closed_in_order():
    ett_bokfort_ar()
    with pytest.raises(TertialHindrat, match="Tertial 1 är öppet"):
        stang(2)
    stang(1)
    assert stang(2).last


def test_without_budget_or_rows_nothing_is_closed():
    with pytest.raises(TertialHindrat) as caught:
        stang(1)
    assert len(caught.value.fel) == 2


def test_what_is_booked_inside_it_later_stands_beside_and_is_never_mixed_in():
    decided = ett_bokfort_ar()
    stang(1)
    bokfor(shared(), ("2027-03-01", "5010", 7_000_00), ("2027-03-01", "9999", 50))
    found = lage(1)
    assert found.summa.utfall_ore == 300_000_00
    assert found.efter == (
        Efter(decided.rader[0].id, "Inlån", 7_000_00),
        Efter("okant", "Konton utan regel", 50),
    )
    assert followup.anvant_ore(DB, shared(), AR, 1) == 300_000_00
    assert lage(2).summa.utfall_ore == 507_000_00
    assert any("Efter att tertial 1 klarmarkerades" in t for t in lage(2).upplysningar)


def test_a_rule_changed_later_moves_nothing_inside_it_but_is_told():
    decided = ett_bokfort_ar()
    stang(1)
    kontering.spara(shared(), Regel("", "5010", "5010", "", decided.rader[1].id))
    amounts = [e.belopp_ore for e in lage(1).efter]
    assert amounts == [-200_000_00, 200_000_00]
    assert [p.utfall_ore for p in lage(1).poster] == [200_000_00, 100_000_00]


def test_what_belongs_to_it_is_locked_and_the_next_is_not():
    decided = ett_bokfort_ar()
    line = decided.rader[0].id
    stang(1)
    with pytest.raises(TertialLast):
        stang(1)
    with pytest.raises(TertialLast):
        followup_store.satt_kommentar(shared(), AR, 1, line, Ord("x"))
    with pytest.raises(TertialLast):
        followup_store.satt_prognos(shared(), AR, 1, line, Prognos("takt", skal="Jämn takt"))
    activity = activities.lagg_till(shared(), [Aktivitet(AR, "A", 2)], skal="x")[0]
    with pytest.raises(TertialLast):
        followup_store.satt_status(shared(), activity, 1, "pågår", "")
    followup_store.satt_kommentar(shared(), AR, 2, line, Ord("x"))
    assert followup_store.satt_status(shared(), activity, 2, "pågår", "").status(2) == "pågår"


def test_reopening_needs_a_reason_the_last_one_first_and_leaves_a_trace():
    ett_bokfort_ar()
    stang(1)
    stang(2)
    with pytest.raises(TertialHindrat, match="Tertial 2 är klarmarkerat"):
        followup.oppna(shared(), AR, 1, skal="fel")
    with pytest.raises(SkalSaknas):
        followup.oppna(shared(), AR, 2, skal=" ")
    followup.oppna(shared(), AR, 2, skal="Sen faktura")
    assert not lage(2).last
    assert followup.anvant_ore(DB, shared(), AR, 2) is None
    stang(2)
    trace = followup_store.spar(shared(), AR, 2)
    assert [h.efter["status"] for h in trace] == ["klarmarkerad", "öppen", "klarmarkerad"]
    assert [h.skal for h in trace] == ["klarmarkerat", "Sen faktura", "klarmarkerat"]
    with pytest.raises(TertialHindrat, match="redan öppet"):
        followup.oppna(shared(), AR, 3, skal="x")


def test_the_next_tertial_shows_the_forecast_of_the_closed_one():
    ett_bokfort_ar()
    stang(1)
    assert [p.forra_prognos_kr for p in lage(2).poster] == [600_000, 300_000]
    assert [p.forra_prognos_kr for p in lage(1).poster] == [None, None]


def test_sealed_figures_read_back_the_same_and_a_changed_one_is_found():
    ett_bokfort_ar()
    found = lage(1)
    document = followup_seal.forsegla(found) | {"stangd": "2027-05-20T08:00:00+00:00"}
    back = followup_seal.bryt(document)
    assert dataclasses.replace(back, status="öppen", stangd=None) == dataclasses.replace(
        found, hinder=()
    )
    document["lage"]["poster"][0]["utfall_ore"] += 1
    with pytest.raises(SealBroken, match="Tertial 1 2027"):
        followup_seal.bryt(document)


def test_what_is_sealed_is_a_format_that_later_programs_must_read():
    ett_bokfort_ar()
    sealed = followup_seal.som_data(lage(1))
    assert set(sealed) == {
        "ar", "tertial", "ram_kr", "delar_kr", "budget_nummer", "poster", "okanda",
        "intakter_ore", "utanfor_ore", "bokfort_till", "manader_ore", "vantat", "troskel",
        "aktiviteter", "exempel", "upplysningar",
    }  # fmt: skip
    assert set(sealed["poster"][0]) == {
        "id", "del_", "namn", "roll", "budget_ar_kr", "budget_kr", "tertial_kr", "utfall_ore",
        "rader", "metod", "prognos_kr", "prognos_skal", "profil_kr", "takt_kr",
        "forra_prognos_kr", "kommentar", "atgard", "status", "kraver",
    }  # fmt: skip


def test_what_is_booked_while_it_is_closed_is_after_it_and_never_lost(monkeypatch):
    ett_bokfort_ar()
    made, rows = followup._lage, iter([("2027-04-30", "5010", 1_00)])

    def meanwhile(*arguments):
        found = made(*arguments)
        for row in rows:
            bokfor(shared(), row)
        return found

    monkeypatch.setattr(followup, "_lage", meanwhile)
    closed = stang(1)
    assert closed.summa.utfall_ore == 300_001_00  # put together again, with the row
    assert closed.efter == ()


def test_used_means_are_unknown_until_the_tertial_is_closed():
    ett_bokfort_ar()
    assert followup.anvant_ore(DB, shared(), AR, 1) is None
    stang(1)
    stang(2)
    assert followup.anvant_ore(DB, shared(), AR, 2) == 500_000_00


def test_two_who_write_the_first_comment_at_once_meet():
    decided = ett_bokfort_ar()
    line = decided.rader[0].id
    saved = followup_store.satt_kommentar(shared(), AR, 1, line, Ord("Min"))
    with pytest.raises(Konflikt):
        followup_store.satt_kommentar(shared(), AR, 1, line, Ord("Din"))
    assert followup_store.kommentarer(shared(), AR, 1)[line] == saved


# ---- the year's end ----


def test_surplus_and_deficit_are_decided_part_by_part_and_never_netted():
    ett_bokfort_ar()
    bokfor(shared(), ("2027-12-01", "5010", 150_000_00), ("2027-12-01", "6010", 230_000_00))
    left = [d.resultat_ore for d in lage(3).delar]
    assert left == [50_000_00, -30_000_00]
    with pytest.raises(SkalSaknas):
        followup_store.besluta_resultat(shared(), AR, "inlan", left[0], "  ")
    followup_store.besluta_resultat(shared(), AR, "inlan", left[0], "Förs över till 2028")
    assert [(b.del_, b.belopp_ore) for b in lage(3).beslut] == [("inlan", 50_000_00)]
    kept = lage(3).beslut[0]
    followup_store.besluta_resultat(
        shared(), AR, "inlan", left[0], "Betalas tillbaka", version=kept.version
    )
    assert lage(3).beslut[0].beslut == "Betalas tillbaka"


def test_a_year_that_was_removed_can_be_written_and_closed_again():
    decided = ett_bokfort_ar()
    line = decided.rader[0].id
    followup_store.satt_kommentar(shared(), AR, 1, line, Ord("x"))
    stang(1)
    for slag in (followup_store.TERTIAL, followup_store.KOMMENTAR):
        for post in shared().lista(slag):
            shared().ta_bort(slag, post.id, post.version, skal="bort")
    assert not followup_store.stangt(shared(), AR, 1)
    assert followup_store.kommentarer(shared(), AR, 1) == {}
    assert followup_store.satt_kommentar(shared(), AR, 1, line, Ord("y")).version == 1
    assert stang(1).last


def test_what_is_closed_in_an_example_is_an_example():
    beslutad(shared(), exempel=True)
    bokfor(shared(), ("2027-04-30", "5010", 200_000_00), ("2027-04-30", "6010", 100_000_00))
    assert stang(1).exempel


def test_of_two_who_close_at_once_the_second_is_told_and_the_seal_stands():
    closed = {"status": "klarmarkerad", "stangd": "först"}
    followup_store.satt_tertial(shared(), AR, 1, closed, skal="först")
    with pytest.raises(TertialLast):
        followup_store.satt_tertial(shared(), AR, 1, closed | {"stangd": "sedan"}, skal="x")
    assert followup_store.stangning(shared(), AR, 1)["stangd"] == "först"
