"""What the controls ask: year, own values, readings, scenario; and its answer, computed once.

The controls write to the session under the address' words; a page asks here and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import streamlit as st

from analytics.agreement import contract
from analytics.agreement.clauses import Parameter
from analytics.agreement.contract import Agreement
from analytics.agreement.typed_values import read_value
from analytics.errors import AgreementError
from analytics.fees.payments import FeeResult
from analytics.fees.question import Question
from analytics.reference import database
from analytics.reference.population import Count
from analytics.scenario import results
from analytics.scenario.dated import Scenario
from analytics.scenario.results import ScenarioCase
from analytics.swedish import exact
from pages.parts.frame import chosen as frame_chosen, keys as frame_keys

# The parameters that can be tried on every page, by role: also their words in the address.
TRIED = ("ram", "del", "tak", "procent", "krontak")


@dataclass(frozen=True)
class ViewQuestion:
    """What the user asks: a year, own values by parameter, one reading per open point, and the
    scenario's id ("" is the agreement in force). The own values lie on top of the scenario's."""

    year: int
    parameters: tuple[tuple[str, Fraction], ...]
    readings: tuple[tuple[str, str], ...]
    scenario: str = ""

    def with_changes(self, **changes: object) -> "ViewQuestion":
        return replace(self, **changes)

    def with_reading(self, point: str, reading: str) -> "ViewQuestion":
        return replace(self, readings=tuple({**dict(self.readings), point: reading}.items()))


def agreement() -> Agreement:
    """Return the agreement in force."""
    return contract.load()


def parameter_of(role: str) -> Parameter:
    """Return the parameter that has *role* in the agreement in force."""
    own = agreement()
    return own.parameters[own.roles[role]]


def share_for_inlan(day: date) -> Fraction:
    """Return the part of the frame that is for seconded staff on a day (K2)."""
    return parameter_of("inlan").on(day)


def years_in_agreement() -> range:
    return range(agreement().since.year, agreement().through + 1)


def scenario() -> Scenario:
    """Return the scenario that is shown."""
    return frame_chosen.get_scenario(st.session_state[frame_keys.SCENARIO])


def basis() -> tuple[Mapping[str, Fraction], Mapping[str, str]]:
    """Return the values and readings that hold before anything of one's own is laid on top."""
    return frame_chosen.basis(
        st.session_state[frame_keys.SCENARIO], st.session_state[frame_keys.YEAR]
    )


def value_of(key: str) -> Fraction | None:
    """Return the own value typed under *key*, None where the agreement's holds. Raises BadInput."""
    text = str(st.session_state.get(key, "")).strip()
    if not text:
        return None
    parameter = parameter_of(key)
    return parameter.check(read_value(parameter.kind, text))


def own_values() -> dict[str, Fraction]:
    """Return the own values that can be read and differ from what holds in the year."""
    values, in_force = {}, basis()[0]
    for key in TRIED:
        name = parameter_of(key).id
        try:
            value = value_of(key)
        except AgreementError:
            continue
        if value is not None and value != in_force[name]:
            values[name] = value
    return values


def asked() -> ViewQuestion:
    """Return what the controls ask for. What cannot be read is left at the agreement's value."""
    return ViewQuestion(
        st.session_state[frame_keys.YEAR],
        tuple(own_values().items()),
        tuple((t, st.session_state[t]) for t in agreement().open_points),
        st.session_state[frame_keys.SCENARIO],
    )


def in_force(year: int) -> ViewQuestion:
    """Return the question about the agreement in force, as it stands, in a year."""
    return ViewQuestion(year, (), tuple(agreement().readings().items()))


def is_tried(asked: ViewQuestion) -> bool:
    """Return whether something of one's own lies on top of the scenario or the agreement."""
    return bool(
        asked.parameters
        or dict(asked.readings) != frame_chosen.basis(asked.scenario, asked.year)[1]
    )


def _cases(asked: ViewQuestion) -> ScenarioCase:
    """The question with only what is laid on top: a frozen scenario as it is is not recomputed."""
    readings = frame_chosen.basis(asked.scenario, asked.year)[1]
    own = {t: r for t, r in asked.readings if readings[t] != r}
    return ScenarioCase(
        frame_chosen.get_scenario(asked.scenario), asked.year, dict(asked.parameters), own
    )


def make_question(asked: ViewQuestion) -> Question:
    return results.question_of(
        database.shared(), agreement(), frame_chosen.scenarios(), _cases(asked)
    )


def population(asked: ViewQuestion) -> Callable[[str, date], Count]:
    """Return the inhabitants behind *asked*: sealed with a frozen scenario, else in data."""
    found = frame_chosen.get_scenario(asked.scenario)
    return results.population_of(database.shared(), frame_chosen.scenarios(), found, fallback=True)


def result(asked: ViewQuestion) -> FeeResult:
    """Return the fees of *asked*, computed once. Raises what payments.compute_many raises."""
    return results_by_year([asked])[0]


def results_by_year(asked: list[ViewQuestion]) -> list[FeeResult]:
    """Return the fees of several questions; those not known before are one statement."""
    db = database.shared()
    known: dict[tuple[ViewQuestion, int], FeeResult] = db.remember("resultat", dict)
    keys = [(one, frame_chosen.get_scenario(one.scenario).version) for one in asked]
    new = [key for key in dict.fromkeys(keys) if key not in known]
    if new:
        if len(known) > 2000:
            known.clear()
        found = results.fees_of(
            db, agreement(), frame_chosen.scenarios(), [_cases(one) for one, _ in new]
        )
        for key, answer in zip(new, found, strict=True):
            if isinstance(answer, AgreementError):
                raise answer
            known[key] = answer
    return [known[key] for key in keys]


def describe(values: Mapping[str, Fraction]) -> str:
    """Print own values: "Rambudget 8 000 000 kr/år"."""
    return ", ".join(
        f"{agreement().parameters[name].name} {show(name, value)}" for name, value in values.items()
    )


def show(name: str, value: Fraction) -> str:
    """Print a parameter's value with its unit, as the controls read it."""
    parameter = agreement().parameters[name]
    if parameter.kind == "del":
        return f"{exact(value * 100)} % av ramen"
    return f"{exact(value)} {parameter.unit}"


def grounds(asked: ViewQuestion, result: FeeResult) -> list[str]:
    """Return what the figures rest on, a sentence each: for downloads and below tables."""
    lines = [f"{agreement().name}, budgetåret {asked.year}."]
    if asked.scenario:
        found = frame_chosen.get_scenario(asked.scenario)
        lines.append(f"Scenario: {found.name} ({found.status}).")
    if asked.parameters:
        lines.append(f"Egna värden: {describe(dict(asked.parameters))}.")
    readings = dict(asked.readings)
    lines.append(
        "Läsarter: "
        + ", ".join(
            f"{t.id} {t.readings[readings[t.id]].name}" for t in agreement().open_points.values()
        )
        + "."
    )
    for what, found in (
        ("Avgifterna", result.population()),
        ("Taken", result.population(ceiling=True)),
    ):
        if found:
            lines.append(f"{what} räknas på folkmängden {found[0]} ({found[1]}).")
    return lines
