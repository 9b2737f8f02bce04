"""A scenario: a name, a status, a parent, and dated changes with reasons. Never a copy, never a
result. The scenario in force, IN_FORCE, has no changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from analytics.agreement import parties
from analytics.agreement.clauses import Parameter
from analytics.agreement.contract import Agreement
from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError
from analytics.fees.question import Question
from analytics.reference import prices
from analytics.reference.database import Database
from analytics.scenario import entry as scenario_entry, values as scenario_values
from analytics.scenario.changes import (
    Change,
    IndexChange,
    PartyChange,
    ReadingChange,
    ValueChange,
    sorted_changes,
    to_data,
)
from analytics.scenario.errors import BadScenario

STATUS = ("utkast", "fryst", "beslutat")
FIELDS = ("namn", "status", "foralder", "andring", "arkiverad", "sigill", "beslut")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`sigill`: the seal of a frozen one. `decision`: the sentence decided on, and when."""

    name: str
    changes: tuple[Change, ...] = ()
    status: str = "utkast"
    id: str = ""
    parent: str | None = None
    version: int = 0
    archived: bool = False
    sigill: str | None = None
    decision: str | None = None
    changed: datetime | None = None

    @property
    def frozen(self) -> bool:
        return self.sigill is not None


IN_FORCE = Scenario(name="Gällande avtal", status="beslutat")


def to_post(scenario: Scenario) -> dict[str, object]:
    """Return what the store keeps of a scenario."""
    data: dict[str, object] = {
        "namn": scenario.name,
        "status": scenario.status,
        "foralder": scenario.parent,
        "arkiverad": scenario.archived,
        "andring": [to_data(change) for change in scenario.changes],
    }
    return data | {
        key: value
        for key, value in (("sigill", scenario.sigill), ("beslut", scenario.decision))
        if value is not None
    }


def read(db: Database, agreement: Agreement, data: Mapping[str, object]) -> Scenario:
    """Return the scenario that *data* says. Raises BadScenario with every fault."""
    faults = scenario_values.unknown_keys(map(str, data), FIELDS)
    try:
        name = scenario_values.read_text(data, "namn", "Namnet")
    except AgreementError as error:
        name = "utan namn"
        faults.append(str(error))
    if name.casefold() == IN_FORCE.name.casefold():
        faults.append(f"Namnet ”{IN_FORCE.name}” är upptaget. Välj ett annat.")
    status = data.get("status", "utkast")
    if status not in STATUS:
        faults.append(f"Statusen ”{str(status)[:40]}” finns inte. Välj bland {', '.join(STATUS)}.")
    rows = data.get("andring", [])
    changes, wrong = scenario_entry.read_changes(
        db, agreement, parties.party_rows(db, agreement), rows
    )
    if faults or wrong:
        raise BadScenario(name, [*faults, *wrong])
    scenario = Scenario(
        name=name,
        changes=sorted_changes(tuple(changes)),
        status=str(status),
        parent=data.get("foralder") or None,
        archived=bool(data.get("arkiverad", False)),
        sigill=data.get("sigill"),
        decision=data.get("beslut"),
    )
    _require_sound(db, agreement, scenario)
    return scenario


def _require_sound(db: Database, agreement: Agreement, scenario: Scenario) -> None:
    """Raise BadScenario where a value becomes what it may not be. A year without data is not one:
    the other years can still be computed."""
    faults = {}
    for year in range(agreement.since.year, agreement.through + 1):
        try:
            parameters_in(db, agreement, scenario, year)
        except prices.IndexMissing:
            continue
        except AgreementError as error:
            faults.setdefault(str(error), f"{year}: {error}")
    if faults:
        raise BadScenario(scenario.name, list(faults.values()))


def question_for(db: Database, agreement: Agreement, scenario: Scenario, year: int) -> Question:
    """Return the question that *scenario* asks about *year*. Raises IndexMissing, NotInForce."""
    return Question(
        year,
        dated_rows(db, agreement, scenario),
        parameters_in(db, agreement, scenario, year),
        readings_in(scenario, year),
    )


