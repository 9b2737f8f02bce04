"""The calendar of the agreement and its sources: what happens when, by which clause.

Dates set by law or by the agreement are exact; SCB's are the usual ones and are said to be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

VAL_AR = 2022  # general elections every fourth year
FORSTA_MANDATPERIOD = 2015


@dataclass(frozen=True, slots=True)
class Handelse:
    """`klausul` is None for what others decide; `ungefar` when only the time of year is known."""

    datum: date
    vad: str
    klausul: str | None
    ungefar: bool = False


def i_aret(year: int) -> list[Handelse]:
    """Return the year's dates in order."""
    events = [
        Handelse(date(year, 1, 1), f"Budgetåret {year} börjar", "K10"),
        Handelse(
            date(year, 2, 22),
            f"SCB publicerar folkmängden {year - 1}-12-31, som {year} års avgifter räknas på",
            "K3",
            ungefar=True,
        ),
        Handelse(date(year, 4, 30), f"Tertial 1 {year} slutar", "K7"),
        Handelse(
            date(year, 6, 30),
            f"Sista dag att säga upp avtalet inför {year + 1}; dagen för "
            f"folkmängden i {year + 1} års tak",
            "K11, K4",
        ),
        Handelse(
            date(year, 8, 22),
            f"SCB publicerar folkmängden {year}-06-30, som {year + 1} års tak räknas på",
            "K4",
            ungefar=True,
        ),
        Handelse(date(year, 8, 31), f"Tertial 2 {year} slutar", "K7"),
        Handelse(
            date(year, 12, 31),
            f"Tertial 3 och budgetåret {year} slutar; dagen för folkmängden "
            f"i {year + 1} års avgifter",
            "K7, K3",
        ),
    ]
    if (year - VAL_AR) % 4 == 0:
        events += [
            Handelse(
                _andra_sondagen_i_september(year), "Val till kommuner, region och riksdag", None
            ),
            Handelse(date(year, 10, 15), "Nya fullmäktige tillträder", None),
            Handelse(
                date(year, 12, 31),
                f"Översynen av ram och ambition inför {year + 1}–{year + 4} ska vara klar",
                "K9",
            ),
        ]
    if (year - FORSTA_MANDATPERIOD) % 4 == 0:
        events.append(
            Handelse(
                date(year, 1, 1),
                f"Mandatperioden {year}–{year + 3} börjar; nya nämnder och styrelser",
                "K9",
            )
        )
    return sorted(events, key=lambda event: event.datum)


def kommande(today: date, antal: int = 6) -> list[Handelse]:
    """Return the next *antal* dates from *today* on."""
    found: Iterator[Handelse] = (
        event
        for year in range(today.year, today.year + antal + 2)
        for event in i_aret(year)
        if event.datum >= today
    )
    return [event for event, _ in zip(found, range(antal), strict=False)]


def _andra_sondagen_i_september(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7)
