"""Draft and published plan are two zones (K14): a draft moves no one, publishing takes a reason.

The draft is one post with its conditions, its turns and the sentences that say how it was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics import rotation_conditions
from analytics.database import Database
from analytics.parties import PartRad
from analytics.rotation import KATEGORIER, Inlan, Vikt
from analytics.rotation_checks import krockar
from analytics.rotation_plan import Losning
from analytics.rotation_problem import PlanFel, Villkor, uppdrag
from analytics.rotation_proof import turer
from analytics.rotation_register import (
    SLAG,
    RotationFel,
    alla,
    av_json,
    prova,
    som_json,
    sparade,
)
from analytics.store import Post, Skriv, Store, TaBort

PLAN = "rotationsplan"


@dataclass(frozen=True)
class Utkast:
    """The draft. `villkor` and `meningar` by category; `vikt` is how debts were shared."""

    post: Post
    villkor: Mapping[str, Villkor]
    vikt: str
    turer: tuple[Inlan, ...]
    meningar: Mapping[str, str]

    @property
    def start(self) -> date:
        return min(v.start for v in self.villkor.values())

    @property
    def slut(self) -> date:
        return max(v.slut for v in self.villkor.values())


@dataclass(frozen=True, slots=True)
class Andring:
    """What publishing does to one turn: who had it and who gets it; None for nobody.

    `fran` is the turn's own first day, without handover. The same party in both: percent, cost or
    handover changes.
    """

    kategori: str
    fran: date
    till: date
    fore: str | None
    efter: str | None


def spara_utkast(
    store: Store,
    villkor: Mapping[str, Villkor],
    losningar: Sequence[Losning],
    vikt: str,
    kostnad_kr: int | None,
) -> Post:
    """Keep a proposal as the draft, in place of the one before. *villkor* by category."""
    asked = {found.problem.kategori: villkor[found.problem.kategori] for found in losningar}
    loans = [
        turn.med(kostnad_kr=kostnad_kr)
        for found in losningar
        for turn in turer(found, asked[found.problem.kategori])
    ]
    data = {
        "status": "utkast",
        "vikt": vikt,
        "villkor": {k: rotation_conditions.som_json(v) for k, v in asked.items()},
        "turer": [som_json(loan) for loan in loans],
        "meningar": {found.problem.kategori: found.mening for found in losningar},
    }
    old = [TaBort(PLAN, p.id, p.version) for p in _utkasten(store)]
    return store.flera([*old, Skriv(PLAN, data)], skal="Nytt utkast")[-1]


def utkast(store: Store) -> Utkast | None:
    """Return the draft, if there is one."""
    posts = _utkasten(store)
    if not posts:
        return None
    data = posts[-1].data
    saved = data["villkor"]
    if "start" in saved:  # version 0.2 had the same conditions for every category
        saved = dict.fromkeys(data["meningar"], saved)
    asked = {k: rotation_conditions.av_json(v) for k, v in saved.items()}
    loans = tuple(av_json(f"utkast-{n}", loan) for n, loan in enumerate(data["turer"]))
    return Utkast(posts[-1], asked, data["vikt"], loans, data["meningar"])


def slang_utkast(store: Store, draft: Utkast) -> None:
    """Throw the draft away; the log keeps it."""
    store.ta_bort(PLAN, draft.post.id, draft.post.version, skal="Utkastet togs bort")


def losning(
    draft: Utkast, plan: Sequence[Inlan], rows: Sequence[PartRad], kategori: str, vikt: Vikt
) -> Losning:
    """Return the draft's plan of a category again, against the register as it is now."""
    problem = uppdrag(plan, rows, kategori, draft.villkor[kategori], vikt)
    held = {(i.ensam, i.till): i.part for i in draft.turer if i.post == kategori}
    chosen = tuple(held.get(problem.pass_[turn]) for turn in problem.fria)
    return Losning(problem, chosen, False, 0, 0.0)


def _utkasten(store: Store) -> list[Post]:
    return [post for post in store.lista(PLAN) if post.data["status"] == "utkast"]


def _pass(inlan: Inlan) -> tuple[str, date, date]:
    """The turn that a loan fills: its post, and its days without handover."""
    return inlan.post, inlan.ensam, inlan.till


def _rorliga(store: Store, draft: Utkast) -> dict[tuple[str, date, date], Inlan]:
    """The published turns that the draft may move, by turn."""
    loans = (av_json(post.id, post.data) for post in sparade(store).values())
    return {
        _pass(i): i
        for i in loans
        if i.plan and i.post in draft.meningar and i.ensam >= draft.villkor[i.post].start
    }


def _lika(before: Inlan | None, after: Inlan | None) -> bool:
    """True when publishing *after* would change nothing of *before*; no cost asked is no change."""
    if before is None or after is None:
        return before is after
    same = (before.part, before.perioder) == (after.part, after.perioder)
    return same and after.kostnad_kr in (None, before.kostnad_kr)


def andringar(store: Store, draft: Utkast) -> list[Andring]:
    """Return what publishing the draft changes, turn by turn; what stays is left out."""
    before, after = _rorliga(store, draft), {_pass(i): i for i in draft.turer}
    keys = sorted(before.keys() | after.keys(), key=lambda k: (KATEGORIER.index(k[0]), k[1]))
    pairs = [(key, before.get(key), after.get(key)) for key in keys]
    return [
        Andring(*key, old and old.part, new and new.part)
        for key, old, new in pairs
        if not _lika(old, new)
    ]


def publicera(
    db: Database, store: Store, rows: Sequence[PartRad], draft: Utkast, skal: str
) -> list[Andring]:
    """Make the draft the published plan, all or nothing; return what changed.

    Turns that are the same stay as they are. Raises PlanFel without a reason or when a turn meets
    a loan that was agreed after the draft was made (K13), RotationFel, Konflikt.
    """
    if not skal.strip():
        raise PlanFel(
            "Skälet saknas. Den som ändrar en publicerad plan skriver varför (K14), till exempel "
            "”beslut i chefsgruppen 2026-12-03”."
        )
    wrong = prova(draft.turer, rows)
    if wrong:
        raise RotationFel(wrong)
    changed = andringar(store, draft)
    moved = {(a.kategori, a.fran, a.till) for a in changed}
    posts = sparade(store)
    gone = {i.id for turn, i in _rorliga(store, draft).items() if turn in moved}
    new = [
        i.med(status="överenskommet", plan=draft.post.id) for i in draft.turer if _pass(i) in moved
    ]
    names = {row.part_id: row.namn for row in rows}
    met = krockar(new, [i for i in alla(db, store) if i.id not in gone], names)
    if met:
        raise PlanFel(
            f"Utkastet krockar med ett inlån som har överenskommits sedan det gjordes (K13). "
            f"{met[0].text} Eller räkna fram ett nytt förslag."
        )
    done = {**draft.post.data, "status": "publicerad"}
    store.flera(
        [
            *(TaBort(SLAG, loan_id, posts[loan_id].version) for loan_id in gone),
            *(Skriv(SLAG, som_json(i)) for i in new),
            Skriv(PLAN, done, draft.post.id, draft.post.version),
        ],
        skal=skal.strip(),
    )
    return changed
