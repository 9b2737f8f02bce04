"""Price indices: from one year's prices to another's, by known changes and typed ones (K1, K9).

A year that no source covers and no one has typed a rate for is missing; it is never assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from analytics.errors import AgreementError
from analytics.reference.database import Database


class IndexMissing(AgreementError):
    """No change is known for *year* in index *name*."""

    def __init__(self, name: str, year: int, last: int) -> None:
        self.year = year
        super().__init__(
            f"{name} saknar ett värde för {year}; källan slutar {last}. Skriv den årliga ändring "
            "i procent som ska antas för åren därefter."
        )


@dataclass(frozen=True, slots=True)
class YearChange:
    """One year's change: `andel` is a share (0.02 is 2 %), `status` utfall, prognos or antagen."""

    year: int
    andel: Fraction
    status: str
    source: str


def name_of(db: Database) -> list[str]:
    """Return the indices there are figures for: KPI, KPIF, PKV."""
    return sorted({row["index_namn"] for row in db.query("prisindex")})


def year_changes(
    db: Database, index: str, since: int, until: int, assumed: Fraction | None = None
) -> list[YearChange]:
    """Return the yearly changes since+1 … until. Years without a figure take *assumed* (a share).

    Raises IndexMissing where there is neither.
    """
    known = {row["ar"]: row for row in db.query("prisindex") if row["index_namn"] == index}
    found = []
    for year in range(since + 1, until + 1):
        row = known.get(year)
        if row is not None:
            found.append(
                YearChange(year, Fraction(row["procent"]) / 100, row["status"], row["kalla"])
            )
        elif assumed is not None:
            found.append(YearChange(year, assumed, "antagen", "egen antagen årstakt"))
        else:
            raise IndexMissing(index, year, max(known, default=since))
    return found


def factor(changes: list[YearChange]) -> Fraction:
    """Return the product of the changes: 1.02 twice is 1.0404, exactly."""
    product = Fraction(1)
    for change in changes:
        product *= 1 + change.andel
    return product


def indexed(amount: Fraction | int, factor: Fraction) -> int:
    """Return *amount* times *factor* in whole kronor, halves up."""
    exact = Fraction(amount) * factor
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def weakest(changes: list[YearChange]) -> str:
    """Return the least certain status among the changes; utfall when there are none."""
    order: Mapping[str, int] = {"utfall": 0, "prognos": 1, "antagen": 2}
    return max((change.status for change in changes), key=order.__getitem__, default="utfall")
