"""Turns questions (year, values, readings, parties) into the relations that sql/avgifter.sql reads.

A value may be one number or a whole series of them, so that a sweep of a hundred thousand
scenarios is made without a loop. All numbers are integers over a common denominator.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

import numpy as np

from analytics.agreement import Avtal, Regler
from analytics.agreement_blocks import Block, Enhet, Nyckel, Sats
from analytics.errors import PopulationNotPublished, TooLarge
from analytics.errors_agreement import MissingWeight, SharesTooLarge, YearOutOfRange
from analytics.parties import Part, i_aret
from analytics.population import Antal
from analytics.question import Serie, Uppgift, tal
from analytics.swedish import exakt

LARGEST = 10**15  # a weight or a denominator: what is left of 63 bits is for kronor
Antalen = Callable[[str, date], Antal]


@dataclass(frozen=True, slots=True)
class Andel:
    """A party's place in a block: what the clause counts, before it is made whole numbers."""

    part: Part
    vikt: Fraction
    antal: Antal | None
    tak_antal: Antal | None


@dataclass(frozen=True)
class Blockvillkor:
    """A block of one Uppgift, resolved. Amounts per unit are num / den, or None."""

    block: Block
    andelar: tuple[Andel, ...]
    vikter: tuple[int, ...]
    tak_baser: tuple[int | None, ...]
    fasta_tak: tuple[int | None, ...]
    golv: tuple[int | None, ...]
    pris: Serie | None
    tak: Serie | None
    datum: str | None  # which of the agreement's dates the inhabitants of the key are from
    tak_datum: str | None


@dataclass(frozen=True)
class Villkor:
    """One Uppgift, resolved: the frame, the blocks and their parts of it (del_num / del_den)."""

    uppgift: Uppgift
    lasarter: Mapping[str, str]
    regler: Regler
    parter: tuple[Part, ...]
    ram: Serie
    delar: tuple[np.ndarray | int | None, ...]
    del_den: int
    block: tuple[Blockvillkor, ...]
    datum: Mapping[str, date]


def villkor(avtal: Avtal, uppgift: Uppgift, antalen: Antalen) -> Villkor:
    """Resolve *uppgift*.

    Raises YearOutOfRange, PopulationMissing, PopulationNotPublished, BadParameter.
    """
    if not avtal.fran.year <= uppgift.year <= avtal.till_och_med:
        raise YearOutOfRange(uppgift.year, avtal.fran.year, avtal.till_och_med)
    lasarter = avtal.lasarter(uppgift.lasarter)
    regler = avtal.regler(lasarter)
    parter = tuple(i_aret(uppgift.rader, uppgift.year))
    values = _Varden(avtal, uppgift)
    reader = _Resolver(avtal, uppgift, regler, parter, values, antalen)
    blocks = tuple(reader.block(block) for block in regler.block)
    delar, den = _delar(regler.block, values)
    return Villkor(
        uppgift,
        lasarter,
        regler,
        parter,
        values.kronor(avtal.ram),
        delar,
        den,
        blocks,
        {name: d.i(uppgift.year) for name, d in avtal.datum.items()},
    )


