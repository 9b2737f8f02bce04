"""What the Rotation page and the command line show: who lends, who is next, by which weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement.parties import PartyRow
from analytics.fees.payments import FeeResult
from analytics.rotation.loans import (
    CATEGORIES,
    DAY,
    Debt,
    Inlan,
    Weight,
    debts,
    equal_weight,
    is_member,
)

BEGINNING = date(2015, 1, 1)
WEIGHTS = {
    "lika": "lika för alla parter i kategorin",
    "invanare": "efter invånare",
    "avgift": "efter avgift",
}


@dataclass(frozen=True)
class CategoryStanding:
    """A category on a day: who lends `now`, whose agreed loan is `coming`, who is next."""

    category: str
    now: tuple[Inlan, ...]
    coming: Inlan | None
    next_in_turn: Debt | None


def weight_of(choice: str, result: FeeResult | None) -> Weight:
    """Return how what is owed is shared: *choice* is a key of WEIGHTS.

    Inhabitants and fees are those of *result*. A category where no party has any, such as
    inhabitants in blåljus, shares equally.
    """
    if choice == "lika" or result is None:
        return equal_weight
    if choice == "invanare":
        known = {p.party: Fraction(p.count.count) for p in result.parties if p.count}
    else:
        known = {p.party: Fraction(p.fee_kr) for p in result.parties}
    return lambda party: known.get(party, Fraction(0))


def name_of(rows: Sequence[PartyRow]) -> dict[str, str]:
    """Return every party's latest name by id."""
    return {row.party_id: row.name for row in sorted(rows, key=lambda row: row.since)}


def standings(
    plan: Sequence[Inlan], rows: Sequence[PartyRow], day: date, weight: Weight = equal_weight
) -> list[CategoryStanding]:
    """Return each category on *day*. Who is next owes most up to the day before, and is in it."""
    found = []
    for category in CATEGORIES:
        own = [i for i in plan if i.post == category and i.status != "förslag"]
        later = sorted((i for i in own if i.since > day), key=lambda i: i.since)
        busy = {i.party for i in own if i.until >= day}
        owed_now = debts(own, rows, category, BEGINNING, day - DAY, weight)
        owing = {s.party: s for s in owed_now}
        able = [
            owing.get(row.party_id, Debt(row.party_id, Fraction(0), Fraction(0)))
            for row in {r.party_id: r for r in rows}.values()
            if row.party_id not in busy and _with(rows, row.party_id, category, day)
        ]
        able.sort(key=lambda s: (-s.debt, s.party))
        found.append(
            CategoryStanding(
                category,
                tuple(i for i in own if i.holds(day)),
                later[0] if later else None,
                able[0] if able else None,
            )
        )
    return found


def staffing(plan: Sequence[Inlan], day: date, names: Mapping[str, str]) -> str:
    """Say who lends staff on *day*, today, and which categories nobody lends from (K14)."""
    there = {
        k: [i for i in plan if i.post == k and i.status != "förslag" and i.holds(day)]
        for k in CATEGORIES
    }
    lending = [f"{names[i.party]} ({k})" for k, loans in there.items() for i in loans]
    empty = [k for k, loans in there.items() if not loans]
    text = f"I dag lånar {', '.join(lending)} ut personal." if lending else ""
    if empty:
        lacking = " eller ".join(filter(None, [", ".join(empty[:-1]), empty[-1]]))
        return f"{text} Ingen är inlånad från {lacking} (K14).".strip()
    return f"{text} Alla tre kategorierna är bemannade (K14)."


def _with(rows: Sequence[PartyRow], party: str, category: str, day: date) -> bool:
    row = is_member(rows, party, day)
    return row is not None and row.category == category


def moved(before: Inlan, after: Inlan, name: Mapping[str, str]) -> str:
    """Say for whom a change of a loan moves what."""
    old, new = (
        "; ".join(f"{p.since}–{p.until}, {p.percent} %" for p in i.periods) for i in (before, after)
    )
    if before.party != after.party:
        who = f"{name[before.party]} lånar inte ut {old}"
        return f"{who}; {name[after.party]} lånar ut {new}."
    if old != new:
        return f"{name[after.party]}: {old} blir {new}."
    return f"{name[after.party]}: samma dagar och omfattning."
