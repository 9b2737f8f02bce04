"""What users enter is kept here: SQLite or PostgreSQL, by SAMVERKAN_STORE. Only this module
writes, and the ledger its own rows, by the transaction that it lends.

Every save is one transaction that also appends to a log that is never changed. What is saved has
a version: who saves over a version that is no longer the latest is told, with both values. A store
is made at the first save; without one there is nothing saved, and reading says so.
"""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from analytics import store_json, store_open, store_rows
from analytics.errors_store import PostMissing
from analytics.store_rows import Handelse, Post, Skriv, TaBort
from analytics.store_tables import handelse, post

__all__ = ["Handelse", "Post", "Skriv", "Store", "TaBort", "Writer", "shared"]


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
        with self.writing(skal=skal, vem=vem) as writer:
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

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Lend a transaction to read by, or None where no store is made yet."""
        if not self._finns():
            yield None
            return
        with self._transaktion() as connection:
            yield connection

    @contextmanager
    def writing(self, *, skal: str, vem: str = "") -> Iterator["Writer"]:
        """Lend a transaction and the log, for a room that keeps rows of its own in the store."""
        with self._transaktion(skriver=True) as connection:
            yield Writer(connection, store_rows.ren(skal), store_rows.ren(vem))

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


class Writer:
    """Writes posts and their events on one open transaction."""

    def __init__(self, connection: Connection, skal: str, vem: str) -> None:
        self.connection, self._skal, self._vem = connection, skal, vem
        self.nar = datetime.now(UTC).replace(tzinfo=None)

    def hamta(self, slag: str, post_id: str) -> Post | None:
        """Return the post as it is on this transaction."""
        return _hamta(self.connection, slag, post_id)

    def gor(self, change: Skriv | TaBort) -> Post:
        """Save or remove one post, with its event. Raises as Store.flera does."""
        if isinstance(change, Skriv) and change.post_id is None:
            return self._ny(change)
        saved = self.hamta(change.slag, change.post_id)
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
        self.connection.execute(sa.update(post).where(where).values(values))
        return self.hamta(change.slag, change.post_id)

    def _ny(self, change: Skriv) -> Post:
        values = {
            "slag": change.slag,
            "id": change.post_id or str(uuid4()),
            "version": 1,
            "data": store_json.text(change.data),
            "skapad": self.nar,
            "andrad": self.nar,
        }
        self.connection.execute(sa.insert(post).values(values))
        self.logga("ny", change.slag, values["id"], None, change.data)
        return self.hamta(change.slag, values["id"])

    def logga(self, vad: str, slag: str, post_id: str, fore: object, efter: object) -> None:
        """Append an event; `vad` is ny, ändrad, borttagen, or a room's own word."""
        self.connection.execute(
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
