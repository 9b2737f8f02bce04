"""Charts of fees. Kommuner in kronor per inhabitant, so that Stockholm hides nobody."""

from collections.abc import Sequence
from fractions import Fraction

import plotly.graph_objects as go

from analytics.fees.payments import Fee
from analytics.swedish import decimal, kr
from pages.parts.widgets import theme


def per_inhabitant(parties: Sequence[Fee], clause: str | None, own: str = "") -> go.Figure:
    """One dot per kommun, sorted; a tick where its ceiling stands, in kronor per inhabitant.

    The ceiling (*clause*) is counted on another date than the fee, so it is not the same for all.
    """
    ordered = sorted(parties, key=lambda p: Fraction(p.fee_kr, p.count.count))
    names = [p.name for p in ordered]
    fees = [Fraction(p.fee_kr, p.count.count) for p in ordered]
    fig = go.Figure()
    ceilings = [
        (p.name, Fraction(p.ceiling_kr, p.count.count)) for p in ordered if p.ceiling_kr is not None
    ]
    if ceilings:
        fig.add_scatter(
            x=[float(c) for _, c in ceilings],
            y=[name for name, _ in ceilings],
            mode="markers",
            name=f"Taket ({clause})",
            marker={
                "symbol": "line-ns",
                "size": 14,
                "line": {"width": 2, "color": theme.ATTENTION},
            },
            customdata=[decimal(c, 4) for _, c in ceilings],
            hovertemplate="%{y}: taket %{customdata} kr per invånare<extra></extra>",
        )
    for held, label, symbol, colour in (
        (False, "Avgift", "circle", theme.ACCENT),
        (True, "Avgift vid taket", "diamond", theme.ATTENTION),
    ):
        chosen = [(p, fee) for p, fee in zip(ordered, fees, strict=True) if p.at_ceiling is held]
        if chosen:
            fig.add_scatter(
                x=[float(fee) for _, fee in chosen],
                y=[p.name for p, _ in chosen],
                mode="markers",
                name=label,
                marker={
                    "symbol": symbol,
                    "color": colour,
                    "size": [15 if p.party == own else 10 for p, _ in chosen],
                },
                customdata=[(decimal(fee, 4), kr(p.fee_kr)) for p, fee in chosen],
                hovertemplate="%{y}: %{customdata[0]} kr per invånare, %{customdata[1]}"
                "<extra></extra>",
            )
    fig.update_yaxes(categoryorder="array", categoryarray=names, showgrid=True)
    fig.update_xaxes(title="kr per invånare och år", tickformat=".3f")
    return fig


def bars(parties: Sequence[Fee], own: str = "") -> go.Figure:
    """One bar per party in kronor, sorted."""
    ordered = sorted(parties, key=lambda p: (p.fee_kr, p.name))
    fig = go.Figure(
        go.Bar(
            x=[p.fee_kr for p in ordered],
            y=[p.name for p in ordered],
            orientation="h",
            marker={
                "color": [
                    theme.ACCENT if p.party == own or not own else theme.ACCENT_LIGHT
                    for p in ordered
                ]
            },
            text=[kr(p.fee_kr) for p in ordered],
            textposition="auto",
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.update_xaxes(rangemode="tozero", title="kronor", nticks=5)
    return fig
