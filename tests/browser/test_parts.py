"""The shared parts in a real browser: the table sorts and escapes, the chart is Swedish."""

from pathlib import Path

import pytest

from pages.parts.frame import guard
from tests.browser import HOSTILE, harness, steps

pytestmark = pytest.mark.xdist_group("parts")


@pytest.fixture(scope="module")
def sample():
    with harness.running_app(Path(__file__).parent / "sample_app.py") as address:
        yield address


@pytest.fixture
def wide(look, sample):
    return look("", 1440, sample)


@pytest.fixture
def narrow(look, sample):
    return look("", 390, sample)


def column(page, number, table="smal"):
    cells = f".st-key-{table} tbody tr > :nth-child({number})"
    return [text.strip() for text in page.locator(cells).all_inner_texts()]


def heads(page, table="smal"):
    return page.locator(f".st-key-{table} thead th")


def test_a_table_has_caption_heads_for_columns_and_rows_and_a_sum(wide):
    table = wide.page.locator(".st-key-smal table")
    assert table.locator("caption").inner_text() == "Avgifter på prov"
    assert table.locator("thead th[scope=col]").count() == 2
    assert table.locator("tbody th[scope=row]").count() == 4
    assert table.locator("tfoot tr").inner_text().split() == ["Summa", "1234656"]


def test_a_name_is_text_whatever_it_says(wide):
    assert HOSTILE in column(wide.page, 1)
    assert wide.page.locator(".st-key-smal img, .st-key-smal strong").count() == 0
    assert wide.page.title() != "hacked"


def test_text_sorts_as_in_swedish_and_a_third_click_gives_the_first_order_back(wide):
    page = wide.page
    given = column(page, 1)
    button = heads(page).nth(0).locator("button")
    button.click()
    assert column(page, 1) == [HOSTILE, "Åre", "Ängelholm", "Östersund"]
    assert heads(page).nth(0).get_attribute("aria-sort") == "ascending"
    button.click()
    assert column(page, 1) == ["Östersund", "Ängelholm", "Åre", HOSTILE]
    button.click()
    assert column(page, 1) == given
    assert heads(page).nth(0).get_attribute("aria-sort") == "none"


def test_figures_sort_by_value_and_a_missing_one_is_last_both_ways(wide):
    page = wide.page
    button = heads(page).nth(1).locator("button")
    button.focus()
    page.keyboard.press("Enter")
    assert column(page, 2) == ["9", "80", "1234567 tak", "saknas"]
    page.keyboard.press("Enter")
    assert column(page, 2) == ["1234567 tak", "80", "9", "saknas"]


def test_sorting_stays_when_the_page_runs_again(wide):
    page = wide.page
    heads(page).nth(1).locator("button").click()
    page.get_by_label("Belopp").fill("2")
    page.keyboard.press("Enter")
    harness.rest(page)
    assert column(page, 2)[0] == "9"


def test_a_wide_table_scrolls_in_a_region_of_its_own_with_the_names_in_sight(narrow):
    region = narrow.page.get_by_role("region", name="Bred tabell")
    assert region.get_attribute("tabindex") == "0"
    region.evaluate("node => node.scrollLeft = 500")
    first = region.locator("tbody th").first.bounding_box()
    assert first["x"] >= 0
    assert harness.sideways(narrow.page) <= 0


def test_a_table_that_fits_is_no_stop_for_the_tab_key(wide):
    assert wide.page.locator(".st-key-smal .sv-tabell[tabindex]").count() == 0


def test_a_chart_has_its_text_swedish_figures_and_no_toolbar(wide):
    page = wide.page
    assert page.get_by_label("Stapeldiagram: B är störst").count() >= 1
    ticks = page.locator(".ytick text").all_text_contents()
    assert "1\u00a0000\u00a0000" in ticks
    assert page.locator(".modebar-btn").count() == 0


def test_streamlit_speaks_swedish_while_one_types(wide):
    field = wide.page.get_by_label("Belopp")
    field.fill("12")
    wide.page.wait_for_timeout(200)
    assert "Tryck på Enter" in wide.page.inner_text("body")
    assert "Press Enter" not in wide.page.inner_text("body")


def test_a_programming_error_is_told_without_its_details(wide):
    said = wide.page.inner_text("body")
    assert guard.PROGRAM_FAULT in said
    assert "secret detail" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_the_parts(look, sample, width):
    assert harness.axe(look("", width, sample).page) == []


def test_the_first_visitor_of_a_process_gets_a_link_in_its_frame(look):
    url = "om?vem=jag"
    with harness.running_app() as fresh:
        page = look(url, 1440, fresh).page
        assert page.locator("[data-testid=stTopNavLink]").count() >= 2
        assert page.evaluate("document.documentElement.lang") == "sv"
        assert page.url == f"{fresh}/{url}"
        assert page.locator("[role=dialog]").count() == 0


def test_an_error_in_a_callback_is_told_in_swedish_too(wide):
    steps.press(wide.page, "Knapp")
    said = wide.page.inner_text("body")
    assert guard.PROGRAM_FAULT in said
    assert "Avgifter på prov" not in said  # the callback stopped the page before it was drawn
    assert "encountered an error" not in said
    assert "secret detail" not in said
