"""What a file changes of what was read in before: vouchers that are not as they were, or are gone.

Nothing that is booked is changed. What differs becomes rows of its own, each naming the row that
it corrects; a file that says the same as before gives none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analytics.errors import Fault
from analytics.ledger.file import BALANCE, Parsed
from analytics.ledger.review.books import Books
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie.rows import YEAR_BALANCE
from analytics.reference.database import Database

SHOWN = 5
Rows = list[LedgerRow]
Group = tuple[str, date, str, str]  # voucher, day, account, object


def changed_vouchers(
    db: Database, books: Books, read: Parsed, known: set[str]
) -> tuple[Rows, list[str]]:
    """Return the rows of vouchers to save, and remarks; *known* are the keys that are booked.

    Of what the same bookkeeping had otherwise before, what differs is returned. A file that holds
    the year whole is compared with all of it; another with its own vouchers only, and a voucher
    without a name is then known by its rows alone. Every row of *read* has its key.
    """
    rows, remarks = read.rows, []
    names = {v.name for v in read.vouchers} | {row.verifikat for row in rows}
    named = sorted(names - {""})
    new = {row.verifikat for row in rows if row.key not in known}
    asked = {"nycklar": [row.key for row in rows], "fran": read.since, "till": read.end}
    if books.others and new - {""}:
        outside = db.query(
            "verifikat_utanfor",
            {"importer": books.others, "verifikat": sorted(new - {""}), **asked},
        )
        if twice := [row["verifikat"] for row in outside]:
            remarks.append(
                f"{_name(twice)} finns redan ur en annan fil, med andra rader. Kontrollera att "
                "inget räknas två gånger; dra annars tillbaka den inläsningen."
            )
    if not books.own:
        return rows, remarks
    outside = db.query(
        "verifikat_utanfor",
        {"importer": books.own, "verifikat": None if read.whole else named, **asked},
    )
    touched = sorted(new | {row["verifikat"] for row in outside})
    before = _booked(db, books, touched, read)
    here = {(v.name, v.day) for v in read.vouchers} | {(r.verifikat, r.day) for r in rows}
    if not read.whole:
        before, elsewhere = _own_part(before, here)
        if elsewhere:
            remarks.append(
                f"{_name(elsewhere)} finns redan på en annan dag. Kontrollera att inget räknas två "
                "gånger; dra annars tillbaka den tidigare inläsningen."
            )
    again = {group[0] for group in before}
    compared = [row for row in rows if row.verifikat in again]
    untouched = [row for row in rows if row.verifikat not in again]
    differ = differences(compared, before)
    remarks += _told(differ, here)
    return [*untouched, *differ], remarks


def _booked(
    db: Database, books: Books, touched: Sequence[str], read: Parsed
) -> dict[Group, Mapping[str, object]]:
    asked = {
        "importer": books.own, "verifikat": touched, "fran": read.since, "till": read.end,
    }  # fmt: skip
    return {
        (row["verifikat"], row["datum"], row["konto"], row["objekt"]): row
        for row in db.query("bokforda_verifikat", asked)
    }


def _own_part(
    before: dict[Group, Mapping[str, object]], here: set[tuple[str, date]]
) -> tuple[dict[Group, Mapping[str, object]], list[str]]:
    """Return what a file that may be a part speaks of, and its names that stand elsewhere too.

    A voucher is the same one by its name, so one that stands on another day has been moved. But a
    program can begin its numbers anew in each part: then a name stands on several days, or the
    part begins at 1 on days of its own.
    """
    standing = {(g[0], g[1]) for g, old in before.items() if g[0] and old["belopp_ore"]}
    names = {name for name, _ in here}
    times = Counter(name for name, _ in standing), Counter(name for name, _ in here)
    anew = {series for series in map(_series, names) if _begins_anew(series, here, standing)}
    kept, elsewhere = {}, set()
    for group, old in before.items():
        name, day = group[:2]
        if not name or name not in names:
            continue
        if (name, day) in here or (
            times[0][name] <= 1 and times[1][name] <= 1 and _series(name) not in anew
        ):
            kept[group] = old
        elif old["belopp_ore"] and times[1][name] <= 1:
            elsewhere.add(name)
    return kept, sorted(elsewhere)


def _begins_anew(series: str, here: set[tuple[str, date]], standing: set[tuple[str, date]]) -> bool:
    """Return whether a file's vouchers of a series begin at 1, on days apart from those before."""
    own = {day for name, day in here if _series(name) == series}
    old = {day for name, day in standing if _series(name) == series}
    first = f"{series} 1".strip() in {name for name, _ in here}
    return first and bool(old) and (min(own) > max(old) or max(own) < min(old))


