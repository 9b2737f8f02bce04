"""What holds for every page in the navigation, wide and narrow, today and later."""

import re
from dataclasses import dataclass

import pytest

from pages.parts.frame.navigation import PAGES, ROOT
from tests.browser import harness

WIDTHS = (1440, 390)
ADDRESSES = ["" if number == 0 else page.url for number, page in enumerate(PAGES)]

# Streamlit's own words, from its Swedish dictionary, and words that give English away.
OWN = set(
    re.findall(r'\["([^"]+)",\s+"', (ROOT / "pages/parts/frame/language.js").read_text("utf-8"))
)
ENGLISH = re.compile(
    r"\b(the|your|this|with|from|please|press|choose|select|click|show|hide|download|upload|browse|"
    r"deploy|sidebar|collapse|expand|skip|running|loading|error|failed|undefined|null|nan|none|true|false|more|less|close|"
    r"made|search|fullscreen|settings|view|reset|zoom|trace)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Visit:
    """What was found at one visit."""

    lang: str
    heading: list[str]
    exceptions: list[str]
    axe: list[str]
    foreign: list[str]
    console: list[str]
    sideways: int
    words: list[str]


seen: dict[tuple[str, int], Visit] = {}


@pytest.fixture(
    params=[
        pytest.param((url, width), marks=pytest.mark.xdist_group(f"{url}-{width}"))
        for url in ADDRESSES
        for width in WIDTHS
    ],
    ids=lambda param: f"{param[0] or 'start'}-{param[1]}",
)
def visit(request: pytest.FixtureRequest, look) -> Visit:
    """One visit per page and width and worker, shared by the claims below."""
    if request.param not in seen:
        watched = look(*request.param)
        page = watched.page
        harness.open_everything(page)
        findings, said, wider = harness.axe(page), harness.words(page), harness.sideways(page)
        if harness.open_menu(page):
            findings += harness.axe(page)
            said += harness.words(page)
        seen[request.param] = Visit(
            lang=page.evaluate("document.documentElement.lang"),
            heading=page.locator("h1").all_inner_texts(),
            exceptions=page.locator("[data-testid=stException]").all_inner_texts()
            + page.get_by_text("Något gick fel i programmet").all_inner_texts(),
            axe=findings,
            foreign=watched.foreign,
            console=watched.console,
            sideways=wider,
            words=said,
        )
    return seen[request.param]


def english(said: list[str]) -> list[str]:
    """Return the texts that are Streamlit's own or give themselves away as English."""
    return [text for text in said if text in OWN or ENGLISH.search(text)]


def test_the_page_is_drawn_under_one_heading_and_nothing_fails(visit):
    assert visit.exceptions == []
    assert len(visit.heading) == 1


def test_axe_finds_nothing(visit):
    assert visit.axe == []


def test_nothing_is_asked_of_another_machine(visit):
    assert visit.foreign == []


def test_the_console_is_quiet(visit):
    assert visit.console == []


def test_the_language_is_swedish(visit):
    assert visit.lang == "sv"
    assert english(visit.words) == []


def test_the_body_needs_no_scrolling_sideways(visit):
    assert visit.sideways <= 0


@pytest.mark.parametrize("text", ["Running...", "Choose an option", "Press Enter to apply", "nan"])
def test_the_guard_knows_english_when_it_sees_it(text):
    assert english([text]) == [text]


@pytest.mark.parametrize("text", ["Räknar …", "6 500 000 kr", "Visa siffrorna", "Region Stockholm"])
def test_the_guard_lets_swedish_pass(text):
    assert english([text]) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_an_address_that_leads_nowhere_is_told_in_swedish(look, width):
    page = look("finns-inte", width).page
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Adressen leder inte till någon sida här.").wait_for()
    assert "Sidan finns inte" in dialog.inner_text()
    assert english([dialog.inner_text()]) == []
