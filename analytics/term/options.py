"""A term of office: an option's frame and ceiling by year, what it costs whom, what stops it.

An option is a frame path, a ceiling path and a forecast of the inhabitants. Its fees are the
engine's; this module only says what each year's question is and what the answers have in common.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from analytics import texts
from analytics.agreement.contract import Agreement
from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError
from analytics.fees.payments import FeeResult, compute_many
from analytics.fees.question import Question
from analytics.forecast.projection import CARRIED, Projection
from analytics.reference import prices
from analytics.reference.database import Database

FIXED, INDEX, PACE, OWN = "fast", "index", "takt", "egna"


class BadOption(AgreementError):
    """An option of the term cannot be computed as described."""


@dataclass(frozen=True)
class FramePath:
    """How an amount moves: `kind` fast (the start value), index, takt, or egna (a value per year).

    `start` is the value in `since`; None takes the agreement's. With index, `index` names it and
    `pace` is the yearly change assumed where the index has no figure; with takt it is the change.
    """

    kind: str = FIXED
    start: Fraction | None = None
    since: int = 2015
    index: str = "KPI"
    pace: Fraction | None = None
    own: Mapping[int, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class TermOption:
    """One option for the term. Raises TextRefused for a name that cannot be read as it looks."""

    name: str
    frame: FramePath = FramePath()
    ceiling: FramePath = FramePath()
    method: str = CARRIED
    own_methods: Mapping[str, str] = field(default_factory=dict)  # party_id → another method
    readings: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        texts.require_name("Alternativets namn", self.name)


@dataclass(frozen=True, kw_only=True)
class TermYear:
    """One year of an option. `real_value_kr`: the frame in the price level of 2015, None where no
    index reaches; `stop`: (block, clause) where all payers are at the ceiling."""

    year: int
    frame_kr: int
    ceiling: Fraction
    result: FeeResult
    real_value_kr: int | None
    stop: tuple[str, str] | None
    status: str


@dataclass(frozen=True)
class OptionOutcome:
    """An option computed: its years, and the first year and clause that stop the frame."""

    option: TermOption
    year: tuple[TermYear, ...]

    @property
    def first_stop(self) -> TermYear | None:
        return next((a for a in self.year if a.stop), None)

    @property
    def unfunded_kr(self) -> int:
        return sum(max(a.result.unfunded_kr, 0) for a in self.year)


def compute(
    db: Database,
    agreement: Agreement,
    rows: tuple[PartyRow, ...],
    options: Sequence[TermOption],
    years: Sequence[int],
    assumed: Fraction | None = None,
) -> list[OptionOutcome]:
    """Return every option over *years*. *assumed* is the yearly price change where KPI has none.

    Raises BadOption, IndexMissing, BadParameter and what terms.resolve_terms raises.
    """
    outcomes = []
    for option in options:
        frames = [
            year_of(db, agreement, option.frame, agreement.frame, year, whole_number=True)
            for year in years
        ]
        ceilings = [
            year_of(db, agreement, option.ceiling, agreement.roles["tak"], year, whole_number=False)
            for year in years
        ]
        asked = [
            Question(
                year,
                rows,
                {**option.parameters, agreement.frame: frame, agreement.roles["tak"]: ceiling},
                option.readings,
            )
            for year, (frame, _), (ceiling, _) in zip(years, frames, ceilings, strict=True)
        ]
        results = compute_many(
            db, agreement, asked, Projection(db, option.method, option.own_methods)
        )
        outcomes.append(
            OptionOutcome(
                option,
                tuple(
                    TermYear(
                        year=year,
                        frame_kr=int(frame),
                        ceiling=ceiling,
                        result=result,
                        real_value_kr=real_value(db, int(frame), year, assumed),
                        stop=stops(result),
                        status=status,
                    )
                    for year, (frame, status), (ceiling, _), result in zip(
                        years, frames, ceilings, results, strict=True
                    )
                ),
            )
        )
    return outcomes


def year_of(
    db: Database,
    agreement: Agreement,
    path: FramePath,
    parameter: str,
    year: int,
    *,
    whole_number: bool,
) -> tuple[Fraction, str]:
    """Return the path's value in *year* and how certain it is: beslutad, utfall, prognos, antagen.

    *whole_number*: whole kronor; otherwise whole öre (a ceiling per inhabitant), halves up.
    """
    start = path.start
    if start is None:
        start = agreement.parameters[parameter].on(
            agreement.since.replace(year=max(path.since, agreement.since.year))
        )
    if path.kind == FIXED:
        return start, "beslutad"
    if path.kind == OWN:
        if year not in path.own:
            raise BadOption(
                f"{agreement.parameters[parameter].name} saknar ett eget värde för {year}. Skriv "
                "ett "
                "värde för varje år, eller välj ett index."
            )
        return path.own[year], "antagen"
    units = 1 if whole_number else 100
    if path.kind == PACE:
        if path.pace is None:
            raise BadOption("Den egna årstakten saknas. Skriv en ändring i procent per år.")
        factor, status = (1 + path.pace) ** max(year - path.since, 0), "antagen"
    elif path.kind == INDEX:
        changes = prices.year_changes(db, path.index, path.since, year, path.pace)
        factor, status = prices.factor(changes), prices.weakest(changes)
    else:
        raise BadOption(f"Banan ”{path.kind[:20]}” finns inte. Välj fast, index, takt eller egna.")
    return Fraction(prices.indexed(start * units, factor), units), status


def real_value(db: Database, frame: int, year: int, assumed: Fraction | None) -> int | None:
    """Return *frame* in 2015's prices by KPI, None where KPI ends and nothing is assumed."""
    try:
        factor = prices.factor(prices.year_changes(db, "KPI", 2015, year, assumed))
    except prices.IndexMissing:
        return None
    return prices.indexed(frame, 1 / factor)


def stops(result: FeeResult) -> tuple[str, str] | None:
    """Return the block whose ceiling leaves something unfunded, and the clause of that ceiling."""
    for block, terms in zip(result.block, result.terms.block, strict=True):
        if block.unfunded_kr > 0 and terms.block.ceiling:
            return block.name, terms.block.ceiling_clause
    return None
