"""The rule of 2015 (K1, K3–K6, default readings) written twice more, to measure the SQL against.

`pandas_fall` is what one writes first: one scenario at a time, tables and conditions. `numpy_fall`
is what one writes for speed: all scenarios at once as matrices of integers. Nothing else in the
program uses them; the benchmark checks that they give the same kronor.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Fall:
    """The scenarios: one value each per scenario. Parts and rates are over a common denominator."""

    ram: np.ndarray  # kronor
    del_num: np.ndarray  # kommunernas del: del_num / del_den
    del_den: int
    tak_num: np.ndarray  # kronor per inhabitant: tak_num / tak_den
    tak_den: int
    andel_num: np.ndarray  # percent of the frame per share: andel_num / andel_den
    andel_den: int


@dataclass(frozen=True, slots=True)
class Parter:
    """Ids in order, with the inhabitants at the year's start and at mid-year; and the shares."""

    kommuner: tuple[str, ...]
    start: np.ndarray
    halvar: np.ndarray
    ovriga: tuple[str, ...]
    andelar: np.ndarray


# ---- one scenario at a time ----


def pandas_fall(parter: Parter, f: Fall, i: int) -> pd.Series:
    """Return the fees of scenario *i* by party."""
    ram = int(f.ram[i])
    kommuner = pd.DataFrame({"id": parter.kommuner, "vikt": parter.start})
    kommuner["tak"] = parter.halvar * int(f.tak_num[i]) // f.tak_den
    ovriga = pd.DataFrame({"id": parter.ovriga, "vikt": parter.andelar})
    ovriga["tak"] = ovriga["vikt"] * ram * int(f.andel_num[i]) // (100 * f.andel_den)
    doubled = 2 * ram * int(f.del_num[i]) + f.del_den
    half = doubled // (2 * f.del_den)  # the odd krona to the block that stands first
    return pd.concat([_pandas_block(kommuner, half), _pandas_block(ovriga, ram - half)])


def _pandas_block(block: pd.DataFrame, target: int) -> pd.Series:
    """Share by weight; who is over the ceiling pays it, and the rest share anew, until none is."""
    block = block.assign(avgift=0, fri=True)
    while True:
        free = block[block["fri"]]
        left = target - int(block.loc[~block["fri"], "avgift"].sum())
        over = free[left * free["vikt"] > free["tak"] * free["vikt"].sum()]
        if over.empty:
            break
        block.loc[over.index, "avgift"] = over["tak"]
        block.loc[over.index, "fri"] = False
    if not free.empty:
        whole = int(free["vikt"].sum())
        free = free.assign(
            avgift=left * free["vikt"] // whole, rest=left * free["vikt"] % whole
        ).sort_values(["rest", "vikt", "id"], ascending=[False, False, True])
        odd = left - int(free["avgift"].sum())
        free.loc[free.index[:odd], "avgift"] += 1
        block.loc[free.index, "avgift"] = free["avgift"]
    return block.set_index("id")["avgift"]


# ---- all scenarios at once ----


def numpy_fall(parter: Parter, f: Fall, vattenfyll: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Return the fees, scenario × party: kommunerna's and the others'.

    With *vattenfyll* the others share what a ceiling cuts off (T3 omfordela), else nobody pays it.
    """
    half = (2 * f.ram * f.del_num + f.del_den) // (2 * f.del_den)
    ceiling = f.tak_num[:, None] * parter.halvar // f.tak_den
    per_share = (f.ram * f.andel_num)[:, None] * parter.andelar // (100 * f.andel_den)
    share = _tak_utan_fyllning if not vattenfyll else _vattenfyll
    return share(half, parter.start, ceiling), share(f.ram - half, parter.andelar, per_share)


def _tak_utan_fyllning(target: np.ndarray, weight: np.ndarray, ceiling: np.ndarray) -> np.ndarray:
    return np.minimum(_storsta_rest(target, weight), ceiling)


def _vattenfyll(target: np.ndarray, weight: np.ndarray, ceiling: np.ndarray) -> np.ndarray:
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
        fee[same] = _storsta_rest(target[same], weight)
    if not same.all():
        left = target[~same] - fee[~same].sum(axis=1)
        fee[~same] += _storsta_rest(left, np.where(free[~same], weight, 0))
    return fee


def _storsta_rest(amount: np.ndarray, weight: np.ndarray) -> np.ndarray:
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
