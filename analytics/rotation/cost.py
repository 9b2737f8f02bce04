"""What the loans cost per tertial and year (K15, K7), against two thirds of the frame (K2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.rotation.loans import DAY, Inlan, person_months

TERTIAL = (((1, 1), (4, 30)), ((5, 1), (8, 31)), ((9, 1), (12, 31)))


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCost:
    """A year's cost by tertial, whole kronor, beside the post for seconded staff (K2).

    `without_cost`: person-months of loans whose own cost is not documented; they are not in it.
    """

    year: int
    tertial_kr: tuple[int, int, int]
    months: Fraction
    without_cost: Fraction
    line_kr: int

    @property
    def total_kr(self) -> int:
        return sum(self.tertial_kr)

    @property
    def left_kr(self) -> int:
        return self.line_kr - self.total_kr


def tertial_rows(year: int) -> list[tuple[date, date]]:
    """Return the first and last day of the three tertials of *year*, each on its own (K7)."""
    return [(date(year, *first), date(year, *last)) for first, last in TERTIAL]


def cost(inlan: Inlan, since: date, until: date) -> int | None:
    """Return the own cost of a loan in *since*–*until*, whole kronor; None where unknown (K15).

    The cost up to a day is rounded, and a span is the difference of two such sums: the
    spans of a loan add up to its whole cost to the krona.
    """
    if inlan.cost_kr is None:
        return None
    month = inlan.cost_kr + (inlan.overhead_kr or 0)
    first = inlan.since
    return _round(person_months(inlan, first, until) * month) - _round(
        person_months(inlan, first, since - DAY) * month
    )


def year_cost(
    plan: Iterable[Inlan], year: int, line_kr: int, with_proposals: bool = True
) -> YearCost:
    """Return what the loans of *plan* cost in *year*. *line_kr* is two thirds of the frame (K2)."""
    counted = [i for i in plan if with_proposals or i.status != "förslag"]
    spans = tertial_rows(year)
    whole = (spans[0][0], spans[-1][1])
    return YearCost(
        year=year,
        tertial_kr=tuple(sum(cost(i, *span) or 0 for i in counted) for span in spans),
        months=sum((person_months(i, *whole) for i in counted), Fraction(0)),
        without_cost=sum(
            (person_months(i, *whole) for i in counted if i.cost_kr is None), Fraction(0)
        ),
        line_kr=line_kr,
    )


def _round(value: Fraction) -> int:
    """Round to whole kronor, halves up; amounts are never negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
