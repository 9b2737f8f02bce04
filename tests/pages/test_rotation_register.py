"""The register on the page: read in from a file, removed and brought back, a search stopped."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics import database, store
from analytics.rotation_draft import utkast
from analytics.rotation_file import som_csv, som_excel
from analytics.rotation_register import alla
from pages.parts import rotationskorning
from pages.parts.nav import ROOT
from tests.pages.test_rotation import button, field

HEAD = "inlan_id,post,part_id,roll,fran,till,procent,status,kostnad_kr,palagg_kr,anteckning,kalla\n"
GOOD = "a,kommun,0160,Samordnare,2027-01-01,2027-06-30,50,överenskommet,60000,,,avtal\n"


@pytest.fixture
def sida():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.switch_page("pages/rotation.py").run()


def read_in(app, name, content):
    app.file_uploader(key="inlan_fil").set_value((name, content, "application/octet-stream"))
    return button(app, "Läs in").click().run()


def parts():
    return [i.part for i in alla(database.shared(), store.shared())]


@pytest.mark.parametrize("name", ["inlan.csv", "inlan.xlsx"])
def test_a_file_is_read_in_and_what_is_there_already_is_not_doubled(sida, name):
    plan = alla(database.shared(), store.shared())
    whole = som_csv(plan) if name.endswith("csv") else som_excel(plan)
    app = read_in(sida, name, whole)
    assert "finns redan" in app.success[0].value
    assert parts() == ["0115"]
    if name.endswith("csv"):
        read_in(app, name, (HEAD + GOOD).encode())
        assert parts() == ["0115", "0160"]


def test_loans_that_overlap_are_refused_with_row_and_column_and_nothing_is_saved(sida):
    other = GOOD.replace("a,", "b,", 1).replace("0160", "0162").replace("2027-01", "2027-06")
    app = read_in(sida, "två.csv", (HEAD + GOOD + other).encode())
    assert "rad 3, kolumn fran" in app.error[0].value
    assert "K13" in app.error[0].value
    assert parts() == ["0115"]


def test_a_removed_loan_is_brought_back(sida):
    app = read_in(sida, "ett.csv", (HEAD + GOOD).encode())
    loan = next(s for s in app.selectbox if s.label == "Inlån")
    app = loan.select_index(1).run()
    app = button(app, "Ta bort inlånet").click().run()
    assert "Skriv varför" in app.error[0].value
    field(app, "Skäl till ändringen").input("fel part")
    app = button(app, "Ta bort inlånet").click().run()
    assert parts() == ["0115"]
    app = button(app, "Ta tillbaka det borttagna").click().run()
    assert parts() == ["0115", "0160"]
    assert not app.error and not app.exception


def test_a_search_goes_on_beside_the_page_until_it_is_stopped(sida, monkeypatch):
    monkeypatch.setattr(rotationskorning, "GENAST_S", 0.1)
    field(sida, "Första dag").input("2027-01-01")
    next(s for s in sida.selectbox if s.label == "Antal år").select(10)
    sida.selectbox(key="langd_blåljus").select(3)
    sida.selectbox(key="vila_blåljus").select(8)
    sida.checkbox(key="med_kommun").uncheck()
    sida.checkbox(key="med_trafik").uncheck()
    app = button(sida, "Räkna fram ett förslag").click().run()
    assert utkast(store.shared()) is None
    app = app.button(key="stoppa_korning").click().run()
    draft = utkast(store.shared())
    assert list(draft.meningar) == ["blåljus"]
    assert "inte bevisat" in draft.meningar["blåljus"]
    assert draft.villkor["blåljus"].pass_manader == 3
    assert not app.error and not app.exception


def test_what_is_published_takes_a_reason_to_change_and_it_is_said_for_whom(sida):
    field(sida, "Första dag").input("2027-01-01")
    app = button(sida, "Räkna fram ett förslag").click().run()
    field(app, "Skäl att publicera").input("beslut")
    app = button(app, "Publicera planen").click().run()
    app = next(s for s in app.selectbox if s.label == "Inlån").select_index(1).run()
    app.text_area[0].input("2027-01-01 2027-05-31 50")
    app = button(app, "Spara").click().run()
    assert "Inlånet är publicerat: skriv varför" in app.error[0].value.replace("\\", "")
    field(app, "Skäl till ändringen").input("slutar i maj")
    app = button(app, "Spara").click().run()
    said = "2027-01-01–2027-06-30, 50 % blir 2027-01-01–2027-05-31, 50 %"
    assert any(said in s.value.replace("\\", "") for s in app.success)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("omfattning_kommun", "140", "1–100 procent"),
        ("omfattning_trafik", "12,5", "inget heltal"),
        ("omfattning_trafik", "halvtid", "halvtid"),
        ("overlamning_blåljus", "32", "0–31 dagar"),
        ("overlamning_blåljus", "-1", "0–31 dagar"),
    ],
)
def test_conditions_that_cannot_be_are_told_with_the_way_out(sida, key, text, said):
    sida.text_input(key=key).input(text)
    app = button(sida, "Räkna fram ett förslag").click().run()
    assert said in app.error[0].value
    assert utkast(store.shared()) is None
