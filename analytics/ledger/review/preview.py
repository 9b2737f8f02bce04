"""What a file would change in the ledger, looked through before anything is saved (K7)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from analytics.errors import Fault
from analytics.ledger import saved_rows, sums
from analytics.ledger.booked import IMPORT
from analytics.ledger.file import BALANCE, Parsed
from analytics.ledger.refresh import refresh
from analytics.ledger.review import changes, choices as ledger_choices, vouchers
from analytics.ledger.review.balances import changed_balances, taken_back
from analytics.ledger.review.books import Books, books_of, identity, number_of
from analytics.ledger.review.changes import Rows
from analytics.ledger.review.choices import Choices
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie.balances import is_result
from analytics.ledger.sie.rows import sums_of
from analytics.ledger.sums import AccountSums
from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, whole


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an import would do. `faults`: every fault of the file and against the ledger.

    rows: what would be saved; new: how many of them are new; already: how many are there already.
    new_months: how many are new by (year, month). accounts: the file's own sums, its rows' and the
    ledger's. asked: the questions of choices.WAYS that the file leaves open; choices: what holds.
    same: keys of another organisation's rows that are held for these; left_out: vouchers, name and
    day, that are not counted. news: there is something to save, if only the file's sums. seen: the
    ledger's last event then.
    """

    parsed: Parsed
    year: int
    rows: Rows = field(default_factory=list)
    new: int = 0
    already: int = 0
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    new_months: Mapping[tuple[int, int], int] = field(default_factory=dict)
    accounts: Sequence[AccountSums] = ()
    asked: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)
    same: Sequence[str] = ()
    left_out: Sequence[tuple[str, str]] = ()
    news: bool = False
    seen: int | None = None

    @cached_property
    def since(self) -> date | None:
        return min((row.day for row in self.rows), default=None)

    @cached_property
    def until(self) -> date | None:
        return max((row.day for row in self.rows), default=None)

    @cached_property
    def differences(self) -> list[AccountSums]:
        """The accounts where the ledger will not hold what the file states."""
        return [account for account in self.accounts if account.cause]

    @cached_property
    def months(self) -> list[tuple[str, int, int]]:
        """Per month how many rows would be saved, and their sum over result accounts."""
        found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.rows:
            month = found[row.day.year, row.day.month]
            month[0] += 1
            month[1] += row.amount_ore if is_result(row.konto) else 0
        return [(f"{y}-{m:02}", rows, ore) for (y, m), (rows, ore) in sorted(found.items())]


def preview(
    db: Database,
    store: Store,
    read: Parsed,
    year: int,
    chosen: Mapping[str, str | None] | None = None,
) -> Preview:
    """Return what saving *read* would do to the ledger as it is now. Nothing is saved.

    *chosen*: ways by question, as in choices.WAYS; a question that is left out is answered as for
    the file before of the same bookkeeping. Raises BadInput for a way that is not there.
    """
    seen = store.sequence("huvudbok")
    refresh(db, store)
    posts = store.list_all(IMPORT)
    remarks = list(read.remarks)
    same = [post for post in posts if post.data.get("sha256") == read.sha256]
    if same:
        remarks.insert(0, f"Samma fil lästes in {same[-1].created:%Y-%m-%d}.")
    if read.faults:
        return Preview(parsed=read, year=year, faults=tuple(read.faults), remarks=tuple(remarks))
    books = books_of(posts, read)
    before = ledger_choices.of_the_next(books.latest.data.get("val") if books.latest else None)
    look = _Look(db, books, ledger_choices.choose(before, chosen or {}), remarks)
    read = look.through(read)
    added = look.added()
    faults, told = changes.booked_twice(db, books, read) if added else ([], [])
    remarks += told
    accounts = sums.compared(db, books, read, added, look.emptied)
    months = Counter((row.day.year, row.day.month) for row in added)
    return Preview(
        parsed=read,
        year=year,
        rows=look.rows,
        new=len(added),
        already=max(len(read.rows) - len(added), 0),
        faults=(*_namesakes(books, read), *faults),
        remarks=tuple(remarks),
        new_months=months,
        accounts=accounts,
        asked=tuple(look.asked),
        choices=look.choices,
        same=look.same,
        left_out=look.left_out,
        news=bool(added) or (not same and sums.states_more(posts, read)),
        seen=seen,
    )


