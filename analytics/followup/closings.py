"""Which tertials are closed, with what was sealed, and when they were closed and opened (K7)."""

from collections.abc import Mapping

from analytics.followup.errors import TertialLocked
from analytics.followup.saving import own_posts
from analytics.store import ids as store_ids
from analytics.store.posts import Event, Post, Store

TERTIAL = "tertial"


def closing(store: Store, year: int, tertial: int) -> Mapping[str, object] | None:
    """Return the sealed document of a closed tertial, or None when it is open."""
    post = _find_post(store, year, tertial)
    return None if post is None or post.data["status"] != "klarmarkerad" else post.data


def is_closed(store: Store, year: int, tertial: int) -> bool:
    return closing(store, year, tertial) is not None


def require_open(store: Store, year: int, tertial: int) -> None:
    """Raise TertialLocked when the tertial is closed."""
    if is_closed(store, year, tertial):
        raise TertialLocked(year, tertial)


def set_tertial(
    store: Store, year: int, tertial: int, data: Mapping[str, object], *, reason: str
) -> None:
    """Save that a tertial is closed or open, over the version that is there. Raises Conflict, and
    TertialLocked for one that someone else has closed."""
    post = _find_post(store, year, tertial)
    if post is not None and post.data["status"] == data["status"] == "klarmarkerad":
        raise TertialLocked(year, tertial)
    keys = {"ar": year, "tertial": tertial}
    own = post.id if post else store_ids.free_id(store, TERTIAL, f"{year}-{tertial}")
    store.save(
        TERTIAL,
        keys | dict(data),
        reason=reason,
        post_id=own,
        version=post.version if post else None,
    )


def trail(store: Store, year: int, tertial: int) -> list[Event]:
    """Return when the tertial was closed and opened, and why, oldest first."""
    post = _find_post(store, year, tertial)
    return [] if post is None else store.history(TERTIAL, post.id)


def _find_post(store: Store, year: int, tertial: int) -> Post | None:
    return next(iter(own_posts(store, TERTIAL, year, tertial)), None)
