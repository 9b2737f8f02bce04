"""What a proposal must respect: parties that cannot lend, and turns that are pinned."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics import rotation_conditions
from analytics.parties import PartRad
from analytics.rotation_problem import Otillganglig
from analytics.rotation_register import dag
from analytics.store import Store
from analytics.swedish import datum, md, sort_key
from pages.parts.act import ROTATION, act
from pages.parts.table import Kolumn, tabell


def visa(store: Store, rows: Sequence[PartRad], names: Mapping[str, str]) -> None:
    """Show them, and the ways to add and to take away."""
    saved = rotation_conditions.hinder(store)
    if saved:
        tabell(
            [
                {
                    "part": names[o.part],
                    "vad": "låst pass" if post.data["last"] else "kan inte",
                    "nar": datum(o.fran) if post.data["last"] else f"{o.fran}–{o.till}",
                    "skal": o.skal,
                }
                for post, o in saved
            ],
            [
                Kolumn("part", "Part"),
                Kolumn("vad", "Vad"),
                Kolumn("nar", "När"),
                Kolumn("skal", "Skäl"),
            ],
            "Hinder och låsta pass som ett förslag tar hänsyn till",
            key="hinder",
        )
    parts = sorted({r.part_id for r in rows if r.kategori}, key=lambda p: sort_key(names[p]))
    with st.form("hinder_ny", clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="top"):
            what = st.selectbox("Vad", ("Kan inte låna ut", "Låst till ett pass"), width=190)
            part = st.selectbox("Part", parts, format_func=names.get, width=290)
            first = st.text_input("Från, eller en dag i passet", width=200)
            last = st.text_input("Till och med", width=150)
            why = st.text_input("Skäl", width=250, max_chars=120)
        add = st.form_submit_button("Lägg till")

    def write() -> None:
        pinned = what != "Kan inte låna ut"
        day = dag(first)
        span = Otillganglig(part, day, day if pinned else dag(last), why)
        rotation_conditions.lagg_hinder(store, rows, span, pinned)

    if add:
        act(ROTATION, write)
    reason = "Hindret togs bort"
    for post, o in saved:
        label = f"Ta bort: {names[o.part]} {datum(o.fran)}"
        if st.button(md(label), key=f"bort_{post.id}", type="tertiary"):
            act(
                ROTATION,
                lambda post=post: store.ta_bort(post.slag, post.id, post.version, skal=reason),
            )
