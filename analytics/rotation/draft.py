"""Draft and published plan are two zones (K14): a draft moves no one, publishing takes a reason.

The draft is one post with its conditions, its turns and the sentences that say how it was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.agreement.parties import PartyRow
from analytics.reference.database import Database
from analytics.rotation import conditions
from analytics.rotation.checks import clashes
from analytics.rotation.loans import CATEGORIES, Inlan, Weight
from analytics.rotation.plan import RotationPlan
from analytics.rotation.problem import PlanFault, PlanTerms, assignment
from analytics.rotation.proof import turns_of
from analytics.rotation.register import (
    KIND,
    RotationFault,
    all_inlan,
    from_data,
    require_sound,
    saved_inlan,
    to_data,
)
from analytics.store.posts import Post, Remove, Store, Write

PLAN = "rotationsplan"


@dataclass(frozen=True, kw_only=True)
class RotationDraft:
    """The draft. `terms` and `sentences` by category; `weight` is how debts were shared."""

    post: Post
    terms: Mapping[str, PlanTerms]
    weight: str
    turns: tuple[Inlan, ...]
    sentences: Mapping[str, str]

    @property
    def start(self) -> date:
        return min(v.start for v in self.terms.values())

    @property
    def end(self) -> date:
        return max(v.end for v in self.terms.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChange:
    """What publishing does to one turn: who had it and who gets it; None for nobody.

    `since` is the turn's own first day, without handover. The same party in both: percent, cost or
    handover changes.
    """

    category: str
    since: date
    until: date
    before: str | None
    after: str | None


def save_draft(
    store: Store,
    terms: Mapping[str, PlanTerms],
    solutions: Sequence[RotationPlan],
    weight: str,
    cost_kr: int | None,
) -> Post:
    """Keep a proposal as the draft, in place of the one before. *terms* by category."""
    asked = {found.problem.category: terms[found.problem.category] for found in solutions}
    loans = [
        turn.with_changes(cost_kr=cost_kr)
        for found in solutions
        for turn in turns_of(found, asked[found.problem.category])
    ]
    data = {
        "status": "utkast",
        "vikt": weight,
        "villkor": {k: conditions.to_data(v) for k, v in asked.items()},
        "turer": [to_data(loan) for loan in loans],
        "meningar": {found.problem.category: found.sentence for found in solutions},
    }
    old = [Remove(PLAN, p.id, p.version) for p in _drafts(store)]
    return store.save_many([*old, Write(PLAN, data)], reason="Nytt utkast")[-1]


def latest_draft(store: Store) -> RotationDraft | None:
    """Return the draft, if there is one."""
    posts = _drafts(store)
    if not posts:
        return None
    data = posts[-1].data
    saved = data["villkor"]
    if "start" in saved:  # version 0.2 had the same conditions for every category
        saved = dict.fromkeys(data["meningar"], saved)
    asked = {k: conditions.from_data(v) for k, v in saved.items()}
    loans = tuple(from_data(f"utkast-{n}", loan) for n, loan in enumerate(data["turer"]))
    return RotationDraft(
        post=posts[-1], terms=asked, weight=data["vikt"], turns=loans, sentences=data["meningar"]
    )


def discard_draft(store: Store, draft: RotationDraft) -> None:
    """Throw the draft away; the log keeps it."""
    store.remove(PLAN, draft.post.id, draft.post.version, reason="Utkastet togs bort")


def solution_of(
    draft: RotationDraft,
    plan: Sequence[Inlan],
    rows: Sequence[PartyRow],
    category: str,
    weight: Weight,
) -> RotationPlan:
    """Return the draft's plan of a category again, against the register as it is now."""
    problem = assignment(plan, rows, category, draft.terms[category], weight)
    held = {(i.alone, i.until): i.party for i in draft.turns if i.post == category}
    chosen = tuple(held.get(problem.turn[turn]) for turn in problem.free)
    return RotationPlan(problem=problem, choice=chosen, proven=False, moved=0, seconds=0.0)


def _drafts(store: Store) -> list[Post]:
    return [post for post in store.list_all(PLAN) if post.data["status"] == "utkast"]


def _turn(inlan: Inlan) -> tuple[str, date, date]:
    """The turn that a loan fills: its post, and its days without handover."""
    return inlan.post, inlan.alone, inlan.until


def _movable(store: Store, draft: RotationDraft) -> dict[tuple[str, date, date], Inlan]:
    """The published turns that the draft may move, by turn."""
    loans = (from_data(post.id, post.data) for post in saved_inlan(store).values())
    return {
        _turn(i): i
        for i in loans
        if i.plan and i.post in draft.sentences and i.alone >= draft.terms[i.post].start
    }


def _equal(before: Inlan | None, after: Inlan | None) -> bool:
    """True when publishing *after* would change nothing of *before*; no cost asked is no change."""
    if before is None or after is None:
        return before is after
    same = (before.party, before.periods) == (after.party, after.periods)
    return same and after.cost_kr in (None, before.cost_kr)


def changes_of(store: Store, draft: RotationDraft) -> list[DraftChange]:
    """Return what publishing the draft changes, turn by turn; what stays is left out."""
    before, after = _movable(store, draft), {_turn(i): i for i in draft.turns}
    keys = sorted(before.keys() | after.keys(), key=lambda k: (CATEGORIES.index(k[0]), k[1]))
    pairs = [(key, before.get(key), after.get(key)) for key in keys]
    return [
        DraftChange(
            category=key[0],
            since=key[1],
            until=key[2],
            before=old and old.party,
            after=new and new.party,
        )
        for key, old, new in pairs
        if not _equal(old, new)
    ]


def publish(
    db: Database, store: Store, rows: Sequence[PartyRow], draft: RotationDraft, reason: str
) -> list[DraftChange]:
    """Make the draft the published plan, all or nothing; return what changed.

    Turns that are the same stay as they are. Raises PlanFault without a reason or when a turn meets
    a loan that was agreed after the draft was made (K13), RotationFault, Conflict.
    """
    if not reason.strip():
        raise PlanFault(
            "Skälet saknas. Den som ändrar en publicerad plan skriver varför (K14), till exempel "
            "”beslut i chefsgruppen 2026-12-03”."
        )
    wrong = require_sound(draft.turns, rows)
    if wrong:
        raise RotationFault(wrong)
    changed = changes_of(store, draft)
    moved = {(a.category, a.since, a.until) for a in changed}
    posts = saved_inlan(store)
    gone = {i.id for turn, i in _movable(store, draft).items() if turn in moved}
    new = [
        i.with_changes(status="överenskommet", plan=draft.post.id)
        for i in draft.turns
        if _turn(i) in moved
    ]
    names = {row.party_id: row.name for row in rows}
    met = clashes(new, [i for i in all_inlan(db, store) if i.id not in gone], names)
    if met:
        raise PlanFault(
            f"Utkastet krockar med ett inlån som har överenskommits sedan det gjordes (K13). "
            f"{met[0].text} Eller räkna fram ett nytt förslag."
        )
    done = {**draft.post.data, "status": "publicerad"}
    store.save_many(
        [
            *(Remove(KIND, loan_id, posts[loan_id].version) for loan_id in gone),
            *(Write(KIND, to_data(i)) for i in new),
            Write(PLAN, done, draft.post.id, draft.post.version),
        ],
        reason=reason.strip(),
    )
    return changed
