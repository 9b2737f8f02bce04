"""A second evaluator of the agreement's rules, in exact fractions and plain Python.

It shares nothing with analytics/: no SQL, no integers over a common denominator, no running sums.
It follows the definitions word for word and is slow. Only the tests use it, to check the SQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True)
class Party:
    """What a clause counts for one party. `ceiling_of` and `floor_of` are exact kronor."""

    id: int
    weight: Fraction
    ceiling: Fraction | None = None
    floor: Fraction = Fraction(0)


@dataclass(frozen=True)
class Block:
    """`part_of_frame`: its part of the frame; "resten": what the other parts leave; "andra": what
    the others do not pay; "priset": what the price gives. `price`: kronor per unit of weight."""

    parties: tuple[Party, ...]
    part_of_frame: Fraction | str
    price: Fraction | None = None
    redistribute: bool = True
    rounding: str = "storsta_rest"


@dataclass(frozen=True)
class Outcome:
    """Per party, in the order of the block: kronor, and whether the ceiling stopped it."""

    target: int
    ideal: dict[int, int]
    ceiling: dict[int, int | None]
    fee: dict[int, int]
    at_ceiling: dict[int, bool]

    @property
    def financed(self) -> int:
        return sum(self.fee.values())


def whole_kronor(exactly: Sequence[tuple[int, Fraction]], rule: str) -> dict[int, int]:
    """Round the (id, exact amount) pairs; with `storsta_rest` they keep their sum, floored."""
    if rule == "narmast":
        return {id_: floor(amount + Fraction(1, 2)) for id_, amount in exactly}
    kronor = {id_: floor(amount) for id_, amount in exactly}
    if rule == "nedat":
        return kronor
    left = floor(sum((amount for _, amount in exactly), Fraction(0))) - sum(kronor.values())
    turn = sorted(exactly, key=lambda row: (-(row[1] - floor(row[1])), -row[1], row[0]))
    for id_, _ in turn[:left]:
        kronor[id_] += 1
    return kronor


def by_weight(amount: int, parties: Sequence[Party]) -> list[tuple[int, Fraction]]:
    whole = sum((p.weight for p in parties), Fraction(0))
    return [(p.id, amount * p.weight / whole) for p in parties]


def clamped(party: Party, rate: Fraction | None) -> Fraction:
    """What *party* pays at *rate* kronor per unit of weight; None is without bound."""
    amount = (
        floor_of(party) if rate is None else max(rate * party.weight, Fraction(floor_of(party)))
    )
    if party.ceiling is None:
        return amount
    return Fraction(ceiling_of(party)) if rate is None else min(amount, Fraction(ceiling_of(party)))


def ceiling_of(party: Party) -> int | None:
    return None if party.ceiling is None else floor(party.ceiling)


def floor_of(party: Party) -> int:
    return (
        ceil(party.floor) if party.ceiling is None else min(ceil(party.floor), floor(party.ceiling))
    )


def lowest_rate(amount: int, parties: Sequence[Party]) -> Fraction | None:
    """The lowest rate at which the parties together pay *amount*; None if no rate is enough."""
    if sum(clamped(p, Fraction(0)) for p in parties) >= amount:
        return Fraction(0)
    knees = {
        Fraction(k) / p.weight
        for p in parties
        for k in (ceiling_of(p), floor_of(p))
        if k is not None
    }
    low = Fraction(0)
    for knee in [*sorted(knees), None]:
        paid = sum(clamped(p, low) for p in parties)
        if knee is not None and sum(clamped(p, knee) for p in parties) < amount:
            low = knee
            continue
        grows = [
            p.weight
            for p in parties
            if floor_of(p) <= low * p.weight
            and (p.ceiling is None or ceiling_of(p) > low * p.weight)
        ]
        return low + (amount - paid) / sum(grows) if grows else None
    raise AssertionError("the last knee has no bound")


def split(amount: int, block: Block) -> tuple[dict, dict, dict]:
    """Divide *amount* in *block*: ideal, fee, and who is stopped by the ceiling."""
    parties = block.parties
    if not parties:
        return {}, {}, {}
    ideal = whole_kronor(by_weight(amount, parties), block.rounding)
    if not block.redistribute:
        fee = {p.id: max(ideal[p.id], floor_of(p)) for p in parties}
        fee = {
            p.id: fee[p.id] if p.ceiling is None else min(fee[p.id], ceiling_of(p)) for p in parties
        }
        return (
            ideal,
            fee,
            {p.id: p.ceiling is not None and ideal[p.id] > ceiling_of(p) for p in parties},
        )
    rate = lowest_rate(amount, parties)
    stopped = {
        p.id: p.ceiling is not None and (rate is None or ceiling_of(p) < rate * p.weight)
        for p in parties
    }
    lifted = {p.id: rate is not None and floor_of(p) >= rate * p.weight for p in parties}
    fee = {p.id: ceiling_of(p) for p in parties if stopped[p.id]}
    fee |= {p.id: floor_of(p) for p in parties if lifted[p.id] and not stopped[p.id]}
    free = [p for p in parties if p.id not in fee]
    if free:
        fee |= whole_kronor(by_weight(amount - sum(fee.values()), free), block.rounding)
    return ideal, fee, stopped


def split_frame(frame: int, parts: Sequence[Fraction]) -> list[int]:
    """The blocks' targets: largest remainder, an equal one to the block that stands first."""
    kronor = [floor(frame * d) for d in parts]
    left = floor(frame * sum(parts, Fraction(0))) - sum(kronor)
    turn = sorted(range(len(parts)), key=lambda i: (-(frame * parts[i] - kronor[i]), i))
    for i in turn[:left]:
        kronor[i] += 1
    return kronor


def fees(frame: int, block: Sequence[Block]) -> list[Outcome]:
    """What every party of every block pays when the frame is *frame* kronor."""
    known = sum(
        (b.part_of_frame for b in block if isinstance(b.part_of_frame, Fraction)), Fraction(0)
    )
    parts = [
        b.part_of_frame
        if isinstance(b.part_of_frame, Fraction)
        else 1 - known
        if b.part_of_frame == "resten"
        else Fraction(0)
        for b in block
    ]
    targets = split_frame(frame, parts)
    found: dict[int, Outcome] = {}
    for i in sorted(range(len(block)), key=lambda i: block[i].part_of_frame == "andra"):
        b = block[i]
        target = targets[i]
        if b.part_of_frame == "andra":
            target = max(frame - sum(u.financed for u in found.values()), 0)
        amount = target
        if b.price is not None:
            amount = floor(b.price * sum((p.weight for p in b.parties), Fraction(0)))
        ideal, fee, stopped = split(amount, b)
        if b.part_of_frame == "priset":
            target = min(sum(fee.values()), frame)
        found[i] = Outcome(target, ideal, {p.id: ceiling_of(p) for p in b.parties}, fee, stopped)
    return [found[i] for i in range(len(block))]
