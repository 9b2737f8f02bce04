"""Who is a party in a year, on what terms (K5, K6, K10–K12). A dated row ends the one before."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analytics.agreement import Avtal
from analytics.database import Database


@dataclass(frozen=True, slots=True)
class PartRad:
    """What holds for a party from `fran` on: name, group, membership, payment, shares, category."""

    part_id: str
    fran: date
    namn: str
    grupp: str
    deltar: bool
    betalar: bool
    andelar: int | None
    kategori: str | None
    kalla: str


@dataclass(frozen=True, slots=True)
class Part:
    """A party in one year. `manader`: months in which it is a paying party on the last day.

    `andelsmanader`: its shares summed over those months; 24 is two shares for a whole year.
    """

    part_id: str
    namn: str
    grupp: str
    deltar: bool
    andelar: int | None
    kategori: str | None
    manader: int
    andelsmanader: int
    kalla: str


def rader(db: Database, avtal: Avtal) -> tuple[PartRad, ...]:
    """Return the dated rows of the agreement's parties: its own, or those in table part."""
    rows = avtal.egna_parter or db.query("parter")
    return tuple(map(party_from_row, rows))


def party_from_row(row: Mapping[str, object]) -> PartRad:
    """Return the dated row that a row of the table part is."""
    return PartRad(
        part_id=row["part_id"],
        fran=row["fran"],
        namn=row["namn"],
        grupp=row["grupp"],
        deltar=row["deltar"],
        betalar=row["betalar"],
        andelar=row["andelar"],
        kategori=row["kategori"],
        kalla=row["kalla"],
    )


def party_to_data(row: PartRad) -> dict[str, object]:
    """Return the row as JSON of the store, for a seal."""
    return {
        "part_id": row.part_id,
        "fran": row.fran.isoformat(),
        "namn": row.namn,
        "grupp": row.grupp,
        "deltar": row.deltar,
        "betalar": row.betalar,
        "andelar": row.andelar,
        "kategori": row.kategori,
        "kalla": row.kalla,
    }


def party_from_data(data: Mapping[str, object]) -> PartRad:
    """Return the row that *data* is; the inverse of party_to_data."""
    return party_from_row({**data, "fran": date.fromisoformat(data["fran"])})


def i_aret(rows: Iterable[PartRad], year: int) -> list[Part]:
    """Return every party that has a row before the end of *year*, by id.

    Name and terms are those of the last day of the year; for one that has left, of its last
    paying month. One that takes no part in any month of the year is left out.
    """
    histories: dict[str, list[PartRad]] = {}
    for row in sorted(rows, key=lambda row: (row.part_id, row.fran)):
        histories.setdefault(row.part_id, []).append(row)
    month_ends = [date(year, m, calendar.monthrange(year, m)[1]) for m in range(1, 13)]
    return [
        part for history in histories.values() if (part := _part(history, month_ends)) is not None
    ]


def _part(history: list[PartRad], month_ends: list[date]) -> Part | None:
    known = [[row for row in history if row.fran <= day] for day in month_ends]
    months = [rows[-1] for rows in known if rows]
    present = [row for row in months if row.deltar]
    if not present:
        return None
    paying = [row for row in present if row.betalar]
    terms = (paying or present)[-1]
    return Part(
        terms.part_id,
        months[-1].namn,
        terms.grupp,
        months[-1].deltar,
        terms.andelar,
        terms.kategori,
        len(paying),
        sum(row.andelar or 0 for row in paying),
        terms.kalla,
    )
