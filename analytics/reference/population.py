"""How many inhabitants a party has at a date, and how we know (K3, K4, T6).

The rules are in folkmangd_vid.sql beside it: the published figure, else an estimate between its
neighbours (for 30 June 2014 fitted to a known sum), else the last known figure carried forward.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.errors import PopulationMissing
from analytics.files.table_spec import Row
from analytics.reference import population_file as own_file
from analytics.reference.database import Database


@dataclass(frozen=True, slots=True)
class Count:
    """Inhabitants of one party at one date.

    `status` is utfall, uppskattad or prognos. `rule` is a Swedish sentence that says how the
    figure came about, `source` who published what it rests on.
    """

    count: int
    status: str
    rule: str
    source: str


def at(
    db: Database,
    dates: Iterable[date],
    population_file: Path | None = None,
    parties: Iterable[str] | None = None,
) -> dict[tuple[str, date], Count]:
    """Return the inhabitants of every party at every date, keyed by (party_id, date).

    *parties* are the ids asked for; without it, all kommuner of table part. *population_file*
    is a file whose figures go before the shipped ones: part_id (or kommun_kod), datum, antal
    (or folkmangd), kalla, and if wanted status (utfall where it is left out); or SCB's own format.

    Raises PopulationMissing where no figure is known on or before a date, and BadFile.
    """
    days = sorted(set(dates))
    kommun_rows = _kommun_rows(db)
    wanted = sorted(set(kommun_rows if parties is None else parties))
    own = own_figures(population_file, {*kommun_rows, *wanted}) if population_file else []
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
            names = [kommun_rows.get(party_id, party_id) for party_id in missing]
            raise PopulationMissing(names, day, _first(db))
    return {
        (row["part_id"], row["datum"]): Count(
            row["antal"], row["status"], row["regel"], row["kalla"]
        )
        for row in rows
    }


def own_figures(file: Path, known: Iterable[str], remarks: list[str] | None = None) -> list[Row]:
    """Return the rows of somebody's own population file. *remarks* as in population_file.read.

    Raises BadFile, listing every fault.
    """
    return own_file.read(file, set(known), remarks)


def figures_of(db: Database, file: Path, parties: Iterable[str] | None = None) -> list[Row]:
    """Return the rows of somebody's own population file that count here. Raises BadFile."""
    return own_figures(file, {*_kommun_rows(db), *(parties or ())})


def remarks_on(db: Database, file: Path, parties: Iterable[str] | None = None) -> list[str]:
    """Return what the reader of a population file should know. Raises BadFile."""
    remarks: list[str] = []
    own_figures(file, {*_kommun_rows(db), *(parties or ())}, remarks)
    return remarks


def _kommun_rows(db: Database) -> dict[str, str]:
    """The kommuner by id, each with its latest name."""
    return {row["part_id"]: row["namn"] for row in db.query("kommuner")}


def _first(db: Database) -> date | None:
    return db.query("folkmangd_forsta")[0]["datum"]
