"""The strip on top of every page: scenario, year, population, own values and deviating readings."""

import streamlit as st

from analytics.errors import AgreementError
from analytics.swedish import datum, md
from pages.parts import kontroller, valt, vy


def visa(sida: str) -> None:
    """Draw the strip. *sida* is the page's file; some pages show the controls themselves."""
    with st.container(key="strip", horizontal=True, vertical_alignment="bottom", gap="medium"):
        kontroller.scenario()
        kontroller.ar()
        if sida not in kontroller.EGNA_SIDOR:
            with st.popover("Ändra förutsättningar", width="content"):
                kontroller.alla()
        with st.container(width="stretch", key="strip_text"):
            st.markdown(_rad())


def _rad() -> str:
    asked = vy.fraga()
    deviating = vy.avtal().avvikande(dict(asked.lasarter))
    parts = [valt.rubrik(vy.scenario())] if asked.scenario or not vy.provas(asked) else []
    if vy.provas(asked):
        parts.append("**Prövning, ej beslutad**")
    parts.append(f"**{asked.ar}**")
    try:
        result = vy.resultat(asked)
    except AgreementError as error:
        return " · ".join([*parts, md(str(error))])
    for label, found in (
        ("folkmängd", result.folkmangd()),
        ("tak räknat på folkmängd", result.folkmangd(tak=True)),
    ):
        if found:
            parts.append(f"{label} {datum(found[0])} ({found[1]})")
    if asked.parametrar:
        parts.append("egna värden: " + md(vy.beskriv(dict(asked.parametrar))))
    if deviating:
        names = [f"{t} {vy.avtal().tolkningar[t].lasarter[r].namn}" for t, r in deviating.items()]
        parts.append("avvikande tolkning: " + md(", ".join(names)))
    else:
        parts.append("tolkningar enligt standard")
    return " · ".join(parts)
