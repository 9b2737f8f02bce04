"""What the store holds, as the program sees it, and its rows made into that."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.engine import Row

from analytics import store_json
from analytics.errors import Konflikt
from analytics.ledger_row import LedgerRow

_citat = json.encoder.encode_basestring  # text as JSON writes it
KOLUMNER = (
    "import_id", "datum", "konto", "text", "belopp_ore", "objekt", "verifikat", "rattar", "nyckel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that someone saved, as it is now. Times are UTC; `borttagen` is when it went."""

    slag: str
    id: str
    version: int
    data: Mapping[str, object]
    skapad: datetime
    andrad: datetime
    borttagen: datetime | None


@dataclass(frozen=True, slots=True)
class Handelse:
    """One row of the log: who did what to which post, when (UTC), why, before and after."""

    seq: int
    nar: datetime
    vem: str
    vad: str  # ny, ändrad, borttagen, huvudbok
    slag: str
    id: str
    skal: str
    fore: Mapping[str, object] | None
    efter: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Skriv:
    """Save *data*: over *version* of post_id, or without a version as a new post (of that id).

    `grund` is what the writer began from; with it a conflict names only what the writer changed.
    """

    slag: str
    data: Mapping[str, object]
    post_id: str | None = None
    version: int | None = None
    grund: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class TaBort:
    """Say that a post is removed. It stays, with its history."""

    slag: str
    post_id: str
    version: int


def konflikt(change: Skriv | TaBort, saved: Post) -> Konflikt:
    """What was to be written against what is saved, field by field."""
    if saved.borttagen:
        return Konflikt(change, saved, [("borttagen", "nej", f"ja, {saved.borttagen:%Y-%m-%d}")])
    if isinstance(change, TaBort):
        return Konflikt(change, saved, [("version", change.version, saved.version)])
    grund = change.grund or {}
    differ = [
        (key, change.data.get(key), saved.data.get(key))
        for key in {**saved.data, **change.data}
        if change.data.get(key) != saved.data.get(key)
        and not (change.grund is not None and saved.data.get(key) == grund.get(key))
    ]
    return Konflikt(change.data, saved, differ)


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


def ren(text: str) -> str:
    """Text without what no database keeps: NUL and half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


def post(row: Row) -> Post:
    saved = row._mapping
    return Post(
        slag=saved["slag"],
        id=saved["id"],
        version=saved["version"],
        data=store_json.las(saved["data"]),
        skapad=_utc(saved["skapad"]),
        andrad=_utc(saved["andrad"]),
        borttagen=_utc(saved["borttagen"]),
    )


def handelse(row: Row) -> Handelse:
    saved = row._mapping
    return Handelse(
        seq=saved["seq"],
        nar=_utc(saved["nar"]),
        vem=saved["vem"],
        vad=saved["vad"],
        slag=saved["slag"],
        id=saved["id"],
        skal=saved["skal"],
        fore=None if saved["fore"] is None else store_json.las(saved["fore"]),
        efter=None if saved["efter"] is None else store_json.las(saved["efter"]),
    )
