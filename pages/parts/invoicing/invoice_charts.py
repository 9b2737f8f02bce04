"""The chart of Fakturaunderlag: the frame, the invoices and the used means on one scale."""

from collections.abc import Mapping

import plotly.graph_objects as go

from analytics.invoicing.amounts import ROUND, FeeBasis
from analytics.invoicing.issued import InvoiceRun
from analytics.invoicing.runs import Proposal, UsedMeans
from analytics.swedish import kr
from pages.parts.widgets import figure_text, theme

SHORT = {1: "Första", 2: "Andra"}
ROWS = ("Ramen", "Fakturor", "Upparbetat")
FILLED = {"color": theme.ACCENT, "line": {"color": theme.WHITE, "width": 1}}
PROPOSED = {
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
GREY = {"color": theme.GREY, "line": {"color": theme.WHITE, "width": 1}}
EMPTY = {"color": theme.WHITE, "line": {"color": theme.ATTENTION, "width": 1.5}}


def draw_invoices(
    basis: FeeBasis, standing: Mapping[int, InvoiceRun], made: Proposal | None, used: UsedMeans
) -> go.Figure:
    """Three bars from zero: fees and what is unfunded, the invoices, the used means by tertial.

    What is issued is filled, what is proposed is striped, what is given back is an empty frame.
    """
    fig = go.Figure()
    _part_bar(fig, 0, 0, basis.financed_kr, "Avgifter", FILLED)
    if basis.unfunded_kr > 0:
        _part_bar(fig, 0, basis.financed_kr, basis.unfunded_kr, "Ofinansierat", EMPTY)
    start, sums = 0, _invoices(standing, made)
    back = -min(sums.get(3, 0), 0)
    for step in (1, 2):
        if step in sums:
            shown = sums[step] - (back if step == 2 else 0)
            look = FILLED if step in standing else PROPOSED
            name = SHORT[step] + ("" if step in standing else " (förslag)")
            _part_bar(fig, 1, start, shown, name, look, sums[step])
            start += shown
    if back:
        _part_bar(fig, 1, start, back, "Tillbaka", EMPTY)
    before = 0
    for tertial, amount in used.items():
        if amount is not None:
            shade = {**GREY, "opacity": 1 - 0.22 * (tertial - 1)}
            _part_bar(fig, 2, before, amount - before, f"Tertial {tertial}", shade)
            before = amount
    if not before:
        fig.add_annotation(
            x=0, y=ROWS[2], text="inget tertial är klarmarkerat", showarrow=False, xanchor="left",
            font={"color": theme.GREY},
        )  # fmt: skip
    fig.update_layout(
        barmode="overlay",
        showlegend=False,
        uniformtext={"minsize": 12, "mode": "hide"},
        bargap=0.35,
    )
    fig.update_yaxes(categoryorder="array", categoryarray=ROWS[::-1], ticklabelstandoff=8)
    fig.update_xaxes(title="kronor", rangemode="tozero", nticks=5)
    return fig


def _invoices(standing: Mapping[int, InvoiceRun], made: Proposal | None) -> dict[int, int]:
    sums = {step: run.total_kr for step, run in standing.items()}
    if made is not None and made.rows:
        sums[made.round_number] = made.total_kr
    return sums


def _part_bar(
    fig: go.Figure, row: int, start: int, width: int, name: str, look: dict, said: int | None = None
) -> None:
    amount = kr(width if said is None else said)
    on_dark = look["color"] in (theme.ACCENT, theme.GREY)
    fig.add_bar(
        x=[width],
        base=[start],
        y=[ROWS[row]],
        orientation="h",
        marker=look,
        text=[figure_text.lines(name, amount)],
        textposition="inside",
        insidetextanchor="start",
        constraintext="inside",
        textfont={"color": theme.WHITE if on_dark else theme.INK, "size": 14},
        customdata=[amount],
        hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
        name=name,
    )


def finding(
    basis: FeeBasis, standing: Mapping[int, InvoiceRun], made: Proposal | None, used: UsedMeans
) -> tuple[str, str]:
    """Return the finding as a heading, and the chart in words."""
    gap = basis.unfunded_kr
    if gap > 0:
        finding = f"Avgifterna är {kr(basis.financed_kr)} av ramen; {kr(gap)} är ofinansierat"
    elif gap < 0:
        finding = f"Avgifterna är {kr(-gap)} mer än ramen {kr(basis.frame_kr)}"
    else:
        finding = f"Avgifterna är hela ramen, {kr(basis.frame_kr)}"
    said = [f"{finding}."]
    for step, amount in sorted(_invoices(standing, made).items()):
        word = "utställd" if step in standing else "förslag"
        said.append(f"{ROUND[step]}: {kr(amount)}, {word}.")
    closed = [f"tertial {t} {kr(amount)}" for t, amount in used.items() if amount is not None]
    said.append(
        f"Upparbetat till och med {', '.join(closed)}." if closed else "Inget tertial är stängt."
    )
    return finding, " ".join(said)
