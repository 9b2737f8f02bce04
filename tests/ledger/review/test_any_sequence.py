"""Any sequence of files of one organisation leaves the ledger as the last files say (K7).

A small bookkeeping is changed as people change theirs, and exported after each change as one of
the four types, with or without its own sums. What the ledger then holds per account and month is
held against the bookkeeping itself.
"""

from collections import defaultdict

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import BadFile
from analytics.ledger import file as ledger_file, imports, saved_rows
from analytics.ledger.review import preview as ledger_preview
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.sie_files import make_voucher, of_type, sie_file

DB = database.shared()
Sums = dict[tuple[str, int], int]
COSTS = ["5010", "6110"]


class Bookkeeping:
    """Vouchers by number: a month, and kronor per account; and what has changed since a file."""

    def __init__(self) -> None:
        self.vouchers: dict[int, tuple[int, dict[str, int]]] = {}
        self.touched: set[int] = set()
        self.gone = False

    def change(self, what: str, number: int, month: int, konto: str, kronor: int) -> None:
        """Do one thing to one voucher; what is not there is made."""
        if what == "gone":
            self.gone |= self.vouchers.pop(number, None) is not None
            self.touched.discard(number)
            return
        had_month, rows = self.vouchers.get(number, (month, {konto: kronor}))
        match what:
            case "new" | "changed":
                rows = {**rows, konto: kronor}
            case "struck":
                rows = {}
            case "zeroed":
                rows = dict.fromkeys(rows, 0)
            case "moved":
                had_month = month
        self.vouchers[number] = (had_month, rows)
        self.touched.add(number)

    def sums(self) -> Sums:
        """Return öre per account and month, without what is nothing."""
        found: Sums = defaultdict(int)
        for month, rows in self.vouchers.values():
            for konto, kronor in rows.items():
                found[konto, month] += kronor * 100
                found["1930", month] -= kronor * 100
        return {key: ore for key, ore in found.items() if ore}

    def of_year(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for (konto, _), ore in self.sums().items():
            found[konto] += ore
        return dict(found)

    def own_sums(self, balance: bool = True) -> list[str]:
        """Return the file's own sums: #RES, and #UB less #IB."""
        year = self.of_year()
        lines = [f"#RES 0 {k} {ore / 100:.2f}" for k, ore in year.items() if k >= "3"]
        if balance:
            lines += ["#IB 0 1930 50.00", f"#UB 0 1930 {50 + year.get('1930', 0) / 100:.2f}"]
        return lines

    def lines(self, numbers) -> list[str]:
        found = []
        for number in numbers:
            month, rows = self.vouchers[number]
            own = [f"#TRANS {konto} {{}} {kronor}" for konto, kronor in rows.items()]
            other = [f"#TRANS 1930 {{}} {-kronor}" for kronor in rows.values()]
            struck = [] if rows else ["#BTRANS 5010 {} 7.00"]
            head = f"#VER A {number} 2027{month:02}15"
            found += make_voucher(*own, *other, *struck, head=head)
        return found

    def months(self, objects: bool) -> list[str]:
        """Return #PSALDO; with *objects*, half of each amount on an object, beside the rest.

        Where what the objects have comes to nothing the year's sum cannot tell how they are to be
        read, so there are none.
        """
        found, halved = [], defaultdict(int)
        for (konto, _), ore in self.sums().items():
            halved[konto] += ore if ore % 200 == 0 else 0
        for (konto, month), ore in self.sums().items():
            record = f"#PSALDO 0 2027{month:02} {konto}"
            if objects and ore % 200 == 0 and halved[konto]:
                half = f"{ore / 200:.2f}"
                found += [f"{record} {{}} {half}", f'{record} {{1 "N"}} {half}']
            else:
                found.append(f"{record} {{}} {ore / 100:.2f}")
        return found


def files_of(books: Bookkeeping, kind: str) -> list[str]:
    """Return the files that an export of a kind is made of."""
    numbers = sorted(books.vouchers)
    match kind:
        case "4 whole":
            return [sie_file(*books.own_sums(), *books.lines(numbers))]
        case "4 parts":
            return [sie_file(*books.lines([n])) for n in sorted(books.touched)]
        case "1":
            return [of_type(1, *books.own_sums(balance=False))]
        case "2":
            return [of_type(2, *books.own_sums(), *books.months(objects=False))]
        case _:
            return [of_type(3, *books.own_sums(), *books.months(objects=True))]


def read_in(text: str) -> None:
    read = ledger_file.read("a.se", text.encode("cp437"), 2027)
    found = ledger_preview.preview(DB, shared(), read, 2027)
    imports.save(shared(), found, "prov")
    assert not found.differences or not read.stated
    read = ledger_file.read("a.se", text.encode("cp437"), 2027)
    assert ledger_preview.preview(DB, shared(), read, 2027).new == 0, "the same file twice"


def booked() -> Sums:
    found: Sums = defaultdict(int)
    for row in saved_rows.standing_rows(shared()):
        found[row["konto"], row["datum"].month] += row["belopp_ore"]
    return {key: ore for key, ore in found.items() if ore}


def per_account(sums: Sums) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (konto, _), ore in sums.items():
        found[konto] += ore
    return {konto: ore for konto, ore in found.items() if ore and konto >= "3"}


changes = st.lists(
    st.tuples(
        st.sampled_from(["new", "changed", "struck", "zeroed", "moved", "gone"]),
        st.integers(2, 5), st.integers(1, 6), st.sampled_from(COSTS),
        st.integers(-3, 3).filter(bool),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
steps = st.lists(
    st.tuples(changes, st.sampled_from(["4 whole", "4 parts", "1", "2", "3"])),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(steps)
def test_the_ledger_is_what_the_last_files_say(steps):
    """What a part cannot say (a voucher that is gone) is not asked of it, and a part is refused
    where balances stand: it would count the same time twice."""
    for import_id in {row["import_id"] for row in saved_rows.standing_rows(shared())}:
        saved_rows.withdraw_rows(shared(), import_id, reason="nytt prov")
    books, of_balances = Bookkeeping(), False
    for things, asked in steps:
        for thing in things:
            books.change(*thing)
        unsaid = asked == "4 parts" and (books.gone or of_balances)
        kind = "4 whole" if unsaid else asked
        if kind != "4 parts" and not any(books.of_year().get(k) for k in COSTS):
            continue  # sums that are all nothing prove nothing
        for text in files_of(books, kind):
            read_in(text)
        if kind == "1":
            assert per_account(booked()) == per_account(books.sums())
        else:
            assert booked() == books.sums()
        books.touched.clear()
        books.gone = False
        of_balances = kind in "123"


def test_a_part_where_balances_stand_is_refused_with_the_way_out():
    books = Bookkeeping()
    books.change("new", 2, 3, "5010", 3)
    read_in(files_of(books, "2")[0])
    with pytest.raises(BadFile, match="saldon"):
        read_in(sie_file(*books.lines([2])))
