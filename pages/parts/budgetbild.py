"""The budget as a chart and tables: every line with its profile, every part against the frame."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from analytics.budget import DELAR, Budget
from analytics.swedish import kr, tal
from pages.parts import theme
from pages.parts.figurtext import bold, etikett
from pages.parts.table import Kolumn, Rad, tabell

EGNA = ("januari–april", "maj–augusti", "september–december")
UTSEENDE = (
    {"color": theme.ACCENT},
    {"color": theme.ACCENT_LIGHT},
    {
        "color": theme.GREY,
        "pattern": {"shape": "/", "fgcolor": theme.GREY, "bgcolor": theme.WHITE, "size": 6},
    },
)


def figur(budget: Budget) -> go.Figure:
    """One bar per line under its part, the largest first, in three pieces: the tertials."""
    names, pieces = [], ([], [], [])
    for part, title in DELAR.items():
        own = sorted((r for r in budget.rader if r.del_ == part), key=lambda r: (-r.ar_kr, r.namn))
        if not own:
            continue
        names.append(bold(etikett(title)))
        names += [etikett(r.namn) for r in own]
        for number, piece in enumerate(pieces):
            piece += [None, *(r.tertial_kr[number] for r in own)]
    fig = go.Figure()
    for piece, label, look in zip(pieces, EGNA, UTSEENDE, strict=True):
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


def delarna(budget: Budget) -> None:
    """A row per part: its share of the frame, its lines, what is left."""
    tabell(
        [
            {
                "del": name,
                "mal": budget.delar_kr[part],
                "antal": sum(r.del_ == part for r in budget.rader),
                "poster": budget.summa(part),
                "kvar": budget.kvar(part),
            }
            for part, name in DELAR.items()
        ],
        [
            Kolumn("del", "Del av ramen (K2)"),
            Kolumn("mal", "Delen, kr", tal, tal=True),
            Kolumn("antal", "Poster, antal", tal, tal=True),
            Kolumn("poster", "Poster, kr", tal, tal=True),
            Kolumn("kvar", "Kvar, kr", tal, tal=True, marke=_kvar),
        ],
        f"Delarna mot ramen {budget.ar}, version {budget.nummer} ({budget.status})",
        key="delar",
        summa={
            "del": "Ramen (K1)",
            "mal": budget.ram_kr,
            "antal": len(budget.rader),
            "poster": sum(budget.summa(part) for part in DELAR),
            "kvar": budget.ram_kr - sum(budget.summa(part) for part in DELAR),
        },
        sorterbar=False,
    )


def poster(budget: Budget) -> None:
    """A row per line."""
    rows = budget.i_ordning
    tabell(
        [
            {
                "namn": r.namn,
                "del": DELAR[r.del_],
                "roll": r.roll or None,
                **{f"t{n}": amount for n, amount in enumerate(r.tertial_kr, 1)},
                "ar": r.ar_kr,
            }
            for r in rows
        ],
        [
            Kolumn("namn", "Post", marke=lambda _: "exempel" if budget.exempel else None),
            Kolumn("del", "Del (K2)"),
            Kolumn("ar", "Året, kr", tal, tal=True),
            *(
                Kolumn(f"t{n}", f"{label.capitalize()}, kr", tal, tal=True)
                for n, label in enumerate(EGNA, 1)
            ),
            Kolumn("roll", "Ansvarig roll"),
        ],
        f"Poster {budget.ar} med profil per tertial (K7), version {budget.nummer} "
        f"({budget.status})",
        key="poster",
        summa={
            "namn": "Summa",
            "del": "",
            "roll": "",
            **{f"t{n}": sum(r.tertial_kr[n - 1] for r in rows) for n in (1, 2, 3)},
            "ar": sum(r.ar_kr for r in rows),
        },
    )


def versioner(budgets: Sequence[Budget], dag: Callable[[Budget], str]) -> None:
    """A row per decided version and draft, the latest first."""
    tabell(
        [
            {
                "nummer": b.nummer,
                "status": b.status,
                "dag": dag(b) or None,
                "summa": sum(b.summa(part) for part in DELAR),
                "ram": b.ram_kr,
                "skal": b.skal or None,
            }
            for b in reversed(budgets)
        ],
        [
            Kolumn("nummer", "Version", tal),
            Kolumn("status", "Status"),
            Kolumn("dag", "Beslutad"),
            Kolumn("summa", "Poster, kr", tal, tal=True),
            Kolumn("ram", "Ram, kr", tal, tal=True),
            Kolumn("skal", "Beslut och skäl"),
        ],
        f"Versioner av budgeten {budgets[0].ar}. En beslutad version ändras aldrig (K16).",
        key="versioner",
    )


def _kvar(row: Rad) -> str | None:
    if row["kvar"] == 0:
        return None
    return "över delen" if row["kvar"] < 0 else "ej fördelat"
