"""The controls of the view: year, the agreement's values, the readings. Text fields, never number
inputs: a browser in English turns 12,5 into 125 without a word."""

import streamlit as st

from analytics.errors import AgreementError
from analytics.scenario.dated import IN_FORCE
from analytics.swedish import escape_markdown
from pages.parts.frame import address, chosen as frame_chosen, keys as frame_keys, question

OWN_PAGES = (
    "pages/fordelning.py",
    "pages/tolkningar.py",
)  # pages that show the controls in the page itself

LABEL = {
    "ram": "Rambudget, kr",
    "del": "Kommunernas del",
    "tak": "Tak, kr per invånare",
    "procent": "En andel, % av ramen",
    "krontak": "Krontak per andel, kr",
}


def scenario() -> None:
    """The scenario, once there is one to choose."""
    known = {item.id: item.name for item in frame_chosen.scenarios().list_all()}
    if not known:
        return
    st.selectbox(
        "Scenario",
        ["", *known],
        key=frame_keys.SCENARIO,
        format_func=lambda scenario_id: known.get(scenario_id, IN_FORCE.name),
        width=260,
    )


def year() -> None:
    """The budget year."""
    st.selectbox("Budgetår", list(question.years_in_agreement()), key=frame_keys.YEAR, width=130)


def values(keys: tuple[str, ...] = ("ram", "del", "tak", "procent")) -> None:
    """One text field per value, with what it says read back, or why it cannot be read."""
    values = question.basis()[0]
    with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
        for key in keys:
            parameter = question.parameter_of(key)
            with st.container(width=165, gap="xsmall"):
                st.text_input(
                    f"{LABEL[key]} ({parameter.clause})",
                    key=key,
                    placeholder=f"{_whose().lower()}s värde",
                    max_chars=40,
                )
                _echo(key, parameter.id, values[parameter.id])


def _echo(key: str, name: str, in_force: object) -> None:
    try:
        value = question.value_of(key)
    except AgreementError as error:
        st.error(escape_markdown(f"{error} {_whose()}s värde används."))
        value = None
    if value is None or value == in_force:
        st.caption(escape_markdown(f"{_whose()}: {question.show(name, in_force)}"))
    else:
        st.caption(
            escape_markdown(
                f"Prövas: {question.show(name, value)}. {_whose()}: {question.show(name, in_force)}"
            )
        )
    if st.session_state[key]:
        st.button(
            f"Återställ till {_whose().lower()}",
            key=f"ater_{key}",
            on_click=address.reset,
            args=(key,),
            type="tertiary",
        )


def _whose() -> str:
    """What holds where nothing of one's own is typed."""
    return "Scenariot" if st.session_state[frame_keys.SCENARIO] else "Avtalet"


def reading(point: str) -> None:
    """Choose one reading of an open point."""
    open_point = question.agreement().open_points[point]
    st.radio(
        f"{point} ({open_point.clause}): {open_point.ask}",
        list(open_point.readings),
        key=point,
        format_func=lambda r: escape_markdown(
            open_point.readings[r].name + (" (standard)" if r == open_point.standard else "")
        ),
        captions=[escape_markdown(r.text) for r in open_point.readings.values()],
    )


def readings() -> None:
    """All open points that decide the fees."""
    for open_point in question.agreement().open_points.values():
        if open_point.holds == "avgift":
            reading(open_point.id)


def everything() -> None:
    """Everything that can be tried, in one column."""
    values()
    readings()
    st.button("Återställ allt till avtalet", key="ater_allt", on_click=address.reset)
