"""The year's plan beside the money: activities and what is reported of them per tertial (K7)."""

import streamlit as st

from analytics.characters import visible
from analytics.followup import activities, activities_file, comments
from analytics.followup.activities import STATUS, Activity
from analytics.followup.figures import TertialStatus
from analytics.followup.wording import reported
from analytics.store.posts import Store
from analytics.swedish import escape_markdown
from pages.parts.frame.act import PLAN, act, told
from pages.parts.widgets.html_table import Column, show_table

NEW = "Ny aktivitet"
OPEN = "aktivitet_oppen"  # the activity that the form was about in the run before


def show(saved: Store, status: TertialStatus) -> None:
    """Show the plan with its status, and the forms to change it."""
    known = {a.id: a for a in activities.all_activities(saved, status.year)}
    told(PLAN)
    if not status.activities:
        st.markdown(
            f"Verksamhetsplanen {status.year} är tom. Lägg in det som ska göras, så följs det per "
            "tertial vid sidan av pengarna (K7)."
        )
    else:
        show_table(
            [
                {
                    "namn": a.name,
                    "planerad": f"T{a.planned}",
                    "status": a.status,
                    "anteckning": a.note,
                    "roll": a.role or None,
                    "exempel": a.id in known and known[a.id].example,
                    "forsenad": a.planned <= status.tertial and a.status not in ("klar", "utgår"),
                }
                for a in status.activities
            ],
            [
                Column("namn", "Aktivitet", mark_of=lambda r: "exempel" if r["exempel"] else None),
                Column("planerad", "Planerad till"),
                Column(
                    "status",
                    f"Status tertial {status.tertial}",
                    mark_of=lambda r: "inte klar i tid" if r["forsenad"] and r["status"] else None,
                ),
                Column("anteckning", "Anteckning"),
                Column("roll", "Ansvarig roll"),
            ],
            f"{reported(status)} {status.period} (K7)",
            key="aktiviteter",
        )
    if status.locked:
        return
    with st.expander("Rapportera, lägg till eller ta bort", key="ex_aktiviteter"):
        _write(saved, status, known)
    with st.expander("Läs in aktiviteter ur en fil"):
        _file(saved, status)


def _write(saved: Store, status: TertialStatus, known: dict[str, Activity]) -> None:
    which = st.selectbox(
        "Aktivitet",
        [NEW, *known],
        index=1 if known else 0,
        format_func=lambda k: known[k].name if k in known else k,
        width=420,
    )
    before = st.session_state.get(OPEN)
    if before and before.year == status.year:
        _gone(known, before)
    st.session_state[OPEN] = known.get(which)
    if which == NEW:
        _add_new(saved, status)
        return
    # as it was when the form was opened: a later save by someone else is a conflict
    key = f"sedd_aktivitet_{status.tertial}_{which}"
    activity = st.session_state.setdefault(key, known[which])
    with st.form(f"aktivitet_{status.tertial}_{which}"):
        chosen_status = activity.status(status.tertial)
        with st.container(horizontal=True, vertical_alignment="top"):
            chosen = st.selectbox(
                f"Status i tertial {status.tertial}",
                STATUS,
                STATUS.index(chosen_status) if chosen_status else 0,
                width=220,
            )
            note = st.text_input(
                "Anteckning", activity.note(status.tertial), max_chars=500, width=520
            )
        with st.container(horizontal=True):
            save = st.form_submit_button("Spara status", type="primary")
            away = st.form_submit_button("Ta bort aktiviteten")
    if save:
        chosen_status = (saved, activity, status.tertial, chosen, note)
        act(PLAN, lambda: comments.set_status(*chosen_status), "", key)
    elif away:
        reason = "Borttagen ur planen"
        act(PLAN, lambda: activities.remove(saved, activity, reason=reason), "", key, OPEN)


def _gone(known: dict[str, Activity], before: Activity) -> None:
    """Tell when the activity that was open has gone: what was written about it went with it."""
    if before.id not in known:
        st.warning(
            f"Aktiviteten ”{escape_markdown(before.name)}” har tagits bort sedan du öppnade den. "
            "Det du skrev "
            "om den har inte sparats."
        )


def _add_new(saved: Store, status: TertialStatus) -> None:
    with st.form("ny_aktivitet", clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="top"):
            name = st.text_input("Aktivitetens namn", max_chars=120, width=420)
            planned = st.selectbox(
                "Planerad till tertial", [1, 2, 3], status.tertial - 1, width=190
            )
            role = st.text_input("Ansvarig roll för aktiviteten", max_chars=80, width=260)
        if not st.form_submit_button("Lägg till", type="primary"):
            return
    made = Activity(status.year, name, planned, role, example=status.example)
    act(PLAN, lambda: activities.add(saved, [made], reason="Ny aktivitet"))


def _file(saved: Store, status: TertialStatus) -> None:
    st.download_button(
        "Hämta aktiviteterna (CSV)",
        lambda: activities_file.as_csv(activities.all_activities(saved, status.year)),
        f"aktiviteter-{status.year}.csv",
        "text/csv",
        on_click="ignore",
    )
    st.caption(
        "CSV, Excel eller ODS med kolumnerna namn, tertial och roll, och om du vill t1_status och "
        "t1_anteckning till t3. Ett fel stoppar allt."
    )
    with st.form("aktivitetsfil", clear_on_submit=True):
        given = st.file_uploader("Fil med aktiviteter")
        if not (st.form_submit_button("Läs in aktiviteterna") and given):
            return

    def read() -> str:
        told: list[str] = []
        new = activities_file.read(
            given.name, given.getvalue(), status.year, example=status.example, remarks=told
        )
        made = activities.add_new(saved, new, reason=f"Inläst: {visible(given.name)}")
        if not made:
            told.append("Alla aktiviteter i filen finns redan i planen. Inget sparades.")
        return " ".join(told)

    act(PLAN, read, str)
