"""What is asked of a plan, as it is kept: hinders, pinned turns, a draft's conditions (K14)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.parties import PartRad
from analytics.rotation_problem import Otillganglig, PlanFel, Villkor
from analytics.store import Post, Store

HINDER = "otillganglig"


def lagg_hinder(
    store: Store, rows: Sequence[PartRad], hinder: Otillganglig, last: bool = False
) -> Post:
    """Save that a party cannot lend in a span, or (*last*) that a turn is its own.

    Raises PlanFel.
    """
    if hinder.part not in {row.part_id for row in rows}:
        raise PlanFel(f"Parten ”{hinder.part}” finns inte (K14). Välj en part i listan.")
    if hinder.till < hinder.fran:
        raise PlanFel(
            f"Slutet {hinder.till} är före starten {hinder.fran} (K14). Ange ett slut samma dag "
            "eller senare."
        )
    if not hinder.skal.strip():
        raise PlanFel("Skälet saknas (K14). Skriv varför, i några ord.")
    data = {
        "part": hinder.part,
        "fran": str(hinder.fran),
        "till": str(hinder.till),
        "skal": hinder.skal.strip(),
        "last": last,
    }
    return store.spara(HINDER, data, skal=hinder.skal.strip())


def hinder(store: Store) -> list[tuple[Post, Otillganglig]]:
    """Return the saved conditions: unavailability, and pinned turns (data["last"])."""
    return [
        (
            post,
            Otillganglig(
                post.data["part"],
                date.fromisoformat(post.data["fran"]),
                date.fromisoformat(post.data["till"]),
                post.data["skal"],
            ),
        )
        for post in store.lista(HINDER)
    ]


def med_hinder(villkor: Villkor, saved: Sequence[tuple[Post, Otillganglig]]) -> Villkor:
    """Return *villkor* with the saved conditions."""
    return replace(
        villkor,
        otillganglig=tuple(o for post, o in saved if not post.data["last"]),
        lasta=tuple((o.part, o.fran) for post, o in saved if post.data["last"]),
    )


def som_json(villkor: Villkor) -> dict[str, object]:
    """Return what the store keeps of the conditions of one category."""
    return {
        "start": str(villkor.start),
        "ar": villkor.ar,
        "pass_manader": villkor.pass_manader,
        "procent": villkor.procent,
        "mellanrum": villkor.mellanrum,
        "overlamning": villkor.overlamning,
        "otillganglig": [[o.part, str(o.fran), str(o.till), o.skal] for o in villkor.otillganglig],
        "lasta": [[part, str(day)] for part, day in villkor.lasta],
        "historik_fran": str(villkor.historik_fran),
    }


def av_json(data: Mapping[str, object]) -> Villkor:
    day = date.fromisoformat
    return Villkor(
        day(data["start"]),
        ar=data["ar"],
        pass_manader=data["pass_manader"],
        procent=data["procent"],
        mellanrum=data["mellanrum"],
        overlamning=data.get("overlamning", 0),  # version 0.2 had none
        otillganglig=tuple(
            Otillganglig(p, day(a), day(b), w) for p, a, b, w in data["otillganglig"]
        ),
        lasta=tuple((part, day(when)) for part, when in data["lasta"]),
        historik_fran=day(data["historik_fran"]),
    )
