"""A file from the bookkeeping in a real browser: faults, preview, rules, correction, withdrawal."""

import re

import pytest

from analytics.ledger import imports as ledger_imports
from analytics.reference import database
from analytics.store.posts import Store
from tests.browser import harness
from tests.browser.steps import choose, fill, hand_in, press, take
from tests.browser.test_every_page import english
from tests.given.sie_files import VERIFIKAT, make_voucher, sie_file

WRONG = "Datum;Konto;Belopp;Text\n2027-03-31;5010;1.500;Möte\n2026-12-31;5O10;=1+1;Fel\n"
RIGHT = sie_file(*VERIFIKAT, *make_voucher("#TRANS 6110 {} 7.00", "#TRANS 1930 {} -7.00"))
pytestmark = pytest.mark.xdist_group("bokforing")  # one app for what only looks at it
WORK = ["Läs in rader", "Regler för konton", "Skriv eller rätta en rad", "Inläsningar"]


def run_app(folder, with_rows=False):
    """Run an app with a store of its own, empty or with the file read in."""
    url = f"sqlite:///{folder / 'lager.db'}"
    if with_rows:
        store = Store(url)
        ledger_imports.import_file(
            database.shared(), store, "mars.se", RIGHT.encode("cp437"), 2027, "mars"
        )
        store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_STORE", url)
        with harness.running_app() as base:
            yield base


@pytest.fixture
def empty_app(tmp_path):
    yield from run_app(tmp_path)


@pytest.fixture(scope="module")
def filled_app(tmp_path_factory):
    yield from run_app(tmp_path_factory.mktemp("bokforing"), with_rows=True)


def load(page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/plain", "buffer": content}
    hand_in(page, file)


def sound(watched) -> None:
    """The page as it is now: accessible, Swedish, within its width, and quiet."""
    page = watched.page
    assert harness.axe(page) == []
    assert english(harness.words(page)) == []
    assert harness.sideways(page) <= 0
    assert watched.console == [] and watched.foreign == []


def test_a_file_goes_from_faults_to_rows_that_belong_somewhere(look, empty_app):
    watched = look("bokforing?ar=2027", base=empty_app)
    page = watched.page
    page.get_by_text("Inget är bokfört 2027.").wait_for()

    load(page, "fel.csv", WRONG.encode("cp437"))
    page.get_by_text("fel.csv (CSV, CP437 (PC8)) har 4 fel, så inget är inläst").wait_for()
    cell = page.get_by_role("cell", name=re.compile("kan skilja tusental eller decimaler"))
    assert cell.count() == 1
    sound(watched)

    load(page, "mars.se", RIGHT.encode("cp437"))
    page.get_by_text("4 är nya").wait_for()
    sound(watched)
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
    sound(watched)


def test_a_file_that_is_too_large_is_told_in_swedish(look, filled_app, tmp_path):
    large = tmp_path / "stor.csv"
    with large.open("wb") as file:
        file.truncate(41 * 2**20)
    watched = look("bokforing?ar=2027", base=filled_app)
    hand_in(watched.page, large)
    watched.page.get_by_text("Filen är för stor: högst 40 MB per fil.").wait_for()
    assert english(harness.words(watched.page)) == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("work", WORK)
def test_every_way_to_work_is_accessible_and_swedish(look, filled_app, work, width):
    watched = look("bokforing?ar=2027", width, base=filled_app)
    take(watched.page, work)
    sound(watched)


def test_the_rows_of_a_link_are_there_in_a_new_window(look, filled_app):
    page = look("bokforing?ar=2027&konto=5010&gor=rad", base=filled_app).page
    page.get_by_text("Alla 1 rader").wait_for()
    assert page.get_by_role("cell", name="Hyra", exact=True).count() == 1


def test_a_withdrawn_import_is_gone_from_the_answer(look, filled_app):
    page = look("bokforing?ar=2027&gor=inlasningar", base=filled_app).page
    choose(page, "Inläsning att dra tillbaka", "mars", option=re.compile("mars.se"))
    fill(page, "Skäl till att den dras tillbaka", "prov")
    press(page, "Dra tillbaka")
    page.get_by_text("Inget är bokfört 2027.").wait_for()
