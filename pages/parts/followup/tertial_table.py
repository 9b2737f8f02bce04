"""The tables of the Tertial page: lines, parts, what is said, where every krona is."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import streamlit as st

from analytics.budget.lines import PARTS
from analytics.files.export import Field
from analytics.followup.columns import COLUMNS, FILE_FIELDS, rounded, values
from analytics.followup.figures import METHODS, METHODS_SHORT, TertialStatus
from analytics.followup.wording import grounds, threshold_text, whole_chain
from analytics.swedish import ore, whole
from pages.parts.widgets import downloads
from pages.parts.widgets.html_table import Column, Row, show_table

EXPORT_FIELDS = [
    Field("namn", "Post", "name"),
    Field("del", "Del (K2)", "part"),
    *FILE_FIELDS,
    Field("metod", "Prognosmetod", "forecast_method"),
    Field("status", "Status", "status"),
    Field("kommentar", "Kommentar", "comment"),
    Field("atgard", "Åtgärd", "measure"),
    Field("roll", "Ansvarig roll", "role"),
]


def lines(status: TertialStatus, link: Callable[[str], str]) -> None:
    """A row per line: budget, outcome, forecast, status. The name leads to the rows behind."""
    show_table(
        [values(p) | {"id": p.id, "status": p.status, "namn": p.name} for p in status.lines],
        [
            Column("namn", "Post", mark_of=lambda _: "exempel" if status.example else None),
            *_figures(),
            Column("status", "Status", mark_of=lambda r: _missing(status, r["id"])),
        ],
        f"Varje post {status.period} (K7). Plus är pengar kvar, minus är överskridet.",
        key="poster",
        total=values(status.total) | {"namn": "Ramen", "status": ""},
        link=lambda r: link(r["id"]),
    )


def get(status: TertialStatus) -> None:
    """The same figures as files, with outcome in kronor and öre."""
    rows = []
    for p in status.lines:
        spent = None if p.outcome_ore is None else Fraction(p.outcome_ore, 100)
        off = None if p.deviation_ore is None else Fraction(p.deviation_ore, 100)
        rows.append(
            values(p)
            | {"namn": p.name, "del": PARTS[p.part_of_frame], "roll": p.role or None}
            | {"utfall": spent, "avvikelse": off}
            | {"metod": METHODS[p.method], "status": p.status}
            | {"kommentar": p.comment, "atgard": p.measure}
        )
    downloads.buttons(
        rows, EXPORT_FIELDS, f"tertial-{status.year}-{status.tertial}", "Tertial", grounds(status)
    )


def parts(status: TertialStatus) -> None:
    """A row per part of the frame (K2)."""
    rows = [values(d) | {"namn": d.name, "mal": d.target_kr} for d in status.parts]
    show_table(
        rows,
        [
            Column("namn", "Del (K2)"),
            Column("mal", "Del av ramen, kr", whole, number=True),
            *_figures()[1:],
        ],
        f"Delarna av ramen {status.period}. En del räknas aldrig av mot den andra.",
        key="delar",
        total=values(status.total) | {"namn": "Ramen (K1)", "mal": status.frame_kr},
        sortable=False,
    )


def _figures() -> list[Column]:
    return [Column(c.key, c.title, c.text, number=True) for c in COLUMNS]


def _missing(status: TertialStatus, post_id: str) -> str | None:
    post = next(p for p in status.lines if p.id == post_id)
    if post.status == "bokförs ännu":
        return None
    if len(post.requires) > 1:
        return "ej förklarad"
    return f"{post.requires[0]} saknas" if post.requires else None


def words_about(status: TertialStatus) -> None:
    """What is said about the lines above the threshold, and about others that someone wrote of."""
    shown = [*status.deviating, *(p for p in status.lines if p.comment or p.measure)]
    shown = list(dict.fromkeys(shown))
    if not shown:
        return
    show_table(
        [
            {
                "namn": p.name,
                "avvikelse": p.deviation_ore,
                "prognos": p.forecast_deviation_kr,
                "kommentar": p.comment or None,
                "atgard": p.measure or None,
                "roll": p.role or None,
            }
            for p in shown
        ],
        [
            Column("namn", "Post"),
            Column("avvikelse", "Avvikelse hittills, kr", rounded, number=True),
            Column("prognos", "Prognosens avvikelse, kr", whole, number=True),
            Column("kommentar", "Kommentar"),
            Column("atgard", "Åtgärd"),
            Column("roll", "Ansvarig roll"),
        ],
        f"Avvikelser och åtgärder. Över {threshold_text(status)} krävs båda innan tertialet "
        "stängs.",
        key="ord",
    )


def methods(status: TertialStatus) -> None:
    """How each line's forecast is made, and what it was last time."""
    before = [Column("forra", "Förra tertialets prognos, kr", whole, number=True)]
    show_table(
        [
            {
                "namn": p.name,
                "metod": METHODS_SHORT[p.method] if p.forecast_kr is not None else None,
                "prognos": p.forecast_kr,
                "profil": p.profile_kr,
                "takt": p.pace_kr,
                "forra": p.previous_forecast_kr,
                "skal": p.forecast_reason,
            }
            for p in status.lines
        ],
        [
            Column("namn", "Post"),
            Column("metod", "Metod"),
            Column("prognos", "Prognos, kr", whole, number=True),
            Column("profil", "Med budgetens profil, kr", whole, number=True),
            Column("takt", "Med samma takt, kr", whole, number=True),
            *(before if status.tertial > 1 else []),
            Column("skal", "Skäl"),
        ],
        f"Prognosen för {status.year}, metod och skäl",
        key="metoder",
    )
    st.caption(
        "Budgetens profil: utfallet plus budgeten för resten av året. Samma takt: utfallet per "
        "bokförd månad gånger tolv."
    )


