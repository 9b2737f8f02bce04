"""A voucher that was changed in the bookkeeping is counted as it is now, by rows of its own."""

import pytest
from hypothesis import given, settings, strategies as st

from analytics.ledger import (
    booked as ledger_booked,
    file as ledger_file,
    imports as ledger_imports,
    saved_rows,
)
from analytics.ledger.booked import Selection
from analytics.ledger.by_hand import correct
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.sie_files import HEADER, make_voucher, sie_file
from tests.ledger.test_imports import booked

DB = database.shared()
FIRST = make_voucher("#TRANS 5010 {} 100.00", "#TRANS 1930 {} -100.00", head="#VER A 1 20270301")
OTHER = make_voucher("#TRANS 6110 {} 7.00", "#TRANS 1930 {} -7.00", head="#VER A 2 20270302")
CHANGED = make_voucher(
    "#BTRANS 5010 {} 100.00", "#RTRANS 5020 {} 100.00", "#TRANS 5020 {} 100.00",
    "#TRANS 1930 {} -100.00", head="#VER A 1 20270301",
)  # fmt: skip


def preview_of(text: str, name: str = "a.se", year: int = 2027) -> ledger_imports.Preview:
    return ledger_imports.preview(
        DB, shared(), ledger_file.read(name, text.encode("cp437"), year), year
    )


def import_text(text: str, year: int = 2027) -> ledger_imports.Preview:
    found = preview_of(text, year=year)
    ledger_imports.save(shared(), found, "prov")
    return found


def test_a_changed_voucher_is_corrected_by_rows_of_its_own():
    import_text(sie_file(*FIRST, *OTHER))
    found = import_text(sie_file(*CHANGED, *OTHER))
    changed = [row for row in found.rows if row.verifikat == "A 1"]
    assert [(row.konto, row.amount_ore, bool(row.corrects)) for row in changed] == [
        ("5020", 10_000, False), ("5010", -10_000, True),
    ]  # fmt: skip
    assert any("Verifikatet A 1 har ändrats" in said for said in found.remarks)
    assert booked() == {("5020", ""): 10_000, ("6110", ""): 700, ("1930", ""): -10_700}
    assert preview_of(sie_file(*CHANGED, *OTHER)).new == 0


def test_back_and_forth_is_counted_as_the_last_file_says():
    for lines in (FIRST, CHANGED, FIRST, CHANGED, FIRST):
        import_text(sie_file(*lines))
        konto = "5010" if lines is FIRST else "5020"
        assert booked() == {(konto, ""): 10_000, ("1930", ""): -10_000}
        assert preview_of(sie_file(*lines)).new == 0


def test_another_text_alone_changes_nothing():
    import_text(sie_file(*FIRST))
    head = '#VER A 1 20270301 "En annan text"'
    text = sie_file(*make_voucher("#TRANS 5010 {} 100.00", "#TRANS 1930 {} -100.00", head=head))
    assert (preview_of(text).new, preview_of(text).already) == (0, 2)


RES = "#RES 0 5010 100.00"  # a file that states the result has all that is booked


def test_a_part_that_begins_its_numbers_anew_changes_nothing_before_it():
    import_text(sie_file(*FIRST))
    april = [line.replace("20270301", "20270401") for line in CHANGED]
    found = import_text(sie_file(*april))
    assert any("A 1 finns redan på en annan dag" in said for said in found.remarks)
    assert booked() == {("5010", ""): 10_000, ("5020", ""): 10_000, ("1930", ""): -20_000}
    assert preview_of(sie_file(*april)).new == 0


def test_vouchers_of_a_series_without_numbers_are_known_by_their_rows():
    for day in ("20270301", "20270401"):
        head = f'#VER L "" {day}'
        import_text(
            sie_file(RES, *make_voucher("#TRANS 5010 {} 5.00", "#TRANS 1930 {} -5.00", head=head))
        )
    assert booked() == {("5010", ""): 1_000, ("1930", ""): -1_000}


