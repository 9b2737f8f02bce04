"""The tertial as charts: a bullet bar per line, and the year's cumulative line."""

from collections.abc import Callable
from datetime import date

import plotly.graph_objects as go

from analytics.budget import DELAR
from analytics.followup_rows import SLUT, Postlage, Tertiallage
from analytics.followup_words import hela_aret
from analytics.money import whole_kronor
from analytics.swedish import kr
from pages.parts import theme
from pages.parts.figurtext import bold, etikett

Figure = Callable[[Postlage], int | None]  # which figure of a line, in whole kronor
KORT = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def stavar(lage: Tertiallage) -> go.Figure:
    """Per line: the year's budget behind, the outcome in front, a tick where the budget to date
    stands, a diamond at the forecast."""
    names: list[str] = []
    rows: list[Postlage | None] = []
    for part, title in DELAR.items():
        own = [p for p in lage.poster if p.del_ == part]
        if own:
            names += [bold(etikett(title)), *(etikett(p.namn) for p in own)]
            rows += [None, *own]
    fig = go.Figure()
    _staplar(fig, rows, "Budget för året", lambda p: p.budget_ar_kr, theme.GREY_LIGHT, 0.62)
    if lage.bokfort:
        _staplar(fig, rows, "Utfall", lambda p: whole_kronor(p.utfall_ore), theme.ACCENT, 0.3)
    _marken(fig, rows, "Budget hittills", lambda p: p.budget_kr, "line-ns", theme.INK)
    if lage.bokfort:
        _marken(fig, rows, "Prognos för året", lambda p: p.prognos_kr, "diamond", theme.ATTENTION)
    fig.update_layout(
        barmode="overlay", legend={"y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    )
    fig.update_xaxes(rangemode="tozero", title="kronor", nticks=4, tickangle=0)
    fig.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.6]
    )
    fig.layout.height = 150 + 36 * len(names)
    return fig


def _staplar(fig: go.Figure, rows, label: str, field: Figure, colour: str, width: float) -> None:
    fig.add_bar(
        y=list(range(len(rows))),
        x=[_kr(row, field) for row in rows],
        orientation="h",
        width=width,
        name=label,
        marker={"color": colour},
        customdata=[_sagt(row, field) for row in rows],
        hovertemplate="%{customdata[0]}: %{customdata[1]} " + label.lower() + "<extra></extra>",
    )


def _marken(fig: go.Figure, rows, label: str, field: Figure, symbol: str, colour: str) -> None:
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
        customdata=[_sagt(row, field) for _, row in shown],
        hovertemplate="%{customdata[0]}: %{customdata[1]} " + label.lower() + "<extra></extra>",
    )


def _kr(row: Postlage | None, field: Figure) -> int | None:
    return None if row is None else field(row)


def _sagt(row: Postlage | None, field: Figure) -> tuple[str, str]:
    return ("", "") if row is None else (row.namn, kr(_kr(row, field)))


def linje(lage: Tertiallage) -> go.Figure:
    """Budget, outcome and forecast through the year, added up, with the tertials marked."""
    ends = [date(lage.ar, 1, 1), *(date(lage.ar, *end) for end in SLUT)]
    planned = [sum(sum(p.tertial_kr[:tertial]) for p in lage.poster) for tertial in range(4)]
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
    booked = _utfallet(lage)
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
    end = lage.summa.prognos_kr
    if end is not None and not hela_aret(lage):
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
            text=bold(f"T{number}") if number == lage.tertial else f"T{number}",
            font={"size": 14, "color": theme.INK},
        )  # fmt: skip
    months = [date(lage.ar, month, 15) for month in range(1, 13)]
    fig.update_xaxes(
        range=[str(ends[0]), str(date(lage.ar + 1, 1, 8))],
        tickvals=[str(day) for day in months[::2]],
        ticktext=list(KORT[::2]),
        tickangle=0,
        showgrid=False,
    )
    fig.update_yaxes(rangemode="tozero", title="kronor, ackumulerat", nticks=5)
    fig.update_layout(margin={"t": 30}, legend={"y": -0.16})
    return fig


def _utfallet(lage: Tertiallage) -> list[tuple[date, int]]:
    """The outcome at the end of each booked month."""
    points, total = [(date(lage.ar, 1, 1), 0)], 0
    for month, ore in enumerate(lage.manader_ore, 1):
        total += ore
        after = date(lage.ar + month // 12, month % 12 + 1, 1)
        points.append((date.fromordinal(after.toordinal() - 1), whole_kronor(total)))
    return points
