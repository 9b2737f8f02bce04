"""What a proposal must respect: parties that cannot lend, and turns that are locked."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.rotation import conditions
from analytics.rotation.problem import Unavailable
from analytics.store.posts import Store
from analytics.swedish import date_text, escape_markdown, parse_day, sort_key
from pages.parts.frame.act import ROTATION, act
from pages.parts.widgets.html_table import Column, show_table


def show(store: Store, rows: Sequence[PartyRow], names: Mapping[str, str]) -> None:
    """Show them, and the ways to add and to take away."""
    saved = conditions.obstacles(store)
    if saved:
        show_table(
            [
                {
                    "part": names[o.party],
                    "vad": "låst pass" if post.data["last"] else "kan inte",
                    "nar": date_text(o.since) if post.data["last"] else f"{o.since}–{o.until}",
                    "skal": o.reason,
                }
                for post, o in saved
            ],
            [
                Column("part", "Part"),
                Column("vad", "Vad"),
                Column("nar", "När"),
                Column("skal", "Skäl"),
            ],
            "Hinder och låsta pass som ett förslag tar hänsyn till",
            key="hinder",
        )
    parties = sorted({r.party_id for r in rows if r.category}, key=lambda p: sort_key(names[p]))
    with st.form("hinder_ny", clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="top"):
            what = st.selectbox("Vad", ("Kan inte låna ut", "Låst till ett pass"), width=190)
            party = st.selectbox("Part", parties, format_func=names.get, width=290)
            first = st.text_input("Från, eller en dag i passet", width=200)
            last = st.text_input("Till och med", width=150)
            why = st.text_input("Skäl", width=250, max_chars=120)
        add = st.form_submit_button("Lägg till")

    def write() -> None:
        locked = what != "Kan inte låna ut"
        day = parse_day(first)
        span = Unavailable(party, day, day if locked else parse_day(last), why)
        conditions.put_obstacle(store, rows, span, locked=locked)

    if add:
        act(ROTATION, write)
    reason = "Hindret togs bort"
    for post, o in saved:
        label = f"Ta bort: {names[o.party]} {date_text(o.since)}"
        if st.button(escape_markdown(label), key=f"bort_{post.id}", type="tertiary"):
            act(
                ROTATION,
                lambda post=post: store.remove(post.kind, post.id, post.version, reason=reason),
            )
