"""What a file changes of what was read in before: balances, and vouchers that are not as they were.

Nothing that is booked is changed. What differs becomes rows of its own, each naming the row that
it corrects; a file that says the same as before gives none.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from analytics.errors import Fault
from analytics.ledger.file import BALANCE, VERIFIKAT, Parsed
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie_rows import YEAR_BALANCE
from analytics.reference.database import Database
from analytics.store.posts import Post

SHOWN = 5
Rows = list[LedgerRow]
Group = tuple[object, ...]


def changed_balances(db: Database, posts: Sequence[Post], rows: Rows) -> Rows:
    """Return what is to be added for the balances to become those of *rows*.

    A balance that was read in before and is not in the file any more has become nothing.
    """
    imports = _ids_of_kind(posts, BALANCE)
    vouchers = sorted({row.verifikat for row in rows})
    ends = {row.verifikat: row.day for row in rows}
    before = {
        (row["verifikat"], ends[row["verifikat"]], row["konto"], row["objekt"]): row
        for row in db.query("bokforda_saldon", {"importer": imports, "verifikat": vouchers})
    }
    return _differences(rows, before)


def changed_verifikat(
    db: Database, posts: Sequence[Post], read: Parsed, known: set[str]
) -> tuple[Rows, list[str]]:
    """Return the rows of vouchers to save, and remarks; *known* are the keys that are booked.

    Of a voucher that the same bookkeeping had otherwise before, what differs is returned. A row
    has its nyckel. A voucher without a name is known by its rows alone.
    """
    rows, remarks = read.rows, []
    named = sorted({row.verifikat for row in rows} - {""})
    if not named or not posts:
        return rows, remarks
    new = {row.verifikat for row in rows if row.key not in known} - {""}
    own = [p.id for p in posts if read.source and p.data.get("kalla") == read.source]
    others = [i for i in _ids_of_kind(posts, VERIFIKAT) if i not in own]
    span = {"fran": read.since, "till": read.until}
    asked = {"nycklar": [row.key for row in rows], **span}
    if others and new:
        outside = db.query(
            "verifikat_utanfor", {"importer": others, "verifikat": sorted(new), **asked}
        )
        if twice := [row["verifikat"] for row in outside]:
            remarks.append(
                f"{_name(twice)} finns redan ur en annan fil, med andra rader. Kontrollera att "
                "inget räknas två gånger; dra annars tillbaka den inläsningen."
            )
    if not own:
        return rows, remarks
    outside = db.query("verifikat_utanfor", {"importer": own, "verifikat": named, **asked})
    touched = sorted(new | {row["verifikat"] for row in outside})
    before = {
        (row["verifikat"], row["datum"], row["konto"], row["objekt"]): row
        for row in db.query("bokforda_verifikat", {"importer": own, "verifikat": touched, **span})
    }
    here = {_verifikat(read, row.verifikat, row.day) for row in rows}
    elsewhere = sorted({k[0] for k in before if _verifikat(read, k[0], k[1]) not in here} & new)
    if elsewhere:
        remarks.append(
            f"{_name(elsewhere)} finns redan på en annan dag. Kontrollera att inget räknas två "
            "gånger; dra annars tillbaka den tidigare inläsningen."
        )
    before = {k: old for k, old in before.items() if _verifikat(read, k[0], k[1]) in here}
    again = {_verifikat(read, voucher, day) for voucher, day, *_ in before}
    compared, untouched = [], []
    for row in rows:
        same = _verifikat(read, row.verifikat, row.day) in again
        (compared if same else untouched).append(row)
    differ = _differences(compared, before)
    if differ:
        names = _name(sorted({row.verifikat for row in differ}))
        remarks.append(
            f"{names} har ändrats sedan filen före. Det som skiljer läses in som "
            f"{len(differ)} {'rättelse' if len(differ) == 1 else 'rättelser'}."
        )
    return [*untouched, *differ], remarks


def _verifikat(read: Parsed, name: str, day: date) -> Group:
    """What makes a voucher the same one: its name; and its day where a file may be a part only,
    for a program that sends parts can begin its numbers anew in each."""
    return (name,) if read.whole else (name, day)


def booked_twice(db: Database, posts: Sequence[Post], read: Parsed) -> list[Fault]:
    """Accounts that would be counted twice: by vouchers and by balances of the same time."""
    other = VERIFIKAT if read.kind == BALANCE else BALANCE
    imports = _ids_of_kind(posts, other)
    if not imports or not read.rows:
        return []
    booked = _months(
        (row["konto"], row["manad"], row["hittills"])
        for row in db.query("konton_i_importer", {"importer": imports})
    )
    own = _months(
        (row.konto, row.day, row.verifikat.startswith(YEAR_BALANCE) and read.kind == BALANCE)
        for row in read.rows
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


def _differences(rows: Iterable[LedgerRow], before: dict[Group, dict[str, object]]) -> Rows:
    """Return rows that bring what is booked *before* to what *rows* say, group by group.

    A group is a voucher, a day, an account and an object.
    """
    groups: dict[Group, Rows] = {}
    for row in rows:
        key = (row.verifikat, row.day, row.konto, row.objekt)
        groups.setdefault(key, []).append(row)
    found = []
    for key in dict.fromkeys([*groups, *before]):
        own, old = groups.get(key, []), before.get(key)
        if old is None:
            found += own
            continue
        differs = sum(row.amount_ore for row in own) - old["belopp_ore"]
        if differs:
            voucher, day, konto, objekt = key
            found.append(
                LedgerRow(
                    day=day,
                    konto=konto,
                    text=own[0].text if own else old["text"],
                    amount_ore=differs,
                    objekt=objekt,
                    verifikat=voucher,
                    corrects=old["nyckel"],
                )
            )
    return found


def _ids_of_kind(posts: Sequence[Post], kind: str) -> list[str]:
    return [post.id for post in posts if post.data.get("slag") == kind]


def _name(vouchers: Sequence[str]) -> str:
    more = len(vouchers) - SHOWN
    shown = ", ".join(vouchers[:SHOWN]) + (f" och {more} till" if more > 0 else "")
    return f"{'Verifikatet' if len(vouchers) == 1 else 'Verifikaten'} {shown}"


def _months(rows: Iterable[tuple[str, date, bool]]) -> set[tuple[str, int, int]]:
    """Return (account, year, month) of rows (account, day, so far); a result so far is all of
    the year's months to its day."""
    return {
        (konto, day.year, month)
        for konto, day, so_far in set(rows)
        for month in (range(1, day.month + 1) if so_far else (day.month,))
    }
