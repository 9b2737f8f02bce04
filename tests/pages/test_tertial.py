"""The Tertial page: from figures to their rows, words, closing and opening again."""

from fractions import Fraction

import pytest

from analytics import activities, database, followup, followup_store, kontering, store
from analytics.followup_rows import Troskel
from analytics.kontering import Regel
from analytics.money import whole_kronor
from tests.analytics.uppfoljning import AR, beslutad, bokfor
from tests.pages.reading import tables
from tests.pages.scenariosidan import lank, oppna, text


def knapp(app, label):
    return next(b for b in app.button if b.label.startswith(label))


def falt(app, label, kind="text_input"):
    return next(f for f in app.get(kind) if f.label.startswith(label))


def tabellen(app, start):
    return next(t for caption, t in tables(app).items() if caption.startswith(start))


def siffra(shown):
    return int(shown.replace("\xa0", "").replace("−", "-"))


@pytest.fixture
def bokfort():
    """Tertial 1 on plan but for the exercises, which cost 40 000 too much."""
    decided = beslutad(store.shared())
    bokfor(
        store.shared(),
        ("2027-01-31", "5010", 120_000_00),
        ("2027-04-30", "5010", 80_000_25),
        ("2027-03-15", "6010", 140_000_00),
    )
    return decided


def visa(**address):
    return oppna("tertial", ar=str(AR), **address)


def lage(tertial=1):
    return followup.lage(database.shared(), store.shared(), AR, tertial)


def test_the_empty_page_says_what_to_do_first():
    app = visa()
    assert "Ingen budget är beslutad för 2027" in text(app)
    assert "Gör en budget av årets ram" in text(app)
    assert not app.metric
    assert tables(app) == {}


def test_a_budget_without_bookings_has_no_outcome_and_no_zero():
    beslutad(store.shared())
    app = visa()
    assert "utfallet saknas, och det är inte noll" in text(app)
    assert [row[3] for row in tabellen(app, "Varje post")["rader"]] == ["saknas", "saknas"]
    assert "0,0" not in str(tabellen(app, "Varje post")["rader"])


def test_every_figure_of_the_table_is_the_databases(bokfort):
    found = tabellen(visa(tertial="1"), "Varje post")
    by_name = {p.namn: p for p in lage().poster}
    for row in found["rader"]:
        post = by_name[row[0]]
        assert [siffra(cell) for cell in row[1:7]] == [
            post.budget_ar_kr,
            post.budget_kr,
            whole_kronor(post.utfall_ore),
            whole_kronor(post.avvikelse_ore),
            post.prognos_kr,
            post.prognos_avvikelse_kr,
        ]
        assert row[8] == post.status
    assert siffra(found["summa"][3]) == whole_kronor(lage().summa.utfall_ore)
    assert "1 av 2 poster avviker" in text(visa(tertial="1"))


def test_a_figure_leads_to_the_rows_that_add_up_to_it(bokfort):
    line = bokfort.rader[0].id
    found = tabellen(visa(tertial="1", post=line), "Inlån januari–april 2027: 2 av 2 rader")
    assert [row[5] for row in found["rader"]] == ["120\xa0000,00", "80\xa0000,25"]
    assert found["summa"][5] == "200\xa0000,25"


def test_a_link_to_what_is_not_there_is_told(bokfort):
    app = visa(tertial="7", post="borta")
    assert "Länken ber om tertial ”7”" in text(app)
    assert "Posten i länken finns inte" in text(app)


