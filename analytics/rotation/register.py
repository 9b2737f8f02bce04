"""The register of inlån: the documented loans in data/, and those in the store, as one list.

A loan is rows with the same inlan_id, one per percent. Rows come from the shipped file, from an
import, or from a form; what is kept is JSON. What is wrong is refused whole, before it is saved.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError, BadInput
from analytics.reference.database import Database
from analytics.rotation.checks import clashes, row_faults
from analytics.rotation.findings import Finding, text_faults
from analytics.rotation.loans import Inlan, Period
from analytics.store.posts import Post, Remove, Store, Write
from analytics.swedish import parse_day

KIND = "inlan"


class RotationFault(AgreementError):
    """Loans that cannot be saved. `findings` say why, each under its clause."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        listed = " ".join(f"{f.clause}: {f.text}" for f in self.findings[:5])
        more = len(self.findings) - 5
        remainder = f" Ytterligare {more} fel." if more > 0 else ""
        super().__init__(f"{listed}{remainder} Inget har sparats.")


def periods(text: str) -> tuple[Period, ...]:
    """Return the periods of lines like "2027-01-01 2027-06-30 50". Raises BadInput."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line.removesuffix("%").split()
        if len(words) != 3 or not (words[2].isascii() and words[2].isdecimal()):
            raise BadInput(
                line, "är ingen period", "Skriv från, till och procent: 2027-01-01 2027-06-30 50."
            )
        found.append(Period(parse_day(words[0]), parse_day(words[1]), int(words[2][:9])))
    return tuple(found)


def from_rows(rows: Iterable[Mapping[str, object]]) -> list[Inlan]:
    """Return one loan per inlan_id, in the order they first stand. Rows as in data/inlan.csv."""
    groups: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        groups.setdefault(row["inlan_id"], []).append(row)
    return [
        Inlan(
            loan_id,
            own[0]["post"],
            own[0]["part_id"],
            own[0]["roll"],
            tuple(Period(r["fran"], r["till"], r["procent"]) for r in own),
            own[0]["status"],
            own[0]["kostnad_kr"],
            own[0]["palagg_kr"],
            own[0]["anteckning"] or "",
            own[0]["kalla"] or "",
            handover=own[0]["overlamning_dagar"] or 0,
        )
        for loan_id, own in groups.items()
    ]


def as_rows(plan: Iterable[Inlan]) -> list[dict[str, object]]:
    """Return the rows of *plan*, one per loan and period: the inverse of from_rows."""
    return [
        {
            "inlan_id": i.id,
            "post": i.post,
            "part_id": i.party,
            "roll": i.role,
            "fran": p.since,
            "till": p.until,
            "procent": p.percent,
            "status": i.status,
            "kostnad_kr": i.cost_kr,
            "palagg_kr": i.overhead_kr,
            "anteckning": i.note or None,
            "kalla": i.source or None,
            "overlamning_dagar": i.handover or None,
        }
        for i in plan
        for p in i.periods
    ]


def to_data(inlan: Inlan) -> dict[str, object]:
    """Return what the store keeps of a loan; its id is the post's."""
    return {
        "post": inlan.post,
        "part": inlan.party,
        "roll": inlan.role,
        "perioder": [
            {"fran": str(p.since), "till": str(p.until), "procent": p.percent}
            for p in inlan.periods
        ],
        "status": inlan.status,
        "kostnad_kr": inlan.cost_kr,
        "palagg_kr": inlan.overhead_kr,
        "anteckning": inlan.note,
        "kalla": inlan.source,
        "exempel": inlan.example,
        "plan": inlan.plan,
        "overlamning": inlan.handover,
    }


def from_data(loan_id: str, data: Mapping[str, object]) -> Inlan:
    periods = tuple(
        Period(date.fromisoformat(p["fran"]), date.fromisoformat(p["till"]), p["procent"])
        for p in data["perioder"]
    )
    return Inlan(
        id=loan_id,
        post=data["post"],
        party=data["part"],
        role=data["roll"],
        periods=periods,
        status=data["status"],
        cost_kr=data["kostnad_kr"],
        overhead_kr=data["palagg_kr"],
        note=data["anteckning"],
        source=data["kalla"],
        example=data["exempel"],
        plan=data["plan"],
        handover=data.get("overlamning", 0),  # version 0.2 had none
    )


def documented(db: Database) -> list[Inlan]:
    """Return the loans that the program ships with: fixed history, in no one's hands."""
    return db.remember("inlan", lambda: from_rows(db.query("inlan")))


def saved_inlan(store: Store) -> dict[str, Post]:
    """Return the saved loans that stand, by id."""
    return {post.id: post for post in store.list_all(KIND)}


def all_inlan(db: Database, store: Store) -> list[Inlan]:
    """Return documented and saved loans, by first day and id."""
    saved = [from_data(post.id, post.data) for post in saved_inlan(store).values()]
    return sorted([*documented(db), *saved], key=lambda i: (i.since, i.post, i.id))


def require_sound(
    plan: Sequence[Inlan], rows: Sequence[PartyRow], standing: Sequence[Inlan] = ()
) -> list[Finding]:
    """Return what cannot be: loans wrong in themselves, else loans that meet another (K13)."""
    wrong = [finding for inlan in plan for finding in row_faults(inlan, rows)]
    names = {row.party_id: row.name for row in rows}
    return wrong or clashes(plan, standing, names)


def _refuse(wrong: Sequence[Finding]) -> None:
    if wrong:
        raise RotationFault(wrong)


