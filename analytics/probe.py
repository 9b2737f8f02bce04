"""Asks the forward engine about many values of one quantity, and finds where answers change.

Nothing about the rule is assumed but that an answer changes seldom: a coarse row of values is
asked first, then every gap where the answer changes is asked again, down to the unit.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.fees import Folkmangd, berakna
from analytics.question import Serie, Uppgift
from analytics.terms import Villkor

PUNKTER = 801  # values asked at a time in a gap
FRAGA = """
select
    fall, (nr - 1)::integer as nr, unnest(parter)::integer as part,
    unnest(avgift)::bigint as avgift_kr, unnest(vid_tak) as vid_tak
from fordelad
"""


@dataclass(frozen=True)
class Storhet:
    """The free quantity: a parameter, asked in whole units of 1 / `den` from `lag` to `hog`."""

    parameter: str
    den: int
    lag: int
    hog: int


@dataclass(frozen=True)
class Svar:
    """The answers for `varden` (units, ascending): fees and ceilings by value and payer.

    `avgift_kr` and `vid_tak` have a row per value and a column per payer.
    """

    varden: np.ndarray
    avgift_kr: np.ndarray
    vid_tak: np.ndarray
    villkor: Villkor


@dataclass(frozen=True)
class Sond:
    """One question with one quantity left free."""

    db: Database
    avtal: Avtal
    uppgift: Uppgift
    storhet: Storhet
    folkmangd: Folkmangd | None = None

    def fraga(self, varden: np.ndarray) -> Svar:
        """Return the fees at *varden*. Raises what terms.villkor raises."""
        serie = Serie(varden.astype(np.int64), self.storhet.den)
        asked = replace(
            self.uppgift, parametrar={**self.uppgift.parametrar, self.storhet.parameter: serie}
        )
        chunks = list(berakna(self.db, self.avtal, asked, self.folkmangd, FRAGA))
        terms = chunks[0][1][0]
        first = np.cumsum([0, *(len(block.andelar) for block in terms.block)])
        fees = np.zeros((len(varden), first[-1]), dtype=np.int64)
        held = np.zeros((len(varden), first[-1]), dtype=bool)
        for table, _ in chunks:
            columns = {name: table[name].to_numpy() for name in table.column_names}
            place = first[columns["nr"]] + columns["part"]
            fees[columns["fall"], place] = columns["avgift_kr"]
            held[columns["fall"], place] = columns["vid_tak"]
        return Svar(varden, fees, held, terms)

    def betalare(self, svar: Svar) -> list[tuple[str, str, str]]:
        """Return (party id, name, block id) for each column of *svar*."""
        return [
            (a.part.part_id, a.part.namn, block.block.id)
            for block in svar.villkor.block
            for a in block.andelar
        ]

    def byten(self, prov: Callable[[Svar], np.ndarray]) -> list["Byten"]:
        """Return, for each column of the boolean `prov(svar)`, where it changes from unit to unit.

        Ends of the span are the quantity's own. One call of the engine per round, for all columns.
        """
        low, high = self.storhet.lag, self.storhet.hog
        known = {int(v): None for v in np.unique(np.linspace(low, high, PUNKTER).astype(np.int64))}
        asked = np.array(sorted(known), dtype=np.int64)
        answers = {int(v): row for v, row in zip(asked, prov(self.fraga(asked)), strict=True)}
        while True:
            points = sorted(answers)
            gaps = [
                (a, b)
                for a, b in itertools.pairwise(points)
                if b - a > 1 and (answers[a] != answers[b]).any()
            ]
            if not gaps:
                return [
                    Byten(low, high, [(v, bool(answers[v][n])) for v in points])
                    for n in range(len(next(iter(answers.values()))))
                ]
            share = max(PUNKTER // len(gaps), 3)
            new = np.unique(
                np.concatenate([np.linspace(a, b, share).astype(np.int64) for a, b in gaps])
            )
            new = np.array([v for v in new if int(v) not in answers], dtype=np.int64)
            rows = prov(self.fraga(new))
            answers |= {int(v): row for v, row in zip(new, rows, strict=True)}


class Byten:
    """Where one yes-or-no answer holds: runs of units, from and including to and including."""

    def __init__(self, low: int, high: int, points: list[tuple[int, bool]]) -> None:
        self.ja: list[tuple[int, int]] = []
        start = None
        for (value, yes), (_, before) in zip(points, [(low, False), *points[:-1]], strict=True):
            if yes and not before:
                start = value
            elif before and not yes and start is not None:
                self.ja.append((start, self._last(points, value)))
                start = None
        if start is not None:
            self.ja.append((start, high))

    @staticmethod
    def _last(points: list[tuple[int, bool]], value: int) -> int:
        return max(v for v, _ in points if v < value)


def enhet(sond: Sond, units: int) -> Fraction:
    """Return *units* as the quantity's own value."""
    return Fraction(units, sond.storhet.den)