def test_from_deviation_to_closed_and_open_again(bokfort):
    app = visa(tertial="1")
    assert "Övning avviker mer än tröskeln och saknar kommentar och åtgärd." in text(app)
    assert not [b for b in app.button if b.label.startswith("Klarmarkera")]
    falt(app, "Kommentar", "text_area").input("Övningen blev större")
    falt(app, "Åtgärd", "text_area").input("Höstens övning blir mindre")
    knapp(app, "Spara").click().run()
    assert not app.error
    assert "Inget hindrar" in text(app)
    knapp(app, "Klarmarkera tertial 1").click().run()
    assert "Tertial 1 2027 är klarmarkerat" in text(app)
    assert lage().last
    assert "låsta" in text(app)

    knapp(app, "Öppna igen").click().run()
    assert "Skälet saknas" in app.error[0].value
    falt(app, "Skäl att öppna").input("Sen faktura")
    knapp(app, "Öppna igen").click().run()
    assert not lage().last
    assert "Öppnat igen" in text(app)
    assert "Sen faktura" in text(app)


def test_an_own_forecast_needs_a_reason(bokfort):
    app = visa(tertial="1")
    next(r for r in app.radio if r.label == "Prognos för året").set_value("egen")
    falt(app, "Eget belopp").input("300 tkr")
    knapp(app, "Spara").click().run()
    assert "Skälet saknas" in app.error[0].value
    falt(app, "Skäl till prognosen").input("Mindre övning i höst")
    knapp(app, "Spara").click().run()
    assert not app.error
    assert next(p for p in lage().poster if p.namn == "Övning").prognos_kr == 300_000
    assert "Mindre övning i höst" in str(tabellen(app, "Prognosen för 2027"))


def test_someone_elses_comment_is_not_overwritten(bokfort):
    app = visa(tertial="1")
    line = bokfort.rader[1].id
    followup_store.satt_kommentar(store.shared(), AR, 1, line, followup_store.Ord("Annans"))
    falt(app, "Kommentar", "text_area").input("Min")
    falt(app, "Prognos för året", "radio").set_value("takt")
    falt(app, "Skäl till prognosen").input("takten")
    knapp(app, "Spara").click().run()
    assert "Någon annan har sparat" in app.error[0].value
    assert followup_store.prognoser(store.shared(), AR, 1) == {}  # all of the form, or nothing
    assert "Annans" in app.error[0].value
    assert followup_store.kommentarer(store.shared(), AR, 1)[line].kommentar == "Annans"

    assert falt(app, "Kommentar", "text_area").value == "Annans"
    falt(app, "Kommentar", "text_area").input("Annans och min")
    knapp(app, "Spara").click().run()
    assert not app.error
    said = followup_store.kommentarer(store.shared(), AR, 1)[line].kommentar
    assert said == "Annans och min"


def test_someone_elses_decision_of_the_years_result_is_not_overwritten(bokfort, monkeypatch):
    bokfor(store.shared(), ("2027-08-31", "5010", 1_00), ("2027-12-31", "5010", 1_00))
    monkeypatch.setattr(followup_store, "troskel", lambda _: Troskel(Fraction(100), 10**9))
    for number in (1, 2, 3):
        followup.stang(database.shared(), store.shared(), AR, number)
    app = visa(tertial="3")
    part = lage(3).delar[1]
    followup_store.besluta_resultat(store.shared(), AR, part.del_, part.resultat_ore, "Annans")
    falt(app, "Beslut om gemensamt").input("Mitt")
    [b for b in app.button if b.label == "Spara beslutet"][1].click().run()
    assert "Annans" in app.error[0].value and "Mitt" in app.error[0].value
    assert [b.beslut for b in followup_store.arsbeslut(store.shared(), AR)] == ["Annans"]


def test_unknown_accounts_are_counted_and_block(bokfort):
    bokfor(store.shared(), ("2027-02-01", "7690", 99_50))
    app = visa(tertial="1")
    assert "Konto 7690 har ingen regel: 1 rad, 100 kr" in text(app)
    chain = tabellen(app, "Varje krona i huvudboken")
    assert [row[1] for row in chain["rader"]] == ["340\xa0000,25", "99,50", "0,00", "0,00"]
    assert chain["summa"][1] == "340\xa0099,75"


