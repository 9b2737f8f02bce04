"""Ledger rows in and out of the store, many at a time, each with a key by which it is known (K7).

A row is never changed: one that is withdrawn is marked, a correction is a new row that names it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from analytics.ledger.errors import LedgerChanged, RowExists
from analytics.ledger.row import LedgerRow
from analytics.store.errors import PostMissing
from analytics.store.posts import Remove, Store, Write
from analytics.store.tables import event, ledger_rows

Row = tuple[object, ...]  # as COLUMNS
COLUMNS = (
    "import_id", "datum", "konto", "text", "belopp_ore", "objekt", "verifikat", "rattar", "nyckel",
)  # fmt: skip
NAMES, CORRECTS = ", ".join(COLUMNS), COLUMNS.index("rattar")
KNOWN = "ON CONFLICT (nyckel) WHERE borttagen IS NULL DO NOTHING"
NAME = [column.name for column in ledger_rows.c if column.name != "borttagen"]
_quoted = json.encoder.encode_basestring  # text as JSON writes it


def add_rows(
    store: Store,
    import_id: str,
    rows: Iterable[LedgerRow],
    *,
    reason: str,
    who: str = "",
    about: Mapping[str, object] | None = None,
    everything: bool = False,
    seen: int | None = None,
) -> int:
    """Add ledger rows that are not there already; return how many were added.

    Two equal rows of one call are two rows; the same two again are the same two. *about* is kept as
    the post "import" of that id, with the numbers of rows and new rows. With *everything* every row
    is to be new, and to correct what no other has corrected: else RowExists, and nothing is saved.
    *seen* is sequence("huvudbok") when the rows were made: else LedgerChanged. Raises Conflict for
    an import_id already used, StoreUnavailable.
    """
    values = table_rows(import_id, rows)
    count = sa.select(sa.func.count()).where(ledger_rows.c["import_id"] == import_id)
    with store.writing(reason=reason, who=who) as writer:
        connection = writer.connection
        require_seen(connection, seen)
        before = connection.scalar(count)
        already = already_corrected(connection, values) if everything else 0
        insert(connection, values)
        added = connection.scalar(count) - before
        if everything and (already or added < len(values)):
            raise RowExists(len(values) - added, already)
        summary = {"rader": len(values), "nya": added}
        if about is not None:
            writer.act(Write("import", {**about, **summary}, import_id))
        writer.log("huvudbok", "huvudbok", import_id, None, summary)
    return added


def withdraw_rows(
    store: Store, import_id: str, *, reason: str, who: str = "", seen: int | None = None
) -> int:
    """Withdraw an import: mark its rows and its post; return how many rows. They stay.

    The same rows can then be added again. *seen* as in add_rows. Raises PostMissing when nothing
    of it stands, LedgerChanged.
    """
    where = (ledger_rows.c["import_id"] == import_id) & ledger_rows.c["borttagen"].is_(None)
    with store.writing(reason=reason, who=who) as writer:
        require_seen(writer.connection, seen)
        withdrawn = sa.update(ledger_rows).where(where).values({"borttagen": writer.when})
        gone = writer.connection.execute(withdrawn).rowcount
        saved = writer.get("import", import_id)
        if not gone and (saved is None or saved.removed):
            raise PostMissing("import", import_id)
        if saved is not None and not saved.removed:
            writer.act(Remove("import", import_id, saved.version))
        writer.log("borttagen", "huvudbok", import_id, {"rader": gone}, None)
    return gone


def standing_rows(store: Store, year: int | None = None) -> list[dict[str, object]]:
    """Return the ledger rows that stand, in the order they came, of one year or all."""
    names, rows = rows_after(store, 0, year)
    return [dict(zip(names, row, strict=True)) for row in rows]


def rows_after(
    store: Store, first: int, year: int | None = None
) -> tuple[list[str], Sequence[Sequence[object]]]:
    """Return the names of the columns, and the rows that stand with a higher id than *first*.

    Rows are plain tuples in the order they came: the fast way to many of them.
    """
    query = sa.select(*(ledger_rows.c[name] for name in NAME)).order_by(ledger_rows.c["id"])
    query = query.where(ledger_rows.c["borttagen"].is_(None), ledger_rows.c["id"] > first)
    if year is not None:
        query = query.where(ledger_rows.c["datum"].between(date(year, 1, 1), date(year, 12, 31)))
    with store.reading() as connection:
        return NAME, [] if connection is None else connection.execute(query).fetchall()


def row_keys(rows: Iterable[LedgerRow]) -> list[str]:
    """Return the key of each row: what it says, and which of its equals among *rows* it is."""
    found, seen = [], {}
    for row in rows:
        if type(row.amount_ore) is not int or not isinstance(row.day, date):
            raise TypeError("a ledger row has a date, and its amount in whole öre as int")
        said = content_of(row)
        number = seen[said] = seen.get(said, 0) + 1
        found.append(hashlib.sha256(f"{number} {said}".encode()).hexdigest())
    return found


def content_of(row: LedgerRow) -> str:
    """Return what a ledger row says, as json_text.text writes its fields; many times faster."""
    return (
        f'{{"belopp_ore":{row.amount_ore},"datum":"{row.day.isoformat()}",'
        f'"konto":{_quoted(row.konto)},"objekt":{_quoted(row.objekt)},'
        f'"rattar":{"null" if row.corrects is None else _quoted(row.corrects)},'
        f'"text":{_quoted(row.text)},"verifikat":{_quoted(row.verifikat)}}}'
    )


def table_rows(import_id: str, rows: Iterable[LedgerRow]) -> list[tuple[object, ...]]:
    """Return the rows as COLUMNS, days as text, with the keys that they have or are given here."""
    rows = list(rows)
    made_keys = [row.key for row in rows] if rows and rows[0].key else row_keys(rows)
    days = {row.day: row.day.isoformat() for row in rows}
    return [
        (
            import_id,
            days[r.day],
            r.konto,
            r.text,
            r.amount_ore,
            r.objekt,
            r.verifikat,
            r.corrects,
            key,
        )
        for r, key in zip(rows, made_keys, strict=True)
    ]


def insert(connection: Connection, values: Sequence[Row]) -> None:
    """Insert ledger rows in their order; one whose key stands already is passed over."""
    if values:
        way = _sqlite if connection.dialect.name == "sqlite" else _postgresql
        way(connection, values)


def _sqlite(connection: Connection, values: Sequence[Row]) -> None:
    """Straight to the driver: much faster for many rows."""
    marks = ", ".join("?" * len(COLUMNS))
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


def already_corrected(connection: Connection, values: Sequence[Row]) -> int:
    """Return how many standing rows correct what *values* are to correct."""
    made_keys = {value[CORRECTS] for value in values} - {None}
    where = ledger_rows.c["rattar"].in_(made_keys) & ledger_rows.c["borttagen"].is_(None)
    return connection.scalar(sa.select(sa.func.count()).where(where)) if made_keys else 0


def require_seen(connection: Connection, seen: int | None) -> None:
    """Raise LedgerChanged when the ledger has events after number *seen*; None asks nothing."""
    last = sa.select(sa.func.coalesce(sa.func.max(event.c["seq"]), 0))
    if seen is not None and connection.scalar(last.where(event.c["slag"] == "huvudbok")) != seen:
        raise LedgerChanged
