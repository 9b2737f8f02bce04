"""What every party pays, and what nobody pays (K1, K3–K6): one SQL statement for all cases.

The rule is avgifter.sql. This module hands it relations and gives back rows; `compute_many` for
one case with everything a person asks about it, `compute` for many cases as Arrow tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.agreement.contract import Agreement
from analytics.errors import BadFile, PopulationMissing
from analytics.fees import engine
from analytics.fees.engine import LISTS, ROWS, STATEMENT, Relations
from analytics.fees.question import Question, without_series_in_fixed_ceilings
from analytics.fees.terms import Terms, resolve_terms
from analytics.reference import population as reference_population
from analytics.reference.database import Database
from analytics.reference.population import Count
from analytics.reference.tables import Row

STATUS = ("utfall", "uppskattad", "prognos")  # from certain to uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One party's year. Whole kronor; `weight` is exact.

    `ideal_kr` is the share without ceilings, `ceiling_kr` None where there is no ceiling.
    """

    party: str
    name: str
    block: str
    weight: Fraction
    ideal_kr: int
    ceiling_kr: int | None
    fee_kr: int
    at_ceiling: bool
    count: Count | None
    ceiling_count: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTotal:
    """A block's year: what it should finance, what it does, and the rest (negative: too much)."""

    id: str
    name: str
    clause: str
    target_kr: int
    financed_kr: int
    weight: Fraction
    free_weight: Fraction
    free_kr: int

    @property
    def unfunded_kr(self) -> int:
        return self.target_kr - self.financed_kr


@dataclass(frozen=True, kw_only=True)
class FeeResult:
    """One case: the frame, the blocks, the parties (by block, then id), and what it rests on."""

    year: int
    frame_kr: int
    block: tuple[BlockTotal, ...]
    parties: tuple[Fee, ...]
    terms: Terms

    @property
    def financed_kr(self) -> int:
        return sum(block.financed_kr for block in self.block)

    @property
    def unfunded_kr(self) -> int:
        return self.frame_kr - self.financed_kr

    @property
    def readings(self) -> Mapping[str, str]:
        return self.terms.readings

    def party(self, party_id: str) -> Fee | None:
        return next((p for p in self.parties if p.party == party_id), None)

    def ceiling_clause(self, block_id: str) -> str | None:
        """Return the clause of the ceiling of one block: each block has its own."""
        return next(b.block.ceiling_clause for b in self.terms.block if b.block.id == block_id)

    def population(self, ceiling: bool = False) -> tuple[date, str] | None:
        """Return the date of the inhabitants behind fees (or ceilings), and the weakest status."""
        ids = [b.ceiling_date if ceiling else b.day for b in self.terms.block]
        days = [self.terms.day[name] for name in ids if name]
        found = [p.ceiling_count if ceiling else p.count for p in self.parties]
        status = [count.status for count in found if count is not None]
        return (days[0], max(status, key=STATUS.index)) if days and status else None


class Population:
    """The inhabitants that a question needs, fetched once per date. Own figures go first."""

    def __init__(self, db: Database, own_file=None, parties: Sequence[str] | None = None) -> None:
        self._db, self._file = db, own_file
        self._parties = None if parties is None else tuple(parties)

    def __call__(self, party_id: str, day: date) -> Count:
        key = ("folkmangd", day, self._file, self._parties)
        known = self._db.remember(key, lambda: self._at(day))
        if party_id not in known:
            raise PopulationMissing([party_id], day, None)
        return known[party_id]

    def remarks(self) -> list[str]:
        """Return what the reader of the own file should know; of one that is not read, nothing."""
        if self._file is None:
            return []
        try:
            return reference_population.remarks_on(self._db, self._file, self._parties)
        except BadFile:  # told by who needs the figures
            return []

    def own_figures(self) -> list[Row]:
        """Return the figures of the own file, that go first; of one that is not read, none."""
        if self._file is None:
            return []
        try:
            return reference_population.figures_of(self._db, self._file, self._parties)
        except BadFile:  # told by who needs the figures
            return []

    def _at(self, day: date) -> dict[str, Count]:
        found = reference_population.at(self._db, [day], self._file, self._parties)
        return {party: count for (party, _), count in found.items()}


