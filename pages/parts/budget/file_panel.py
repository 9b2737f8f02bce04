"""Read a budget's lines out of a file or pasted rows, all of them or none."""

import streamlit as st

from analytics.budget import file as budget_file, from_sie, lines as budget_lines, versions
from analytics.budget.lines import Budget
from analytics.characters import visible
from analytics.ledger.sie import reader as sie
from analytics.store.posts import Store
from pages.parts.frame.act import BUDGET, act

TURN = "_budget_fil"
OPEN = "_budget_oppen"  # the draft's id, and the line that is open in the form as it was then


def show(saved: Store, draft: Budget) -> None:
    """The file, the pasted rows, and what SIE needs to be told."""
    st.caption(
        "CSV, Excel eller ODS med kolumnerna del (inlan eller gemensamt), namn, roll, ar_kr, "
        "t1_kr, t2_kr och t3_kr, eller en SIE-fil med #PBUDGET. Filen ersätter utkastets poster; "
        "en post med samma namn behåller sina konteringsregler. Ett fel stoppar allt. Vad en fil "
        "får innehålla står i docs/budget-filer.md."
    )
    turn = st.session_state.setdefault(TURN, 0)  # a new turn begins with empty fields
    with st.form("budgetfil"):
        given = st.file_uploader("Fil med poster", key=f"budgetfil_{turn}")
        text = st.text_area(
            "Eller klistra in rader, med rubrikraden",
            height=120,
            placeholder="del;namn;roll;ar_kr;t1_kr;t2_kr;t3_kr",
            key=f"budgettext_{turn}",
        )
        spans = st.text_input(
            "Konton för inlånad personal, om filen är SIE",
            placeholder="5010, 6800–6899",
            max_chars=200,
            width=420,
        )
        read = st.form_submit_button("Läs in")
    if read and given and text.strip():
        st.error("Både en fil och inklistrade rader finns. Ta bort det ena, så läses det andra in.")
    elif read and given:
        _import_file(saved, draft, given.name, given.getvalue(), spans)
    elif read:
        _import_file(saved, draft, "inklistrat.csv", text.encode("utf-8", "replace"), spans)


def _import_file(saved: Store, draft: Budget, name: str, content: bytes, spans: str) -> None:
    said = ["Raderna är inlästa."]

    def read() -> None:
        if sie.is_sie(content):
            rows, remarks = from_sie.read(name, content, draft.year, spans)
            said.extend(remarks)
        else:
            rows = budget_file.read(name, content, said)
        made = budget_lines.with_rows(draft, rows)
        if made.in_order == draft.in_order:
            said[0] = "Alla poster i filen finns redan i utkastet. Inget sparades."
        else:
            versions.save(saved, made, reason=f"Inläst: {visible(name)}")
        st.session_state[TURN] += 1

    act(BUDGET, read, lambda _: " ".join(said), OPEN)
