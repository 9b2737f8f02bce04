"""From a file to the ledger: what it would change is shown first, then all of it is saved, or none.

Balances are saved as what differs from the balances read in before. An import is withdrawn whole;
its rows stay in the store and are counted no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from analytics import ledger_file, store_rows
from analytics.database import Database
from analytics.errors import BadFile, BadInput, Fault
from analytics.errors_ledger import ImportRattad
from analytics.ledger import IMPORT
from analytics.ledger_file import SALDO, VERIFIKAT, Tolkad
from analytics.ledger_load import farsk
from analytics.sie_rows import ARSSALDO
from analytics.store import Post, Store

HAND = "hand"  # rows written by hand: an import of their own
SHOWN = 5
Rader = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Granskning:
    """What an import would do. `fel`: every fault of the file and against the ledger.

    rader: what would be saved; nya: how many of them are new; redan: how many are there already.
    """

    tolkad: Tolkad
    ar: int
    rader: Rader
    nya: int
    redan: int
    fel: tuple[Fault, ...]
    anmarkningar: tuple[str, ...]

    @property
    def fran(self) -> date | None:
        return min((row["datum"] for row in self.rader), default=None)

    @property
    def till(self) -> date | None:
        return max((row["datum"] for row in self.rader), default=None)

    def manader(self) -> list[tuple[str, int, int]]:
        """Return per month how many rows would be saved, and their sum over result accounts."""
        counts: dict[str, int] = defaultdict(int)
        sums: dict[str, int] = defaultdict(int)
        for row in self.rader:
            month = f"{row['datum']:%Y-%m}"
            counts[month] += 1
            sums[month] += row["belopp_ore"] if row["konto"] >= "3" else 0
        return [(month, counts[month], sums[month]) for month in sorted(counts)]


@dataclass(frozen=True, slots=True)
class Inlast:
    """What was saved: the import's id ("" when nothing was new), rows read, rows added."""

    import_id: str
    rader: int
    nya: int


def granska(db: Database, store: Store, read: Tolkad, ar: int) -> Granskning:
    """Return what saving *read* would do to the ledger as it is now. Nothing is saved."""
    farsk(db, store)
    posts = store.lista(IMPORT)
    remarks = list(read.anmarkningar)
    same = [post for post in posts if post.data.get("sha256") == read.sha256]
    if same:
        remarks.insert(0, f"Samma fil lästes in {same[-1].skapad:%Y-%m-%d}.")
    if read.fel:
        return Granskning(read, ar, [], 0, 0, tuple(read.fel), tuple(remarks))
    rows = read.rader
    if read.slag == SALDO:
        rows = _skillnader(db, posts, rows)
    clashes = _dubbelt(db, posts, read)
    keys = store_rows.nycklar(rows)
    for row, key in zip(rows, keys, strict=True):
        row["nyckel"] = key  # what the store would make of it; made once
    known = len(db.query("kanda_nycklar", nycklar=keys))
    already = known + (len(read.rader) - len(rows) if read.slag == SALDO else 0)
    new = len(rows) - known
    return Granskning(read, ar, rows, new, max(already, 0), tuple(clashes), tuple(remarks))


