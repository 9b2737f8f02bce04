"""The year's plan: activities with a status for each tertial, beside the money (K7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics import texts
from analytics.followup.errors import FollowupFault
from analytics.store.posts import Post, Store, Write

KIND = "aktivitet"
STATUS = ("ej påbörjad", "pågår", "försenad", "klar", "utgår")
FINISHED = ("klar", "utgår")
TERTIAL = (1, 2, 3)
LONGEST = 120
MOST = 200


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity. `tertial` is when it is to be done; `position` what was reported for each
    tertial, as (status, note); a tertial that is not in it has no report yet."""

    year: int
    name: str
    tertial: int
    role: str = ""
    position: Mapping[int, tuple[str, str]] | None = None
    example: bool = False
    id: str = ""
    version: int = 0

    def status(self, tertial: int) -> str | None:
        """Return the status reported for *tertial*, or None where there is none."""
        found = (self.position or {}).get(tertial)
        return None if found is None else found[0]

    def note(self, tertial: int) -> str:
        return (self.position or {}).get(tertial, ("", ""))[1]

    def in_force(self, tertial: int) -> tuple[str | None, str]:
        """Return status and note as of *tertial*: what is done or dropped stays so."""
        over = [t for t in range(1, tertial) if self.status(t) in FINISHED]
        if self.status(tertial) is None and over:
            return self.status(over[-1]), self.note(over[-1])
        return self.status(tertial), self.note(tertial)


def require_sound(activity: Activity) -> Activity:
    """Return *activity* with its texts trimmed. Raises FollowupFault."""
    name = " ".join(activity.name.split())
    if not name or len(name) > LONGEST:
        raise FollowupFault(
            f"Aktivitetens namn ”{name[:40]}” går inte. Skriv ett på högst {LONGEST} tecken (K7)."
        )
    if activity.tertial not in TERTIAL:
        raise FollowupFault(
            f"Aktiviteten ”{name}” ligger i tertial ”{activity.tertial}”. Välj 1, 2 eller 3 (K7)."
        )
    for tertial, (status, _) in (activity.position or {}).items():
        if tertial not in TERTIAL or status not in STATUS:
            raise FollowupFault(
                f"Aktiviteten ”{name}” har statusen ”{status[:40]}” i tertial {tertial}. Välj "
                f"bland {', '.join(STATUS)} (K7)."
            )
    role = " ".join(activity.role.split())[:LONGEST]
    reported = {t: (status, _note(own)) for t, (status, own) in (activity.position or {}).items()}
    return replace(activity, name=name, role=role, position=reported)


def require_texts(activity: Activity, before: Activity | None = None) -> None:
    """Raise TextRefused for a name, role or note that may not be entered and is not in *before*."""
    texts.require_name("Aktivitetens namn", activity.name, before.name if before else "")
    texts.require_name("Rollen", activity.role, before.role if before else "")
    for tertial, (_, note) in (activity.position or {}).items():
        texts.require_words("Anteckningen", note, before.note(tertial) if before else "")


def to_data(a: Activity) -> dict[str, object]:
    """Return what the store keeps."""
    return {
        "ar": a.year,
        "namn": a.name,
        "tertial": a.tertial,
        "roll": a.role,
        "laget": {
            str(t): {"status": status, "anteckning": own_note}
            for t, (status, own_note) in (a.position or {}).items()
        },
        "exempel": a.example,
    }


def from_data(data: Mapping[str, object], own_id: str = "", version: int = 0) -> Activity:
    reported = {
        int(t): (found["status"], found["anteckning"]) for t, found in data["laget"].items()
    }
    return Activity(
        year=data["ar"],
        name=data["namn"],
        tertial=data["tertial"],
        role=data["roll"],
        position=reported,
        example=data["exempel"],
        id=own_id,
        version=version,
    )


def _from_post(post: Post) -> Activity:
    return from_data(post.data, post.id, post.version)


def all_activities(store: Store, year: int) -> list[Activity]:
    """Return the activities of a year by tertial, then in the order they were written."""
    found = [_from_post(post) for post in store.list_all(KIND) if post.data["ar"] == year]
    return sorted(found, key=lambda a: a.tertial)


def add(store: Store, new: Sequence[Activity], *, reason: str) -> list[Activity]:
    """Save new activities, all or none. Raises FollowupFault, TextRefused."""
    for made in new:
        require_texts(made)
    good = [require_sound(a) for a in new]
    for year in {a.year for a in good}:
        names = [
            a.name.casefold()
            for a in (*all_activities(store, year), *(a for a in good if a.year == year))
        ]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise FollowupFault(f"Två aktiviteter {year} heter ”{twice[0]}”. Byt namn på en (K7).")
        if len(names) > MOST:
            raise FollowupFault(f"Planen {year} har plats för {MOST} aktiviteter, inte fler (K7).")
    posts = store.save_many([Write(KIND, to_data(a)) for a in good], reason=reason)
    return [_from_post(post) for post in posts]


def add_new(store: Store, read: Sequence[Activity], *, reason: str) -> list[Activity]:
    """Save those of *read* that the plan does not have already, word for word. Raises as add."""
    known = {year: all_activities(store, year) for year in {a.year for a in read}}
    said = {_said(a) for found in known.values() for a in found}
    new = [a for a in read if _said(a) not in said]
    return add(store, new, reason=reason) if new else []


def _said(a: Activity) -> tuple[object, ...]:
    """What an activity says, but for who saved it when."""
    good = require_sound(a)
    reported = tuple(sorted((t, *found) for t, found in (good.position or {}).items()))
    return good.year, good.name, good.tertial, good.role, reported


def save(store: Store, activity: Activity, *, reason: str) -> Activity:
    """Save a changed activity over its version. Raises FollowupFault, TextRefused, Conflict."""
    saved = store.get(KIND, activity.id)
    require_texts(activity, None if saved is None else _from_post(saved))
    made = require_sound(activity)
    data = to_data(made)
    return _from_post(
        store.save(KIND, data, reason=reason, post_id=made.id, version=activity.version)
    )


def remove(store: Store, activity: Activity, *, reason: str) -> None:
    """Remove an activity; its history stays. Raises Conflict."""
    store.remove(KIND, activity.id, activity.version, reason=reason)


def with_status(a: Activity, tertial: int, status: str, note: str) -> Activity:
    """Return *a* with what is reported for *tertial*."""
    return replace(a, position={**(a.position or {}), tertial: (status, _note(note))})


def _note(text: str) -> str:
    return " ".join(text.split())[:500]
