"""What the store holds, as the program sees it, and its rows made into that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.engine import Row

from analytics.store import json_text
from analytics.store.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One thing that someone saved, as it is now. Times are UTC; `removed` is when it went."""

    kind: str
    id: str
    version: int
    data: Mapping[str, object]
    created: datetime
    changed: datetime
    removed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the log: who did what to which post, when (UTC), why, before and after."""

    seq: int
    when: datetime
    who: str
    what: str  # ny, ändrad, removed, huvudbok
    kind: str
    id: str
    reason: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Write:
    """Save *data*: over *version* of post_id, or without a version as a new post (of that id).

    `basis` is what the writer began from; with it a conflict names only what the writer changed.
    """

    kind: str
    data: Mapping[str, object]
    post_id: str | None = None
    version: int | None = None
    basis: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Say that a post is removed. It stays, with its history."""

    kind: str
    post_id: str
    version: int


def conflict_between(change: Write | Remove, saved: Post) -> Conflict:
    """What was to be written against what is saved, field by field."""
    if saved.removed:
        return Conflict(change, saved, [("borttagen", "nej", f"ja, {saved.removed:%Y-%m-%d}")])
    if isinstance(change, Remove):
        return Conflict(change, saved, [("version", change.version, saved.version)])
    basis = change.basis or {}
    differ = [
        (key, change.data.get(key), saved.data.get(key))
        for key in {**saved.data, **change.data}
        if change.data.get(key) != saved.data.get(key)
        and not (change.basis is not None and saved.data.get(key) == basis.get(key))
    ]
    return Conflict(change.data, saved, differ)


def clean(text: str) -> str:
    """Text without what no database keeps: NUL and half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


def to_post(row: Row) -> Post:
    saved = row._mapping
    return Post(
        kind=saved["slag"],
        id=saved["id"],
        version=saved["version"],
        data=json_text.read(saved["data"]),
        created=_utc(saved["skapad"]),
        changed=_utc(saved["andrad"]),
        removed=_utc(saved["borttagen"]),
    )


def to_event(row: Row) -> Event:
    saved = row._mapping
    return Event(
        seq=saved["seq"],
        when=_utc(saved["nar"]),
        who=saved["vem"],
        what=saved["vad"],
        kind=saved["slag"],
        id=saved["id"],
        reason=saved["skal"],
        before=None if saved["fore"] is None else json_text.read(saved["fore"]),
        after=None if saved["efter"] is None else json_text.read(saved["efter"]),
    )
