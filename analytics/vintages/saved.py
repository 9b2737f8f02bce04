"""Vintages in the store: save one, set one figure by hand, withdraw one. None replaces another."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import uuid4

from analytics.errors import BadInput
from analytics.reference.sources import LARGEST
from analytics.store.errors import PostMissing
from analytics.store.posts import Store
from analytics.vintages.errors import NotConfirmed, VintageEmpty
from analytics.vintages.figures import BY_HAND, KIND, Figure, Vintage, from_post, to_data
from analytics.vintages.incoming import Incoming


def list_vintages(store: Store) -> list[Vintage]:
    """Return the vintages that stand, oldest first."""
    return [from_post(post, n) for n, post in enumerate(store.list_all(KIND), 1)]


def get(store: Store, vintage_id: str) -> Vintage:
    """Return a vintage that stands. Raises PostMissing."""
    found = next((v for v in list_vintages(store) if v.id == vintage_id), None)
    if found is None:
        raise PostMissing(KIND, vintage_id)
    return found


def save(
    store: Store,
    found: Incoming,
    reason: str,
    confirmed: Collection[str] = (),
    who: str = "",
    today: date | None = None,
) -> Vintage:
    """Save what a file says as a vintage. Raises BadInput without a reason, VintageEmpty,
    NotConfirmed unless everything in `found.doubts` is in *confirmed*."""
    why = _reason(reason)
    if not found.news:
        raise VintageEmpty(found.name)
    given = {name.strip().casefold() for name in confirmed}
    open_ones = [d.name for d in found.doubts if d.name.casefold() not in given]
    if open_ones:
        raise NotConfirmed(list(dict.fromkeys(open_ones)))
    return _write(
        store,
        Vintage(
            id=str(uuid4()),
            number=0,
            source=found.source,
            reason=why,
            retrieved=today or datetime.now(UTC).date(),
            figures=tuple(found.figures),
            file=found.name,
            sha256=found.sha256,
            who=who,
            confirmed=tuple(dict.fromkeys(d.name for d in found.doubts)),
        ),
    )


def set_by_hand(
    store: Store,
    known: Collection[str],
    part: str,
    day: date,
    count: int,
    reason: str,
    who: str = "",
    today: date | None = None,
) -> Vintage:
    """Save one figure that a person sets, with why. Raises BadInput."""
    why = _reason(reason)
    if part not in known:
        raise BadInput(part, "är ingen kommun i länet", "Välj en av de 26 kommunerna (K3).")
    if not 1 <= count <= LARGEST:
        raise BadInput(str(count), "är inget antal invånare", "Skriv ett heltal över noll.")
    return _write(
        store,
        Vintage(
            id=str(uuid4()),
            number=0,
            source=BY_HAND,
            reason=why,
            retrieved=today or datetime.now(UTC).date(),
            figures=(Figure(part, day, count),),
            hand=True,
            who=who,
        ),
    )


def read_count(text: str) -> int:
    """Return the inhabitants that someone wrote, with or without spaces. Raises BadInput."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdecimal()):
        raise BadInput(text, "är inget antal", "Skriv ett heltal, som 51000.")
    return int(digits)


def withdraw(store: Store, vintage_id: str, reason: str, who: str = "") -> Vintage:
    """Withdraw a vintage; the log keeps it. Raises PostMissing, BadInput, Conflict."""
    why = _reason(reason)
    found = get(store, vintage_id)
    store.remove(KIND, vintage_id, found.version, reason=why, who=who)
    return found


def _write(store: Store, vintage: Vintage) -> Vintage:
    post = store.save(
        KIND, to_data(vintage), post_id=vintage.id, reason=vintage.reason, who=vintage.who
    )
    return next(v for v in list_vintages(store) if v.id == post.id)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise BadInput("", "", "Skriv ett skäl, som ”SCB:s siffror för 31 december 2026”.")
    return reason.strip()
