"""Asks the forward engine about many values of one quantity, and finds where answers change.

Nothing about the rule is assumed but that an answer changes seldom: a coarse row of values is
asked first, then every gap where the answer changes is asked again, down to the unit.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from analytics.agreement.contract import Agreement
from analytics.fees.payments import Population, compute
from analytics.fees.question import Question, Series
from analytics.fees.terms import Terms
from analytics.reference.database import Database

POINTS = 801  # values asked at a time in a gap
QUESTION = """
select
    fall, (nr - 1)::integer as nr, unnest(parter)::integer as part,
    unnest(avgift)::bigint as avgift_kr, unnest(vid_tak) as vid_tak
from fordelad
"""


@dataclass(frozen=True)
class Quantity:
    """The free quantity: a parameter, asked in whole units of 1 / `den` from `low` to `high`."""

    parameter: str
    den: int
    low: int
    high: int


@dataclass(frozen=True)
class Answer:
    """The answers for `values` (units, ascending): fees and ceilings by value and payer.

    `fee_kr` and `at_ceiling` have a row per value and a column per payer.
    """

    values: np.ndarray
    fee_kr: np.ndarray
    at_ceiling: np.ndarray
    terms: Terms


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One question with one quantity left free."""

    db: Database
    agreement: Agreement
    question: Question
    quantity: Quantity
    population: Population | None = None

    def ask(self, values: np.ndarray) -> Answer:
        """Return the fees at *values*. Raises what terms.resolve_terms raises."""
        series = Series(values.astype(np.int64), self.quantity.den)
        asked = replace(
            self.question, parameters={**self.question.parameters, self.quantity.parameter: series}
        )
        chunks = list(compute(self.db, self.agreement, asked, self.population, QUESTION))
        terms = chunks[0][1][0]
        first = np.cumsum([0, *(len(block.shares) for block in terms.block)])
        fees = np.zeros((len(values), first[-1]), dtype=np.int64)
        held = np.zeros((len(values), first[-1]), dtype=bool)
        for table, _ in chunks:
            columns = {name: table[name].to_numpy() for name in table.column_names}
            place = first[columns["nr"]] + columns["part"]
            fees[columns["fall"], place] = columns["avgift_kr"]
            held[columns["fall"], place] = columns["vid_tak"]
        return Answer(values, fees, held, terms)

    def payers(self, answer: Answer) -> list[tuple[str, str, str]]:
        """Return (party id, name, block id) for each column of *answer*."""
        return [
            (a.party.party_id, a.party.name, block.block.id)
            for block in answer.terms.block
            for a in block.shares
        ]

    def switches(self, sample: Callable[[Answer], np.ndarray]) -> list["Switches"]:
        """Return where each column of the boolean `sample(answer)` changes from unit to unit.

        Ends of the span are the quantity's own. One call of the engine per round, for all columns.
        """
        low, high = self.quantity.low, self.quantity.high
        known = {int(v): None for v in np.unique(np.linspace(low, high, POINTS).astype(np.int64))}
        asked = np.array(sorted(known), dtype=np.int64)
        answers = {int(v): row for v, row in zip(asked, sample(self.ask(asked)), strict=True)}
        while True:
            points = sorted(answers)
            gaps = [
                (a, b)
                for a, b in itertools.pairwise(points)
                if b - a > 1 and (answers[a] != answers[b]).any()
            ]
            if not gaps:
                return [
                    Switches(low, high, [(v, bool(answers[v][n])) for v in points])
                    for n in range(len(next(iter(answers.values()))))
                ]
            share = max(POINTS // len(gaps), 3)
            new = np.unique(
                np.concatenate([np.linspace(a, b, share).astype(np.int64) for a, b in gaps])
            )
            new = np.array([v for v in new if int(v) not in answers], dtype=np.int64)
            rows = sample(self.ask(new))
            answers |= {int(v): row for v, row in zip(new, rows, strict=True)}


class Switches:
    """Where one yes-or-no answer holds: runs of units, from and including to and including."""

    def __init__(self, low: int, high: int, points: list[tuple[int, bool]]) -> None:
        self.runs: list[tuple[int, int]] = []
        start = None
        for (value, yes), (_, before) in zip(points, [(low, False), *points[:-1]], strict=True):
            if yes and not before:
                start = value
            elif before and not yes and start is not None:
                self.runs.append((start, self._last(points, value)))
                start = None
        if start is not None:
            self.runs.append((start, high))

    @staticmethod
    def _last(points: list[tuple[int, bool]], value: int) -> int:
        return max(v for v, _ in points if v < value)


def unit_of(probe: Probe, units: int) -> Fraction:
    """Return *units* as the quantity's own value."""
    return Fraction(units, probe.quantity.den)
