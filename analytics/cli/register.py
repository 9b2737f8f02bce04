"""What the commands of rotation work on: the register, the parties, and what weighs the turns."""

from dataclasses import dataclass
from fractions import Fraction

from analytics.agreement import contract, parties
from analytics.agreement.parties import PartyRow
from analytics.cli.options import choice
from analytics.errors import BadCommand
from analytics.fees import payments
from analytics.fees.terms import Question
from analytics.reference import database
from analytics.reference.database import Database
from analytics.rotation.loans import Inlan, Weight
from analytics.rotation.register import all_inlan
from analytics.rotation.view import WEIGHTS, name_of, weight_of as weighting
from analytics.store import posts as store_posts

WEIGHT = choice("--weight", "HUR", "lika (standard), invanare eller avgift", tuple(WEIGHTS))


@dataclass(frozen=True)
class Register:
    """The loans, and who is in the agreement by id."""

    db: Database
    rows: tuple[PartyRow, ...]
    plan: list[Inlan]
    names: dict[str, str]

    def party(self, text: str) -> str:
        """Return the id of a party. Raises BadCommand."""
        if text not in self.names:
            raise BadCommand(f"Parten ”{text[:40]}” finns inte (K14). Ange ett id, som 0160.")
        return text


def register() -> Register:
    db = database.shared()
    rows = parties.party_rows(db, contract.load())
    return Register(db, rows, all_inlan(db, store_posts.shared()), name_of(rows))


def weight_of(how: str, given: Register, year: int) -> Weight:
    if how == "lika":
        return weighting(how, None)
    (result,) = payments.compute_many(
        given.db, contract.load(), [Question(year, given.rows, {}, {})]
    )
    return weighting(how, result)


def exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value)
