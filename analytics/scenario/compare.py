"""Compares scenarios with the agreement in force: who pays more, who less, and how much (K3–K6).

Over one year or a span of years; amounts over a span are sums. What differs between the scenarios
is told in words before any figure: comparison_words.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.agreement.contract import Agreement
from analytics.errors import AgreementError
from analytics.fees.payments import FeeResult
from analytics.reference.database import Database
from analytics.scenario.dated import IN_FORCE, Scenario
from analytics.scenario.errors import BadComparison
from analytics.scenario.results import ScenarioCase, fees_of
from analytics.scenario.saved import Scenarios

FEWEST, MOST = 1, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One party in one scenario, against the agreement in force. Whole kronor over the span.

    `andel` is the change as a share of the fee in force, None where there was none;
    `per_inhabitant` kronor per inhabitant and year, None for a party that does not pay by
    inhabitants.
    """

    party: str
    name: str
    block: str
    before_kr: int
    after_kr: int
    andel: Fraction | None
    per_inhabitant: Fraction | None

    @property
    def delta_kr(self) -> int:
        return self.after_kr - self.before_kr


@dataclass(frozen=True)
class CaseOutcome:
    """One scenario over the span. `answer` has one FeeResult per year."""

    scenario: Scenario
    answer: Mapping[int, FeeResult]
    parties: tuple[Difference, ...]

    @property
    def more(self) -> tuple[Difference, ...]:
        return tuple(p for p in self.parties if p.delta_kr > 0)

    @property
    def less(self) -> tuple[Difference, ...]:
        return tuple(p for p in self.parties if p.delta_kr < 0)

    @property
    def equal(self) -> tuple[Difference, ...]:
        return tuple(p for p in self.parties if p.delta_kr == 0)

    @property
    def frame_kr(self) -> int:
        return sum(r.frame_kr for r in self.answer.values())

    @property
    def financed_kr(self) -> int:
        return sum(r.financed_kr for r in self.answer.values())

    @property
    def unfunded_kr(self) -> int:
        return sum(r.unfunded_kr for r in self.answer.values())


@dataclass(frozen=True)
class Comparison:
    """`in_force` and the scenarios that could be computed; `without` says why another could not."""

    year: tuple[int, ...]
    in_force: CaseOutcome
    outcome: tuple[CaseOutcome, ...]
    without: tuple[tuple[Scenario, str], ...]


def compare(
    db: Database,
    agreement: Agreement,
    scenarios: Scenarios,
    items: Sequence[Scenario],
    since: int,
    until: int | None = None,
) -> Comparison:
    """Return *items* against the agreement in force, from year *since* to *until*.

    Raises BadComparison for a span or a number of scenarios that cannot be compared, and what
    payments.compute_many raises where the agreement in force has no answer.
    """
    years = tuple(range(since, (since if until is None else until) + 1))
    items = list(dict.fromkeys(item for item in items if item.id))
    first, last = agreement.since.year, agreement.through
    if not years or years[0] < first or years[-1] > last:
        raise BadComparison(
            f"Åren {since}–{until} går inte att jämföra. Välj år från {first} till {last} (K10), "
            "det "
            "första före det sista."
        )
    if not FEWEST <= len(items) <= MOST:
        raise BadComparison(
            f"{len(items)} scenarier är valda. Välj {FEWEST}–{MOST}; gällande avtal är alltid med."
        )
    cases = [ScenarioCase(item, year) for item in (IN_FORCE, *items) for year in years]
    answers = fees_of(db, agreement, scenarios, cases)
    found: dict[str, dict[int, FeeResult]] = {}
    without: dict[str, str] = {}
    for case, answer in zip(cases, answers, strict=True):
        if isinstance(answer, FeeResult):
            found.setdefault(case.scenario.id, {})[case.year] = answer
        elif not case.scenario.id:
            raise answer
        else:
            without.setdefault(case.scenario.id, _without(answer, case.year))
    base = found[""]
    return Comparison(
        years,
        outcomes(IN_FORCE, base, base),
        tuple(outcomes(i, base, found[i.id]) for i in items if i.id not in without),
        tuple((i, without[i.id]) for i in items if i.id in without),
    )


def _without(error: AgreementError, year: int) -> str:
    return str(error) if str(year) in str(error) else f"{year}: {error}"


def outcomes(
    item: Scenario, base: Mapping[int, FeeResult], answers: Mapping[int, FeeResult]
) -> CaseOutcome:
    """Return *answers* (one per year) against *base*, party by party, kommuner first."""
    totals_before, totals_after = _totals(base), _totals(answers)
    rows = []
    for key in sorted(
        {*totals_before, *totals_after}, key=lambda k: (_block_order(base, answers, k[1]), k[0])
    ):
        before, after = totals_before.get(key), totals_after.get(key)
        name = (after or before)[0]
        before_kr, after_kr = (before[1] if before else 0), (after[1] if after else 0)
        heads = (after or before)[2]
        delta = after_kr - before_kr
        rows.append(
            Difference(
                party=key[0],
                name=name,
                block=key[1],
                before_kr=before_kr,
                after_kr=after_kr,
                andel=Fraction(delta, before_kr) if before_kr else None,
                per_inhabitant=Fraction(delta, heads) if heads else None,
            )
        )
    return CaseOutcome(item, answers, tuple(rows))


def _totals(answers: Mapping[int, FeeResult]) -> dict[tuple[str, str], tuple[str, int, int]]:
    """(party, block) → latest name, fee over the years, inhabitants summed over the years."""
    sums: dict[tuple[str, str], tuple[str, int, int]] = {}
    for year in sorted(answers):
        for p in answers[year].parties:
            _, fee, heads = sums.get((p.party, p.block), ("", 0, 0))
            count = p.count.count if p.count else 0
            sums[p.party, p.block] = (p.name, fee + p.fee_kr, heads + count)
    return sums


def _block_order(
    base: Mapping[int, FeeResult], answers: Mapping[int, FeeResult], block: str
) -> int:
    order = [b.id for r in (*base.values(), *answers.values()) for b in r.block]
    return order.index(block)
