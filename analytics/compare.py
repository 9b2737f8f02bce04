"""Compares scenarios with the agreement in force: who pays more, who less, and how much (K3–K6).

Over one year or a span of years; amounts over a span are sums. What differs between the scenarios
is told in words before any figure: compare_words.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.errors_scenario import BadComparison
from analytics.fees import Resultat
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_results import Fall, avgifter
from analytics.scenario_store import Scenarier

FEWEST, MOST = 1, 8


@dataclass(frozen=True, slots=True)
class Skillnad:
    """One party in one scenario, against the agreement in force. Whole kronor over the span.

    `andel` is the change as a share of the fee in force, None where there was none; `per_inv`
    kronor per inhabitant and year, None for a party that does not pay by inhabitants.
    """

    part: str
    namn: str
    block: str
    fore_kr: int
    efter_kr: int
    andel: Fraction | None
    per_inv: Fraction | None

    @property
    def delta_kr(self) -> int:
        return self.efter_kr - self.fore_kr


@dataclass(frozen=True)
class Utfall:
    """One scenario over the span. `svar` has one Resultat per year."""

    scenario: Scenario
    svar: Mapping[int, Resultat]
    parter: tuple[Skillnad, ...]

    @property
    def mer(self) -> tuple[Skillnad, ...]:
        return tuple(p for p in self.parter if p.delta_kr > 0)

    @property
    def mindre(self) -> tuple[Skillnad, ...]:
        return tuple(p for p in self.parter if p.delta_kr < 0)

    @property
    def lika(self) -> tuple[Skillnad, ...]:
        return tuple(p for p in self.parter if p.delta_kr == 0)

    @property
    def ram_kr(self) -> int:
        return sum(r.ram_kr for r in self.svar.values())

    @property
    def finansierat_kr(self) -> int:
        return sum(r.finansierat_kr for r in self.svar.values())

    @property
    def ofinansierat_kr(self) -> int:
        return sum(r.ofinansierat_kr for r in self.svar.values())


@dataclass(frozen=True)
class Jamforelse:
    """`gallande` and the scenarios that could be computed; `utan` says why another could not."""

    ar: tuple[int, ...]
    gallande: Utfall
    utfall: tuple[Utfall, ...]
    utan: tuple[tuple[Scenario, str], ...]


def jamfor(
    db: Database,
    avtal: Avtal,
    scenarier: Scenarier,
    items: Sequence[Scenario],
    fran: int,
    till: int | None = None,
) -> Jamforelse:
    """Return *items* against the agreement in force, from year *fran* to *till*.

    Raises BadComparison for a span or a number of scenarios that cannot be compared, and what
    fees.avgifter raises where the agreement in force has no answer.
    """
    years = tuple(range(fran, (fran if till is None else till) + 1))
    items = list(dict.fromkeys(item for item in items if item.id))
    first, last = avtal.fran.year, avtal.till_och_med
    if not years or years[0] < first or years[-1] > last:
        raise BadComparison(
            f"Åren {fran}–{till} går inte att jämföra. Välj år från {first} till {last} (K10), det "
            "första före det sista."
        )
    if not FEWEST <= len(items) <= MOST:
        raise BadComparison(
            f"{len(items)} scenarier är valda. Välj {FEWEST}–{MOST}; gällande avtal är alltid med."
        )
    cases = [Fall(item, year) for item in (GALLANDE, *items) for year in years]
    answers = avgifter(db, avtal, scenarier, cases)
    found: dict[str, dict[int, Resultat]] = {}
    without: dict[str, str] = {}
    for case, answer in zip(cases, answers, strict=True):
        if isinstance(answer, Resultat):
            found.setdefault(case.scenario.id, {})[case.year] = answer
        elif not case.scenario.id:
            raise answer
        else:
            without.setdefault(case.scenario.id, _utan(answer, case.year))
    base = found[""]
    return Jamforelse(
        years,
        utfall(GALLANDE, base, base),
        tuple(utfall(i, base, found[i.id]) for i in items if i.id not in without),
        tuple((i, without[i.id]) for i in items if i.id in without),
    )


def _utan(error: AgreementError, year: int) -> str:
    return str(error) if str(year) in str(error) else f"{year}: {error}"


def utfall(item: Scenario, base: Mapping[int, Resultat], answers: Mapping[int, Resultat]) -> Utfall:
    """Return *answers* (one per year) against *base*, party by party, kommuner first."""
    before, after = _summor(base), _summor(answers)
    rows = []
    for key in sorted({*before, *after}, key=lambda k: (_blockordning(base, answers, k[1]), k[0])):
        fore, efter = before.get(key), after.get(key)
        name = (efter or fore)[0]
        fore_kr, efter_kr = (fore[1] if fore else 0), (efter[1] if efter else 0)
        heads = (efter or fore)[2]
        delta = efter_kr - fore_kr
        rows.append(
            Skillnad(
                key[0],
                name,
                key[1],
                fore_kr,
                efter_kr,
                Fraction(delta, fore_kr) if fore_kr else None,
                Fraction(delta, heads) if heads else None,
            )
        )
    return Utfall(item, answers, tuple(rows))


def _summor(answers: Mapping[int, Resultat]) -> dict[tuple[str, str], tuple[str, int, int]]:
    """(party, block) → latest name, fee over the years, inhabitants summed over the years."""
    sums: dict[tuple[str, str], tuple[str, int, int]] = {}
    for year in sorted(answers):
        for p in answers[year].parter:
            _, fee, heads = sums.get((p.part, p.block), ("", 0, 0))
            count = p.antal.antal if p.antal else 0
            sums[p.part, p.block] = (p.namn, fee + p.avgift_kr, heads + count)
    return sums


def _blockordning(base: Mapping[int, Resultat], answers: Mapping[int, Resultat], block: str) -> int:
    order = [b.id for r in (*base.values(), *answers.values()) for b in r.block]
    return order.index(block)
