"""Inlån (K13–K15): who lends staff to the kansli, from when, at what percent, and how much that is.

Days are inclusive. A person-month is by days: a month counts with its days in the period over its
days in all, times the percent. All arithmetic is exact; kronor are rounded once, cumulatively, so
that the tertials of a loan add up to its whole cost. Never a person: a loan is a role.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from analytics import texts
from analytics.agreement.parties import PartyRow

CATEGORIES = ("kommun", "blåljus", "trafik")
LINES: Mapping[str, str] = {
    "kommun": "Deltidstjänst, kommun",
    "blåljus": "Deltidstjänst, blåljus",
    "trafik": "Deltidstjänst, trafik",
    "samordningschef": "Samordningschef, heltid",
    "kommunikation": "Kommunikation och administration, heltid",
    "beredskap": "Regional samverkanskoordinator i beredskap",
}
STATUS = ("förslag", "överenskommet", "avbrutet")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Part of a loan with one percent. `since` and `until` are its first and last day."""

    since: date
    until: date
    percent: int


@dataclass(frozen=True, slots=True)
class Inlan:
    """A loan of staff from a party to a post (K13).

    `cost_kr` is the documented own cost of a full-time month, `overhead_kr` approved overhead on
    it, whole kronor, None where unknown (K15). `avbrutet`: it ended early, on its last day.
    `example` marks a loan of the demonstration; `plan` is the id of the published plan, if any.
    `handover`: on so many of its first days the one before may still be there (K13).
    """

    id: str
    post: str
    party: str
    role: str
    periods: tuple[Period, ...]
    status: str
    cost_kr: int | None = None
    overhead_kr: int | None = None
    note: str = ""
    source: str = ""
    example: bool = False
    plan: str = ""
    handover: int = 0

    @property
    def since(self) -> date:
        return min(period.since for period in self.periods)

    @property
    def until(self) -> date:
        return max(period.until for period in self.periods)

    @property
    def alone(self) -> date:
        """The first day after the handover: from then on the post is this loan's alone."""
        return self.since + self.handover * DAY

    def holds(self, day: date) -> bool:
        return any(period.since <= day <= period.until for period in self.periods)

    def with_changes(self, **changes: object) -> "Inlan":
        return replace(self, **changes)

    def on_one_line(self) -> "Inlan":
        """Return the loan with each text on one line, as a file has it."""
        line = texts.one_line
        return replace(self, role=line(self.role), note=line(self.note), source=line(self.source))


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of *day*."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - DAY


def months_in(since: date, until: date) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of every calendar month that *since*–*until* touches."""
    day = since.replace(day=1)
    while day <= until:
        first, last = month_of(day)
        yield first, last
        day = last + DAY


def calendar_months(since: date, until: date) -> Fraction:
    """Return the months from *since* to *until* by days; 0 when the end is before the start."""
    total = Fraction(0)
    for first, last in months_in(since, until):
        days = (min(until, last) - max(since, first)).days + 1
        total += Fraction(max(days, 0), last.day)
    return total


def person_months(inlan: Inlan, since: date, until: date) -> Fraction:
    """Return the person-months of one loan within *since*–*until*."""
    return sum(
        (
            calendar_months(max(p.since, since), min(p.until, until)) * Fraction(p.percent, 100)
            for p in inlan.periods
        ),
        Fraction(0),
    )


def served(
    plan: Iterable[Inlan], since: date, until: date, with_proposals: bool = False
) -> dict[tuple[str, str], Fraction]:
    """Return person-months by (post, party); proposals count only if asked for."""
    found: dict[tuple[str, str], Fraction] = {}
    for inlan in plan:
        if inlan.status == "förslag" and not with_proposals:
            continue
        months = person_months(inlan, since, until)
        if months:
            key = (inlan.post, inlan.party)
            found[key] = found.get(key, Fraction(0)) + months
    return found


def is_member(rows: Iterable[PartyRow], party: str, day: date) -> PartyRow | None:
    """Return what holds for *party* on *day* if it takes part then, else None (K10–K12)."""
    known = [row for row in rows if row.party_id == party and row.since <= day]
    row = max(known, key=lambda r: r.since, default=None)
    return row if row is not None and row.takes_part else None


def in_category(rows: Iterable[PartyRow], category: str, day: date) -> list[str]:
    """Return the ids of the parties that are in the category on *day*, in order (K14)."""
    latest: dict[str, PartyRow] = {}
    for row in sorted(rows, key=lambda r: r.since):
        if row.since <= day:
            latest[row.party_id] = row
    return sorted(p for p, row in latest.items() if row.takes_part and row.category == category)


@dataclass(frozen=True, slots=True)
class Debt:
    """One party's account in its category, person-months. `debt` > 0: it owes."""

    party: str
    owed: Fraction
    served: Fraction

    @property
    def debt(self) -> Fraction:
        return self.owed - self.served


Weight = Callable[[str], Fraction]


def equal_weight(party: str) -> Fraction:
    """Every party owes the same."""
    return Fraction(1)


def shares_by_weight(parties: list[str], weight: Weight) -> dict[str, Fraction]:
    """Return each party's share of one; equal shares where no party has any weight."""
    weights = {party: weight(party) for party in parties}
    total = sum(weights.values())
    if not total:
        return {party: Fraction(1, len(parties)) for party in parties}
    return {party: own_weight / total for party, own_weight in weights.items()}


def debts(
    plan: Iterable[Inlan],
    rows: Iterable[PartyRow],
    category: str,
    since: date,
    until: date,
    weight: Weight = equal_weight,
    with_proposals: bool = False,
) -> list[Debt]:
    """Return owed and served per party of a category, largest debt first, then id (K14).

    What the category has served each month is owed by the parties that are in it on the month's
    first day, by *weight*; so the debts add up to zero over the parties that were ever in it.
    """
    rows = tuple(rows)
    plan = [i for i in plan if i.post == category]
    owed: dict[str, Fraction] = {}
    served_months: dict[str, Fraction] = {}
    for first, last in months_in(since, until):
        month = served(plan, max(first, since), min(last, until), with_proposals)
        for (_, party), months in month.items():
            served_months[party] = served_months.get(party, Fraction(0)) + months
        parties = in_category(rows, category, first)
        total = sum(month.values(), Fraction(0))
        for party, share in shares_by_weight(parties, weight).items() if parties else ():
            owed[party] = owed.get(party, Fraction(0)) + share * total
    found = [
        Debt(party, owed.get(party, Fraction(0)), served_months.get(party, Fraction(0)))
        for party in owed.keys() | served_months.keys()
    ]
    return sorted(found, key=lambda s: (-s.debt, s.party))
