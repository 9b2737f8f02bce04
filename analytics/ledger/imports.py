"""From a file to the ledger: what it would change is shown first, then all of it is saved, or none.

Balances are saved as what differs from the balances read in before. An import is withdrawn whole;
its rows stay in the store and are counted no more.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import uuid4

from analytics.errors import BadFile, BadInput, Fault
from analytics.ledger import changes as ledger_changes, file as ledger_file, saved_rows
from analytics.ledger.booked import IMPORT
from analytics.ledger.changes import Rows
from analytics.ledger.errors import ImportCorrected
from analytics.ledger.file import BALANCE, Parsed
from analytics.ledger.refresh import refresh
from analytics.reference.database import Database
from analytics.store.posts import Store

HAND = "hand"  # rows written by hand: an import of their own


@dataclass(frozen=True)
class Preview:
    """What an import would do. `faults`: every fault of the file and against the ledger.

    rows: what would be saved; new: how many of them are new; already: how many are there already.
    new_months: how many are new by (year, month). seen: the ledger's last event then.
    """

    parsed: Parsed
    year: int
    rows: Rows
    new: int
    already: int
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]
    new_months: Mapping[tuple[int, int], int] = field(default_factory=dict)
    seen: int | None = None

    @cached_property
    def since(self) -> date | None:
        return min((row.day for row in self.rows), default=None)

    @cached_property
    def until(self) -> date | None:
        return max((row.day for row in self.rows), default=None)

    @cached_property
    def months(self) -> list[tuple[str, int, int]]:
        """Per month how many rows would be saved, and their sum over result accounts."""
        sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            month = sums[row.day.year, row.day.month]
            month[0] += 1
            month[1] += row.amount_ore if row.konto >= "3" else 0
        return [(f"{y}-{m:02}", rows, ore) for (y, m), (rows, ore) in sorted(sums.items())]


@dataclass(frozen=True, slots=True)
class Imported:
    """What was saved: the import's id ("" when nothing was new), rows read, rows added."""

    import_id: str
    rows: int
    new: int


def preview(db: Database, store: Store, read: Parsed, year: int) -> Preview:
    """Return what saving *read* would do to the ledger as it is now. Nothing is saved."""
    seen = store.sequence("huvudbok")
    refresh(db, store)
    posts = store.list_all(IMPORT)
    remarks = list(read.remarks)
    same = [post for post in posts if post.data.get("sha256") == read.sha256]
    if same:
        remarks.insert(0, f"Samma fil lästes in {same[-1].created:%Y-%m-%d}.")
    if read.faults:
        return Preview(read, year, [], 0, 0, tuple(read.faults), tuple(remarks))
    if read.kind == BALANCE:
        clashes = ledger_changes.booked_twice(db, posts, read)
        rows = ledger_changes.changed_balances(db, posts, read.rows)
        _keys(rows)
    else:
        booked = _booked(db, _keys(read.rows))
        other = replace(read, rows=[row for row in read.rows if row.key not in booked])
        clashes = ledger_changes.booked_twice(db, posts, other)
        rows, told = ledger_changes.changed_verifikat(db, posts, read, booked)
        remarks += told
        _keys([row for row in rows if not row.key])
    known = _booked(db, [row.key for row in rows])
    months = Counter((row.day.year, row.day.month) for row in rows if row.key not in known)
    new = months.total()
    already = max(len(read.rows) - new, 0)
    return Preview(read, year, rows, new, already, tuple(clashes), tuple(remarks), months, seen)


def _keys(rows: Rows) -> list[str]:
    """Give each row the key that the store would make of it; made once, and returned."""
    keys = saved_rows.row_keys(rows)
    for row, key in zip(rows, keys, strict=True):
        row.key = key
    return keys


def _booked(db: Database, keys: list[str]) -> set[str]:
    return {row["nyckel"] for row in db.query("kanda_nycklar", {"nycklar": keys})}


def save(
    store: Store, found: Preview, reason: str, who: str = "", example: bool = False
) -> Imported:
    """Save what *found* says, all or nothing. Raises BadFile, BadInput without a reason, and
    LedgerChanged when the ledger is not what it was when the file was looked through.

    A file that adds nothing is not saved as an import.
    """
    if found.faults:
        raise BadFile(found.parsed.name, found.faults)
    if not reason.strip():
        raise BadInput("", "", "Skriv ett skäl till inläsningen, som ”mars 2027”.")
    if not found.new:
        return Imported("", len(found.rows), 0)
    read = found.parsed
    about = {
        "slag": read.kind,
        "fil": read.name,
        "sha256": read.sha256,
        "kalla": read.source,
        "format": read.format,
        "teckentabell": read.code_page,
        "ar": found.year,
        "fran": str(found.since),
        "till": str(found.until),
        "konton": read.accounts,
        "objekt": dict(read.objekt),
        "exempel": example,
    }
    return write(store, found.rows, about, reason, who, seen=found.seen)


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
    who: str = "",
    example: bool = False,
) -> Imported:
    """Read, look through and save a file in one go. Raises BadFile with every fault."""
    found = preview(db, store, ledger_file.read(name, content, year, encoding), year)
    return save(store, found, reason, who, example)


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
