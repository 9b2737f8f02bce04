"""Inlån (K13–K15): who lends staff to the kansli, from when, at what percent, and how much that is.

Days are inclusive. A person-month is by days: a month counts with its days in the period over its
days in all, times the percent. All arithmetic is exact; kronor are rounded once, cumulatively, so
that the tertials of a loan add up to its whole cost. Never a person: a loan is a role.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from analytics.parties import PartRad

KATEGORIER = ("kommun", "blåljus", "trafik")
POSTER: Mapping[str, str] = {
    "kommun": "Deltidstjänst, kommun",
    "blåljus": "Deltidstjänst, blåljus",
    "trafik": "Deltidstjänst, trafik",
    "samordningschef": "Samordningschef, heltid",
    "kommunikation": "Kommunikation och administration, heltid",
    "beredskap": "Regional samverkanskoordinator i beredskap",
}
STATUS = ("förslag", "överenskommet", "avbrutet")
DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Part of a loan with one percent. `fran` and `till` are its first and last day."""

    fran: date
    till: date
    procent: int


@dataclass(frozen=True, slots=True)
class Inlan:
    """A loan of staff from a party to a post (K13).

    `kostnad_kr` is the documented own cost of a full-time month, `palagg_kr` approved overhead on
    it, whole kronor, None where unknown (K15). `avbrutet`: it ended early, on its last day.
    `exempel` marks a loan of the demonstration; `plan` is the id of the published plan, if any.
    `overlamning`: on so many of its first days the one before may still be there (K13).
    """

    id: str
    post: str
    part: str
    roll: str
    perioder: tuple[Period, ...]
    status: str
    kostnad_kr: int | None = None
    palagg_kr: int | None = None
    anteckning: str = ""
    kalla: str = ""
    exempel: bool = False
    plan: str = ""
    overlamning: int = 0

    @property
    def fran(self) -> date:
        return min(period.fran for period in self.perioder)

    @property
    def till(self) -> date:
        return max(period.till for period in self.perioder)

    @property
    def ensam(self) -> date:
        """The first day after the handover: from then on the post is this loan's alone."""
        return self.fran + self.overlamning * DAG

    def galler(self, day: date) -> bool:
        return any(period.fran <= day <= period.till for period in self.perioder)

    def med(self, **changes: object) -> "Inlan":
        return replace(self, **changes)


def manaden(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of *day*."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - DAG


def manader_i(fran: date, till: date) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of every calendar month that *fran*–*till* touches."""
    day = fran.replace(day=1)
    while day <= till:
        first, last = manaden(day)
        yield first, last
        day = last + DAG


def kalendermanader(fran: date, till: date) -> Fraction:
    """Return the months from *fran* to *till* by days; 0 when the end is before the start."""
    total = Fraction(0)
    for first, last in manader_i(fran, till):
        days = (min(till, last) - max(fran, first)).days + 1
        total += Fraction(max(days, 0), last.day)
    return total


def personmanader(inlan: Inlan, fran: date, till: date) -> Fraction:
    """Return the person-months of one loan within *fran*–*till*."""
    return sum(
        (
            kalendermanader(max(p.fran, fran), min(p.till, till)) * Fraction(p.procent, 100)
            for p in inlan.perioder
        ),
        Fraction(0),
    )


def tjanstgjort(
    plan: Iterable[Inlan], fran: date, till: date, med_forslag: bool = False
) -> dict[tuple[str, str], Fraction]:
    """Return person-months by (post, party); proposals count only if asked for."""
    found: dict[tuple[str, str], Fraction] = {}
    for inlan in plan:
        if inlan.status == "förslag" and not med_forslag:
            continue
        months = personmanader(inlan, fran, till)
        if months:
            key = (inlan.post, inlan.part)
            found[key] = found.get(key, Fraction(0)) + months
    return found


def medlem(rows: Iterable[PartRad], part: str, day: date) -> PartRad | None:
    """Return what holds for *part* on *day* if it takes part then, else None (K10–K12)."""
    known = [row for row in rows if row.part_id == part and row.fran <= day]
    row = max(known, key=lambda r: r.fran, default=None)
    return row if row is not None and row.deltar else None


def i_kategorin(rows: Iterable[PartRad], kategori: str, day: date) -> list[str]:
    """Return the ids of the parties that are in the category on *day*, in order (K14)."""
    latest: dict[str, PartRad] = {}
    for row in sorted(rows, key=lambda r: r.fran):
        if row.fran <= day:
            latest[row.part_id] = row
    return sorted(p for p, row in latest.items() if row.deltar and row.kategori == kategori)


@dataclass(frozen=True, slots=True)
class Skuld:
    """One party's account in its category, person-months. `skuld` > 0: it owes."""

    part: str
    skyldigt: Fraction
    tjanstgjort: Fraction

    @property
    def skuld(self) -> Fraction:
        return self.skyldigt - self.tjanstgjort


Vikt = Callable[[str], Fraction]


def lika(part: str) -> Fraction:
    """Every party owes the same."""
    return Fraction(1)


def andelar(parts: list[str], vikt: Vikt) -> dict[str, Fraction]:
    """Return each party's share of one; equal shares where no party has any weight."""
    weights = {part: vikt(part) for part in parts}
    total = sum(weights.values())
    if not total:
        return {part: Fraction(1, len(parts)) for part in parts}
    return {part: weight / total for part, weight in weights.items()}


def skulder(
    plan: Iterable[Inlan],
    rows: Iterable[PartRad],
    kategori: str,
    fran: date,
    till: date,
    vikt: Vikt = lika,
    med_forslag: bool = False,
) -> list[Skuld]:
    """Return owed and served per party of a category, largest debt first, then id (K14).

    What the category has served each month is owed by the parties that are in it on the month's
    first day, by *vikt*; so the debts add up to zero over the parties that were ever in it.
    """
    rows = tuple(rows)
    plan = [i for i in plan if i.post == kategori]
    owed: dict[str, Fraction] = {}
    served: dict[str, Fraction] = {}
    for first, last in manader_i(fran, till):
        month = tjanstgjort(plan, max(first, fran), min(last, till), med_forslag)
        for (_, part), months in month.items():
            served[part] = served.get(part, Fraction(0)) + months
        parts = i_kategorin(rows, kategori, first)
        total = sum(month.values(), Fraction(0))
        for part, share in andelar(parts, vikt).items() if parts else ():
            owed[part] = owed.get(part, Fraction(0)) + share * total
    found = [
        Skuld(part, owed.get(part, Fraction(0)), served.get(part, Fraction(0)))
        for part in owed.keys() | served.keys()
    ]
    return sorted(found, key=lambda s: (-s.skuld, s.part))
