"""Ledger rows in and out of the store, many at a time, on a transaction that store.py opened."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from analytics import store_rows
from analytics.store_tables import huvudbok

CHUNK = 1_000
NAMN = [column.name for column in huvudbok.c if column.name != "borttagen"]


def lagg_till(connection: Connection, values: Sequence[Mapping[str, object]]) -> None:
    """Insert ledger rows; one whose key stands already is passed over."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(huvudbok).on_conflict_do_nothing(
        index_elements=["nyckel"], index_where=huvudbok.c.borttagen.is_(None)
    )
    if dialect is postgresql:
        for start in range(0, len(values), CHUNK):
            connection.execute(insert, values[start : start + CHUNK])
        return
    # straight to the driver, with days as SQLite keeps them: much faster for many rows
    compiled = insert.compile(dialect=connection.dialect, column_keys=store_rows.KOLUMNER)
    names = compiled.positiontup
    days = {value["datum"]: value["datum"].isoformat() for value in values}
    rows = [
        tuple([days[value[name]] if name == "datum" else value[name] for name in names])
        for value in values
    ]
    if rows:
        connection.exec_driver_sql(str(compiled), rows)


def rattade(connection: Connection, values: Sequence[Mapping[str, object]]) -> int:
    """Return how many standing rows correct what *values* are to correct."""
    keys = {value["rattar"] for value in values} - {None}
    where = huvudbok.c.rattar.in_(keys) & huvudbok.c.borttagen.is_(None)
    return connection.scalar(sa.select(sa.func.count()).where(where)) if keys else 0


def efter(connection: Connection, first: int, ar: int | None) -> Sequence[Sequence[object]]:
    """Return the rows that stand with a higher id than *first*, as NAMN, in the order of id."""
    query = sa.select(*(huvudbok.c[name] for name in NAMN)).order_by(huvudbok.c.id)
    query = query.where(huvudbok.c.borttagen.is_(None), huvudbok.c.id > first)
    if ar is not None:
        query = query.where(huvudbok.c.datum.between(date(ar, 1, 1), date(ar, 12, 31)))
    return connection.execute(query).fetchall()
