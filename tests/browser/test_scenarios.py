"""What is done with scenarios in a real browser: accessible, Swedish, and still there after."""

import pytest

from tests.browser import harness, steps, store_copy
from tests.browser.test_every_page import english

WAYS = [
    "Nytt scenario",
    "Ändra, frys, arkivera",
    "Läs in en fil",
    "Kontrollera en förseglad fil",
]


@pytest.fixture(scope="module")
def scenarios(address) -> dict[str, str]:
    """The scenarios in the store of the app at *address*."""
    return store_copy.fill()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_work_is_accessible_and_swedish(look, scenarios, way, width):
    watched = look(f"scenarier?ar=2027&scenario={scenarios['Åtta miljoner']}", width)
    page = watched.page
    steps.take(page, way)
    harness.open_everything(page)

    assert harness.axe(page) == []
    assert english(harness.words(page)) == []
    assert harness.sideways(page) <= 0
    assert watched.console == [] and watched.foreign == []


def test_a_change_is_typed_read_back_and_saved_and_survives_a_new_window(look, scenarios):
    scenario_id = scenarios["Utan Trafikverket"]
    page = look(f"scenarier?ar=2027&scenario={scenario_id}").page
    steps.take(page, "Ändra, frys, arkivera")
    harness.open_everything(page)
    steps.fill(page, "Rambudget, kr/år", "7,5 Mkr")
    steps.fill(page, "Skäl", "Prövas")
    page.get_by_text("Läses som: Rambudget (K1) blir 7\u00a0500\u00a0000 kr/år").wait_for()
    steps.press(page, "Lägg till ändringen")
    page.get_by_text("Ändringen är sparad.").wait_for()

    other = look(f"fordelning?ar=2027&scenario={scenario_id}", 390).page
    other.get_by_text("= ramen 7\u00a0500\u00a0000 kr.").wait_for()


def test_an_archived_scenario_in_a_link_is_told_in_the_browser(look, scenarios):
    page = look(f"scenarier?ar=2027&scenario={scenarios['Gammalt']}").page
    page.get_by_text("Nu visas gällande avtal").wait_for()
    assert scenarios["Gammalt"] not in page.url
