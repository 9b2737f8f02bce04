"""A voucher that was changed in the bookkeeping is counted as it is now, by rows of its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import database, ledger, ledger_file, ledger_import, store_ledger
from analytics.ledger import Urval
from analytics.ledger_hand import ratta
from analytics.store import shared
from tests.analytics.siefiler import HUVUD, fil, verifikat
from tests.analytics.test_ledger_import import booked

DB = database.shared()
FORST = verifikat("#TRANS 5010 {} 100.00", "#TRANS 1930 {} -100.00", head="#VER A 1 20270301")
ANNAT = verifikat("#TRANS 6110 {} 7.00", "#TRANS 1930 {} -7.00", head="#VER A 2 20270302")
ANDRAT = verifikat(
    "#BTRANS 5010 {} 100.00", "#RTRANS 5020 {} 100.00", "#TRANS 5020 {} 100.00",
    "#TRANS 1930 {} -100.00", head="#VER A 1 20270301",
)  # fmt: skip


def se(text: str, name: str = "a.se", ar: int = 2027) -> ledger_import.Granskning:
    return ledger_import.granska(DB, shared(), ledger_file.las(name, text.encode("cp437"), ar), ar)


def in_(text: str, ar: int = 2027) -> ledger_import.Granskning:
    found = se(text, ar=ar)
    ledger_import.spara(shared(), found, "prov")
    return found


def test_a_changed_voucher_is_corrected_by_rows_of_its_own():
    in_(fil(*FORST, *ANNAT))
    found = in_(fil(*ANDRAT, *ANNAT))
    changed = [row for row in found.rader if row.verifikat == "A 1"]
    assert [(row.konto, row.amount_ore, bool(row.corrects)) for row in changed] == [
        ("5020", 10_000, False), ("5010", -10_000, True),
    ]  # fmt: skip
    assert any("Verifikatet A 1 har ändrats" in said for said in found.anmarkningar)
    assert booked() == {("5020", ""): 10_000, ("6110", ""): 700, ("1930", ""): -10_700}
    assert se(fil(*ANDRAT, *ANNAT)).nya == 0


def test_back_and_forth_is_counted_as_the_last_file_says():
    for lines in (FORST, ANDRAT, FORST, ANDRAT, FORST):
        in_(fil(*lines))
        konto = "5010" if lines is FORST else "5020"
        assert booked() == {(konto, ""): 10_000, ("1930", ""): -10_000}
        assert se(fil(*lines)).nya == 0


def test_another_text_alone_changes_nothing():
    in_(fil(*FORST))
    head = '#VER A 1 20270301 "En annan text"'
    text = fil(*verifikat("#TRANS 5010 {} 100.00", "#TRANS 1930 {} -100.00", head=head))
    assert (se(text).nya, se(text).redan) == (0, 2)


RES = "#RES 0 5010 100.00"  # a file that states the result has all that is booked


def test_a_part_that_begins_its_numbers_anew_changes_nothing_before_it():
    in_(fil(*FORST))
    april = [line.replace("20270301", "20270401") for line in ANDRAT]
    found = in_(fil(*april))
    assert any("A 1 finns redan på en annan dag" in said for said in found.anmarkningar)
    assert booked() == {("5010", ""): 10_000, ("5020", ""): 10_000, ("1930", ""): -20_000}
    assert se(fil(*april)).nya == 0


def test_vouchers_of_a_series_without_numbers_are_known_by_their_rows():
    for day in ("20270301", "20270401"):
        head = f'#VER L "" {day}'
        in_(fil(RES, *verifikat("#TRANS 5010 {} 5.00", "#TRANS 1930 {} -5.00", head=head)))
    assert booked() == {("5010", ""): 1_000, ("1930", ""): -1_000}


def test_a_moved_object_or_day_is_a_change():
    in_(fil(RES, *FORST))
    moved = [
        line.replace("5010 {}", '5010 {6 "P12"}').replace("20270301", "20270501") for line in FORST
    ]
    in_(fil(RES, *moved))
    assert booked() == {("5010", "6=P12"): 10_000, ("1930", ""): -10_000}
    assert {u.tertial for u in ledger.utfall(DB, shared(), 2027) if u.belopp_ore} == {2}


def test_a_file_without_the_voucher_says_nothing_about_it():
    in_(fil(*FORST))
    assert in_(fil(*ANNAT)).nya == 2
    assert booked()["5010", ""] == 10_000


def test_a_correction_by_hand_stays_when_the_file_is_read_again():
    in_(fil(*FORST))
    row = next(r for r in ledger.sida(DB, shared(), Urval(2027)).rader if r.konto == "5010")
    ratta(shared(), row, None, 2027, "hör inte hit")
    assert se(fil(*FORST)).nya == 0
    assert booked() == {("1930", ""): -10_000}


def test_the_same_voucher_name_in_another_bookkeeping_is_told_not_corrected():
    in_(fil(*FORST))
    head = [line.replace("202100-2247", "999999-9999") for line in HUVUD]
    found = se(fil(*ANDRAT, huvud=head))
    assert any("A 1 finns redan ur en annan fil" in said for said in found.anmarkningar)
    assert all(row.corrects is None for row in found.rader)


def test_the_same_voucher_name_in_another_year_is_another_voucher():
    in_(fil(*FORST))
    later = [line.replace("2027", "2028").replace("2026", "2027") for line in HUVUD]
    found = se(fil(*(line.replace("2027", "2028") for line in FORST), huvud=later), ar=2028)
    assert (found.nya, len(found.anmarkningar)) == (2, 1)


def test_a_table_that_has_a_voucher_otherwise_is_told():
    in_(fil(*FORST))
    head = "Datum;Konto;Belopp;Verifikat\n"
    found = se(f"{head}2027-03-01;5020;100;A 1\n", "a.csv")
    assert any("A 1 finns redan" in said for said in found.anmarkningar) and found.nya == 1
    assert not any("finns redan" in s for s in se(f"{head}2027-03-01;5020;100;B 1\n").anmarkningar)


@pytest.mark.parametrize("name", ['"" ""', '"" "1"'])
def test_vouchers_without_a_name_are_known_by_their_rows(name):
    rows = verifikat("#TRANS 5010 {} 1.00", "#TRANS 6110 {} -1.00", head=f"#VER {name} 20270301")
    other = [line.replace("1.00", "2.00") for line in rows]
    in_(fil(*rows))
    assert se(fil(*rows)).nya == 0
    in_(fil(*rows, *other) if name == '"" ""' else fil(*other))
    assert booked()["5010", ""] == (300 if name == '"" ""' else 200)


kronor = st.integers(-5, 5).filter(bool)
voucher = st.lists(st.tuples(st.sampled_from(["5010", "5020", "6110"]), kronor), max_size=4)
files = st.lists(st.dictionaries(st.sampled_from(["A 1", "A 2"]), voucher, min_size=1), max_size=4)


@settings(max_examples=30, deadline=None)
@given(files)
def test_the_ledger_is_what_the_last_file_with_each_voucher_says(versions):
    """A voucher that comes with no rows at all is not one, and says nothing."""
    for import_id in {row["import_id"] for row in store_ledger.standing_rows(shared())}:
        store_ledger.withdraw_rows(shared(), import_id, skal="nytt prov")
    state: dict[str, list[tuple[str, int]]] = {}
    for vouchers in versions:
        rows = {name: own for name, own in vouchers.items() if own}
        if not rows:
            continue
        state |= rows
        in_(fil(*(
            line
            for name, own in rows.items()
            for line in verifikat(
                *(f"#TRANS {konto} {{}} {kr}" for konto, kr in own),
                f"#TRANS 1930 {{}} {-sum(kr for _, kr in own)}", head=f"#VER {name} 20270301",
            )
        )))  # fmt: skip
    wanted: dict[tuple[str, str], int] = {}
    for own in state.values():
        for konto, kr in own:
            wanted[konto, ""] = wanted.get((konto, ""), 0) + kr * 100
    assert {k: v for k, v in booked().items() if k[0] != "1930"} == {
        k: v for k, v in wanted.items() if v
    }
