"""How what people write in the follow-up is kept: posts of a tertial, texts, reasons."""

from analytics import texts
from analytics.errors import ReasonMissing
from analytics.followup.errors import FollowupFault
from analytics.store import ids as store_ids
from analytics.store.posts import Post, Store, Write

LONGEST = 2000


def own_posts(store: Store, kind: str, year: int, tertial: int) -> list[Post]:
    """Return the posts of a kind that belong to the tertial."""
    return [p for p in store.list_all(kind) if (p.data["ar"], p.data["tertial"]) == (year, tertial)]


def as_write(
    store: Store, kind: str, base: str, data: dict[str, object], over_id: str, version: int
) -> Write:
    """Return the write of *data* over a version of *over_id*, or with version 0 as a new post."""
    return Write(kind, data, over_id or store_ids.free_id(store, kind, base), version or None)


def clean_text(what: str, text: str) -> str:
    """Return *text* without blanks around it; *what* names it, as "Kommentaren".

    Raises FollowupFault when it is too long, TextRefused.
    """
    clean = texts.require_words(what, text).strip()
    if len(clean) > LONGEST:
        raise FollowupFault(
            f"Texten är {len(clean)} tecken lång, men högst {LONGEST} får plats. Korta den."
        )
    return clean


def require_reason(text: str, way_out: str) -> None:
    """Raise ReasonMissing, which ends with *way_out*, when nothing is written."""
    if not text.strip():
        raise ReasonMissing(way_out)