class _Look:
    """Goes through a file as the choices say, and finds what it leaves open."""

    def __init__(self, db: Database, books: Books, choices: Choices, remarks: list[str]) -> None:
        self.db, self.books, self.choices, self.remarks = db, books, choices, remarks
        self.asked: dict[str, None] = {}  # in their order, each once
        self.rows: Rows = []
        self.older = False
        self.same: list[str] = []
        self.left_out: list[tuple[str, str]] = []
        self.emptied: dict[str, int] = {}

    def through(self, read: Parsed) -> Parsed:
        """Return the file as it is counted; `rows` are then what it would save."""
        read = self._whole(self._older(self._of_one_number(read)))
        if read.kind == BALANCE:
            self.rows = changed_balances(self.db, self.books, read, self.older)
            _make_keys(self.rows)
            self.remarks += self._other_books(read, self.rows) + taken_back(read, self.rows)
            return read
        read = self._year_end(read)
        self.rows, told = self._changed(read)
        self.remarks += told
        return read

    def added(self) -> Rows:
        """Return those of `rows` that are not booked."""
        known = self._booked(self.rows)
        return [row for row in self.rows if row.key not in known]

    def _booked(self, rows: Iterable[LedgerRow]) -> dict[str, set[str]]:
        """Return the imports that each key that is booked has come in by."""
        found: dict[str, set[str]] = {}
        for row in self.db.query("kanda_nycklar", {"nycklar": [row.key for row in rows]}):
            found.setdefault(row["nyckel"], set()).add(row["import_id"])
        return found

    def _older(self, read: Parsed) -> Parsed:
        """A file that was made before one that has been read in changes nothing of what it had."""
        newest = self.books.generated
        if not read.generated or not newest or read.generated >= newest:
            return read
        if self.choices.whole == "yes":
            return read
        self.older = True
        self.remarks.append(
            f"Filen är skapad {date_text(read.generated)}, före en som är inläst "
            f"({date_text(newest)}). Bara det som inte finns läses in; inget ändras eller tas "
            "tillbaka."
        )
        return replace(read, whole=False)

    def _of_one_number(self, read: Parsed) -> Parsed:
        numbers = vouchers.of_one_number(read)
        if not numbers:
            return read
        self.asked["same_number"] = None
        last = self.choices.same_number == "last"
        self.remarks.append(vouchers.told_of_one_number(read, numbers, last))
        return vouchers.last_of_each_number(read) if last else read

    def _whole(self, read: Parsed) -> Parsed:
        if self.books.own and (read.vouchers or read.months):
            self.asked["whole"] = None
        if self.choices.whole == "sums" or self.older:
            return read
        return replace(read, whole=self.choices.whole == "yes")

    def _year_end(self, read: Parsed) -> Parsed:
        """Leave out the vouchers that empty the results, if that is chosen; also those that were
        left out of a file before and have not been made anew since."""
        known = [
            (v, rows)
            for v, rows in vouchers.with_rows(read)
            if (v.name, v.day.isoformat()) in self.books.left_out
        ]
        if not known and not vouchers.may_empty(read):
            return read
        months = self._after(read)
        after: Counter[str] = Counter()
        for (konto, _), ore in months.items():
            after[konto] += ore
        emptying = vouchers.emptying(read, after)
        seen = {v.row for v, _ in emptying}
        found = [*emptying, *(pair for pair in known if pair[0].row not in seen)]
        if not found:
            return read
        self.asked["year_end"] = None
        tertial = (read.until.month + 3) // 4
        of_tertial = sum(
            ore for (k, m), ore in months.items() if is_result(k) and (m + 3) // 4 == tertial
        )
        of_year = sum(ore for k, ore in after.items() if is_result(k))
        counted = self.choices.year_end == "count"
        self.remarks.append(vouchers.told_of_emptying(found, tertial, of_tertial, of_year, counted))
        self.emptied = sums_of(row for _, own in found for row in own)
        if counted:
            return read
        self.left_out = [(v.name, v.day.isoformat()) for v, _ in found]
        return self._whole(vouchers.without_rows_of(read, [v for v, _ in found]))

    def _after(self, read: Parsed) -> Counter[tuple[str, int]]:
        """Return what account and month of the financial year come to with the file read in."""
        months: Counter[tuple[str, int]] = Counter()
        asked = {**self.books.asked, "fran": read.since, "till": read.until}
        for row in self.db.query("bokfort_i_importer", asked):
            months[row["konto"], row["datum"].month] += row["belopp_ore"]
        self.rows, _ = self._changed(read)
        for row in self.added():
            months[row.konto, row.day.month] += row.amount_ore
        return months

    def _changed(self, read: Parsed) -> tuple[Rows, list[str]]:
        _make_keys(read.rows)
        told = self._other_books(read, read.rows)
        known = self._booked(read.rows)
        rows, remarks = changes.changed_vouchers(self.db, self.books, read, set(known), self.older)
        _make_keys([row for row in rows if not row.key])
        return rows, told + remarks

    def _other_books(self, read: Parsed, rows: Rows) -> list[str]:
        """Tell rows that look the same as another organisation's from those that are the same."""
        if not self.books.foreign:
            return []
        foreign, known = set(self.books.foreign), self._booked(rows)
        held = set(self.books.same)
        twins = [row for row in rows if row.key in known and known[row.key] <= foreign]
        twins = [row for row in twins if row.key not in held]
        counted = self.choices.other_books == "own"
        whose = number_of(read.source) or identity(read.source)
        own = {row.key: sha256(f"{whose} {row.key}".encode()).hexdigest() for row in twins}
        asked = {"nycklar": list(own.values())}
        decided = {row["nyckel"] for row in self.db.query("kanda_nycklar", asked)} if own else set()
        self.same = [key for key, made in own.items() if made not in decided and not counted]
        open_ones = sum(own[row.key] not in decided for row in twins)
        for row in twins:
            if counted or own[row.key] in decided:
                row.key = own[row.key]
        if not open_ones:
            return []
        self.asked["other_books"] = None
        what = (
            "Det räknas som eget, som ni har valt."
            if counted
            else "Det läses inte in igen. Är det egna rader, välj att räkna dem."
        )
        return [
            f"{whole(open_ones)} {'rad' if open_ones == 1 else 'rader'} finns redan ur en annan "
            f"organisations fil, med samma dag, konto, belopp, text och verifikat. {what}"
        ]


def _namesakes(books: Books, read: Parsed) -> list[Fault]:
    """Refuse a file without a number whose name several organisations have."""
    if not books.namesakes:
        return []
    allowed = (
        "filen har inget organisationsnummer (#ORGNR), och flera organisationer med namnet är "
        f"inlästa ({', '.join(books.namesakes)}); exportera den med numret"
    )
    return [Fault(1, "#ORGNR", read.company, allowed)]


def _make_keys(rows: Rows) -> None:
    """Give each row the key that the store would make of it."""
    for row, key in zip(rows, saved_rows.row_keys(rows), strict=True):
        row.key = key
