"""Does the ledger say what the file says? Account by account, before a save and after it (K7).

A file in SIE states what each account came to in its year. That, the sum of its rows and what the
ledger will hold are three figures of one thing; where they differ the likely cause is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.ledger.booked import IMPORT
from analytics.ledger.file import BALANCE, Parsed
from analytics.ledger.refresh import refresh
from analytics.ledger.review.books import Books, group_of
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie.balances import is_result
from analytics.ledger.sie.rows import sums_of
from analytics.reference.database import Database
from analytics.store.posts import Post, Store
from analytics.swedish import ore_kr

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSums:
    """An account in a file's financial year, öre: what the file states itself (None: nothing), the
    sum of its rows, and what the ledger will hold to the file's last day. cause: a sentence where
    the ledger will not hold what the file states, else ""."""

    konto: str
    stated_ore: int | None
    rows_ore: int
    ledger_ore: int
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOfYear:
    """An account in a calendar year: öre and rows in the ledger, and what the latest files state
    (None where none does)."""

    konto: str
    amount_ore: int
    rows: int
    stated_ore: int | None

    @property
    def agrees(self) -> bool | None:
        """Whether ledger and files say the same; None where no file says."""
        return None if self.stated_ore is None else self.stated_ore == self.amount_ore


def compared(
    db: Database,
    books: Books,
    read: Parsed,
    added: Iterable[LedgerRow],
    emptied: Mapping[str, int],
) -> list[AccountSums]:
    """Return every account that the file has rows on or states a sum of, by number.

    *added*: the rows that would be new. *emptied*: what vouchers that empty the results have on
    each account, counted or not.
    """
    span = {"fran": read.since, "till": read.end}
    new = sums_of(row for row in added if read.since <= row.day <= read.end)
    everything = _sums(db, {"importer": None, "samma": [], **span})
    own = _sums(db, {**books.asked, **span}) if books.own else {}
    rows = sums_of(read.rows)
    found = []
    for konto in sorted(rows.keys() | read.stated.keys() | _left_out(read, own, new)):
        mine = own.get(konto, 0) + new.get(konto, 0)
        ledger = everything.get(konto, 0) + new.get(konto, 0)
        stated, of_rows = read.stated.get(konto), rows.get(konto, 0)
        cause = ""
        if stated is None and konto not in rows:
            cause = "Filen säger ingen summa för kontot, som är bokfört."
        elif stated is not None and stated != ledger:
            cause = _cause(read, stated, of_rows, mine, ledger, emptied.get(konto, 0))
        found.append(
            AccountSums(
                konto=konto, stated_ore=stated, rows_ore=of_rows, ledger_ore=ledger, cause=cause
            )
        )
    return found


def _left_out(read: Parsed, own: Mapping[str, int], new: Mapping[str, int]) -> set[str]:
    """Return result accounts that the same bookkeeping has, and that a file which states results
    does not name."""
    if not any(is_result(konto) for konto in read.stated):
        return set()
    named = read.stated.keys() | {row.konto for row in read.rows}
    return {
        konto
        for konto in own.keys() | new.keys()
        if is_result(konto) and konto not in named and own.get(konto, 0) + new.get(konto, 0)
    }


def _cause(
    read: Parsed, stated: int, of_rows: int, mine: int, ledger: int, emptied_ore: int
) -> str:
    others = "Rader för hand eller ur en annan fil är bokförda på kontot."
    if emptied_ore and stated in (mine - emptied_ore, mine + emptied_ore):
        return f"Ett bokslutsverifikat nollar kontot.{'' if mine == ledger else f' {others}'}"
    if stated == mine:
        return others
    if not read.rows:
        return "Filen har inga rader att läsa in."
    if stated == of_rows:
        return "I huvudboken finns det som filen inte har."
    if read.kind == BALANCE:
        return "Filens månader går inte ihop med dess egen summa."
    if abs(of_rows) < abs(stated) or not of_rows:
        return "Filen har inte alla årets verifikat, och de tidigare är inte inlästa."
    return "Filens verifikat går inte ihop med dess egen summa."


def told(accounts: Sequence[AccountSums]) -> list[str]:
    """Return a remark for each account where the ledger will not hold what the file states."""
    differ = [account for account in accounts if account.cause]
    found = [
        f"Konto {a.konto}: filens egen summa är {ore_kr(a.stated_ore)}, raderna blir "
        f"{ore_kr(a.rows_ore)} och huvudboken {ore_kr(a.ledger_ore)}. {a.cause}"
        for a in differ[:SHOWN]
    ]
    if len(differ) > SHOWN:
        found.append(f"Huvudboken skiljer sig från filens summor på {len(differ)} konton.")
    return found


def accounts_of_year(db: Database, store: Store, year: int) -> list[AccountOfYear]:
    """Return the accounts that are booked in a calendar *year* or that a file states a sum of."""
    refresh(db, store)
    span = {"fran": date(year, 1, 1), "till": date(year, 12, 31)}
    sums: dict[str, list[int]] = {}
    for row in db.query("bokfort_i_importer", {"importer": None, "samma": [], **span}):
        had = sums.setdefault(row["konto"], [0, 0])
        had[0] += row["belopp_ore"]
        had[1] += row["rader"]
    stated = _stated(store.list_all(IMPORT), year)
    return [
        AccountOfYear(
            konto=konto,
            amount_ore=sums.get(konto, [0, 0])[0],
            rows=sums.get(konto, [0, 0])[1],
            stated_ore=stated.get(konto),
        )
        for konto in sorted(sums.keys() | {k for k, ore in stated.items() if ore})
    ]


def states_more(posts: Sequence[Post], read: Parsed) -> bool:
    """Return whether a file states other sums than those that are kept of its bookkeeping."""
    own = {"kalla": read.source, "bolag": read.company, "rakenskapsar": [read.since.isoformat()]}
    kept = _latest(posts).get(_books(own, posts), {})
    return any(read.stated.values()) and kept.get("summor") != dict(read.stated)


def about(read: Parsed) -> dict[str, object]:
    """Return what is kept with an import of the file's own sums."""
    return {
        "summor": dict(read.stated),
        "rakenskapsar": [read.since.isoformat(), read.until.isoformat()],
        "summor_till": read.extent.isoformat() if read.extent else None,
    }