def test_a_moved_object_or_day_is_a_change():
    import_text(sie_file(RES, *FIRST))
    moved = [
        line.replace("5010 {}", '5010 {6 "P12"}').replace("20270301", "20270501") for line in FIRST
    ]
    import_text(sie_file(RES, *moved))
    assert booked() == {("5010", "6=P12"): 10_000, ("1930", ""): -10_000}
    assert {u.tertial for u in ledger_booked.outcome(DB, shared(), 2027) if u.amount_ore} == {2}


def test_a_file_without_the_voucher_says_nothing_about_it():
    import_text(sie_file(*FIRST))
    assert import_text(sie_file(*OTHER)).new == 2
    assert booked()["5010", ""] == 10_000


def test_a_correction_by_hand_stays_when_the_file_is_read_again():
    import_text(sie_file(*FIRST))
    row = next(
        r for r in ledger_booked.page(DB, shared(), Selection(2027)).rows if r.konto == "5010"
    )
    correct(shared(), row, None, 2027, "hör inte hit")
    assert preview_of(sie_file(*FIRST)).new == 0
    assert booked() == {("1930", ""): -10_000}


def test_the_same_voucher_name_in_another_bookkeeping_is_told_not_corrected():
    import_text(sie_file(*FIRST))
    head = [line.replace("202100-2247", "999999-9999") for line in HEADER]
    found = preview_of(sie_file(*CHANGED, header=head))
    assert any("A 1 finns redan ur en annan fil" in said for said in found.remarks)
    assert all(row.corrects is None for row in found.rows)


def test_the_same_voucher_name_in_another_year_is_another_voucher():
    import_text(sie_file(*FIRST))
    later = [line.replace("2027", "2028").replace("2026", "2027") for line in HEADER]
    found = preview_of(
        sie_file(*(line.replace("2027", "2028") for line in FIRST), header=later), year=2028
    )
    assert (found.new, len(found.remarks)) == (2, 1)


def test_a_table_that_has_a_voucher_otherwise_is_told():
    import_text(sie_file(*FIRST))
    head = "Datum;Konto;Belopp;Verifikat\n"
    found = preview_of(f"{head}2027-03-01;5020;100;A 1\n", "a.csv")
    assert any("A 1 finns redan" in said for said in found.remarks) and found.new == 1
    assert not any(
        "finns redan" in s for s in preview_of(f"{head}2027-03-01;5020;100;B 1\n").remarks
    )


@pytest.mark.parametrize("name", ['"" ""', '"" "1"'])
def test_vouchers_without_a_name_are_known_by_their_rows(name):
    rows = make_voucher("#TRANS 5010 {} 1.00", "#TRANS 6110 {} -1.00", head=f"#VER {name} 20270301")
    other = [line.replace("1.00", "2.00") for line in rows]
    import_text(sie_file(*rows))
    assert preview_of(sie_file(*rows)).new == 0
    import_text(sie_file(*rows, *other) if name == '"" ""' else sie_file(*other))
    assert booked()["5010", ""] == (300 if name == '"" ""' else 200)


kronor = st.integers(-5, 5).filter(bool)
voucher = st.lists(st.tuples(st.sampled_from(["5010", "5020", "6110"]), kronor), max_size=4)
files = st.lists(st.dictionaries(st.sampled_from(["A 1", "A 2"]), voucher, min_size=1), max_size=4)


@settings(max_examples=30, deadline=None)
@given(files)
def test_the_ledger_is_what_the_last_file_with_each_voucher_says(versions):
    """A voucher that comes with no rows at all is not one, and says nothing."""
    for import_id in {row["import_id"] for row in saved_rows.standing_rows(shared())}:
        saved_rows.withdraw_rows(shared(), import_id, reason="nytt prov")
    state: dict[str, list[tuple[str, int]]] = {}
    for vouchers in versions:
        rows = {name: own for name, own in vouchers.items() if own}
        if not rows:
            continue
        state |= rows
        import_text(sie_file(*(
            line
            for name, own in rows.items()
            for line in make_voucher(
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
