"""A proposed plan on the Rotation page: conditions, the run, what it says, and publishing it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from analytics import rotation_draft
from analytics.errors import AgreementError
from analytics.parties import PartRad
from analytics.rotation import KATEGORIER, Inlan, Vikt
from analytics.rotation_draft import Utkast
from analytics.rotation_plan import foresla
from analytics.rotation_problem import Otillganglig, Villkor, uppdrag
from analytics.rotation_proof import granska
from analytics.rotation_register import dag
from analytics.rotation_view import VIKTER
from analytics.store import Store
from analytics.swedish import datum, md, parse_decimal, parse_kronor, sort_key
from pages.parts.table import Kolumn, tabell


def visa(
    store: Store, plan: Sequence[Inlan], rows: Sequence[PartRad], names: Mapping[str, str],
    draft: Utkast | None, weight: Vikt, basis: str, today: date,
) -> None:  # fmt: skip
    """Show conditions, controls, and the draft that stands."""
    with st.expander("Hinder och låsta pass"):
        _hinder(store, rows, names)
    with st.form("forslag"):
        with st.container(horizontal=True, vertical_alignment="top"):
            first = st.text_input("Första dag", f"{today.year + 1}-01-01", width=150)
            years = st.selectbox("Antal år", range(1, 11), 3, width=110)
            length = st.selectbox("Pass, månader", (3, 6, 12), 1, width=130)
            percent = st.text_input("Omfattning, %", "50", width=130)
            gap = st.selectbox("Minst så många pass mellan", range(9), 1, width=210)
            cost = st.text_input("Antagen kostnad, kr per heltidsmånad", "", width=270)
        chosen = st.multiselect("Kategorier", KATEGORIER, list(KATEGORIER), placeholder="Välj")
        run = st.form_submit_button("Räkna fram ett förslag", type="primary")
    st.caption(
        f"Skulder delas {VIKTER[basis]}. Först så få tomma pass som möjligt, sedan så små skulder "
        "som möjligt, den största först, sedan så lite flyttat som möjligt. Vid lika går varje "
        "pass till den som då är skyldig mest, sedan till lägst id."
    )
    if run:
        try:
            asked = rotation_draft.med_hinder(
                Villkor(dag(first), years, length, int(parse_decimal(percent, "%")), gap),
                rotation_draft.hinder(store),
            )
            cost_kr = parse_kronor(cost) if cost.strip() else None
            _rakna(store, plan, rows, asked, chosen, weight, basis, cost_kr)
        except AgreementError as error:
            st.error(md(str(error)))
            return
        st.rerun()
    if draft:
        _utkastet(store, rows, names, draft)
    else:
        st.markdown("Inget utkast finns. Ett förslag flyttar ingen förrän det publiceras.")


def _rakna(store, plan, rows, asked, chosen, weight, basis, cost_kr) -> None:
    with st.status("Räknar fram en plan", expanded=True) as status:
        found = []
        for kategori in KATEGORIER:
            if kategori in chosen:
                problem = uppdrag(plan, rows, kategori, asked, weight)
                found.append(foresla(problem, 30, lambda t, k=kategori: status.update(
                    label=f"{k}: {t}")))  # fmt: skip
        faults = [f for one in found for f in granska(one, plan, rows, asked, weight)]
        if faults:
            st.error(md("Planen håller inte kontrollen: " + " ".join(faults)))
            st.stop()
        rotation_draft.spara_utkast(store, asked, found, basis, cost_kr)


def _utkastet(store, rows, names, draft: Utkast) -> None:
    st.markdown(
        f"**Utkast {datum(draft.villkor.start)}–{datum(draft.villkor.slut)}, "
        f"skulderna delade {VIKTER[draft.vikt]}.** Det flyttar ingen förrän det publiceras."
    )
    for kategori in KATEGORIER:
        if kategori in draft.meningar:
            st.markdown(md(f"{kategori}: {draft.meningar[kategori]}"))
    changes = rotation_draft.andringar(store, draft)
    tabell(
        [
            {
                "pass": f"{datum(i.fran)}–{datum(i.till)}",
                "kategori": i.post,
                "part": names[i.part],
                "andring": next(
                    (
                        f"i stället för {names[c.fore]}" if c.fore else "ny"
                        for c in changes
                        if (c.kategori, c.fran) == (i.post, i.fran)
                    ),
                    "som publicerat",
                ),
            }
            for i in draft.turer
        ],
        [
            Kolumn("pass", "Pass"),
            Kolumn("kategori", "Kategori"),
            Kolumn("part", "Part"),
            Kolumn("andring", "Mot det publicerade"),
        ],
        "Utkastets pass, och vad som ändras om det publiceras",
        key="utkast",
        hojd=460,
    )
    lost = [c for c in changes if c.efter is None]
    if lost:
        st.warning(
            md("Blir utan: " + "; ".join(f"{names[c.fore]} {c.fran}–{c.till}" for c in lost))
        )
    with st.form("publicera"):
        reason = st.text_input("Skäl att publicera", max_chars=200)
        with st.container(horizontal=True):
            publish = st.form_submit_button("Publicera planen", type="primary")
            drop = st.form_submit_button("Ta bort utkastet")
    try:
        if publish:
            rotation_draft.publicera(store, rows, draft, reason)
            st.rerun()
        if drop:
            rotation_draft.slang_utkast(store, draft)
            st.rerun()
    except AgreementError as error:
        st.error(md(str(error)))


def _hinder(store: Store, rows: Sequence[PartRad], names: Mapping[str, str]) -> None:
    saved = rotation_draft.hinder(store)
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
    try:
        if add:
            pinned = what != "Kan inte låna ut"
            day = dag(first)
            span = Otillganglig(part, day, day if pinned else dag(last), why)
            rotation_draft.lagg_hinder(store, rows, span, pinned)
            st.rerun()
        for post, o in saved:
            label = f"Ta bort: {names[o.part]} {datum(o.fran)}"
            if st.button(md(label), key=f"bort_{post.id}", type="tertiary"):
                store.ta_bort(post.slag, post.id, post.version, skal="Hindret togs bort")
                st.rerun()
    except AgreementError as error:
        st.error(md(str(error)))
