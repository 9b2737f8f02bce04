"""Ledger rows in and out of the store, many at a time, each with a key by which it is known (K7).

A row is never changed: one that is withdrawn is marked, a correction is a new row that names it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from analytics.errors_ledger import HuvudbokAndrad, RadFinns
from analytics.errors_store import PostMissing
from analytics.ledger_row import LedgerRow
from analytics.store import Skriv, Store, TaBort
from analytics.store_tables import handelse, huvudbok

Row = tuple[object, ...]  # as KOLUMNER
KOLUMNER = (
    "import_id", "datum", "konto", "text", "belopp_ore", "objekt", "verifikat", "rattar", "nyckel",
)  # fmt: skip
NAMES, CORRECTS = ", ".join(KOLUMNER), KOLUMNER.index("rattar")
KNOWN = "ON CONFLICT (nyckel) WHERE borttagen IS NULL DO NOTHING"
NAMN = [column.name for column in huvudbok.c if column.name != "borttagen"]
_citat = json.encoder.encode_basestring  # text as JSON writes it


def add_rows(
    store: Store,
    import_id: str,
    rows: Iterable[LedgerRow],
    *,
    skal: str,
    vem: str = "",
    om: Mapping[str, object] | None = None,
    alla: bool = False,
    sedd: int | None = None,
) -> int:
    """Add ledger rows that are not there already; return how many were added.

    Two equal rows of one call are two rows; the same two again are the same two. *om* is kept as
    the post "import" of that id, with the numbers of rows and new rows. With *alla* every row is to
    be new, and to correct what no other has corrected: else RadFinns, and nothing is saved. *sedd*
    is sekvens("huvudbok") when the rows were made: else HuvudbokAndrad. Raises Konflikt for an
    import_id already used, StoreUnavailable.
    """
    values = huvudboksrader(import_id, rows)
    count = sa.select(sa.func.count()).where(huvudbok.c["import_id"] == import_id)
    with store.writing(skal=skal, vem=vem) as writer:
        connection = writer.connection
        krav_sedd(connection, sedd)
        before = connection.scalar(count)
        corrected = rattade(connection, values) if alla else 0
        lagg_till(connection, values)
        added = connection.scalar(count) - before
        if alla and (corrected or added < len(values)):
            raise RadFinns(len(values) - added, corrected)
        summary = {"rader": len(values), "nya": added}
        if om is not None:
            writer.gor(Skriv("import", {**om, **summary}, import_id))
        writer.logga("huvudbok", "huvudbok", import_id, None, summary)
    return added


def withdraw_rows(
    store: Store, import_id: str, *, skal: str, vem: str = "", sedd: int | None = None
) -> int:
    """Withdraw an import: mark its rows and its post; return how many rows. They stay.

    The same rows can then be added again. *sedd* as in add_rows. Raises PostMissing when nothing
    of it stands, HuvudbokAndrad.
    """
    where = (huvudbok.c["import_id"] == import_id) & huvudbok.c["borttagen"].is_(None)
    with store.writing(skal=skal, vem=vem) as writer:
        krav_sedd(writer.connection, sedd)
        withdrawn = sa.update(huvudbok).where(where).values({"borttagen": writer.nar})
        gone = writer.connection.execute(withdrawn).rowcount
        saved = writer.hamta("import", import_id)
        if not gone and (saved is None or saved.borttagen):
            raise PostMissing("import", import_id)
        if saved is not None and not saved.borttagen:
            writer.gor(TaBort("import", import_id, saved.version))
        writer.logga("borttagen", "huvudbok", import_id, {"rader": gone}, None)
    return gone


def standing_rows(store: Store, ar: int | None = None) -> list[dict[str, object]]:
    """Return the ledger rows that stand, in the order they came, of one year or all."""
    names, rows = rows_after(store, 0, ar)
    return [dict(zip(names, row, strict=True)) for row in rows]


def rows_after(
    store: Store, first: int, ar: int | None = None
) -> tuple[list[str], Sequence[Sequence[object]]]:
    """Return the names of the columns, and the rows that stand with a higher id than *first*.

    Rows are plain tuples in the order they came: the fast way to many of them.
    """
    query = sa.select(*(huvudbok.c[name] for name in NAMN)).order_by(huvudbok.c["id"])
    query = query.where(huvudbok.c["borttagen"].is_(None), huvudbok.c["id"] > first)
    if ar is not None:
        query = query.where(huvudbok.c["datum"].between(date(ar, 1, 1), date(ar, 12, 31)))
    with store.reading() as connection:
        return NAMN, [] if connection is None else connection.execute(query).fetchall()


def nycklar(rows: Iterable[LedgerRow]) -> list[str]:
    """Return the key of each row: what it says, and which of its equals among *rows* it is."""
    found, seen = [], {}
    for row in rows:
        if type(row.amount_ore) is not int or not isinstance(row.day, date):
            raise TypeError("a ledger row has a date, and its amount in whole öre as int")
        content = innehall(row)
        number = seen[content] = seen.get(content, 0) + 1
        found.append(hashlib.sha256(f"{number} {content}".encode()).hexdigest())
    return found


def innehall(row: LedgerRow) -> str:
    """Return what a ledger row says, as store_json.text writes its fields; many times faster."""
    return (
        f'{{"belopp_ore":{row.amount_ore},"datum":"{row.day.isoformat()}",'
        f'"konto":{_citat(row.konto)},"objekt":{_citat(row.objekt)},'
        f'"rattar":{"null" if row.corrects is None else _citat(row.corrects)},'
        f'"text":{_citat(row.text)},"verifikat":{_citat(row.verifikat)}}}'
    )


def huvudboksrader(import_id: str, rows: Iterable[LedgerRow]) -> list[tuple[object, ...]]:
    """Return the rows as KOLUMNER, days as text, with the keys that they have or are given here."""
    rows = list(rows)
    keys = [row.key for row in rows] if rows and rows[0].key else nycklar(rows)
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
        for r, key in zip(rows, keys, strict=True)
    ]


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
