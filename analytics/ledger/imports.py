"""From a file to the ledger: what it would change is shown first, then all of it is saved, or none.

Balances are saved as what differs from the balances read in before. An import is withdrawn whole;
its rows stay in the store and are counted no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from analytics.errors import BadFile, BadInput
from analytics.ledger import file as ledger_file, saved_rows, sums
from analytics.ledger.booked import IMPORT
from analytics.ledger.errors import ImportCorrected
from analytics.ledger.refresh import refresh
from analytics.ledger.review import choices
from analytics.ledger.review.books import group_of
from analytics.ledger.review.changes import Rows
from analytics.ledger.review.preview import Preview, preview
from analytics.ledger.sums import AccountSums
from analytics.reference.database import Database
from analytics.store.posts import Store

SHOWN = 5
HAND = "hand"  # rows written by hand: an import of their own


@dataclass(frozen=True, slots=True)
class Imported:
    """What was saved: the import's id ("" when nothing was new), rows read, rows added."""

    import_id: str
    rows: int
    new: int


def save(
    store: Store, found: Preview, reason: str, who: str = "", example: bool = False
) -> Imported:
    """Save what *found* says, all or nothing. Raises BadFile, BadInput without a reason, and
    LedgerChanged when the ledger is not what it was when the file was looked through.

    A file that adds nothing and states no other sums is not saved as an import. What the ledger
    will not hold as the file states is kept with the import, beside the reason.
    """
    if found.faults:
        raise BadFile(found.parsed.name, found.faults)
    if not reason.strip():
        raise BadInput("", "", _wanted(found))
    if not found.news:
        return Imported("", len(found.rows), 0)
    read = found.parsed
    about = {
        "slag": read.kind,
        "fil": read.name,
        "sha256": read.sha256,
        "kalla": read.source,
        "bolag": read.company,
        "skapad": read.generated.isoformat() if read.generated else None,
        "format": read.format,
        "teckentabell": read.code_page,
        "ar": found.year,
        "fran": found.since.isoformat() if found.since else None,
        "till": found.until.isoformat() if found.until else None,
        "konton": read.accounts,
        "objekt": dict(read.objekt),
        "exempel": example,
        "val": choices.to_data(found.choices),
        "samma": list(found.same),
        "utelamnade": [list(pair) for pair in found.left_out],
        "avvikelser": [_difference(account) for account in found.differences],
        **sums.about(read),
    }
    return write(store, found.rows, about, reason, who, seen=found.seen)


def _wanted(found: Preview) -> str:
    """Return a sentence that asks for the reason, and names what it is to answer for."""
    if not found.differences:
        return "Skriv ett skäl till inläsningen, som ”mars 2027”."
    names = ", ".join(account.konto for account in found.differences[:SHOWN])
    more = len(found.differences) - SHOWN
    return (
        f"Huvudboken blir inte som filens egna summor på konto {names}"
        f"{f' och {more} till' if more > 0 else ''}. Skriv ett skäl till att läsa in filen ändå."
    )


def _difference(account: AccountSums) -> dict[str, object]:
    return {
        "konto": account.konto,
        "fil_ore": account.stated_ore,
        "rader_ore": account.rows_ore,
        "bok_ore": account.ledger_ore,
        "orsak": account.cause,
    }


def write(
    store: Store,
    rows: Rows,
    about: dict[str, object],
    reason: str,
    who: str = "",
    everything: bool = False,
    seen: int | None = None,
) -> Imported:
    """Save rows as one import with what is known *about* it; the rest as in add_rows."""
    import_id, why = str(uuid4()), reason.strip()
    about = {**about, "skal": why, "vem": who}
    added = saved_rows.add_rows(
        store, import_id, rows, reason=why, who=who, about=about, everything=everything, seen=seen
    )
    return Imported(import_id, len(rows), added)


def import_file(
    db: Database,
    store: Store,
    name: str,
    content: bytes,
    year: int,
    reason: str,
    *,
    encoding: str | None = None,
    chosen: Mapping[str, str | None] | None = None,
    who: str = "",
    example: bool = False,
) -> Imported:
    """Read, look through and save a file in one go; *chosen* as in preview. Raises BadFile with
    every fault."""
    found = preview(db, store, ledger_file.read(name, content, year, encoding), year, chosen)
    return save(store, found, reason, who, example)


def read_in_since(store: Store, import_id: str) -> list[str]:
    """Return the names of files of the same bookkeeping that were read in after an import, and so
    without the rows that it had already."""
    posts = store.list_all(IMPORT)
    own = next((post for post in posts if post.id == import_id), None)
    if own is None or not own.data.get("kalla"):
        return []
    later = posts[posts.index(own) + 1 :]
    books = group_of(own.data, posts)
    return [str(p.data.get("fil", "")) for p in later if group_of(p.data, posts) == books]


def told_of_later(names: Sequence[str]) -> str:
    """Return what to do when an import has been withdrawn from under later files; "" for none."""
    if not names:
        return ""
    return (
        f"Senare filer från samma organisation lästes in utan de rader som redan fanns "
        f"({', '.join(names[-SHOWN:])}). Läs in den senaste igen, så att inget saknas."
    )


def withdraw(db: Database, store: Store, import_id: str, reason: str, who: str = "") -> int:
    """Withdraw an import; return how many rows. Raises ImportCorrected, PostMissing, BadInput,
    LedgerChanged."""
    if not reason.strip():
        raise BadInput("", "", "Skriv ett skäl till att inläsningen dras tillbaka.")
    seen = store.sequence("huvudbok")
    refresh(db, store)
    ((corrected,),) = [row.values() for row in db.query("rattade_rader", {"import_id": import_id})]
    if corrected:
        saved = store.get(IMPORT, import_id)
        raise ImportCorrected(saved.data["fil"] if saved else import_id, corrected)
    return saved_rows.withdraw_rows(store, import_id, reason=reason.strip(), who=who, seen=seen)