def save(
    db: Database, store: Store, rows: Sequence[PartyRow], plan: Sequence[Inlan], reason: str
) -> list[Post]:
    """Save new loans, all or none. Raises RotationFault, StoreUnavailable."""
    _refuse([finding for inlan in plan for finding in text_faults(inlan)])
    return _save(db, store, rows, plan, reason)


def _save(
    db: Database, store: Store, rows: Sequence[PartyRow], plan: Sequence[Inlan], reason: str
) -> list[Post]:
    """Save loans whose texts are let through: entered now, or saved before."""
    plan = [inlan.on_one_line() for inlan in plan]
    _refuse(require_sound(plan, rows, all_inlan(db, store)))
    return store.save_many([Write(KIND, to_data(inlan)) for inlan in plan], reason=reason)


def save_new(plan: Sequence[Inlan], standing: Sequence[Inlan]) -> list[Inlan]:
    """Return those of *plan* that the register does not have already, so a file can be read again.

    The same loan is the same post, party, status and periods.
    """
    known = {(i.post, i.party, i.status, i.periods) for i in standing}
    return [i for i in plan if (i.post, i.party, i.status, i.periods) not in known]


def edit(
    db: Database, store: Store, rows: Sequence[PartyRow], inlan: Inlan, version: int, reason: str
) -> Post:
    """Save a changed loan over *version*; what is published takes a reason (K14).

    Raises BadInput without one, RotationFault, Conflict.
    """
    if inlan.plan and not reason.strip():
        raise BadInput("", "är inget skäl", "Inlånet är publicerat: skriv varför det ändras (K14).")
    saved = store.get(KIND, inlan.id)
    _refuse(text_faults(inlan, None if saved is None else from_data(saved.id, saved.data)))
    inlan = inlan.on_one_line()
    _refuse(require_sound([inlan], rows, [i for i in all_inlan(db, store) if i.id != inlan.id]))
    return store.save(
        KIND, to_data(inlan), reason=reason.strip() or "ändrat", post_id=inlan.id, version=version
    )


def remove(store: Store, loan_id: str, version: int, reason: str) -> None:
    """Say that a loan is removed. Raises BadInput without a reason, Conflict."""
    if not reason.strip():
        raise BadInput("", "är inget skäl", "Skriv varför inlånet tas bort (K14).")
    store.remove(KIND, loan_id, version, reason=reason.strip())


def undo(db: Database, store: Store, rows: Sequence[PartyRow], loan_id: str) -> None:
    """Take back the last change of a loan, by a new row; the log keeps both.

    A new loan is removed, a changed one gets its former values, a removed one comes back under a
    new id. Raises PostMissing, RotationFault.
    """
    post, last = store.get(KIND, loan_id), store.history(KIND, loan_id)[-1]
    why = f"Ångrar: {last.what}"
    if post.removed:
        _save(db, store, rows, [from_data("", post.data)], why)
    elif last.before is None:
        store.remove(KIND, loan_id, post.version, reason=why)
    else:
        edit(db, store, rows, from_data(loan_id, last.before), post.version, why)


def removed_inlan(store: Store) -> dict[str, Inlan]:
    """Return the removed loans that nothing like has come back for, latest removed first, by id."""
    posts = [post for post in store.list_all(KIND, removed_ones=True) if post.removed]
    posts.sort(key=lambda post: post.removed, reverse=True)
    removed = [from_data(post.id, post.data) for post in posts]
    standing = [from_data(post.id, post.data) for post in saved_inlan(store).values()]
    return {i.id: i for i in save_new(removed, standing) if not i.example}


# post, party, first day, last day, percent, status, days of handover
EXAMPLE = (
    ("kommun", "0160", "2026-01-01", "2026-06-30", 50, "överenskommet", 0),
    ("kommun", "0182", "2026-07-01", "2026-12-31", 50, "överenskommet", 0),
    ("kommun", "0163", "2026-12-15", "2027-06-30", 50, "överenskommet", 17),
    ("blåljus", "polisen", "2026-01-01", "2026-12-31", 50, "överenskommet", 0),
    ("blåljus", "sos-alarm", "2027-03-01", "2027-12-31", 50, "överenskommet", 0),
    ("trafik", "trafikverket", "2026-01-01", "2026-12-31", 50, "överenskommet", 0),
    ("trafik", "region-stockholm", "2026-12-01", "2027-11-30", 50, "förslag", 0),
)


def example_inlan() -> list[Inlan]:
    """Return the demonstration: made up, with a gap, a handover and a double booking in it."""
    return [
        Inlan(
            "",
            post,
            party,
            "Samordnare (exempel)",
            (Period(date.fromisoformat(first), date.fromisoformat(last), percent),),
            status,
            60_000,
            6_000,
            "exempel",
            "Påhittat exempel, inte ett verkligt inlån",
            example=True,
            handover=handover,
        )
        for post, party, first, last, percent, status, handover in EXAMPLE
    ]


def load_example(db: Database, store: Store, rows: Sequence[PartyRow]) -> None:
    """Put the demonstration in the register, once. Raises RotationFault."""
    if not any(post.data["exempel"] for post in saved_inlan(store).values()):
        save(db, store, rows, example_inlan(), "Exempelplanen lades in")


def remove_example(store: Store) -> int:
    """Remove every loan of the demonstration, in one transaction; return how many they were."""
    own = [post for post in saved_inlan(store).values() if post.data["exempel"]]
    changes = [Remove(KIND, post.id, post.version) for post in own]
    if changes:
        store.save_many(changes, reason="Exempelplanen togs bort")
    return len(changes)
