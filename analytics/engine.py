"""Runs sql/avgifter.sql: lays the resolved terms out as relations, prepares once, executes often.

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

from analytics.agreement_blocks import Sats
from analytics.database import Database, sql
from analytics.errors import TooLarge
from analytics.question import Serie
from analytics.terms import Blockvillkor, Villkor

T = TypeVar("T")
TOO_WIDE = (duckdb.OutOfRangeException, duckdb.ConversionException)
SATS = 10_000  # cases per statement: bounds the memory, costs nothing in time
# One row per case and party.
RADER = """
select
    fall, (nr - 1)::utinyint as nr, unnest(parter)::smallint as part,
    unnest(ideal)::bigint as ideal_kr, unnest(tak)::bigint as tak_kr,
    unnest(avgift)::bigint as avgift_kr, unnest(vid_tak) as vid_tak
from fordelad
"""
LISTOR = "select * from fordelad"

FALL_IN = pa.schema(
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
PROFIL_IN = pa.schema(
    {
        "profil": pa.int64(),
        "part": pa.int64(),
        "vikt": pa.int64(),
        "tak_bas": pa.int64(),
        "tak_kr": pa.int64(),
        "golv_kr": pa.int64(),
    }
)


class Relationer:
    """The relations that the statement reads, one resolved Uppgift at a time."""

    def __init__(self) -> None:
        self._fall: list[dict[str, object]] = []
        self._block: list[dict[str, object]] = []
        self._profil: dict[str, list] = {n: [] for n in PROFIL_IN.names}
        self._profiler: dict[tuple, int] = {}

    def lagg_till(self, v: Villkor, cases: np.ndarray) -> None:
        n = len(cases)
        delar = np.column_stack(
            [np.broadcast_to(0 if d is None else d, n) for d in v.delar]
        ).astype(np.int64)
        self._fall.append(
            {
                "fall": cases,
                "ram_kr": np.broadcast_to(v.ram.num, n),
                "delar": delar,
                "del_den": v.del_den,
            }
        )
        for nr, block in enumerate(v.block, 1):
            self._block.append(
                {
                    "fall": cases,
                    "nr": nr,
                    "profil": self._profilnummer(block),
                    "efter": block.block.efter,
                    **_sats("pris", block.pris, block.block.pris, n),
                    **_sats("tak", block.tak, block.block.tak[0] if block.block.tak else None, n),
                    "omfordela": block.block.omfordela,
                    "avrundning": block.block.avrundning,
                }
            )

    def _profilnummer(self, block: Blockvillkor) -> int:
        rows = (block.vikter, block.tak_baser, block.fasta_tak, block.golv)
        if rows not in self._profiler:
            number = self._profiler[rows] = len(self._profiler)
            size = len(block.vikter)
            for name, values in zip(
                PROFIL_IN.names, ([number] * size, range(size), *rows), strict=True
            ):
                self._profil[name].extend(values)
        return self._profiler[rows]

    def delar(self, size: int) -> Iterator[dict[str, pa.Table]]:
        """Yield the relations for at most *size* cases at a time."""
        profil = pa.table(self._profil, schema=PROFIL_IN)
        fall, block = _kolumner(self._fall, FALL_IN), _kolumner(self._block, BLOCK_IN)
        order = np.argsort(fall["fall"].to_numpy(), kind="stable")
        fall = fall.take(order) if len(fall) > 1 else fall
        numbers = block["fall"].to_numpy()
        for start in range(0, max(len(fall), 1), size):
            part = fall.slice(start, size)
            if len(fall) <= size:
                chosen = block
            else:
                low, high = part["fall"][0].as_py(), part["fall"][-1].as_py()
                chosen = block.filter(pa.array((numbers >= low) & (numbers <= high)))
            yield {"fall_in": part, "block_in": chosen, "profil_in": profil}


def _sats(name: str, serie: Serie | None, rule: Sats | None, n: int) -> dict[str, object]:
    if serie is None:
        return {f"{name}_num": None, f"{name}_den": None, f"{name}_av_ram": None}
    factor = gcd(serie.den, int(np.gcd.reduce(serie.num)) or serie.den)
    if serie.den // factor >= 2**63:
        raise TooLarge
    return {
        f"{name}_num": np.broadcast_to(serie.num // factor, n),
        f"{name}_den": serie.den // factor,
        f"{name}_av_ram": rule.av_ram,
    }


def _kolumner(groups: Sequence[Mapping[str, object]], schema: pa.Schema) -> pa.Table:
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


class _Kalla:
    """An Arrow source whose table can be exchanged without the prepared statement noticing."""

    def __init__(self, schema: pa.Schema) -> None:
        self.tabell = schema.empty_table()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.tabell.__arrow_c_stream__(requested_schema)


class _Forberedd:
    """A cursor with the statement prepared over three exchangeable relations."""

    def __init__(self, db: Database, width: str, fraga: str) -> None:
        self._cursor = db.cursor()
        schemas = {"fall_in": FALL_IN, "block_in": BLOCK_IN, "profil_in": PROFIL_IN}
        self._kallor = {name: _Kalla(schema) for name, schema in schemas.items()}
        for name, kalla in self._kallor.items():
            self._cursor.register(name, kalla)
        rule = sql("avgifter").replace("heltal", width)
        self._cursor.execute(f"prepare fordela as {rule} {fraga}")

    def _lagg_in(self, relations: Mapping[str, pa.Table]) -> None:
        for name, table in relations.items():
            self._kallor[name].tabell = table

    def tabell(self, relations: Mapping[str, pa.Table]) -> pa.Table:
        self._lagg_in(relations)
        return self._cursor.sql("execute fordela").to_arrow_table()

    def rader(self, relations: Mapping[str, pa.Table]) -> list[dict[str, object]]:
        """The same as dicts; for few rows this is twice as fast."""
        self._lagg_in(relations)
        self._cursor.execute("execute fordela")
        columns = [column[0] for column in self._cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in self._cursor.fetchall()]


def tabell(db: Database, relations: Mapping[str, pa.Table], fraga: str) -> pa.Table:
    """Return the answer to *fraga*, a SELECT over `fordelad` (one row per case and block).

    Computed in bigint, and again in hugeint only if an amount times a weight does not fit.
    Raises TooLarge if not even that is enough.
    """
    return _kor(db, fraga, lambda prepared: prepared.tabell(relations))


def rader(db: Database, relations: Mapping[str, pa.Table], fraga: str) -> list[dict[str, object]]:
    """The same as `tabell`, as dicts."""
    return _kor(db, fraga, lambda prepared: prepared.rader(relations))


def _kor(db: Database, fraga: str, ask: Callable[[_Forberedd], T]) -> T:
    try:
        return _lana(db, "bigint", fraga, ask)
    except TOO_WIDE:
        pass
    try:
        return _lana(db, "hugeint", fraga, ask)
    except TOO_WIDE as error:
        raise TooLarge from error


def _lana(db: Database, width: str, fraga: str, ask: Callable[[_Forberedd], T]) -> T:
    """Borrow a prepared cursor from the pool, or make one. One that failed is not put back."""
    pool = db.minns(("forberedda", width, fraga), list)
    try:
        prepared = pool.pop()
    except IndexError:
        prepared = _Forberedd(db, width, fraga)
    answer = ask(prepared)
    pool.append(prepared)
    return answer
