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

from analytics import texts
from analytics.store import json_text, opening as store_opening, rows as store_rows
from analytics.store.errors import PostMissing
from analytics.store.rows import Event, Post, Remove, Write
from analytics.store.tables import event, post

__all__ = ["Event", "Post", "Remove", "Store", "Write", "Writer", "shared"]


@dataclass
class Store:
    """One store. Safe to share between threads and processes."""

    url: str = store_opening.STANDARD
    _ready: bool = field(default=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._url = store_opening.address(self.url)
        self._file = store_opening.file_of(self._url)
        self._engine = store_opening.make_engine(self._url)

    def save(
        self,
        kind: str,
        data: Mapping[str, object],
        *,
        reason: str,
        post_id: str | None = None,
        version: int | None = None,
        basis: Mapping[str, object] | None = None,
        who: str = "",
    ) -> Post:
        """Save one post. Raises Conflict, PostMissing, StoreUnavailable."""
        return self.save_many([Write(kind, data, post_id, version, basis)], reason=reason, who=who)[
            0
        ]

    def remove(self, kind: str, post_id: str, version: int, *, reason: str, who: str = "") -> Post:
        """Say that a post is removed. Raises Conflict, PostMissing, StoreUnavailable."""
        return self.save_many([Remove(kind, post_id, version)], reason=reason, who=who)[0]

    def save_many(
        self, changes: Sequence[Write | Remove], *, reason: str, who: str = ""
    ) -> list[Post]:
        """Do all of *changes* in one transaction, or none of them. Raises as save does."""
        with self.writing(reason=reason, who=who) as writer:
            return [writer.act(change) for change in changes]

    def get(self, kind: str, post_id: str) -> Post | None:
        """Return the post as it is now, also when it is removed; None if there never was one."""
        if not self._exists():
            return None
        with self._transaction() as connection:
            return _get(connection, kind, post_id)

    def list_all(self, kind: str, removed_ones: bool = False) -> list[Post]:
        """Return all posts of a kind, oldest first."""
        if not self._exists():
            return []
        query = (
            sa.select(post).where(post.c["slag"] == kind).order_by(post.c["skapad"], post.c["id"])
        )
        if not removed_ones:
            query = query.where(post.c["borttagen"].is_(None))
        with self._transaction() as connection:
            return [store_rows.to_post(row) for row in connection.execute(query)]

    def history(self, kind: str, post_id: str) -> list[Event]:
        """Return what has happened to a post, oldest first."""
        if not self._exists():
            return []
        query = sa.select(event).where(event.c["slag"] == kind, event.c["id"] == post_id)
        with self._transaction() as connection:
            return [
                store_rows.to_event(row)
                for row in connection.execute(query.order_by(event.c["seq"]))
            ]

    def sequence(self, kind: str | None = None, what: str | None = None) -> int:
        """Return the number of the last event; what was read before it moved may be stale.

        With *kind* the last event of that kind, with *what* too the last one that says so.
        """
        if not self._exists():
            return 0
        query = sa.select(sa.func.coalesce(sa.func.max(event.c["seq"]), 0))
        if kind is not None:
            query = query.where(event.c["slag"] == kind)
        if what is not None:
            query = query.where(event.c["vad"] == what)
        with self._transaction() as connection:
            return connection.scalar(query)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Lend a transaction to read by, or None where no store is made yet."""
        if not self._exists():
            yield None
            return
        with self._transaction() as connection:
            yield connection

    @contextmanager
    def writing(self, *, reason: str, who: str = "") -> Iterator["Writer"]:
        """Lend a transaction and the log, for a room that keeps rows of its own in the store.

        Raises TextRefused for a reason that the log should not keep.
        """
        texts.require_words("Skälet", reason)
        with self._transaction(writing=True) as connection:
            yield Writer(connection, store_rows.clean(reason), store_rows.clean(who))

    def close(self) -> None:
        """Let go of the connections. The next use opens new ones."""
        self._engine.dispose()

    def _exists(self) -> bool:
        return self._file is None or self._file.exists()

    @contextmanager
    def _transaction(self, writing: bool = False) -> Iterator[Connection]:
        with self._lock:
            if not self._ready or (self._file is not None and not self._file.exists()):
                if self._file is not None:
                    store_opening.make_folder(self._file)
                    self._engine.dispose()
                store_opening.upgrade(self._engine)
                self._ready = True
        with store_opening.transaction(self._engine, writing) as connection:
            yield connection


@cache
def _store_at(url: str) -> Store:
    return Store(url)


def shared() -> Store:
    """Return this process's store: the one that SAMVERKAN_STORE names, else var/samverkan.db."""
    return _store_at(os.environ.get("SAMVERKAN_STORE", "").strip() or store_opening.STANDARD)


class Writer:
    """Writes posts and their events on one open transaction."""

    def __init__(self, connection: Connection, reason: str, who: str) -> None:
        self.connection, self._reason, self._who = connection, reason, who
        self.when = datetime.now(UTC).replace(tzinfo=None)

    def get(self, kind: str, post_id: str) -> Post | None:
        """Return the post as it is on this transaction."""
        return _get(self.connection, kind, post_id)

    def act(self, change: Write | Remove) -> Post:
        """Save or remove one post, with its event. Raises as Store.save_many does."""
        if isinstance(change, Write) and change.post_id is None:
            return self._add_new(change)
        saved = self.get(change.kind, change.post_id)
        if saved is None and isinstance(change, Write) and change.version is None:
            return self._add_new(change)
        if saved is None:
            raise PostMissing(change.kind, change.post_id)
        if change.version != saved.version or saved.removed:
            raise store_rows.conflict_between(change, saved)
        where = (post.c["slag"] == change.kind) & (post.c["id"] == change.post_id)
        values = {"version": saved.version + 1, "andrad": self.when}
        if isinstance(change, Remove):
            values["borttagen"] = self.when
            self.log("borttagen", change.kind, change.post_id, saved.data, None)
        else:
            values["data"] = json_text.text(change.data)
            self.log("ändrad", change.kind, change.post_id, saved.data, change.data)
        self.connection.execute(sa.update(post).where(where).values(values))
        return self.get(change.kind, change.post_id)

    def _add_new(self, change: Write) -> Post:
        values = {
            "slag": change.kind,
            "id": change.post_id or str(uuid4()),
            "version": 1,
            "data": json_text.text(change.data),
            "skapad": self.when,
            "andrad": self.when,
        }
        self.connection.execute(sa.insert(post).values(values))
        self.log("ny", change.kind, values["id"], None, change.data)
        return self.get(change.kind, values["id"])

    def log(self, what: str, kind: str, post_id: str, before: object, after: object) -> None:
        """Append an event; *what* is ny, ändrad, borttagen, or a room's own word."""
        self.connection.execute(
            sa.insert(event).values(
                {
                    "nar": self.when,
                    "vem": self._who,
                    "vad": what,
                    "slag": kind,
                    "id": post_id,
                    "skal": self._reason,
                    "fore": None if before is None else json_text.text(before),
                    "efter": None if after is None else json_text.text(after),
                }
            )
        )


def _get(connection: Connection, kind: str, post_id: str) -> Post | None:
    where = (post.c["slag"] == kind) & (post.c["id"] == store_rows.clean(post_id))
    row = connection.execute(sa.select(post).where(where)).one_or_none()
    return None if row is None else store_rows.to_post(row)
