"""What a file of balances changes of what was read in before (K7).

A balance says what an account changed by in a month, or in the year so far. Whatever the same
bookkeeping has booked on the account in that time, as balances or as vouchers, is brought to it by
rows of its own. A balance that was read in before and is not in the file any more has become
nothing, in the months that the file speaks of.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from analytics.ledger.file import Parsed
from analytics.ledger.review.books import Books
from analytics.ledger.review.changes import Group, Rows, correction, differences
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie.balances import is_result
from analytics.ledger.sie.rows import MONTH_BALANCE, YEAR_BALANCE
from analytics.reference.database import Database

Booked = dict[str, object]
Span = tuple[str, date, date]  # voucher name of a balance, first and last day of its time


def changed_balances(db: Database, books: Books, read: Parsed, older: bool = False) -> Rows:
    """Return what is to be added for the accounts to have the balances of *read*.

    An *older* file adds balances to times that have nothing booked, and changes none.
    """
    own: dict[str, dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    for row in read.rows:
        own[row.konto][row.verifikat].append(row)
    sums = _sums_before(db, books, read)
    spans = list(_spans(read))
    if older:
        booked = {day for days in sums.values() for day, ore in days.items() if ore}
        spans = [s for s in spans if not any(s[1] <= day <= s[2] for day in booked)]
    so_far = f"{YEAR_BALANCE} {read.since.year}"
    before = _balances_before(db, books, read, [so_far, *(name for name, *_ in spans)])
    results_only = _results_only(read)
    found = []
    for konto in sorted(own.keys() | sums.keys()):
        if is_result(konto) or not results_only:
            account = _Account(konto, sums[konto], before[konto], so_far)
            for span in spans:
                account.bring_to(span, own[konto][span[0]])
            found += account.added
    return found


def taken_back(read: Parsed, rows: Rows) -> list[str]:
    """Tell of the accounts that the file does not have and that come to nothing."""
    named = {row.konto for row in read.rows} | read.stated.keys()
    gone = sorted({row.konto for row in rows} - named)
    if not gone:
        return []
    shown = ", ".join(gone[:5]) + (f" och {len(gone) - 5} till" if len(gone) > 5 else "")
    return [f"Konton som filen inte har blir noll i den tid som den gäller: {shown}."]


def _results_only(read: Parsed) -> bool:
    """Return whether a file says nothing of balance accounts by month: it has no row on any, and
    does not state that they came to nothing."""
    stated = [ore for konto, ore in read.stated.items() if not is_result(konto)]
    return all(is_result(row.konto) for row in read.rows) and (not stated or any(stated))


class _Account:
    """What is booked on an account, and the rows that bring it to what a file says."""

    def __init__(
        self, konto: str, sums: dict[date, int], before: dict[Group, Booked], so_far: str
    ) -> None:
        self.konto, self.sums, self.before, self.so_far = konto, sums, before, so_far
        self.added: Rows = []

    def bring_to(self, span: Span, rows: Rows) -> None:
        """Add what the time of *span* lacks to have the sum of *rows*, object by object."""
        name, first, last = span
        start = len(self.added)
        if name != self.so_far:
            for group in self._results_so_far(first, last):
                self._add(correction(group, -self._ore(group), "Saldo", self.before[group]))
        held = self._held(name, last)
        booked = sum(ore for day, ore in self.sums.items() if first <= day <= last)
        wanted = sum(row.amount_ore for row in rows)
        if booked == sum(row["belopp_ore"] for row in held.values()):
            lacking = differences(rows, held)
        elif booked != wanted:
            group = (name, last, self.konto, "")
            text = rows[0].text if rows else "Saldo"
            lacking = [correction(group, wanted - booked, text, held.get(group))]
        else:
            lacking = []
        for row in lacking:
            self._add(row)
        self._take_off_the_next(last, sum(row.amount_ore for row in self.added[start:]))

    def _add(self, row: LedgerRow) -> None:
        self.added.append(row)
        self.sums[row.day] = self.sums.get(row.day, 0) + row.amount_ore
        group = (row.verifikat, row.day, row.konto, row.objekt)
        if group in self.before:
            old = self.before[group]
            self.before[group] = {**old, "belopp_ore": old["belopp_ore"] + row.amount_ore}

    def _ore(self, group: Group) -> int:
        return self.before[group]["belopp_ore"]

    def _results_so_far(self, first: date, last: date) -> list[Group]:
        """Return the groups of results so far that stand on a day from *first* to *last*."""
        return [
            group
            for group in sorted(self.before)
            if group[0] == self.so_far and first <= group[1] <= last and self._ore(group)
        ]

    def _held(self, name: str, last: date) -> dict[Group, Booked]:
        """Return the balances of a name to its day, as one group per object on that day."""
        found: dict[Group, Booked] = {}
        for (voucher, day, konto, objekt), row in self.before.items():
            if voucher == name and day <= last:
                group = (voucher, last, konto, objekt)
                had = found[group]["belopp_ore"] if group in found else 0
                found[group] = {**row, "belopp_ore": row["belopp_ore"] + had}
        return found

    def _take_off_the_next(self, last: date, added_ore: int) -> None:
        """Let the next result so far say what it said before, though more is booked before it."""
        later = self._results_so_far(last + timedelta(days=1), date.max)
        if later and added_ore:
            self._add(correction(later[0], -added_ore, "Saldo", self.before[later[0]]))


def _spans(read: Parsed) -> Iterator[Span]:
    """Yield the times that a file of balances speaks of: its months, or the year so far."""
    if not read.months:
        yield f"{YEAR_BALANCE} {read.since.year}", read.since, read.end
        return
    months = {*read.months}
    if read.whole:
        months |= set(_months(read.since, read.end))
    for first in sorted(months):
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        yield f"{MONTH_BALANCE} {first:%Y%m}", first, last


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _balances_before(
    db: Database, books: Books, read: Parsed, names: list[str]
) -> dict[str, dict[Group, Booked]]:
    """Return by account the balances that the same bookkeeping has, by name, day and object."""
    asked = {**books.asked, "verifikat": names, "fran": read.since, "till": read.until}
    found: dict[str, dict[Group, Booked]] = defaultdict(dict)
    for row in db.query("bokforda_verifikat", asked):
        group = (row["verifikat"], row["datum"], row["konto"], row["objekt"])
        found[row["konto"]][group] = dict(row)
    return found


def _sums_before(db: Database, books: Books, read: Parsed) -> dict[str, dict[date, int]]:
    """Return by account what the same bookkeeping has booked each day of the financial year."""
    asked = {**books.asked, "fran": read.since, "till": read.until}
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for row in db.query("bokfort_i_importer", asked):
        found[row["konto"]][row["datum"]] = row["belopp_ore"]
    return found
