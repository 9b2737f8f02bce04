"""The controls of the view: year, the agreement's values, the readings. Text fields, never number
inputs: a browser in English turns 12,5 into 125 without a word."""

import streamlit as st

from analytics.errors import AgreementError
from analytics.scenario import GALLANDE
from analytics.swedish import md
from pages.parts import keys, valt, vy

EGNA_SIDOR = (
    "pages/fordelning.py",
    "pages/tolkningar.py",
)  # pages that show the controls in the page itself

ETIKETT = {
    "ram": "Rambudget, kr",
    "del": "Kommunernas del, som 50 %",
    "tak": "Tak, kr per invånare",
    "procent": "En andel, % av ramen",
    "krontak": "Krontak per andel, kr",
}


def scenario() -> None:
    """The scenario, once there is one to choose."""
    known = {item.id: item.namn for item in valt.scenarier().lista()}
    if not known:
        return
    st.selectbox(
        "Scenario",
        ["", *known],
        key=keys.SCENARIO,
        format_func=lambda scenario_id: known.get(scenario_id, GALLANDE.namn),
        width=260,
    )


def ar() -> None:
    """The budget year."""
    st.selectbox("Budgetår", list(vy.ar_i_avtalet()), key=keys.YEAR, width=130)


def varden(keys: tuple[str, ...] = ("ram", "del", "tak", "procent")) -> None:
    """One text field per value, with what it says read back, or why it cannot be read."""
    values = vy.grund()[0]
    with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
        for key in keys:
            name = vy.PARAMETRAR[key]
            in_force = values[name]
            with st.container(width=165, gap="xsmall"):
                st.text_input(
                    f"{ETIKETT[key]} ({vy.avtal().parametrar[name].klausul})",
                    key=key,
                    placeholder=f"{_vems().lower()}s värde",
                    max_chars=40,
                )
                _eko(key, name, in_force)


def _eko(key: str, name: str, in_force: object) -> None:
    try:
        value = vy.varde(key)
    except AgreementError as error:
        st.error(md(f"{error} {_vems()}s värde används."))
        value = None
    if value is None or value == in_force:
        st.caption(md(f"{_vems()}: {vy.visa(name, in_force)}"))
    else:
        st.caption(md(f"Prövas: {vy.visa(name, value)}. {_vems()}: {vy.visa(name, in_force)}"))
    if st.session_state[key]:
        st.button(
            f"Återställ till {_vems().lower()}",
            key=f"ater_{key}",
            on_click=vy.aterstall,
            args=(key,),
            type="tertiary",
        )


def _vems() -> str:
    """What holds where nothing of one's own is typed."""
    return "Scenariot" if st.session_state[keys.SCENARIO] else "Avtalet"


def lasart(point: str) -> None:
    """Choose one reading of an open point."""
    tolkning = vy.avtal().tolkningar[point]
    st.radio(
        f"{point} ({tolkning.klausul}): {tolkning.fraga}",
        list(tolkning.lasarter),
        key=point,
        format_func=lambda r: md(
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