def test_rows_after_closing_are_shown_beside_and_marked(bokfort):
    followup_store.satt_kommentar(
        store.shared(), AR, 1, bokfort.rader[1].id, followup_store.Ord("x", "y")
    )
    followup.stang(database.shared(), store.shared(), AR, 1)
    bokfor(store.shared(), ("2027-04-30", "5010", 1_00))
    app = visa(tertial="1", post=bokfort.rader[0].id)
    assert tabellen(app, "Bokfört efter stängning")["summa"][1] == "1,00"
    marks = [row[0] for row in tabellen(app, "Inlån januari–april")["marken"]]
    assert marks == [None, None, "efter stängning"]


def test_activities_are_added_and_reported_beside_the_money(bokfort):
    app = visa(tertial="1")
    falt(app, "Aktivitetens namn").input("Samverkansövning")
    knapp(app, "Lägg till").click().run()
    assert "Aktiviteten Samverkansövning saknar status" in text(app)
    next(s for s in app.selectbox if s.label == "Status i tertial 1").set_value("klar")
    knapp(app, "Spara status").click().run()
    assert tabellen(app, "1 av 1 aktiviteter är klara")["rader"][0][2] == "klar"


def test_an_activity_that_someone_else_removed_while_one_wrote_of_it_is_told(bokfort):
    app = visa(tertial="1")
    falt(app, "Aktivitetens namn").input("Samverkansövning")
    knapp(app, "Lägg till").click().run()
    falt(app, "Anteckning").input("gick bra")
    saved = store.shared()
    (other,) = activities.alla(saved, AR)
    activities.ta_bort(saved, other, skal="någon annan")
    knapp(app, "Spara status").click().run()
    assert any("har tagits bort sedan du öppnade den" in w.value for w in app.warning)
    assert not app.exception
    app.run()
    assert not app.warning

    falt(app, "Aktivitetens namn").input("Ny övning")
    knapp(app, "Lägg till").click().run()
    knapp(app, "Ta bort aktiviteten").click().run()
    assert not app.warning  # one's own removal is no surprise


def test_an_activity_of_another_year_is_not_missed(bokfort):
    app = visa(tertial="1")
    falt(app, "Aktivitetens namn").input("Samverkansövning")
    knapp(app, "Lägg till").click().run()
    app.selectbox(key="ar").select(AR + 1).run()
    assert not app.warning


def test_the_years_result_asks_for_a_decision_part_by_part(bokfort):
    saved, db = store.shared(), database.shared()
    kontering.spara(saved, Regel("", "3000", "3999", "", "intakt"))
    bokfor(saved, ("2027-08-31", "5010", 200_000_00), ("2027-12-31", "5010", 190_000_00))
    for tertial in (1, 2, 3):
        for line in bokfort.rader:
            words = followup_store.Ord("x", "y")
            followup_store.satt_kommentar(saved, AR, tertial, line.id, words)
        followup.stang(db, saved, AR, tertial)
    app = visa(tertial="3")
    found = tabellen(app, "Över- och underskott")
    assert [row[3] for row in found["rader"]] == ["9\xa0999,75", "160\xa0000,00"]
    assert [row[4] for row in found["rader"]] == ["saknas", "saknas"]
    falt(app, "Beslut om ersättning").input("Förs till 2028, chefsgruppen")
    knapp(app, "Spara beslutet").click().run()
    assert tabellen(app, "Över- och underskott")["rader"][0][4] == "Förs till 2028, chefsgruppen"


def test_the_threshold_is_set_with_a_reason(bokfort):
    app = visa(tertial="1")
    falt(app, "Procent av budgeten").input("50")
    falt(app, "Skäl till tröskeln").input("Chefsgruppen")
    knapp(app, "Spara tröskeln").click().run()
    assert "Alla 2 poster är på plan" in text(app)


def test_the_start_page_says_in_a_line_whether_the_year_is_on_budget(bokfort):
    said = text(lank(ar=str(AR)))
    assert "Året är på budget. Året beräknas sluta på 940 000 kr" in said
    assert "på budget" not in text(lank(ar=str(AR + 1)))
