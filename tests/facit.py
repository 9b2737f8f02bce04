"""A second evaluator of the agreement's rules, in exact fractions and plain Python.

It shares nothing with analytics/: no SQL, no integers over a common denominator, no running sums.
It follows the definitions word for word and is slow. Only the tests use it, to check the SQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True)
class Part:
    """What a clause counts for one party. `tak` and `golv` are exact kronor."""

    id: int
    vikt: Fraction
    tak: Fraction | None = None
    golv: Fraction = Fraction(0)


@dataclass(frozen=True)
class Block:
    """`del_`: its part of the frame; "resten": what the other parts leave; "andra": what the others
    do not pay; "priset": what the price gives. `pris`: kronor per unit of weight."""

    parter: tuple[Part, ...]
    del_: Fraction | str
    pris: Fraction | None = None
    omfordela: bool = True
    avrundning: str = "storsta_rest"


@dataclass(frozen=True)
class Utfall:
    """Per party, in the order of the block: kronor, and whether the ceiling stopped it."""

    mal: int
    ideal: dict[int, int]
    tak: dict[int, int | None]
    avgift: dict[int, int]
    vid_tak: dict[int, bool]

    @property
    def finansierat(self) -> int:
        return sum(self.avgift.values())


def hela_kronor(exakt: Sequence[tuple[int, Fraction]], regel: str) -> dict[int, int]:
    """Round the (id, exact amount) pairs; with `storsta_rest` they keep their sum, floored."""
    if regel == "narmast":
        return {id_: floor(amount + Fraction(1, 2)) for id_, amount in exakt}
    kronor = {id_: floor(amount) for id_, amount in exakt}
    if regel == "nedat":
        return kronor
    left = floor(sum((amount for _, amount in exakt), Fraction(0))) - sum(kronor.values())
    turn = sorted(exakt, key=lambda row: (-(row[1] - floor(row[1])), -row[1], row[0]))
    for id_, _ in turn[:left]:
        kronor[id_] += 1
    return kronor


def efter_vikt(belopp: int, parter: Sequence[Part]) -> list[tuple[int, Fraction]]:
    whole = sum((p.vikt for p in parter), Fraction(0))
    return [(p.id, belopp * p.vikt / whole) for p in parter]


def klamd(part: Part, sats: Fraction | None) -> Fraction:
    """What *part* pays at *sats* kronor per unit of weight; None is without bound."""
    amount = golv(part) if sats is None else max(sats * part.vikt, Fraction(golv(part)))
    if part.tak is None:
        return amount
    return Fraction(tak(part)) if sats is None else min(amount, Fraction(tak(part)))


def tak(part: Part) -> int | None:
    return None if part.tak is None else floor(part.tak)


def golv(part: Part) -> int:
    return ceil(part.golv) if part.tak is None else min(ceil(part.golv), floor(part.tak))


def lagsta_sats(belopp: int, parter: Sequence[Part]) -> Fraction | None:
    """The lowest rate at which the parties together pay *belopp*; None if no rate is enough."""
    if sum(klamd(p, Fraction(0)) for p in parter) >= belopp:
        return Fraction(0)
    knees = {Fraction(k) / p.vikt for p in parter for k in (tak(p), golv(p)) if k is not None}
    low = Fraction(0)
    for knee in [*sorted(knees), None]:
        paid = sum(klamd(p, low) for p in parter)
        if knee is not None and sum(klamd(p, knee) for p in parter) < belopp:
            low = knee
            continue
        grows = [
            p.vikt
            for p in parter
            if golv(p) <= low * p.vikt and (p.tak is None or tak(p) > low * p.vikt)
        ]
        return low + (belopp - paid) / sum(grows) if grows else None
    raise AssertionError("the last knee has no bound")


def fordela(belopp: int, block: Block) -> tuple[dict, dict, dict]:
    """Divide *belopp* in *block*: ideal, fee, and who is stopped by the ceiling."""
    parter = block.parter
    if not parter:
        return {}, {}, {}
    ideal = hela_kronor(efter_vikt(belopp, parter), block.avrundning)
    if not block.omfordela:
        fee = {p.id: max(ideal[p.id], golv(p)) for p in parter}
        fee = {p.id: fee[p.id] if p.tak is None else min(fee[p.id], tak(p)) for p in parter}
        return ideal, fee, {p.id: p.tak is not None and ideal[p.id] > tak(p) for p in parter}
    rate = lagsta_sats(belopp, parter)
    stopped = {p.id: p.tak is not None and (rate is None or tak(p) < rate * p.vikt) for p in parter}
    lifted = {p.id: rate is not None and golv(p) >= rate * p.vikt for p in parter}
    fee = {p.id: tak(p) for p in parter if stopped[p.id]}
    fee |= {p.id: golv(p) for p in parter if lifted[p.id] and not stopped[p.id]}
    free = [p for p in parter if p.id not in fee]
    if free:
        fee |= hela_kronor(efter_vikt(belopp - sum(fee.values()), free), block.avrundning)
    return ideal, fee, stopped


def dela_ramen(ram: int, delar: Sequence[Fraction]) -> list[int]:
    """The blocks' targets: largest remainder, an equal one to the block that stands first."""
    kronor = [floor(ram * d) for d in delar]
    left = floor(ram * sum(delar, Fraction(0))) - sum(kronor)
    turn = sorted(range(len(delar)), key=lambda i: (-(ram * delar[i] - kronor[i]), i))
    for i in turn[:left]:
        kronor[i] += 1
    return kronor


def avgifter(ram: int, block: Sequence[Block]) -> list[Utfall]:
    """What every party of every block pays when the frame is *ram* kronor."""
    known = sum((b.del_ for b in block if isinstance(b.del_, Fraction)), Fraction(0))
    delar = [
        b.del_ if isinstance(b.del_, Fraction) else 1 - known if b.del_ == "resten" else Fraction(0)
        for b in block
    ]
    targets = dela_ramen(ram, delar)
    found: dict[int, Utfall] = {}
    for i in sorted(range(len(block)), key=lambda i: block[i].del_ == "andra"):
        b = block[i]
        target = targets[i]
        if b.del_ == "andra":
            target = max(ram - sum(u.finansierat for u in found.values()), 0)
        amount = target
        if b.pris is not None:
            amount = floor(b.pris * sum((p.vikt for p in b.parter), Fraction(0)))
        ideal, fee, stopped = fordela(amount, b)
        if b.del_ == "priset":
            target = min(sum(fee.values()), ram)
        found[i] = Utfall(target, ideal, {p.id: tak(p) for p in b.parter}, fee, stopped)
    return [found[i] for i in range(len(block))]
