"""Whole kronor and öre: rounded once, and split so that the parts are the whole to the krona."""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def whole_kronor(ore: int | None) -> int | None:
    """Return öre as whole kronor, halves away from zero."""
    if ore is None:
        return None
    whole = (abs(ore) + 50) // 100
    return -whole if ore < 0 else whole


def split(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split whole kronor by weight with largest remainder; ties go to the first.

    *total* is not negative. Without any weight all are alike.
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if not whole:
        exact, whole = [Fraction(1)] * len(exact), Fraction(len(exact))
    ideal = [total * weight / whole for weight in exact]
    parts = [int(amount) for amount in ideal]
    in_turn = sorted(range(len(parts)), key=lambda n: (parts[n] - ideal[n], n))
    for number in in_turn[: total - sum(parts)]:
        parts[number] += 1
    return parts


def split_among(total: int, limits: Mapping[str, int]) -> dict[str, int]:
    """Split whole kronor by what each one owes, at most all of it, so that nobody pays more.

    Ties go to the larger amount, and then to the lower id.
    """
    order = sorted(limits, key=lambda one: (-limits[one], one))
    amount = max(min(total, sum(limits.values())), 0)
    parts = dict(zip(order, split(amount, [limits[one] for one in order]), strict=True))
    return {one: parts[one] for one in limits}
