"""The look of every chart: one Plotly template, one set of colours, one way to show a figure.

The colours of the interface itself are in .streamlit/config.toml; ACCENT is the same there.
Contrast on white: ACCENT 8,4; GREY 5,9; ATTENTION 5,9; the category colours at least 3,8, which is
enough for marks but not for text. A category is never told by colour alone: add a label. The
*_LIGHT colours are for grounds and lines that carry no meaning.
"""

import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st

from analytics.swedish import escape_markdown
from pages.parts.widgets import figure_text

ACCENT = "#0b5563"
ACCENT_LIGHT = "#9cc3cb"
GREY = "#5b6670"
GREY_LIGHT = "#c9d0d6"
INK = "#16202a"
ATTENTION = "#8a5a00"
WHITE = "#ffffff"

CATEGORY_COLOUR = {"kommun": "#0072b2", "blåljus": "#d55e00", "trafik": "#00835f"}

NBSP = "\u00a0"
SEPARATORS = "," + NBSP  # decimal comma, no-break space between thousands
FONT = '"Source Sans", "Source Sans 3", sans-serif'

AXIS = {
    "gridcolor": "#e6e9ec",
    "linecolor": GREY_LIGHT,
    "zerolinecolor": GREY,
    "zerolinewidth": 1,
    "tickfont": {"size": 14, "color": INK},
    "title": {"font": {"size": 14, "color": GREY}, "standoff": 12},
    "exponentformat": "none",
    "separatethousands": True,
    "automargin": True,
    "fixedrange": True,
}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "colorway": [ACCENT, GREY, ATTENTION, *CATEGORY_COLOUR.values()],
        "separators": SEPARATORS,
        "margin": {"l": 8, "r": 16, "t": 16, "b": 8},
        "xaxis": AXIS,
        "yaxis": AXIS,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": -0.12,
            "yanchor": "top",
            "title": {"text": ""},
            "font": {"size": 14},
        },
        "hoverlabel": {
            "font": {"family": FONT, "size": 14, "color": INK},
            "bgcolor": WHITE,
            "bordercolor": GREY,
            "namelength": -1,
        },
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.25,
    },
    data={
        "scatter": [{"marker": {"size": 9}}],
        "waterfall": [
            {
                "increasing": {"marker": {"color": ACCENT}},
                "decreasing": {"marker": {"color": ATTENTION}},
                "totals": {"marker": {"color": GREY}},
                "connector": {"line": {"color": GREY_LIGHT, "width": 1}},
            }
        ],
    },
)
pio.templates["samverkan"] = TEMPLATE
pio.templates.default = "samverkan"

MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
DAYS = "söndag måndag tisdag onsdag torsdag fredag lördag".split()
SWEDISH = {
    "dictionary": {},
    "format": {
        "days": DAYS,
        "shortDays": [day[:3] for day in DAYS],
        "months": MONTHS,
        "shortMonths": [month[:3] for month in MONTHS],
        "date": "%Y-%m-%d",
        "decimal": ",",
        "thousands": NBSP,
    },
}
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showTips": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    "locale": "sv",
    "locales": {"sv": SWEDISH},
}


def show_chart(
    fig: go.Figure, alt: str, *, key: str, heading: str | None = None, height: int | None = None
) -> None:
    """Show a figure in the template, as wide as its place.

    alt: what the chart shows, in one or two Swedish sentences with the finding and its main
        figures. A screen reader says it, so it may not be empty. The figures themselves belong in a
        table on the same page.
    key: the figure's own name on the page; keeps it in place when its data change.
    heading: the finding, shown as a heading above. None when a heading on the page says it already.
    height: pixels; None takes the figure's own height, else 420.

    Raises ValueError for an empty alt, and for a title inside the figure: it is cut off at 390 px,
    where a heading wraps. Both are programming errors.
    """
    if not alt.strip():
        raise ValueError(f"The chart {key!r} has no alt text")
    if fig.layout.title.text:
        raise ValueError(f"The chart {key!r} has a title of its own: give it as rubrik")
    if heading:
        st.subheader(escape_markdown(heading), anchor=False)
    # the template is the default one: every figure has had it since it was made
    figure_text.as_written(fig)
    fig.layout.height = height or fig.layout.height or 420
    st.plotly_chart(fig, width="stretch", theme=None, key=key, config=dict(CONFIG), alt=alt)
