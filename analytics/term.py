"""A term of office: an option's frame and ceiling by year, what it costs whom, what stops it.

An option is a frame path, a ceiling path and a forecast of the inhabitants. Its fees are the
engine's; this module only says what each year's question is and what the answers have in common.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from analytics import prices
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.fees import Resultat, avgifter
from analytics.forecast import FRAMSKRIVEN, Framskrivning
from analytics.parties import PartRad
from analytics.question import Uppgift

FAST, INDEX, TAKT, EGNA = "fast", "index", "takt", "egna"
TAK = "tak_kr_per_invanare"


class BadOption(AgreementError):
    """An option of the term cannot be computed as described."""


@dataclass(frozen=True)
class Bana:
    """How an amount moves: `slag` fast (the start value), index, takt, or egna (a value per year).

    `start` is the value in `fran`; None takes the agreement's. With index, `index` names it and
    `takt` is the yearly change assumed where the index has no figure; with takt it is the change.
    """

    slag: str = FAST
    start: Fraction | None = None
    fran: int = 2015
    index: str = "KPI"
    takt: Fraction | None = None
    egna: Mapping[int, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Alternativ:
    """One option for the term."""

    namn: str
    ram: Bana = Bana()
    tak: Bana = Bana()
    metod: str = FRAMSKRIVEN
    egna_metoder: Mapping[str, str] = field(default_factory=dict)  # part_id → another method
    lasarter: Mapping[str, str] = field(default_factory=dict)
    parametrar: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Ar:
    """One year of an option. `realvarde_kr`: the frame in the price level of 2015, None where no
    index reaches; `stopp`: (block, clause) where all payers are at the ceiling."""

    year: int
    ram_kr: int
    tak: Fraction
    resultat: Resultat
    realvarde_kr: int | None
    stopp: tuple[str, str] | None
    status: str


@dataclass(frozen=True)
class Utfall:
    """An option computed: its years, and the first year and clause that stop the frame."""

    alternativ: Alternativ
    ar: tuple[Ar, ...]

    @property
    def forsta_stopp(self) -> Ar | None:
        return next((a for a in self.ar if a.stopp), None)

    @property
    def ofinansierat_kr(self) -> int:
        return sum(max(a.resultat.ofinansierat_kr, 0) for a in self.ar)


def rakna(
    db: Database,
    avtal: Avtal,
    rader: tuple[PartRad, ...],
    alternativen: Sequence[Alternativ],
    years: Sequence[int],
    antagen: Fraction | None = None,
) -> list[Utfall]:
    """Return every option over *years*. *antagen* is the yearly price change where KPI has none.

    Raises BadOption, IndexMissing, BadParameter and what terms.villkor raises.
    """
    outcomes = []
    for option in alternativen:
        frames = [vid(db, avtal, option.ram, avtal.ram, year, hela=True) for year in years]
        ceilings = [vid(db, avtal, option.tak, TAK, year, hela=False) for year in years]
        asked = [
            Uppgift(
                year,
                rader,
                {**option.parametrar, avtal.ram: frame, TAK: ceiling},
                option.lasarter,
            )
            for year, (frame, _), (ceiling, _) in zip(years, frames, ceilings, strict=True)
        ]
        results = avgifter(db, avtal, asked, Framskrivning(db, option.metod, option.egna_metoder))
        outcomes.append(
            Utfall(
                option,
                tuple(
                    Ar(
                        year,
                        int(frame),
                        ceiling,
                        result,
                        realvarde(db, int(frame), year, antagen),
                        stopp(result),
                        status,
                    )
                    for year, (frame, status), (ceiling, _), result in zip(
                        years, frames, ceilings, results, strict=True
                    )
                ),
            )
        )
    return outcomes


def vid(
    db: Database, avtal: Avtal, bana: Bana, parameter: str, year: int, *, hela: bool
) -> tuple[Fraction, str]:
    """Return the path's value in *year* and how certain it is: beslutad, utfall, prognos, antagen.

    *hela*: whole kronor; otherwise whole öre (a ceiling per inhabitant), halves up.
    """
    start = bana.start
    if start is None:
        start = avtal.parametrar[parameter].on(
            avtal.fran.replace(year=max(bana.fran, avtal.fran.year))
        )
    if bana.slag == FAST:
        return start, "beslutad"
    if bana.slag == EGNA:
        if year not in bana.egna:
            raise BadOption(
                f"{avtal.parametrar[parameter].namn} saknar ett eget värde för {year}. Skriv ett "
                "värde för varje år, eller välj ett index."
            )
        return bana.egna[year], "antagen"
    units = 1 if hela else 100
    if bana.slag == TAKT:
        if bana.takt is None:
            raise BadOption("Den egna årstakten saknas. Skriv en ändring i procent per år.")
        factor, status = (1 + bana.takt) ** max(year - bana.fran, 0), "antagen"
    elif bana.slag == INDEX:
        changes = prices.andringar(db, bana.index, bana.fran, year, bana.takt)
        factor, status = prices.faktor(changes), prices.svagast(changes)
    else:
        raise BadOption(f"Banan ”{bana.slag[:20]}” finns inte. Välj fast, index, takt eller egna.")
    return Fraction(prices.uppraknad(start * units, factor), units), status


def realvarde(db: Database, frame: int, year: int, antagen: Fraction | None) -> int | None:
    """Return *frame* in 2015's prices by KPI, None where KPI ends and nothing is assumed."""
    try:
        factor = prices.faktor(prices.andringar(db, "KPI", 2015, year, antagen))
    except prices.IndexMissing:
        return None
    return prices.uppraknad(frame, 1 / factor)


def stopp(result: Resultat) -> tuple[str, str] | None:
    """Return the block whose ceiling leaves something unfunded, and the clause of that ceiling."""
    for block, terms in zip(result.block, result.villkor.block, strict=True):
        if block.ofinansierat_kr > 0 and terms.block.tak:
            return block.namn, terms.block.ceiling_clause
    return None
