"""The strip on top of every page: scenario, year, population, own values and deviating readings."""

import streamlit as st

from analytics.errors import AgreementError
from analytics.swedish import date_text, escape_markdown
from pages.parts.frame import chosen as frame_chosen, controls, question


def show(page: str) -> None:
    """Draw the strip. *page* is the page's file; some pages show the controls themselves."""
    with st.container(key="strip", horizontal=True, vertical_alignment="bottom", gap="medium"):
        controls.scenario()
        controls.year()
        if page not in controls.OWN_PAGES:
            with st.popover("Ändra förutsättningar", width="content"):
                controls.everything()
        with st.container(width="stretch", key="strip_text"):
            st.markdown(_row())


def _row() -> str:
    asked = question.asked()
    deviating = question.agreement().deviating(dict(asked.readings))
    parts = (
        [frame_chosen.heading(question.scenario())]
        if asked.scenario or not question.is_tried(asked)
        else []
    )
    if question.is_tried(asked):
        parts.append("**Prövning, ej beslutad**")
    parts.append(f"**{asked.year}**")
    try:
        result = question.result(asked)
    except AgreementError as error:
        return " · ".join([*parts, escape_markdown(str(error))])
    for label, found in (
        ("folkmängd", result.population()),
        ("tak räknat på folkmängd", result.population(ceiling=True)),
    ):
        if found:
            parts.append(f"{label} {date_text(found[0])} ({found[1]})")
    if asked.parameters:
        parts.append("egna värden: " + escape_markdown(question.describe(dict(asked.parameters))))
    if deviating:
        names = [
            f"{t} {question.agreement().open_points[t].readings[r].name}"
            for t, r in deviating.items()
        ]
        parts.append("avvikande tolkning: " + escape_markdown(", ".join(names)))
    else:
        parts.append("tolkningar enligt standard")
    return " · ".join(parts)
