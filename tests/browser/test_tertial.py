"""A year in the follow-up in a real browser: accessible, Swedish, told as it stands."""

import pytest

from tests.browser import filled_year, harness, steps
from tests.browser.test_every_page import english


@pytest.fixture(scope="module")
def lines(address) -> dict[str, str]:
    """The lines of the year in the store of the app at *address*."""
    return filled_year.fill()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "url", ["tertial?ar=2026&tertial=1", "tertial?ar=2026&tertial=2", "budget?ar=2026", "?ar=2026"]
)
def test_a_filled_year_is_accessible_and_swedish(look, lines, url, width):
    line = f"&post={lines['Samordnare blåljus']}" if url.startswith("tertial") else ""
    watched = look(url + line, width)
    page = watched.page
    harness.open_everything(page)

    assert page.locator("[data-testid=stException]").count() == 0
    assert harness.axe(page) == []
    assert english(harness.words(page)) == []
    assert harness.sideways(page) <= 0
    assert watched.console == [] and watched.foreign == []


def test_a_comment_is_written_and_what_is_left_to_do_grows_shorter(look, lines):
    page = look("tertial?ar=2026&tertial=2").page
    page.get_by_text("saker återstår:").wait_for()
    before = page.locator("li", has_text="avviker mer än tröskeln").count()
    steps.fill(page, "Kommentar: varför avviker den?", "Fler möten än planerat")
    steps.fill(page, "Åtgärd: vad gör vi åt det?", "Färre i höst")
    steps.press(page, "Spara")
    page.get_by_text("är sparat.").wait_for()
    assert page.locator("li", has_text="avviker mer än tröskeln").count() == before - 1


def test_a_name_with_markup_is_text(look, lines):
    page = look("tertial?ar=2026&tertial=2").page
    assert page.get_by_role("link", name="Övningar <b>och</b> prov").count() == 1


SIE = """#FLAGGA 0
#SIETYP 4
#RAR 0 20280101 20281231
#KONTO 5010 "Inlånad personal"
#PBUDGET 0 202803 5010 {} 120000 0
#PBUDGET 0 202803 3010 {} -9 0
"""


def test_a_budget_is_read_out_of_files_and_a_fault_is_told(look, lines):
    page = look("budget?ar=2028").page
    steps.press(page, "Gör ett utkast")
    steps.unfold(page, "Läs in posterna ur en fil")
    steps.hand_in(page, {"name": "b.se", "mimeType": "x/y", "buffer": SIE.encode("cp437")})
    steps.fill(page, "Konton för inlånad personal, om filen är SIE", "5000-5999")
    steps.press(page, "Läs in")
    page.get_by_text("Konton som inte är kostnader lästes inte: 3010.").wait_for()
    page.get_by_role("rowheader", name="5010 Inlånad personal").wait_for()

    steps.unfold(page, "Läs in posterna ur en fil")
    steps.fill(page, "Eller klistra in rader, med rubrikraden", "del;namn;ar_kr\ninlan;A;x\n")
    steps.press(page, "Läs in")
    page.get_by_text("kolumn ar_kr").wait_for()
    steps.unfold(page, "Besluta eller kasta utkastet")
    steps.press(page, "Kasta utkastet")
    page.get_by_text("Utkastet är kastat.").wait_for()
