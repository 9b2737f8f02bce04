"""The Budget page: from an empty store to a decided budget that adds up, and what it refuses."""

from dataclasses import replace

import pytest

from analytics import budget_store, store
from analytics.budget import rad
from tests.analytics.uppfoljning import AR, beslutad
from tests.pages.reading import tables
from tests.pages.scenariosidan import lagret, oppna, skapa, text


def knapp(app, label):
    return next(b for b in app.button if b.label.startswith(label))


def falt(app, label):
    return next(f for f in app.text_input if f.label.startswith(label))


def tabellen(app, start):
    return next(t for caption, t in tables(app).items() if caption.startswith(start))


@pytest.fixture
def sida():
    return oppna("budget", ar=str(AR))


def post(app, namn, ar, del_=0):
    next(s for s in app.selectbox if s.label == "Del av ramen (K2)").select_index(del_)
    falt(app, "Postens namn").input(namn)
    falt(app, "Året, kr").input(ar)
    knapp(app, "Spara posten").click().run()


def test_the_empty_page_says_what_to_do_first_and_invents_nothing(sida):
    assert "Ingen budget finns för 2027. Börja med ett utkast" in text(sida)
    assert tables(sida) == {}
    assert not sida.metric


def test_from_nothing_to_a_decided_budget(sida):
    knapp(sida, "Gör ett utkast").click().run()
    assert not sida.error
    found = tabellen(sida, "Delarna mot ramen")
    assert [row[1] for row in found["rader"]] == ["4\xa0333\xa0333", "2\xa0166\xa0667"]
    post(sida, "Inlån", "4 333 333")
    post(sida, "Övning", "2 Mkr", 1)
    assert "166 667 kr är inte fördelat på någon post i gemensamt arbete" in text(sida)
    falt(sida, "Beslut och skäl").input("Chefsgruppen 2026-11-20")
    knapp(sida, "Besluta budgeten").click().run()
    assert "går inte ihop och kan inte beslutas" in sida.error[0].value
    knapp(sida, "Lägg resten på posten").click().run()
    falt(sida, "Beslut och skäl").input("Chefsgruppen 2026-11-20")
    knapp(sida, "Besluta budgeten").click().run()
    assert not sida.error
    assert "version 1, går ihop till kronan: 3 poster fördelar hela ramen 6 500 000 kr" in text(
        sida
    )
    assert budget_store.gallande(store.shared(), AR).skal == "Chefsgruppen 2026-11-20"
    assert "Parterna betalar" in text(sida)


def test_a_line_that_cannot_be_is_told_and_not_saved(sida):
    knapp(sida, "Gör ett utkast").click().run()
    post(sida, "Resor", "1.500")
    assert "kan läsas på två sätt" in sida.error[0].value
    assert budget_store.utkast(store.shared(), AR).rader == ()


def test_a_change_of_a_decided_budget_is_a_draft_beside_it(sida):
    beslutad(store.shared())
    sida.run()
    assert [row[0] for row in tabellen(sida, "Poster 2027")["rader"]] == ["Inlån", "Övning"]
    knapp(sida, "Gör ett utkast till version 2").click().run()
    assert "Visa" in [r.label for r in sida.radio]
    assert len(tabellen(sida, "Versioner")["rader"]) == 2
    next(b for b in sida.button if b.label == "Kasta utkastet").click().run()
    assert len(tabellen(sida, "Versioner")["rader"]) == 1


def test_lines_come_from_last_year_with_the_same_ids(sida):
    before = beslutad(store.shared())
    app = oppna("budget", ar=str(AR + 1))
    knapp(app, "Gör ett utkast").click().run()
    draft = budget_store.utkast(store.shared(), AR + 1)
    assert [r.id for r in draft.rader] == [r.id for r in before.rader]
    assert draft.ram_kr == 6_500_000
    assert not draft.exempel


def test_lines_of_an_example_stay_an_example_in_the_next_year():
    beslutad(store.shared(), exempel=True)
    app = oppna("budget", ar=str(AR + 1))
    knapp(app, "Gör ett utkast").click().run()
    assert "Budgeten hör till exempelåret" in text(app)
    assert budget_store.utkast(store.shared(), AR + 1).exempel


