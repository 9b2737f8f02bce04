"""The budget as a chart and tables: every line with its profile, every part against the frame."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from analytics.budget.lines import PARTS, Budget
from analytics.swedish import kr, whole
from pages.parts.widgets import theme
from pages.parts.widgets.figure_text import bold, label_text
from pages.parts.widgets.html_table import Column, Row, show_table

OWN = ("januari–april", "maj–augusti", "september–december")
LOOK = (
    {"color": theme.ACCENT},
    {"color": theme.ACCENT_LIGHT},
    {
        "color": theme.GREY,
        "pattern": {"shape": "/", "fgcolor": theme.GREY, "bgcolor": theme.WHITE, "size": 6},
    },
)


def draw_budget(budget: Budget) -> go.Figure:
    """One bar per line under its part, the largest first, in three pieces: the tertials."""
    names, pieces = [], ([], [], [])
    for part, title in PARTS.items():
        own = sorted(
            (r for r in budget.rows if r.part_of_frame == part), key=lambda r: (-r.year_kr, r.name)
        )
        if not own:
            continue
        names.append(bold(label_text(title)))
        names += [label_text(r.name) for r in own]
        for number, piece in enumerate(pieces):
            piece += [None, *(r.tertial_kr[number] for r in own)]
    fig = go.Figure()
    for piece, label, look in zip(pieces, OWN, LOOK, strict=True):
        fig.add_bar(
            y=list(range(len(names))),
            x=piece,
            orientation="h",
            name=label,
            marker=look,
            customdata=[kr(amount) for amount in piece],
            hovertemplate="%{customdata} " + label + "<extra></extra>",
        )
    fig.update_layout(
        barmode="stack", legend={"y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    )
    fig.update_xaxes(rangemode="tozero", title="kronor", nticks=3, tickangle=0)
    fig.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.6]
    )
    fig.layout.height = 130 + 36 * len(names)
    return fig


def show_parts(budget: Budget) -> None:
    """A row per part: its share of the frame, its lines, what is left."""
    show_table(
        [
            {
                "del": name,
                "mal": budget.parts_kr[part],
                "antal": sum(r.part_of_frame == part for r in budget.rows),
                "poster": budget.total(part),
                "kvar": budget.left(part),
            }
            for part, name in PARTS.items()
        ],
        [
            Column("del", "Del av ramen (K2)"),
            Column("mal", "Delen, kr", whole, number=True),
            Column("antal", "Poster, antal", whole, number=True),
            Column("poster", "Poster, kr", whole, number=True),
            Column("kvar", "Kvar, kr", whole, number=True, mark_of=_left),
        ],
        f"Delarna mot ramen {budget.year}, version {budget.number} ({budget.status})",
        key="delar",
        total={
            "del": "Ramen (K1)",
            "mal": budget.frame_kr,
            "antal": len(budget.rows),
            "poster": sum(budget.total(part) for part in PARTS),
            "kvar": budget.frame_kr - sum(budget.total(part) for part in PARTS),
        },
        sortable=False,
    )


def lines(budget: Budget) -> None:
    """A row per line."""
    rows = budget.in_order
    show_table(
        [
            {
                "namn": r.name,
                "del": PARTS[r.part_of_frame],
                "roll": r.role or None,
                **{f"t{n}": amount for n, amount in enumerate(r.tertial_kr, 1)},
                "ar": r.year_kr,
            }
            for r in rows
        ],
        [
            Column("namn", "Post", mark_of=lambda _: "exempel" if budget.example else None),
            Column("del", "Del (K2)"),
            Column("ar", "Året, kr", whole, number=True),
            *(
                Column(f"t{n}", f"{label.capitalize()}, kr", whole, number=True)
                for n, label in enumerate(OWN, 1)
            ),
            Column("roll", "Ansvarig roll"),
        ],
        f"Poster {budget.year} med profil per tertial (K7), version {budget.number} "
        f"({budget.status})",
        key="poster",
        total={
            "namn": "Summa",
            "del": "",
            "roll": "",
            **{f"t{n}": sum(r.tertial_kr[n - 1] for r in rows) for n in (1, 2, 3)},
            "ar": sum(r.year_kr for r in rows),
        },
    )


def versions(budgets: Sequence[Budget], day: Callable[[Budget], str]) -> None:
    """A row per decided version and draft, the latest first."""
    show_table(
        [
            {
                "nummer": b.number,
                "status": b.status,
                "dag": day(b) or None,
                "summa": sum(b.total(part) for part in PARTS),
                "ram": b.frame_kr,
                "skal": b.reason or None,
            }
            for b in reversed(budgets)
        ],
        [
            Column("nummer", "Version", whole),
            Column("status", "Status"),
            Column("dag", "Beslutad"),
            Column("summa", "Poster, kr", whole, number=True),
            Column("ram", "Ram, kr", whole, number=True),
            Column("skal", "Beslut och skäl"),
        ],
        f"Versioner av budgeten {budgets[0].year}. En beslutad version ändras aldrig (K16).",
        key="versioner",
    )


def _left(row: Row) -> str | None:
    if row["kvar"] == 0:
        return None
    return "över delen" if row["kvar"] < 0 else "ej fördelat"
