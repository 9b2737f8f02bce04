"""What is done with scenarios in a real browser: accessible, Swedish, and still there after."""

import pytest

from tests.browser import harness, lagret, steg
from tests.browser.test_every_page import english

WAYS = [
    "Nytt scenario",
    "Ändra, frys, arkivera",
    "Läs in en fil",
    "Kontrollera en förseglad fil",
]


@pytest.fixture(scope="module")
def scenarier(address) -> dict[str, str]:
    """The scenarios in the store of the app at *address*."""
    return lagret.fyll()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_work_is_accessible_and_swedish(look, scenarier, way, width):
    watched = look(f"scenarier?ar=2027&scenario={scenarier['Åtta miljoner']}", width)
    page = watched.page
    steg.take(page, way)
    harness.open_everything(page)

    assert harness.axe(page) == []
    assert english(harness.words(page)) == []
    assert harness.sideways(page) <= 0
    assert watched.console == [] and watched.foreign == []


def test_a_change_is_typed_read_back_and_saved_and_survives_a_new_window(look, scenarier):
    scenario_id = scenarier["Utan Trafikverket"]
    page = look(f"scenarier?ar=2027&scenario={scenario_id}").page
    steg.take(page, "Ändra, frys, arkivera")
    harness.open_everything(page)
    steg.fill(page, "Rambudget, kr/år", "7,5 Mkr")
    steg.fill(page, "Skäl", "Prövas")
    page.get_by_text("Läses som: Rambudget (K1) blir 7\u00a0500\u00a0000 kr/år").wait_for()
    steg.press(page, "Lägg till ändringen")
    page.get_by_text("Ändringen är sparad.").wait_for()

    other = look(f"fordelning?ar=2027&scenario={scenario_id}", 390).page
    other.get_by_text("= ramen 7\u00a0500\u00a0000 kr.").wait_for()


def test_an_archived_scenario_in_a_link_is_told_in_the_browser(look, scenarier):
    page = look(f"scenarier?ar=2027&scenario={scenarier['Gammalt']}").page
    page.get_by_text("Nu visas gällande avtal").wait_for()
    assert scenarier["Gammalt"] not in page.url
