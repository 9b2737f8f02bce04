"""The calendar of the agreement and its sources: what happens when, by which clause.

Dates set by law or by the agreement are exact; SCB's are the usual ones and are said to be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ELECTION_YEAR = 2022  # general elections every fourth year
FIRST_TERM = 2015


@dataclass(frozen=True, slots=True)
class YearEvent:
    """`clause` is None for what others decide; `roughly` when only the time of year is known."""

    day: date
    what: str
    clause: str | None
    roughly: bool = False


def events_in_year(year: int) -> list[YearEvent]:
    """Return the year's dates in order."""
    events = [
        YearEvent(date(year, 1, 1), f"Budgetåret {year} börjar", "K10"),
        YearEvent(
            date(year, 2, 22),
            f"SCB publicerar folkmängden {year - 1}-12-31, som {year} års avgifter räknas på",
            "K3",
            roughly=True,
        ),
        YearEvent(date(year, 4, 30), f"Tertial 1 {year} slutar", "K7"),
        YearEvent(
            date(year, 6, 30),
            f"Sista dag att säga upp avtalet inför {year + 1}; dagen för "
            f"folkmängden i {year + 1} års tak",
            "K11, K4",
        ),
        YearEvent(
            date(year, 8, 22),
            f"SCB publicerar folkmängden {year}-06-30, som {year + 1} års tak räknas på",
            "K4",
            roughly=True,
        ),
        YearEvent(date(year, 8, 31), f"Tertial 2 {year} slutar", "K7"),
        YearEvent(
            date(year, 12, 31),
            f"Tertial 3 och budgetåret {year} slutar; dagen för folkmängden "
            f"i {year + 1} års avgifter",
            "K7, K3",
        ),
    ]
    if (year - ELECTION_YEAR) % 4 == 0:
        events += [
            YearEvent(
                _second_sunday_of_september(year), "Val till kommuner, region och riksdag", None
            ),
            YearEvent(date(year, 10, 15), "Nya fullmäktige tillträder", None),
            YearEvent(
                date(year, 12, 31),
                f"Översynen av ram och ambition inför {year + 1}–{year + 4} ska vara klar",
                "K9",
            ),
        ]
    if (year - FIRST_TERM) % 4 == 0:
        events.append(
            YearEvent(
                date(year, 1, 1),
                f"Mandatperioden {year}–{year + 3} börjar; nya nämnder och styrelser",
                "K9",
            )
        )
    return sorted(events, key=lambda event: event.day)


def upcoming(today: date, count: int = 6) -> list[YearEvent]:
    """Return the next *count* dates from *today* on."""
    found: Iterator[YearEvent] = (
        event
        for year in range(today.year, today.year + count + 2)
        for event in events_in_year(year)
        if event.day >= today
    )
    return [event for event, _ in zip(found, range(count), strict=False)]


def _second_sunday_of_september(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7)
