"""Turns questions (year, values, readings, parties) into the relations that avgifter.sql reads.

A value may be one number or a whole series of them, so that a sweep of a hundred thousand
scenarios is made without a loop. All numbers are integers over a common denominator.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

import numpy as np

from analytics.agreement.blocks import Block, Rate, SharingKey, Unit
from analytics.agreement.contract import Agreement, Rules
from analytics.agreement.errors import MissingWeight, SharesTooLarge, YearOutOfRange
from analytics.agreement.parties import Party, parties_in_year
from analytics.errors import PopulationNotPublished, TooLarge
from analytics.fees.question import Question, Series, numbers_of
from analytics.reference.population import Count
from analytics.swedish import exact

LARGEST = 10**15  # a weight or a denominator: what is left of 63 bits is for kronor
Counts = Callable[[str, date], Count]


@dataclass(frozen=True, slots=True)
class Andel:
    """A party's place in a block: what the clause counts, before it is made whole numbers."""

    party: Party
    weight: Fraction
    count: Count | None
    ceiling_count: Count | None


@dataclass(frozen=True, kw_only=True)
class BlockTerms:
    """A block of one Question, resolved. Amounts per unit are num / den, or None."""

    block: Block
    shares: tuple[Andel, ...]
    weights: tuple[int, ...]
    ceiling_bases: tuple[int | None, ...]
    fixed_ceilings: tuple[int | None, ...]
    floor: tuple[int | None, ...]
    price: Series | None
    ceiling: Series | None
    day: str | None  # which of the agreement's dates the inhabitants of the key are from
    ceiling_date: str | None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One Question, resolved: the frame, the blocks and `parts` of it, over `part_den`."""

    question: Question
    readings: Mapping[str, str]
    rules: Rules
    parties: tuple[Party, ...]
    frame: Series
    parts: tuple[np.ndarray | int | None, ...]
    part_den: int
    block: tuple[BlockTerms, ...]
    day: Mapping[str, date]


def resolve_terms(agreement: Agreement, question: Question, counts: Counts) -> Terms:
    """Resolve *question*.

    Raises YearOutOfRange, PopulationMissing, PopulationNotPublished, BadParameter.
    """
    if not agreement.since.year <= question.year <= agreement.through:
        raise YearOutOfRange(question.year, agreement.since.year, agreement.through)
    readings = agreement.readings(question.readings)
    rules = agreement.rules(readings)
    parties = tuple(parties_in_year(question.rows, question.year))
    values = _Values(agreement, question)
    reader = _Resolver(
        agreement=agreement,
        question=question,
        rules=rules,
        parties=parties,
        values=values,
        counts=counts,
    )
    blocks = tuple(reader.block(block) for block in rules.block)
    parts, den = _parts(rules.block, values)
    return Terms(
        question=question,
        readings=readings,
        rules=rules,
        parties=parties,
        frame=values.kronor(agreement.frame),
        parts=parts,
        part_den=den,
        block=blocks,
        day={name: d.in_year(question.year) for name, d in agreement.day.items()},
    )


class _Values:
    """The parameters' values in the year, checked: the agreement's, or the Question's own."""

    def __init__(self, agreement: Agreement, question: Question) -> None:
        for name, value in question.parameters.items():
            parameter = agreement.parameter(name)
            series = numbers_of(value)
            broken = (
                series.num[series.num % series.den != 0][:1] if parameter.kind == "kronor" else []
            )
            for number in {int(series.num.min()), int(series.num.max()), *map(int, broken)}:
                parameter.check(Fraction(number, series.den))
        self._agreement, self._own, self._day = (
            agreement,
            question.parameters,
            date(question.year, 1, 1),
        )

    def __getitem__(self, value: str | Fraction) -> Series:
        if isinstance(value, str):
            own = self._own.get(value)
            value = own if own is not None else self._agreement.parameter(value).on(self._day)
        return numbers_of(value)

    def kronor(self, name: str) -> Series:
        series = self[name]
        return Series(series.num // series.den)

    def fixed(self, value: str | Fraction) -> Fraction:
        series = self[value]
        return Fraction(int(series.num[0]), series.den)


def _parts(blocks: Sequence[Block], values: _Values) -> tuple[tuple, int]:
    """The blocks' parts of the frame over one denominator; "resten" is what is left of 1."""
    known = [None if b.target is None else values[b.target] for b in blocks]
    den = lcm(*(s.den for s in known if s is not None), 1)
    if den > LARGEST:
        raise TooLarge
    numerators = [None if s is None else s.num * (den // s.den) for s in known]
    left = den - sum((n for n in numerators if n is not None), np.zeros(1, dtype=np.int64))
    if left.min() < 0:
        total = exact(Fraction(den - int(left.min()), den))
        raise SharesTooLarge(total, sorted({b.clause for b in blocks if b.target is not None}))
    return tuple(
        left if n is None and b.after is None else n
        for n, b in zip(numerators, blocks, strict=True)
    ), den


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resolver:
    agreement: Agreement
    question: Question
    rules: Rules
    parties: tuple[Party, ...]
    values: _Values
    counts: Counts

    def block(self, block: Block) -> BlockTerms:
        members = [p for p in self.parties if p.group == block.group and p.months]
        key = block.price.per if block.price else block.key
        weights = [self._weight(key, p, members) for p in members]
        paying = [(p, w) for p, w in zip(members, weights, strict=True) if w > 0]
        first = block.ceiling[0] if block.ceiling else None
        scale = lcm(*(w.denominator for _, w in paying), 1)
        bases = [None if first is None else self._unit(first.per, p) for p, _ in paying]
        base_scale = lcm(*(b.denominator for b in bases if b is not None), 1)
        if (
            max([0, *(w * scale for _, w in paying), *(b * base_scale for b in bases if b)])
            > LARGEST
        ):
            raise TooLarge
        key_date, ceiling_date = _day(key), _day(first.per if first else None)
        price = None if block.price is None else self._rate(block.price, scale)
        return BlockTerms(
            block=block,
            shares=tuple(
                Andel(p, w, self._people(key_date, p), self._people(ceiling_date, p))
                for p, w in paying
            ),
            weights=tuple(int(w * scale) for _, w in paying),
            ceiling_bases=tuple(None if b is None else int(b * base_scale) for b in bases),
            fixed_ceilings=tuple(
                min((int(self._kronor(t, p)) for t in block.ceiling[1:]), default=None)
                for p, _ in paying
            ),
            floor=tuple(
                max((-int(-self._kronor(g, p) // 1) for g in block.floor), default=None)
                for p, _ in paying
            ),
            price=price,
            ceiling=None if first is None else self._rate(first, base_scale),
            day=key_date,
            ceiling_date=ceiling_date,
        )

    def _rate(self, rate: Rate, scale: int) -> Series:
        value = self.values[rate.rate]
        return Series(value.num, value.den * scale * (100 if rate.of_frame else 1))

    def _kronor(self, rate: Rate, party: Party) -> Fraction:
        return self.values.fixed(rate.rate) * self._unit(rate.per, party)

    def _weight(self, key: SharingKey | Unit, party: Party, members: Sequence[Party]) -> Fraction:
        if isinstance(key, Unit):
            return self._unit(key, party)
        if len(key.parts) == 1:
            return self._unit(key.parts[0][1], party)
        whole = [
            (share, unit, sum(self._unit(unit, p) for p in members)) for share, unit in key.parts
        ]
        return sum(
            (share * self._unit(unit, party) / total for share, unit, total in whole if total),
            Fraction(0),
        )

    def _unit(self, unit: Unit, party: Party) -> Fraction:
        """Return how many units *party* has (K3–K6), by months where T4 says so."""
        months = Fraction(party.months if self.rules.joining == "manader" else 12, 12)
        if unit.kind == "andel":
            if self.rules.joining == "manader":
                return Fraction(party.share_months, 12)
            return Fraction(party.shares or 0)
        if unit.kind == "part":
            return months
        if unit.kind == "vikter":
            if party.party_id not in unit.weights:
                raise MissingWeight(party.party_id, party.name)
            return unit.weights[party.party_id] * months
        count = self.count(unit.day, party).count
        if not unit.staircase:
            return count * months
        tops = [start for start, _ in unit.staircase[1:]] + [max(count, unit.staircase[-1][0])]
        return months * sum(
            (factor * max(min(count, top) - start, 0))
            for (start, factor), top in zip(unit.staircase, tops, strict=True)
        )

    def count(self, day: str, party: Party) -> Count:
        year = self.question.population_year.get(party.party_id, self.question.year)
        on_day = self.agreement.day[day].in_year(year)
        found = self.counts(party.party_id, on_day)
        if self.rules.population == "vanta" and found.status == "prognos":
            raise PopulationNotPublished(self.question.year, on_day)
        return found

    def _people(self, day: str | None, party: Party) -> Count | None:
        return None if day is None else self.count(day, party)


def _day(key: SharingKey | Unit | None) -> str | None:
    """Return the first population date that *key* counts at, if it counts inhabitants."""
    units = [unit for _, unit in key.parts] if isinstance(key, SharingKey) else [key] if key else []
    return next((unit.day for unit in units if unit.day), None)
