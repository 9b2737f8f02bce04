"""Read a budget's lines out of a file or pasted rows, all of them or none."""

import streamlit as st

from analytics import budget, budget_file, budget_sie, budget_store, sie
from analytics.budget import Budget, Budgetrad
from analytics.store import Store
from pages.parts.budgetgor import gor


def visa(saved: Store, draft: Budget) -> None:
    """The file, the pasted rows, and what SIE needs to be told."""
    st.caption(
        "CSV eller Excel med kolumnerna del (inlan eller gemensamt), namn, roll, ar_kr, t1_kr, "
        "t2_kr och t3_kr, eller en SIE-fil med #PBUDGET. Filen ersätter utkastets poster; en post "
        "med samma namn behåller sina konteringsregler. Ett fel stoppar allt."
    )
    with st.form("budgetfil"):
        given = st.file_uploader("Fil med poster")
        text = st.text_area(
            "Eller klistra in rader, med rubrikraden",
            height=120,
            placeholder="del;namn;roll;ar_kr;t1_kr;t2_kr;t3_kr",
        )
        spans = st.text_input(
            "Konton för inlånad personal, om filen är SIE",
            placeholder="5010, 6800–6899",
            max_chars=200,
            width=420,
        )
        if st.form_submit_button("Läs in"):
            name, content = (
                (given.name, given.getvalue())
                if given
                else ("inklistrat.csv", text.encode("utf-8", "replace"))
            )

            def read() -> None:
                rows = _las(name, content, draft.ar, spans)
                budget_store.spara(saved, budget.med_rader(draft, rows), skal=f"Inläst: {name}")

            gor(read, "Raderna är inlästa.")


def _las(name: str, content: bytes, year: int, spans: str) -> list[Budgetrad]:
    if sie.ar_sie(content):
        return budget_sie.las(name, content, year, spans)
    return budget_file.las(name, content)
