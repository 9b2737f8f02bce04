"""Ledger rows in and out of the store, many at a time, on a transaction that store.py opened."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from analytics.errors_ledger import HuvudbokAndrad
from analytics.store_rows import KOLUMNER
from analytics.store_tables import handelse, huvudbok

Row = tuple[object, ...]  # as KOLUMNER
NAMES, CORRECTS = ", ".join(KOLUMNER), KOLUMNER.index("rattar")
KNOWN = "ON CONFLICT (nyckel) WHERE borttagen IS NULL DO NOTHING"
NAMN = [column.name for column in huvudbok.c if column.name != "borttagen"]


def lagg_till(connection: Connection, values: Sequence[Row]) -> None:
    """Insert ledger rows in their order; one whose key stands already is passed over."""
    if values:
        way = _sqlite if connection.dialect.name == "sqlite" else _postgresql
        way(connection, values)


def _sqlite(connection: Connection, values: Sequence[Row]) -> None:
    """Straight to the driver: much faster for many rows."""
    marks = ", ".join("?" * len(KOLUMNER))
    connection.exec_driver_sql(
        f"INSERT INTO huvudbok ({NAMES}) VALUES ({marks}) {KNOWN}", list(values)
    )


def _postgresql(connection: Connection, values: Sequence[Row]) -> None:
    """By COPY to a table that goes with the transaction, and from there in one statement."""
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE nya_rader ON COMMIT DROP AS "
        f"SELECT 0 AS nr, {NAMES} FROM huvudbok WITH NO DATA"
    )
    try:
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"COPY nya_rader (nr, {NAMES}) FROM STDIN") as copy,
        ):
            for number, value in enumerate(values):
                copy.write_row((number, *value))
    except connection.dialect.loaded_dbapi.Error as error:  # told as all other faults are
        raise sa.exc.OperationalError("COPY", None, error) from error
    connection.exec_driver_sql(
        f"INSERT INTO huvudbok ({NAMES}) SELECT {NAMES} FROM nya_rader ORDER BY nr {KNOWN}"
    )


def rattade(connection: Connection, values: Sequence[Row]) -> int:
    """Return how many standing rows correct what *values* are to correct."""
    keys = {value[CORRECTS] for value in values} - {None}
    where = huvudbok.c["rattar"].in_(keys) & huvudbok.c["borttagen"].is_(None)
    return connection.scalar(sa.select(sa.func.count()).where(where)) if keys else 0


def krav_sedd(connection: Connection, sedd: int | None) -> None:
    """Raise HuvudbokAndrad when the ledger has events after number *sedd*; None asks nothing."""
    last = sa.select(sa.func.coalesce(sa.func.max(handelse.c["seq"]), 0))
    if sedd is not None and connection.scalar(last.where(handelse.c["slag"] == "huvudbok")) != sedd:
        raise HuvudbokAndrad


def efter(connection: Connection, first: int, ar: int | None) -> Sequence[Sequence[object]]:
    """Return the rows that stand with a higher id than *first*, as NAMN, in the order of id."""
    query = sa.select(*(huvudbok.c[name] for name in NAMN)).order_by(huvudbok.c["id"])
    query = query.where(huvudbok.c["borttagen"].is_(None), huvudbok.c["id"] > first)
    if ar is not None:
        query = query.where(huvudbok.c["datum"].between(date(ar, 1, 1), date(ar, 12, 31)))
    return connection.execute(query).fetchall()
