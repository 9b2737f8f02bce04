"""Draft and published plan are two zones (K14): a draft moves no one, publishing takes a reason.

Conditions that last (a party that cannot, a pinned turn) are kept one by one; the draft is one
post with its conditions, its turns and the sentences that say how it was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.parties import PartRad
from analytics.rotation import KATEGORIER, Inlan, Vikt
from analytics.rotation_plan import Losning
from analytics.rotation_problem import Otillganglig, PlanFel, Villkor, uppdrag
from analytics.rotation_proof import turer
from analytics.rotation_register import SLAG, av_json, prova, som_json, sparade
from analytics.store import Post, Skriv, Store, TaBort

PLAN, HINDER = "rotationsplan", "otillganglig"


@dataclass(frozen=True)
class Utkast:
    """The draft that stands. `meningar` by category; `vikt` is how debts were shared."""

    post: Post
    villkor: Villkor
    vikt: str
    turer: tuple[Inlan, ...]
    meningar: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Andring:
    """What publishing does to one turn: who had it and who gets it; None for nobody."""

    kategori: str
    fran: date
    till: date
    fore: str | None
    efter: str | None


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
    return Villkor(
        villkor.start,
        villkor.ar,
        villkor.pass_manader,
        villkor.procent,
        villkor.mellanrum,
        tuple(o for post, o in saved if not post.data["last"]),
        tuple((o.part, o.fran) for post, o in saved if post.data["last"]),
        villkor.historik_fran,
    )


def spara_utkast(
    store: Store,
    villkor: Villkor,
    losningar: Sequence[Losning],
    vikt: str,
    kostnad_kr: int | None,
) -> Post:
    """Keep a proposal as the draft, in place of the one before."""
    loans = [
        turn.med(kostnad_kr=kostnad_kr) for found in losningar for turn in turer(found, villkor)
    ]
    data = {
        "status": "utkast",
        "vikt": vikt,
        "villkor": {
            "start": str(villkor.start),
            "ar": villkor.ar,
            "pass_manader": villkor.pass_manader,
            "procent": villkor.procent,
            "mellanrum": villkor.mellanrum,
            "otillganglig": [[o.part, str(o.fran), str(o.till), o.skal]
                             for o in villkor.otillganglig],
            "lasta": [[part, str(day)] for part, day in villkor.lasta],
            "historik_fran": str(villkor.historik_fran),
        },
        "turer": [som_json(loan) for loan in loans],
        "meningar": {found.problem.kategori: found.mening for found in losningar},
    }  # fmt: skip
    old = [TaBort(PLAN, p.id, p.version) for p in _utkasten(store)]
    return store.flera([*old, Skriv(PLAN, data)], skal="Nytt utkast")[-1]


def utkast(store: Store) -> Utkast | None:
    """Return the draft, if there is one."""
    posts = _utkasten(store)
    if not posts:
        return None
    data = posts[-1].data
    v = data["villkor"]
    asked = Villkor(
        date.fromisoformat(v["start"]),
        v["ar"],
        v["pass_manader"],
        v["procent"],
        v["mellanrum"],
        tuple(
            Otillganglig(part, date.fromisoformat(a), date.fromisoformat(b), why)
            for part, a, b, why in v["otillganglig"]
        ),
        tuple((part, date.fromisoformat(day)) for part, day in v["lasta"]),
        date.fromisoformat(v["historik_fran"]),
    )
    loans = tuple(av_json(f"utkast-{n}", loan) for n, loan in enumerate(data["turer"]))
    return Utkast(posts[-1], asked, data["vikt"], loans, data["meningar"])


def slang_utkast(store: Store, draft: Utkast) -> None:
    """Throw the draft away; the log keeps it."""
    store.ta_bort(PLAN, draft.post.id, draft.post.version, skal="Utkastet togs bort")


def _krockar(posts: Mapping[str, Post], gone: set, turns: Sequence[Inlan], moved: set) -> None:
    """Raise PlanFel when a turn meets a loan that was agreed after the draft was made (K13)."""
    standing = [
        i
        for i in (av_json(post.id, post.data) for post in posts.values())
        if i.id not in gone and i.status != "förslag"
    ]
    for turn in turns:
        for i in standing:
            if (
                (turn.post, turn.fran, turn.till) in moved
                and i.post == turn.post
                and i.fran <= turn.till
                and i.till >= turn.fran
            ):
                raise PlanFel(
                    f"Passet {turn.fran}–{turn.till} i {turn.post} krockar med ett inlån "
                    f"{i.fran}–{i.till} som har överenskommits sedan utkastet gjordes (K13). Räkna "
                    "fram ett nytt förslag."
                )


def losning(
    draft: Utkast, plan: Sequence[Inlan], rows: Sequence[PartRad], kategori: str, vikt: Vikt
) -> Losning:
    """Return the draft's plan of a category again, against the register as it is now."""
    problem = uppdrag(plan, rows, kategori, draft.villkor, vikt)
    held = {(i.fran, i.till): i.part for i in draft.turer if i.post == kategori}
    chosen = tuple(held.get(problem.pass_[turn]) for turn in problem.fria)
    return Losning(problem, chosen, False, 0, 0.0)


def _utkasten(store: Store) -> list[Post]:
    return [post for post in store.lista(PLAN) if post.data["status"] == "utkast"]


def _rorliga(store: Store, draft: Utkast) -> dict[str, Inlan]:
    """The published turns that the draft may move, by id."""
    loans = (av_json(post.id, post.data) for post in sparade(store).values())
    return {
        i.id: i
        for i in loans
        if i.plan and i.post in draft.meningar and i.fran >= draft.villkor.start
    }


def andringar(store: Store, draft: Utkast) -> list[Andring]:
    """Return what publishing the draft changes, turn by turn; what stays is left out."""
    before = {(i.post, i.fran, i.till): i.part for i in _rorliga(store, draft).values()}
    after = {(i.post, i.fran, i.till): i.part for i in draft.turer}
    keys = sorted(before.keys() | after.keys(), key=lambda k: (KATEGORIER.index(k[0]), k[1]))
    return [
        Andring(*key, before.get(key), after.get(key))
        for key in keys
        if before.get(key) != after.get(key)
    ]


def publicera(store: Store, rows: Sequence[PartRad], draft: Utkast, skal: str) -> list[Andring]:
    """Make the draft the published plan, all or nothing; return what changed.

    Turns that are the same stay as they are. Raises PlanFel without a reason, RotationFel,
    Konflikt.
    """
    if not skal.strip():
        raise PlanFel(
            "Skälet saknas. Den som ändrar en publicerad plan skriver varför (K14), till exempel "
            "”beslut i chefsgruppen 2026-12-03”."
        )
    prova(draft.turer, rows)
    changed = andringar(store, draft)
    moved = {(a.kategori, a.fran, a.till) for a in changed}
    posts = sparade(store)
    gone = [
        TaBort(SLAG, i.id, posts[i.id].version)
        for i in _rorliga(store, draft).values()
        if (i.post, i.fran, i.till) in moved
    ]
    new = [
        Skriv(SLAG, som_json(i.med(status="överenskommet", plan=draft.post.id)))
        for i in draft.turer
        if (i.post, i.fran, i.till) in moved
    ]
    _krockar(posts, {change.post_id for change in gone}, draft.turer, moved)
    done = {**draft.post.data, "status": "publicerad"}
    final = Skriv(PLAN, done, draft.post.id, draft.post.version)
    store.flera([*gone, *new, final], skal=skal.strip())
    return changed
