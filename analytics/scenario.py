"""A scenario: a name, a status, a parent, and dated changes with reasons. Never a copy, never a
result. The scenario in force, GALLANDE, has no changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from analytics import parties, prices, scenario_read, scenario_values
from analytics.agreement import Avtal
from analytics.clauses import Parameter
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.errors_scenario import BadScenario
from analytics.parties import PartRad
from analytics.question import Uppgift
from analytics.scenario_changes import (
    Andring,
    Lasval,
    Partandring,
    Uppraknad,
    Varde,
    ordnade,
    till_data,
)

STATUS = ("utkast", "fryst", "beslutat")
FIELDS = ("namn", "status", "foralder", "andring", "arkiverad", "sigill", "beslut")


@dataclass(frozen=True, slots=True)
class Scenario:
    """`sigill`: the seal of a frozen one. `beslut`: the sentence that was decided on, and when."""

    namn: str
    andringar: tuple[Andring, ...] = ()
    status: str = "utkast"
    id: str = ""
    foralder: str | None = None
    version: int = 0
    arkiverad: bool = False
    sigill: str | None = None
    beslut: str | None = None
    andrad: datetime | None = None

    @property
    def fryst(self) -> bool:
        return self.sigill is not None


GALLANDE = Scenario("Gällande avtal", status="beslutat")


def till_post(scenario: Scenario) -> dict[str, object]:
    """Return what the store keeps of a scenario."""
    data: dict[str, object] = {
        "namn": scenario.namn,
        "status": scenario.status,
        "foralder": scenario.foralder,
        "arkiverad": scenario.arkiverad,
        "andring": [till_data(change) for change in scenario.andringar],
    }
    return data | {
        key: value
        for key, value in (("sigill", scenario.sigill), ("beslut", scenario.beslut))
        if value is not None
    }


def las(db: Database, avtal: Avtal, data: Mapping[str, object]) -> Scenario:
    """Return the scenario that *data* says. Raises BadScenario with every fault."""
    faults = scenario_values.okanda(map(str, data), FIELDS)
    try:
        name = scenario_values.text(data, "namn", "Namnet")
    except AgreementError as error:
        name = "utan namn"
        faults.append(str(error))
    if name.casefold() == GALLANDE.namn.casefold():
        faults.append(f"Namnet ”{GALLANDE.namn}” är upptaget. Välj ett annat.")
    status = data.get("status", "utkast")
    if status not in STATUS:
        faults.append(f"Statusen ”{str(status)[:40]}” finns inte. Välj bland {', '.join(STATUS)}.")
    rows = data.get("andring", [])
    changes, wrong = scenario_read.andringar(db, avtal, parties.rader(db, avtal), rows)
    if faults or wrong:
        raise BadScenario(name, [*faults, *wrong])
    scenario = Scenario(
        name,
        ordnade(tuple(changes)),
        str(status),
        foralder=data.get("foralder") or None,
        arkiverad=bool(data.get("arkiverad", False)),
        sigill=data.get("sigill"),
        beslut=data.get("beslut"),
    )
    _prova(db, avtal, scenario)
    return scenario


def _prova(db: Database, avtal: Avtal, scenario: Scenario) -> None:
    """Raise BadScenario where a value becomes what it may not be. A year without data is not one:
    the other years can still be computed."""
    faults = {}
    for year in range(avtal.fran.year, avtal.till_och_med + 1):
        try:
            parametrar(db, avtal, scenario, year)
        except prices.IndexMissing:
            continue
        except AgreementError as error:
            faults.setdefault(str(error), f"{year}: {error}")
    if faults:
        raise BadScenario(scenario.namn, list(faults.values()))


def uppgift(db: Database, avtal: Avtal, scenario: Scenario, year: int) -> Uppgift:
    """Return the question that *scenario* asks about *year*. Raises IndexMissing, NotInForce."""
    return Uppgift(
        year,
        rader(db, avtal, scenario),
        parametrar(db, avtal, scenario, year),
        lasarter(scenario, year),
    )


def avtalets(avtal: Avtal, year: int) -> dict[str, Fraction]:
    """Return the agreement's own values in *year*. Raises NotInForce."""
    return {name: p.on(date(year, 1, 1)) for name, p in avtal.parametrar.items()}


