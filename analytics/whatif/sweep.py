"""A sweep: the fees for every combination of many values of some parameters (K1, K3–K6).

One row per case and party. The values are made as series, so no case costs a Python object.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm, prod

import numpy as np
import pyarrow as pa

from analytics.agreement.contract import Agreement, Parameter
from analytics.errors import BadSweep
from analytics.fees import payments
from analytics.fees.payments import Population
from analytics.fees.question import Question, Series
from analytics.fees.terms import Terms
from analytics.reference.database import Database
from analytics.swedish import exact, whole

MAX_CASES = 1_000_000
# A ceiling in kronor beside another is a number to the statement: one group of cases per value.
MAX_FIXED = 2_000
PLACES = 6


@dataclass(frozen=True, slots=True)
class Variation:
    """A parameter's values: `since`, `since` + `step`, … up to and including `until`.

    `decimals` is how many decimals it takes to write each of them exactly.
    """

    parameter: Parameter
    since: Fraction
    until: Fraction
    step: Fraction

    def __post_init__(self) -> None:
        name = f"{self.parameter.name} ({self.parameter.clause})"
        if self.step <= 0:
            raise BadSweep(
                f"{name}: steget {exact(self.step)} är inte större än 0", "ett steg uppåt"
            )
        if self.until < self.since:
            raise BadSweep(
                f"{name}: från {exact(self.since)} till {exact(self.until)} går nedåt",
                "det lägre värdet först",
            )
        if (self.since * 10**PLACES).denominator != 1 or (self.step * 10**PLACES).denominator != 1:
            raise BadSweep(
                f"{name}: ett värde har fler än {PLACES} decimaler", "tal med högst sex decimaler"
            )
        for value in (self.since, self.until, self.since + self.step * (self.count - 1)):
            self.parameter.check(value)
        self.parameter.check(self.since + self.step if self.count > 1 else self.since)

    @property
    def count(self) -> int:
        return int((self.until - self.since) / self.step) + 1

    @property
    def decimals(self) -> int:
        both = (self.since, self.step)
        return next(n for n in range(PLACES + 1) if all((v * 10**n).denominator == 1 for v in both))

    def series(self, repeat: int, tile: int) -> Series:
        """The values, each *repeat* times, and all of it *tile* times over."""
        den = lcm(self.since.denominator, self.step.denominator)
        steps = np.arange(self.count, dtype=np.int64)
        values = int(self.since * den) + steps * int(self.step * den)
        return Series(np.tile(np.repeat(values, repeat), tile), den)


def count(variations: Sequence[Variation]) -> int:
    """Return how many cases the combinations are. Raises BadSweep above MAX_CASES."""
    cases = prod(v.count for v in variations)
    if cases > MAX_CASES:
        counts = " × ".join(f"{v.parameter.id} {whole(v.count)}" for v in variations)
        raise BadSweep(
            f"Svepet blir {whole(cases)} fall ({counts}), och högst {whole(MAX_CASES)} räknas i "
            "taget",
            "ett större steg, ett smalare spann eller färre parametrar",
        )
    return cases


def rows_of(
    db: Database,
    agreement: Agreement,
    question: Question,
    variations: Sequence[Variation],
    population: Population | None = None,
) -> Iterator[pa.Table]:
    """Yield tables with one row per case and party, ordered by case, block and party.

    Columns: case (from 1), one per varied parameter (whole kronor BIGINT, else DECIMAL), party,
    block, fee_kr, at_ceiling, and for the whole case financed_kr and unfunded_kr. The first
    parameter varies slowest. A case without parties gives no row.
    Raises BadSweep, BadParameter and what payments.compute raises.
    """
    cases = count(variations)
    _check_fixed(agreement, question, variations)
    values, repeat = {}, cases
    for v in variations:
        repeat //= v.count
        values[v.parameter.id] = v.series(repeat, cases // (repeat * v.count))
    asked = replace(question, parameters={**question.parameters, **values})
    for table, groups in payments.compute(db, agreement, asked, population):
        yield _answer(table, groups, variations, values, _frame(agreement, groups, values, cases))


def _frame(
    agreement: Agreement, groups: Sequence[Terms], values: Mapping[str, Series], cases: int
) -> np.ndarray:
    """The frame of every case."""
    if agreement.frame in values:
        return values[agreement.frame].num // values[agreement.frame].den
    return np.broadcast_to(groups[0].frame.num, cases)


def _check_fixed(agreement: Agreement, question: Question, variations: Sequence[Variation]) -> None:
    rules = agreement.rules(question.readings).block
    fixed = {rate.rate for b in rules for rate in (*b.ceiling[1:], *b.floor)}
    for v in variations:
        if v.parameter.id in fixed and v.count > MAX_FIXED:
            raise BadSweep(
                f"{v.parameter.name} ({v.parameter.clause}) varieras i {whole(v.count)} steg, och "
                f"som tak bredvid ett annat tak räknas högst {whole(MAX_FIXED)} i taget",
                "ett större steg",
            )


def _answer(
    table: pa.Table,
    groups: Sequence[Terms],
    variations: Sequence[Variation],
    values: Mapping[str, Series],
    frame: np.ndarray,
) -> pa.Table:
    blocks = groups[0].block
    place = table["nr"].to_numpy().astype(np.int64) * 2**16 + table["part"].to_numpy()
    order = np.argsort(table["fall"].to_numpy() * 2**24 + place, kind="stable")
    table, place = table.take(order), place[order]
    cases, fee = table["fall"].to_numpy(), table["avgift_kr"].to_numpy()
    starts = np.flatnonzero(np.diff(cases, prepend=-1)) if len(cases) else np.zeros(0, np.int64)
    sizes = np.diff(starts, append=len(cases))
    financed = np.repeat(np.add.reduceat(fee, starts), sizes) if len(cases) else fee
    ids = {
        number * 2**16 + i: (andel.party.party_id, block.block.id)
        for number, block in enumerate(blocks)
        for i, andel in enumerate(block.shares)
    }
    known = np.array(list(ids))
    number = pa.array(np.searchsorted(known, place).astype(np.int32))
    names = [pa.array([pair[i] for pair in ids.values()], pa.string()) for i in (0, 1)]
    columns: dict[str, object] = {"case": cases + 1}
    for v in variations:
        series = values[v.parameter.id]
        columns[v.parameter.id] = _number(series.num[cases], series.den, v.decimals)
    columns |= {
        "party": names[0].take(number),
        "block": names[1].take(number),
        "fee_kr": fee,
        "at_ceiling": table["vid_tak"].combine_chunks(),
        "financed_kr": financed,
        "unfunded_kr": frame[cases] - financed,
    }
    return pa.table(columns)


def _number(num: np.ndarray, den: int, places: int) -> pa.Array:
    """Return num / den exactly: whole numbers, or decimals with *places* places."""
    if places == 0:
        return pa.array(num // den)
    exact, where = np.unique(num, return_inverse=True)
    values = [Decimal(int(n)) / Decimal(den) for n in exact]
    kind = pa.decimal128(18, places)
    return pa.array(values, kind).take(pa.array(where))
