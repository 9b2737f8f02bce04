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
from analytics.swedish import ore_kr

SHOWN = 5
Rows = list[LedgerRow]
Group = tuple[str, date, str, str]  # voucher, day, account, object


def changed_vouchers(
    db: Database, books: Books, read: Parsed, known: set[str], older: bool = False
) -> tuple[Rows, list[str]]:
    """Return the rows of vouchers to save, and remarks; *known* are the keys that are booked.

    Of what the same bookkeeping had otherwise before, what differs is returned. A file that holds
    the year whole is compared with all of it; another with its own vouchers only, and a voucher
    without a name is then known by its rows alone. An *older* file adds vouchers and changes none.
    Every row of *read* has its key.
    """
    rows, remarks = read.rows, []
    names = {v.name for v in read.vouchers} | {row.verifikat for row in rows}
    new = {row.verifikat for row in rows if row.key not in known}
    asked = {"nycklar": [row.key for row in rows], "fran": read.since, "till": read.end}
    if books.others and new - {""}:
        others = {"importer": books.others, "samma": [], "verifikat": sorted(new - {""})}
        outside = db.query("verifikat_utanfor", {**others, **asked})
        if twice := [row["verifikat"] for row in outside]:
            remarks.append(
                f"{_name(twice)} finns redan ur en annan fil. Kontrollera att inget räknas två "
                "gånger; dra annars tillbaka den inläsningen."
            )
    if not books.own:
        return rows, remarks
    compared = None if read.whole else sorted(names - {""})
    outside = db.query("verifikat_utanfor", {**books.asked, "verifikat": compared, **asked})
    touched = sorted(new | {row["verifikat"] for row in outside})
    before = _booked(db, books, touched, read)
    here = {(v.name, v.day) for v in read.vouchers} | {(r.verifikat, r.day) for r in rows}
    if older:
        there = {group[0] for group in before} - {""}
        return [row for row in rows if row.verifikat not in there], remarks
    if not read.whole:
        empty = {v.name for v in read.vouchers if not v.rows}
        before, elsewhere = _own_part(before, here, empty)
        if elsewhere:
            remarks.append(
                f"{_name(elsewhere)} finns redan på en annan dag, och räknas båda gångerna. Är det "
                "samma verifikat, välj att filen har hela årets bokföring."
            )
    again = {group[0] for group in before}
    differ = differences([row for row in rows if row.verifikat in again], before)
    remarks += _told(differ, here, before) + _by_hand(db, books, differ)
    return [*(row for row in rows if row.verifikat not in again), *differ], remarks


def _booked(
    db: Database, books: Books, touched: Sequence[str], read: Parsed
) -> dict[Group, Mapping[str, object]]:
    asked = {**books.asked, "verifikat": touched, "fran": read.since, "till": read.end}
    return {
        (row["verifikat"], row["datum"], row["konto"], row["objekt"]): row
        for row in db.query("bokforda_verifikat", asked)
    }


