"""The tables of Fakturaunderlag: every party's year, the checks, tertials beside invoices."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.invoicing.amounts import FORSKOTT, FeeBasis, InvoiceRow, by_party
from analytics.invoicing.checks import FAULTS, WAITING, InvoiceCheck, PartyStanding, TertialRow
from analytics.invoicing.issued import InvoiceRun
from analytics.invoicing.runs import Proposal
from analytics.swedish import whole
from pages.parts.frame import keys as frame_keys
from pages.parts.widgets.html_table import Column, show_table

INVOICES = {1: "Första fakturan", 2: "Andra fakturan", 3: "Slutavräkning"}


def parties(
    state: Sequence[PartyStanding],
    standing: Mapping[int, InvoiceRun],
    made: Proposal | None,
    basis: FeeBasis,
) -> None:
    """Show what goes to each party, issued or proposed, and what is left to its goal."""
    shown = [
        s for s in (1, 2, 3) if s in standing or (made and made.rows and made.round_number == s)
    ]
    goal = "avgiften" if basis.reading == FORSKOTT else "sin del av upparbetade medel"
    done = {1, 2} <= set(shown)
    columns = [
        Column("part", "Part", mark_of=lambda r: r["marke"]),
        Column("avgift", "Årets avgift, kr", whole, number=True),
        *(
            Column(
                f"f{step}",
                INVOICES[step] + ("" if step in standing else " (förslag)") + ", kr",
                whole,
                number=True,
            )
            for step in shown
        ),
        *([Column("summa", "Summa, kr", whole, number=True)] if len(shown) > 1 else []),
        *([Column("kvar", f"Kvar till {goal}, kr", whole, number=True)] if done else []),
    ]
    rows = [
        {
            "id": s.party,
            "part": s.name,
            "marke": None if s.fee_kr else "betalar inte längre",
            "avgift": s.fee_kr,
            "f1": s.invoice_kr[0],
            "f2": s.invoice_kr[1],
            "f3": s.end_kr,
            "summa": s.total_kr,
            "kvar": s.left_kr,
        }
        for s in state
    ]
    sums = {column.key: sum(row[column.key] or 0 for row in rows) for column in columns[1:]}
    population = ", ".join(f"{day} ({status})" for _, day, status in basis.population[:1])
    show_table(
        rows,
        columns,
        f"Vad som skickas till vem {basis.year}. Underlag: {basis.scenario} ({basis.status})"
        + (f", folkmängd {population}" if population else ""),
        key="faktura_parter",
        total={"part": "Summa", **sums},
        highlight=lambda r: r["id"] == st.session_state[frame_keys.PARTY],
        height=520,
    )


def checks(checks: Sequence[InvoiceCheck]) -> None:
    """Show everything that must be equal."""
    show_table(
        [
            {
                "vad": k.what,
                "klausul": k.clause,
                "ska": "" if k.due_kr is None else k.due_kr,
                "ar": "" if k.year_kr is None else k.year_kr,
                "skillnad": "" if None in (k.due_kr, k.year_kr) else k.year_kr - k.due_kr,
                "besked": k.status,
                "marke": {FAULTS: "fel", WAITING: None}.get(k.status),
                "text": k.text,
            }
            for k in checks
        ],
        [
            Column("vad", "Kontroll", mark_of=lambda r: r["marke"]),
            Column("klausul", "Klausul"),
            Column("ska", "Ska vara, kr", whole, number=True),
            Column("ar", "Är, kr", whole, number=True),
            Column("skillnad", "Skillnad, kr", whole, number=True),
            Column("besked", "Besked"),
            Column("text", "Kommentar"),
        ],
        "Kontroller: ram, avgifter, fakturor och upparbetade medel mot varandra",
        key="faktura_kontroller",
        sortable=False,
    )


def tertial_list(rows: Sequence[TertialRow]) -> None:
    """Show the three tertials beside the two invoices."""
    if all(r.used_so_far_kr is None for r in rows):
        st.caption(
            "Upparbetade medel kommer från de klarmarkerade tertialen (K7). Inget är klarmarkerat "
            "ännu, så fakturorna kan inte ställas mot dem."
        )
        return
    show_table(
        [
            {
                "namn": r.name,
                "anvant": "" if r.used_kr is None else r.used_kr,
                "hittills": "" if r.used_so_far_kr is None else r.used_so_far_kr,
                "faktura": r.invoice,
                "fakturerat": "" if r.invoiced_so_far_kr is None else r.invoiced_so_far_kr,
                "skillnad": "" if r.difference_kr is None else r.difference_kr,
            }
            for r in rows
        ],
        [
            Column("namn", "Tertial"),
            Column("anvant", "Upparbetat i tertialet, kr", whole, number=True),
            Column("hittills", "Upparbetat hittills, kr", whole, number=True),
            Column("faktura", "Faktura därefter"),
            Column("fakturerat", "Fakturerat hittills, kr", whole, number=True),
            Column("skillnad", "Fakturerat mer än upparbetat, kr", whole, number=True),
        ],
        "Tre tertial och två fakturor (K7, K8). Tomt: inte klarmarkerat eller inte fakturerat",
        key="faktura_tertial",
        sortable=False,
    )


def rows(rows: Sequence[InvoiceRow], heading: str, key: str) -> None:
    """Show the rows of a run."""
    show_table(
        [
            {"part": r.name, "text": r.text, "klausul": r.clause, "belopp": r.amount_kr}
            for r in rows
        ],
        [
            Column("part", "Part"),
            Column("text", "Rad"),
            Column("klausul", "Klausul"),
            Column("belopp", "Belopp, kr", whole, number=True),
        ],
        heading,
        key=key,
        total={
            "part": "Summa",
            "text": f"{len(by_party(rows))} parter",
            "klausul": "",
            "belopp": sum(r.amount_kr for r in rows),
        },
        height=420,
    )