def test_lines_are_read_from_pasted_rows_all_or_none(sida):
    knapp(sida, "Gör ett utkast").click().run()
    head = "del;namn;roll;ar_kr\n"
    sida.text_area[0].input(head + "inlan;A;;5\ninlan;B;;x\n")
    knapp(sida, "Läs in").click().run()
    assert "rad 3, kolumn ar\\_kr" in sida.error[0].value
    sida.text_area[0].input(head + "inlan;*A*;;5\n")
    knapp(sida, "Läs in").click().run()
    assert [r.namn for r in budget_store.utkast(store.shared(), AR).rader] == ["*A*"]


def test_someone_elses_change_of_the_line_is_told(sida):
    knapp(sida, "Gör ett utkast").click().run()
    post(sida, "Inlån", "100")
    which = next(s for s in sida.selectbox if s.label == "Post")
    which.select_index(1).run()
    line = budget_store.utkast(store.shared(), AR).rader[0]
    other = rad("inlan", "Inlån", 200, rad_id=line.id)
    budget_store.spara_rad(store.shared(), AR, other, line, skal="x")
    falt(sida, "Året, kr").input("300")
    for label in ("Jan–apr", "Maj–aug", "Sep–dec"):
        falt(sida, label).input("100")
    knapp(sida, "Spara posten").click().run()
    assert "Någon annan har ändrat posten" in sida.error[0].value
    assert budget_store.utkast(store.shared(), AR).rader[0].ar_kr == 200


def test_only_the_draft_that_was_shown_is_decided(sida):
    knapp(sida, "Gör ett utkast").click().run()
    knapp(sida, "Lägg resten på posten").click().run()
    draft = budget_store.utkast(store.shared(), AR)
    line = replace(draft.rader[0], namn="Annans namn")
    budget_store.spara_rad(store.shared(), AR, line, draft.rader[0], skal="x")
    for label in ("Besluta budgeten", "Kasta utkastet"):
        falt(sida, "Beslut och skäl").input("Chefsgruppen")
        knapp(sida, label).click().run()
        assert "har ändrats sedan" in sida.error[0].value
        changed = budget_store.utkast(store.shared(), AR)
        assert changed is not None
        other = replace(changed.rader[0], roll="Roll")
        budget_store.spara_rad(store.shared(), AR, other, changed.rader[0], skal="x")
    sida.run()
    falt(sida, "Beslut och skäl").input("Chefsgruppen")
    knapp(sida, "Besluta budgeten").click().run()
    assert budget_store.gallande(store.shared(), AR) is not None


def test_a_line_renamed_by_someone_else_while_open_is_told(sida):
    knapp(sida, "Gör ett utkast").click().run()
    post(sida, "Inlån", "100")
    next(s for s in sida.selectbox if s.label == "Post").select_index(1).run()
    line = budget_store.utkast(store.shared(), AR).rader[0]
    budget_store.spara_rad(
        store.shared(), AR, rad("inlan", "Annat", 200, rad_id=line.id), line, skal="x"
    )
    falt(sida, "Året, kr").input("300")
    knapp(sida, "Spara posten").click().run()
    assert "har bytt namn eller tagits bort" in text(sida)
    assert budget_store.utkast(store.shared(), AR).rader[0].ar_kr == 200


def test_the_frame_comes_out_of_a_decided_scenario_and_can_be_changed(sida):
    saved = lagret()
    ram = {"parameter": "rambudget_kr", "fran": "2027-01-01", "varde": "8 Mkr", "skal": "x"}
    frozen = saved.frys(skapa(saved, ram), skal="x")
    decided = saved.besluta(frozen, "Chefsgruppen")
    sida.run()
    knapp(sida, "Gör ett utkast").click().run()
    draft = budget_store.utkast(store.shared(), AR)
    assert (draft.ram_kr, draft.delar_kr["inlan"]) == (8_000_000, 5_333_333)
    assert draft.scenario_id == decided.id
    assert "Ramen är tagen ur Åtta miljoner 2027" in text(sida)

    ramval = next(s for s in sida.selectbox if s.label.startswith("Ramen ur"))
    ramval.set_value("Gällande avtal")
    knapp(sida, "Byt till den ramen").click().run()
    assert budget_store.utkast(store.shared(), AR).ram_kr == 6_500_000


def test_a_line_of_another_years_draft_is_not_missed(sida):
    for year in (AR + 1, AR):
        sida.selectbox(key="ar").select(year).run()
        knapp(sida, "Gör ett utkast").click().run()
    post(sida, "Inlån", "100")
    next(s for s in sida.selectbox if s.label == "Post").select_index(1).run()
    sida.selectbox(key="ar").select(AR + 1).run()
    assert "har bytt namn eller tagits bort" not in text(sida)
