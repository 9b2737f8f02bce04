"""What the follow-up of a tertial says: one object with everything the page and the report need.

Budgets and forecasts are whole kronor, outcome is whole öre. A deviation is budget − outcome, so
plus is money left. A missing outcome is None: what is not booked yet is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from analytics.budget.lines import PARTS
from analytics.money import whole_kronor

METHODS = {
    "profil": "utfallet plus budgeten för resten av året",
    "takt": "utfallet i samma takt hela året",
    "egen": "eget belopp",
    "utfall": "årets utfall",
}
METHODS_SHORT = {
    "profil": "budgetens profil",
    "takt": "samma takt",
    "egen": "eget belopp",
    "utfall": "årets utfall",
}
END = ((4, 30), (8, 31), (12, 31))
MONTHS = ("januari–april", "januari–augusti", "hela året")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Above either, a deviation must be explained. `percent` of the budget; kronor."""

    percent: Fraction = Fraction(5)
    amount_kr: int = 50_000

    def over(self, deviation_ore: int | None, budget_kr: int) -> bool:
        """Whether a deviation is above the threshold; at it is not above."""
        if deviation_ore is None:
            return False
        size = abs(deviation_ore)
        return size > self.amount_kr * 100 or size > self.percent * budget_kr


def threshold_to_data(level: Threshold) -> dict[str, object]:
    return {"procent": str(level.percent), "belopp_kr": level.amount_kr}


def threshold_from_data(data: Mapping[str, object]) -> Threshold:
    return Threshold(Fraction(data["procent"]), data["belopp_kr"])


class _Deviations:
    """What outcome and forecast deviate from the budget; None where the figure is missing."""

    __slots__ = ()

    @property
    def deviation_ore(self) -> int | None:
        return None if self.outcome_ore is None else self.budget_kr * 100 - self.outcome_ore

    @property
    def forecast_deviation_kr(self) -> int | None:
        return None if self.forecast_kr is None else self.budget_year_kr - self.forecast_kr

    @property
    def forecast_deviation_share(self) -> Fraction | None:
        """The deviation of the forecast as a share of the year's budget; None without one."""
        if self.forecast_kr is None or not self.budget_year_kr:
            return None
        return Fraction(self.budget_year_kr - self.forecast_kr, self.budget_year_kr)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStatus(_Deviations):
    """A budget line, or what is booked on one that the budget does not have, to a tertial.

    `tertial_kr`: the budget's profile. `rows`: ledger rows behind the outcome. `method`: of
    METHODS. `profile_kr`, `pace_kr`: what the two methods propose. `status`: in words. `requires`:
    what is missing before the tertial can be closed: "kommentar", "åtgärd".
    """

    id: str
    part_of_frame: str
    name: str
    role: str
    budget_year_kr: int
    budget_kr: int
    tertial_kr: tuple[int, int, int]
    outcome_ore: int | None
    rows: int
    method: str
    forecast_kr: int | None
    forecast_reason: str
    profile_kr: int | None
    pace_kr: int | None
    previous_forecast_kr: int | None
    comment: str
    measure: str
    status: str
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtotal(_Deviations):
    """A part of the frame, or all of it (`part_of_frame` "ram"). `target_kr`: its share (K2)."""

    part_of_frame: str
    name: str
    target_kr: int
    budget_year_kr: int
    budget_kr: int
    outcome_ore: int | None
    forecast_kr: int | None

    @property
    def result_ore(self) -> int | None:
        """What the part has left of its share; below zero it is overspent. For a whole year."""
        return None if self.outcome_ore is None else self.target_kr * 100 - self.outcome_ore


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownAccount:
    """An account that no rule covers."""

    konto: str
    objekt: str
    name: str
    amount_ore: int
    rows: int


@dataclass(frozen=True, slots=True)
class ExpectedCost:
    """What agreed loans cost by the rotation register (K15): to the tertial's end and in the year.

    `without_cost`: whether some loan's cost is not documented and so not in it.
    """

    so_far_kr: int
    year_kr: int
    without_cost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityStatus:
    """An activity as reported for the tertial; status None: no report yet."""

    id: str
    name: str
    role: str
    planned: int
    status: str | None
    note: str


