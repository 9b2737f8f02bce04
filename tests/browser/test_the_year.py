"""A year in a real browser: the example, a SIE file, words, closing, report and invoice."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from analytics.example import files as example_files
from tests.browser import harness
from tests.browser.steps import choose, fill, goto, hand_in, press, take, unfold


@pytest.fixture
def budget(look, tmp_path, monkeypatch):
    """The Budget page of an app with an empty store of its own."""
    monkeypatch.setenv("SAMVERKAN_STORE", f"sqlite:///{tmp_path / 'aret.db'}")
    with harness.running_app() as base:
        yield look("budget?ar=2026", base=base)


def comment_what_deviates(page):
    lacking = page.get_by_text(re.compile("avviker mer än tröskeln och saknar"))
    while lacking.count():
        unfold(page, "Skriv kommentar, åtgärd och prognos")
        name = lacking.first.inner_text().split(" avviker mer än")[0]
        choose(page, "Post att skriva om", name)
        fill(page, "Kommentar: varför avviker den?", "Förklaras i rapporten.")
        fill(page, "Åtgärd: vad gör vi åt det?", "Följs i nästa tertial.")
        press(page, "Spara")


def report_activities(page):
    lacking = page.get_by_text(re.compile("^Aktiviteten .* saknar status"))
    while lacking.count():
        unfold(page, "Rapportera, lägg till eller ta bort")
        name = re.match("Aktiviteten (.*) saknar status", lacking.first.inner_text())[1]
        choose(page, "Aktivitet", name)
        choose(page, "Status i tertial 2", "klar")
        press(page, "Spara status")


def test_a_coordinator_works_the_year_through_and_every_krona_ties_out(budget):
    page = budget.page
    press(page, "Läs in exempelåret")
    page.get_by_text("Exempelåret 2026 är inläst.").wait_for()

    goto(page, "Bokföring")
    hand_in(page, example_files.MAJ_AUG)
    page.get_by_text(re.compile("är nya")).wait_for()
    fill(page, "Skäl till inläsningen, som ”mars”", "maj till augusti")
    press(page, re.compile("^Läs in [0-9]+ rader$"))
    page.get_by_text(re.compile("rader ur .* är inlästa")).wait_for()
    choose(page, "Konton", "6420", option=re.compile("6420"))
    choose(page, "Hör till", "Utbildning och övning")
    press(page, "Spara reglerna")
    assert page.get_by_text("Varje rad hör hemma").count()

    goto(page, "Tertial")
    take(page, "T2, jan–aug")
    comment_what_deviates(page)
    report_activities(page)
    assert harness.axe(page) == []
    press(page, "Klarmarkera tertial 2")
    page.get_by_text("Tertial 2 2026 är klarmarkerat och låst.").wait_for()
    with page.expect_download() as sent:
        page.get_by_role("button", name="Hämta rapporten (tillgänglig PDF)").click()
    report = "".join(sheet.extract_text() for sheet in PdfReader(Path(sent.value.path())).pages)
    assert "3 752 650" in re.sub(r"\s", " ", report)  # used means, by hand in test_example_year

    goto(page, "Fakturaunderlag")
    fill(page, "Vem som beslutat att ställa ut, och när", "Kansliet")
    press(page, "Ställ ut och lås")
    page.get_by_text("Båda fakturorna för 2026 är utställda").wait_for()
    assert page.get_by_text("6\u00a0500\u00a0000 kr till 36 parter").count()
    assert budget.console == [] and budget.foreign == []
