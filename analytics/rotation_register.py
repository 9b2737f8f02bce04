"""The register of inlån: the documented loans in data/, and those in the store, as one list.

A loan is rows with the same inlan_id, one per percent. Rows come from the shipped file, from an
import, or from a form; what is kept is JSON. What is wrong is refused whole, before it is saved.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NoReturn

from analytics.database import Database
from analytics.errors import AgreementError, BadInput
from analytics.parties import PartRad
from analytics.rotation import Inlan, Period
from analytics.rotation_checks import Fynd, krockar, radfel
from analytics.store import Post, Skriv, Store, TaBort
from analytics.tables import DAY

SLAG = "inlan"


class RotationFel(AgreementError):
    """Loans that cannot be saved. `fynd` says why, each under its clause."""

    def __init__(self, fynd: Sequence[Fynd]) -> None:
        self.fynd = tuple(fynd)
        listed = " ".join(f"{f.klausul}: {f.text}" for f in self.fynd[:5])
        more = len(self.fynd) - 5
        rest = f" Ytterligare {more} fel." if more > 0 else ""
        super().__init__(f"{listed}{rest} Inget har sparats.")


def dag(text: str) -> date:
    """Return the day that "2027-01-01" says. Raises BadInput."""
    clean = text.strip()
    try:
        return date.fromisoformat(clean) if DAY.fullmatch(clean) else _fel_dag(text)
    except ValueError:
        return _fel_dag(text)


def _fel_dag(text: str) -> NoReturn:
    raise BadInput(text, "är inget datum", "Skriv ett datum som 2027-01-31.")


def perioder(text: str) -> tuple[Period, ...]:
    """Return the periods of lines like "2027-01-01 2027-06-30 50". Raises BadInput."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line.removesuffix("%").split()
        if len(words) != 3 or not (words[2].isascii() and words[2].isdecimal()):
            raise BadInput(
                line, "är ingen period", "Skriv från, till och procent: 2027-01-01 2027-06-30 50."
            )
        found.append(Period(dag(words[0]), dag(words[1]), int(words[2][:9])))
    return tuple(found)


def av_rader(rows: Iterable[Mapping[str, object]]) -> list[Inlan]:
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
            overlamning=own[0]["overlamning_dagar"] or 0,
        )
        for loan_id, own in groups.items()
    ]


def rader(plan: Iterable[Inlan]) -> list[dict[str, object]]:
    """Return the rows of *plan*, one per loan and period: the inverse of av_rader."""
    return [
        {
            "inlan_id": i.id,
            "post": i.post,
            "part_id": i.part,
            "roll": i.roll,
            "fran": p.fran,
            "till": p.till,
            "procent": p.procent,
            "status": i.status,
            "kostnad_kr": i.kostnad_kr,
            "palagg_kr": i.palagg_kr,
            "anteckning": i.anteckning or None,
            "kalla": i.kalla or None,
            "overlamning_dagar": i.overlamning or None,
        }
        for i in plan
        for p in i.perioder
    ]


def som_json(inlan: Inlan) -> dict[str, object]:
    """Return what the store keeps of a loan; its id is the post's."""
    return {
        "post": inlan.post,
        "part": inlan.part,
        "roll": inlan.roll,
        "perioder": [
            {"fran": str(p.fran), "till": str(p.till), "procent": p.procent} for p in inlan.perioder
        ],
        "status": inlan.status,
        "kostnad_kr": inlan.kostnad_kr,
        "palagg_kr": inlan.palagg_kr,
        "anteckning": inlan.anteckning,
        "kalla": inlan.kalla,
        "exempel": inlan.exempel,
        "plan": inlan.plan,
        "overlamning": inlan.overlamning,
    }


def av_json(loan_id: str, data: Mapping[str, object]) -> Inlan:
    periods = tuple(
        Period(date.fromisoformat(p["fran"]), date.fromisoformat(p["till"]), p["procent"])
        for p in data["perioder"]
    )
    return Inlan(
        id=loan_id,
        post=data["post"],
        part=data["part"],
        roll=data["roll"],
        perioder=periods,
        status=data["status"],
        kostnad_kr=data["kostnad_kr"],
        palagg_kr=data["palagg_kr"],
        anteckning=data["anteckning"],
        kalla=data["kalla"],
        exempel=data["exempel"],
        plan=data["plan"],
        overlamning=data.get("overlamning", 0),  # version 0.2 had none
    )


def dokumenterade(db: Database) -> list[Inlan]:
    """Return the loans that the program ships with: fixed history, in no one's hands."""
    return db.minns("inlan", lambda: av_rader(db.query("inlan")))


def sparade(store: Store) -> dict[str, Post]:
    """Return the saved loans that stand, by id."""
    return {post.id: post for post in store.lista(SLAG)}


def alla(db: Database, store: Store) -> list[Inlan]:
    """Return documented and saved loans, by first day and id."""
    saved = [av_json(post.id, post.data) for post in sparade(store).values()]
    return sorted([*dokumenterade(db), *saved], key=lambda i: (i.fran, i.post, i.id))


def prova(
    plan: Sequence[Inlan], rows: Sequence[PartRad], standing: Sequence[Inlan] = ()
) -> list[Fynd]:
    """Return what cannot be: loans wrong in themselves, else loans that meet another (K13)."""
    wrong = [fynd for inlan in plan for fynd in radfel(inlan, rows)]
    names = {row.part_id: row.namn for row in rows}
    return wrong or krockar(plan, standing, names)


def _kraver(wrong: Sequence[Fynd]) -> None:
    if wrong:
        raise RotationFel(wrong)


