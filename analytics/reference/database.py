"""The one door to DuckDB: an in-memory database with the tables in data/, and the rooms' queries.

What is remembered belongs to a subject, and is forgotten when that subject's tables change: a
ledger that is read in does not empty the memory of the fees.

Every use takes its own cursor; a connection shared by threads gives wrong answers. Replacing a
table is one statement under one lock, so a reader sees the old rows or the new, never both.
"""

import atexit
import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from analytics.reference import tables
from analytics.reference.sources import SHIPPED
from analytics.reference.tables import Row, TableSpec

DATA = Path(__file__).parents[2] / "data"
T = TypeVar("T")
ROOMS = Path(__file__).parents[1]
SHIPPED_DATA, LEDGER = "data", "ledger"  # the subjects: what rests on data/, and on the ledger too


@cache
def sql(name: str) -> str:
    """Return the text of <name>.sql, whose room it finds. KeyError if there is no such query."""
    path = next(ROOMS.glob(f"*/{name}.sql"), None)
    if path is None:
        raise KeyError(f"no query named {name!r} in any room of {ROOMS.name}/")
    return path.read_text("utf-8")


class Database:
    """The tables of one data folder. Safe to share between threads."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._connection.execute(sql("makron"))
        self._lock = threading.RLock()
        self._memory: dict[str, dict[Hashable, object]] = {}

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of one's own on the same tables; close it, or use it in `with`."""
        with self._lock:
            return self._connection.cursor()

    def close(self) -> None:
        """Let go of everything. What was lent out must be given back first."""
        self.forget()
        self._connection.close()

    def query(
        self, name: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, object]]:
        """Run <name>.sql with *parameters* bound by name; one dict per row."""
        with self.cursor() as cursor:
            cursor.execute(sql(name), parameters)
            columns = [column[0] for column in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def remember(self, key: Hashable, make: Callable[[], T], *, of: str = SHIPPED_DATA) -> T:
        """Return what *make* gave for *key* since a table of the subject *of* was replaced."""
        memory = self._memory.setdefault(of, {})
        if key not in memory:
            memory[key] = make()
        return memory[key]

    def forget(self, of: str = SHIPPED_DATA) -> None:
        """Forget what is remembered of a subject; all rests on the shipped data."""
        self._memory = {} if of == SHIPPED_DATA else {**self._memory, of: {}}

    def replace(self, spec: TableSpec, rows: Iterable[Row]) -> None:
        """Put *rows* in the place of all rows of the table that *spec* describes.

        The table is made if it is new. A failure leaves the table as it was.
        """
        rows = list(rows)
        columns = {c.name: [row[c.name] for row in rows] for c in spec.columns}
        values = ", ".join(f"unnest(${c.name}::{c.sql_type}[]) AS {c.name}" for c in spec.columns)
        with self._lock, self.cursor() as cursor:
            cursor.execute(f"CREATE OR REPLACE TABLE {spec.name} AS SELECT {values}", columns)
            self.forget()

    def replace_all(
        self,
        tables: Mapping[str, pa.Table],
        *,
        adding: Collection[str] = (),
        then: Sequence[str] = (),
        of: str = SHIPPED_DATA,
    ) -> None:
        """Put Arrow tables in the place of the tables so named, all or none, in one transaction.

        What is remembered of the subject *of* is forgotten.

        Those in *adding* get the rows added instead. Each query named in *then* becomes the
        table of its name, computed anew. A failure leaves everything as it was.
        """
        with self._lock, self.cursor() as cursor:
            cursor.begin()
            try:
                for name, rows in tables.items():
                    cursor.register("nya_rader", rows)
                    make = "INSERT INTO" if name in adding else "CREATE OR REPLACE TABLE"
                    cursor.execute(
                        f"{make} {name} {'' if name in adding else 'AS'} SELECT * FROM nya_rader"
                    )
                    cursor.unregister("nya_rader")
                for name in then:
                    cursor.execute(f"CREATE OR REPLACE TABLE {name} AS {sql(name)}")
                cursor.commit()
            except BaseException:
                cursor.rollback()
                raise
            self.forget(of)


def build(data_dir: Path = DATA) -> Database:
    """Return a database with every table of *data_dir*. Raises BadFile at a row that is wrong."""
    database = Database()
    known: dict[str, set[object]] = {}
    for spec in SHIPPED:
        rows = tables.read(data_dir / spec.file, spec, known)
        known[spec.name] = {row[spec.key[0]] for row in rows}
        database.replace(spec, rows)
    return database


_building = threading.Lock()


@cache
def _built() -> Database:
    database = build()
    atexit.register(database.close)
    return database


def shared() -> Database:
    """Return the database of this process, built at the first call from the shipped data."""
    with _building:
        return _built()
