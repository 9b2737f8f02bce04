"""What the figures rest on: their status, what is missing, and whether they add up (K3, K4).

The answers of the Data page, as rows and as one sentence. The rules are in data_*.sql beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analytics.reference.database import Database
from analytics.swedish import date_text, whole

LARGEST_YEARLY_CHANGE = 50  # per mille; a larger change is a slip until it is explained
STATUS = ("utfall", "uppskattad", "prognos")

FIRST_JUNE = 2014  # the first 30 June that a ceiling rests on: of 2015


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStatus:
    """Where the population stands.

    `outcome_until` is the last date on which all `kommuner` have a published figure, `inhabitants`
    their sum then; `estimated` counts the kommuner without a figure of their own per date;
    `checked` are the dates with a known county total, `deviates` those with another sum.
    """

    kommun_rows: int
    outcome_until: date
    inhabitants: int
    estimated: dict[date, int]
    checked: int
    deviates: tuple[date, ...]


def data_status(db: Database) -> DataStatus:
    """Return where the population stands. Raises IndexError if no date is complete."""
    rows = by_date(db)
    complete = [row for row in rows if row["kommuner"] == row["av"]]
    known = [row for row in rows if row["lanet"] is not None]
    return DataStatus(
        kommun_rows=complete[0]["av"],
        outcome_until=complete[0]["datum"],
        inhabitants=complete[0]["i_allt"],
        estimated={
            row["datum"]: row["av"] - row["kommuner"] for row in rows if row["kommuner"] < row["av"]
        },
        checked=len(known),
        deviates=tuple(row["datum"] for row in known if row["skillnad"]),
    )


def sentence(data_status: DataStatus) -> str:
    """Return the answer of the Data page as one Swedish sentence."""
    parts = [
        f"Folkmängden är utfall till och med {date_text(data_status.outcome_until)} för alla "
        f"{data_status.kommun_rows} kommuner"
    ]
    for day, count in sorted(data_status.estimated.items()):
        what = "värde" if count == 1 else "värden"
        how = "uppskattat" if count == 1 else "uppskattade"
        parts.append(f"{whole(count)} {what} för {date_text(day)} är {how}")
    if data_status.deviates:
        days = ", ".join(map(date_text, data_status.deviates))
        parts.append(f"kommunernas summa skiljer sig från länets kända folkmängd {days}")
    else:
        parts.append(
            "kommunernas summa är länets kända folkmängd på alla "
            f"{data_status.checked} datum som går att kontrollera"
        )
    return "; ".join(parts) + "."


def tables(db: Database) -> list[dict[str, object]]:
    """Return one row per file of the register, with its number of rows."""
    return db.query("data_tabeller")


def by_date(db: Database) -> list[dict[str, object]]:
    """Return one row per date: kommuner with a figure, the sum, the county, the difference."""
    return db.query("data_folkmangd_datum")


def checks(db: Database) -> list[dict[str, object]]:
    """Return one row per check: what was examined, how many deviate, and what was found."""
    return db.query("data_kontroller", {"grans_promille": LARGEST_YEARLY_CHANGE})


def border_changes(db: Database) -> list[dict[str, object]]:
    """Return one row per change of a boundary between two kommuner."""
    return db.query("data_gransandringar")


def year_and_status(db: Database) -> list[dict[str, object]]:
    """Return one row per series, year and status: serie, ar, status, antal, av."""
    return db.query("data_serier")


def series_list(db: Database) -> list[dict[str, str]]:
    """Return one row per series: the years of each status, "" where there are none."""
    rows: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for row in year_and_status(db):
        years = rows.setdefault(row["serie"], {status: [] for status in STATUS})
        some = "" if row["antal"] == row["av"] else f" ({row['antal']} av {row['av']})"
        years[row["status"]].append((row["ar"], some))
    return [
        {"serie": series} | {status: _spans(years[status]) for status in STATUS}
        for series, years in rows.items()
    ]


def without_june(db: Database) -> str:
    """Return the years, as "2015–2025", whose 30 June no figure is known for though the year's end
    is; the ceilings of the year after rest on an estimate of it (K4)."""
    known: dict[str, set[int]] = {}
    for row in year_and_status(db):
        known.setdefault(row["serie"], set()).add(row["ar"])
    lacking = known.get("Folkmängd 31 december", set()) - known.get("Folkmängd 30 juni", set())
    return _spans((year, "") for year in sorted(lacking) if year >= FIRST_JUNE)


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
