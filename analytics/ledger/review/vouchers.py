"""Vouchers of a file that need a second look: two with one number, one that empties the results."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analytics.ledger.file import Parsed
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie.balances import holds_all, is_result
from analytics.ledger.sie.records import Voucher
from analytics.ledger.sie.rows import sums_of
from analytics.swedish import date_text, ore_kr

SHOWN = 5
EQUITY = ("20", "899")  # equity, and the year's result
Pair = tuple[Voucher, Sequence[LedgerRow]]


def with_rows(read: Parsed) -> Iterator[Pair]:
    """Yield each voucher of a file with its own rows."""
    first = 0
    for voucher in read.vouchers:
        yield voucher, read.rows[first : first + voucher.rows]
        first += voucher.rows


def of_one_number(read: Parsed) -> list[str]:
    """Return the numbers that more than one voucher of the file has."""
    counted = Counter(voucher.name for voucher in read.vouchers if voucher.name)
    return [name for name, times in counted.items() if times > 1]


def told_of_one_number(read: Parsed, numbers: Sequence[str], only_last: bool) -> str:
    """Return a remark that names the vouchers, their lines, and what is counted."""
    lines = [str(v.row) for v in read.vouchers if v.name in set(numbers[:1])]
    more = f" och {len(numbers) - 1} nummer till" if len(numbers) > 1 else ""
    counted = (
        "Bara det sista räknas, som ni har valt."
        if only_last
        else "Alla räknas. Är de samma verifikat, välj att bara det sista räknas."
    )
    shown = ", ".join(lines[:SHOWN])
    return f"Verifikatet {numbers[0]}{more} finns flera gånger i filen (rad {shown}). {counted}"


def last_of_each_number(read: Parsed) -> Parsed:
    """Return the file with only the last voucher of each number."""
    last = {voucher.name: voucher.row for voucher in read.vouchers if voucher.name}
    kept = [(v, rows) for v, rows in with_rows(read) if not v.name or last[v.name] == v.row]
    return _with(read, kept)


def without_rows_of(read: Parsed, left_out: Sequence[Voucher]) -> Parsed:
    """Return the file with some vouchers emptied: they are there, and nothing is booked on them."""
    rows_left = {voucher.row for voucher in left_out}
    kept = [
        (v._replace(rows=0), []) if v.row in rows_left else (v, rows) for v, rows in with_rows(read)
    ]
    return _with(read, kept)


def _with(read: Parsed, kept: Sequence[Pair]) -> Parsed:
    rows = [row for _, own in kept for row in own]
    whole = holds_all(sums_of(rows), read.stated)
    return replace(read, rows=rows, vouchers=[v for v, _ in kept], whole=whole)


def may_empty(read: Parsed) -> bool:
    """Return whether a voucher on the financial year's last day could close it."""
    return any(v.day == read.until and _closes(sums_of(rows)) for v, rows in with_rows(read))


def emptying(read: Parsed, after: Mapping[str, int]) -> list[Pair]:
    """Return the vouchers on the financial year's last day that empty the result accounts.

    *after* is what every account comes to in the financial year when the file has been read in.
    A voucher empties them when its result accounts all come to nothing, and the other side of it
    is equity or the year's result. One account of several is not the results.
    """
    open_accounts = {konto for konto, ore in after.items() if ore and is_result(konto)}
    found = []
    for voucher, rows in with_rows(read):
        sums = {konto: ore for konto, ore in sums_of(rows).items() if ore}
        results = {konto for konto in sums if is_result(konto)}
        if voucher.day != read.until or results & open_accounts or not _closes(sums):
            continue
        if len(results) > 1 or not open_accounts:
            found.append((voucher, rows))
    return found


def _closes(sums: Mapping[str, int]) -> bool:
    """Return whether a voucher moves results to equity, or to the account of the year's result."""
    results = {konto for konto in sums if is_result(konto)}
    others = sums.keys() - results
    closing = any(konto.startswith(EQUITY) for konto in sums)
    return bool(results) and closing and all(konto.startswith(EQUITY) for konto in others)


def told_of_emptying(
    found: Sequence[Pair], tertial: int, tertial_ore: int, year_ore: int, counted: bool
) -> str:
    """Return a remark: which vouchers, what the outcome becomes, and what to choose.

    *tertial_ore* and *year_ore*: the result accounts of the tertial that the financial year ends
    in, and of all of it, with the vouchers counted.
    """
    names = ", ".join(v.name or f"på rad {v.row}" for v, _ in found[:SHOWN])
    what = "Verifikatet" if len(found) == 1 else "Verifikaten"
    told = (
        f"{what} {names} den {date_text(found[0][0].day)} nollar resultatkontona. Räknas det blir "
        f"utfallet {ore_kr(tertial_ore)} för tertial {tertial} och {ore_kr(year_ore)} för "
        "räkenskapsåret."
    )
    if counted:
        return f"{told} Det räknas. Är det bara ett bokslut, välj att inte räkna det."
    return f"{told} Det räknas inte, som ni har valt."