def spara(
    store: Store, found: Granskning, skal: str, vem: str = "", exempel: bool = False
) -> Inlast:
    """Save what *found* says, all or nothing. Raises BadFile, BadInput without a reason.

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
        "format": read.format,
        "teckentabell": read.teckentabell,
        "ar": found.ar,
        "fran": str(found.fran),
        "till": str(found.till),
        "konton": read.konton,
        "exempel": exempel,
    }
    return skriv(store, found.rader, about, skal, vem)


def skriv(
    store: Store,
    rows: Rader,
    about: dict[str, object],
    skal: str,
    vem: str = "",
    alla: bool = False,
) -> Inlast:
    """Save rows as one import with what is known *about* it; *alla* as in Store.huvudbok_in."""
    import_id, why = str(uuid4()), skal.strip()
    about = {**about, "skal": why, "vem": vem}
    added = store.huvudbok_in(import_id, rows, skal=why, vem=vem, om=about, alla=alla)
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
    """Withdraw an import; return how many rows. Raises ImportRattad, PostMissing, BadInput."""
    if not skal.strip():
        raise BadInput("", "", "Skriv ett skäl till att inläsningen dras tillbaka.")
    farsk(db, store)
    ((corrected,),) = [row.values() for row in db.query("rattade_rader", import_id=import_id)]
    if corrected:
        saved = store.hamta(IMPORT, import_id)
        raise ImportRattad(saved.data["fil"] if saved else import_id, corrected)
    return store.huvudbok_bort(import_id, skal=skal.strip(), vem=vem)


def ta_bort_exempel(store: Store) -> int:
    """Withdraw every import of the example year, the latest first; return how many rows."""
    own = [post for post in store.lista(IMPORT) if post.data.get("exempel")]
    return sum(store.huvudbok_bort(post.id, skal="Exempelåret togs bort") for post in reversed(own))


def _skillnader(db: Database, posts: Sequence[Post], rows: Rader) -> Rader:
    """Return what is to be added for the balances to become those of *rows*.

    A balance that was read in before and is not in the file any more has become nothing.
    """
    imports = [post.id for post in posts if post.data.get("slag") == SALDO]
    vouchers = sorted({row["verifikat"] for row in rows})
    before = {
        (row["verifikat"], row["konto"], row["objekt"]): row
        for row in db.query("bokforda_saldon", importer=imports, verifikat=vouchers)
    }
    found = []
    for row in rows:
        old = before.pop((row["verifikat"], row["konto"], row["objekt"]), None)
        if old is None:
            found.append(row)
        elif old["belopp_ore"] != row["belopp_ore"]:
            differs = row["belopp_ore"] - old["belopp_ore"]
            found.append({**row, "belopp_ore": differs, "rattar": old["nyckel"]})
    ends = {row["verifikat"]: row["datum"] for row in rows}
    for (voucher, konto, objekt), old in before.items():
        if old["belopp_ore"]:
            found.append(
                {"datum": ends[voucher], "konto": konto, "text": old["text"],
                 "belopp_ore": -old["belopp_ore"], "objekt": objekt, "verifikat": voucher,
                 "rattar": old["nyckel"]}
            )  # fmt: skip
    return found


def _dubbelt(db: Database, posts: Sequence[Post], read: Tolkad) -> list[Fault]:
    """Accounts that would be counted twice: by vouchers and by balances of the same time."""
    other = VERIFIKAT if read.slag == SALDO else SALDO
    imports = [post.id for post in posts if post.data.get("slag") == other]
    if not imports or not read.rader:
        return []
    booked = _manader(
        (row["konto"], row["manad"], row["hittills"])
        for row in db.query("konton_i_importer", importer=imports)
    )
    own = _manader(
        (row["konto"], row["datum"], row["verifikat"].startswith(ARSSALDO) and read.slag == SALDO)
        for row in read.rader
    )
    both = sorted({konto for konto, *_ in booked & own})
    if not both:
        return []
    shown = ", ".join(both[:SHOWN]) + (f" och {len(both) - SHOWN} till" * (len(both) > SHOWN))
    what = "verifikat" if other == VERIFIKAT else "saldon"
    allowed = (
        f"kontona har redan {what} ur en annan fil, och skulle räknas två gånger; dra tillbaka "
        "den inläsningen först"
    )
    return [Fault(1, "konto", shown, allowed)]


def _manader(rows: Iterable[tuple[str, date, bool]]) -> set[tuple[str, int, int]]:
    """Return (account, year, month) of rows (account, day, so far); a result so far is all of
    the year's months to its day."""
    return {
        (konto, day.year, month)
        for konto, day, so_far in set(rows)
        for month in (range(1, day.month + 1) if so_far else (day.month,))
    }
