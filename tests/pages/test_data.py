"""The Data page answers first, and shows any date's population with its rule."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame.navigation import ROOT
from tests.pages.screen import tables


@pytest.fixture
def page():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    return app.switch_page("pages/data.py").run()


def test_the_answer_is_the_first_thing_on_the_page(page):
    assert page.title[0].value == "Data"
    assert page.markdown[1].value.startswith(  # the strip is the first
        r"**Folkmängden är utfall till och med 2025\-12\-31 för alla 26 kommuner;"
    )
    assert page.metric[0].value == "2\xa0486\xa0253"


def test_a_date_shows_every_kommun_with_its_rule_and_their_sum(page):
    page.selectbox(key="datum").select_index(
        page.selectbox(key="datum").options.index("2014-06-30")
    ).run()
    found = tables(page)["Folkmängd per kommun 2014-06-30"]
    rows = {row[0]: row for row in found["rows"]}

    assert len(rows) == 26
    assert rows["Vallentuna"][1:3] == ["31\xa0804", "uppskattad"]
    assert rows["Stockholm"][1:3] == ["905\xa0184", "utfall"]
    assert found["total"][1] == "2\xa0181\xa0318"


def test_what_is_not_known_is_called_missing_and_never_zero(page):
    rows = {
        row[0]: row for row in tables(page)["Kommunernas folkmängd mot länets, per datum"]["rows"]
    }

    assert rows["2025-12-31"][4:] == ["saknas", ""]
    assert rows["2014-06-30"] == [
        "2014-06-30", "21", "2\xa0015\xa0573", "165\xa0745", "2\xa0181\xa0318", "0",
    ]  # fmt: skip


def test_every_file_of_the_register_is_on_the_page_with_its_licence(page):
    found = tables(page)["Datafilernas utgivare och licens"]
    files = {row[3]: row[2] for row in found["rows"]}

    assert {path.name for path in (ROOT / "data").glob("*.csv")} <= set(files)
    assert all(files.values())
