"""Files of the rotation: calendars, the register out, and the register in, all or nothing."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.characters import visible
from analytics.reference import database
from analytics.rotation import file as rotation_file
from analytics.rotation.loans import Inlan
from analytics.rotation.register import save
from analytics.store.posts import Store
from analytics.swedish import sort_key
from pages.parts.frame.act import ROTATION, act

EVERYTHING = "alla"


def show(
    store: Store, plan: Sequence[Inlan], rows: Sequence[PartyRow], names: Mapping[str, str]
) -> None:
    """Show what can be downloaded and read in."""
    parties = sorted({i.party for i in plan}, key=lambda p: sort_key(names[p]))
    which = st.selectbox(
        "Kalender för",
        [EVERYTHING, *parties],
        format_func=lambda p: "alla parter" if p == EVERYTHING else names[p],
        width=330,
    )
    own = None if which == EVERYTHING else which
    with st.container(horizontal=True):
        st.download_button(
            "Hämta kalendern (ICS)",
            rotation_file.calendar(plan, names, own),
            f"inlan-{which}.ics",
            "text/calendar",
        )
        st.download_button(
            "Hämta registret (CSV)", rotation_file.as_csv(plan), "inlan.csv", "text/csv"
        )
        st.download_button(
            "Hämta registret (Excel)",
            lambda: rotation_file.as_excel(plan),
            "inlan.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    with st.form("las_in"):
        file = st.file_uploader(
            "Fil med inlån: CSV, Excel eller ODS",
            max_upload_size=5,
            key="inlan_fil",
        )
        text = st.text_area(
            "Eller klistra in rader ur en CSV-fil, med rubrikraden",
            height=100,
            placeholder="inlan_id,post,part_id,roll,fran,till,procent,status,…",
        )
        reason = st.text_input("Skäl", max_chars=200, key="las_in_skal")
        read = st.form_submit_button("Läs in")
    st.caption(
        "Ett fel i en rad stoppar allt, och inget sparas. Rader som redan finns i registret "
        "hoppas över."
    )
    if read:
        name, content = (
            (file.name, file.getvalue()) if file else ("inklistrat.csv", text.encode("utf-8"))
        )

        def take_in() -> str:
            told: list[str] = []
            new = rotation_file.read(name, content, rows, plan, told)
            why = reason.strip() or f"inläst ur {visible(name)}"
            save(database.shared(), store, rows, new, why)
            if not new:
                told.append("Alla inlån i filen finns redan i registret. Inget sparades.")
            return " ".join(told)

        act(ROTATION, take_in, str)
