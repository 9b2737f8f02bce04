"""Charts: an alt text always, Swedish figures, contrast that can be seen."""

import tomllib

import plotly.graph_objects as go
import pytest

from pages.parts.frame.navigation import ROOT
from pages.parts.widgets import figure_text, theme


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str) -> float:
    """Contrast on white, as WCAG 2.1 counts it."""
    return 1.05 / (luminance(colour) + 0.05)


def test_a_chart_without_words_is_refused():
    with pytest.raises(ValueError, match="alt"):
        theme.show_chart(go.Figure(), " ", key="k")


def test_a_title_inside_the_figure_is_refused():
    with pytest.raises(ValueError, match="rubrik"):
        theme.show_chart(go.Figure(layout={"title": "Avgift"}), "Avgifter.", key="k")


@pytest.mark.parametrize("colour", [theme.ACCENT, theme.GREY, theme.ATTENTION, theme.INK])
def test_colours_of_text_can_be_read_on_white(colour):
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("colour", theme.CATEGORY_COLOUR.values())
def test_colours_of_marks_can_be_seen_on_white(colour):
    assert contrast(colour) >= 3


def test_the_accent_is_one_colour_in_charts_and_in_the_interface():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
    assert config["theme"]["primaryColor"] == theme.ACCENT


def test_a_figure_shows_every_text_as_it_is_written():
    name = '<b>fet</b> & <a href="x">'
    shown = '&lt;b&gt;fet&lt;/b&gt; &amp; &lt;a href="x"&gt;'
    fig = go.Figure()
    fig.add_bar(x=[1], y=[name], name=name, text=[name], customdata=[[name, 1]],
                hovertemplate="%{customdata[0]}<extra></extra>")  # fmt: skip
    fig.add_annotation(text=figure_text.bold(name))
    fig.update_yaxes(tickvals=[0], ticktext=[figure_text.lines(name, "två")], title=name)
    fig.update_layout(legend={"title": {"text": name}})
    figure_text.as_written(fig)
    (bar,) = fig.data
    assert [bar.name, bar.y[0], bar.text[0], bar.customdata[0][0]] == [shown] * 4
    assert bar.hovertemplate == "%{customdata[0]}<extra></extra>"
    assert fig.layout.annotations[0].text == f"<b>{shown}</b>"
    assert list(fig.layout.yaxis.ticktext) == [f"{shown}<br>två"]
    assert fig.layout.yaxis.title.text == fig.layout.legend.title.text == shown


def test_a_figure_without_markup_is_left_alone():
    fig = go.Figure(go.Bar(x=[1, 2], y=["Åre", "Östersund"]))
    before = fig.to_json()
    figure_text.as_written(fig)
    assert fig.to_json() == before
