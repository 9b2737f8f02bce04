"""The words and numbers of an agreement: clauses, parameters, readings and dates (K1–K19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.errors_agreement import BadParameter, NotInForce
from analytics.swedish import exakt

# The greatest value of each kind; a parameter may state a lower one with `hogst`.
SLAG = {"kronor": 10**12, "del": 1, "sats": 10**6, "procent": 100}


@dataclass(frozen=True, slots=True)
class Klausul:
    id: str
    rubrik: str
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the agreement. `varden`: (from and including, value), ascending; no end dates."""

    id: str
    namn: str
    klausul: str
    enhet: str
    slag: str
    hogst: Fraction
    varden: tuple[tuple[date, Fraction], ...]

    def on(self, day: date) -> Fraction:
        """Return the value in force on *day*. Raises NotInForce before the first."""
        if day < self.varden[0][0]:
            raise NotInForce(self.namn, self.klausul, day, self.varden[0][0])
        return [value for start, value in self.varden if start <= day][-1]

    def prova(self, value: Fraction) -> Fraction:
        """Return *value* if it may be the parameter's. Raises BadParameter."""
        whole = self.slag == "kronor" and value.denominator != 1
        fine = (value * 10**6).denominator == 1 or self.slag == "del"
        if value < 0 or value > self.hogst or whole or not fine:
            raise BadParameter(self.namn, self.klausul, exakt(value), self.tillatet)
        return value

    @property
    def tillatet(self) -> str:
        top = exakt(self.hogst)
        if self.slag == "kronor":
            return f"hela kronor från 0 till {top}"
        if self.slag == "del":
            return "en del från 0 till 1, till exempel 0,5 eller 2/3"
        return f"ett tal från 0 till {top} med högst sex decimaler"


@dataclass(frozen=True, slots=True)
class Lasart:
    id: str
    namn: str
    text: str


@dataclass(frozen=True, slots=True)
class Tolkning:
    """An open point: a question, its readings, the default, and what it is about."""

    id: str
    klausul: str
    fraga: str
    standard: str
    galler: str  # avgift or fakturering
    lasarter: Mapping[str, Lasart]


@dataclass(frozen=True, slots=True)
class Datum:
    """A population date relative to the budget year: ar = -1, 12, 31 is 31 December before it."""

    id: str
    namn: str
    klausul: str
    ar: int
    manad: int
    dag: int

    def i(self, year: int) -> date:
        return date(year + self.ar, self.manad, self.dag)
