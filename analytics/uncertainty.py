"""How uncertain the fees are: many draws of the inhabitants, each shared out in full (K3, K4).

A draw takes whole years from the past: all kommuner deviate together from their mean growth as they
did in some known year, around the forecast's own growth. What moved together moves together.
Money is exact in every draw; only the drawn inhabitants are chance. The seed makes it repeatable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow as pa

from analytics import engine
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.engine import PROFIL_IN, Relationer
from analytics.forecast import (
    TREND_AR,
    Framskrivning,
    Historik,
    arsskifte,
    historik,
    scb_takt,
)
from analytics.question import Uppgift
from analytics.terms import Blockvillkor, Villkor, villkor

SVAR = """
select
    fall, (nr - 1)::utinyint as nr, mal_kr - finansierat_kr as rest_kr,
    list_transform(parter, lambda p: p::integer) as parter,
    list_transform(avgift, lambda a: a::bigint) as avgift, vid_tak
from fordelad
"""


@dataclass(frozen=True)
class Dragningar:
    """`antal` draws × `ar` years. Arrays: fees (draw, year, payer), at the ceiling likewise,
    and what nobody pays (draw, year). `parter`: (id, name, block) per payer."""

    ar: tuple[int, ...]
    parter: tuple[tuple[str, str, str], ...]
    avgift_kr: np.ndarray
    vid_tak: np.ndarray
    ofinansierat_kr: np.ndarray
    ram_kr: tuple[int, ...]

    def intervall(self, share: float = 0.8) -> np.ndarray:
        """Return (low, middle, high) of each fee: whole kronor that draws really gave."""
        tail = (1 - share) / 2
        return np.quantile(self.avgift_kr, [tail, 0.5, 1 - tail], axis=0, method="nearest")

    def sannolikhet_tak(self) -> np.ndarray:
        """Return the share of draws in which each payer is at its ceiling, by year."""
        return self.vid_tak.mean(axis=0)


def tillvaxt(history: Historik, parts: Sequence[str], till: int) -> np.ndarray:
    """Return yearly growth, a row per known year up to *till* and a column per part."""
    first = min(min(history[p]) for p in parts)
    counts = np.array([[history[p][y] for p in parts] for y in range(first, till + 1)], float)
    return counts[1:] / counts[:-1] - 1


def dra(
    history: Historik,
    scb: Mapping[str, Sequence[tuple[int, Fraction]]],
    parts: Sequence[str],
    metoder: Mapping[str, str],
    fran: int,
    steg: int,
    antal: int,
    seed: int,
) -> np.ndarray:
    """Return drawn inhabitants on 31 December of fran, … fran + steg: (draw, year, part).

    `metoder` names a method per part. The first figure is the known one. Growth is the forecast's,
    plus a past year's deviation from its mean, plus the mean of a few such years for the whole
    draw: the trend itself is uncertain.
    """
    known = {p: {y: n for y, n in history[p].items() if y <= fran} for p in parts}
    growth = tillvaxt(known, parts, fran)
    deviation = (growth - growth.mean(axis=0)) * _fa_ar(len(growth))
    rng = np.random.default_rng(seed)
    yearly = rng.integers(0, len(deviation), (antal, steg))
    drift = deviation[rng.integers(0, len(deviation), (antal, TREND_AR))].mean(axis=1)
    said = np.array(
        [
            [arsskifte(known[p], fran + k, metoder[p], scb.get(p, ())) for p in parts]
            for k in range(steg + 1)
        ],
        float,
    )
    counts = np.empty((antal, steg + 1, len(parts)))
    counts[:, 0] = said[0]
    for k in range(1, steg + 1):
        counts[:, k] = counts[:, k - 1] * (
            said[k] / said[k - 1] + deviation[yearly[:, k - 1]] + drift
        )
    return np.maximum(np.rint(counts), 1).astype(np.int64)


def _fa_ar(n: int, z: float = 1.2816) -> float:
    """How much wider than the *n* known years the future is: few years show too little spread.

    Student's t over the normal at the edges of an 80 % interval, for a new year beside the n.
    """
    v = n - 1
    t = z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
    return t / z * ((1 + 1 / n) * n / v) ** 0.5


def simulera(
    db: Database,
    avtal: Avtal,
    uppgifter: Sequence[Uppgift],
    metod: str,
    antal: int = 10_000,
    seed: int = 2027,
    egna: Mapping[str, str] | None = None,
) -> Dragningar:
    """Return the fees of *uppgifter* (one per year, ascending) under *antal* draws.

    *egna* names another method for some parties. Raises what terms.villkor raises. Only blocks
    whose key counts inhabitants are drawn anew.
    """
    resolved = [villkor(avtal, u, Framskrivning(db, metod, egna)) for u in uppgifter]
    history, scb = historik(db), scb_takt(db)
    parts = sorted(history)
    last = min(max(h) for h in history.values())
    steps = max(max(d.year for d in v.datum.values()) for v in resolved) - last
    metoder = {part: (egna or {}).get(part, metod) for part in parts}
    drawn = dra(history, scb, parts, metoder, last, max(steps, 0), antal, seed)
    people = _Folk(history, parts, last, drawn)
    answers = [_ar(db, v, people, antal) for v in resolved]
    payers = tuple(
        (a.part.part_id, a.part.namn, b.block.id) for b in resolved[0].block for a in b.andelar
    )
    return Dragningar(
        tuple(u.year for u in uppgifter),
        payers,
        np.stack([fees for fees, _, _ in answers], axis=1),
        np.stack([held for _, held, _ in answers], axis=1),
        np.stack([rest for _, _, rest in answers], axis=1),
        tuple(int(v.ram.num[0]) for v in resolved),
    )


@dataclass(frozen=True)
class _Folk:
    """Drawn inhabitants at any date: known ones as they are."""

    history: Historik
    parts: Sequence[str]
    last: int
    drawn: np.ndarray

    def vid(self, part: str, year: int, month: int) -> np.ndarray:
        if month == 12:
            return self._arsskifte(part, year)
        return (self._arsskifte(part, year - 1) + self._arsskifte(part, year) + 1) // 2

    def _arsskifte(self, part: str, year: int) -> np.ndarray:
        if year <= self.last:
            return np.full(len(self.drawn), self.history[part][year], dtype=np.int64)
        return self.drawn[:, year - self.last, self.parts.index(part)]


def _ar(
    db: Database, v: Villkor, people: _Folk, antal: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fees, at the ceiling and unfunded of one year, over the draws."""
    relations = Relationer()
    relations.lagg_till(v, np.arange(antal))
    tables = next(relations.delar(antal))
    drawn = [(nr, b) for nr, b in enumerate(v.block, 1) if b.datum]
    profil, block = tables["profil_in"], tables["block_in"]
    numbers = block["nr"].to_numpy()
    profiles = block["profil"].to_numpy().copy()
    fall = block["fall"].to_numpy()
    new = [profil]
    for nr, terms in drawn:
        own = profil.filter(pa.array(profil["profil"].to_numpy() == profiles[numbers == nr][0]))
        profiles[numbers == nr] = nr * antal + fall[numbers == nr] + 1_000_000
        new.append(_profiler(v, terms, own, people, antal, nr * antal + 1_000_000))
    tables["profil_in"] = pa.concat_tables(new)
    at = block.schema.get_field_index("profil")
    tables["block_in"] = block.set_column(at, "profil", pa.array(profiles))
    first = np.cumsum([0, *(len(b.andelar) for b in v.block)])
    fees = np.empty((antal, first[-1]), dtype=np.int64)
    held = np.empty((antal, first[-1]), dtype=bool)
    rest = np.zeros(antal, dtype=np.int64)
    answer = engine.tabell(db, tables, SVAR)
    case, nr = answer["fall"].to_numpy(), answer["nr"].to_numpy()
    for number, terms in enumerate(v.block):
        rows = np.flatnonzero(nr == number)
        size = len(terms.andelar)
        part = answer.take(rows)
        place = _platta(part["parter"], size)
        at_case = np.repeat(case[rows], size)
        fees[at_case, first[number] + place.ravel()] = _platta(part["avgift"], size).ravel()
        held[at_case, first[number] + place.ravel()] = _platta(part["vid_tak"], size).ravel()
        rest[case[rows]] += part["rest_kr"].to_numpy()
    return fees, held, rest


