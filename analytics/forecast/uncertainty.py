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

from analytics.agreement.contract import Agreement
from analytics.fees import engine
from analytics.fees.engine import PROFILE_INPUT, Relations
from analytics.fees.question import Question
from analytics.fees.terms import BlockTerms, Terms, resolve_terms
from analytics.forecast.projection import (
    TREND_YEARS,
    History,
    Projection,
    history,
    scb_pace,
    year_end,
)
from analytics.reference.database import Database

ANSWER = """
select
    fall, (nr - 1)::utinyint as nr, mal_kr - finansierat_kr as rest_kr,
    list_transform(parter, lambda p: p::integer) as parter,
    list_transform(avgift, lambda a: a::bigint) as avgift, vid_tak
from fordelad
"""


@dataclass(frozen=True, kw_only=True)
class Draws:
    """Draws × the years in `year`. Arrays: fees (draw, year, payer), at the ceiling likewise,
    and what nobody pays (draw, year). `parties`: (id, name, block) per payer."""

    year: tuple[int, ...]
    parties: tuple[tuple[str, str, str], ...]
    fee_kr: np.ndarray
    at_ceiling: np.ndarray
    unfunded_kr: np.ndarray
    frame_kr: tuple[int, ...]

    def interval(self, share: float = 0.8) -> np.ndarray:
        """Return (low, middle, high) of each fee: whole kronor that draws really gave."""
        tail = (1 - share) / 2
        return np.quantile(self.fee_kr, [tail, 0.5, 1 - tail], axis=0, method="nearest")

    def ceiling_probability(self) -> np.ndarray:
        """Return the share of draws in which each payer is at its ceiling, by year."""
        return self.at_ceiling.mean(axis=0)


def growth(known_years: History, parties: Sequence[str], until: int) -> np.ndarray:
    """Return yearly growth, a row per known year up to *until* and a column per party."""
    first = min(min(known_years[p]) for p in parties)
    counts = np.array(
        [[known_years[p][y] for p in parties] for y in range(first, until + 1)], float
    )
    return counts[1:] / counts[:-1] - 1


def draw(
    known_years: History,
    scb: Mapping[str, Sequence[tuple[int, Fraction]]],
    parties: Sequence[str],
    methods: Mapping[str, str],
    since: int,
    step: int,
    count: int,
    seed: int,
) -> np.ndarray:
    """Return drawn inhabitants on 31 December of since, … since + step: (draw, year, party).

    `methods` names a method per party. The first figure is the known one. Growth is the forecast's,
    plus a past year's deviation from its mean, plus the mean of a few such years for the whole
    draw: the trend itself is uncertain.
    """
    known = {p: {y: n for y, n in known_years[p].items() if y <= since} for p in parties}
    known_growth = growth(known, parties, since)
    deviation = (known_growth - known_growth.mean(axis=0)) * _few_years(len(known_growth))
    rng = np.random.default_rng(seed)
    yearly = rng.integers(0, len(deviation), (count, step))
    drift = deviation[rng.integers(0, len(deviation), (count, TREND_YEARS))].mean(axis=1)
    said = np.array(
        [
            [year_end(known[p], since + k, methods[p], scb.get(p, ())) for p in parties]
            for k in range(step + 1)
        ],
        float,
    )
    counts = np.empty((count, step + 1, len(parties)))
    counts[:, 0] = said[0]
    for k in range(1, step + 1):
        counts[:, k] = counts[:, k - 1] * (
            said[k] / said[k - 1] + deviation[yearly[:, k - 1]] + drift
        )
    return np.maximum(np.rint(counts), 1).astype(np.int64)


def _few_years(n: int, z: float = 1.2816) -> float:
    """How much wider than the *n* known years the future is: few years show too little spread.

    Student's t over the normal at the edges of an 80 % interval, for a new year beside the n.
    """
    v = n - 1
    t = z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
    return t / z * ((1 + 1 / n) * n / v) ** 0.5


def simulate(
    db: Database,
    agreement: Agreement,
    questions: Sequence[Question],
    method: str,
    count: int = 10_000,
    seed: int = 2027,
    own: Mapping[str, str] | None = None,
) -> Draws:
    """Return the fees of *questions* (one per year, ascending) under *count* draws.

    *own* names another method for some parties. Raises what terms.resolve_terms raises. Only blocks
    whose key counts inhabitants are drawn anew.
    """
    resolved = [resolve_terms(agreement, u, Projection(db, method, own)) for u in questions]
    known_years, scb = history(db), scb_pace(db)
    parties = sorted(known_years)
    last = min(max(h) for h in known_years.values())
    steps = max(max(d.year for d in v.day.values()) for v in resolved) - last
    methods = {party: (own or {}).get(party, method) for party in parties}
    drawn = draw(known_years, scb, parties, methods, last, max(steps, 0), count, seed)
    people = _People(known_years, parties, last, drawn)
    answers = [_year(db, v, people, count) for v in resolved]
    payers = tuple(
        (a.party.party_id, a.party.name, b.block.id) for b in resolved[0].block for a in b.shares
    )
    return Draws(
        year=tuple(u.year for u in questions),
        parties=payers,
        fee_kr=np.stack([fees for fees, _, _ in answers], axis=1),
        at_ceiling=np.stack([held for _, held, _ in answers], axis=1),
        unfunded_kr=np.stack([remainder for _, _, remainder in answers], axis=1),
        frame_kr=tuple(int(v.frame.num[0]) for v in resolved),
    )


