"""Backwards questions: which values of one quantity meet every condition, and what stops more.

The whole span is found by asking the forward engine, to the unit, and proved by asking it again at
each end and one unit outside. On a line, conditions that each allow a span clash if and only if two
of them do (or one alone allows nothing), so the smallest clash is found by looking at pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analytics.agreement.contract import Agreement
from analytics.errors import AgreementError
from analytics.fees.payments import FeeResult, Population, compute_many
from analytics.fees.question import Question
from analytics.reference.database import Database
from analytics.swedish import exact
from analytics.whatif.probe import Answer, Probe, Quantity, Switches, unit_of

# What can be free, by role: units to a whole, the least and the most in units.
RANGES = {
    "ram": (1, 0, 50_000_000),
    "tak": (100, 0, 1_000),
    "procent": (100, 0, 10_000),
    "del": (10_000, 0, 10_000),
}


def quantities(agreement: Agreement) -> dict[str, Quantity]:
    """Return what can be free in the agreement, by the parameter's id."""
    named = {role: agreement.roles[role] for role in RANGES if role in agreement.roles}
    return {name: Quantity(name, *RANGES[role]) for role, name in named.items()}


class UnknownCondition(AgreementError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Villkoret ”{name[:40]}” finns inte. Välj bland {', '.join(CONDITIONS)}, skrivna som "
            "per_invanare=1,45 eller finansierat."
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition over all parties. `kind` is a key of CONDITIONS, `limit` its limit."""

    kind: str
    limit: Fraction = Fraction(0)

    @property
    def text(self) -> str:
        return CONDITIONS[self.kind].format(exact(self.limit))


CONDITIONS = {
    "per_invanare": "ingen kommun betalar mer än {} kr per invånare",
    "okning_procent": "ingen part höjs mer än {} procent",
    "okning_kr": "ingen part höjs mer än {} kr",
    "finansierat": "hela ramen är finansierad",
    "ram_minst": "ramen är minst {} kr",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanEnd:
    """One end of the span. `outside`: one unit outside, None at the quantity's own end.

    `condition`, `party`, `clause` and `over_kr` say what fails there, for whom and by how much.
    """

    value: Fraction
    outside: Fraction | None = None
    condition: str | None = None
    party: str | None = None
    clause: str | None = None
    over_kr: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The answer: spans that meet every condition, or the smallest set of conditions that clash."""

    quantity: str
    span: tuple[tuple[SpanEnd, SpanEnd], ...] = ()
    clash: tuple[str, ...] = ()
    clash_kr: int | None = None
    clash_distance: Fraction | None = None


def solve(
    db: Database,
    agreement: Agreement,
    question: Question,
    free: str,
    conditions: Sequence[Condition],
    before: FeeResult,
    population: Population | None = None,
) -> Solution:
    """Return every value of *free* that meets *conditions*; increases are counted from *before*.

    Raises UnknownCondition, UnknownParameter and what terms.resolve_terms raises.
    """
    for condition in conditions:
        if condition.kind not in CONDITIONS:
            raise UnknownCondition(condition.kind)
    agreement.parameter(free)
    probe = Probe(
        db=db,
        agreement=agreement,
        question=question,
        quantity=quantities(agreement)[free],
        population=population,
    )
    checks = _Trial(probe, tuple(conditions), before)
    allowed = probe.switches(checks.everything)
    spans = _in_common([b.runs for b in allowed], probe.quantity)
    if spans:
        return Solution(
            quantity=free,
            span=tuple(checks.edges(a, b) for a, b in spans),
        )
    return checks.clash(allowed)


def verify(
    db: Database,
    agreement: Agreement,
    question: Question,
    free: str,
    value: Fraction,
    population: Population | None = None,
) -> FeeResult:
    """Return the forward engine's answer at *value*: the proof of an end."""
    parameters = {**question.parameters, free: value}
    asked = Question(question.year, question.rows, parameters, question.readings)
    return compute_many(db, agreement, [asked], population)[0]


def _in_common(runs: list[list[tuple[int, int]]], quantity: Quantity) -> list[tuple[int, int]]:
    common = [(quantity.low, quantity.high)]
    for run in runs:
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in run if max(a, c) <= min(b, d)
        ]
    return common