def _own_part(
    before: dict[Group, Mapping[str, object]], here: set[tuple[str, date]], empty: set[str]
) -> tuple[dict[Group, Mapping[str, object]], list[str]]:
    """Return what a file that may be a part speaks of, and its names that stand elsewhere too.

    A voucher is the same one by its name, so one that stands on another day has been moved. But a
    program can begin its numbers anew in each part: then a name stands on several days, or the
    part begins at the same number on days of its own. One that is *empty* has been struck.
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
        alone = times[0][name] <= 1 and times[1][name] <= 1
        if (name, day) in here or (alone and (name in empty or _series(name) not in anew)):
            kept[group] = old
        elif old["belopp_ore"] and times[1][name] <= 1:
            elsewhere.add(name)
    return kept, sorted(elsewhere)


def _begins_anew(series: str, here: set[tuple[str, date]], standing: set[tuple[str, date]]) -> bool:
    """Return whether a file's vouchers of a series begin at the first number, such as 1 or 1001,
    as those before did, on days apart from theirs."""
    own = {name: day for name, day in here if _series(name) == series}
    old = {name: day for name, day in standing if _series(name) == series}
    first = min(map(_number, own), default=0)
    if first % 1_000 != 1 or first != min(map(_number, old), default=0):
        return False
    days, before = own.values(), old.values()
    return min(days) > max(before) or max(days) < min(before)


def _series(name: str) -> str:
    return name.rpartition(" ")[0]


def _number(name: str) -> int:
    number = name.rpartition(" ")[2]
    return int(number) if number.isdecimal() else 0


def _told(differ: Rows, here: set[tuple[str, date]], before: Mapping[Group, object]) -> list[str]:
    """Return what has changed, and what is gone, for who is to see it before it is saved."""
    names = {name for name, _ in here}
    touched = {row.verifikat for row in differ}
    gone, changed = sorted(touched - names), sorted(touched & names)
    moved = sorted({g[0] for g in before if (g[0], g[1]) not in here and g[0] in changed} - {""})
    remarks = []
    if changed := [name for name in changed if name not in moved]:
        count = sum(row.verifikat in set(changed) for row in differ)
        remarks.append(
            f"{_name(changed)} har ändrats sedan filen före. Det som skiljer läses in som "
            f"{count} {'rättelse' if count == 1 else 'rättelser'}."
        )
    if moved:
        remarks.append(f"{_name(moved)} har flyttats till en annan dag.")
    if gone:
        remarks.append(
            f"{_name(gone)} finns inte i filen, som har hela årets bokföring, och tas tillbaka med "
            "rättelser."
        )
    return remarks


def _by_hand(db: Database, books: Books, differ: Rows) -> list[str]:
    """Tell of what has been corrected by hand on vouchers that the file now has otherwise."""
    asked = {"importer": books.own, "verifikat": sorted({row.verifikat for row in differ} - {""})}
    if not asked["verifikat"]:
        return []
    return [
        f"{_name([row['verifikat']])} är också rättat för hand, {ore_kr(row['belopp_ore'])}. Det "
        "ligger kvar; dra tillbaka rättelsen om filen nu har samma."
        for row in db.query("rattade_for_hand", asked)
    ][:SHOWN]


def booked_twice(db: Database, books: Books, read: Parsed) -> tuple[list[Fault], list[str]]:
    """Return accounts that would be counted twice, by vouchers and by balances of the same time;
    and a remark where two organisations have both.

    Of the same bookkeeping balances are compared with what is booked, and a file that holds the
    year whole takes the balances back, so neither is counted twice.
    """
    of_balances = read.kind != BALANCE
    what = "saldon" if of_balances else "verifikat"
    own = books.own if of_balances and not read.whole else []
    unnamed = [i for i in books.others if i not in books.foreign]
    if both := _both(db, [*own, *unnamed], read, of_balances):
        way_out = "dra tillbaka den inläsningen först"
        if own:
            way_out += ", eller välj att filen har hela årets bokföring"
        allowed = (
            f"kontona har redan {what} ur en annan fil, och skulle räknas två gånger; {way_out}"
        )
        return [Fault(1, "konto", both, allowed)], []
    if both := _both(db, books.foreign, read, of_balances):
        told = f"Konto {both} har {what} ur en annan organisations fil; båda räknas."
        return [], [told]
    return [], []


def _both(db: Database, imports: Sequence[str], read: Parsed, of_balances: bool) -> str:
    """Return the accounts that both a file and the other kind of *imports* have, in the same
    months, as words."""
    if not imports or not read.rows:
        return ""
    booked = _months(
        (row["konto"], row["manad"], row["hittills"])
        for row in db.query("konton_i_importer", {"importer": imports, "saldon": of_balances})
    )
    own = _months(
        (row.konto, row.day, row.verifikat.startswith(YEAR_BALANCE) and read.kind == BALANCE)
        for row in read.rows
    )
    both = sorted({konto for konto, *_ in booked & own})
    return ", ".join(both[:SHOWN]) + (f" och {len(both) - SHOWN} till" * (len(both) > SHOWN))


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
