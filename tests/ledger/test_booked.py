"""Outcome, unknown accounts and rows: exactly what is in the store, as soon as it is there."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from analytics.agreement import parties
from analytics.fees import payments
from analytics.fees.question import Question
from analytics.ledger import booked as ledger_booked, posting_rules, saved_rows
from analytics.ledger.booked import AccountOutcome, Selection, UnknownKonto
from analytics.reference import database
from analytics.store.posts import Store, shared
from tests.given.ledger import make_row
from tests.given.scenarios import AGREEMENT
from tests.ledger.test_posting_rules import make_rule

DB = database.shared()


def test_an_empty_store_has_no_outcome_and_no_unknown_accounts():
    assert ledger_booked.outcome(DB, shared(), 2027) == []
    assert ledger_booked.unknown_accounts(DB, shared(), 2027) == []
    assert ledger_booked.rows_behind(DB, shared(), 2027, None, 3) == []
    assert ledger_booked.latest_id(DB, shared()) == 0


@pytest.mark.parametrize(
    ("day", "tertial"),
    [("01-01", 1), ("04-30", 1), ("05-01", 2), ("08-31", 2), ("09-01", 3), ("12-31", 3)],
)
def test_a_row_belongs_to_the_tertial_of_its_date(day, tertial):
    saved_rows.add_rows(shared(), "ett", [make_row(day=f"2027-{day}", amount_ore=-7)], reason="x")
    assert ledger_booked.outcome(DB, shared(), 2027) == [AccountOutcome(None, tertial, -7, 1)]
    assert (
        ledger_booked.outcome(DB, shared(), 2026) == ledger_booked.outcome(DB, shared(), 2028) == []
    )


def test_what_is_added_withdrawn_or_mapped_is_seen_at_once():
    store = shared()
    saved_rows.add_rows(store, "ett", [make_row(), make_row(text="El", amount_ore=1)], reason="x")
    assert ledger_booked.outcome(DB, store, 2027) == [AccountOutcome(None, 1, 1_250_051, 2)]
    first = ledger_booked.latest_id(DB, store)
    saved_rows.add_rows(
        store, "två", [make_row(text="Porto", konto="6250", amount_ore=9)], reason="x"
    )
    assert ledger_booked.outcome(DB, store, 2027) == [AccountOutcome(None, 1, 1_250_060, 3)]
    assert ledger_booked.outcome(DB, store, 2027, to_id=first) == [
        AccountOutcome(None, 1, 1_250_051, 2)
    ]
    posting_rules.save(store, make_rule("5010", "lokal"))
    assert ledger_booked.outcome(DB, store, 2027) == [
        AccountOutcome("lokal", 1, 1_250_051, 2), AccountOutcome(None, 1, 9, 1),
    ]  # fmt: skip
    saved_rows.withdraw_rows(store, "ett", reason="x")
    assert ledger_booked.outcome(DB, store, 2027) == [AccountOutcome(None, 1, 9, 1)]


def test_another_store_has_its_own_ledger(tmp_path):
    saved_rows.add_rows(shared(), "ett", [make_row()], reason="x")
    other = Store(f"sqlite:///{tmp_path / 'annat.db'}")
    assert ledger_booked.outcome(DB, other, 2027) == []
    assert len(ledger_booked.outcome(DB, shared(), 2027)) == 1
    other.close()


def test_a_store_whose_file_is_gone_has_nothing_booked(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'bort.db'}")
    saved_rows.add_rows(store, "ett", [make_row()], reason="x")
    assert len(ledger_booked.outcome(DB, store, 2027)) == 1
    store.close()
    for file in tmp_path.iterdir():
        file.unlink()
    assert ledger_booked.outcome(DB, store, 2027) == []


def test_an_unknown_account_is_listed_per_object_with_the_name_from_the_file():
    store = shared()
    saved_rows.add_rows(
        store,
        "ett",
        [
            make_row(objekt="6=P12"),
            make_row(objekt="6=P12", amount_ore=1),
            make_row(day="2027-09-01"),
        ],
        reason="x",
        about={"konton": {"5010": "Lokalhyra"}},
    )
    assert ledger_booked.unknown_accounts(DB, store, 2027) == [
        UnknownKonto("5010", "", "Lokalhyra", 1_250_050, 1),
        UnknownKonto("5010", "6=P12", "Lokalhyra", 1_250_051, 2),
    ]
    assert len(ledger_booked.unknown_accounts(DB, store, 2027, to_tertial=2)) == 1


def test_rows_behind_a_figure_add_up_to_it():
    store = shared()
    saved_rows.add_rows(
        store,
        "ett",
        [
            make_row(text=f"Rad {n}", day=f"2027-{1 + n % 12:02}-05", amount_ore=n)
            for n in range(300)
        ],
        reason="x",
    )
    posting_rules.save(store, make_rule("5010", "lokal"))
    for tertial in (1, 2, 3):
        told = sum(
            u.amount_ore for u in ledger_booked.outcome(DB, store, 2027) if u.tertial <= tertial
        )
        rows = ledger_booked.rows_behind(DB, store, 2027, "lokal", tertial, count=500)
        assert sum(row.amount_ore for row in rows) == told
        page = ledger_booked.page(
            DB, store, Selection(2027, to_tertial=tertial, target="lokal"), 0, 10
        )
        assert (page.count, page.total_ore, len(page.rows)) == (len(rows), told, 10)
    pages = [
        ledger_booked.rows_behind(DB, store, 2027, "lokal", 3, since=n, count=120)
        for n in (0, 120, 240)
    ]
    assert [row.text for page in pages for row in page] == [row.text for row in rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [(Selection(2027, konto="50"), 2), (Selection(2027, konto="5010"), 1),
     (Selection(2027, find="HYRA"), 1), (Selection(2027, find="b9"), 1),
     (Selection(2027, find="%"), 0), (Selection(2027, unknown=True), 3),
     (Selection(2027, import_id="två"), 1), (Selection(2027, from_tertial=2), 1),
     (Selection(2027, target="finns-inte"), 0)],
)  # fmt: skip
def test_rows_are_chosen_by_what_one_asks_for(asked, found):
    store = shared()
    saved_rows.add_rows(
        store,
        "ett",
        [make_row(text="Lokalhyra"), make_row(konto="5020", verifikat="B9")],
        reason="x",
    )
    saved_rows.add_rows(store, "två", [make_row(konto="6110", day="2027-06-01")], reason="x")
    page = ledger_booked.page(DB, store, asked)
    assert (page.count, len(page.rows)) == (found, found)


amounts = st.integers(-(10**14), 10**14)
days = st.integers(0, 364).map(lambda n: date(2027, 1, 1) + timedelta(n))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(days, amounts, st.sampled_from(["5010", "6110", "1930"])), max_size=40))
def test_outcome_is_the_sum_of_the_rows_to_the_ore(rows):
    store = shared()
    for post in {row["import_id"] for row in saved_rows.standing_rows(store)}:
        saved_rows.withdraw_rows(store, post, reason="nytt prov")
    saved_rows.add_rows(store,
        f"prov{store.sequence()}",
        [make_row(day=d, amount_ore=ore, konto=k, verifikat=str(n))
         for n, (d, ore, k) in enumerate(rows)],
        reason="x",
    )  # fmt: skip
    wanted = defaultdict(int)
    for day, ore, konto in rows:
        wanted[("utanfor" if konto < "3" else None), (day.month + 3) // 4] += ore
    found = {(u.target, u.tertial): u.amount_ore for u in ledger_booked.outcome(DB, store, 2027)}
    assert found == wanted


def test_a_ledger_that_is_read_in_leaves_the_fees_memory_warm():
    ledger_booked.outcome(DB, shared(), 2027)
    kept, followed = DB.remember("prov", object), DB.remember("prov", object, of=database.LEDGER)
    asked = Question(2027, parties.party_rows(DB, AGREEMENT))
    before = payments.compute_many(DB, AGREEMENT, [asked])

    saved_rows.add_rows(shared(), "ett", [make_row()], reason="x")
    ledger_booked.outcome(DB, shared(), 2027)
    assert DB.remember("prov", object) is kept
    assert DB.remember("prov", object, of=database.LEDGER) is not followed
    assert payments.compute_many(DB, AGREEMENT, [asked]) == before


def test_a_rule_that_changes_empties_the_ledgers_memory():
    ledger_booked.outcome(DB, shared(), 2027)
    kept, followed = DB.remember("prov", object), DB.remember("prov", object, of=database.LEDGER)
    posting_rules.save(shared(), make_rule("5010", posting_rules.INCOME))
    ledger_booked.outcome(DB, shared(), 2027)
    assert DB.remember("prov", object) is kept
    assert DB.remember("prov", object, of=database.LEDGER) is not followed
