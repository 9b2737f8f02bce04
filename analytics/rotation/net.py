"""What a party pays, is reimbursed and lends in a year, side by side and never netted (K15).

Reimbursement covers a documented cost; it is not income, and nothing is subtracted from the fee.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.fees.payments import FeeResult
from analytics.rotation.cost import cost
from analytics.rotation.loans import Inlan, person_months

SENTENCE = "Ersättningen täcker partens egen kostnad (K15) och är inte en intäkt."


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNet:
    """One party's year, whole kronor. `unknown`: some month lent has no documented cost."""

    party: str
    fee_kr: int
    reimbursement_kr: int
    months: Fraction
    unknown: bool


def net_by_party(plan: Sequence[Inlan], result: FeeResult) -> list[PartyNet]:
    """Return every party that pays or lends in the result's year, by id; proposals are left out.

    The fees add up to what is financed, so with the unfunded to the frame; the reimbursements
    add up to the year's cost of agreed loans.
    """
    first, last = date(result.year, 1, 1), date(result.year, 12, 31)
    agreed = [i for i in plan if i.status != "förslag" and i.since <= last and i.until >= first]
    found = []
    for party in sorted({p.party for p in result.parties} | {i.party for i in agreed}):
        own = [i for i in agreed if i.party == party]
        found.append(
            PartyNet(
                party=party,
                fee_kr=sum(p.fee_kr for p in result.parties if p.party == party),
                reimbursement_kr=sum(cost(i, first, last) or 0 for i in own),
                months=sum((person_months(i, first, last) for i in own), Fraction(0)),
                unknown=any(i.cost_kr is None for i in own),
            )
        )
    return found
