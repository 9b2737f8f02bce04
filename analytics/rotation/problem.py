"""What a rotation plan is asked to do, and which parties can take which turn (K13, K14).

A category's horizon is cut into turns of whole calendar months. Agreed loans stand: a turn that
one of them touches is taken. Every turn that is left weighs the same, so what a party will owe
depends only on how many turns it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError
from analytics.rotation.checks import HANDOVER
from analytics.rotation.loans import (
    DAY,
    Inlan,
    Period,
    Weight,
    debts,
    equal_weight,
    in_category,
    is_member,
)

NOBODY = ""  # who a vacant turn belongs to when months are counted


class PlanFault(AgreementError):
    """What is asked of a plan contradicts itself; the text says what, and the way out."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A party cannot lend from `since` to `until`, or has said no, for the reason given."""

    party: str
    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What is asked: horizon, the length and percent of a turn, pins and unavailability.

    `year` 1–10 years from `start` (the first of a month); `gap` whole turns between two of the same
    party; `locked_turns` (party, a day in the turn); `history_from` is where debts are counted
    from. `handover`: days that who comes is there before the turn, beside the one who leaves. They
    are paid and served, but a turn weighs the same with them.
    """

    start: date
    year: int
    turn_months: int = 6
    percent: int = 50
    gap: int = 1
    unavailable: tuple[Unavailable, ...] = ()
    locked_turns: tuple[tuple[str, date], ...] = ()
    history_from: date = date(2015, 1, 1)
    handover: int = 0

    def check(self) -> None:
        """Raise PlanFault when the values cannot make turns."""
        if not 1 <= self.year <= 10:
            raise PlanFault(f"En plan görs för 1–10 år, inte {self.year} (K14). Ange antal år.")
        if self.start.day != 1:
            raise PlanFault(
                f"Planen kan inte börja {self.start} (K14). Ange den första i en månad."
            )
        if not 1 <= self.turn_months <= 24 or self.year * 12 % self.turn_months:
            raise PlanFault(
                f"Pass om {self.turn_months} månader går inte jämnt upp i {self.year} år (K14). "
                "Ange 1–24 månader som delar perioden lika, till exempel 3, 6 eller 12."
            )
        if not 1 <= self.percent <= 100:
            raise PlanFault(f"Omfattningen {self.percent} % går inte (K13). Ange 1–100 procent.")
        if not 0 <= self.gap <= 40:
            raise PlanFault(f"Mellanrummet {self.gap} pass går inte (K14). Ange 0–40 pass.")
        if not 0 <= self.handover <= HANDOVER:
            raise PlanFault(
                f"Överlämningen {self.handover} dagar går inte (K13). Ange 0–{HANDOVER} dagar."
            )

    @property
    def end(self) -> date:
        return _plus(self.start, self.year * 12) - DAY


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One category's problem. Turns are numbered in the whole horizon; `free` are those to fill.

    `base`: person-months that each party owes at the end if it takes no turn; a turn takes `months`
    off. `possible` are the turns a party can take; `locked_turns`, `published` and `before` are by
    turn; `before` is who of the loans that stand is there the day before it.
    """

    category: str
    parties: tuple[str, ...]
    turn: tuple[tuple[date, date], ...]
    free: tuple[int, ...]
    months: Fraction
    base: Mapping[str, Fraction]
    possible: Mapping[str, frozenset[int]]
    locked_turns: Mapping[int, str]
    published: Mapping[int, str]
    gap: int
    before: Mapping[int, str]

    @property
    def can(self) -> tuple[str, ...]:
        """The parties that can take some turn."""
        return tuple(p for p in self.parties if self.possible[p])

    def debt(self, party: str, count: int) -> Fraction:
        return self.base[party] - count * self.months


