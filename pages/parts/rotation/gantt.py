"""The rotation as a Gantt chart: a row per category, agreed solid, proposals hatched and named."""

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

from analytics.rotation.checks import Finding
from analytics.rotation.loans import CATEGORIES, DAY, Inlan
from pages.parts.widgets import figure_text, theme

DAY_MS = 86_400_000
WIDE = 240  # days of a gap that has room for its word across, also on a phone
HEIGHT = 0.74  # of a category's height, for all its rows together
TINT = {"kommun": "#cfe3f0", "blåljus": "#f9dcc8", "trafik": "#cce6de"}


def draw_gantt(
    plan: Sequence[Inlan], gaps: Sequence[Finding], names: Mapping[str, str], today: date,
    since: date, until: date,
) -> go.Figure:  # fmt: skip
    """Draw *plan* between *since* and *until*; *gaps* are findings of luckor."""
    fig = go.Figure()
    for category in CATEGORIES:
        own = [i for i in plan if i.post == category and i.since <= until and i.until >= since]
        rows = tracks(own)
        for inlan in own:
            row = (rows[inlan], 1 + max(rows.values()))
            for period in inlan.periods:
                first, last = max(period.since, since), min(period.until, until)
                if last >= first:
                    _bar(fig, inlan, period.percent, first, last, names, row)
    for gap in gaps:
        first, last = max(gap.since, since), min(gap.until, until)
        if last < first:
            continue
        fig.add_bar(
            **_status(gap.post, first, last, (0, 1)),
            marker={"color": theme.WHITE, "line": {"color": theme.ATTENTION, "width": 1.5}},
            customdata=[f"{gap.post}: vakant {gap.since}–{gap.until}"],
            hovertemplate="%{customdata}<extra></extra>",
        )
        fig.add_annotation(
            x=str(first + (last - first) / 2), y=gap.post, text="vakant", showarrow=False,
            textangle=0 if (last - first).days > WIDE else -90,
            font={"color": theme.ATTENTION, "size": 12},
        )  # fmt: skip
    fig.update_traces(
        orientation="h", showlegend=False, textposition="inside", insidetextanchor="middle",
        cliponaxis=True,
    )  # fmt: skip
    fig.add_vline(x=str(today), line={"color": theme.INK, "width": 1.5, "dash": "dot"})
    fig.add_annotation(
        x=str(today), y=1, yref="paper", yanchor="bottom", text=f"i dag, {today}", showarrow=False,
        font={"size": 13, "color": theme.INK},
    )  # fmt: skip
    fig.update_xaxes(
        type="date", range=[str(since), str(until + DAY)], tickformat="%b\n%Y", nticks=9,
        minor={"dtick": "M1", "showgrid": True, "gridcolor": "#f0f2f4"}, tickangle=0,
    )  # fmt: skip
    fig.update_yaxes(
        categoryorder="array", categoryarray=list(reversed(CATEGORIES)), showgrid=False
    )
    fig.update_layout(
        barmode="overlay", margin={"t": 32}, uniformtext={"minsize": 11, "mode": "hide"}
    )
    return fig


def tracks(plan: Sequence[Inlan]) -> dict[Inlan, int]:
    """Return a row for each loan, 0 upwards, so that no two of a row are there on the same day."""
    rows: dict[Inlan, int] = {}
    ends: list[date] = []
    for inlan in sorted(plan, key=lambda i: (i.since, i.until, i.id)):
        free = next((n for n, end in enumerate(ends) if end < inlan.since), len(ends))
        ends[free : free + 1] = [inlan.until]
        rows[inlan] = free
    return rows


def _bar(
    fig: go.Figure, inlan: Inlan, percent: int, first: date, last: date, names, row: tuple[int, int]
) -> None:
    proposed = inlan.status == "förslag"
    name = names.get(inlan.party, inlan.party)
    said = figure_text.lines(*two_lines(name.replace(", ", " ")))
    colour = theme.CATEGORY_COLOUR[inlan.post]
    marks = "".join([" (exempel)" * inlan.example, f", {inlan.status}"])
    fig.add_bar(
        **_status(inlan.post, first, last, row),
        text=said,
        marker={
            "color": theme.WHITE if proposed else TINT[inlan.post],
            "line": {"color": colour, "width": 2},
            "pattern": {
                "shape": "/" if proposed else "",
                "fgcolor": TINT[inlan.post],
                "bgcolor": theme.WHITE,
                "size": 8,
            },
        },
        textfont={"color": theme.INK, "size": 13},
        customdata=[
            figure_text.lines(f"{name}{marks}", f"{inlan.since}–{inlan.until}, {percent} %"),
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def two_lines(name: str) -> list[str]:
    """Return a name in one line, or in the two that are the most alike in length."""
    words = name.split()
    if len(words) < 2:
        return [name]
    halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(halves, key=lambda pair: max(map(len, pair))))


def _status(category: str, first: date, last: date, row: tuple[int, int]) -> dict[str, object]:
    """Where a bar stands: row *n* from the top of *of* rows in its category."""
    n, of = row
    height = HEIGHT / of
    return {
        "y": [category],
        "base": [str(first)],
        "x": [((last - first).days + 1) * DAY_MS],
        "width": height,
        "offset": HEIGHT / 2 - (n + 1) * height,
    }
