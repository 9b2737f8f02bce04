"""What the tests of scenarios share: the shipped agreement, and scenarios in an empty store."""

from pathlib import Path

from analytics.agreement import contract
from analytics.reference import database
from analytics.scenario.dated import Scenario
from analytics.scenario.saved import Scenarios
from analytics.store.posts import Store

DB = database.shared()
AGREEMENT = contract.load()
FRAME = {"parameter": "rambudget_kr", "fran": "2027-01-01", "varde": "8 Mkr", "skal": "Förslag"}
KPI = {
    "parameter": "rambudget_kr",
    "fran": "2027-01-01",
    "index": "KPI",
    "basar": 2015,
    "sedan": "2,0",
    "skal": "Samma reala värde",
}
LEAVES = {"part": "trafikverket", "fran": "2027-01-01", "deltar": False, "skal": "Uppsägning"}


def scenarios(folder: Path) -> Scenarios:
    return Scenarios(DB, AGREEMENT, Store(f"sqlite:///{folder / 'lager.db'}"))


def create(saved: Scenarios, *rows: dict, name: str = "Prov") -> Scenario:
    return saved.create(name, rows, reason="prov")
