"""What the commands of rotation work on: the register, the parties, and what weighs the turns."""

from dataclasses import dataclass
from fractions import Fraction

from analytics import agreement, database, fees, parties, store
from analytics.cli.options import choice
from analytics.database import Database
from analytics.errors import BadCommand
from analytics.parties import PartRad
from analytics.rotation import Inlan, Vikt
from analytics.rotation_register import alla
from analytics.rotation_view import VIKTER, namn, vikten
from analytics.terms import Uppgift

WEIGHT = choice("--weight", "HUR", "lika (standard), invanare eller avgift", tuple(VIKTER))


@dataclass(frozen=True)
class Register:
    """The loans, and who is in the agreement by id."""

    db: Database
    rows: tuple[PartRad, ...]
    plan: list[Inlan]
    names: dict[str, str]

    def party(self, text: str) -> str:
        """Return the id of a party. Raises BadCommand."""
        if text not in self.names:
            raise BadCommand(f"Parten ”{text[:40]}” finns inte (K14). Ange ett id, som 0160.")
        return text


def register() -> Register:
    db = database.shared()
    rows = parties.rader(db, agreement.load())
    return Register(db, rows, alla(db, store.shared()), namn(rows))


def weight_of(how: str, given: Register, year: int) -> Vikt:
    if how == "lika":
        return vikten(how, None)
    (result,) = fees.avgifter(given.db, agreement.load(), [Uppgift(year, given.rows, {}, {})])
    return vikten(how, result)


def exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value)
