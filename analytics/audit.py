"""What the figures rest on: their status, what is missing, and whether they add up (K3, K4).

The answers of the Data page, as rows and as one sentence. The rules are in sql/data_*.sql.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analytics.database import Database
from analytics.swedish import datum, tal

LARGEST_YEARLY_CHANGE = 50  # per mille; a larger change is a slip until it is explained
STATUS = ("utfall", "uppskattad", "prognos")


@dataclass(frozen=True, slots=True)
class Lage:
    """Where the population stands.

    `utfall_till` is the last date on which all `kommuner` have a published figure, `invanare`
    their sum then; `uppskattade` counts the kommuner without a figure of their own per date;
    `kontrollerade` are the dates with a known county total, `avviker` those with another sum.
    """

    kommuner: int
    utfall_till: date
    invanare: int
    uppskattade: dict[date, int]
    kontrollerade: int
    avviker: tuple[date, ...]


def lage(db: Database) -> Lage:
    """Return where the population stands. Raises IndexError if no date is complete."""
    rows = per_datum(db)
    complete = [row for row in rows if row["kommuner"] == row["av"]]
    known = [row for row in rows if row["lanet"] is not None]
    return Lage(
        kommuner=complete[0]["av"],
        utfall_till=complete[0]["datum"],
        invanare=complete[0]["i_allt"],
        uppskattade={
            row["datum"]: row["av"] - row["kommuner"] for row in rows if row["kommuner"] < row["av"]
        },
        kontrollerade=len(known),
        avviker=tuple(row["datum"] for row in known if row["skillnad"]),
    )


def mening(lage: Lage) -> str:
    """Return the answer of the Data page as one Swedish sentence."""
    parts = [
        f"Folkmängden är utfall till och med {datum(lage.utfall_till)} för alla "
        f"{lage.kommuner} kommuner"
    ]
    for day, count in sorted(lage.uppskattade.items()):
        what = "värde" if count == 1 else "värden"
        how = "uppskattat" if count == 1 else "uppskattade"
        parts.append(f"{tal(count)} {what} för {datum(day)} är {how}")
    if lage.avviker:
        days = ", ".join(map(datum, lage.avviker))
        parts.append(f"kommunernas summa skiljer sig från länets kända folkmängd {days}")
    else:
        parts.append(
            "kommunernas summa är länets kända folkmängd på alla "
            f"{lage.kontrollerade} datum som går att kontrollera"
        )
    return "; ".join(parts) + "."


def tabeller(db: Database) -> list[dict[str, object]]:
    """Return one row per file of the register, with its number of rows."""
    return db.query("data_tabeller")


def per_datum(db: Database) -> list[dict[str, object]]:
    """Return one row per date: kommuner with a figure, the sum, the county, the difference."""
    return db.query("data_folkmangd_datum")


def kontroller(db: Database) -> list[dict[str, object]]:
    """Return one row per check: what was examined, how many deviate, and what was found."""
    return db.query("data_kontroller", {"grans_promille": LARGEST_YEARLY_CHANGE})


def gransandringar(db: Database) -> list[dict[str, object]]:
    """Return one row per change of a boundary between two kommuner."""
    return db.query("data_gransandringar")


def ar_och_status(db: Database) -> list[dict[str, object]]:
    """Return one row per series, year and status: serie, ar, status, antal, av."""
    return db.query("data_serier")


def serier(db: Database) -> list[dict[str, str]]:
    """Return one row per series: the years of each status, "" where there are none."""
    rows: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for row in ar_och_status(db):
        years = rows.setdefault(row["serie"], {status: [] for status in STATUS})
        part = "" if row["antal"] == row["av"] else f" ({row['antal']} av {row['av']})"
        years[row["status"]].append((row["ar"], part))
    return [
        {"serie": serie} | {status: _spans(years[status]) for status in STATUS}
        for serie, years in rows.items()
    ]


def _spans(years: Iterable[tuple[int, str]]) -> str:
    """Return "2012–2013, 2015" for years; those with the same note run together."""
    spans: list[list] = []
    for year, note in years:
        if spans and spans[-1][1] == year - 1 and spans[-1][2] == note:
            spans[-1][1] = year
        else:
            spans.append([year, year, note])
    return ", ".join(
        (f"{first}" if first == last else f"{first}–{last}") + note for first, last, note in spans
    )
