"""Who is a party in a year, on what terms (K5, K6, K10–K12). A dated row ends the one before."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analytics.agreement.contract import Agreement
from analytics.reference.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """What holds for a party from `since`: name, group, membership, payment, shares, category."""

    party_id: str
    since: date
    name: str
    group: str
    takes_part: bool
    pays: bool
    shares: int | None
    category: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party in one year. `months`: months in which it is a paying party on the last day.

    `share_months`: its shares summed over those months; 24 is two shares for a whole year.
    """

    party_id: str
    name: str
    group: str
    takes_part: bool
    shares: int | None
    category: str | None
    months: int
    share_months: int
    source: str


def party_rows(db: Database, agreement: Agreement) -> tuple[PartyRow, ...]:
    """Return the dated rows of the agreement's parties: its own, or those in table part."""
    rows = agreement.own_parties or db.query("parter")
    return tuple(map(party_from_row, rows))


def party_from_row(row: Mapping[str, object]) -> PartyRow:
    """Return the dated row that a row of table part is."""
    return PartyRow(
        party_id=row["part_id"],
        since=row["fran"],
        name=row["namn"],
        group=row["grupp"],
        takes_part=row["deltar"],
        pays=row["betalar"],
        shares=row["andelar"],
        category=row["kategori"],
        source=row["kalla"],
    )


def party_to_data(row: PartyRow) -> dict[str, object]:
    """Return the row as JSON of the store, for a seal."""
    return {
        "part_id": row.party_id,
        "fran": row.since.isoformat(),
        "namn": row.name,
        "grupp": row.group,
        "deltar": row.takes_part,
        "betalar": row.pays,
        "andelar": row.shares,
        "kategori": row.category,
        "kalla": row.source,
    }


def party_from_data(data: Mapping[str, object]) -> PartyRow:
    """Return the row that *data* is; the inverse of party_to_data."""
    return party_from_row({**data, "fran": date.fromisoformat(data["fran"])})


def parties_in_year(rows: Iterable[PartyRow], year: int) -> list[Party]:
    """Return every party that has a row before the end of *year*, by id.

    Name and terms are those of the last day of the year; for one that has left, of its last
    paying month. One that takes no part in any month of the year is left out.
    """
    histories: dict[str, list[PartyRow]] = {}
    for row in sorted(rows, key=lambda row: (row.party_id, row.since)):
        histories.setdefault(row.party_id, []).append(row)
    month_ends = [date(year, m, calendar.monthrange(year, m)[1]) for m in range(1, 13)]
    return [
        party
        for history in histories.values()
        if (party := _party(history, month_ends)) is not None
    ]


def _party(history: list[PartyRow], month_ends: list[date]) -> Party | None:
    known = [[row for row in history if row.since <= day] for day in month_ends]
    months = [rows[-1] for rows in known if rows]
    present = [row for row in months if row.takes_part]
    if not present:
        return None
    paying = [row for row in present if row.pays]
    terms = (paying or present)[-1]
    return Party(
        party_id=terms.party_id,
        name=months[-1].name,
        group=terms.group,
        takes_part=months[-1].takes_part,
        shares=terms.shares,
        category=terms.category,
        months=len(paying),
        share_months=sum(row.shares or 0 for row in paying),
        source=terms.source,
    )
