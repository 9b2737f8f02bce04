"""The tables of Fakturaunderlag: every party's year, the checks, tertials beside invoices."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.invoice import FORSKOTT, Grund, Rad, per_part
from analytics.invoice_checks import FEL, VANTAR, Kontroll, Stallning, Tertialrad
from analytics.invoice_run import Forslag
from analytics.invoice_store import Korning
from analytics.swedish import tal
from pages.parts import keys
from pages.parts.table import Kolumn, tabell

FAKTUROR = {1: "Första fakturan", 2: "Andra fakturan", 3: "Slutavräkning"}


def parter(
    state: Sequence[Stallning],
    standing: Mapping[int, Korning],
    made: Forslag | None,
    basis: Grund,
) -> None:
    """Show what goes to each party, issued or proposed, and what is left to its goal."""
    shown = [s for s in (1, 2, 3) if s in standing or (made and made.rader and made.omgang == s)]
    goal = "avgiften" if basis.lasart == FORSKOTT else "sin del av upparbetade medel"
    done = {1, 2} <= set(shown)
    columns = [
        Kolumn("part", "Part", marke=lambda r: r["marke"]),
        Kolumn("avgift", "Årets avgift, kr", tal, tal=True),
        *(
            Kolumn(
                f"f{step}",
                FAKTUROR[step] + ("" if step in standing else " (förslag)") + ", kr",
                tal,
                tal=True,
            )
            for step in shown
        ),
        *([Kolumn("summa", "Summa, kr", tal, tal=True)] if len(shown) > 1 else []),
        *([Kolumn("kvar", f"Kvar till {goal}, kr", tal, tal=True)] if done else []),
    ]
    rows = [
        {
            "id": s.part,
            "part": s.namn,
            "marke": None if s.avgift_kr else "betalar inte längre",
            "avgift": s.avgift_kr,
            "f1": s.faktura_kr[0],
            "f2": s.faktura_kr[1],
            "f3": s.slut_kr,
            "summa": s.summa_kr,
            "kvar": s.kvar_kr,
        }
        for s in state
    ]
    sums = {column.nyckel: sum(row[column.nyckel] or 0 for row in rows) for column in columns[1:]}
    population = ", ".join(f"{day} ({status})" for _, day, status in basis.folkmangd[:1])
    tabell(
        rows,
        columns,
        f"Vad som skickas till vem {basis.ar}. Underlag: {basis.scenario} ({basis.status})"
        + (f", folkmängd {population}" if population else ""),
        key="faktura_parter",
        summa={"part": "Summa", **sums},
        framhav=lambda r: r["id"] == st.session_state[keys.PARTY],
        hojd=520,
    )


def kontroller(checks: Sequence[Kontroll]) -> None:
    """Show everything that must be equal."""
    tabell(
        [
            {
                "vad": k.vad,
                "klausul": k.klausul,
                "ska": "" if k.ska_kr is None else k.ska_kr,
                "ar": "" if k.ar_kr is None else k.ar_kr,
                "skillnad": "" if None in (k.ska_kr, k.ar_kr) else k.ar_kr - k.ska_kr,
                "besked": k.status,
                "marke": {FEL: "fel", VANTAR: None}.get(k.status),
                "text": k.text,
            }
            for k in checks
        ],
        [
            Kolumn("vad", "Kontroll", marke=lambda r: r["marke"]),
            Kolumn("klausul", "Klausul"),
            Kolumn("ska", "Ska vara, kr", tal, tal=True),
            Kolumn("ar", "Är, kr", tal, tal=True),
            Kolumn("skillnad", "Skillnad, kr", tal, tal=True),
            Kolumn("besked", "Besked"),
            Kolumn("text", "Kommentar"),
        ],
        "Kontroller: ram, avgifter, fakturor och upparbetade medel mot varandra",
        key="faktura_kontroller",
        sorterbar=False,
    )


def tertialer(rows: Sequence[Tertialrad]) -> None:
    """Show the three tertials beside the two invoices."""
    if all(r.anvant_hittills_kr is None for r in rows):
        st.caption(
            "Upparbetade medel kommer från de klarmarkerade tertialen (K7). Inget är klarmarkerat "
            "ännu, så fakturorna kan inte ställas mot dem."
        )
        return
    tabell(
        [
            {
                "namn": r.namn,
                "anvant": "" if r.anvant_kr is None else r.anvant_kr,
                "hittills": "" if r.anvant_hittills_kr is None else r.anvant_hittills_kr,
                "faktura": r.faktura,
                "fakturerat": "" if r.fakturerat_hittills_kr is None else r.fakturerat_hittills_kr,
                "skillnad": "" if r.skillnad_kr is None else r.skillnad_kr,
            }
            for r in rows
        ],
        [
            Kolumn("namn", "Tertial"),
            Kolumn("anvant", "Upparbetat i tertialet, kr", tal, tal=True),
            Kolumn("hittills", "Upparbetat hittills, kr", tal, tal=True),
            Kolumn("faktura", "Faktura därefter"),
            Kolumn("fakturerat", "Fakturerat hittills, kr", tal, tal=True),
            Kolumn("skillnad", "Fakturerat mer än upparbetat, kr", tal, tal=True),
        ],
        "Tre tertial och två fakturor (K7, K8). Tomt: inte klarmarkerat eller inte fakturerat",
        key="faktura_tertial",
        sorterbar=False,
    )


def rader(rows: Sequence[Rad], rubrik: str, key: str) -> None:
    """Show the rows of a run."""
    tabell(
        [
            {"part": r.namn, "text": r.text, "klausul": r.klausul, "belopp": r.belopp_kr}
            for r in rows
        ],
        [
            Kolumn("part", "Part"),
            Kolumn("text", "Rad"),
            Kolumn("klausul", "Klausul"),
            Kolumn("belopp", "Belopp, kr", tal, tal=True),
        ],
        rubrik,
        key=key,
        summa={
            "part": "Summa",
            "text": f"{len(per_part(rows))} parter",
            "klausul": "",
            "belopp": sum(r.belopp_kr for r in rows),
        },
        hojd=420,
    )
