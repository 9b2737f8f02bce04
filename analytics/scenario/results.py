"""The fees of scenarios: of drafts as computed now, of frozen ones as sealed, whatever has happened
since to population, parties, agreement or program.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from analytics.agreement import parties
from analytics.agreement.contract import Agreement
from analytics.errors import AgreementError, PopulationMissing
from analytics.fees import payments
from analytics.fees.payments import BlockTotal, Fee, FeeResult
from analytics.fees.question import Question
from analytics.fees.terms import resolve_terms
from analytics.reference.database import Database
from analytics.reference.population import Count
from analytics.scenario import dated as scenario_dated, seal as scenario_seal
from analytics.scenario.dated import IN_FORCE, Scenario
from analytics.scenario.errors import SealBroken, SealedWithoutAnswer
from analytics.scenario.saved import Scenarios


@dataclass(frozen=True)
class ScenarioCase:
    """One question: a scenario in a year, with own values and readings laid on top of it."""

    scenario: Scenario = IN_FORCE
    year: int = 0
    parameters: Mapping[str, Fraction] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)


def question_of(
    db: Database, agreement: Agreement, scenarios: Scenarios, case: ScenarioCase
) -> Question:
    """Return what is asked of the engine. Raises IndexMissing, NotInForce, SealBroken.

    The inhabitants of a frozen scenario are not in it: `fees_of` uses those that were sealed.
    """
    if case.scenario.frozen:
        asked = _sealed_question(_content(scenarios, case.scenario), case)
    else:
        asked = scenario_dated.question_for(db, agreement, case.scenario, case.year)
    return replace(
        asked,
        parameters={**asked.parameters, **case.parameters},
        readings={**asked.readings, **case.readings},
    )


def fees_of(
    db: Database, agreement: Agreement, scenarios: Scenarios, cases: Sequence[ScenarioCase]
) -> list[FeeResult | AgreementError]:
    """Return each case's fees, or why there are none. All drafts are computed in one statement."""
    answers: dict[int, FeeResult | AgreementError] = {}
    drafts: dict[int, Question] = {}
    for number, case in enumerate(cases):
        try:
            if case.scenario.frozen:
                answers[number] = _frozen(db, agreement, scenarios, case)
            else:
                drafts[number] = question_of(db, agreement, scenarios, case)
        except AgreementError as error:
            answers[number] = error
    answers |= _computed(db, agreement, drafts)
    return [answers[number] for number in range(len(cases))]


def _computed(
    db: Database, agreement: Agreement, drafts: Mapping[int, Question]
) -> dict[int, FeeResult | AgreementError]:
    """All at once; one by one only where something cannot be answered."""
    if not drafts:
        return {}
    try:
        return dict(
            zip(drafts, payments.compute_many(db, agreement, list(drafts.values())), strict=True)
        )
    except AgreementError:
        answers: dict[int, FeeResult | AgreementError] = {}
        for number, asked in drafts.items():
            try:
                answers[number] = payments.compute_many(db, agreement, [asked])[0]
            except AgreementError as error:
                answers[number] = error
        return answers


def _content(scenarios: Scenarios, item: Scenario) -> Mapping[str, object]:
    return scenarios.sealed(item)["innehall"]


def _sealed_question(content: Mapping[str, object], case: ScenarioCase) -> Question:
    year = content["ar"].get(str(case.year))
    if year is None or "fel" in year:
        why = year["fel"] if year else "Året fanns inte i avtalet då."
        raise SealedWithoutAnswer(case.scenario.name, case.year, why)
    return Question(
        case.year,
        tuple(parties.party_from_data(row) for row in content["part"].values()),
        {name: Fraction(text) for name, text in year["parametrar"].items()},
        dict(year["lasarter"]),
    )


class _Sealed:
    """The sealed inhabitants, asked like Population; *fallback* answers for other dates."""

    def __init__(
        self, content: Mapping[str, object], fallback: payments.Population | None = None
    ) -> None:
        self._count, self._fallback = scenario_seal.population_data(content), fallback

    def __call__(self, party_id: str, day: date) -> Count:
        if (party_id, day) in self._count:
            return self._count[party_id, day]
        if self._fallback is None:
            raise PopulationMissing([party_id], day, None)
        return self._fallback(party_id, day)


def population_of(
    db: Database, scenarios: Scenarios, item: Scenario, fallback: bool = False
) -> Callable[[str, date], Count]:
    """Return the inhabitants that *item* counts: those in data, or sealed with a frozen scenario.

    With *fallback* those in data answer for dates that were not sealed.
    """
    if not item.frozen:
        return payments.Population(db)
    content = _content(scenarios, item)
    key = ("forseglat", item.id, item.sigill, fallback)
    return db.remember(key, lambda: _Sealed(content, payments.Population(db) if fallback else None))


def _frozen(
    db: Database, agreement: Agreement, scenarios: Scenarios, case: ScenarioCase
) -> FeeResult:
    asked = question_of(db, agreement, scenarios, case)
    counted = population_of(db, scenarios, case.scenario)
    plain = _sealed_question(_content(scenarios, case.scenario), case)
    if asked.parameters != plain.parameters or asked.readings != plain.readings:
        return payments.compute_many(db, agreement, [asked], counted)[0]
    year = _content(scenarios, case.scenario)["ar"][str(case.year)]
    resolved = resolve_terms(agreement, asked, counted)
    return _result(case, year, resolved)


def _result(case: ScenarioCase, year: Mapping[str, object], resolved: object) -> FeeResult:
    """The sealed fees as a FeeResult; only what they rest on is resolved anew, for explanations."""
    places = {
        (andel.party.party_id, block.block.id): andel
        for block in resolved.block
        for andel in block.shares
    }
    blocks = tuple(
        BlockTotal(
            id=block_id,
            name=row["namn"],
            clause=row["klausul"],
            target_kr=row["mal_kr"],
            financed_kr=row["finansierat_kr"],
            weight=Fraction(row["vikt"]),
            free_weight=Fraction(row["fri_vikt"]),
            free_kr=row["fria_kr"],
        )
        for block_id, row in _order(resolved, year["block"])
    )
    order = [block.id for block in blocks]
    parties = []
    for row in sorted(year["avgift"].values(), key=lambda r: (order.index(r["block"]), r["part"])):
        andel = places.get((row["part"], row["block"]))
        if andel is None:
            raise SealBroken(
                case.scenario.name, [f"{row['namn']} har en avgift men är ingen betalande part."]
            )
        parties.append(
            Fee(
                party=row["part"],
                name=row["namn"],
                block=row["block"],
                weight=Fraction(row["vikt"]),
                ideal_kr=row["ideal_kr"],
                ceiling_kr=row["tak_kr"],
                fee_kr=row["avgift_kr"],
                at_ceiling=row["vid_tak"],
                count=andel.count,
                ceiling_count=andel.ceiling_count,
            )
        )
    return FeeResult(
        year=case.year,
        frame_kr=year["summa"]["ram_kr"],
        block=blocks,
        parties=tuple(parties),
        terms=resolved,
    )


def _order(resolved: object, blocks: Mapping[str, object]) -> list[tuple[str, Mapping]]:
    """The sealed blocks in the agreement's order."""
    known = [block.block.id for block in resolved.block]
    return sorted(blocks.items(), key=lambda pair: known.index(pair[0]))
