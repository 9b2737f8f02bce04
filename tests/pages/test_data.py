"""The Data page answers first, and shows any date's population with its rule."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.nav import ROOT
from tests.pages.reading import tables


@pytest.fixture
def sida():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    return app.switch_page("pages/data.py").run()


def test_the_answer_is_the_first_thing_on_the_page(sida):
    assert sida.title[0].value == "Data"
    assert sida.markdown[1].value.startswith(  # the strip is the first
        r"**Folkmängden är utfall till och med 2025\-12\-31 för alla 26 kommuner;"
    )
    assert sida.metric[0].value == "2\xa0486\xa0253"


def test_a_date_shows_every_kommun_with_its_rule_and_their_sum(sida):
    sida.selectbox(key="datum").select_index(
        sida.selectbox(key="datum").options.index("2014-06-30")
    ).run()
    found = tables(sida)["Folkmängd per kommun 2014-06-30"]
    rows = {row[0]: row for row in found["rader"]}

    assert len(rows) == 26
    assert rows["Vallentuna"][1:3] == ["31\xa0804", "uppskattad"]
    assert rows["Stockholm"][1:3] == ["905\xa0184", "utfall"]
    assert found["summa"][1] == "2\xa0181\xa0318"


def test_what_is_not_known_is_called_missing_and_never_zero(sida):
    rows = {
        row[0]: row for row in tables(sida)["Kommunernas folkmängd mot länets, per datum"]["rader"]
    }

    assert rows["2025-12-31"][4:] == ["saknas", ""]
    assert rows["2014-06-30"] == [
        "2014-06-30", "21", "2\xa0015\xa0573", "165\xa0745", "2\xa0181\xa0318", "0",
    ]  # fmt: skip


def test_every_file_of_the_register_is_on_the_page_with_its_licence(sida):
    found = tables(sida)["Datafilernas utgivare och licens"]
    files = {row[3]: row[2] for row in found["rader"]}

    assert {path.name for path in (ROOT / "data").glob("*.csv")} <= set(files)
    assert all(files.values())