def show_chain(status: TertialStatus) -> None:
    """Where every krona of the ledger is."""
    chain = whole_chain(status)
    show_table(
        [{"var": what, "belopp": amount} for what, amount in chain],
        [Column("var", "Bokfört på"), Column("belopp", "Belopp, kr", ore, number=True)],
        f"Varje krona i huvudboken {status.period}",
        key="kedjan",
        total={"var": "Hela huvudboken", "belopp": sum(amount for _, amount in chain)},
        sortable=False,
    )


def after(status: TertialStatus) -> None:
    """What was booked inside the closed tertial after it was closed."""
    show_table(
        [{"namn": e.name, "belopp": e.amount_ore} for e in status.after],
        [Column("namn", "Post"), Column("belopp", "Belopp, kr", ore, number=True)],
        f"Bokfört efter stängning: ingår inte i siffrorna för tertial {status.tertial}",
        key="efter",
        total={"namn": "Summa", "belopp": sum(e.amount_ore for e in status.after)},
    )


def result(status: TertialStatus) -> None:
    """The year's surplus or deficit of each part, and what is decided about it."""
    known = {b.part_of_frame: b for b in status.decisions}
    show_table(
        [
            {
                "del": PARTS[d.part_of_frame],
                "mal": d.target_kr,
                "utfall": d.outcome_ore,
                "kvar": d.result_ore,
                "beslut": known[d.part_of_frame].decision if d.part_of_frame in known else None,
            }
            for d in status.parts
        ],
        [
            Column("del", "Del (K2)"),
            Column("mal", "Del av ramen, kr", whole, number=True),
            Column("utfall", "Utfall, kr", ore, number=True),
            Column("kvar", "Över- eller underskott, kr", ore, number=True, mark_of=_sign),
            Column("beslut", "Beslut"),
        ],
        f"Över- och underskott {status.year}, del för del; de räknas inte av mot varandra",
        key="resultat",
        sortable=False,
    )


def _sign(row: Row) -> str | None:
    if not row["kvar"]:
        return None
    return "underskott" if row["kvar"] < 0 else "överskott"


def rows(rows: Sequence[Row], heading: str, total_ore: int) -> None:
    """Ledger rows behind a figure."""
    show_table(
        rows,
        [
            Column("datum", "Datum", mark_of=lambda r: r["marke"]),
            Column("verifikat", "Verifikat"),
            Column("konto", "Konto"),
            Column("objekt", "Objekt"),
            Column("text", "Text"),
            Column("belopp", "Belopp, kr", ore, number=True),
        ],
        heading,
        key="rader",
        total={"datum": "Summa", "verifikat": "", "konto": "", "objekt": "", "text": "",
               "belopp": total_ore},
        height=460,
    )  # fmt: skip
