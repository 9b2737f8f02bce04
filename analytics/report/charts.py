"""The report's charts as figures: what is drawn, in whole kronor, and the same in words.

The drawing itself is templates/diagram.typ; it gets kronor and texts and decides only where on the
paper they land.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.budget.lines import PARTS
from analytics.followup.figures import END, LineStatus, TertialStatus
from analytics.followup.wording import ends, finding, so_far, whole_year
from analytics.money import whole_kronor
from analytics.swedish import MISSING, kr, whole

MOST_TICKS = 5
MONTHS = ("jan", "mar", "maj", "jul", "sep", "nov")


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` names the drawing, `data` is JSON for it, `heading` is the finding and
    `alt` says what the chart shows, with its figures."""

    kind: str
    heading: str
    alt: str
    data: Mapping[str, object]


def draw_bars(status: TertialStatus) -> Chart:
    """A bullet bar per line: the year's budget, the outcome, the budget to date, the forecast."""
    own = {part: [p for p in status.lines if p.part_of_frame == part] for part in PARTS}
    rows = [_bar(p) for p in status.lines]
    values = [v for row in rows for v in row.values() if isinstance(v, int)]
    finding_text = finding(status)
    said = " ".join(
        f"{p.name}: budget {kr(p.budget_year_kr)}, utfall "
        f"{MISSING if p.outcome_ore is None else kr(whole_kronor(p.outcome_ore))}, prognos "
        f"{kr(p.forecast_kr)}."
        for p in status.lines
    )
    data = {
        **_axis(values),
        "grupper": [
            {"namn": PARTS[part], "rader": [_bar(p) for p in posts]}
            for part, posts in own.items()
            if posts
        ],
        "forklaring": ["Budget för året", "Utfall", "Budget hittills", "Prognos för året"],
    }
    return Chart("stavar", finding_text, f"{finding_text}. {said}", data)


def _bar(post: LineStatus) -> dict[str, object]:
    return {
        "namn": post.name,
        "budget": post.budget_year_kr,
        "hittills": post.budget_kr,
        "utfall": whole_kronor(post.outcome_ore),
        "prognos": post.forecast_kr,
    }


def draw_line(status: TertialStatus) -> Chart:
    """Budget, outcome and forecast through the year, added up, with the tertials marked."""
    first = date(status.year, 1, 1)
    ending = [0, *((date(status.year, *end) - first).days + 1 for end in END)]
    planned = [sum(sum(p.tertial_kr[:n]) for p in status.lines) for n in range(4)]
    booked, total = [[0, 0]], 0
    for month, ore in enumerate(status.months_ore, 1):
        total += ore
        last = date(status.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        booked.append([(last - first).days + 1, whole_kronor(total)])
    end = status.total.forecast_kr
    ahead = [] if end is None or whole_year(status) else [booked[-1], [ending[-1], end]]
    points = [amount for _, amount in [*booked, *ahead]] + planned
    finding_text = so_far(status)
    said = ", ".join(
        f"till tertial {n} budget {kr(amount)}" for n, amount in enumerate(planned[1:], 1)
    )
    alt = (
        f"{finding_text}. {ends(status)} Ackumulerat {said}; utfall {kr(booked[-1][1])} efter "
        f"{len(status.months_ore)} månader."
    )
    data = {
        **_axis(points),
        "dagar": ending[-1],
        "budget": [[day, amount] for day, amount in zip(ending, planned, strict=True)],
        "utfall": booked,
        "prognos": ahead,
        "tertial": [{"dag": day, "namn": f"T{n}"} for n, day in enumerate(ending[1:], 1)],
        "manader": [
            {"dag": (date(status.year, 2 * n + 1, 15) - first).days, "namn": name}
            for n, name in enumerate(MONTHS)
        ],
        "forklaring": ["Budget", "Utfall", "Prognos"] if ahead else ["Budget", "Utfall"],
    }
    return Chart("linje", finding_text, alt, data)


def _axis(values: list[int]) -> dict[str, object]:
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
        "axel": [{"kr": amount, "text": whole(amount)} for amount in ticks],
    }
