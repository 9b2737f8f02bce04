"""From a file to the ledger: what it would change is shown first, then all of it is saved, or none.

Balances are saved as what differs from the balances read in before. An import is withdrawn whole;
its rows stay in the store and are counted no more.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import uuid4

from analytics import ledger_changes, ledger_file, store_ledger
from analytics.database import Database
from analytics.errors import BadFile, BadInput, Fault
from analytics.errors_ledger import ImportRattad
from analytics.ledger import IMPORT
from analytics.ledger_changes import Rader
from analytics.ledger_file import SALDO, Tolkad
from analytics.ledger_load import farsk
from analytics.store import Store

HAND = "hand"  # rows written by hand: an import of their own


@dataclass(frozen=True)
class Granskning:
    """What an import would do. `fel`: every fault of the file and against the ledger.

    rader: what would be saved; nya: how many of them are new; redan: how many are there already.
    nya_manader: how many are new by (year, month). sedd: the ledger's last event then.
    """

    tolkad: Tolkad
    ar: int
    rader: Rader
    nya: int
    redan: int
    fel: tuple[Fault, ...]
    anmarkningar: tuple[str, ...]
    nya_manader: Mapping[tuple[int, int], int] = field(default_factory=dict)
    sedd: int | None = None

    @cached_property
    def fran(self) -> date | None:
        return min((row.day for row in self.rader), default=None)

    @cached_property
    def till(self) -> date | None:
        return max((row.day for row in self.rader), default=None)

    @cached_property
    def manader(self) -> list[tuple[str, int, int]]:
        """Per month how many rows would be saved, and their sum over result accounts."""
        sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rader:
            month = sums[row.day.year, row.day.month]
            month[0] += 1
            month[1] += row.amount_ore if row.konto >= "3" else 0
        return [(f"{y}-{m:02}", rows, ore) for (y, m), (rows, ore) in sorted(sums.items())]


@dataclass(frozen=True, slots=True)
class Inlast:
    """What was saved: the import's id ("" when nothing was new), rows read, rows added."""

    import_id: str
    rader: int
    nya: int


def granska(db: Database, store: Store, read: Tolkad, ar: int) -> Granskning:
    """Return what saving *read* would do to the ledger as it is now. Nothing is saved."""
    seen = store.sekvens("huvudbok")
    farsk(db, store)
    posts = store.lista(IMPORT)
    remarks = list(read.anmarkningar)
    same = [post for post in posts if post.data.get("sha256") == read.sha256]
    if same:
        remarks.insert(0, f"Samma fil lästes in {same[-1].skapad:%Y-%m-%d}.")
    if read.fel:
        return Granskning(read, ar, [], 0, 0, tuple(read.fel), tuple(remarks))
    clashes = ledger_changes.dubbelt(db, posts, read)
    if read.slag == SALDO:
        rows = ledger_changes.saldon(db, posts, read.rader)
        _nycklar(rows)
    else:
        booked = _bokforda(db, _nycklar(read.rader))
        rows, told = ledger_changes.verifikat(db, posts, read, booked)
        remarks += told
        _nycklar([row for row in rows if not row.key])
    known = _bokforda(db, [row.key for row in rows])
    months = Counter((row.day.year, row.day.month) for row in rows if row.key not in known)
    new = months.total()
    already = max(len(read.rader) - new, 0)
    return Granskning(read, ar, rows, new, already, tuple(clashes), tuple(remarks), months, seen)


def _nycklar(rows: Rader) -> list[str]:
    """Give each row the key that the store would make of it; made once, and returned."""
    keys = store_ledger.nycklar(rows)
    for row, key in zip(rows, keys, strict=True):
        row.key = key
    return keys


def _bokforda(db: Database, keys: list[str]) -> set[str]:
    return {row["nyckel"] for row in db.query("kanda_nycklar", {"nycklar": keys})}


def spara(
    store: Store, found: Granskning, skal: str, vem: str = "", exempel: bool = False
) -> Inlast:
    """Save what *found* says, all or nothing. Raises BadFile, BadInput without a reason, and
    HuvudbokAndrad when the ledger is not what it was when the file was looked through.

    A file that adds nothing is not saved as an import.
    """
    if found.fel:
        raise BadFile(found.tolkad.namn, found.fel)
    if not skal.strip():
        raise BadInput("", "", "Skriv ett skäl till inläsningen, som ”mars 2027”.")
    if not found.nya:
        return Inlast("", len(found.rader), 0)
    read = found.tolkad
    about = {
        "slag": read.slag,
        "fil": read.namn,
        "sha256": read.sha256,
        "kalla": read.kalla,
        "format": read.format,
        "teckentabell": read.teckentabell,
        "ar": found.ar,
        "fran": str(found.fran),
        "till": str(found.till),
        "konton": read.konton,
        "objekt": dict(read.objekt),
        "exempel": exempel,
    }
    return skriv(store, found.rader, about, skal, vem, sedd=found.sedd)


def skriv(
    store: Store,
    rows: Rader,
    about: dict[str, object],
    skal: str,
    vem: str = "",
    alla: bool = False,
    sedd: int | None = None,
) -> Inlast:
    """Save rows as one import with what is known *about* it; *alla*, *sedd* as in huvudbok_in."""
    import_id, why = str(uuid4()), skal.strip()
    about = {**about, "skal": why, "vem": vem}
    added = store_ledger.add_rows(
        store, import_id, rows, skal=why, vem=vem, om=about, alla=alla, sedd=sedd
    )
    return Inlast(import_id, len(rows), added)


def las_in(
    db: Database,
    store: Store,
    name: str,
    content: bytes,
    ar: int,
    skal: str,
    *,
    kodning: str | None = None,
    vem: str = "",
    exempel: bool = False,
) -> Inlast:
    """Read, look through and save a file in one go. Raises BadFile with every fault."""
    found = granska(db, store, ledger_file.las(name, content, ar, kodning), ar)
    return spara(store, found, skal, vem, exempel)


def dra_tillbaka(db: Database, store: Store, import_id: str, skal: str, vem: str = "") -> int:
    """Withdraw an import; return how many rows. Raises ImportRattad, PostMissing, BadInput,
    HuvudbokAndrad."""
    if not skal.strip():
        raise BadInput("", "", "Skriv ett skäl till att inläsningen dras tillbaka.")
    seen = store.sekvens("huvudbok")
    farsk(db, store)
    ((corrected,),) = [row.values() for row in db.query("rattade_rader", {"import_id": import_id})]
    if corrected:
        saved = store.hamta(IMPORT, import_id)
        raise ImportRattad(saved.data["fil"] if saved else import_id, corrected)
    return store_ledger.withdraw_rows(store, import_id, skal=skal.strip(), vem=vem, sedd=seen)
