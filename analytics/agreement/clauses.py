"""The words and numbers of an agreement: clauses, parameters, readings and dates (K1–K19).

What the clauses make of them is computed elsewhere: the fees, with floor and ceilings (K2–K5), in
fees/avgifter.sql.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement.errors import BadParameter, NotInForce
from analytics.swedish import exact

# The greatest value of each kind; a parameter may state a lower one with `highest`.
KIND = {"kronor": 10**12, "del": 1, "sats": 10**6, "procent": 100}


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number of the agreement. `values`: (from and including, value), ascending; no end dates."""

    id: str
    name: str
    clause: str
    unit: str
    kind: str
    highest: Fraction
    values: tuple[tuple[date, Fraction], ...]

    def on(self, day: date) -> Fraction:
        """Return the value in force on *day*. Raises NotInForce before the first."""
        if day < self.values[0][0]:
            raise NotInForce(self.name, self.clause, day, self.values[0][0])
        return [value for start, value in self.values if start <= day][-1]

    def check(self, value: Fraction) -> Fraction:
        """Return *value* if it may be the parameter's. Raises BadParameter."""
        whole = self.kind == "kronor" and value.denominator != 1
        fine = (value * 10**6).denominator == 1 or self.kind == "del"
        if value < 0 or value > self.highest or whole or not fine:
            raise BadParameter(self.name, self.clause, exact(value), self.allowed)
        return value

    @property
    def allowed(self) -> str:
        top = exact(self.highest)
        if self.kind == "kronor":
            return f"hela kronor från 0 till {top}"
        if self.kind == "del":
            return "en del från 0 till 1, till exempel 0,5 eller 2/3"
        return f"ett tal från 0 till {top} med högst sex decimaler"


@dataclass(frozen=True, slots=True)
class Reading:
    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """An open point: a question, its readings, the default, and what it is about."""

    id: str
    clause: str
    ask: str
    standard: str
    holds: str  # avgift or fakturering
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationDate:
    """A population date relative to the budget year: year = -1, 12, 31 is 31 December before it."""

    id: str
    name: str
    clause: str
    year: int
    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year + self.year, self.month, self.day)