def counts_for(db: Database, agreement: Agreement, own_file: Path | None = None) -> Population:
    """Return the inhabitants of the agreement's own parties that are counted, or of kommunerna.

    *own_file* is a population file whose figures go first (population.at).
    """
    if not agreement.own_parties:
        return Population(db, own_file)
    groups = agreement.groups_with_inhabitants()
    counted = {row["part_id"] for row in agreement.own_parties if row["grupp"] in groups}
    return Population(db, own_file, sorted(counted))


def compute_many(
    db: Database,
    agreement: Agreement,
    questions: Sequence[Question],
    population: Population | None = None,
) -> list[FeeResult]:
    """Return one FeeResult per Question (each a single case), computed in one statement.

    Raises what terms.resolve_terms raises.
    """
    counts = population or counts_for(db, agreement)
    resolved = [resolve_terms(agreement, question, counts) for question in questions]
    relations = Relations()
    for number, case in enumerate(resolved):
        relations.add(case, np.array([number]))
    rows = [row for chunk in relations.parts(STATEMENT) for row in engine.as_rows(db, chunk, LISTS)]
    found = {(row["fall"], row["nr"]): row for row in rows}
    return [_result(n, case, found) for n, case in enumerate(resolved)]


def compute(
    db: Database,
    agreement: Agreement,
    question: Question,
    population: Population | None = None,
    ask: str = ROWS,
) -> Iterator[tuple[pa.Table, list[Terms]]]:
    """Yield the answer to *ask* (a SELECT over `fordelad`) for the cases of *question*, in chunks.

    Case numbers are 0, 1, … in the order of the series; a party is its place in
    `[andel.party.party_id for andel in terms.block[number - 1].shares]`.
    """
    counts = population or counts_for(db, agreement)
    relations = Relations()
    groups = []
    for cases, group in without_series_in_fixed_ceilings(agreement, question):
        groups.append(resolve_terms(agreement, group, counts))
        relations.add(groups[-1], cases)
    for chunk in relations.parts(STATEMENT):
        yield engine.as_table(db, chunk, ask), groups


def _result(number: int, v: Terms, found: Mapping[tuple[int, int], Mapping]) -> FeeResult:
    parties, blocks = [], []
    for block_number, block in enumerate(v.block, 1):
        row = found[number, block_number]
        scale = Fraction(block.weights[0]) / block.shares[0].weight if block.shares else Fraction(1)
        blocks.append(
            BlockTotal(
                id=block.block.id,
                name=block.block.name,
                clause=block.block.clause,
                target_kr=row["mal_kr"],
                financed_kr=row["finansierat_kr"],
                weight=sum((andel.weight for andel in block.shares), Fraction(0)),
                free_weight=Fraction(row["fri_vikt"]) / scale,
                free_kr=row["fria_kr"],
            )
        )
        columns = (row["parter"], row["ideal"], row["tak"], row["avgift"], row["vid_tak"])
        for place, ideal, ceiling, fee, at_ceiling in sorted(zip(*columns, strict=True)):
            a = block.shares[place]
            parties.append(
                Fee(
                    party=a.party.party_id,
                    name=a.party.name,
                    block=block.block.id,
                    weight=a.weight,
                    ideal_kr=int(ideal),
                    ceiling_kr=None if ceiling is None else int(ceiling),
                    fee_kr=int(fee),
                    at_ceiling=at_ceiling,
                    count=a.count,
                    ceiling_count=a.ceiling_count,
                )
            )
    return FeeResult(
        year=v.question.year,
        frame_kr=int(v.frame.num[0]),
        block=tuple(blocks),
        parties=tuple(parties),
        terms=v,
    )
