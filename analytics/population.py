"""How many inhabitants a party has at a date, and how we know (K3, K4, T6).

The rules are in sql/folkmangd_vid.sql: the published figure, else an estimate between its
neighbours (for 30 June 2014 fitted to a known sum), else the last known figure carried forward.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics import tables
from analytics.database import Database
from analytics.errors import PopulationMissing
from analytics.sources import EGEN_FOLKMANGD
from analytics.tables import Row


@dataclass(frozen=True, slots=True)
class Antal:
    """Inhabitants of one party at one date.

    `status` is utfall, uppskattad or prognos. `regel` is a Swedish sentence that says how the
    figure came about, `kalla` who published what it rests on.
    """

    antal: int
    status: str
    regel: str
    kalla: str


def at(
    db: Database,
    dates: Iterable[date],
    population_file: Path | None = None,
    parties: Iterable[str] | None = None,
) -> dict[tuple[str, date], Antal]:
    """Return the inhabitants of every party at every date, keyed by (part_id, date).

    *parties* are the ids asked for; without it, all kommuner of table part. *population_file*
    is a CSV file whose figures go before the shipped ones: part_id (or kommun_kod), datum,
    antal (or folkmangd), kalla, and if wanted status (utfall where it is left out).

    Raises PopulationMissing where no figure is known on or before a date, and BadFile.
    """
    days = sorted(set(dates))
    kommuner = _kommuner(db)
    wanted = sorted(set(kommuner if parties is None else parties))
    own = own_figures(population_file, {*kommuner, *wanted}) if population_file else []
    rows = db.query(
        "folkmangd_vid",
        {
            "parter": wanted,
            "datum": days,
            "egna_part": [row["part_id"] for row in own],
            "egna_datum": [row["datum"] for row in own],
            "egna_antal": [row["antal"] for row in own],
            "egna_status": [row["status"] or "utfall" for row in own],
            "egna_kalla": [row["kalla"] for row in own],
        },
    )
    for day in days:
        missing = [r["part_id"] for r in rows if r["datum"] == day and r["antal"] is None]
        if missing:
            names = [kommuner.get(part_id, part_id) for part_id in missing]
            raise PopulationMissing(names, day, _first(db))
    return {
        (row["part_id"], row["datum"]): Antal(
            row["antal"], row["status"], row["regel"], row["kalla"]
        )
        for row in rows
    }


def own_figures(file: Path, known: Iterable[str]) -> list[Row]:
    """Return the rows of somebody's own population file. Raises BadFile, listing every fault."""
    return tables.read(file, EGEN_FOLKMANGD, {"part": set(known)})


def _kommuner(db: Database) -> dict[str, str]:
    """The kommuner by id, each with its latest name."""
    return {row["part_id"]: row["namn"] for row in db.query("kommuner")}


def _first(db: Database) -> date | None:
    return db.query("folkmangd_forsta")[0]["datum"]
