"""A map of the kommuner: kronor per inhabitant, or the change from the year before.

Polygons drawn by Plotly; nothing is fetched.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from analytics.fees.payments import Fee, FeeResult
from analytics.reference import borders as reference_borders
from analytics.swedish import decimal, kr, percent
from pages.parts.widgets import theme

# five steps from light to dark petrol; the darkest is the accent
STEP = ("#dceaed", "#b3d1d7", "#7fb0ba", "#43838f", theme.ACCENT)
PER_INHABITANT, CHANGE = "Kr per invånare", "Ändring från året före"
Text = Callable[[Fraction], str]


def show(parties: Sequence[Fee], before: FeeResult | None) -> None:
    """Draw the map. *before* is the year before; None where there is none."""
    rates = {p.party: Fraction(p.fee_kr, p.count.count) for p in parties}
    level = len({decimal(rate, 3) for rate in rates.values()}) == 1
    choice = PER_INHABITANT
    if before is not None:
        choice = st.segmented_control(
            "Kartan visar",
            [PER_INHABITANT, CHANGE],
            default=CHANGE if level else PER_INHABITANT,
            key="karta_visar",
            required=True,
        )
    if choice == PER_INHABITANT:
        _kommun_map(parties, rates, lambda v: f"{decimal(v, 3)} kr", "Kr per invånare")
        return
    fees_before = {p.party: p.fee_kr for p in before.parties if p.fee_kr}
    change = {
        p.party: Fraction(p.fee_kr, fees_before[p.party]) - 1
        for p in parties
        if p.party in fees_before
    }
    _kommun_map(parties, change, lambda v: percent(v, 1), f"Ändring från {before.year}")


def _kommun_map(
    parties: Sequence[Fee], values: Mapping[str, Fraction], text: Text, what: str
) -> None:
    borders = reference_borders.kommun_borders(frozenset(values))
    drawn = sorted((p for p in parties if p.party in borders), key=lambda p: values[p.party])
    if not drawn:
        return
    low, high = values[drawn[0].party], values[drawn[-1].party]
    steps = len(STEP) if text(low) != text(high) else 1
    width = (high - low) / steps
    per_step: dict[int, list[Fee]] = {}
    for p in drawn:
        step = min(int((values[p.party] - low) / width), steps - 1) if width else 0
        per_step.setdefault(step, []).append(p)
    fig = go.Figure()
    for step, members in per_step.items():
        # one line for all in a step: a trace per kommun would take as long as the whole page
        x, y = _line([ring for p in members for ring in borders[p.party]])
        fig.add_scatter(
            x=x,
            y=y,
            fill="toself",
            mode="lines",
            fillcolor=STEP[step] if steps > 1 else STEP[2],
            line={"color": theme.WHITE, "width": 1},
            name=text(low)
            if steps == 1
            else f"{text(low + step * width)} till {text(low + (step + 1) * width)}",
            hoverinfo="skip",
        )
    middle = [_middle(borders[p.party]) for p in drawn]
    fig.add_scatter(
        x=[x for x, _ in middle],
        y=[y for _, y in middle],
        mode="markers",
        marker={"size": 22, "opacity": 0},
        text=[f"{p.name}: {text(values[p.party])}, avgift {kr(p.fee_kr)}" for p in drawn],
        hoverinfo="text",
        showlegend=False,
    )
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False, scaleanchor="x", scaleratio=1)
    finding = f"{what}: {text(low)} för alla kommuner"
    if steps > 1:
        finding = f"{what}: från {text(low)} i {drawn[0].name} till {text(high)} i {drawn[-1].name}"
    theme.show_chart(
        fig,
        f"Karta över kommunerna. {finding}. Avgifterna står i tabellen ovanför.",
        heading=finding,
        key="karta",
        height=620,
    )


def _line(rings: Sequence[reference_borders.Ring]) -> tuple[np.ndarray, np.ndarray]:
    """The rings as one line that lifts the pen between them."""
    gap = np.full((1, 2), np.nan)
    line = np.concatenate([piece for ring in rings for piece in (ring, gap)])[:-1]
    return line[:, 0], line[:, 1]


def _middle(rings: Sequence[reference_borders.Ring]) -> tuple[float, float]:
    """A point in the middle of the longest ring, where the pointer finds the kommun."""
    x, y = max(rings, key=len).mean(axis=0)
    return round(float(x), 4), round(float(y), 4)