def _series(name: str) -> str:
    return name.rpartition(" ")[0]


def _told(differ: Rows, here: set[tuple[str, date]]) -> list[str]:
    """Return what has changed, and what is gone, for who is to see it before it is saved."""
    names = {name for name, _ in here}
    gone = sorted({row.verifikat for row in differ if row.verifikat not in names})
    changed = sorted({row.verifikat for row in differ if row.verifikat in names} - {""})
    remarks = []
    if changed:
        count = sum(row.verifikat in set(changed) for row in differ)
        remarks.append(
            f"{_name(changed)} har ändrats sedan filen före. Det som skiljer läses in som "
            f"{count} {'rättelse' if count == 1 else 'rättelser'}."
        )
    if gone:
        remarks.append(
            f"{_name(gone)} finns inte i filen, som har hela årets bokföring, och tas tillbaka med "
            "rättelser."
        )
    return remarks


def booked_twice(db: Database, books: Books, read: Parsed) -> list[Fault]:
    """Accounts that would be counted twice: by vouchers and by balances of the same time.

    Of the same bookkeeping balances are compared with what is booked, and a file that holds the
    year whole takes the balances back, so neither is counted twice.
    """
    of_balances = read.kind != BALANCE
    imports = list(books.others)
    if of_balances and not read.whole:
        imports += books.own
    if not imports or not read.rows:
        return []
    booked = _months(
        (row["konto"], row["manad"], row["hittills"])
        for row in db.query("konton_i_importer", {"importer": imports, "saldon": of_balances})
    )
    own = _months(
        (row.konto, row.day, row.verifikat.startswith(YEAR_BALANCE) and read.kind == BALANCE)
        for row in read.rows
    )
    both = sorted({konto for konto, *_ in booked & own})
    if not both:
        return []
    shown = ", ".join(both[:SHOWN]) + (f" och {len(both) - SHOWN} till" * (len(both) > SHOWN))
    allowed = (
        f"kontona har redan {'saldon' if of_balances else 'verifikat'} ur en annan fil, och skulle "
        "räknas två gånger; dra tillbaka den inläsningen först"
    )
    return [Fault(1, "konto", shown, allowed)]


def differences(rows: Iterable[LedgerRow], before: Mapping[Group, Mapping[str, object]]) -> Rows:
    """Return rows that bring what is booked *before* to what *rows* say, group by group."""
    groups: dict[Group, Rows] = {}
    for row in rows:
        groups.setdefault((row.verifikat, row.day, row.konto, row.objekt), []).append(row)
    found = []
    for key in dict.fromkeys([*groups, *before]):
        own, old = groups.get(key, []), before.get(key)
        if old is None:
            found += own
            continue
        differs = sum(row.amount_ore for row in own) - old["belopp_ore"]
        if differs:
            found.append(correction(key, differs, own[0].text if own else old["text"], old))
    return found


def correction(
    group: Group, amount_ore: int, text: str, old: Mapping[str, object] | None
) -> LedgerRow:
    """Return a row that adds *amount_ore* to a group, and names the row *old* that it corrects."""
    voucher, day, konto, objekt = group
    return LedgerRow(
        day=day,
        konto=konto,
        text=text,
        amount_ore=amount_ore,
        objekt=objekt,
        verifikat=voucher,
        corrects=old["nyckel"] if old else None,
    )


def _name(vouchers: Sequence[str]) -> str:
    shown = [name or "utan nummer" for name in vouchers[:SHOWN]]
    more = len(vouchers) - SHOWN
    listed = ", ".join(shown) + (f" och {more} till" if more > 0 else "")
    return f"{'Verifikatet' if len(vouchers) == 1 else 'Verifikaten'} {listed}"


def _months(rows: Iterable[tuple[str, date, bool]]) -> set[tuple[str, int, int]]:
    """Return (account, year, month) of rows (account, day, so far); a result so far is all of
    the year's months to its day."""
    return {
        (konto, day.year, month)
        for konto, day, so_far in set(rows)
        for month in (range(1, day.month + 1) if so_far else (day.month,))
    }
