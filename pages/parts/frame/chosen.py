"""The scenario that the whole app shows: found in the store, with the values that it gives."""

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from analytics.agreement import contract
from analytics.errors import AgreementError
from analytics.reference import database
from analytics.scenario import dated as scenario_dated, results
from analytics.scenario.dated import IN_FORCE, Scenario
from analytics.scenario.errors import UnknownScenario
from analytics.scenario.results import ScenarioCase
from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts
from analytics.swedish import date_text, escape_markdown

STATUS_IN_WORDS = {
    "utkast": "utkast, ej beslutat",
    "fryst": "fryst, ej beslutat",
    "beslutat": "beslutat",
}


def scenarios() -> Scenarios:
    return Scenarios(database.shared(), contract.load(), store_posts.shared())


def get_scenario(scenario_id: str) -> Scenario:
    """Return the scenario, "" is the agreement in force. Raises UnknownScenario and the store's."""
    return scenarios().get(scenario_id)


def valid(scenario_id: str) -> str:
    """Return the id of a scenario that can be shown; say so where a link asks for another."""
    if not scenario_id:
        return ""
    try:
        found = get_scenario(scenario_id)
    except UnknownScenario:
        st.warning(
            f"Länken ber om scenariot ”{escape_markdown(scenario_id[:60])}”, som inte finns här. "
            "Nu visas "
            "gällande avtal. Be den som skickade länken om en ny."
        )
        return ""
    if found.archived:
        st.warning(
            f"Länken visar scenariot ”{escape_markdown(found.name)}”, som arkiverades "
            f"{date_text(found.changed)[:10]}. Nu visas gällande avtal. Ta fram scenariot ur "
            "arkivet på "
            "sidan Scenarier för att se det igen."
        )
        return ""
    return found.id


def basis(scenario_id: str, year: int) -> tuple[Mapping[str, Fraction], Mapping[str, str]]:
    """Return all values and readings of the year: the scenario's, else the agreement's."""
    item = get_scenario(scenario_id)
    key = ("grund", item.id, item.version, year)
    return database.shared().remember(key, lambda: _basis(item, year))


def _basis(item: Scenario, year: int) -> tuple[Mapping[str, Fraction], Mapping[str, str]]:
    agreement = contract.load()
    try:
        asked = results.question_of(
            database.shared(), agreement, scenarios(), ScenarioCase(item, year)
        )
        values, readings = asked.parameters, asked.readings
    except AgreementError:  # said by the strip and the page, where the fees are asked for
        values, readings = {}, scenario_dated.readings_in(item, year)
    return {**scenario_dated.values_of_agreement(agreement, year), **values}, agreement.readings(
        readings
    )


def heading(item: Scenario) -> str:
    """Return name and status as the strip and the page show them, escaped."""
    if item is IN_FORCE or not item.id:
        return "**Gällande avtal**"
    return f"**{escape_markdown(item.name)}** ({STATUS_IN_WORDS[item.status]})"
