"""The fees of scenarios: of drafts as computed now, of frozen ones as sealed, whatever has happened
since to population, parties, agreement or program.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from analytics import fees, parties, scenario, scenario_seal
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors import AgreementError, PopulationMissing
from analytics.errors_scenario import SealBroken, SealedWithoutAnswer
from analytics.fees import Avgift, Blocksumma, Resultat
from analytics.population import Antal
from analytics.question import Uppgift
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_store import Scenarier
from analytics.terms import villkor


@dataclass(frozen=True)
class Fall:
    """One question: a scenario in a year, with own values and readings laid on top of it."""

    scenario: Scenario = GALLANDE
    year: int = 0
    parametrar: Mapping[str, Fraction] = field(default_factory=dict)
    lasarter: Mapping[str, str] = field(default_factory=dict)


def uppgift(db: Database, avtal: Avtal, scenarier: Scenarier, fall: Fall) -> Uppgift:
    """Return what is asked of the engine. Raises IndexMissing, NotInForce, SealBroken.

    The inhabitants of a frozen scenario are not in it: `avgifter` uses those that were sealed.
    """
    if fall.scenario.fryst:
        asked = _forseglad_uppgift(_innehall(scenarier, fall.scenario), fall)
    else:
        asked = scenario.uppgift(db, avtal, fall.scenario, fall.year)
    return replace(
        asked,
        parametrar={**asked.parametrar, **fall.parametrar},
        lasarter={**asked.lasarter, **fall.lasarter},
    )


def avgifter(
    db: Database, avtal: Avtal, scenarier: Scenarier, cases: Sequence[Fall]
) -> list[Resultat | AgreementError]:
    """Return each case's fees, or why there are none. All drafts are computed in one statement."""
    answers: dict[int, Resultat | AgreementError] = {}
    drafts: dict[int, Uppgift] = {}
    for number, case in enumerate(cases):
        try:
            if case.scenario.fryst:
                answers[number] = _fryst(db, avtal, scenarier, case)
            else:
                drafts[number] = uppgift(db, avtal, scenarier, case)
        except AgreementError as error:
            answers[number] = error
    answers |= _raknade(db, avtal, drafts)
    return [answers[number] for number in range(len(cases))]


def _raknade(
    db: Database, avtal: Avtal, drafts: Mapping[int, Uppgift]
) -> dict[int, Resultat | AgreementError]:
    """All at once; one by one only where something cannot be answered."""
    if not drafts:
        return {}
    try:
        return dict(zip(drafts, fees.avgifter(db, avtal, list(drafts.values())), strict=True))
    except AgreementError:
        answers: dict[int, Resultat | AgreementError] = {}
        for number, asked in drafts.items():
            try:
                answers[number] = fees.avgifter(db, avtal, [asked])[0]
            except AgreementError as error:
                answers[number] = error
        return answers


def _innehall(scenarier: Scenarier, item: Scenario) -> Mapping[str, object]:
    return scenarier.forseglad(item)["innehall"]


def _forseglad_uppgift(content: Mapping[str, object], fall: Fall) -> Uppgift:
    year = content["ar"].get(str(fall.year))
    if year is None or "fel" in year:
        why = year["fel"] if year else "Året fanns inte i avtalet då."
        raise SealedWithoutAnswer(fall.scenario.namn, fall.year, why)
    return Uppgift(
        fall.year,
        tuple(parties.party_from_data(row) for row in content["part"].values()),
        {name: Fraction(text) for name, text in year["parametrar"].items()},
        dict(year["lasarter"]),
    )


class _Forseglat:
    """The sealed inhabitants, asked as fees.Folkmangd is; *reserv* answers for other dates."""

    def __init__(self, content: Mapping[str, object], reserv: fees.Folkmangd | None = None) -> None:
        self._antal, self._reserv = scenario_seal.folkmangd(content), reserv

    def __call__(self, part_id: str, day: date) -> Antal:
        if (part_id, day) in self._antal:
            return self._antal[part_id, day]
        if self._reserv is None:
            raise PopulationMissing([part_id], day, None)
        return self._reserv(part_id, day)


def folkmangd(
    db: Database, scenarier: Scenarier, item: Scenario, reserv: bool = False
) -> Callable[[str, date], Antal]:
    """Return the inhabitants that *item* counts: those in data, or sealed with a frozen scenario.

    With *reserv* those in data answer for dates that were not sealed.
    """
    if not item.fryst:
        return fees.Folkmangd(db)
    content = _innehall(scenarier, item)
    key = ("forseglat", item.id, item.sigill, reserv)
    return db.minns(key, lambda: _Forseglat(content, fees.Folkmangd(db) if reserv else None))


def _fryst(db: Database, avtal: Avtal, scenarier: Scenarier, case: Fall) -> Resultat:
    asked = uppgift(db, avtal, scenarier, case)
    counted = folkmangd(db, scenarier, case.scenario)
    plain = _forseglad_uppgift(_innehall(scenarier, case.scenario), case)
    if asked.parametrar != plain.parametrar or asked.lasarter != plain.lasarter:
        return fees.avgifter(db, avtal, [asked], counted)[0]
    year = _innehall(scenarier, case.scenario)["ar"][str(case.year)]
    resolved = villkor(avtal, asked, counted)
    return _resultat(case, year, resolved)


def _resultat(case: Fall, year: Mapping[str, object], resolved: object) -> Resultat:
    """The sealed fees as a Resultat; only what they rest on is resolved anew, for explanations."""
    places = {
        (andel.part.part_id, block.block.id): andel
        for block in resolved.block
        for andel in block.andelar
    }
    blocks = tuple(
        Blocksumma(
            block_id,
            row["namn"],
            row["klausul"],
            row["mal_kr"],
            row["finansierat_kr"],
            Fraction(row["vikt"]),
            Fraction(row["fri_vikt"]),
            row["fria_kr"],
        )
        for block_id, row in _ordning(resolved, year["block"])
    )
    order = [block.id for block in blocks]
    parties = []
    for row in sorted(year["avgift"].values(), key=lambda r: (order.index(r["block"]), r["part"])):
        andel = places.get((row["part"], row["block"]))
        if andel is None:
            raise SealBroken(
                case.scenario.namn, [f"{row['namn']} har en avgift men är ingen betalande part."]
            )
        parties.append(
            Avgift(
                row["part"],
                row["namn"],
                row["block"],
                Fraction(row["vikt"]),
                row["ideal_kr"],
                row["tak_kr"],
                row["avgift_kr"],
                row["vid_tak"],
                andel.antal,
                andel.tak_antal,
            )
        )
    return Resultat(case.year, year["summa"]["ram_kr"], blocks, tuple(parties), resolved)


def _ordning(resolved: object, blocks: Mapping[str, object]) -> list[tuple[str, Mapping]]:
    """The sealed blocks in the agreement's order."""
    known = [block.block.id for block in resolved.block]
    return sorted(blocks.items(), key=lambda pair: known.index(pair[0]))
