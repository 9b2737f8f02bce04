"""A question to the engine: a year, values, readings and parties, or a whole series of values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from analytics.agreement.contract import Agreement
from analytics.agreement.parties import PartyRow


@dataclass(frozen=True, slots=True)
class Series:
    """One parameter's values over many cases: `num` (int64) / `den`."""

    num: np.ndarray
    den: int = 1


@dataclass(frozen=True)
class Question:
    """One question, or `count` of them that differ only in the values of their Series parameters.

    `parameters` and `readings` name what differs from the agreement. `rows`: the parties' dated
    rows, changed ones included. `population_year`: for each party the budget year whose inhabitants
    are used, where it is not `year` (explaining a change needs it).
    """

    year: int
    rows: tuple[PartyRow, ...]
    parameters: Mapping[str, Fraction | Series] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    population_year: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return max(
            (len(v.num) for v in self.parameters.values() if isinstance(v, Series)), default=1
        )


def numbers_of(value: Fraction | Series) -> Series:
    """Return *value* as a Series; a single number becomes a series of one."""
    if isinstance(value, Series):
        return value
    return Series(np.array([value.numerator], dtype=np.int64), value.denominator)


def without_series_in_fixed_ceilings(
    agreement: Agreement, question: Question
) -> list[tuple[np.ndarray, Question]]:
    """Split *question* so that ceilings that are the same for a whole group of cases are numbers.

    Only the first ceiling of a block may differ from case to case. Returns (case numbers,
    Question).
    """
    rules = agreement.rules(question.readings)
    fixed = {
        s.rate
        for block in rules.block
        for s in (*block.ceiling[1:], *block.floor)
        if isinstance(question.parameters.get(s.rate) if isinstance(s.rate, str) else None, Series)
    }
    groups = [(np.arange(question.count), question)]
    for name in sorted(fixed):
        split = []
        for cases, group in groups:
            series = group.parameters[name]
            for value in np.unique(series.num):
                chosen = series.num == value
                values = {
                    k: Series(v.num[chosen], v.den) if isinstance(v, Series) else v
                    for k, v in group.parameters.items()
                }
                values[name] = Fraction(int(value), series.den)
                split.append((cases[chosen], replace(group, parameters=values)))
        groups = split
    return groups
