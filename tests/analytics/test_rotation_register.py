"""The register: nothing wrong is saved, undo is a new row, draft and published are two zones."""

from datetime import date

import pytest

from analytics import agreement, database, parties
from analytics.errors_store import Konflikt
from analytics.rotation import Inlan, Period
from analytics.rotation_checks import kontrollera
from analytics.rotation_conditions import hinder, lagg_hinder, med_hinder
from analytics.rotation_draft import (
    andringar,
    publicera,
    slang_utkast,
    spara_utkast,
    utkast,
)
from analytics.rotation_plan import foresla
from analytics.rotation_problem import Otillganglig, PlanFel, Villkor, uppdrag
from analytics.rotation_register import (
    RotationFel,
    alla,
    andra,
    angra,
    av_json,
    av_rader,
    borttagna,
    dokumenterade,
    ladda_exempel,
    rader,
    som_json,
    spara,
    sparade,
    ta_bort_exempel,
)
from analytics.store import Store

DB = database.shared()
ROWS = parties.rader(DB, agreement.load())
VILLKOR = Villkor(date(2027, 1, 1), 2)


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'eget.db'}")
    yield made
    made.stang()


def lan(procent=50, part="0160", year=2027):
    period = Period(date(year, 1, 1), date(year, 6, 30), procent)
    return Inlan("", "kommun", part, "Samordnare", (period,), "överenskommet", 60_000)


def foreslag(store, villkor=VILLKOR):
    found = foresla(uppdrag(alla(DB, store), ROWS, "kommun", villkor))
    spara_utkast(store, {"kommun": villkor}, [found], "lika", 60_000)
    return utkast(store)


def test_rows_and_json_keep_everything():
    plan = dokumenterade(DB)
    assert av_rader(rader(plan)) == plan
    assert [av_json(i.id, som_json(i)) for i in plan] == plan


def test_nothing_is_saved_when_one_of_the_loans_is_wrong(store):
    with pytest.raises(RotationFel, match=r"K13: Omfattningen 140 %.*Inget har sparats"):
        spara(DB, store, ROWS, [lan(), lan(140)], "prov")
    assert sparade(store) == {}


def test_two_agreed_loans_on_one_post_are_refused_and_proposals_may_compete(store):
    spara(DB, store, ROWS, [lan()], "ny")
    with pytest.raises(RotationFel, match=r"K13: Danderyd och Täby är båda inlånade.*2027-01-01"):
        spara(DB, store, ROWS, [lan(part="0162")], "krock")
    with pytest.raises(RotationFel, match="K13: Danderyd"):
        spara(DB, store, ROWS, [lan(part="0162", year=2028), lan(year=2028)], "krock i filen")
    spara(DB, store, ROWS, [lan(part="0162").med(status="förslag")], "förslag")
    assert len(sparade(store)) == 2


def test_undo_does_not_bring_back_a_loan_that_now_meets_another(store):
    (post,) = spara(DB, store, ROWS, [lan()], "ny")
    store.ta_bort("inlan", post.id, post.version, skal="bort")
    assert list(borttagna(store)) == [post.id]
    spara(DB, store, ROWS, [lan(part="0162")], "i stället")
    with pytest.raises(RotationFel, match="båda inlånade"):
        angra(DB, store, ROWS, post.id)


def test_undo_is_a_new_row_and_the_log_keeps_what_was(store):
    (post,) = spara(DB, store, ROWS, [lan()], "ny")
    saved = av_json(post.id, post.data)
    andra(DB, store, ROWS, saved.med(anteckning="ändrat"), post.version, "ändring")
    angra(DB, store, ROWS, post.id)
    assert sparade(store)[post.id].data["anteckning"] == ""
    assert [h.vad for h in store.historik("inlan", post.id)] == ["ny", "ändrad", "ändrad"]


def test_undo_of_a_new_loan_removes_it_and_of_a_removed_one_brings_it_back(store):
    (post,) = spara(DB, store, ROWS, [lan()], "ny")
    angra(DB, store, ROWS, post.id)
    assert sparade(store) == {}
    angra(DB, store, ROWS, post.id)
    assert [p.data for p in sparade(store).values()] == [post.data]
    assert borttagna(store) == {}  # it is back, under a new id


