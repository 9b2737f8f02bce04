"""Runs avgifter.sql: lays the resolved terms out as relations, prepares once, executes often.

Planning the statement takes four times as long as answering one case with it, so each cursor of
a pool keeps it prepared over relations that are exchanged. (Over temporary tables DuckDB plans it
anew each time.)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import gcd
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa

from analytics.agreement.blocks import Rate
from analytics.errors import TooLarge
from analytics.fees.question import Series
from analytics.fees.terms import BlockTerms, Terms
from analytics.reference.database import Database, sql

T = TypeVar("T")
TOO_WIDE = (duckdb.OutOfRangeException, duckdb.ConversionException)
STATEMENT = 10_000  # cases per statement: bounds the memory, costs nothing in time
# One row per case and party.
ROWS = """
select
    fall, (nr - 1)::utinyint as nr, unnest(parter)::smallint as part,
    unnest(ideal)::bigint as ideal_kr, unnest(tak)::bigint as tak_kr,
    unnest(avgift)::bigint as avgift_kr, unnest(vid_tak) as vid_tak
from fordelad
"""
LISTS = "select * from fordelad"

CASES_INPUT = pa.schema(
    {"fall": pa.int64(), "ram_kr": pa.int64(), "delar": pa.list_(pa.int64()), "del_den": pa.int64()}
)
BLOCK_IN = pa.schema(
    {
        "fall": pa.int64(),
        "nr": pa.int64(),
        "profil": pa.int64(),
        "efter": pa.string(),
        "pris_num": pa.int64(),
        "pris_den": pa.int64(),
        "pris_av_ram": pa.bool_(),
        "tak_num": pa.int64(),
        "tak_den": pa.int64(),
        "tak_av_ram": pa.bool_(),
        "omfordela": pa.bool_(),
        "avrundning": pa.string(),
    }
)
PROFILE_INPUT = pa.schema(
    {
        "profil": pa.int64(),
        "part": pa.int64(),
        "vikt": pa.int64(),
        "tak_bas": pa.int64(),
        "tak_kr": pa.int64(),
        "golv_kr": pa.int64(),
    }
)


class Relations:
    """The relations that the statement reads, one resolved Question at a time."""

    def __init__(self) -> None:
        self._cases: list[dict[str, object]] = []
        self._block: list[dict[str, object]] = []
        self._profile: dict[str, list] = {n: [] for n in PROFILE_INPUT.names}
        self._profile_rows: dict[tuple, int] = {}

    def add(self, v: Terms, cases: np.ndarray) -> None:
        n = len(cases)
        parts = np.column_stack(
            [np.broadcast_to(0 if d is None else d, n) for d in v.parts]
        ).astype(np.int64)
        self._cases.append(
            {
                "fall": cases,
                "ram_kr": np.broadcast_to(v.frame.num, n),
                "delar": parts,
                "del_den": v.part_den,
            }
        )
        for number, block in enumerate(v.block, 1):
            self._block.append(
                {
                    "fall": cases,
                    "nr": number,
                    "profil": self._profile_number(block),
                    "efter": block.block.after,
                    **_rate("pris", block.price, block.block.price, n),
                    **_rate(
                        "tak",
                        block.ceiling,
                        block.block.ceiling[0] if block.block.ceiling else None,
                        n,
                    ),
                    "omfordela": block.block.redistribute,
                    "avrundning": block.block.rounding,
                }
            )

    def _profile_number(self, block: BlockTerms) -> int:
        rows = (block.weights, block.ceiling_bases, block.fixed_ceilings, block.floor)
        if rows not in self._profile_rows:
            number = self._profile_rows[rows] = len(self._profile_rows)
            size = len(block.weights)
            for name, values in zip(
                PROFILE_INPUT.names, ([number] * size, range(size), *rows), strict=True
            ):
                self._profile[name].extend(values)
        return self._profile_rows[rows]

    def parts(self, size: int) -> Iterator[dict[str, pa.Table]]:
        """Yield the relations for at most *size* cases at a time."""
        profile = pa.table(self._profile, schema=PROFILE_INPUT)
        cases, block = _columns(self._cases, CASES_INPUT), _columns(self._block, BLOCK_IN)
        order = np.argsort(cases["fall"].to_numpy(), kind="stable")
        cases = cases.take(order) if len(cases) > 1 else cases
        numbers = block["fall"].to_numpy()
        for start in range(0, max(len(cases), 1), size):
            part = cases.slice(start, size)
            if len(cases) <= size:
                chosen = block
            else:
                low, high = part["fall"][0].as_py(), part["fall"][-1].as_py()
                chosen = block.filter(pa.array((numbers >= low) & (numbers <= high)))
            yield {"fall_in": part, "block_in": chosen, "profil_in": profile}


def _rate(name: str, series: Series | None, rule: Rate | None, n: int) -> dict[str, object]:
    if series is None:
        return {f"{name}_num": None, f"{name}_den": None, f"{name}_av_ram": None}
    factor = gcd(series.den, int(np.gcd.reduce(series.num)) or series.den)
    if series.den // factor >= 2**63:
        raise TooLarge
    return {
        f"{name}_num": np.broadcast_to(series.num // factor, n),
        f"{name}_den": series.den // factor,
        f"{name}_av_ram": rule.of_frame,
    }


def _columns(groups: Sequence[Mapping[str, object]], schema: pa.Schema) -> pa.Table:
    """Stack the groups' columns; a single value holds for all rows of its group."""
    tables = []
    for group in groups:
        n = len(group["fall"])
        columns = []
        for column in schema:
            value = group[column.name]
            if isinstance(value, np.ndarray) and value.ndim == 2:
                offsets = np.arange(0, value.size + 1, max(value.shape[1], 1), dtype=np.int32)
                columns.append(pa.ListArray.from_arrays(offsets, pa.array(value.ravel())))
            elif isinstance(value, np.ndarray):
                columns.append(pa.array(value, column.type))
            else:
                columns.append(pa.repeat(pa.scalar(value, column.type), n))
        tables.append(pa.Table.from_arrays(columns, schema=schema))
    return pa.concat_tables(tables) if tables else schema.empty_table()


