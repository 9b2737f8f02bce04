"""Charts: an alt text always, Swedish figures, contrast that can be seen."""

import tomllib

import plotly.graph_objects as go
import pytest

from pages.parts import theme
from pages.parts.nav import ROOT


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str) -> float:
    """Contrast on white, as WCAG 2.1 counts it."""
    return 1.05 / (luminance(colour) + 0.05)


def test_a_chart_without_words_is_refused():
    with pytest.raises(ValueError, match="alt"):
        theme.diagram(go.Figure(), " ", key="k")


def test_a_title_inside_the_figure_is_refused():
    with pytest.raises(ValueError, match="rubrik"):
        theme.diagram(go.Figure(layout={"title": "Avgift"}), "Avgifter.", key="k")


@pytest.mark.parametrize("colour", [theme.ACCENT, theme.GREY, theme.ATTENTION, theme.INK])
def test_colours_of_text_can_be_read_on_white(colour):
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("colour", theme.CATEGORY_COLOUR.values())
def test_colours_of_marks_can_be_seen_on_white(colour):
    assert contrast(colour) >= 3


def test_the_accent_is_one_colour_in_charts_and_in_the_interface():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
    assert config["theme"]["primaryColor"] == theme.ACCENT
