"""What every party pays, and what nobody pays (K1, K3–K6): one SQL statement for all cases.

The rule is sql/avgifter.sql. This module hands it relations and gives back rows; `avgifter` for
one case with everything a person asks about it, `berakna` for many cases as Arrow tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics import engine, population
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.engine import LISTOR, RADER, SATS, Relationer
from analytics.errors import PopulationMissing
from analytics.population import Antal
from analytics.question import Uppgift, utan_serie_i_fasta_tak
from analytics.terms import Villkor, villkor

STATUS = ("utfall", "uppskattad", "prognos")  # from certain to uncertain


@dataclass(frozen=True, slots=True)
class Avgift:
    """One party's year. Whole kronor; `vikt` and `fri_sats` are exact.

    `ideal_kr` is the share without ceilings, `tak_kr` None where there is no ceiling, `fri_sats`
    kronor per unit of weight for those below their ceiling.
    """

    part: str
    namn: str
    block: str
    vikt: Fraction
    ideal_kr: int
    tak_kr: int | None
    avgift_kr: int
    vid_tak: bool
    antal: Antal | None
    tak_antal: Antal | None


@dataclass(frozen=True, slots=True)
class Blocksumma:
    """A block's year: what it should finance, what it does, and the rest (negative: too much)."""

    id: str
    namn: str
    klausul: str
    mal_kr: int
    finansierat_kr: int
    vikt: Fraction
    fri_vikt: Fraction
    fria_kr: int

    @property
    def ofinansierat_kr(self) -> int:
        return self.mal_kr - self.finansierat_kr


@dataclass(frozen=True)
class Resultat:
    """One case: the frame, the blocks, the parties (by block, then id), and what it rests on."""

    year: int
    ram_kr: int
    block: tuple[Blocksumma, ...]
    parter: tuple[Avgift, ...]
    villkor: Villkor

    @property
    def finansierat_kr(self) -> int:
        return sum(block.finansierat_kr for block in self.block)

    @property
    def ofinansierat_kr(self) -> int:
        return self.ram_kr - self.finansierat_kr

    @property
    def lasarter(self) -> Mapping[str, str]:
        return self.villkor.lasarter

    def part(self, part_id: str) -> Avgift | None:
        return next((p for p in self.parter if p.part == part_id), None)

    def ceiling_clause(self, block_id: str) -> str | None:
        """Return the clause of the ceiling of one block: each block has its own."""
        return next(b.block.ceiling_clause for b in self.villkor.block if b.block.id == block_id)

    def folkmangd(self, tak: bool = False) -> tuple[date, str] | None:
        """Return the date of the inhabitants behind fees (or ceilings), and the weakest status."""
        ids = [b.tak_datum if tak else b.datum for b in self.villkor.block]
        days = [self.villkor.datum[name] for name in ids if name]
        found = [p.tak_antal if tak else p.antal for p in self.parter]
        status = [antal.status for antal in found if antal is not None]
        return (days[0], max(status, key=STATUS.index)) if days and status else None


class Folkmangd:
    """The inhabitants that a question needs, fetched once per date. Own figures go first."""

    def __init__(self, db: Database, egen_fil=None, parter: Sequence[str] | None = None) -> None:
        self._db, self._file = db, egen_fil
        self._parter = None if parter is None else tuple(parter)

    def __call__(self, part_id: str, day: date) -> Antal:
        key = ("folkmangd", day, self._file, self._parter)
        known = self._db.minns(key, lambda: self._vid(day))
        if part_id not in known:
            raise PopulationMissing([part_id], day, None)
        return known[part_id]

    def _vid(self, day: date) -> dict[str, Antal]:
        found = population.at(self._db, [day], self._file, self._parter)
        return {part: antal for (part, _), antal in found.items()}


def antalen_for(db: Database, avtal: Avtal, egen_fil: Path | None = None) -> Folkmangd:
    """Return the inhabitants of the agreement's own parties that are counted, or of kommunerna.

    *egen_fil* is a population file whose figures go first (population.at).
    """
    if not avtal.egna_parter:
        return Folkmangd(db, egen_fil)
    groups = avtal.grupper_med_invanare()
    counted = {row["part_id"] for row in avtal.egna_parter if row["grupp"] in groups}
    return Folkmangd(db, egen_fil, sorted(counted))


def avgifter(
    db: Database, avtal: Avtal, uppgifter: Sequence[Uppgift], folkmangd: Folkmangd | None = None
) -> list[Resultat]:
    """Return one Resultat per Uppgift (each a single case), computed in one statement.

    Raises what terms.villkor raises.
    """
    antalen = folkmangd or antalen_for(db, avtal)
    resolved = [villkor(avtal, uppgift, antalen) for uppgift in uppgifter]
    relations = Relationer()
    for number, case in enumerate(resolved):
        relations.lagg_till(case, np.array([number]))
    rows = [row for chunk in relations.delar(SATS) for row in engine.rader(db, chunk, LISTOR)]
    found = {(row["fall"], row["nr"]): row for row in rows}
    return [_resultat(n, case, found) for n, case in enumerate(resolved)]


def berakna(
    db: Database,
    avtal: Avtal,
    uppgift: Uppgift,
    folkmangd: Folkmangd | None = None,
    fraga: str = RADER,
) -> Iterator[tuple[pa.Table, list[Villkor]]]:
    """Yield the answer to *fraga* (a SELECT over `fordelad`) for the cases of *uppgift*, in chunks.

    Case numbers are 0, 1, … in the order of the series; a part is its place in
    `[andel.part.part_id for andel in villkor.block[nr].andelar]`.
    """
    antalen = folkmangd or antalen_for(db, avtal)
    relations = Relationer()
    groups = []
    for cases, group in utan_serie_i_fasta_tak(avtal, uppgift):
        groups.append(villkor(avtal, group, antalen))
        relations.lagg_till(groups[-1], cases)
    for chunk in relations.delar(SATS):
        yield engine.tabell(db, chunk, fraga), groups


def _resultat(number: int, v: Villkor, found: Mapping[tuple[int, int], Mapping]) -> Resultat:
    parties, blocks = [], []
    for nr, block in enumerate(v.block, 1):
        row = found[number, nr]
        scale = Fraction(block.vikter[0]) / block.andelar[0].vikt if block.andelar else Fraction(1)
        blocks.append(
            Blocksumma(
                block.block.id,
                block.block.namn,
                block.block.klausul,
                row["mal_kr"],
                row["finansierat_kr"],
                sum((andel.vikt for andel in block.andelar), Fraction(0)),
                Fraction(row["fri_vikt"]) / scale,
                row["fria_kr"],
            )
        )
        columns = (row["parter"], row["ideal"], row["tak"], row["avgift"], row["vid_tak"])
        for place, ideal, ceiling, fee, at_ceiling in sorted(zip(*columns, strict=True)):
            a = block.andelar[place]
            parties.append(
                Avgift(
                    a.part.part_id,
                    a.part.namn,
                    block.block.id,
                    a.vikt,
                    int(ideal),
                    None if ceiling is None else int(ceiling),
                    int(fee),
                    at_ceiling,
                    a.antal,
                    a.tak_antal,
                )
            )
    return Resultat(v.uppgift.year, int(v.ram.num[0]), tuple(blocks), tuple(parties), v)