def _platta(column: pa.ChunkedArray, size: int) -> np.ndarray:
    flat = pa.concat_arrays([chunk.flatten() for chunk in column.chunks])
    return flat.to_numpy(zero_copy_only=False).reshape(-1, size)


def _profiler(
    v: Villkor, terms: Blockvillkor, own: pa.Table, people: _Folk, antal: int, start: int
) -> pa.Table:
    """A profile per draw: the block's own, with the drawn inhabitants in place of the forecast."""
    size = len(terms.andelar)
    key, ceiling = v.datum[terms.datum], v.datum.get(terms.tak_datum or "")
    weights = np.column_stack(
        [people.vid(a.part.part_id, key.year, key.month) for a in terms.andelar]
    )
    columns = {
        "profil": np.repeat(np.arange(start, start + antal), size),
        "part": np.tile(own["part"].to_numpy(), antal),
        "vikt": weights.ravel(),
    }
    if ceiling:
        bases = np.column_stack(
            [people.vid(a.part.part_id, ceiling.year, ceiling.month) for a in terms.andelar]
        )
        columns["tak_bas"] = bases.ravel()
    for name in PROFIL_IN.names:
        if name not in columns:
            column = own[name].combine_chunks()
            columns[name] = column.take(pa.array(np.tile(np.arange(size), antal)))
    return pa.table({n: pa.array(columns[n]) for n in PROFIL_IN.names}, schema=PROFIL_IN)