@dataclass(frozen=True)
class _People:
    """Drawn inhabitants at any date: known ones as they are."""

    history: History
    parties: Sequence[str]
    last: int
    drawn: np.ndarray

    def at(self, party: str, year: int, month: int) -> np.ndarray:
        if month == 12:
            return self._year_end(party, year)
        return (self._year_end(party, year - 1) + self._year_end(party, year) + 1) // 2

    def _year_end(self, party: str, year: int) -> np.ndarray:
        if year <= self.last:
            return np.full(len(self.drawn), self.history[party][year], dtype=np.int64)
        return self.drawn[:, year - self.last, self.parties.index(party)]


def _year(
    db: Database, v: Terms, people: _People, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fees, at the ceiling and unfunded of one year, over the draws."""
    relations = Relations()
    relations.add(v, np.arange(count))
    tables = next(relations.parts(count))
    drawn = [(block_number, b) for block_number, b in enumerate(v.block, 1) if b.day]
    profile, block = tables["profil_in"], tables["block_in"]
    numbers = block["nr"].to_numpy()
    profiles = block["profil"].to_numpy().copy()
    cases = block["fall"].to_numpy()
    new = [profile]
    for block_number, terms in drawn:
        own = profile.filter(
            pa.array(profile["profil"].to_numpy() == profiles[numbers == block_number][0])
        )
        profiles[numbers == block_number] = (
            block_number * count + cases[numbers == block_number] + 1_000_000
        )
        new.append(_profile_rows(v, terms, own, people, count, block_number * count + 1_000_000))
    tables["profil_in"] = pa.concat_tables(new)
    at = block.schema.get_field_index("profil")
    tables["block_in"] = block.set_column(at, "profil", pa.array(profiles))
    first = np.cumsum([0, *(len(b.shares) for b in v.block)])
    fees = np.empty((count, first[-1]), dtype=np.int64)
    held = np.empty((count, first[-1]), dtype=bool)
    remainder = np.zeros(count, dtype=np.int64)
    answer = engine.as_table(db, tables, ANSWER)
    case, block_number = answer["fall"].to_numpy(), answer["nr"].to_numpy()
    for number, terms in enumerate(v.block):
        rows = np.flatnonzero(block_number == number)
        size = len(terms.shares)
        party = answer.take(rows)
        place = _flatten(party["parter"], size)
        at_case = np.repeat(case[rows], size)
        fees[at_case, first[number] + place.ravel()] = _flatten(party["avgift"], size).ravel()
        held[at_case, first[number] + place.ravel()] = _flatten(party["vid_tak"], size).ravel()
        remainder[case[rows]] += party["rest_kr"].to_numpy()
    return fees, held, remainder


def _flatten(column: pa.ChunkedArray, size: int) -> np.ndarray:
    flat = pa.concat_arrays([chunk.flatten() for chunk in column.chunks])
    return flat.to_numpy(zero_copy_only=False).reshape(-1, size)


def _profile_rows(
    v: Terms, terms: BlockTerms, own: pa.Table, people: _People, count: int, start: int
) -> pa.Table:
    """A profile per draw: the block's own, with the drawn inhabitants in place of the forecast."""
    size = len(terms.shares)
    key, ceiling = v.day[terms.day], v.day.get(terms.ceiling_date or "")
    weights = np.column_stack(
        [people.at(a.party.party_id, key.year, key.month) for a in terms.shares]
    )
    columns = {
        "profil": np.repeat(np.arange(start, start + count), size),
        "part": np.tile(own["part"].to_numpy(), count),
        "vikt": weights.ravel(),
    }
    if ceiling:
        bases = np.column_stack(
            [people.at(a.party.party_id, ceiling.year, ceiling.month) for a in terms.shares]
        )
        columns["tak_bas"] = bases.ravel()
    for name in PROFILE_INPUT.names:
        if name not in columns:
            column = own[name].combine_chunks()
            columns[name] = column.take(pa.array(np.tile(np.arange(size), count)))
    return pa.table({n: pa.array(columns[n]) for n in PROFILE_INPUT.names}, schema=PROFILE_INPUT)
