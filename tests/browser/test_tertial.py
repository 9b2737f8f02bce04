"""A year in the follow-up in a real browser: accessible, Swedish, told as it stands."""

import pytest

from tests.browser import aret, harness
from tests.browser.test_every_page import english


@pytest.fixture(scope="module")
def poster(address) -> dict[str, str]:
    """The lines of the year in the store of the app at *address*."""
    return aret.fyll()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "url", ["tertial?ar=2026&tertial=1", "tertial?ar=2026&tertial=2", "budget?ar=2026", "?ar=2026"]
)
def test_a_filled_year_is_accessible_and_swedish(look, poster, url, width):
    line = f"&post={poster['Samordnare blåljus']}" if url.startswith("tertial") else ""
    watched = look(url + line, width)
    page = watched.page
    harness.open_everything(page)

    assert page.locator("[data-testid=stException]").count() == 0
    assert harness.axe(page) == []
    assert english(harness.words(page)) == []
    assert harness.sideways(page) <= 0
    assert watched.console == [] and watched.foreign == []


def test_a_comment_is_written_and_what_is_left_to_do_grows_shorter(look, poster):
    page = look("tertial?ar=2026&tertial=2").page
    page.get_by_text("saker återstår:").wait_for()
    before = page.locator("li", has_text="avviker mer än tröskeln").count()
    page.get_by_label("Kommentar: varför avviker den?").fill("Fler möten än planerat")
    page.get_by_label("Åtgärd: vad gör vi åt det?").fill("Färre i höst")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_text("är sparat.").wait_for()
    harness.rest(page)
    assert page.locator("li", has_text="avviker mer än tröskeln").count() == before - 1


def test_a_name_with_markup_is_text(look, poster):
    page = look("tertial?ar=2026&tertial=2").page
    assert page.get_by_role("link", name="Övningar <b>och</b> prov").count() == 1
