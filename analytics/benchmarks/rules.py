"""The rule of 2015 (K1, K3–K6, default readings) written twice more, to measure the SQL against.

`pandas_cases` is what one writes first: one scenario at a time, tables and conditions.
`numpy_cases` is what one writes for speed: all scenarios at once as matrices of integers. Nothing
else in the program uses them; the benchmark checks that they give the same kronor.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkCase:
    """The scenarios: one value each per scenario. Parts and rates are over a common denominator."""

    frame: np.ndarray  # kronor
    part_num: np.ndarray  # kommunernas del: del_num / part_den
    part_den: int
    ceiling_num: np.ndarray  # kronor per inhabitant: tak_num / tak_den
    ceiling_den: int
    andel_num: np.ndarray  # percent of the frame per share: andel_num / andel_den
    andel_den: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyArrays:
    """Ids in order, with the inhabitants at the year's start and at mid-year; and the shares."""

    kommun_rows: tuple[str, ...]
    start: np.ndarray
    half_years: np.ndarray
    others: tuple[str, ...]
    shares: np.ndarray


# ---- one scenario at a time ----


def pandas_cases(parties: PartyArrays, f: BenchmarkCase, i: int) -> pd.Series:
    """Return the fees of scenario *i* by party."""
    frame = int(f.frame[i])
    kommun_rows = pd.DataFrame({"id": parties.kommun_rows, "weight": parties.start})
    kommun_rows["ceiling"] = parties.half_years * int(f.ceiling_num[i]) // f.ceiling_den
    others = pd.DataFrame({"id": parties.others, "weight": parties.shares})
    others["ceiling"] = others["weight"] * frame * int(f.andel_num[i]) // (100 * f.andel_den)
    doubled = 2 * frame * int(f.part_num[i]) + f.part_den
    half = doubled // (2 * f.part_den)  # the odd krona to the block that stands first
    return pd.concat([_pandas_block(kommun_rows, half), _pandas_block(others, frame - half)])


def _pandas_block(block: pd.DataFrame, target: int) -> pd.Series:
    """Share by weight; who is over the ceiling pays it, and the rest share anew, until none is."""
    block = block.assign(fee=0, free=True)
    while True:
        free = block[block["free"]]
        left = target - int(block.loc[~block["free"], "fee"].sum())
        over = free[left * free["weight"] > free["ceiling"] * free["weight"].sum()]
        if over.empty:
            break
        block.loc[over.index, "fee"] = over["ceiling"]
        block.loc[over.index, "free"] = False
    if not free.empty:
        whole = int(free["weight"].sum())
        free = free.assign(
            fee=left * free["weight"] // whole, remainder=left * free["weight"] % whole
        ).sort_values(["remainder", "weight", "id"], ascending=[False, False, True])
        odd = left - int(free["fee"].sum())
        free.loc[free.index[:odd], "fee"] += 1
        block.loc[free.index, "fee"] = free["fee"]
    return block.set_index("id")["fee"]


# ---- all scenarios at once ----


def numpy_cases(
    parties: PartyArrays, f: BenchmarkCase, water_fill: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Return the fees, scenario × party: kommunerna's and the others'.

    With *water_fill* the others share what a ceiling cuts off (T3 omfordela), else nobody pays it.
    """
    half = (2 * f.frame * f.part_num + f.part_den) // (2 * f.part_den)
    ceiling = f.ceiling_num[:, None] * parties.half_years // f.ceiling_den
    per_share = (f.frame * f.andel_num)[:, None] * parties.shares // (100 * f.andel_den)
    share = _ceilings_without_filling if not water_fill else _water_fill
    return share(half, parties.start, ceiling), share(f.frame - half, parties.shares, per_share)


def _ceilings_without_filling(
    target: np.ndarray, weight: np.ndarray, ceiling: np.ndarray
) -> np.ndarray:
    return np.minimum(_largest_remainder(target, weight), ceiling)


def _water_fill(target: np.ndarray, weight: np.ndarray, ceiling: np.ndarray) -> np.ndarray:
    """Pin who is over the ceiling and share anew, only in the scenarios where somebody is."""
    fee = np.minimum(ceiling, 0)
    free = np.ones(ceiling.shape, dtype=bool)
    rows = np.arange(len(target))
    while len(rows):
        weights = np.where(free[rows], weight, 0)
        left = target[rows] - fee[rows].sum(axis=1)
        over = left[:, None] * weights > ceiling[rows] * weights.sum(axis=1)[:, None]
        rows = rows[over.any(axis=1)]
        over = over[over.any(axis=1)]
        fee[rows] = np.where(over, ceiling[rows], fee[rows])
        free[rows] &= ~over
    same = free.all(axis=1)
    if same.any():
        fee[same] = _largest_remainder(target[same], weight)
    if not same.all():
        left = target[~same] - fee[~same].sum(axis=1)
        fee[~same] += _largest_remainder(left, np.where(free[~same], weight, 0))
    return fee


def _largest_remainder(amount: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Whole kronor that add up to *amount*. *weight*: one row for all, or one row per scenario."""
    places = weight.shape[-1]
    common = weight if weight.ndim == 1 else weight.max(axis=0)
    rank = np.empty(places, dtype=np.int64)
    rank[np.argsort(-common, kind="stable")] = np.arange(places, 0, -1)
    whole = np.maximum(weight.sum(axis=-1, keepdims=True), 1)
    exact = amount[:, None] * weight
    kronor = exact // whole
    key = (exact - kronor * whole) * (places + 1) + rank
    odd = np.where(weight.sum(axis=-1) > 0, amount - kronor.sum(axis=1), 0)
    order = np.sort(key, axis=1)
    threshold = np.take_along_axis(order, (places - np.maximum(odd, 1))[:, None], axis=1)
    return kronor + ((key >= threshold) & (odd > 0)[:, None])
