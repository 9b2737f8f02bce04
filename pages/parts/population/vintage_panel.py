"""The vintages that stand, one that is withdrawn, and a single figure by hand."""

from collections.abc import Sequence

import streamlit as st

from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, parse_day, sort_key, whole
from analytics.vintages import saved
from analytics.vintages.figures import Vintage
from pages.parts.frame.act import POPULATION, act
from pages.parts.widgets.html_table import Column, show_table
from pages.parts.widgets.withdraw_form import withdraw_form


def show(db: Database, store: Store) -> None:
    """Every vintage, latest first, its figures, and the form that withdraws one."""
    vintages = saved.list_vintages(store)[::-1]
    if not vintages:
        st.markdown("Inga siffror är inlästa. De som följer med programmet gäller.")
        return
    show_table(
        [
            {
                "hamtad": v.retrieved,
                "kalla": v.source,
                "dagar": ", ".join(map(date_text, v.days)),
                "antal": len(v.figures),
                "skal": v.reason,
                "bekraftat": ", ".join(v.confirmed),
                "marke": "för hand" if v.hand else None,
            }
            for v in vintages
        ],
        [
            Column("hamtad", "Hämtad", date_text, mark_of=lambda row: row["marke"]),
            Column("kalla", "Källa"),
            Column("dagar", "Dagar"),
            Column("antal", "Siffror", whole, number=True),
            Column("skal", "Skäl"),
            Column("bekraftat", "Bekräftat"),
        ],
        "Årgångar, den senaste först. Den senaste siffran för en dag gäller.",
        key="fm_argangar",
        height=360,
    )
    _figures(db, vintages)
    names = {v.id: _name(v) for v in vintages}
    if asked := withdraw_form("fm_bort", "Årgång att dra tillbaka", "Välj en årgång", names):
        which, reason = asked
        act(
            POPULATION,
            lambda: saved.withdraw(store, which, reason),
            "Årgången är tillbakadragen. Det som gällde före den gäller igen.",
        )


def _figures(db: Database, vintages: Sequence[Vintage]) -> None:
    """The figures of one vintage, beside what holds: an older one can be seen as it was."""
    known = {v.id: v for v in vintages}
    chosen = st.selectbox(
        "Visa en årgångs siffror",
        list(known),
        index=None,
        format_func=lambda i: _name(known[i]),
        placeholder="Välj en årgång",
        key="fm_visa",
    )
    if chosen is None:
        return
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    held = {(row["part_id"], row["datum"]): row["antal"] for row in db.query("folkmangd_alla")}
    show_table(
        [
            {
                "kommun": names.get(f.part, f.part),
                "datum": f.day,
                "antal": f.count,
                "galler": held.get((f.part, f.day)),
            }
            for f in known[chosen].figures
        ],
        [
            Column("kommun", "Kommun"),
            Column("datum", "Datum", date_text, number=True),
            Column("antal", "Årgångens siffra, antal", whole, number=True),
            Column("galler", "Gäller nu, antal", whole, number=True),
        ],
        "Årgångens siffror, och de som gäller nu",
        key="fm_argangens",
        height=460,
    )


def _name(vintage: Vintage) -> str:
    days = ", ".join(map(date_text, vintage.days[-3:]))
    return f"{vintage.file or vintage.source}, {days}, hämtad {date_text(vintage.retrieved)}"


def by_hand(db: Database, store: Store) -> None:
    """One figure that a person sets."""
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    with st.form("fm_hand", clear_on_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            part = st.selectbox(
                "Kommun",
                sorted(names, key=lambda p: sort_key(names[p])),
                format_func=names.get,
                width=240,
            )
            day = st.text_input("Datum, som 2026-12-31", max_chars=10, width=200)
            count = st.text_input("Invånare", max_chars=12, width=160)
        reason = st.text_input("Skäl", max_chars=200, key="fm_hand_skal")
        done = st.form_submit_button("Sätt siffran")
    st.caption("En siffra som är satt för hand märks som uppskattad överallt där den används.")
    if done:
        act(
            POPULATION,
            lambda: saved.set_by_hand(
                store, names, part, parse_day(day), saved.read_count(count), reason
            ),
            f"{names[part]} är satt till {count.strip()} invånare.",
        )
