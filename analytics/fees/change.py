"""Why fees differ between two years: frame, rules, own inhabitants, others' inhabitants, parties.

One thing is exchanged at a time, in that order, and the fees are computed anew after each. The
differences therefore add up to the whole change, to the krona. Another order would move some
kronor between the causes; the order is stated wherever the parts are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from analytics.agreement.contract import Agreement
from analytics.fees.payments import FeeResult, Population, compute_many
from analytics.fees.question import Question
from analytics.reference.database import Database

CAUSES = {
    "ram": "Ramen",
    "regler": "Andra regler och tolkningar",
    "egna": "Egna invånare",
    "andras": "Andras invånare",
    "parter": "Parter och andelar",
}


@dataclass(frozen=True, slots=True)
class FeeChange:
    """One party's change from one year to another; `parts` has one amount per cause, in order."""

    party: str
    before_kr: int
    after_kr: int
    parts: Mapping[str, int]


def explain_change(
    db: Database,
    agreement: Agreement,
    before: Question,
    after: Question,
    party_id: str,
    population: Population | None = None,
) -> FeeChange:
    """Return why *party_id*'s fee differs between *before* and *after* (single cases, any years).

    Raises what payments.compute_many raises.
    """
    day = date(after.year, 1, 1)
    frame = after.parameters.get(agreement.frame, agreement.parameters[agreement.frame].on(day))
    values = {name: p.on(day) for name, p in agreement.parameters.items()} | dict(after.parameters)
    everyone = {row.party_id: after.year for row in (*before.rows, *after.rows)}
    new_frame = replace(before, parameters={**before.parameters, agreement.frame: frame})
    new_rules = replace(before, parameters=values, readings=after.readings)
    steps = [
        before,
        new_frame,
        new_rules,
        replace(new_rules, population_year={party_id: after.year}),
        replace(new_rules, population_year=everyone),
        after,
    ]
    fees = [_fee(result, party_id) for result in compute_many(db, agreement, steps, population)]
    parts = {name: b - a for name, a, b in zip(CAUSES, fees[:-1], fees[1:], strict=True)}
    return FeeChange(party_id, fees[0], fees[-1], parts)


def _fee(result: FeeResult, party_id: str) -> int:
    return sum(p.fee_kr for p in result.parties if p.party == party_id)
