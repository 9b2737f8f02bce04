"""Errors about an agreement: its file, its values, its parties and readings, its years."""

from collections.abc import Iterable
from datetime import date

from analytics.errors import AgreementError, _Unknown


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
