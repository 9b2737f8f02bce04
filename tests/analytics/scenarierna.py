"""What the tests of scenarios share: the shipped agreement, and scenarios in an empty store."""

from pathlib import Path

from analytics import agreement, database
from analytics.scenario import Scenario
from analytics.scenario_store import Scenarier
from analytics.store import Store

DB = database.shared()
AVTAL = agreement.load()
RAM = {"parameter": "rambudget_kr", "fran": "2027-01-01", "varde": "8 Mkr", "skal": "Förslag"}
KPI = {
    "parameter": "rambudget_kr",
    "fran": "2027-01-01",
    "index": "KPI",
    "basar": 2015,
    "sedan": "2,0",
    "skal": "Samma reala värde",
}
LAMNAR = {"part": "trafikverket", "fran": "2027-01-01", "deltar": False, "skal": "Uppsägning"}


def scenarier(folder: Path) -> Scenarier:
    return Scenarier(DB, AVTAL, Store(f"sqlite:///{folder / 'lager.db'}"))


def skapa(saved: Scenarier, *rows: dict, namn: str = "Prov") -> Scenario:
    return saved.skapa(namn, rows, skal="prov")
