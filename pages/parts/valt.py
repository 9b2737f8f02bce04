"""The scenario that the whole app shows: found in the store, with the values that it gives."""

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from analytics import agreement, database, scenario, scenario_results, store
from analytics.errors import AgreementError
from analytics.errors_scenario import UnknownScenario
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_results import Fall
from analytics.scenario_store import Scenarier
from analytics.swedish import datum, md

STATUS_I_ORD = {
    "utkast": "utkast, ej beslutat",
    "fryst": "fryst, ej beslutat",
    "beslutat": "beslutat",
}


def scenarier() -> Scenarier:
    return Scenarier(database.shared(), agreement.load(), store.shared())


def scenariot(scenario_id: str) -> Scenario:
    """Return the scenario, "" is the agreement in force. Raises UnknownScenario and the store's."""
    return scenarier().hamta(scenario_id)


def giltigt(scenario_id: str) -> str:
    """Return the id of a scenario that can be shown; say so where a link asks for another."""
    if not scenario_id:
        return ""
    try:
        found = scenariot(scenario_id)
    except UnknownScenario:
        st.warning(
            f"Länken ber om scenariot ”{md(scenario_id[:60])}”, som inte finns här. Nu visas "
            "gällande avtal. Be den som skickade länken om en ny."
        )
        return ""
    if found.arkiverad:
        st.warning(
            f"Länken visar scenariot ”{md(found.namn)}”, som arkiverades "
            f"{datum(found.andrad)[:10]}. Nu visas gällande avtal. Ta fram scenariot ur arkivet på "
            "sidan Scenarier för att se det igen."
        )
        return ""
    return found.id


def grund(scenario_id: str, year: int) -> tuple[Mapping[str, Fraction], Mapping[str, str]]:
    """Return all values and readings of the year: the scenario's, else the agreement's."""
    item = scenariot(scenario_id)
    key = ("grund", item.id, item.version, year)
    return database.shared().minns(key, lambda: _grund(item, year))


def _grund(item: Scenario, year: int) -> tuple[Mapping[str, Fraction], Mapping[str, str]]:
    avtal = agreement.load()
    try:
        asked = scenario_results.uppgift(database.shared(), avtal, scenarier(), Fall(item, year))
        values, readings = asked.parametrar, asked.lasarter
    except AgreementError:  # said by the strip and the page, where the fees are asked for
        values, readings = {}, scenario.lasarter(item, year)
    return {**scenario.avtalets(avtal, year), **values}, avtal.lasarter(readings)


def rubrik(item: Scenario) -> str:
    """Return name and status as the strip and the page show them, escaped."""
    if item is GALLANDE or not item.id:
        return "**Gällande avtal**"
    return f"**{md(item.namn)}** ({STATUS_I_ORD[item.status]})"
