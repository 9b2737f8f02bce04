"""The report's charts as figures: what is drawn, in whole kronor, and the same in words.

The drawing itself is mallar/diagram.typ; it gets kronor and texts and decides only where on the
paper they land.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.budget import DELAR
from analytics.followup_rows import SLUT, Postlage, Tertiallage
from analytics.followup_words import fynd, hela_aret, hittills, slutar
from analytics.money import whole_kronor
from analytics.swedish import SAKNAS, kr, tal

MOST_TICKS = 5
MANADER = ("jan", "mar", "maj", "jul", "sep", "nov")


@dataclass(frozen=True, slots=True)
class Diagram:
    """`slag` names the drawing, `data` is JSON of the store for it, `rubrik` is the finding and
    `alt` says what the chart shows, with its figures."""

    slag: str
    rubrik: str
    alt: str
    data: Mapping[str, object]


def stavar(lage: Tertiallage) -> Diagram:
    """A bullet bar per line: the year's budget, the outcome, the budget to date, the forecast."""
    own = {part: [p for p in lage.poster if p.del_ == part] for part in DELAR}
    rows = [_stav(p) for p in lage.poster]
    values = [v for row in rows for v in row.values() if isinstance(v, int)]
    finding = fynd(lage)
    said = " ".join(
        f"{p.namn}: budget {kr(p.budget_ar_kr)}, utfall "
        f"{SAKNAS if p.utfall_ore is None else kr(whole_kronor(p.utfall_ore))}, prognos "
        f"{kr(p.prognos_kr)}."
        for p in lage.poster
    )
    data = {
        **_axel(values),
        "grupper": [
            {"namn": DELAR[part], "rader": [_stav(p) for p in posts]}
            for part, posts in own.items()
            if posts
        ],
        "forklaring": ["Budget för året", "Utfall", "Budget hittills", "Prognos för året"],
    }
    return Diagram("stavar", finding, f"{finding}. {said}", data)


def _stav(post: Postlage) -> dict[str, object]:
    return {
        "namn": post.namn,
        "budget": post.budget_ar_kr,
        "hittills": post.budget_kr,
        "utfall": whole_kronor(post.utfall_ore),
        "prognos": post.prognos_kr,
    }


def linje(lage: Tertiallage) -> Diagram:
    """Budget, outcome and forecast through the year, added up, with the tertials marked."""
    first = date(lage.ar, 1, 1)
    ends = [0, *((date(lage.ar, *end) - first).days + 1 for end in SLUT)]
    planned = [sum(sum(p.tertial_kr[:n]) for p in lage.poster) for n in range(4)]
    booked, total = [[0, 0]], 0
    for month, ore in enumerate(lage.manader_ore, 1):
        total += ore
        last = date(lage.ar + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        booked.append([(last - first).days + 1, whole_kronor(total)])
    end = lage.summa.prognos_kr
    ahead = [] if end is None or hela_aret(lage) else [booked[-1], [ends[-1], end]]
    points = [amount for _, amount in [*booked, *ahead]] + planned
    finding = hittills(lage)
    said = ", ".join(
        f"till tertial {n} budget {kr(amount)}" for n, amount in enumerate(planned[1:], 1)
    )
    alt = (
        f"{finding}. {slutar(lage)} Ackumulerat {said}; utfall {kr(booked[-1][1])} efter "
        f"{len(lage.manader_ore)} månader."
    )
    data = {
        **_axel(points),
        "dagar": ends[-1],
        "budget": [[day, amount] for day, amount in zip(ends, planned, strict=True)],
        "utfall": booked,
        "prognos": ahead,
        "tertial": [{"dag": day, "namn": f"T{n}"} for n, day in enumerate(ends[1:], 1)],
        "manader": [
            {"dag": (date(lage.ar, 2 * n + 1, 15) - first).days, "namn": name}
            for n, name in enumerate(MANADER)
        ],
        "forklaring": ["Budget", "Utfall", "Prognos"] if ahead else ["Budget", "Utfall"],
    }
    return Diagram("linje", finding, alt, data)


def _axel(values: list[int]) -> dict[str, object]:
    """An axis in whole kronor from zero (or below it) in round steps."""
    high, low = max([*values, 1]), min([*values, 0])
    step = 1
    while (high - low) // step > MOST_TICKS:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    first, last = low // step * step, -(-high // step) * step
    ticks = range(first, last + step, step)
    return {
        "fran": first,
        "till": last,
        "axel": [{"kr": amount, "text": tal(amount)} for amount in ticks],
    }