class _Source:
    """An Arrow source whose table can be exchanged without the prepared statement noticing."""

    def __init__(self, schema: pa.Schema) -> None:
        self.table = schema.empty_table()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


class _Prepared:
    """A cursor with the statement prepared over three exchangeable relations."""

    def __init__(self, db: Database, width: str, question: str) -> None:
        self._cursor = db.cursor()
        schemas = {"fall_in": CASES_INPUT, "block_in": BLOCK_IN, "profil_in": PROFILE_INPUT}
        self._sources = {name: _Source(schema) for name, schema in schemas.items()}
        for name, source in self._sources.items():
            self._cursor.register(name, source)
        rule = sql("avgifter").replace("heltal", width)
        self._cursor.execute(f"prepare fordela as {rule} {question}")

    def _put_in(self, relations: Mapping[str, pa.Table]) -> None:
        for name, table in relations.items():
            self._sources[name].table = table

    def table(self, relations: Mapping[str, pa.Table]) -> pa.Table:
        self._put_in(relations)
        return self._cursor.sql("execute fordela").to_arrow_table()

    def rows(self, relations: Mapping[str, pa.Table]) -> list[dict[str, object]]:
        """The same as dicts; for few rows this is twice as fast."""
        self._put_in(relations)
        self._cursor.execute("execute fordela")
        columns = [column[0] for column in self._cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in self._cursor.fetchall()]


def as_table(db: Database, relations: Mapping[str, pa.Table], question: str) -> pa.Table:
    """Return the answer to *question*, a SELECT over `fordelad` (one row per case and block).

    Computed in bigint, and again in hugeint only if an amount times a weight does not fit.
    Raises TooLarge if not even that is enough.
    """
    return _run(db, question, lambda prepared: prepared.table(relations))


def as_rows(
    db: Database, relations: Mapping[str, pa.Table], question: str
) -> list[dict[str, object]]:
    """The same as `as_table`, as dicts."""
    return _run(db, question, lambda prepared: prepared.rows(relations))


def _run(db: Database, question: str, query: Callable[[_Prepared], T]) -> T:
    try:
        return _borrow(db, "bigint", question, query)
    except TOO_WIDE:
        pass
    try:
        return _borrow(db, "hugeint", question, query)
    except TOO_WIDE as error:
        raise TooLarge from error


def _borrow(db: Database, width: str, question: str, query: Callable[[_Prepared], T]) -> T:
    """Borrow a prepared cursor from the pool, or make one. One that failed is not put back."""
    pool = db.remember(("forberedda", width, question), list)
    try:
        prepared = pool.pop()
    except IndexError:
        prepared = _Prepared(db, width, question)
    answer = query(prepared)
    pool.append(prepared)
    return answer
