"""The coordinator's errand in a real browser: a fair plan, published, sent, and its cost told."""

import re
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.browser import harness
from tests.browser.steps import choose, fill, press, unfold


@pytest.fixture
def rotation(look, tmp_path, monkeypatch):
    """The Rotation page of an app with an empty store of its own."""
    monkeypatch.setenv("SAMVERKAN_STORE", f"sqlite:///{tmp_path / 'rotation.db'}")
    with harness.running_app() as base:
        yield look("rotation?ar=2027", base=base)


def rows(page, caption):
    """The body rows of the table with this caption, as lists of texts."""
    table = page.locator("table", has=page.locator("caption", has_text=caption))
    return [
        [re.sub(r"\s+", " ", cell).strip() for cell in row.locator("th, td").all_inner_texts()]
        for row in table.locator("tbody tr").all()
    ]


def test_from_known_history_to_a_published_plan_a_calendar_and_its_cost(rotation):
    page = rotation.page
    assert [row[0] for row in rows(page, "Inlånad personal (K13–K15)")] == ["Vallentuna"]

    unfold(page, "Hinder och låsta pass")
    hinders = page.locator("details", has_text="Hinder och låsta pass")
    choose(page, "Part", "Polisen Region Stockholm", hinders)
    fill(page, "Från, eller en dag i passet", "2028-01-01", hinders)
    fill(page, "Till och med", "2028-12-31", hinders)
    fill(page, "Skäl", "Omorganisation", hinders)
    press(page, "Lägg till")
    choose(page, "Vad", "Låst till ett pass", hinders)
    choose(page, "Part", "Täby", hinders)
    fill(page, "Från, eller en dag i passet", "2027-03-01", hinders)
    fill(page, "Skäl", "Erbjudet", hinders)
    press(page, "Lägg till")
    assert len(rows(page, "Hinder och låsta pass")) == 2

    fill(page, "Första dag", "2027-01-01")
    fill(page, "Antagen kostnad, kr per heltidsmånad", "60 000")
    press(page, "Räkna fram ett förslag")
    page.get_by_text("26 kommuner, 8 pass: minst 18 står utan").wait_for()
    draft = rows(page, "Utkastets pass")
    assert len(draft) == 24
    assert draft[0][:3] == ["2027-01-01–2027-06-30", "kommun", "Täby"]
    assert not [r for r in draft if r[2].startswith("Polisen") and r[0].startswith("2028")]
    assert [r for r in draft if r[2].startswith("Polisen")]
    assert harness.axe(page) == []

    fill(page, "Skäl att publicera", "Beslut i chefsgruppen")
    press(page, "Publicera planen")
    page.get_by_text("Inget utkast finns.").wait_for()
    assert len(rows(page, "Inlånad personal (K13–K15)")) == 25

    choose(page, "Kalender för", "Täby")
    with page.expect_download() as sent:
        page.get_by_role("button", name="Hämta kalendern (ICS)").click()
    (event,) = Calendar.from_ical(Path(sent.value.path()).read_bytes()).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 1, 1), date(2027, 7, 1))

    costs = {row[0]: row for row in rows(page, "Ersättning för partens egen kostnad")}
    # three posts at half time, four months of 60 000 kr each
    assert costs["2027"][1:5] == ["360 000"] * 3 + ["1 080 000"]
    assert rotation.console == [] and rotation.foreign == []