def _plus(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def turns(terms: PlanTerms) -> list[tuple[date, date]]:
    """Return the first and last day of every turn of the horizon."""
    step = terms.turn_months
    return [
        (_plus(terms.start, n), _plus(terms.start, n + step) - DAY)
        for n in range(0, terms.year * 12, step)
    ]


def assignment(
    plan: Sequence[Inlan],
    rows: Sequence[PartyRow],
    category: str,
    terms: PlanTerms,
    weight: Weight = equal_weight,
) -> Assignment:
    """Return the problem of one category. Loans of a published plan may move; others stand.

    Raises PlanFault.
    """
    terms.check()
    all_turns = turns(terms)
    own = [i for i in plan if i.post == category and i.status != "förslag"]
    fixed = [i for i in own if not movable(i, terms)]
    moving = [i for i in own if movable(i, terms)]
    free = tuple(
        n
        for n, (a, b) in enumerate(all_turns)
        if not any(i.alone <= b and i.until >= a for i in fixed)
    )
    before = {n: i.party for n in free for i in fixed if i.holds(all_turns[n][0] - DAY)}
    days = [terms.history_from, *(first for first, _ in all_turns)]
    parties = tuple(sorted({p for day in days for p in in_category(rows, category, day)}))
    empty = [_empty(category, all_turns[n], terms.percent) for n in free]
    debt_by_party = {
        s.party: s.debt
        for s in debts([*fixed, *empty], rows, category, terms.history_from, terms.end, weight)
    }
    open_turns = {
        p: frozenset(n for n in free if _can(p, n, all_turns, before, fixed, rows, category, terms))
        for p in parties
    }
    pinned = _locked_turns(terms, all_turns, free, parties, open_turns)
    published = {
        n: i.party
        for n in free
        for i in moving
        if (i.alone, i.until) == all_turns[n] and i.party in parties
    }
    return Assignment(
        category=category,
        parties=parties,
        turn=tuple(all_turns),
        free=free,
        months=Fraction(terms.turn_months * terms.percent, 100),
        base={p: debt_by_party.get(p, Fraction(0)) for p in parties},
        possible=open_turns,
        locked_turns=pinned,
        published=published,
        gap=terms.gap,
        before=before,
    )


def movable(inlan: Inlan, terms: PlanTerms) -> bool:
    """True for a turn of a published plan within the horizon: a new plan may move it."""
    return bool(inlan.plan) and inlan.alone >= terms.start


def _empty(category: str, span: tuple[date, date], percent: int) -> Inlan:
    return Inlan("", category, NOBODY, "", (Period(*span, percent),), "överenskommet")


def _can(party, n, all_turns, before, fixed, rows, category, terms: PlanTerms) -> bool:
    """True when the party is in the category, available, and rested for turn and handover."""
    begins, last = all_turns[n]
    taken_over = n > 0 or n in before
    first = begins - terms.handover * DAY if taken_over else begins
    changes = [r.since for r in rows if r.party_id == party and first < r.since <= last]
    known = [is_member(rows, party, day) for day in (first, *changes)]
    if any(row is None or row.category != category for row in known):
        return False
    if any(o.party == party and o.since <= last and o.until >= first for o in terms.unavailable):
        return False
    remainder = terms.gap * terms.turn_months
    return not any(
        i.party == party
        and i.until >= _plus(begins, -remainder)
        and i.alone < _plus(last + DAY, remainder)
        for i in fixed
    )


def _locked_turns(terms: PlanTerms, all_turns, free, parties, open_turns) -> dict[int, str]:
    pinned: dict[int, str] = {}
    for party, day in terms.locked_turns:
        if party not in parties:
            continue  # another category's
        turn = next((n for n in free if all_turns[n][0] <= day <= all_turns[n][1]), None)
        if turn is None:
            raise PlanFault(
                f"{party} är låst till {day}, men inget ledigt pass har den dagen (K14). Välj en "
                f"dag mellan {terms.start} och {terms.end} då ingen redan är inlånad."
            )
        if turn not in open_turns[party]:
            raise PlanFault(
                f"{party} är låst till passet {all_turns[turn][0]}–{all_turns[turn][1]} men kan "
                "inte ta "
                "det: parten är otillgänglig, inte med i kategorin, eller behöver mellanrum (K14). "
                "Ta bort låsningen eller hindret."
            )
        if pinned.get(turn, party) != party:
            raise PlanFault(
                f"Passet {all_turns[turn][0]}–{all_turns[turn][1]} är låst för både "
                f"{pinned[turn]} och "
                f"{party} (K13). Lås det för en part."
            )
        for other, who in pinned.items():
            if who == party and 0 < abs(other - turn) <= terms.gap:
                raise PlanFault(
                    f"{party} är låst till två pass med mindre än {terms.gap} pass emellan "
                    "(K14). Ta bort en låsning eller minska mellanrummet."
                )
        pinned[turn] = party
    return pinned