@dataclass(frozen=True, slots=True)
class BookedAfter:
    """What was booked, corrected or moved inside a closed tertial after it was closed."""

    id: str
    name: str
    amount_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDecision:
    """What was decided about a part's surplus or deficit. `amount_ore`: what it was then."""

    part_of_frame: str
    amount_ore: int
    decision: str
    when: str
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialStatus:
    """Everything about a year to the end of a tertial, live or as it was sealed at closing.

    `obstacles`: sentences for all that stops closing. `notices`: what is good to know.
    `months_ore`: booked on the lines each month so far, not cumulative. `income_ore` and
    `outside_ore`: booked outside the lines, to date. `closed`: when it was closed, ISO in UTC.
    `after`, `decisions`: live, also for a closed tertial.
    """

    year: int
    tertial: int
    frame_kr: int | None
    parts_kr: Mapping[str, int]
    budget_number: int | None
    lines: tuple[LineStatus, ...]
    unknown: tuple[UnknownAccount, ...]
    income_ore: int
    outside_ore: int
    booked_until: str | None
    months_ore: tuple[int, ...]
    expected: ExpectedCost | None
    threshold: Threshold
    activities: tuple[ActivityStatus, ...]
    example: bool
    status: str = "öppen"  # or klarmarkerad
    closed: str | None = None
    obstacles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    after: tuple[BookedAfter, ...] = ()
    decisions: tuple[YearDecision, ...] = ()

    @property
    def locked(self) -> bool:
        """Whether the tertial is closed: sealed, and nothing that belongs to it can change."""
        return self.status == "klarmarkerad"

    @property
    def since(self) -> date:
        return date(self.year, 1, 1)

    @property
    def until(self) -> date:
        return date(self.year, *END[self.tertial - 1])

    @property
    def period(self) -> str:
        return f"{MONTHS[self.tertial - 1]} {self.year}"

    @property
    def closed_when(self) -> datetime | None:
        return None if self.closed is None else datetime.fromisoformat(self.closed)

    @property
    def booked(self) -> bool:
        """Whether anything is booked in the tertial, so that there is an outcome."""
        return any(p.outcome_ore is not None for p in self.lines)

    @property
    def fully_booked(self) -> bool:
        """Whether the tertial's last month is booked, so that the deviation to date says much."""
        return self.booked and self.booked_until[:7] >= self.until.isoformat()[:7]

    def subtotal(self, part_of_frame: str) -> Subtotal:
        """Return the sums of a part, or of the whole with "ram"."""
        own = [p for p in self.lines if part_of_frame in ("ram", p.part_of_frame)]
        spent, ends = [p.outcome_ore for p in own], [p.forecast_kr for p in own]
        known = sum(ore or 0 for ore in spent) if self.booked else None
        if own and all(p.method == "utfall" for p in own):  # the forecast is the outcome
            forecast = whole_kronor(known)
        else:
            forecast = None if None in ends or not self.lines else sum(ends)
        target = self.frame_kr if part_of_frame == "ram" else self.parts_kr.get(part_of_frame)
        return Subtotal(
            part_of_frame=part_of_frame,
            name=PARTS.get(part_of_frame, "Ramen"),
            target_kr=target or 0,
            budget_year_kr=sum(p.budget_year_kr for p in own),
            budget_kr=sum(p.budget_kr for p in own),
            outcome_ore=known,
            forecast_kr=forecast,
        )

    @property
    def parts(self) -> list[Subtotal]:
        return [self.subtotal(part) for part in PARTS]

    @property
    def total(self) -> Subtotal:
        return self.subtotal("ram")

    @property
    def unknown_ore(self) -> int:
        return sum(o.amount_ore for o in self.unknown)

    @property
    def deviating(self) -> list[LineStatus]:
        """The lines above the threshold, the largest deviation of the forecast first."""
        found = [p for p in self.lines if deviates(p, self.threshold)]
        return sorted(found, key=lambda p: -abs(p.forecast_deviation_kr or 0))


def deviates(post: LineStatus, threshold: Threshold) -> bool:
    """Whether a line is above the threshold, to date or at the year's end."""
    end = post.forecast_deviation_kr
    return threshold.over(post.deviation_ore, post.budget_kr) or threshold.over(
        None if end is None else end * 100, post.budget_year_kr
    )
