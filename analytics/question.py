"""A question to the engine: a year, values, readings and parties, or a whole series of values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from analytics.agreement import Avtal
from analytics.parties import PartRad


@dataclass(frozen=True, slots=True)
class Serie:
    """One parameter's values over many cases: `num` (int64) / `den`."""

    num: np.ndarray
    den: int = 1


@dataclass(frozen=True)
class Uppgift:
    """One question, or `antal` of them that differ only in the values of their Serie parameters.

    `parametrar` and `lasarter` name what differs from the agreement. `rader`: the parties' dated
    rows, changed ones included. `folkmangd_ar`: for each party the budget year whose inhabitants
    are used, where it is not `year` (explaining a change needs it).
    """

    year: int
    rader: tuple[PartRad, ...]
    parametrar: Mapping[str, Fraction | Serie] = field(default_factory=dict)
    lasarter: Mapping[str, str] = field(default_factory=dict)
    folkmangd_ar: Mapping[str, int] = field(default_factory=dict)

    @property
    def antal(self) -> int:
        return max(
            (len(v.num) for v in self.parametrar.values() if isinstance(v, Serie)), default=1
        )


def tal(value: Fraction | Serie) -> Serie:
    """Return *value* as a Serie; a single number becomes a series of one."""
    if isinstance(value, Serie):
        return value
    return Serie(np.array([value.numerator], dtype=np.int64), value.denominator)


def utan_serie_i_fasta_tak(avtal: Avtal, uppgift: Uppgift) -> list[tuple[np.ndarray, Uppgift]]:
    """Split *uppgift* so that ceilings that are the same for a whole group of cases are numbers.

    Only the first ceiling of a block may differ from case to case. Returns (case numbers, Uppgift).
    """
    regler = avtal.regler(uppgift.lasarter)
    fixed = {
        s.sats
        for block in regler.block
        for s in (*block.tak[1:], *block.golv)
        if isinstance(uppgift.parametrar.get(s.sats) if isinstance(s.sats, str) else None, Serie)
    }
    groups = [(np.arange(uppgift.antal), uppgift)]
    for name in sorted(fixed):
        split = []
        for cases, group in groups:
            serie = group.parametrar[name]
            for value in np.unique(serie.num):
                chosen = serie.num == value
                values = {
                    k: Serie(v.num[chosen], v.den) if isinstance(v, Serie) else v
                    for k, v in group.parametrar.items()
                }
                values[name] = Fraction(int(value), serie.den)
                split.append((cases[chosen], replace(group, parametrar=values)))
        groups = split
    return groups