@dataclass(frozen=True)
class _Trial:
    probe: Probe
    conditions: tuple[Condition, ...]
    before: FeeResult

    def everything(self, answer: Answer) -> np.ndarray:
        """One column per condition: does it hold?"""
        over = [self._over(answer, v).max(axis=1, initial=0) for v in self.conditions]
        return np.column_stack([o <= 0 for o in over]) if over else np.ones((len(answer.values), 0))

    def _over(self, answer: Answer, condition: Condition) -> np.ndarray:
        """By how many kronor each payer breaks the condition; whole-frame ones have one column."""
        fees, who = answer.fee_kr, self.probe.payers(answer)
        if condition.kind == "finansierat":
            return (self._frame(answer) - fees.sum(axis=1))[:, None]
        if condition.kind == "ram_minst":
            return (int(-(-condition.limit // 1)) - self._frame(answer))[:, None]
        if condition.kind == "per_invanare":
            top = [
                self._highest_per_inhabitant(answer, n, condition.limit) for n in range(len(who))
            ]
        else:
            paid = {p.party: p.fee_kr for p in self.before.parties}
            step = Fraction(0)
            top = []
            for party, _, _ in who:
                before = paid.get(party, 0)
                share = condition.kind == "okning_procent"
                step = before * condition.limit / 100 if share else condition.limit
                top.append(int((before + step) // 1))
        limits = np.array([np.iinfo(np.int64).max // 4 if t is None else t for t in top])
        return fees - limits

    def _highest_per_inhabitant(self, answer: Answer, column: int, limit: Fraction) -> int | None:
        flat = [a for block in answer.terms.block for a in block.shares]
        count = flat[column].count
        return None if count is None else int(limit * count.count // 1)

    def _frame(self, answer: Answer) -> np.ndarray:
        if self.probe.quantity.parameter == self.probe.agreement.frame:
            return answer.values
        return np.broadcast_to(answer.terms.frame.num, len(answer.values))

    def edges(self, low: int, high: int) -> tuple[SpanEnd, SpanEnd]:
        return self._end(low, low - 1), self._end(high, high + 1)

    def _end(self, inside: int, outside: int) -> SpanEnd:
        s = self.probe.quantity
        if not s.low <= outside <= s.high:
            return SpanEnd(
                value=unit_of(self.probe, inside),
            )
        answer = self.probe.ask(np.array([outside]))
        worst = max(self.conditions, key=lambda v: int(self._over(answer, v).max(initial=0)))
        over = self._over(answer, worst)[0]
        party, clause = self._who(answer, worst, int(np.argmax(over)))
        return SpanEnd(
            value=unit_of(self.probe, inside),
            outside=unit_of(self.probe, outside),
            condition=worst.text,
            party=party,
            clause=clause,
            over_kr=int(over.max()),
        )

    def _who(
        self, answer: Answer, condition: Condition, column: int
    ) -> tuple[str | None, str | None]:
        if condition.kind == "ram_minst":
            return None, self.probe.agreement.parameters[self.probe.agreement.frame].clause
        if condition.kind != "finansierat":
            _, name, block = self.probe.payers(answer)[column]
            return name, next(b.block.clause for b in answer.terms.block if b.block.id == block)
        for block in answer.terms.block:
            columns = [
                n for n, (_, _, b) in enumerate(self.probe.payers(answer)) if b == block.block.id
            ]
            if columns and answer.at_ceiling[0, columns].all():
                return block.block.name, block.block.ceiling_clause
        return None, None

    def clash(self, allowed: list[Switches]) -> Solution:
        """Return the smallest clash: one that nothing meets, or the two furthest apart."""
        alone = [v.text for v, b in zip(self.conditions, allowed, strict=True) if not b.runs]
        name = self.probe.quantity.parameter
        if alone:
            return Solution(
                quantity=name,
                clash=(alone[0],),
                clash_kr=self._least_above(alone[0]),
            )
        pairs = [
            (gap, a, b)
            for i, a in enumerate(self.conditions)
            for j, b in enumerate(self.conditions)
            if i < j and (gap := _distance(allowed[i].runs, allowed[j].runs)) is not None
        ]
        (distance, *edges), first, second = min(pairs, key=lambda p: p[0][0])
        answer = self.probe.ask(np.array(sorted(edges)))
        over = min(
            max(int(self._over(answer, v)[row].max(initial=0)) for v in (first, second))
            for row in range(len(edges))
        )
        return Solution(
            quantity=name,
            clash=(first.text, second.text),
            clash_kr=over,
            clash_distance=Fraction(distance, self.probe.quantity.den),
        )

    def _least_above(self, text: str) -> int:
        condition = next(v for v in self.conditions if v.text == text)
        s = self.probe.quantity
        answer = self.probe.ask(np.unique(np.linspace(s.low, s.high, 2001).astype(np.int64)))
        return int(self._over(answer, condition).max(axis=1).min())


def _distance(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> tuple[int, int, int] | None:
    """How far two sets of runs are apart: (units, the nearest value of one, of the other)."""
    if any(max(x, u) <= min(y, v) for x, y in a for u, v in b):
        return None
    gaps = [(u - y, y, u) if u > y else (x - v, x, v) for x, y in a for u, v in b]
    return min(gaps)
