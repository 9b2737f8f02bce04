"""The year's plan beside the money: activities and what is reported of them per tertial (K7)."""

import streamlit as st

from analytics import activities, activities_file, followup_store
from analytics.activities import STATUS, Aktivitet
from analytics.followup_rows import Tertiallage
from analytics.followup_words import rapporterade
from analytics.store import Store
from analytics.swedish import md
from pages.parts.act import PLAN, act, told
from pages.parts.table import Kolumn, tabell

NY = "Ny aktivitet"
OPPEN = "aktivitet_oppen"  # the activity that the form was about in the run before


def visa(saved: Store, lage: Tertiallage) -> None:
    """Show the plan with its status, and the forms to change it."""
    known = {a.id: a for a in activities.alla(saved, lage.ar)}
    told(PLAN)
    if not lage.aktiviteter:
        st.markdown(
            f"Verksamhetsplanen {lage.ar} är tom. Lägg in det som ska göras, så följs det per "
            "tertial vid sidan av pengarna (K7)."
        )
    else:
        tabell(
            [
                {
                    "namn": a.namn,
                    "planerad": f"T{a.planerad}",
                    "status": a.status,
                    "anteckning": a.anteckning,
                    "roll": a.roll or None,
                    "exempel": a.id in known and known[a.id].exempel,
                    "forsenad": a.planerad <= lage.tertial and a.status not in ("klar", "utgår"),
                }
                for a in lage.aktiviteter
            ],
            [
                Kolumn("namn", "Aktivitet", marke=lambda r: "exempel" if r["exempel"] else None),
                Kolumn("planerad", "Planerad till"),
                Kolumn(
                    "status",
                    f"Status tertial {lage.tertial}",
                    marke=lambda r: "inte klar i tid" if r["forsenad"] and r["status"] else None,
                ),
                Kolumn("anteckning", "Anteckning"),
                Kolumn("roll", "Ansvarig roll"),
            ],
            f"{rapporterade(lage)} {lage.period} (K7)",
            key="aktiviteter",
        )
    if lage.last:
        return
    with st.expander("Rapportera, lägg till eller ta bort", key="ex_aktiviteter"):
        _skriv(saved, lage, known)
    with st.expander("Läs in aktiviteter ur en fil"):
        _fil(saved, lage)


def _skriv(saved: Store, lage: Tertiallage, known: dict[str, Aktivitet]) -> None:
    which = st.selectbox(
        "Aktivitet",
        [NY, *known],
        index=1 if known else 0,
        format_func=lambda k: known[k].namn if k in known else k,
        width=420,
    )
    before = st.session_state.get(OPPEN)
    if before and before.ar == lage.ar:
        _forsvunnen(known, before)
    st.session_state[OPPEN] = known.get(which)
    if which == NY:
        _ny(saved, lage)
        return
    # as it was when the form was opened: a later save by someone else is a conflict
    key = f"sedd_aktivitet_{lage.tertial}_{which}"
    activity = st.session_state.setdefault(key, known[which])
    with st.form(f"aktivitet_{lage.tertial}_{which}"):
        status = activity.status(lage.tertial)
        with st.container(horizontal=True, vertical_alignment="top"):
            chosen = st.selectbox(
                f"Status i tertial {lage.tertial}",
                STATUS,
                STATUS.index(status) if status else 0,
                width=220,
            )
            note = st.text_input(
                "Anteckning", activity.anteckning(lage.tertial), max_chars=500, width=520
            )
        with st.container(horizontal=True):
            save = st.form_submit_button("Spara status", type="primary")
            away = st.form_submit_button("Ta bort aktiviteten")
    if save:
        status = (saved, activity, lage.tertial, chosen, note)
        act(PLAN, lambda: followup_store.satt_status(*status), "", key)
    elif away:
        reason = "Borttagen ur planen"
        act(PLAN, lambda: activities.ta_bort(saved, activity, skal=reason), "", key, OPPEN)


def _forsvunnen(known: dict[str, Aktivitet], before: Aktivitet) -> None:
    """Tell when the activity that was open has gone: what was written about it went with it."""
    if before.id not in known:
        st.warning(
            f"Aktiviteten ”{md(before.namn)}” har tagits bort sedan du öppnade den. Det du skrev "
            "om den har inte sparats."
        )


def _ny(saved: Store, lage: Tertiallage) -> None:
    with st.form("ny_aktivitet", clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="top"):
            name = st.text_input("Aktivitetens namn", max_chars=120, width=420)
            planned = st.selectbox("Planerad till tertial", [1, 2, 3], lage.tertial - 1, width=190)
            role = st.text_input("Ansvarig roll för aktiviteten", max_chars=80, width=260)
        if not st.form_submit_button("Lägg till", type="primary"):
            return
    made = Aktivitet(lage.ar, name, planned, role, exempel=lage.exempel)
    act(PLAN, lambda: activities.lagg_till(saved, [made], skal="Ny aktivitet"))


def _fil(saved: Store, lage: Tertiallage) -> None:
    st.caption(
        "CSV eller Excel med kolumnerna namn, tertial och roll, och om du vill t1_status och "
        "t1_anteckning till t3. Ett fel stoppar allt."
    )
    with st.form("aktivitetsfil", clear_on_submit=True):
        given = st.file_uploader("Fil med aktiviteter")
        if not (st.form_submit_button("Läs in aktiviteterna") and given):
            return

    def read() -> None:
        new = activities_file.las(given.name, given.getvalue(), lage.ar, exempel=lage.exempel)
        activities.lagg_till(saved, new, skal=f"Inläst: {given.name}")

    act(PLAN, read)
