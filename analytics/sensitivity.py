"""How far to trust an interval, and what moves a fee most (K3, K4, K9)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.fees import avgifter
from analytics.forecast import Framskrivning, historik, scb_takt
from analytics.question import Uppgift
from analytics.uncertainty import dra


@dataclass(frozen=True, slots=True)
class Traff:
    """How often an interval would have held the outcome, at one horizon."""

    horisont: int
    antal: int
    traffar: int


def traffsakerhet(
    db: Database,
    metod: str,
    share: float = 0.8,
    antal: int = 2_000,
    seed: int = 2027,
    horisonter: Sequence[int] = (1, 2, 3, 4),
) -> list[Traff]:
    """Return, from every year with five known years before it, how often the intervals held.

    The interval is that of the inhabitants, on which every fee rests.
    """
    history, scb = historik(db), scb_takt(db)
    parts = sorted(history)
    first = min(min(h) for h in history.values()) + 5
    last = min(max(h) for h in history.values())
    hits = {h: [0, 0] for h in horisonter}
    tail = (1 - share) / 2
    for origin in range(first, last):
        steps = min(max(horisonter), last - origin)
        drawn = dra(history, scb, parts, dict.fromkeys(parts, metod), origin, steps, antal, seed)
        low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
        for ahead in (h for h in horisonter if h <= steps):
            came = np.array([history[p][origin + ahead] for p in parts])
            inside = (low[ahead] <= came) & (came <= high[ahead])
            hits[ahead][0] += len(parts)
            hits[ahead][1] += int(inside.sum())
    return [Traff(h, n, k) for h, (n, k) in hits.items() if n]


@dataclass(frozen=True, slots=True)
class Kanslighet:
    """What a party would pay with one parameter lowered or raised by `steg` (a share)."""

    parameter: str
    lag_kr: int
    hog_kr: int


def kanslighet(
    db: Database,
    avtal: Avtal,
    uppgift: Uppgift,
    part: str,
    metod: str,
    steg: Fraction = Fraction(1, 10),
) -> list[Kanslighet]:
    """Return, largest effect first, how each parameter moves *part*'s fee (a tornado)."""
    day = date(uppgift.year, 1, 1)
    names, asked = [], []
    for name, parameter in avtal.parametrar.items():
        value = uppgift.parametrar.get(name, parameter.on(day))
        names.append(name)
        for factor in (1 - steg, 1 + steg):
            moved = min(value * factor, parameter.hogst)
            if parameter.slag == "kronor":
                moved = Fraction(round(moved))
            asked.append(replace(uppgift, parametrar={**uppgift.parametrar, name: moved}))
    results = avgifter(db, avtal, asked, Framskrivning(db, metod))
    fees = [sum(p.avgift_kr for p in r.parter if p.part == part) for r in results]
    found = [Kanslighet(name, fees[2 * n], fees[2 * n + 1]) for n, name in enumerate(names)]
    return sorted(found, key=lambda k: -abs(k.hog_kr - k.lag_kr))
