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

from analytics import fees
from analytics.agreement import Avtal, Parameter
from analytics.database import Database
from analytics.errors import BadSweep
from analytics.fees import Folkmangd
from analytics.question import Serie, Uppgift
from analytics.swedish import exakt, tal
from analytics.terms import Villkor

MAX_CASES = 1_000_000
# A ceiling in kronor beside another is a number to the statement: one group of cases per value.
MAX_FIXED = 2_000
PLACES = 6


@dataclass(frozen=True, slots=True)
class Variation:
    """A parameter's values: `fran`, `fran` + `steg`, … up to and including `till`.

    `decimaler` is how many decimals it takes to write each of them exactly.
    """

    parameter: Parameter
    fran: Fraction
    till: Fraction
    steg: Fraction

    def __post_init__(self) -> None:
        name = f"{self.parameter.namn} ({self.parameter.klausul})"
        if self.steg <= 0:
            raise BadSweep(
                f"{name}: steget {exakt(self.steg)} är inte större än 0", "ett steg uppåt"
            )
        if self.till < self.fran:
            raise BadSweep(
                f"{name}: från {exakt(self.fran)} till {exakt(self.till)} går nedåt",
                "det lägre värdet först",
            )
        if (self.fran * 10**PLACES).denominator != 1 or (self.steg * 10**PLACES).denominator != 1:
            raise BadSweep(
                f"{name}: ett värde har fler än {PLACES} decimaler", "tal med högst sex decimaler"
            )
        for value in (self.fran, self.till, self.fran + self.steg * (self.antal - 1)):
            self.parameter.prova(value)
        self.parameter.prova(self.fran + self.steg if self.antal > 1 else self.fran)

    @property
    def antal(self) -> int:
        return int((self.till - self.fran) / self.steg) + 1

    @property
    def decimaler(self) -> int:
        both = (self.fran, self.steg)
        return next(n for n in range(PLACES + 1) if all((v * 10**n).denominator == 1 for v in both))

    def serie(self, repeat: int, tile: int) -> Serie:
        """The values, each *repeat* times, and all of it *tile* times over."""
        den = lcm(self.fran.denominator, self.steg.denominator)
        steps = np.arange(self.antal, dtype=np.int64)
        values = int(self.fran * den) + steps * int(self.steg * den)
        return Serie(np.tile(np.repeat(values, repeat), tile), den)


def antal(variationer: Sequence[Variation]) -> int:
    """Return how many cases the combinations are. Raises BadSweep above MAX_CASES."""
    cases = prod(v.antal for v in variationer)
    if cases > MAX_CASES:
        counts = " × ".join(f"{v.parameter.id} {tal(v.antal)}" for v in variationer)
        raise BadSweep(
            f"Svepet blir {tal(cases)} fall ({counts}), och högst {tal(MAX_CASES)} räknas i taget",
            "ett större steg, ett smalare spann eller färre parametrar",
        )
    return cases


def rader(
    db: Database,
    avtal: Avtal,
    uppgift: Uppgift,
    variationer: Sequence[Variation],
    folkmangd: Folkmangd | None = None,
) -> Iterator[pa.Table]:
    """Yield tables with one row per case and party, ordered by case, block and party.

    Columns: case (from 1), one per varied parameter (whole kronor BIGINT, else DECIMAL), party,
    block, fee_kr, at_ceiling, and for the whole case financed_kr and unfunded_kr. The first
    parameter varies slowest. A case without parties gives no row.
    Raises BadSweep, BadParameter and what fees.berakna raises.
    """
    cases = antal(variationer)
    _prova_fasta(avtal, uppgift, variationer)
    series, repeat = {}, cases
    for v in variationer:
        repeat //= v.antal
        series[v.parameter.id] = v.serie(repeat, cases // (repeat * v.antal))
    asked = replace(uppgift, parametrar={**uppgift.parametrar, **series})
    for table, groups in fees.berakna(db, avtal, asked, folkmangd):
        yield _svar(table, groups, variationer, series, _ram(avtal, groups, series, cases))


def _ram(
    avtal: Avtal, groups: Sequence[Villkor], series: Mapping[str, Serie], cases: int
) -> np.ndarray:
    """The frame of every case."""
    if avtal.ram in series:
        return series[avtal.ram].num // series[avtal.ram].den
    return np.broadcast_to(groups[0].ram.num, cases)


def _prova_fasta(avtal: Avtal, uppgift: Uppgift, variationer: Sequence[Variation]) -> None:
    rules = avtal.regler(uppgift.lasarter).block
    fixed = {sats.sats for b in rules for sats in (*b.tak[1:], *b.golv)}
    for v in variationer:
        if v.parameter.id in fixed and v.antal > MAX_FIXED:
            raise BadSweep(
                f"{v.parameter.namn} ({v.parameter.klausul}) varieras i {tal(v.antal)} steg, och "
                f"som tak bredvid ett annat tak räknas högst {tal(MAX_FIXED)} i taget",
                "ett större steg",
            )


def _svar(
    table: pa.Table,
    groups: Sequence[Villkor],
    variationer: Sequence[Variation],
    series: Mapping[str, Serie],
    ram: np.ndarray,
) -> pa.Table:
    blocks = groups[0].block
    place = table["nr"].to_numpy().astype(np.int64) * 2**16 + table["part"].to_numpy()
    order = np.argsort(table["fall"].to_numpy() * 2**24 + place, kind="stable")
    table, place = table.take(order), place[order]
    fall, fee = table["fall"].to_numpy(), table["avgift_kr"].to_numpy()
    starts = np.flatnonzero(np.diff(fall, prepend=-1)) if len(fall) else np.zeros(0, np.int64)
    sizes = np.diff(starts, append=len(fall))
    financed = np.repeat(np.add.reduceat(fee, starts), sizes) if len(fall) else fee
    ids = {
        nr * 2**16 + i: (andel.part.part_id, block.block.id)
        for nr, block in enumerate(blocks)
        for i, andel in enumerate(block.andelar)
    }
    known = np.array(list(ids))
    number = pa.array(np.searchsorted(known, place).astype(np.int32))
    names = [pa.array([pair[i] for pair in ids.values()], pa.string()) for i in (0, 1)]
    columns: dict[str, object] = {"case": fall + 1}
    for v in variationer:
        serie = series[v.parameter.id]
        columns[v.parameter.id] = _tal(serie.num[fall], serie.den, v.decimaler)
    columns |= {
        "party": names[0].take(number),
        "block": names[1].take(number),
        "fee_kr": fee,
        "at_ceiling": table["vid_tak"].combine_chunks(),
        "financed_kr": financed,
        "unfunded_kr": ram[fall] - financed,
    }
    return pa.table(columns)


def _tal(num: np.ndarray, den: int, places: int) -> pa.Array:
    """Return num / den exactly: whole numbers, or decimals with *places* places."""
    if places == 0:
        return pa.array(num // den)
    exact, where = np.unique(num, return_inverse=True)
    values = [Decimal(int(n)) / Decimal(den) for n in exact]
    kind = pa.decimal128(18, places)
    return pa.array(values, kind).take(pa.array(where))
