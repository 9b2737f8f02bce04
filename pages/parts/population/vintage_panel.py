"""The vintages that stand, one that is withdrawn, and a single figure by hand."""

import streamlit as st

from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, sort_key, whole
from analytics.vintages import saved
from analytics.vintages.figures import Vintage
from pages.parts.frame.act import POPULATION, act
from pages.parts.widgets.html_table import Column, show_table


def show(store: Store) -> None:
    """Every vintage, latest first, and the form that withdraws one."""
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
    known = {v.id: v for v in vintages}
    with st.form("fm_bort", clear_on_submit=True):
        which = st.selectbox(
            "Årgång att dra tillbaka",
            list(known),
            index=None,
            format_func=lambda i: _name(known[i]),
            placeholder="Välj en årgång",
        )
        reason = st.text_input("Skäl till att den dras tillbaka", max_chars=200)
        remove = st.form_submit_button("Dra tillbaka")
    if remove and which is None:
        st.error("Välj den årgång som ska dras tillbaka.")
    elif remove:
        act(
            POPULATION,
            lambda: saved.withdraw(store, which, reason),
            "Årgången är tillbakadragen. Det som gällde före den gäller igen.",
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
                store, names, part, saved.read_day(day), saved.read_count(count), reason
            ),
            f"{names[part]} är satt till {count.strip()} invånare.",
        )
