"""A file from the bookkeeping in a real browser: faults, preview, rules, correction, withdrawal."""

import re

import pytest

from analytics import database, ledger_import
from analytics.store import Store
from tests.analytics.siefiler import VERIFIKAT, fil, verifikat
from tests.browser import harness
from tests.browser.steg import choose, fill, hand_in, press, take
from tests.browser.test_every_page import english

WRONG = "Datum;Konto;Belopp;Text\n2027-03-31;5010;1.500;Möte\n2026-12-31;5O10;=1+1;Fel\n"
RIGHT = fil(*VERIFIKAT, *verifikat("#TRANS 6110 {} 7.00", "#TRANS 1930 {} -7.00"))
pytestmark = pytest.mark.xdist_group("bokforing")  # one app for what only looks at it
WORK = ["Läs in rader", "Regler för konton", "Skriv eller rätta en rad", "Inläsningar"]


def appen(folder, with_rows=False):
    """Run an app with a store of its own, empty or with the file read in."""
    url = f"sqlite:///{folder / 'lager.db'}"
    if with_rows:
        store = Store(url)
        ledger_import.las_in(
            database.shared(), store, "mars.se", RIGHT.encode("cp437"), 2027, "mars"
        )
        store.stang()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_STORE", url)
        with harness.running_app() as base:
            yield base


@pytest.fixture
def tom_app(tmp_path):
    yield from appen(tmp_path)


@pytest.fixture(scope="module")
def fylld_app(tmp_path_factory):
    yield from appen(tmp_path_factory.mktemp("bokforing"), with_rows=True)


def ladda(page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/plain", "buffer": content}
    hand_in(page, file)


def sund(watched) -> None:
    """The page as it is now: accessible, Swedish, within its width, and quiet."""
    page = watched.page
    assert harness.axe(page) == []
    assert english(harness.words(page)) == []
    assert harness.sideways(page) <= 0
    assert watched.console == [] and watched.foreign == []


def test_a_file_goes_from_faults_to_rows_that_belong_somewhere(look, tom_app):
    watched = look("bokforing?ar=2027", base=tom_app)
    page = watched.page
    page.get_by_text("Inget är bokfört 2027.").wait_for()

    ladda(page, "fel.csv", WRONG.encode("cp437"))
    page.get_by_text("fel.csv (CSV, CP437 (PC8)) har 4 fel, så inget är inläst").wait_for()
    cell = page.get_by_role("cell", name=re.compile("kan skilja tusental eller decimaler"))
    assert cell.count() == 1
    sund(watched)

    ladda(page, "mars.se", RIGHT.encode("cp437"))
    page.get_by_text("4 är nya").wait_for()
    sund(watched)
    fill(page, "Skäl till inläsningen, som ”mars”", "mars")
    press(page, "Läs in 4 rader")
    page.get_by_text("4 rader ur mars.se är inlästa").wait_for()
    page.get_by_text("2 konton saknar regel").wait_for()

    for konto in ("5010", "6110"):
        choose(page, "Konton", konto, option=re.compile(konto))
    choose(page, "Hör till", "Utanför ramen")
    fill(page, "Skäl", "betalas av värden")
    press(page, "Spara reglerna")
    page.get_by_text("2 regler är sparade.").wait_for()
    page.get_by_text("Varje rad hör hemma").wait_for()
    sund(watched)


def test_a_file_that_is_too_large_is_told_in_swedish(look, fylld_app, tmp_path):
    large = tmp_path / "stor.csv"
    with large.open("wb") as file:
        file.truncate(41 * 2**20)
    watched = look("bokforing?ar=2027", base=fylld_app)
    hand_in(watched.page, large)
    watched.page.get_by_text("Filen är för stor: högst 40 MB per fil.").wait_for()
    assert english(harness.words(watched.page)) == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("work", WORK)
def test_every_way_to_work_is_accessible_and_swedish(look, fylld_app, work, width):
    watched = look("bokforing?ar=2027", width, base=fylld_app)
    take(watched.page, work)
    sund(watched)


def test_the_rows_of_a_link_are_there_in_a_new_window(look, fylld_app):
    page = look("bokforing?ar=2027&konto=5010&gor=rad", base=fylld_app).page
    page.get_by_text("Alla 1 rader").wait_for()
    assert page.get_by_role("cell", name="Hyra", exact=True).count() == 1


def test_a_withdrawn_import_is_gone_from_the_answer(look, fylld_app):
    page = look("bokforing?ar=2027&gor=inlasningar", base=fylld_app).page
    choose(page, "Inläsning att dra tillbaka", "mars", option=re.compile("mars.se"))
    fill(page, "Skäl till att den dras tillbaka", "prov")
    press(page, "Dra tillbaka")
    page.get_by_text("Inget är bokfört 2027.").wait_for()