def _stated(posts: Sequence[Post], year: int) -> dict[str, int]:
    """Return what the latest file of each bookkeeping states per account, for a whole year."""
    whole = [date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()]
    found: dict[str, int] = {}
    for data in _latest(posts).values():
        if data["rakenskapsar"] == whole:
            for konto, ore in data["summor"].items():
                found[konto] = found.get(konto, 0) + ore
    return found


def _latest(posts: Sequence[Post]) -> dict[tuple[str, str], Mapping[str, object]]:
    """Return of each bookkeeping and financial year the import whose sums reach furthest: an older
    file, or one to an earlier day, says nothing of what came after it."""
    found: dict[tuple[str, str], Mapping[str, object]] = {}
    for post in posts:
        data = post.data
        if not data.get("summor"):
            continue
        key = _books(data, posts)
        had = found.get(key, {})
        earlier = [
            data.get(name) and had.get(name) and data[name] < had[name]
            for name in ("skapad", "summor_till")
        ]
        if not any(earlier):
            found[key] = data
    return found


def _books(data: Mapping[str, object], posts: Sequence[Post]) -> tuple[str, str]:
    return group_of(data, posts), str((data.get("rakenskapsar") or [""])[0])


def _sums(db: Database, asked: Mapping[str, object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in db.query("bokfort_i_importer", asked):
        found[row["konto"]] = found.get(row["konto"], 0) + row["belopp_ore"]
    return found
