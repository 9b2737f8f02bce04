"""A map of the kommuner: kronor per inhabitant, or the change from the year before.

Polygons drawn by Plotly; nothing is fetched.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from analytics import granser
from analytics.fees import Avgift, Resultat
from analytics.swedish import decimal, kr, procent
from pages.parts import theme

# five steps from light to dark petrol; the darkest is the accent
STEG = ("#dceaed", "#b3d1d7", "#7fb0ba", "#43838f", theme.ACCENT)
PER_INVANARE, ANDRING = "Kr per invånare", "Ändring från året före"
Text = Callable[[Fraction], str]


def visa(parties: Sequence[Avgift], fore: Resultat | None) -> None:
    """Draw the map. *fore* is the year before; None where there is none."""
    rates = {p.part: Fraction(p.avgift_kr, p.antal.antal) for p in parties}
    level = len({decimal(rate, 3) for rate in rates.values()}) == 1
    choice = PER_INVANARE
    if fore is not None:
        choice = st.segmented_control(
            "Kartan visar",
            [PER_INVANARE, ANDRING],
            default=ANDRING if level else PER_INVANARE,
            key="karta_visar",
            required=True,
        )
    if choice == PER_INVANARE:
        _karta(parties, rates, lambda v: f"{decimal(v, 3)} kr", "Kr per invånare")
        return
    before = {p.part: p.avgift_kr for p in fore.parter if p.avgift_kr}
    change = {
        p.part: Fraction(p.avgift_kr, before[p.part]) - 1 for p in parties if p.part in before
    }
    _karta(parties, change, lambda v: procent(v, 1), f"Ändring från {fore.year}")


def _karta(
    parties: Sequence[Avgift], values: Mapping[str, Fraction], text: Text, what: str
) -> None:
    borders = granser.kommuner(frozenset(values))
    drawn = sorted((p for p in parties if p.part in borders), key=lambda p: values[p.part])
    if not drawn:
        return
    low, high = values[drawn[0].part], values[drawn[-1].part]
    steps = len(STEG) if text(low) != text(high) else 1
    width = (high - low) / steps
    per_step: dict[int, list[Avgift]] = {}
    for p in drawn:
        step = min(int((values[p.part] - low) / width), steps - 1) if width else 0
        per_step.setdefault(step, []).append(p)
    fig = go.Figure()
    for step, members in per_step.items():
        # one line for all in a step: a trace per kommun would take as long as the whole page
        x, y = _linje([ring for p in members for ring in borders[p.part]])
        fig.add_scatter(
            x=x,
            y=y,
            fill="toself",
            mode="lines",
            fillcolor=STEG[step] if steps > 1 else STEG[2],
            line={"color": theme.WHITE, "width": 1},
            name=text(low)
            if steps == 1
            else f"{text(low + step * width)} till {text(low + (step + 1) * width)}",
            hoverinfo="skip",
        )
    middle = [_mitt(borders[p.part]) for p in drawn]
    fig.add_scatter(
        x=[x for x, _ in middle],
        y=[y for _, y in middle],
        mode="markers",
        marker={"size": 22, "opacity": 0},
        text=[f"{p.namn}: {text(values[p.part])}, avgift {kr(p.avgift_kr)}" for p in drawn],
        hoverinfo="text",
        showlegend=False,
    )
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False, scaleanchor="x", scaleratio=1)
    finding = f"{what}: {text(low)} för alla kommuner"
    if steps > 1:
        finding = f"{what}: från {text(low)} i {drawn[0].namn} till {text(high)} i {drawn[-1].namn}"
    theme.diagram(
        fig,
        f"Karta över kommunerna. {finding}. Avgifterna står i tabellen ovanför.",
        rubrik=finding,
        key="karta",
        height=620,
    )


def _linje(rings: Sequence[granser.Ring]) -> tuple[np.ndarray, np.ndarray]:
    """The rings as one line that lifts the pen between them."""
    gap = np.full((1, 2), np.nan)
    line = np.concatenate([part for ring in rings for part in (ring, gap)])[:-1]
    return line[:, 0], line[:, 1]


def _mitt(rings: Sequence[granser.Ring]) -> tuple[float, float]:
    """A point in the middle of the longest ring, where the pointer finds the kommun."""
    x, y = max(rings, key=len).mean(axis=0)
    return round(float(x), 4), round(float(y), 4)
