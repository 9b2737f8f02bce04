"""The year's plan: activities with a status for each tertial, beside the money (K7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.errors_followup import UppfoljningFel
from analytics.store import Post, Skriv, Store

SLAG = "aktivitet"
STATUS = ("ej påbörjad", "pågår", "försenad", "klar", "utgår")
AVSLUTAD = ("klar", "utgår")
TERTIAL = (1, 2, 3)
LANGST = 120
FLEST = 200


@dataclass(frozen=True, slots=True)
class Aktivitet:
    """An activity. `tertial` is when it is to be done; `laget` what was reported for each tertial,
    as (status, note); a tertial that is not in it has no report yet."""

    ar: int
    namn: str
    tertial: int
    roll: str = ""
    laget: Mapping[int, tuple[str, str]] | None = None
    exempel: bool = False
    id: str = ""
    version: int = 0

    def status(self, tertial: int) -> str | None:
        """Return the status reported for *tertial*, or None where there is none."""
        found = (self.laget or {}).get(tertial)
        return None if found is None else found[0]

    def anteckning(self, tertial: int) -> str:
        return (self.laget or {}).get(tertial, ("", ""))[1]

    def gallande(self, tertial: int) -> tuple[str | None, str]:
        """Return status and note as of *tertial*: what is done or dropped stays so."""
        over = [t for t in range(1, tertial) if self.status(t) in AVSLUTAD]
        if self.status(tertial) is None and over:
            return self.status(over[-1]), self.anteckning(over[-1])
        return self.status(tertial), self.anteckning(tertial)


def prova(aktivitet: Aktivitet) -> Aktivitet:
    """Return *aktivitet* with its texts trimmed. Raises UppfoljningFel."""
    name = " ".join(aktivitet.namn.split())
    if not name or len(name) > LANGST:
        raise UppfoljningFel(
            f"Aktivitetens namn ”{name[:40]}” går inte. Skriv ett på högst {LANGST} tecken (K7)."
        )
    if aktivitet.tertial not in TERTIAL:
        raise UppfoljningFel(
            f"Aktiviteten ”{name}” ligger i tertial ”{aktivitet.tertial}”. Välj 1, 2 eller 3 (K7)."
        )
    for tertial, (status, _) in (aktivitet.laget or {}).items():
        if tertial not in TERTIAL or status not in STATUS:
            raise UppfoljningFel(
                f"Aktiviteten ”{name}” har statusen ”{status[:40]}” i tertial {tertial}. Välj "
                f"bland {', '.join(STATUS)} (K7)."
            )
    role = " ".join(aktivitet.roll.split())[:LANGST]
    return replace(aktivitet, namn=name, roll=role)


def som_data(a: Aktivitet) -> dict[str, object]:
    """Return what the store keeps."""
    return {
        "ar": a.ar,
        "namn": a.namn,
        "tertial": a.tertial,
        "roll": a.roll,
        "laget": {
            str(t): {"status": status, "anteckning": note}
            for t, (status, note) in (a.laget or {}).items()
        },
        "exempel": a.exempel,
    }


def av_data(data: Mapping[str, object], own_id: str = "", version: int = 0) -> Aktivitet:
    reported = {
        int(t): (found["status"], found["anteckning"]) for t, found in data["laget"].items()
    }
    return Aktivitet(
        ar=data["ar"],
        namn=data["namn"],
        tertial=data["tertial"],
        roll=data["roll"],
        laget=reported,
        exempel=data["exempel"],
        id=own_id,
        version=version,
    )


def _av_post(post: Post) -> Aktivitet:
    return av_data(post.data, post.id, post.version)


def alla(store: Store, ar: int) -> list[Aktivitet]:
    """Return the activities of a year by tertial, then in the order they were written."""
    found = [_av_post(post) for post in store.lista(SLAG) if post.data["ar"] == ar]
    return sorted(found, key=lambda a: a.tertial)


def lagg_till(store: Store, nya: Sequence[Aktivitet], *, skal: str) -> list[Aktivitet]:
    """Save new activities, all or none. Raises UppfoljningFel."""
    good = [prova(a) for a in nya]
    for ar in {a.ar for a in good}:
        names = [a.namn.casefold() for a in (*alla(store, ar), *(a for a in good if a.ar == ar))]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise UppfoljningFel(f"Två aktiviteter {ar} heter ”{twice[0]}”. Byt namn på en (K7).")
        if len(names) > FLEST:
            raise UppfoljningFel(f"Planen {ar} har plats för {FLEST} aktiviteter, inte fler (K7).")
    posts = store.flera([Skriv(SLAG, som_data(a)) for a in good], skal=skal)
    return [_av_post(post) for post in posts]


def spara(store: Store, aktivitet: Aktivitet, *, skal: str) -> Aktivitet:
    """Save a changed activity over its version. Raises UppfoljningFel, Konflikt."""
    made = prova(aktivitet)
    data = som_data(made)
    return _av_post(store.spara(SLAG, data, skal=skal, post_id=made.id, version=aktivitet.version))


def ta_bort(store: Store, aktivitet: Aktivitet, *, skal: str) -> None:
    """Remove an activity; its history stays. Raises Konflikt."""
    store.ta_bort(SLAG, aktivitet.id, aktivitet.version, skal=skal)


def med_status(a: Aktivitet, tertial: int, status: str, anteckning: str) -> Aktivitet:
    """Return *a* with what is reported for *tertial*."""
    note = " ".join(anteckning.split())[:500]
    return replace(a, laget={**(a.laget or {}), tertial: (status, note)})
