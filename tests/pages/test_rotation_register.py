"""The register on the page: read in from a file, removed and brought back, a search stopped."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.reference import database
from analytics.rotation.draft import latest_draft
from analytics.rotation.file import as_csv, as_excel
from analytics.rotation.register import all_inlan
from analytics.store import posts as store_posts
from pages.parts.frame.navigation import ROOT
from pages.parts.rotation import search_panel
from tests.pages.screen import button, field

HEAD = "inlan_id,post,part_id,roll,fran,till,procent,status,kostnad_kr,palagg_kr,anteckning,kalla\n"
GOOD = "a,kommun,0160,Samordnare,2027-01-01,2027-06-30,50,överenskommet,60000,,,avtal\n"


@pytest.fixture
def page():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.switch_page("pages/rotation.py").run()


def read_in(app, name, content):
    app.file_uploader(key="inlan_fil").set_value((name, content, "application/octet-stream"))
    return button(app, "Läs in").click().run()


def parties():
    return [i.party for i in all_inlan(database.shared(), store_posts.shared())]


@pytest.mark.parametrize("name", ["inlan.csv", "inlan.xlsx"])
def test_a_file_is_read_in_and_what_is_there_already_is_not_doubled(page, name):
    plan = all_inlan(database.shared(), store_posts.shared())
    whole = as_csv(plan) if name.endswith("csv") else as_excel(plan)
    app = read_in(page, name, whole)
    assert "finns redan" in app.success[0].value
    assert parties() == ["0115"]
    if name.endswith("csv"):
        read_in(app, name, (HEAD + GOOD).encode())
        assert parties() == ["0115", "0160"]


def test_loans_that_overlap_are_refused_with_row_and_column_and_nothing_is_saved(page):
    other = GOOD.replace("a,", "b,", 1).replace("0160", "0162").replace("2027-01", "2027-06")
    app = read_in(page, "två.csv", (HEAD + GOOD + other).encode())
    assert "rad 3, kolumn fran" in app.error[0].value
    assert "K13" in app.error[0].value
    assert parties() == ["0115"]


def test_a_removed_loan_is_brought_back(page):
    app = read_in(page, "ett.csv", (HEAD + GOOD).encode())
    loan = next(s for s in app.selectbox if s.label == "Inlån")
    app = loan.select_index(1).run()
    app = button(app, "Ta bort inlånet").click().run()
    assert "Skriv varför" in app.error[0].value
    field(app, "Skäl till ändringen").input("fel part")
    app = button(app, "Ta bort inlånet").click().run()
    assert parties() == ["0115"]
    app = button(app, "Ta tillbaka det borttagna").click().run()
    assert parties() == ["0115", "0160"]
    assert not app.error and not app.exception


def test_a_search_goes_on_beside_the_page_until_it_is_stopped(page, monkeypatch):
    monkeypatch.setattr(search_panel, "AT_ONCE_S", 0.1)
    field(page, "Första dag").input("2027-01-01")
    next(s for s in page.selectbox if s.label == "Antal år").select(10)
    page.selectbox(key="langd_blåljus").select(3)
    page.selectbox(key="vila_blåljus").select(8)
    page.checkbox(key="med_kommun").uncheck()
    page.checkbox(key="med_trafik").uncheck()
    app = button(page, "Räkna fram ett förslag").click().run()
    assert latest_draft(store_posts.shared()) is None
    app = app.button(key="stoppa_korning").click().run()
    draft = latest_draft(store_posts.shared())
    assert list(draft.sentences) == ["blåljus"]
    assert "inte bevisat" in draft.sentences["blåljus"]
    assert draft.terms["blåljus"].turn_months == 3
    assert not app.error and not app.exception


def test_what_is_published_takes_a_reason_to_change_and_it_is_said_for_whom(page):
    field(page, "Första dag").input("2027-01-01")
    app = button(page, "Räkna fram ett förslag").click().run()
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
def test_conditions_that_cannot_be_are_told_with_the_way_out(page, key, text, said):
    page.text_input(key=key).input(text)
    app = button(page, "Räkna fram ett förslag").click().run()
    assert said in app.error[0].value
    assert latest_draft(store_posts.shared()) is None