def test_the_second_editor_is_told(store):
    (post,) = spara(DB, store, ROWS, [lan()], "ny")
    saved = av_json(post.id, post.data)
    andra(DB, store, ROWS, saved.med(anteckning="ena"), 1, "ändring")
    with pytest.raises(Konflikt, match="andra"):
        andra(DB, store, ROWS, saved.med(anteckning="andra"), 1, "ändring")


def test_the_example_is_marked_loaded_once_and_removed_without_a_trace_in_the_register(store):
    spara(DB, store, ROWS, [lan(year=2028)], "eget")
    ladda_exempel(DB, store, ROWS)
    ladda_exempel(DB, store, ROWS)
    loaded = [i for i in alla(DB, store) if i.exempel]
    assert len(loaded) == 7
    assert all(i.anteckning == "exempel" for i in loaded)
    found = kontrollera(alla(DB, store), ROWS, date(2026, 11, 22), {})
    assert {f.kontroll for f in found} == {"vakant", "dubbelbokat"}
    assert ta_bort_exempel(store) == 7
    assert [i.part for i in alla(DB, store)] == ["0115", "0160"]


def test_conditions_are_kept_and_reach_the_plan(store):
    lagg_hinder(store, ROWS, Otillganglig("0114", date(2027, 1, 1), date(2027, 12, 31), "val"))
    pin = Otillganglig("0160", date(2027, 3, 1), date(2027, 3, 1), "ordförande")
    lagg_hinder(store, ROWS, pin, last=True)
    asked = med_hinder(VILLKOR, hinder(store))
    draft = foreslag(store, asked)
    assert draft.villkor == {"kommun": asked}
    first, second = draft.turer[:2]
    assert (first.part, first.status) == ("0160", "förslag")
    assert second.part != "0114"
    with pytest.raises(PlanFel, match="före starten"):
        lagg_hinder(store, ROWS, Otillganglig("0114", date(2027, 2, 1), date(2027, 1, 1), "x"))


def test_a_draft_moves_no_one_and_a_new_one_takes_its_place(store):
    foreslag(store)
    draft = foreslag(store)
    assert [i.part for i in alla(DB, store)] == ["0115"]
    assert len(store.lista("rotationsplan")) == 1
    slang_utkast(store, draft)
    assert utkast(store) is None


def test_publishing_takes_a_reason_and_makes_the_turns_agreed(store):
    draft = foreslag(store)
    with pytest.raises(PlanFel, match="Skälet saknas"):
        publicera(DB, store, ROWS, draft, "  ")
    changed = publicera(DB, store, ROWS, draft, "beslut i chefsgruppen")
    assert len(changed) == 4
    assert utkast(store) is None
    published = [i for i in alla(DB, store) if i.plan]
    assert [i.status for i in published] == ["överenskommet"] * 4


def test_a_new_plan_moves_only_what_it_must_and_says_for_whom(store):
    publicera(DB, store, ROWS, foreslag(store), "första")
    before = {i.id: i for i in alla(DB, store) if i.plan}
    assert andringar(store, foreslag(store)) == []
    first = min(before.values(), key=lambda i: i.fran)
    lagg_hinder(store, ROWS, Otillganglig(first.part, first.fran, first.till, "val"))
    draft = foreslag(store, med_hinder(VILLKOR, hinder(store)))
    changed = publicera(DB, store, ROWS, draft, "hinder")
    assert (changed[0].fore, changed[0].fran) == (first.part, first.fran)
    kept = [i for i in alla(DB, store) if i.id in before]
    assert len(kept) == 4 - len(changed) >= 2


def test_a_draft_that_meets_a_loan_agreed_since_is_not_published(store):
    draft = foreslag(store)
    spara(DB, store, ROWS, [lan()], "överenskommet under tiden")
    with pytest.raises(PlanFel, match=r"krockar med ett inlån .* kommun 2027-01-01–2027-06-30"):
        publicera(DB, store, ROWS, draft, "beslut")
    assert utkast(store) is not None
    assert len(sparade(store)) == 1
