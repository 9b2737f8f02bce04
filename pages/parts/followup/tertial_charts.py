"""The tertial as charts: a bullet bar per line, and the year's cumulative line."""

from collections.abc import Callable
from datetime import date

import plotly.graph_objects as go

from analytics.budget.lines import PARTS
from analytics.followup.figures import END, LineStatus, TertialStatus
from analytics.followup.wording import whole_year
from analytics.money import whole_kronor
from analytics.swedish import kr
from pages.parts.widgets import theme
from pages.parts.widgets.figure_text import bold, label_text

Figure = Callable[[LineStatus], int | None]  # which figure of a line, in whole kronor
SHORT = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def bars(status: TertialStatus) -> go.Figure:
    """Per line: the year's budget behind, the outcome in front, a tick where the budget to date
    stands, a diamond at the forecast."""
    names: list[str] = []
    rows: list[LineStatus | None] = []
    for part, title in PARTS.items():
        own = [p for p in status.lines if p.part_of_frame == part]
        if own:
            names += [bold(label_text(title)), *(label_text(p.name) for p in own)]
            rows += [None, *own]
    fig = go.Figure()
    _bars(fig, rows, "Budget för året", lambda p: p.budget_year_kr, theme.GREY_LIGHT, 0.62)
    if status.booked:
        _bars(fig, rows, "Utfall", lambda p: whole_kronor(p.outcome_ore), theme.ACCENT, 0.3)
    _marks(fig, rows, "Budget hittills", lambda p: p.budget_kr, "line-ns", theme.INK)
    if status.booked:
        _marks(fig, rows, "Prognos för året", lambda p: p.forecast_kr, "diamond", theme.ATTENTION)
    fig.update_layout(
        barmode="overlay", legend={"y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    )
    fig.update_xaxes(rangemode="tozero", title="kronor", nticks=4, tickangle=0)
    fig.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.6]
    )
    fig.layout.height = 150 + 36 * len(names)
    return fig


def _bars(fig: go.Figure, rows, label: str, field: Figure, colour: str, width: float) -> None:
    fig.add_bar(
        y=list(range(len(rows))),
        x=[_kr(row, field) for row in rows],
        orientation="h",
        width=width,
        name=label,
        marker={"color": colour},
        customdata=[_told(row, field) for row in rows],
        hovertemplate="%{customdata[0]}: %{customdata[1]} " + label.lower() + "<extra></extra>",
    )


def _marks(fig: go.Figure, rows, label: str, field: Figure, symbol: str, colour: str) -> None:
    shown = [(n, row) for n, row in enumerate(rows) if row is not None]
    tick = symbol == "line-ns"
    fig.add_scatter(
        y=[n for n, _ in shown],
        x=[_kr(row, field) for _, row in shown],
        mode="markers",
        name=label,
        marker={
            "symbol": symbol,
            "size": 22 if tick else 11,
            "color": colour,
            "line": {"width": 2.5 if tick else 1, "color": colour if tick else theme.WHITE},
        },
        customdata=[_told(row, field) for _, row in shown],
        hovertemplate="%{customdata[0]}: %{customdata[1]} " + label.lower() + "<extra></extra>",
    )


def _kr(row: LineStatus | None, field: Figure) -> int | None:
    return None if row is None else field(row)


def _told(row: LineStatus | None, field: Figure) -> tuple[str, str]:
    return ("", "") if row is None else (row.name, kr(_kr(row, field)))


def line(status: TertialStatus) -> go.Figure:
    """Budget, outcome and forecast through the year, added up, with the tertials marked."""
    ends = [date(status.year, 1, 1), *(date(status.year, *end) for end in END)]
    planned = [sum(sum(p.tertial_kr[:tertial]) for p in status.lines) for tertial in range(4)]
    fig = go.Figure()
    fig.add_scatter(
        x=ends,
        y=planned,
        mode="lines",
        name="Budget",
        line={"color": theme.GREY, "width": 2, "dash": "dash"},
        customdata=[kr(value) for value in planned],
        hovertemplate="%{x|%Y-%m-%d}: budget %{customdata}<extra></extra>",
    )
    booked = _outcome_points(status)
    fig.add_scatter(
        x=[day for day, _ in booked],
        y=[amount for _, amount in booked],
        mode="lines+markers",
        name="Utfall",
        line={"color": theme.ACCENT, "width": 3},
        marker={"size": 7},
        customdata=[kr(amount) for _, amount in booked],
        hovertemplate="%{x|%Y-%m-%d}: utfall %{customdata}<extra></extra>",
    )
    end = status.total.forecast_kr
    if end is not None and not whole_year(status):
        fig.add_scatter(
            x=[booked[-1][0], ends[-1]],
            y=[booked[-1][1], end],
            mode="lines+markers",
            name="Prognos",
            line={"color": theme.ATTENTION, "width": 2, "dash": "dot"},
            marker={"symbol": "diamond", "size": [0, 11], "opacity": 1},
            customdata=[kr(booked[-1][1]), kr(end)],
            hovertemplate="%{x|%Y-%m-%d}: prognos %{customdata}<extra></extra>",
        )
    for number, day in enumerate(ends[1:], 1):
        fig.add_vline(x=str(day), line={"color": theme.GREY_LIGHT, "width": 1})
        fig.add_annotation(
            x=str(day), y=1, yref="paper", yanchor="bottom", xanchor="right", showarrow=False,
            text=bold(f"T{number}") if number == status.tertial else f"T{number}",
            font={"size": 14, "color": theme.INK},
        )  # fmt: skip
    months = [date(status.year, month, 15) for month in range(1, 13)]
    fig.update_xaxes(
        range=[str(ends[0]), str(date(status.year + 1, 1, 8))],
        tickvals=[str(day) for day in months[::2]],
        ticktext=list(SHORT[::2]),
        tickangle=0,
        showgrid=False,
    )
    fig.update_yaxes(rangemode="tozero", title="kronor, ackumulerat", nticks=5)
    fig.update_layout(margin={"t": 30}, legend={"y": -0.16})
    return fig


def _outcome_points(status: TertialStatus) -> list[tuple[date, int]]:
    """The outcome at the end of each booked month."""
    points, total = [(date(status.year, 1, 1), 0)], 0
    for month, ore in enumerate(status.months_ore, 1):
        total += ore
        after = date(status.year + month // 12, month % 12 + 1, 1)
        points.append((date.fromordinal(after.toordinal() - 1), whole_kronor(total)))
    return points