def spara(
    db: Database, store: Store, rows: Sequence[PartRad], plan: Sequence[Inlan], skal: str
) -> list[Post]:
    """Save new loans, all or none. Raises RotationFel, StoreUnavailable."""
    _kraver(prova(plan, rows, alla(db, store)))
    return store.flera([Skriv(SLAG, som_json(inlan)) for inlan in plan], skal=skal)


def nya(plan: Sequence[Inlan], standing: Sequence[Inlan]) -> list[Inlan]:
    """Return those of *plan* that the register does not have already, so a file can be read again.

    The same loan is the same post, party, status and periods.
    """
    known = {(i.post, i.part, i.status, i.perioder) for i in standing}
    return [i for i in plan if (i.post, i.part, i.status, i.perioder) not in known]


def andra(
    db: Database, store: Store, rows: Sequence[PartRad], inlan: Inlan, version: int, skal: str
) -> Post:
    """Save a changed loan over *version*; what is published takes a reason (K14).

    Raises BadInput without one, RotationFel, Konflikt.
    """
    if inlan.plan and not skal.strip():
        raise BadInput("", "är inget skäl", "Inlånet är publicerat: skriv varför det ändras (K14).")
    _kraver(prova([inlan], rows, [i for i in alla(db, store) if i.id != inlan.id]))
    return store.spara(
        SLAG, som_json(inlan), skal=skal.strip() or "ändrat", post_id=inlan.id, version=version
    )


def flyttat(before: Inlan, after: Inlan, namn: Mapping[str, str]) -> str:
    """Say for whom a change of a loan moves what."""
    old, new = (
        "; ".join(f"{p.fran}–{p.till}, {p.procent} %" for p in i.perioder) for i in (before, after)
    )
    if before.part != after.part:
        who = f"{namn[before.part]} lånar inte ut {old}"
        return f"{who}; {namn[after.part]} lånar ut {new}."
    if old != new:
        return f"{namn[after.part]}: {old} blir {new}."
    return f"{namn[after.part]}: samma dagar och omfattning."


def ta_bort(store: Store, loan_id: str, version: int, skal: str) -> None:
    """Say that a loan is removed. Raises BadInput without a reason, Konflikt."""
    if not skal.strip():
        raise BadInput("", "är inget skäl", "Skriv varför inlånet tas bort (K14).")
    store.ta_bort(SLAG, loan_id, version, skal=skal.strip())


def angra(db: Database, store: Store, rows: Sequence[PartRad], loan_id: str) -> None:
    """Take back the last change of a loan, by a new row; the log keeps both.

    A new loan is removed, a changed one gets its former values, a removed one comes back under a
    new id. Raises PostMissing, RotationFel.
    """
    post, last = store.hamta(SLAG, loan_id), store.historik(SLAG, loan_id)[-1]
    why = f"Ångrar: {last.vad}"
    if post.borttagen:
        spara(db, store, rows, [av_json("", post.data)], why)
    elif last.fore is None:
        store.ta_bort(SLAG, loan_id, post.version, skal=why)
    else:
        andra(db, store, rows, av_json(loan_id, last.fore), post.version, why)


def borttagna(store: Store) -> dict[str, Inlan]:
    """Return the removed loans that nothing like has come back for, latest removed first, by id."""
    posts = [post for post in store.lista(SLAG, borttagna=True) if post.borttagen]
    posts.sort(key=lambda post: post.borttagen, reverse=True)
    removed = [av_json(post.id, post.data) for post in posts]
    standing = [av_json(post.id, post.data) for post in sparade(store).values()]
    return {i.id: i for i in nya(removed, standing) if not i.exempel}


# post, party, first day, last day, percent, status, days of handover
EXEMPEL = (
    ("kommun", "0160", "2026-01-01", "2026-06-30", 50, "överenskommet", 0),
    ("kommun", "0182", "2026-07-01", "2026-12-31", 50, "överenskommet", 0),
    ("kommun", "0163", "2026-12-15", "2027-06-30", 50, "överenskommet", 17),
    ("blåljus", "polisen", "2026-01-01", "2026-12-31", 50, "överenskommet", 0),
    ("blåljus", "sos-alarm", "2027-03-01", "2027-12-31", 50, "överenskommet", 0),
    ("trafik", "trafikverket", "2026-01-01", "2026-12-31", 50, "överenskommet", 0),
    ("trafik", "region-stockholm", "2026-12-01", "2027-11-30", 50, "förslag", 0),
)


def exempel() -> list[Inlan]:
    """Return the demonstration: made up, with a gap, a handover and a double booking in it."""
    return [
        Inlan(
            "",
            post,
            part,
            "Samordnare (exempel)",
            (Period(date.fromisoformat(first), date.fromisoformat(last), percent),),
            status,
            60_000,
            6_000,
            "exempel",
            "Påhittat exempel, inte ett verkligt inlån",
            exempel=True,
            overlamning=handover,
        )
        for post, part, first, last, percent, status, handover in EXEMPEL
    ]


def ladda_exempel(db: Database, store: Store, rows: Sequence[PartRad]) -> None:
    """Put the demonstration in the register, once. Raises RotationFel."""
    if not any(post.data["exempel"] for post in sparade(store).values()):
        spara(db, store, rows, exempel(), "Exempelplanen lades in")


def ta_bort_exempel(store: Store) -> int:
    """Remove every loan of the demonstration, in one transaction; return how many they were."""
    own = [post for post in sparade(store).values() if post.data["exempel"]]
    changes = [TaBort(SLAG, post.id, post.version) for post in own]
    if changes:
        store.flera(changes, skal="Exempelplanen togs bort")
    return len(changes)
