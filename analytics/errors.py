"""Every error a user can meet, as a tree. Pages catch AgreementError and nothing wider.

What can be wrong with a scenario is in errors_scenario.py.

    AgreementError
    ├── BadInput            a value that someone typed cannot be read
    ├── BadFile             a table in a file breaks its description (file, line, column, value)
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
    └── Konflikt            somebody else saved first; nothing was overwritten

A message says what is wrong, for which value, under which clause or rule, and what to do.
Messages are Swedish because pages and the command line show them as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

MOST_TOLD = 6
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


class PopulationNotPublished(AgreementError):
    """Reading T6 `vanta`: no fee before the figures of *day* are published."""

    def __init__(self, year: int, day: date) -> None:
        super().__init__(
            f"Avgifterna för {year} räknas inte ännu: folkmängden den {day} (K3) är inte "
            "publicerad, och tolkning T6 är ”vänta”. Välj läsarten ”preliminärt”, eller läs in "
            "siffrorna när de kommer i slutet av februari."
        )


class BadAgreement(AgreementError):
    """An agreement file is wrong at *line* (from 1; None: the file as a whole), in *key*."""

    def __init__(self, file: str, line: int | None, key: str, problem: str, allowed: str) -> None:
        self.file, self.line, self.key = file, line, key
        where = file if line is None else f"{file}, rad {line}"
        super().__init__(f"{where}: {key} {problem}. Tillåtet är {allowed}.")


class BadParameter(AgreementError):
    """*value* (as Swedish text) is outside what the parameter may be."""

    def __init__(self, name: str, clause: str, value: str, allowed: str) -> None:
        self.value = value
        super().__init__(f"{name} ({clause}) kan inte vara {value}. Ange {allowed}.")


class MissingWeight(AgreementError):
    """The agreement's key has a weight per party, but none for this one."""

    def __init__(self, party: str, name: str) -> None:
        super().__init__(
            f"Avtalet har ingen vikt för {name} ({party}), som är med i blockets grupp. Lägg till "
            f"”{party}” under vikter i avtalsfilen (docs/agreement-file.md)."
        )


class SharesTooLarge(AgreementError):
    """The blocks' parts of the frame are together more than all of it."""

    def __init__(self, total: str, clauses: Iterable[str]) -> None:
        super().__init__(
            f"Blockens delar av ramen ({', '.join(clauses)}) blir tillsammans {total}, men de kan "
            "inte bli mer än 1. Sänk någon av delarna."
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
        super().__init__(f"{problem}. Ange {allowed}.")


class NotInForce(AgreementError):
    """*name* has no value on *day*: the first is from *first*."""

    def __init__(self, name: str, clause: str, day: date, first: date) -> None:
        super().__init__(
            f"{name} ({clause}) har inget värde den {day}: avtalet gäller från {first} (K10). "
            "Välj ett senare budgetår."
        )


class YearOutOfRange(AgreementError):
    """The agreement is computed from *first* to *last*."""

    def __init__(self, year: int, first: int, last: int) -> None:
        way = f"gäller från {first} (K10)" if year < first else f"räknas till och med {last}"
        super().__init__(
            f"Budgetåret {year} går inte att räkna: avtalet {way}. Välj ett år {first}–{last}."
        )


class _Unknown(AgreementError):
    """*name* is not among *known*; the nearest is suggested."""

    what = "Avtalet har ingen post som heter"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        near = get_close_matches(name, known, n=1)
        hint = f"Menade du ”{near[0]}”?" if near else "Välj bland " + ", ".join(known) + "."
        super().__init__(f"{self.what} ”{name[:60]}”. {hint}")


class UnknownParameter(_Unknown):
    what = "Avtalet har ingen parameter som heter"


class UnknownParty(_Unknown):
    what = "Det finns ingen betalande part det året som heter"


class UnknownReading(AgreementError):
    """*reading* is not a reading of open point *point*; *known* are those that are."""

    def __init__(self, point: str, reading: str, known: Iterable[str]) -> None:
        known = ", ".join(known)
        super().__init__(
            f"Tolkningen ”{point[:20]}={reading[:40]}” finns inte i avtalet. Välj bland {known}."
        )


class StoreUnavailable(AgreementError):
    """The store cannot be reached or written. Nothing was saved."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(
            f"Lagret ”{store}” går inte att använda: {reason}. Inget har sparats. Kontrollera "
            "SAMVERKAN_STORE, att databasen är igång och att du får skriva i den, och försök igen."
        )


class StoreBroken(AgreementError):
    """The store answers with something that this program did not write."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(
            f"Lagret ”{store}” går inte att läsa: {reason}. Inget har sparats. Återställ det från "
            "en säkerhetskopia, eller ange ett annat lager i SAMVERKAN_STORE."
        )


class StoreNewer(AgreementError):
    """The store was last used by a later version of the program."""

    def __init__(self, store: str, version: str, known: str) -> None:
        super().__init__(
            f"Lagret ”{store}” har version {version}, men det här programmet kan läsa till och "
            f"med version {known}. Uppdatera programmet; lagret är orört."
        )


class PostMissing(AgreementError):
    """There is nothing saved under that id."""

    def __init__(self, slag: str, post_id: str) -> None:
        super().__init__(
            f"Det finns inget sparat av slaget ”{slag[:40]}” med id ”{post_id[:60]}”. Kontrollera "
            "id:t, eller välj i listan."
        )


class Konflikt(AgreementError):
    """Somebody else saved while this was written. Nothing was overwritten.

    `egen` is what was to be saved, `sparad` what is saved (analytics.store.Post), `grund` what the
    writer began from (or None); `skillnader` are (field, written, saved).
    """

    def __init__(self, egen: object, sparad: object, skillnader: Sequence[tuple]) -> None:
        self.egen, self.sparad, self.skillnader = egen, sparad, tuple(skillnader)
        shown = "; ".join(
            f"{field}: du skrev {_kort(own)}, sparat är {_kort(saved)}"
            for field, own, saved in self.skillnader[:SHOWN]
        )
        more = len(self.skillnader) - SHOWN
        rest = f"; och {more} till" if more > 0 else ""
        super().__init__(
            "Någon annan har sparat en ändring sedan du öppnade det här, så ditt har inte "
            f"sparats och inget är överskrivet. {shown or 'Innehållet är lika'}{rest}. Läs det "
            "som är sparat, och spara sedan ditt ovanpå det eller låt det andra gälla."
        )


def _kort(value: object) -> str:
    if value is None:
        return "inget"
    text = str(value)
    return f"”{text if len(text) <= 80 else text[:79] + '…'}”"


class SeveralFaults(AgreementError):
    """Several sentences under one heading. `fel` holds them all."""

    start = ""

    def __init__(self, what: str, fel: Sequence[str]) -> None:
        self.fel = tuple(fel)
        more = len(self.fel) - MOST_TOLD
        rest = f" Ytterligare {more} punkter finns." if more > 0 else ""
        super().__init__(f"{what} {' '.join(self.fel[:MOST_TOLD])}{rest}")


class SkalSaknas(AgreementError):
    """A change that needs a reason has none."""

    def __init__(self, vad: str) -> None:
        super().__init__(f"Skälet saknas. {vad}")
