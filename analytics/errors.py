"""Every error a user can meet, as a tree. Pages catch AgreementError and nothing wider.

A room that has errors of its own has them in its errors.py; those that more rooms raise are here.

    AgreementError
    ├── BadInput            a value that someone typed cannot be read
    ├── BadFile             a table in a file breaks its description (file, line, column, value)
    │   └── OtherKind       a file of a kind that is not read: it is told what it is
    ├── PopulationMissing   no figure can be given for a date that a clause needs
    ├── PopulationNotPublished  reading T6 "vanta": the figure at the year's start is not out yet
    ├── BadAgreement        an agreement file breaks its format (file, line, key)
    ├── BadParameter        a value outside what a parameter may be
    ├── MissingWeight       a party without a weight in a key that has one per party
    ├── SharesTooLarge      parts of the frame that are together more than it
    ├── TooLarge            amounts and weights too large to be computed exactly
    ├── BadCommand          the command line cannot be read or obeyed
    ├── BadSweep            a sweep that goes nowhere or is too large
    ├── NotInForce          the agreement has no value on the day, or does not reach the year
    ├── UnknownParameter    a name that is not a parameter of the agreement
    ├── UnknownReading      an open point or a reading that the agreement does not have
    ├── UnknownParty        a party that is not in the agreement that year
    ├── StoreUnavailable    what users enter cannot be reached or saved
    ├── StoreBroken         the store holds what this program did not write
    ├── StoreNewer          a later program has used the store
    ├── PostMissing         nothing is saved under that id
    └── Conflict            somebody else saved first; nothing was overwritten

A message says what is wrong, for which value, under which clause or rule, and what to do.
Messages are Swedish because pages and the command line show them as they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from analytics.characters import visible

MOST_TOLD = 6
TWICE = re.compile(r"(”[^”]*”)|([.!?…])[ ]?\.(?![.\w])")
SHOWN = 5  # faults spelled out in one message; the rest are counted


def ended(text: str) -> str:
    """Return *text* as a sentence: with a full stop, unless it ends one already."""
    bare = text.rstrip()
    return bare if not bare or bare.endswith((".", "?", "!", "…", ".”", "?”")) else f"{bare}."


def whole(text: str) -> str:
    """Return *text* with every sentence ended once; what is quoted is left as somebody wrote it."""
    return ended(TWICE.sub(lambda found: found[1] or found[2], text))


class AgreementError(Exception):
    """Base class of what a user can cause, meet and mend. Its text is whole sentences."""

    def __init__(self, said: str = "") -> None:
        super().__init__(whole(said))


class BadInput(AgreementError):
    """A typed value cannot be read. `value` is what was typed.

    *problem* ends the sentence that begins with the value; *way_out* is a sentence of its own.
    """

    def __init__(self, value: str, problem: str, way_out: str) -> None:
        self.value = value
        shown = visible(value if len(value) <= 40 else value[:39] + "…")
        what = ended(f"”{shown}” {problem}") if value.strip() else "Fältet är tomt."
        super().__init__(f"{what} {ended(way_out)}".rstrip())


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file. `line` counts from 1 and `column` is None for a whole row."""

    line: int
    column: str | None
    value: str
    allowed: str

    def __str__(self) -> str:
        where = f"rad {self.line}" + (f", kolumn {self.column}" if self.column else "")
        if not self.value and not self.column:  # the whole file, or a row that is not there
            return f"{where}: {self.allowed}"
        value = visible(self.value if len(self.value) <= 60 else self.value[:59] + "…")
        return f"{where}: ”{value}” godtas inte, {self.allowed}"


class BadFile(AgreementError):
    """A file breaks the description of its table. `faults` lists all that were found."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file, self.faults = file, tuple(faults)
        shown = " ".join(ended(str(fault)) for fault in self.faults[:SHOWN])
        more = len(self.faults) - SHOWN
        remainder = f" Ytterligare {more} fel finns i filen." if more > 0 else ""
        super().__init__(f"{file}, {shown}{remainder} Rätta filen och läs in den på nytt.")


class OtherKind(BadFile):
    """A file is of a kind that is not read here. *what* it is, and the *way_out*, in words."""

    def __init__(self, file: str, what: str, way_out: str) -> None:
        self.file, self.faults = file, (Fault(1, None, what, way_out),)
        AgreementError.__init__(self, f"{file} är {what}, som inte läses här: {way_out}.")


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


class PopulationNotPublished(AgreementError):
    """Reading T6 `vanta`: no fee before the figures of *day* are published."""

    def __init__(self, year: int, day: date) -> None:
        super().__init__(
            f"Avgifterna för {year} räknas inte ännu: folkmängden den {day} (K3) är inte "
            "publicerad, och tolkning T6 är ”vänta”. Välj läsarten ”preliminärt”, eller läs in "
            "siffrorna när de kommer i slutet av februari."
        )


class TooLarge(AgreementError):
    """Amounts times weights do not fit in 127 bits, or an amount not in 63."""

    def __init__(self) -> None:
        super().__init__(
            "Beloppen (K1) gånger vikterna i avtalets nycklar blir för stora för att räknas exakt. "
            "Ange en lägre rambudget eller ett lägre pris, eller vikter med färre siffror."
        )


class BadCommand(AgreementError):
    """The command line cannot be obeyed; the text says which value, and what to write instead."""


class BadSweep(AgreementError):
    """A parameter's values to sweep over are wrong, or too many."""

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(f"{ended(problem)} {ended(f'Ange {allowed}')}")


class _Unknown(AgreementError):
    """*name* is not among *known*; the nearest is suggested."""

    what = "Avtalet har ingen post som heter"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        near = get_close_matches(name, known, n=1)
        hint = f"Menade du ”{near[0]}”?" if near else "Välj bland " + ", ".join(known) + "."
        super().__init__(f"{self.what} ”{visible(name[:60])}”. {hint}")


class SeveralFaults(AgreementError):
    """Several sentences under one heading. `faults` holds them all."""

    start = ""

    def __init__(self, what: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - MOST_TOLD
        remainder = f" Ytterligare {more} punkter finns." if more > 0 else ""
        told = " ".join(map(ended, self.faults[:MOST_TOLD]))
        super().__init__(f"{what} {told}{remainder}")


class ReasonMissing(AgreementError):
    """A change that needs a reason has none."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Skälet saknas. {what}")
