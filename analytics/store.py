"""What users enter is kept here: SQLite or PostgreSQL, by SAMVERKAN_STORE. Only this module writes.

Every save is one transaction that also appends to a log that is never changed. What is saved has
a version: who saves over a version that is no longer the latest is told, with both values. A store
is made at the first save; without one there is nothing saved, and reading says so.
"""

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from analytics import store_json, store_ledger, store_open, store_rows
from analytics.errors import PostMissing
from analytics.errors_ledger import RadFinns
from analytics.ledger_row import LedgerRow
from analytics.store_rows import Handelse, Post, Skriv, TaBort
from analytics.store_tables import handelse, huvudbok, post

__all__ = ["Handelse", "Post", "Skriv", "Store", "TaBort", "shared"]


@dataclass
class Store:
    """One store. Safe to share between threads and processes."""

    url: str = store_open.STANDARD
    _ready: bool = field(default=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._url = store_open.adress(self.url)
        self._fil = store_open.fil(self._url)
        self._motor = store_open.motor(self._url)

    def spara(
        self,
        slag: str,
        data: Mapping[str, object],
        *,
        skal: str,
        post_id: str | None = None,
        version: int | None = None,
        grund: Mapping[str, object] | None = None,
        vem: str = "",
    ) -> Post:
        """Save one post. Raises Konflikt, PostMissing, StoreUnavailable."""
        return self.flera([Skriv(slag, data, post_id, version, grund)], skal=skal, vem=vem)[0]

    def ta_bort(self, slag: str, post_id: str, version: int, *, skal: str, vem: str = "") -> Post:
        """Say that a post is removed. Raises Konflikt, PostMissing, StoreUnavailable."""
        return self.flera([TaBort(slag, post_id, version)], skal=skal, vem=vem)[0]

    def flera(self, changes: Sequence[Skriv | TaBort], *, skal: str, vem: str = "") -> list[Post]:
        """Do all of *changes* in one transaction, or none of them. Raises as spara does."""
        with self._transaktion(skriver=True) as connection:
            writer = _Skrivare(connection, store_rows.ren(skal), store_rows.ren(vem))
            return [writer.gor(change) for change in changes]

    def hamta(self, slag: str, post_id: str) -> Post | None:
        """Return the post as it is now, also when it is removed; None if there never was one."""
        if not self._finns():
            return None
        with self._transaktion() as connection:
            return _hamta(connection, slag, post_id)

    def lista(self, slag: str, borttagna: bool = False) -> list[Post]:
        """Return all posts of a kind, oldest first."""
        if not self._finns():
            return []
        query = (
            sa.select(post).where(post.c["slag"] == slag).order_by(post.c["skapad"], post.c["id"])
        )
        if not borttagna:
            query = query.where(post.c["borttagen"].is_(None))
        with self._transaktion() as connection:
            return [store_rows.post(row) for row in connection.execute(query)]

    def historik(self, slag: str, post_id: str) -> list[Handelse]:
        """Return what has happened to a post, oldest first."""
        if not self._finns():
            return []
        query = sa.select(handelse).where(handelse.c["slag"] == slag, handelse.c["id"] == post_id)
        with self._transaktion() as connection:
            return [
                store_rows.handelse(row)
                for row in connection.execute(query.order_by(handelse.c["seq"]))
            ]

    def sekvens(self, slag: str | None = None, vad: str | None = None) -> int:
        """Return the number of the last event; what was read before it moved may be stale.

        With *slag* the last event of that kind, with *vad* too the last one that says so.
        """
        if not self._finns():
            return 0
        query = sa.select(sa.func.coalesce(sa.func.max(handelse.c["seq"]), 0))
        if slag is not None:
            query = query.where(handelse.c["slag"] == slag)
        if vad is not None:
            query = query.where(handelse.c["vad"] == vad)
        with self._transaktion() as connection:
            return connection.scalar(query)

    def huvudbok_in(
        self,
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

        Two equal rows of one call are two rows; the same two again are the same two. *om* is kept
        as the post "import" of that id, with the numbers of rows and new rows. With *alla* every
        row is to be new, and to correct what no other has corrected: else RadFinns, and nothing is
        saved. *sedd* is sekvens("huvudbok") when the rows were made: else HuvudbokAndrad. Raises
        Konflikt for an import_id already used, StoreUnavailable.
        """
        values = store_rows.huvudboksrader(import_id, rows)
        count = sa.select(sa.func.count()).where(huvudbok.c.import_id == import_id)
        with self._transaktion(skriver=True) as connection:
            writer = _Skrivare(connection, store_rows.ren(skal), store_rows.ren(vem))
            store_ledger.krav_sedd(connection, sedd)
            before = connection.scalar(count)
            corrected = store_ledger.rattade(connection, values) if alla else 0
            store_ledger.lagg_till(connection, values)
            added = connection.scalar(count) - before
            if alla and (corrected or added < len(values)):
                raise RadFinns(len(values) - added, corrected)
            summary = {"rader": len(values), "nya": added}
            if om is not None:
                writer.gor(Skriv("import", {**om, **summary}, import_id))
            writer.logga("huvudbok", "huvudbok", import_id, None, summary)
        return added

    def huvudbok_bort(
        self, import_id: str, *, skal: str, vem: str = "", sedd: int | None = None
    ) -> int:
        """Withdraw an import: mark its rows and its post; return how many rows. They stay.

        The same rows can then be added again. *sedd* as in huvudbok_in. Raises PostMissing when
        nothing of it stands, HuvudbokAndrad.
        """
        where = (huvudbok.c.import_id == import_id) & huvudbok.c["borttagen"].is_(None)
        with self._transaktion(skriver=True) as connection:
            writer = _Skrivare(connection, store_rows.ren(skal), store_rows.ren(vem))
            store_ledger.krav_sedd(connection, sedd)
            gone = connection.execute(
                sa.update(huvudbok).where(where).values({"borttagen": writer.nar})
            ).rowcount
            saved = _hamta(connection, "import", import_id)
            if not gone and (saved is None or saved.borttagen):
                raise PostMissing("import", import_id)
            if saved is not None and not saved.borttagen:
                writer.gor(TaBort("import", import_id, saved.version))
            writer.logga("borttagen", "huvudbok", import_id, {"rader": gone}, None)
        return gone

    def huvudbok(self, ar: int | None = None) -> list[dict[str, object]]:
        """Return the ledger rows that stand, in the order they came, of one year or all."""
        names, rows = self.huvudbok_efter(0, ar)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def huvudbok_efter(
        self, efter: int, ar: int | None = None
    ) -> tuple[list[str], Sequence[tuple[object, ...]]]:
        """Return the names of the columns, and the rows that stand with a higher id than *efter*.

        Rows are plain tuples in the order they came: the fast way to many of them.
        """
        if not self._finns():
            return store_ledger.NAMN, []
        with self._transaktion() as connection:
            return store_ledger.NAMN, store_ledger.efter(connection, efter, ar)

    def stang(self) -> None:
        """Let go of the connections. The next use opens new ones."""
        self._motor.dispose()

    def _finns(self) -> bool:
        return self._fil is None or self._fil.exists()

    @contextmanager
    def _transaktion(self, skriver: bool = False) -> Iterator[Connection]:
        with self._lock:
            if not self._ready or (self._fil is not None and not self._fil.exists()):
                if self._fil is not None:
                    store_open.mapp(self._fil)
                    self._motor.dispose()
                store_open.uppdatera(self._motor)
                self._ready = True
        with store_open.transaktion(self._motor, skriver) as connection:
            yield connection


@cache
def _lagret(url: str) -> Store:
    return Store(url)


def shared() -> Store:
    """Return this process's store: the one that SAMVERKAN_STORE names, else var/samverkan.db."""
    return _lagret(os.environ.get("SAMVERKAN_STORE", "").strip() or store_open.STANDARD)


class _Skrivare:
    """Writes posts and their events on one open transaction."""

    def __init__(self, connection: Connection, skal: str, vem: str) -> None:
        self._connection, self._skal, self._vem = connection, skal, vem
        self.nar = datetime.now(UTC).replace(tzinfo=None)

    def gor(self, change: Skriv | TaBort) -> Post:
        if isinstance(change, Skriv) and change.post_id is None:
            return self._ny(change)
        saved = _hamta(self._connection, change.slag, change.post_id)
        if saved is None and isinstance(change, Skriv) and change.version is None:
            return self._ny(change)
        if saved is None:
            raise PostMissing(change.slag, change.post_id)
        if change.version != saved.version or saved.borttagen:
            raise store_rows.konflikt(change, saved)
        where = (post.c["slag"] == change.slag) & (post.c["id"] == change.post_id)
        values = {"version": saved.version + 1, "andrad": self.nar}
        if isinstance(change, TaBort):
            values["borttagen"] = self.nar
            self.logga("borttagen", change.slag, change.post_id, saved.data, None)
        else:
            values["data"] = store_json.text(change.data)
            self.logga("ändrad", change.slag, change.post_id, saved.data, change.data)
        self._connection.execute(sa.update(post).where(where).values(values))
        return _hamta(self._connection, change.slag, change.post_id)

    def _ny(self, change: Skriv) -> Post:
        values = {
            "slag": change.slag,
            "id": change.post_id or str(uuid4()),
            "version": 1,
            "data": store_json.text(change.data),
            "skapad": self.nar,
            "andrad": self.nar,
        }
        self._connection.execute(sa.insert(post).values(values))
        self.logga("ny", change.slag, values["id"], None, change.data)
        return _hamta(self._connection, change.slag, values["id"])

    def logga(self, vad: str, slag: str, post_id: str, fore: object, efter: object) -> None:
        self._connection.execute(
            sa.insert(handelse).values(
                {
                    "nar": self.nar,
                    "vem": self._vem,
                    "vad": vad,
                    "slag": slag,
                    "id": post_id,
                    "skal": self._skal,
                    "fore": None if fore is None else store_json.text(fore),
                    "efter": None if efter is None else store_json.text(efter),
                }
            )
        )


def _hamta(connection: Connection, slag: str, post_id: str) -> Post | None:
    where = (post.c["slag"] == slag) & (post.c["id"] == store_rows.ren(post_id))
    row = connection.execute(sa.select(post).where(where)).one_or_none()
    return None if row is None else store_rows.post(row)
