"""The charts of the term of office."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analytics.swedish import sort_key
from analytics.term.options import OptionOutcome
from pages.parts.widgets import theme

STYLE = (
    (theme.GREY, "solid", "circle"),
    (theme.ATTENTION, "dash", "diamond"),
    (theme.ACCENT, "solid", "square"),
    (theme.CATEGORY_COLOUR["kommun"], "dot", "triangle-up"),
    (theme.CATEGORY_COLOUR["trafik"], "dashdot", "x"),
)
COLUMNS = 4


def frames(outcomes: Sequence[OptionOutcome]) -> go.Figure:
    """Each option's frame by year; a ring is what the parties pay where that is less."""
    fig = go.Figure()
    for outcome, (colour, dash, symbol) in zip(outcomes, STYLE, strict=False):
        years = [str(year.year) for year in outcome.year]
        fig.add_scatter(
            x=years,
            y=[year.frame_kr for year in outcome.year],
            mode="lines+markers",
            name=f"{outcome.option.name}: ram",
            line={"color": colour, "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 9},
            hovertemplate="%{x}: ram %{y:,.0f} kr<extra></extra>",
        )
        if any(year.result.unfunded_kr > 0 for year in outcome.year):
            fig.add_scatter(
                x=years,
                y=[year.result.financed_kr for year in outcome.year],
                mode="markers",
                name=f"{outcome.option.name}: det parterna betalar",
                marker={
                    "symbol": f"{symbol}-open",
                    "size": 11,
                    "color": colour,
                    "line": {"width": 2},
                },
                hovertemplate="%{x}: parterna betalar %{y:,.0f} kr<extra></extra>",
            )
    fig.update_xaxes(type="category")
    fig.update_yaxes(title="kronor per år", rangemode="tozero", nticks=6)
    return fig


def height(outcomes: Sequence[OptionOutcome]) -> int:
    rows = -(-len(outcomes[0].year[0].result.parties) // COLUMNS)
    return 120 * rows + 80


def small_multiples(
    outcomes: Sequence[OptionOutcome], this_year: int, before: Mapping[str, int]
) -> go.Figure:
    """One small chart per party: today's fee and every option's by year, each on its own scale."""
    names = {p.party: p.name for o in outcomes for y in o.year for p in y.result.parties}
    parties = sorted(names, key=lambda party: sort_key(names[party]))
    rows = -(-len(parties) // COLUMNS)
    fig = make_subplots(
        rows=rows,
        cols=COLUMNS,
        subplot_titles=[_short(names[party]) for party in parties],
        vertical_spacing=0.35 / rows,
        horizontal_spacing=0.04,
    )
    for place, party in enumerate(parties):
        row, column = place // COLUMNS + 1, place % COLUMNS + 1
        for outcome, (colour, dash, _) in zip(outcomes, STYLE, strict=False):
            fees = [
                sum(p.fee_kr for p in year.result.parties if p.party == party)
                for year in outcome.year
            ]
            fig.add_scatter(
                x=[this_year, *(year.year for year in outcome.year)],
                y=[before.get(party), *fees],
                mode="lines",
                name=outcome.option.name,
                line={"color": colour, "dash": dash, "width": 1.5},
                showlegend=place == 0,
                legendgroup=outcome.option.name,
                customdata=[names[party]] * (len(fees) + 1),
                hovertemplate="%{customdata} %{x}: %{y:,.0f} kr<extra></extra>",
                row=row,
                col=column,
            )
    fig.update_xaxes(showticklabels=False, showgrid=False)
    fig.update_yaxes(showticklabels=False, nticks=3)
    fig.update_annotations(font_size=12, xanchor="center")
    fig.update_layout(margin={"t": 30}, legend={"y": -0.02})
    return fig


def _short(name: str) -> str:
    return name if len(name) <= 16 else name[:15] + "…"
