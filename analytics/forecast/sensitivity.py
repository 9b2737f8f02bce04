"""How far to trust an interval, and what moves a fee most (K3, K4, K9)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from analytics.agreement.contract import Agreement
from analytics.fees.payments import compute_many
from analytics.fees.question import Question
from analytics.forecast.projection import Projection, history, scb_pace
from analytics.forecast.uncertainty import draw
from analytics.reference.database import Database


@dataclass(frozen=True, slots=True)
class Hit:
    """How often an interval would have held the outcome, at one horizon."""

    horizon: int
    count: int
    hits: int


def hit_rate(
    db: Database,
    method: str,
    share: float = 0.8,
    count: int = 2_000,
    seed: int = 2027,
    horizons: Sequence[int] = (1, 2, 3, 4),
) -> list[Hit]:
    """Return, from every year with five known years before it, how often the intervals held.

    The interval is that of the inhabitants, on which every fee rests.
    """
    known_years, scb = history(db), scb_pace(db)
    parties = sorted(known_years)
    first = min(min(h) for h in known_years.values()) + 5
    last = min(max(h) for h in known_years.values())
    hits = {h: [0, 0] for h in horizons}
    tail = (1 - share) / 2
    for origin in range(first, last):
        steps = min(max(horizons), last - origin)
        drawn = draw(
            known_years, scb, parties, dict.fromkeys(parties, method), origin, steps, count, seed
        )
        low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
        for ahead in (h for h in horizons if h <= steps):
            came = np.array([known_years[p][origin + ahead] for p in parties])
            inside = (low[ahead] <= came) & (came <= high[ahead])
            hits[ahead][0] += len(parties)
            hits[ahead][1] += int(inside.sum())
    return [Hit(h, n, k) for h, (n, k) in hits.items() if n]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a party would pay with one parameter lowered or raised by `step` (a share)."""

    parameter: str
    low_kr: int
    high_kr: int


def sensitivity(
    db: Database,
    agreement: Agreement,
    question: Question,
    party: str,
    method: str,
    step: Fraction = Fraction(1, 10),
) -> list[Sensitivity]:
    """Return, largest effect first, how each parameter moves *party*'s fee (a tornado)."""
    day = date(question.year, 1, 1)
    names, asked = [], []
    for name, parameter in agreement.parameters.items():
        value = question.parameters.get(name, parameter.on(day))
        names.append(name)
        for factor in (1 - step, 1 + step):
            moved = min(value * factor, parameter.highest)
            if parameter.kind == "kronor":
                moved = Fraction(round(moved))
            asked.append(replace(question, parameters={**question.parameters, name: moved}))
    results = compute_many(db, agreement, asked, Projection(db, method))
    fees = [sum(p.fee_kr for p in r.parties if p.party == party) for r in results]
    found = [Sensitivity(name, fees[2 * n], fees[2 * n + 1]) for n, name in enumerate(names)]
    return sorted(found, key=lambda k: -abs(k.high_kr - k.low_kr))
