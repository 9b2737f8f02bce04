"""Outcome, unknown accounts and rows: exactly what is in the store, as soon as it is there."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import database, fees, kontering, ledger, parties, store_ledger
from analytics.ledger import OkantKonto, Urval, Utfall
from analytics.question import Uppgift
from analytics.store import Store, shared
from tests.analytics.huvudboken import rad
from tests.analytics.scenarierna import AVTAL
from tests.analytics.test_kontering import regel

DB = database.shared()


def test_an_empty_store_has_no_outcome_and_no_unknown_accounts():
    assert ledger.utfall(DB, shared(), 2027) == []
    assert ledger.okanda(DB, shared(), 2027) == []
    assert ledger.rader(DB, shared(), 2027, None, 3) == []
    assert ledger.senaste_id(DB, shared()) == 0


@pytest.mark.parametrize(
    ("day", "tertial"),
    [("01-01", 1), ("04-30", 1), ("05-01", 2), ("08-31", 2), ("09-01", 3), ("12-31", 3)],
)
def test_a_row_belongs_to_the_tertial_of_its_date(day, tertial):
    store_ledger.add_rows(shared(), "ett", [rad(day=f"2027-{day}", amount_ore=-7)], skal="x")
    assert ledger.utfall(DB, shared(), 2027) == [Utfall(None, tertial, -7, 1)]
    assert ledger.utfall(DB, shared(), 2026) == ledger.utfall(DB, shared(), 2028) == []


def test_what_is_added_withdrawn_or_mapped_is_seen_at_once():
    store = shared()
    store_ledger.add_rows(store, "ett", [rad(), rad(text="El", amount_ore=1)], skal="x")
    assert ledger.utfall(DB, store, 2027) == [Utfall(None, 1, 1_250_051, 2)]
    first = ledger.senaste_id(DB, store)
    store_ledger.add_rows(store, "två", [rad(text="Porto", konto="6250", amount_ore=9)], skal="x")
    assert ledger.utfall(DB, store, 2027) == [Utfall(None, 1, 1_250_060, 3)]
    assert ledger.utfall(DB, store, 2027, till_id=first) == [Utfall(None, 1, 1_250_051, 2)]
    kontering.spara(store, regel("5010", "lokal"))
    assert ledger.utfall(DB, store, 2027) == [
        Utfall("lokal", 1, 1_250_051, 2), Utfall(None, 1, 9, 1),
    ]  # fmt: skip
    store_ledger.withdraw_rows(store, "ett", skal="x")
    assert ledger.utfall(DB, store, 2027) == [Utfall(None, 1, 9, 1)]


def test_another_store_has_its_own_ledger(tmp_path):
    store_ledger.add_rows(shared(), "ett", [rad()], skal="x")
    other = Store(f"sqlite:///{tmp_path / 'annat.db'}")
    assert ledger.utfall(DB, other, 2027) == []
    assert len(ledger.utfall(DB, shared(), 2027)) == 1
    other.stang()


def test_a_store_whose_file_is_gone_has_nothing_booked(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'bort.db'}")
    store_ledger.add_rows(store, "ett", [rad()], skal="x")
    assert len(ledger.utfall(DB, store, 2027)) == 1
    store.stang()
    for file in tmp_path.iterdir():
        file.unlink()
    assert ledger.utfall(DB, store, 2027) == []


def test_an_unknown_account_is_listed_per_object_with_the_name_from_the_file():
    store = shared()
    store_ledger.add_rows(
        store,
        "ett",
        [rad(objekt="6=P12"), rad(objekt="6=P12", amount_ore=1), rad(day="2027-09-01")],
        skal="x",
        om={"konton": {"5010": "Lokalhyra"}},
    )
    assert ledger.okanda(DB, store, 2027) == [
        OkantKonto("5010", "", "Lokalhyra", 1_250_050, 1),
        OkantKonto("5010", "6=P12", "Lokalhyra", 1_250_051, 2),
    ]
    assert len(ledger.okanda(DB, store, 2027, till_tertial=2)) == 1


def test_rows_behind_a_figure_add_up_to_it():
    store = shared()
    store_ledger.add_rows(
        store,
        "ett",
        [rad(text=f"Rad {n}", day=f"2027-{1 + n % 12:02}-05", amount_ore=n) for n in range(300)],
        skal="x",
    )
    kontering.spara(store, regel("5010", "lokal"))
    for tertial in (1, 2, 3):
        told = sum(u.belopp_ore for u in ledger.utfall(DB, store, 2027) if u.tertial <= tertial)
        rows = ledger.rader(DB, store, 2027, "lokal", tertial, antal=500)
        assert sum(row.belopp_ore for row in rows) == told
        page = ledger.sida(DB, store, Urval(2027, till_tertial=tertial, mal="lokal"), 0, 10)
        assert (page.antal, page.summa_ore, len(page.rader)) == (len(rows), told, 10)
    pages = [ledger.rader(DB, store, 2027, "lokal", 3, fran=n, antal=120) for n in (0, 120, 240)]
    assert [row.text for page in pages for row in page] == [row.text for row in rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [(Urval(2027, konto="50"), 2), (Urval(2027, konto="5010"), 1), (Urval(2027, sok="HYRA"), 1),
     (Urval(2027, sok="b9"), 1), (Urval(2027, sok="%"), 0), (Urval(2027, okant=True), 3),
     (Urval(2027, import_id="två"), 1), (Urval(2027, fran_tertial=2), 1),
     (Urval(2027, mal="finns-inte"), 0)],
)  # fmt: skip
def test_rows_are_chosen_by_what_one_asks_for(asked, found):
    store = shared()
    store_ledger.add_rows(
        store, "ett", [rad(text="Lokalhyra"), rad(konto="5020", verifikat="B9")], skal="x"
    )
    store_ledger.add_rows(store, "två", [rad(konto="6110", day="2027-06-01")], skal="x")
    page = ledger.sida(DB, store, asked)
    assert (page.antal, len(page.rader)) == (found, found)


amounts = st.integers(-(10**14), 10**14)
days = st.integers(0, 364).map(lambda n: date(2027, 1, 1) + timedelta(n))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(days, amounts, st.sampled_from(["5010", "6110", "1930"])), max_size=40))
def test_outcome_is_the_sum_of_the_rows_to_the_ore(rows):
    store = shared()
    for post in {row["import_id"] for row in store_ledger.standing_rows(store)}:
        store_ledger.withdraw_rows(store, post, skal="nytt prov")
    store_ledger.add_rows(store,
        f"prov{store.sekvens()}",
        [rad(day=d, amount_ore=ore, konto=k, verifikat=str(n))
         for n, (d, ore, k) in enumerate(rows)],
        skal="x",
    )  # fmt: skip
    wanted = defaultdict(int)
    for day, ore, konto in rows:
        wanted[("utanfor" if konto < "3" else None), (day.month + 3) // 4] += ore
    found = {(u.mal, u.tertial): u.belopp_ore for u in ledger.utfall(DB, store, 2027)}
    assert found == wanted


def test_a_ledger_that_is_read_in_leaves_the_fees_memory_warm():
    ledger.utfall(DB, shared(), 2027)
    kept, followed = DB.minns("prov", object), DB.minns("prov", object, of=database.LEDGER)
    asked = Uppgift(2027, parties.rader(DB, AVTAL))
    before = fees.avgifter(DB, AVTAL, [asked])

    store_ledger.add_rows(shared(), "ett", [rad()], skal="x")
    ledger.utfall(DB, shared(), 2027)
    assert DB.minns("prov", object) is kept
    assert DB.minns("prov", object, of=database.LEDGER) is not followed
    assert fees.avgifter(DB, AVTAL, [asked]) == before


def test_a_rule_that_changes_empties_the_ledgers_memory():
    ledger.utfall(DB, shared(), 2027)
    kept, followed = DB.minns("prov", object), DB.minns("prov", object, of=database.LEDGER)
    kontering.spara(shared(), regel("5010", kontering.INTAKT))
    ledger.utfall(DB, shared(), 2027)
    assert DB.minns("prov", object) is kept
    assert DB.minns("prov", object, of=database.LEDGER) is not followed
