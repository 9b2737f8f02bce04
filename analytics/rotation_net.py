"""What a party pays, is reimbursed and lends in a year, side by side and never netted (K15).

Reimbursement covers a documented cost; it is not income, and nothing is subtracted from the fee.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.fees import Resultat
from analytics.rotation import Inlan, personmanader
from analytics.rotation_cost import kostnad

MENING = "Ersättningen täcker partens egen kostnad (K15) och är inte en intäkt."


@dataclass(frozen=True, slots=True)
class Stallning:
    """One party's year, whole kronor. `okand`: some month lent has no documented cost."""

    part: str
    avgift_kr: int
    ersattning_kr: int
    manader: Fraction
    okand: bool


def stallning(plan: Sequence[Inlan], resultat: Resultat) -> list[Stallning]:
    """Return every party that pays or lends in the result's year, by id; proposals are left out.

    The fees add up to what is financed, so with the unfunded to the frame; the reimbursements
    add up to the year's cost of agreed loans.
    """
    first, last = date(resultat.year, 1, 1), date(resultat.year, 12, 31)
    agreed = [i for i in plan if i.status != "förslag" and i.fran <= last and i.till >= first]
    found = []
    for part in sorted({p.part for p in resultat.parter} | {i.part for i in agreed}):
        own = [i for i in agreed if i.part == part]
        found.append(
            Stallning(
                part,
                sum(p.avgift_kr for p in resultat.parter if p.part == part),
                sum(kostnad(i, first, last) or 0 for i in own),
                sum((personmanader(i, first, last) for i in own), Fraction(0)),
                any(i.kostnad_kr is None for i in own),
            )
        )
    return found
