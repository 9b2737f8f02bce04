"""What the loans cost per tertial and year (K15, K7), against two thirds of the frame (K2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.rotation import DAG, Inlan, personmanader

TERTIAL = (((1, 1), (4, 30)), ((5, 1), (8, 31)), ((9, 1), (12, 31)))


@dataclass(frozen=True, slots=True)
class Arskostnad:
    """A year's cost by tertial, whole kronor, beside the post for seconded staff (K2).

    `utan_kostnad`: person-months of loans whose own cost is not documented; they are not in it.
    """

    ar: int
    tertial_kr: tuple[int, int, int]
    manader: Fraction
    utan_kostnad: Fraction
    post_kr: int

    @property
    def summa_kr(self) -> int:
        return sum(self.tertial_kr)

    @property
    def kvar_kr(self) -> int:
        return self.post_kr - self.summa_kr


def tertialer(year: int) -> list[tuple[date, date]]:
    """Return the first and last day of the three tertials of *year*, each on its own (K7)."""
    return [(date(year, *first), date(year, *last)) for first, last in TERTIAL]


def kostnad(inlan: Inlan, fran: date, till: date) -> int | None:
    """Return the own cost of a loan in *fran*–*till*, whole kronor; None where unknown (K15).

    What has been cost up to a day is rounded, and a span is the difference of two such sums: the
    spans of a loan add up to its whole cost to the krona.
    """
    if inlan.kostnad_kr is None:
        return None
    month = inlan.kostnad_kr + (inlan.palagg_kr or 0)
    first = inlan.fran
    return _avrunda(personmanader(inlan, first, till) * month) - _avrunda(
        personmanader(inlan, first, fran - DAG) * month
    )


def arskostnad(
    plan: Iterable[Inlan], year: int, post_kr: int, med_forslag: bool = True
) -> Arskostnad:
    """Return what the loans of *plan* cost in *year*. *post_kr* is two thirds of the frame (K2)."""
    counted = [i for i in plan if med_forslag or i.status != "förslag"]
    spans = tertialer(year)
    whole = (spans[0][0], spans[-1][1])
    return Arskostnad(
        year,
        tuple(sum(kostnad(i, *span) or 0 for i in counted) for span in spans),
        sum((personmanader(i, *whole) for i in counted), Fraction(0)),
        sum((personmanader(i, *whole) for i in counted if i.kostnad_kr is None), Fraction(0)),
        post_kr,
    )


def _avrunda(value: Fraction) -> int:
    """Round to whole kronor, halves up; amounts are never negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
