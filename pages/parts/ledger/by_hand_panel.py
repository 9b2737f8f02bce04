"""Rows by hand, corrections as new rows, and imports that are listed and withdrawn."""

from collections.abc import Sequence

import streamlit as st

from analytics.ledger import booked as ledger_booked, by_hand, imports as ledger_imports
from analytics.ledger.booked import BookedRow
from analytics.ledger.by_hand import NewRow
from analytics.reference.database import Database
from analytics.store.posts import Post, Store
from analytics.swedish import date_text, ore, ore_kr, whole
from pages.parts.frame.act import LEDGER, act
from pages.parts.ledger.row_panel import label
from pages.parts.widgets.html_table import Column, show_table
from pages.parts.widgets.withdraw_form import withdraw_form


def row(store: Store, year: int, shown: Sequence[BookedRow]) -> None:
    """The forms for a row of one's own, and for a row that is wrong."""
    st.subheader("En rad till")
    with st.form("bf_ny_rad"):
        new = _field(None)
        reason = st.text_input("Skäl", max_chars=200)
        add = st.form_submit_button("Lägg till raden", type="primary")
    if add:
        act(
            LEDGER,
            lambda: by_hand.add(store, new, year, reason),
            f"Raden {new.day} på konto {new.konto} är bokförd.",
        )
    st.subheader("Rätta en rad")
    if not shown:
        st.caption("Välj under Rader nedan vilka rader som visas; en av dem kan rättas här.")
        return
    st.caption(
        "En rad ändras aldrig. Rättelsen tar tillbaka den med en ny rad, och en till skrivs i "
        "dess ställe. Listan har de rader som visas under Rader nedan."
    )
    rows = {row.key: row for row in shown}
    which = st.selectbox(
        "Rad att rätta",
        list(rows),
        index=None,
        format_func=lambda key: label(rows[key]) if key in rows else "",
        placeholder="Välj en rad",
        key="bf_ratta",
    )
    if which is None or which not in rows:
        return
    wrong = rows[which]
    with st.form(f"bf_ratta_{which}"):
        right = _field(wrong)
        reason = st.text_input("Skäl till rättelsen", max_chars=200)
        with st.container(horizontal=True):
            change = st.form_submit_button("Rätta raden", type="primary")
            remove = st.form_submit_button("Ta bara tillbaka raden")
    if change or remove:
        act(
            LEDGER,
            lambda: by_hand.correct(store, wrong, None if remove else right, year, reason),
            f"Raden om {ore_kr(wrong.amount_ore)} är rättad med nya rader.",
        )


def _field(row: BookedRow | None) -> NewRow:
    with st.container(horizontal=True, vertical_alignment="top"):
        day = st.text_input("Datum", date_text(row.day) if row else "", width=140, max_chars=10)
        konto = st.text_input("Konto", row.konto if row else "", width=120, max_chars=10)
        amount = st.text_input(
            "Belopp, kr (kostnad är plus)", ore(row.amount_ore) if row else "", width=210,
            max_chars=40,
        )  # fmt: skip
        objekt = st.text_input("Objekt", row.objekt if row else "", width=150, max_chars=80)
        voucher = st.text_input("Verifikat", row.verifikat if row else "", width=150, max_chars=60)
    text = st.text_input("Text", row.text if row else "", max_chars=by_hand.MOST)
    return NewRow(day, konto, amount, text, objekt, voucher)


def show_imports(db: Database, store: Store, year: int) -> None:
    """Every import that stands, and the form that withdraws one."""
    posts = ledger_booked.list_imports(store)
    if not posts:
        st.markdown("Ingen fil är inläst och ingen rad skriven för hand.")
        return
    show_table(
        [
            {
                "nar": f"{post.created:%Y-%m-%d %H:%M}",
                "fil": post.data.get("fil", ""),
                "format": post.data.get("format", ""),
                "teckentabell": post.data.get("teckentabell", ""),
                "tid": f"{post.data.get('fran') or ''}–{post.data.get('till') or ''}".strip("–"),
                "rader": post.data["rader"],
                "nya": post.data["nya"],
                "skiljer": len(post.data.get("avvikelser") or ()),
                "skal": post.data.get("skal", ""),
                "vem": post.data.get("vem", ""),
                "sha": str(post.data.get("sha256", ""))[:12],
                "marke": "exempel" if post.data.get("exempel") else None,
            }
            for post in posts
        ],
        [
            Column("nar", "Inläst, UTC", mark_of=lambda r: r["marke"]),
            Column("fil", "Fil"),
            Column("format", "Slag"),
            Column("teckentabell", "Teckentabell"),
            Column("tid", "Rader från, till och med"),
            Column("rader", "Rader", whole, number=True),
            Column("nya", "Nya", whole, number=True),
            Column("skiljer", "Konton som skilde", whole, number=True),
            Column("skal", "Skäl"),
            Column("vem", "Vem"),
            Column("sha", "Kontrollsumma"),
        ],
        "Inläsningar, den senaste först. Alla år.",
        key="bf_importer",
        height=460,
    )
    names = {post.id: _name(post) for post in posts}
    files = {post.id: post.data.get("fil", "") for post in posts}
    asked = withdraw_form("bf_bort", "Inläsning att dra tillbaka", "Välj en inläsning", names)
    st.caption(
        "Raderna räknas inte längre men finns kvar i loggen. Har en senare fil från samma "
        "organisation haft samma rader läses de in när den filen läses in igen."
    )
    if asked:
        which, reason = asked
        later = ledger_imports.told_of_later(ledger_imports.read_in_since(store, which))
        act(
            LEDGER,
            lambda: ledger_imports.withdraw(db, store, which, reason),
            f"”{files[which]}” är tillbakadragen. {later}".strip(),
        )


def _name(post: Post) -> str:
    data = post.data
    return (
        f"{data.get('fil', '')}, {whole(data['nya'])} rader, inläst {post.created:%Y-%m-%d %H:%M}"
    )