class _Varden:
    """The parameters' values in the year, checked: the agreement's, or the Uppgift's own."""

    def __init__(self, avtal: Avtal, uppgift: Uppgift) -> None:
        for name, value in uppgift.parametrar.items():
            parameter = avtal.parameter(name)
            serie = tal(value)
            broken = serie.num[serie.num % serie.den != 0][:1] if parameter.slag == "kronor" else []
            for number in {int(serie.num.min()), int(serie.num.max()), *map(int, broken)}:
                parameter.prova(Fraction(number, serie.den))
        self._avtal, self._own, self._day = avtal, uppgift.parametrar, date(uppgift.year, 1, 1)

    def __getitem__(self, value: str | Fraction) -> Serie:
        if isinstance(value, str):
            own = self._own.get(value)
            value = own if own is not None else self._avtal.parameter(value).on(self._day)
        return tal(value)

    def kronor(self, name: str) -> Serie:
        serie = self[name]
        return Serie(serie.num // serie.den)

    def fast(self, value: str | Fraction) -> Fraction:
        serie = self[value]
        return Fraction(int(serie.num[0]), serie.den)


def _delar(blocks: Sequence[Block], values: _Varden) -> tuple[tuple, int]:
    """The blocks' parts of the frame over one denominator; "resten" is what is left of 1."""
    known = [None if b.mal is None else values[b.mal] for b in blocks]
    den = lcm(*(s.den for s in known if s is not None), 1)
    if den > LARGEST:
        raise TooLarge
    nums = [None if s is None else s.num * (den // s.den) for s in known]
    left = den - sum((n for n in nums if n is not None), np.zeros(1, dtype=np.int64))
    if left.min() < 0:
        total = exakt(Fraction(den - int(left.min()), den))
        raise SharesTooLarge(total, sorted({b.klausul for b in blocks if b.mal is not None}))
    return tuple(
        left if n is None and b.efter is None else n for n, b in zip(nums, blocks, strict=True)
    ), den


@dataclass(frozen=True, slots=True)
class _Resolver:
    avtal: Avtal
    uppgift: Uppgift
    regler: Regler
    parter: tuple[Part, ...]
    values: _Varden
    antalen: Antalen

    def block(self, block: Block) -> Blockvillkor:
        members = [p for p in self.parter if p.grupp == block.grupp and p.manader]
        key = block.pris.per if block.pris else block.nyckel
        weights = [self._vikt(key, p, members) for p in members]
        paying = [(p, w) for p, w in zip(members, weights, strict=True) if w > 0]
        first = block.tak[0] if block.tak else None
        scale = lcm(*(w.denominator for _, w in paying), 1)
        bases = [None if first is None else self._enhet(first.per, p) for p, _ in paying]
        base_scale = lcm(*(b.denominator for b in bases if b is not None), 1)
        if (
            max([0, *(w * scale for _, w in paying), *(b * base_scale for b in bases if b)])
            > LARGEST
        ):
            raise TooLarge
        key_date, ceiling_date = _datum(key), _datum(first.per if first else None)
        price = None if block.pris is None else self._sats(block.pris, scale)
        return Blockvillkor(
            block,
            tuple(
                Andel(p, w, self._folk(key_date, p), self._folk(ceiling_date, p)) for p, w in paying
            ),
            tuple(int(w * scale) for _, w in paying),
            tuple(None if b is None else int(b * base_scale) for b in bases),
            tuple(
                min((int(self._kronor(t, p)) for t in block.tak[1:]), default=None)
                for p, _ in paying
            ),
            tuple(
                max((-int(-self._kronor(g, p) // 1) for g in block.golv), default=None)
                for p, _ in paying
            ),
            price,
            None if first is None else self._sats(first, base_scale),
            key_date,
            ceiling_date,
        )

    def _sats(self, sats: Sats, scale: int) -> Serie:
        value = self.values[sats.sats]
        return Serie(value.num, value.den * scale * (100 if sats.av_ram else 1))

    def _kronor(self, sats: Sats, part: Part) -> Fraction:
        return self.values.fast(sats.sats) * self._enhet(sats.per, part)

    def _vikt(self, key: Nyckel | Enhet, part: Part, members: Sequence[Part]) -> Fraction:
        if isinstance(key, Enhet):
            return self._enhet(key, part)
        if len(key.delar) == 1:
            return self._enhet(key.delar[0][1], part)
        whole = [
            (share, unit, sum(self._enhet(unit, p) for p in members)) for share, unit in key.delar
        ]
        return sum(
            (share * self._enhet(unit, part) / total for share, unit, total in whole if total),
            Fraction(0),
        )

    def _enhet(self, unit: Enhet, part: Part) -> Fraction:
        """Return how many units *part* has (K3–K6), by months where T4 says so."""
        months = Fraction(part.manader if self.regler.anslutning == "manader" else 12, 12)
        if unit.slag == "andel":
            if self.regler.anslutning == "manader":
                return Fraction(part.andelsmanader, 12)
            return Fraction(part.andelar or 0)
        if unit.slag == "part":
            return months
        if unit.slag == "vikter":
            if part.part_id not in unit.vikter:
                raise MissingWeight(part.part_id, part.namn)
            return unit.vikter[part.part_id] * months
        count = self.antal(unit.datum, part).antal
        if not unit.trappa:
            return count * months
        tops = [start for start, _ in unit.trappa[1:]] + [max(count, unit.trappa[-1][0])]
        return months * sum(
            (factor * max(min(count, top) - start, 0))
            for (start, factor), top in zip(unit.trappa, tops, strict=True)
        )

    def antal(self, datum: str, part: Part) -> Antal:
        year = self.uppgift.folkmangd_ar.get(part.part_id, self.uppgift.year)
        day = self.avtal.datum[datum].i(year)
        found = self.antalen(part.part_id, day)
        if self.regler.folkmangd == "vanta" and found.status == "prognos":
            raise PopulationNotPublished(self.uppgift.year, day)
        return found

    def _folk(self, datum: str | None, part: Part) -> Antal | None:
        return None if datum is None else self.antal(datum, part)


def _datum(key: Nyckel | Enhet | None) -> str | None:
    """Return the first population date that *key* counts at, if it counts inhabitants."""
    units = [unit for _, unit in key.delar] if isinstance(key, Nyckel) else [key] if key else []
    return next((unit.datum for unit in units if unit.datum), None)