def parametrar(db: Database, avtal: Avtal, scenario: Scenario, year: int) -> dict[str, Fraction]:
    """Return the values in *year* that the scenario decides; the others are left out."""
    changes: dict[str, list[Varde | Uppraknad]] = {}
    for change in ordnade(scenario.andringar):
        if isinstance(change, (Varde, Uppraknad)) and change.fran.year <= year:
            changes.setdefault(change.parameter, []).append(change)
    return {name: _varde(db, avtal.parameter(name), rows, year) for name, rows in changes.items()}


def _varde(
    db: Database, parameter: Parameter, changes: Sequence[Varde | Uppraknad], year: int
) -> Fraction:
    """The value in *year* under dated *changes*: the last that has begun decides."""
    begun = [change for change in changes if change.fran.year <= year]
    if not begun:
        return parameter.on(date(year, 1, 1))
    last = begun[-1]
    if isinstance(last, Varde):
        return last.varde
    base = _varde(db, parameter, begun[:-1], last.basar)
    if last.takt is not None:
        factor = (1 + last.takt) ** (year - last.basar)
    else:
        factor = prices.faktor(prices.andringar(db, last.index, last.basar, year, last.sedan))
    units = 1 if parameter.slag == "kronor" else 100  # whole kronor, or whole öre per inhabitant
    return parameter.prova(Fraction(prices.uppraknad(base * units, factor), units))


def lasarter(scenario: Scenario, year: int) -> dict[str, str]:
    """Return the readings that the scenario has chosen for *year*."""
    chosen = [c for c in ordnade(scenario.andringar) if isinstance(c, Lasval)]
    return {c.punkt: c.lasart for c in chosen if c.fran.year <= year}


def rader(db: Database, avtal: Avtal, scenario: Scenario) -> tuple[PartRad, ...]:
    """Return the parties' dated rows with the scenario's changes laid in.

    A term that is changed stays changed through the later rows of the party.
    """
    rows = db.minns("partrader", lambda: parties.rader(db, avtal))
    changes = [c for c in ordnade(scenario.andringar) if isinstance(c, Partandring)]
    if not changes:
        return rows
    found: dict[str, list[PartRad]] = {}
    for row in rows:
        found.setdefault(row.part_id, []).append(row)
    for change in changes:
        found[change.part] = _andrad(found.get(change.part, []), change)
    return tuple(row for history in found.values() for row in history)


def _andrad(history: Sequence[PartRad], change: Partandring) -> list[PartRad]:
    if change.deltar is False:
        change = replace(change, betalar=False)
    elif change.deltar and change.betalar is None:
        change = replace(change, betalar=True)
    elif change.betalar and change.deltar is None:
        change = replace(change, deltar=True)
    before = [row for row in history if row.fran < change.fran]
    after = [row for row in history if row.fran > change.fran]
    same = [row for row in history if row.fran == change.fran]
    source = f"Scenariot: {change.skal}"
    start = (same or before)[-1:] or [
        PartRad(change.part, change.fran, change.part, "", True, True, None, None, source)
    ]
    new = replace(_with_terms(start[0], change), fran=change.fran, kalla=source)
    return [*before, new, *(_with_terms(row, change) for row in after)]


def _with_terms(row: PartRad, change: Partandring) -> PartRad:
    """Return the row with the terms that the change has; what is None stays as it was."""
    return replace(
        row,
        deltar=row.deltar if change.deltar is None else change.deltar,
        betalar=row.betalar if change.betalar is None else change.betalar,
        andelar=row.andelar if change.andelar is None else change.andelar,
        namn=row.namn if change.namn is None else change.namn,
        grupp=row.grupp if change.grupp is None else change.grupp,
        kategori=row.kategori if change.kategori is None else change.kategori,
    )
