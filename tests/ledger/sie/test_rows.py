"""Ledger rows from SIE: vouchers of type 4, balances of types 1–3, each counted once."""

from datetime import date

import pytest

from analytics.ledger.sie import reader as sie, rows as sie_rows
from analytics.ledger.sie.balances import by_objekt, dimension
from analytics.ledger.sie.records import SieBalance
from tests.given.sie_files import HEADER, VERIFIKAT, make_voucher, of_type, sie_file


def rows(text: str, year: int = 2027) -> sie_rows.LedgerRows:
    return sie_rows.rows_of(sie.read(text), year)


def in_short(found: sie_rows.LedgerRows) -> list[tuple]:
    return [(str(r.day), r.konto, r.amount_ore, r.objekt, r.verifikat) for r in found.rows]


def test_type_4_gives_one_row_per_transaction():
    found = rows(sie_file(*VERIFIKAT))
    assert (found.kind, found.faults, found.remarks) == ("verifikat", [], [])
    assert in_short(found) == [
        ("2027-03-31", "5010", 123_450, "6=P12", "A 17"),
        ("2027-03-31", "1930", -123_450, "", "A 17"),
    ]


def test_type_1_gives_the_result_so_far_on_the_day_it_covers():
    lines = ["#RES 0 5010 1000.00", "#RES -1 5010 9.00", "#UB 0 1930 -1000.00"]
    whole, partial = rows(of_type(1, *lines)), rows(of_type(1, "#OMFATTN 20270430", *lines))
    assert whole.kind == "saldo" and "inga verifikat" in whole.remarks[0]
    assert in_short(whole) == [("2027-12-31", "5010", 100_000, "", "Årssaldo 2027")]
    assert in_short(partial) == [("2027-04-30", "5010", 100_000, "", "Årssaldo 2027")]


def test_type_2_gives_a_row_per_account_and_month():
    found = rows(of_type(
        2, "#RES 0 5010 30.00", "#PSALDO 0 202702 5010 {} 10.00",
        "#PSALDO 0 202703 5010 {} 20.00", "#PSALDO -1 202603 5010 {} 7.00",
    ))  # fmt: skip
    assert in_short(found) == [
        ("2027-02-28", "5010", 1_000, "", "Saldo 202702"),
        ("2027-03-31", "5010", 2_000, "", "Saldo 202703"),
    ]
    assert found.rows[0].text == "Lokalhyra"


def test_type_3_tells_each_total_by_one_dimension_and_the_rest_has_none():
    found = rows(of_type(
        3, "#PSALDO 0 202703 5010 {} 100.00", '#PSALDO 0 202703 5010 {1 "K1"} 100.00',
        '#PSALDO 0 202703 5010 {6 "P12"} 60.00', '#PSALDO 0 202703 5010 {6 "P13"} 15.00',
        '#PSALDO 0 202704 5010 {6 "P12"} 5.00',
    ))  # fmt: skip
    assert sorted(in_short(found)) == [
        ("2027-03-31", "5010", 1_500, "6=P13", "Saldo 202703"),
        ("2027-03-31", "5010", 2_500, "", "Saldo 202703"),
        ("2027-03-31", "5010", 6_000, "6=P12", "Saldo 202703"),
        ("2027-04-30", "5010", 500, "6=P12", "Saldo 202704"),
    ]
    assert any("dimension 6 Projekt" in said for said in found.remarks)


def test_an_account_that_only_another_dimension_tells_of_is_not_lost():
    row_list = [
        SieBalance(1, 0, "202701", "5010", "6=P1", 40),
        SieBalance(2, 0, "202701", "6010", "1=100", 70),
        SieBalance(3, 0, "202701", "6010", "2=200", 70),
        SieBalance(4, 0, "202701", "6110", "1=100;6=P1", 9),
    ]
    assert by_objekt(row_list, dimension(row_list)) == [row_list[0], row_list[1], row_list[3]]


def test_without_projects_the_first_dimension_tells():
    found = rows(of_type(3, "#PSALDO 0 202703 5010 {} 100.00", "#PSALDO 0 202703 5010 {10 X} 1.00",
                      "#PSALDO 0 202703 5010 {2 Y} 40.00"))  # fmt: skip
    assert {(objekt, ore) for *_, ore, objekt, _ in in_short(found)} == {
        ("2=Y", 4_000),
        ("", 6_000),
    }


@pytest.mark.parametrize(
    ("day", "ok"),
    [("20261231", False), ("20270101", True), ("20271231", True), ("20280101", False)],
)
def test_a_date_outside_the_year_of_the_file_is_told_by_its_line(day, ok):
    found = rows(sie_file(*make_voucher("#TRANS 5010 {} 0", head=f"#VER A 1 {day}")))
    told = [(f.line - len(HEADER), f.column) for f in found.faults]
    assert told == ([] if ok else [(3, "datum")])


@pytest.mark.parametrize(("period", "ok"), [("202612", False), ("202701", True), ("202801", False)])
def test_a_month_outside_the_year_of_the_file_is_told(period, ok):
    found = rows(of_type(2, f"#PSALDO 0 {period} 5010 {{}} 1.00"))
    assert [f.column for f in found.faults] == ([] if ok else ["period"])


@pytest.mark.parametrize(("year", "ok"), [(2026, False), (2027, True), (2028, False)])
def test_a_file_of_another_year_is_told_once(year, ok):
    found = rows(sie_file(*VERIFIKAT, *VERIFIKAT), year)
    assert [f.column for f in found.faults] == ([] if ok else ["#RAR"])


def test_a_year_that_is_broken_may_touch_the_budget_year():
    head = [line.replace("20270101 20271231", "20260701 20270630") for line in HEADER]
    row_list = make_voucher("#TRANS 5010 {} 0", head="#VER A 1 20261101")
    found = rows(sie_file(*row_list, header=head))
    assert (found.faults, found.rows[0].day) == ([], date(2026, 11, 1))


def test_without_a_year_in_the_file_the_budget_year_holds():
    head = [line for line in HEADER if not line.startswith("#RAR")]
    found = rows(sie_file(*make_voucher("#TRANS 5010 {} 0", head="#VER A 1 20261231"), header=head))
    assert [f.column for f in found.faults] == ["datum"]


@pytest.mark.parametrize("lines", [[], ["#RES -1 5010 5.00"], ["#PSALDO -1 202601 5010 {} 1"]])
def test_a_file_without_anything_booked_is_told(lines):
    assert "varken verifikat eller saldon" in rows(sie_file(*lines)).faults[0].allowed


def test_added_and_removed_rows_are_told():
    row_list = ["#RTRANS 5010 {} 0", "#TRANS 5010 {} 0", "#BTRANS 5010 {} 9.00"]
    found = rows(sie_file(*make_voucher(*row_list)))
    assert "(#RTRANS) och räknas: 1;" in found.remarks[0] and len(found.rows) == 1


def test_only_names_of_accounts_with_rows_are_kept():
    read = sie.read(sie_file(*VERIFIKAT))
    assert sie_rows.konto_names(read, rows(sie_file(*VERIFIKAT)).rows) == {
        "5010": "Lokalhyra", "1930": "Bankkonto",
    }  # fmt: skip
    assert sie_rows.objekt_names(read, rows(sie_file(*VERIFIKAT)).rows) == {"6=P12": "Övning höst"}
