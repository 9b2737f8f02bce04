"""The chart of Fakturaunderlag: the frame, the invoices and the used means on one scale."""

from collections.abc import Mapping

import plotly.graph_objects as go

from analytics.invoice import OMGANG, Grund
from analytics.invoice_run import Anvant, Forslag
from analytics.invoice_store import Korning
from analytics.swedish import kr
from pages.parts import figurtext, theme

KORT = {1: "Första", 2: "Andra"}
RADER = ("Ramen", "Fakturor", "Upparbetat")
FYLLD = {"color": theme.ACCENT, "line": {"color": theme.WHITE, "width": 1}}
FORESLAGEN = {
    "color": theme.ACCENT_LIGHT,
    "pattern": {
        "shape": "/",
        "fgcolor": theme.WHITE,
        "bgcolor": theme.ACCENT_LIGHT,
        "size": 12,
        "solidity": 0.12,
    },
    "line": {"color": theme.ACCENT, "width": 1},
}
GRA = {"color": theme.GREY, "line": {"color": theme.WHITE, "width": 1}}
TOM = {"color": theme.WHITE, "line": {"color": theme.ATTENTION, "width": 1.5}}


def figur(
    basis: Grund, standing: Mapping[int, Korning], made: Forslag | None, used: Anvant
) -> go.Figure:
    """Three bars from zero: fees and what is unfunded, the invoices, the used means by tertial.

    What is issued is filled, what is proposed is striped, what is given back is an empty frame.
    """
    fig = go.Figure()
    _del(fig, 0, 0, basis.finansierat_kr, "Avgifter", FYLLD)
    if basis.ofinansierat_kr > 0:
        _del(fig, 0, basis.finansierat_kr, basis.ofinansierat_kr, "Ofinansierat", TOM)
    start, sums = 0, _fakturor(standing, made)
    back = -min(sums.get(3, 0), 0)
    for step in (1, 2):
        if step in sums:
            shown = sums[step] - (back if step == 2 else 0)
            look = FYLLD if step in standing else FORESLAGEN
            name = KORT[step] + ("" if step in standing else " (förslag)")
            _del(fig, 1, start, shown, name, look, sums[step])
            start += shown
    if back:
        _del(fig, 1, start, back, "Tillbaka", TOM)
    before = 0
    for tertial, amount in used.items():
        if amount is not None:
            shade = {**GRA, "opacity": 1 - 0.22 * (tertial - 1)}
            _del(fig, 2, before, amount - before, f"Tertial {tertial}", shade)
            before = amount
    if not before:
        fig.add_annotation(
            x=0, y=RADER[2], text="inget tertial är klarmarkerat", showarrow=False, xanchor="left",
            font={"color": theme.GREY},
        )  # fmt: skip
    fig.update_layout(
        barmode="overlay",
        showlegend=False,
        uniformtext={"minsize": 12, "mode": "hide"},
        bargap=0.35,
    )
    fig.update_yaxes(categoryorder="array", categoryarray=RADER[::-1], ticklabelstandoff=8)
    fig.update_xaxes(title="kronor", rangemode="tozero", nticks=5)
    return fig


def _fakturor(standing: Mapping[int, Korning], made: Forslag | None) -> dict[int, int]:
    sums = {step: run.summa_kr for step, run in standing.items()}
    if made is not None and made.rader:
        sums[made.omgang] = made.summa_kr
    return sums


def _del(
    fig: go.Figure, row: int, start: int, width: int, name: str, look: dict, said: int | None = None
) -> None:
    amount = kr(width if said is None else said)
    on_dark = look["color"] in (theme.ACCENT, theme.GREY)
    fig.add_bar(
        x=[width],
        base=[start],
        y=[RADER[row]],
        orientation="h",
        marker=look,
        text=[figurtext.lines(name, amount)],
        textposition="inside",
        insidetextanchor="start",
        constraintext="inside",
        textfont={"color": theme.WHITE if on_dark else theme.INK, "size": 14},
        customdata=[amount],
        hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
        name=name,
    )


def fynd(
    basis: Grund, standing: Mapping[int, Korning], made: Forslag | None, used: Anvant
) -> tuple[str, str]:
    """Return the finding as a heading, and the chart in words."""
    gap = basis.ofinansierat_kr
    if gap > 0:
        finding = f"Avgifterna är {kr(basis.finansierat_kr)} av ramen; {kr(gap)} är ofinansierat"
    elif gap < 0:
        finding = f"Avgifterna är {kr(-gap)} mer än ramen {kr(basis.ram_kr)}"
    else:
        finding = f"Avgifterna är hela ramen, {kr(basis.ram_kr)}"
    said = [f"{finding}."]
    for step, amount in sorted(_fakturor(standing, made).items()):
        word = "utställd" if step in standing else "förslag"
        said.append(f"{OMGANG[step]}: {kr(amount)}, {word}.")
    closed = [f"tertial {t} {kr(amount)}" for t, amount in used.items() if amount is not None]
    said.append(
        f"Upparbetat till och med {', '.join(closed)}." if closed else "Inget tertial är stängt."
    )
    return finding, " ".join(said)
