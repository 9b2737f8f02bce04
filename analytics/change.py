"""Why fees differ between two years: frame, rules, own inhabitants, others' inhabitants, parties.

One thing is exchanged at a time, in that order, and the fees are computed anew after each. The
differences therefore add up to the whole change, to the krona. Another order would move some
kronor between the causes; the order is stated wherever the parts are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.fees import Folkmangd, Resultat, avgifter
from analytics.question import Uppgift

ORSAKER = {
    "ram": "Ramen",
    "regler": "Andra regler och tolkningar",
    "egna": "Egna invånare",
    "andras": "Andras invånare",
    "parter": "Parter och andelar",
}


@dataclass(frozen=True, slots=True)
class Forandring:
    """One party's change from one year to another; `delar` has one amount per cause, in order."""

    part: str
    fore_kr: int
    efter_kr: int
    delar: Mapping[str, int]


def forandring(
    db: Database,
    avtal: Avtal,
    fore: Uppgift,
    efter: Uppgift,
    part_id: str,
    folkmangd: Folkmangd | None = None,
) -> Forandring:
    """Return why *part_id*'s fee differs between *fore* and *efter* (single cases, any years).

    Raises what fees.avgifter raises.
    """
    day = date(efter.year, 1, 1)
    frame = efter.parametrar.get(avtal.ram, avtal.parametrar[avtal.ram].on(day))
    values = {name: p.on(day) for name, p in avtal.parametrar.items()} | dict(efter.parametrar)
    everyone = {row.part_id: efter.year for row in (*fore.rader, *efter.rader)}
    new_frame = replace(fore, parametrar={**fore.parametrar, avtal.ram: frame})
    new_rules = replace(fore, parametrar=values, lasarter=efter.lasarter)
    steps = [
        fore,
        new_frame,
        new_rules,
        replace(new_rules, folkmangd_ar={part_id: efter.year}),
        replace(new_rules, folkmangd_ar=everyone),
        efter,
    ]
    fees = [_avgift(result, part_id) for result in avgifter(db, avtal, steps, folkmangd)]
    parts = {name: b - a for name, a, b in zip(ORSAKER, fees[:-1], fees[1:], strict=True)}
    return Forandring(part_id, fees[0], fees[-1], parts)


def _avgift(result: Resultat, part_id: str) -> int:
    return sum(p.avgift_kr for p in result.parter if p.part == part_id)
