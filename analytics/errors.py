"""Every error a user can meet, as a tree. Pages catch AgreementError and nothing wider.

    AgreementError
    ├── BadInput            a value that someone typed cannot be read
    ├── BadFile             a table in a file breaks its description (file, line, column, value)
    └── PopulationMissing   no figure can be given for a date that a clause needs

A message says what is wrong, for which value, under which clause or rule, and what to do.
Messages are Swedish because pages and the command line show them as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

SHOWN = 5  # faults spelled out in one message; the rest are counted


class AgreementError(Exception):
    """Base class of what a user can cause, meet and mend."""


class BadInput(AgreementError):
    """A typed value cannot be read. `value` is what was typed.

    *problem* ends the sentence that begins with the value; *way_out* is a sentence of its own.
    """

    def __init__(self, value: str, problem: str, way_out: str) -> None:
        self.value = value
        shown = value if len(value) <= 40 else value[:39] + "…"
        what = f"”{shown}” {problem}." if value.strip() else "Fältet är tomt."
        super().__init__(f"{what} {way_out}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file. `line` counts from 1 and `column` is None for a whole row."""

    line: int
    column: str | None
    value: str
    allowed: str

    def __str__(self) -> str:
        where = f"rad {self.line}" + (f", kolumn {self.column}" if self.column else "")
        value = self.value if len(self.value) <= 60 else self.value[:59] + "…"
        return f"{where}: ”{value}” godtas inte, {self.allowed}"


class BadFile(AgreementError):
    """A file breaks the description of its table. `faults` lists all that were found."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file, self.faults = file, tuple(faults)
        shown = ". ".join(str(fault) for fault in self.faults[:SHOWN])
        more = len(self.faults) - SHOWN
        rest = f" Ytterligare {more} fel finns i filen." if more > 0 else ""
        super().__init__(f"{file}, {shown}.{rest} Rätta filen och läs in den på nytt.")


class PopulationMissing(AgreementError):
    """There is no figure on or before *day* for these parties (K3, K4)."""

    def __init__(self, parties: Iterable[str], day: date, first: date | None) -> None:
        self.parties, self.day = tuple(parties), day
        names = ", ".join(self.parties[:3])
        if len(self.parties) > 3:
            names += f" och {len(self.parties) - 3} till"
        known = f"den första kända siffran är från {first}" if first else "ingen siffra är känd"
        super().__init__(
            f"Folkmängden den {day} saknas för {names}: {known}. Avgiften (K3) och taket (K4) "
            "kräver den. Välj ett senare budgetår eller läs in en fil med siffran."
        )
