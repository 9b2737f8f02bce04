"""The charts of the term of office."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analytics.swedish import sort_key
from analytics.term import Utfall
from pages.parts import theme

STIL = (
    (theme.GREY, "solid", "circle"),
    (theme.ATTENTION, "dash", "diamond"),
    (theme.ACCENT, "solid", "square"),
    (theme.CATEGORY_COLOUR["kommun"], "dot", "triangle-up"),
    (theme.CATEGORY_COLOUR["trafik"], "dashdot", "x"),
)
KOLUMNER = 4


def ramar(outcomes: Sequence[Utfall]) -> go.Figure:
    """Each option's frame by year; a ring is what the parties pay where that is less."""
    fig = go.Figure()
    for outcome, (colour, dash, symbol) in zip(outcomes, STIL, strict=False):
        years = [str(year.year) for year in outcome.ar]
        fig.add_scatter(
            x=years,
            y=[year.ram_kr for year in outcome.ar],
            mode="lines+markers",
            name=f"{outcome.alternativ.namn}: ram",
            line={"color": colour, "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 9},
            hovertemplate="%{x}: ram %{y:,.0f} kr<extra></extra>",
        )
        if any(year.resultat.ofinansierat_kr > 0 for year in outcome.ar):
            fig.add_scatter(
                x=years,
                y=[year.resultat.finansierat_kr for year in outcome.ar],
                mode="markers",
                name=f"{outcome.alternativ.namn}: det parterna betalar",
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


def hojd(outcomes: Sequence[Utfall]) -> int:
    rows = -(-len(outcomes[0].ar[0].resultat.parter) // KOLUMNER)
    return 120 * rows + 80


def sma(outcomes: Sequence[Utfall], this_year: int, before: Mapping[str, int]) -> go.Figure:
    """One small chart per party: today's fee and every option's by year, each on its own scale."""
    names = {p.part: p.namn for o in outcomes for y in o.ar for p in y.resultat.parter}
    parts = sorted(names, key=lambda part: sort_key(names[part]))
    rows = -(-len(parts) // KOLUMNER)
    fig = make_subplots(
        rows=rows,
        cols=KOLUMNER,
        subplot_titles=[_kort(names[part]) for part in parts],
        vertical_spacing=0.35 / rows,
        horizontal_spacing=0.04,
    )
    for place, part in enumerate(parts):
        row, column = place // KOLUMNER + 1, place % KOLUMNER + 1
        for outcome, (colour, dash, _) in zip(outcomes, STIL, strict=False):
            fees = [
                sum(p.avgift_kr for p in year.resultat.parter if p.part == part)
                for year in outcome.ar
            ]
            fig.add_scatter(
                x=[this_year, *(year.year for year in outcome.ar)],
                y=[before.get(part), *fees],
                mode="lines",
                name=outcome.alternativ.namn,
                line={"color": colour, "dash": dash, "width": 1.5},
                showlegend=place == 0,
                legendgroup=outcome.alternativ.namn,
                customdata=[names[part]] * (len(fees) + 1),
                hovertemplate="%{customdata} %{x}: %{y:,.0f} kr<extra></extra>",
                row=row,
                col=column,
            )
    fig.update_xaxes(showticklabels=False, showgrid=False)
    fig.update_yaxes(showticklabels=False, nticks=3)
    fig.update_annotations(font_size=12, xanchor="center")
    fig.update_layout(margin={"t": 30}, legend={"y": -0.02})
    return fig


def _kort(name: str) -> str:
    return name if len(name) <= 16 else name[:15] + "…"
