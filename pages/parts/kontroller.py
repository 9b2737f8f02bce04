"""The controls of the view: year, the agreement's values, the readings. Text fields, never number
inputs: a browser in English turns 12,5 into 125 without a word."""

from datetime import date

import streamlit as st

from analytics.errors import AgreementError
from analytics.swedish import md
from pages.parts import vy

EGNA_SIDOR = (
    "pages/fordelning.py",
    "pages/tolkningar.py",
)  # pages that show the controls in the page itself

ETIKETT = {
    "ram": "Rambudget, kr",
    "del": "Kommunernas del, %",
    "tak": "Tak, kr per invånare",
    "procent": "En andel, % av ramen",
    "krontak": "Krontak per andel, kr",
}


def ar() -> None:
    """The budget year."""
    st.selectbox("Budgetår", list(vy.ar_i_avtalet()), key="ar", width=130)


def varden(keys: tuple[str, ...] = ("ram", "del", "tak", "procent")) -> None:
    """One text field per value, with what it says read back, or why it cannot be read."""
    day = date(st.session_state["ar"], 1, 1)
    with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
        for key in keys:
            name = vy.PARAMETRAR[key]
            in_force = vy.avtal().parametrar[name].on(day)
            with st.container(width=165, gap="xsmall"):
                st.text_input(
                    f"{ETIKETT[key]} ({vy.avtal().parametrar[name].klausul})",
                    key=key,
                    placeholder="avtalets värde",
                    max_chars=40,
                )
                _eko(key, name, in_force)


def _eko(key: str, name: str, in_force: object) -> None:
    try:
        value = vy.varde(key)
    except AgreementError as error:
        st.error(md(f"{error} Avtalets värde används."))
        value = None
    if value is None or value == in_force:
        st.caption(f"Avtalet: {md(vy.visa(name, in_force))}")
    else:
        st.caption(f"Prövas: {md(vy.visa(name, value))}. Avtalet: {md(vy.visa(name, in_force))}")
    if st.session_state[key]:
        st.button(
            "Återställ till avtalet",
            key=f"ater_{key}",
            on_click=vy.aterstall,
            args=(key,),
            type="tertiary",
        )


def lasart(point: str) -> None:
    """Choose one reading of an open point."""
    tolkning = vy.avtal().tolkningar[point]
    st.radio(
        f"{point} ({tolkning.klausul}): {tolkning.fraga}",
        list(tolkning.lasarter),
        key=point,
        format_func=lambda r: (
            tolkning.lasarter[r].namn + (" (standard)" if r == tolkning.standard else "")
        ),
        captions=[md(r.text) for r in tolkning.lasarter.values()],
    )


def lasarter() -> None:
    """All open points that decide the fees."""
    for tolkning in vy.avtal().tolkningar.values():
        if tolkning.galler == "avgift":
            lasart(tolkning.id)


def alla() -> None:
    """Everything that can be tried, in one column."""
    varden()
    lasarter()
    st.button("Återställ allt till avtalet", key="ater_allt", on_click=vy.aterstall)