def values_of_agreement(agreement: Agreement, year: int) -> dict[str, Fraction]:
    """Return the agreement's own values in *year*. Raises NotInForce."""
    return {name: p.on(date(year, 1, 1)) for name, p in agreement.parameters.items()}


def parameters_in(
    db: Database, agreement: Agreement, scenario: Scenario, year: int
) -> dict[str, Fraction]:
    """Return the values in *year* that the scenario decides; the others are left out."""
    changes: dict[str, list[ValueChange | IndexChange]] = {}
    for change in sorted_changes(scenario.changes):
        if isinstance(change, (ValueChange, IndexChange)) and change.since.year <= year:
            changes.setdefault(change.parameter, []).append(change)
    return {
        name: _value(db, agreement.parameter(name), rows, year) for name, rows in changes.items()
    }


def _value(
    db: Database, parameter: Parameter, changes: Sequence[ValueChange | IndexChange], year: int
) -> Fraction:
    """The value in *year* under dated *changes*: the last that has begun decides."""
    begun = [change for change in changes if change.since.year <= year]
    if not begun:
        return parameter.on(date(year, 1, 1))
    last = begun[-1]
    if isinstance(last, ValueChange):
        return last.value
    base = _value(db, parameter, begun[:-1], last.base_years)
    if last.pace is not None:
        factor = (1 + last.pace) ** (year - last.base_years)
    else:
        factor = prices.factor(
            prices.year_changes(db, last.index, last.base_years, year, last.later_pace)
        )
    units = 1 if parameter.kind == "kronor" else 100  # whole kronor, or whole öre per inhabitant
    return parameter.check(Fraction(prices.indexed(base * units, factor), units))


def readings_in(scenario: Scenario, year: int) -> dict[str, str]:
    """Return the readings that the scenario has chosen for *year*."""
    chosen = [c for c in sorted_changes(scenario.changes) if isinstance(c, ReadingChange)]
    return {c.point: c.reading for c in chosen if c.since.year <= year}


def dated_rows(db: Database, agreement: Agreement, scenario: Scenario) -> tuple[PartyRow, ...]:
    """Return the parties' dated rows with the scenario's changes laid in.

    A term that is changed stays changed through the later rows of the party.
    """
    rows = db.remember("partrader", lambda: parties.party_rows(db, agreement))
    changes = [c for c in sorted_changes(scenario.changes) if isinstance(c, PartyChange)]
    if not changes:
        return rows
    found: dict[str, list[PartyRow]] = {}
    for row in rows:
        found.setdefault(row.party_id, []).append(row)
    for change in changes:
        found[change.party] = _changed(found.get(change.party, []), change)
    return tuple(row for history in found.values() for row in history)


def _changed(history: Sequence[PartyRow], change: PartyChange) -> list[PartyRow]:
    if change.takes_part is False:
        change = replace(change, pays=False)
    elif change.takes_part and change.pays is None:
        change = replace(change, pays=True)
    elif change.pays and change.takes_part is None:
        change = replace(change, takes_part=True)
    before = [row for row in history if row.since < change.since]
    after = [row for row in history if row.since > change.since]
    same = [row for row in history if row.since == change.since]
    source = f"Scenariot: {change.reason}"
    start = (same or before)[-1:] or [
        PartyRow(
            party_id=change.party,
            since=change.since,
            name=change.party,
            group="",
            takes_part=True,
            pays=True,
            shares=None,
            category=None,
            source=source,
        )
    ]
    new = replace(_with_terms(start[0], change), since=change.since, source=source)
    return [*before, new, *(_with_terms(row, change) for row in after)]


def _with_terms(row: PartyRow, change: PartyChange) -> PartyRow:
    """Return the row with the terms that the change has; what is None stays as it was."""
    return replace(
        row,
        takes_part=row.takes_part if change.takes_part is None else change.takes_part,
        pays=row.pays if change.pays is None else change.pays,
        shares=row.shares if change.shares is None else change.shares,
        name=row.name if change.name is None else change.name,
        group=row.group if change.group is None else change.group,
        category=row.category if change.category is None else change.category,
    )
