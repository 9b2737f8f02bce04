"""Ledger rows from SIE: vouchers of type 4, balances of types 1–3, each counted once."""

from datetime import date

import pytest

from analytics import sie, sie_rows
from analytics.sie import Saldo
from analytics.sie_rows import dimension, per_objekt
from tests.analytics.siefiler import HUVUD, VERIFIKAT, fil, typ, verifikat


def rader(text: str, ar: int = 2027) -> sie_rows.Rader:
    return sie_rows.rader(sie.las(text), ar)


def kort(found: sie_rows.Rader) -> list[tuple]:
    return [(str(r.day), r.konto, r.amount_ore, r.objekt, r.verifikat) for r in found.rader]


def test_type_4_gives_one_row_per_transaction():
    found = rader(fil(*VERIFIKAT))
    assert (found.slag, found.fel, found.anmarkningar) == ("verifikat", [], [])
    assert kort(found) == [
        ("2027-03-31", "5010", 123_450, "6=P12", "A 17"),
        ("2027-03-31", "1930", -123_450, "", "A 17"),
    ]


def test_type_1_gives_the_result_so_far_on_the_day_it_covers():
    lines = ["#RES 0 5010 1000.00", "#RES -1 5010 9.00", "#UB 0 1930 -1000.00"]
    whole, part = rader(typ(1, *lines)), rader(typ(1, "#OMFATTN 20270430", *lines))
    assert whole.slag == "saldo" and "inga verifikat" in whole.anmarkningar[0]
    assert kort(whole) == [("2027-12-31", "5010", 100_000, "", "Årssaldo 2027")]
    assert kort(part) == [("2027-04-30", "5010", 100_000, "", "Årssaldo 2027")]


def test_type_2_gives_a_row_per_account_and_month():
    found = rader(typ(
        2, "#RES 0 5010 30.00", "#PSALDO 0 202702 5010 {} 10.00",
        "#PSALDO 0 202703 5010 {} 20.00", "#PSALDO -1 202603 5010 {} 7.00",
    ))  # fmt: skip
    assert kort(found) == [
        ("2027-02-28", "5010", 1_000, "", "Saldo 202702"),
        ("2027-03-31", "5010", 2_000, "", "Saldo 202703"),
    ]
    assert found.rader[0].text == "Lokalhyra"


def test_type_3_tells_each_total_by_one_dimension_and_the_rest_has_none():
    found = rader(typ(
        3, "#PSALDO 0 202703 5010 {} 100.00", '#PSALDO 0 202703 5010 {1 "K1"} 100.00',
        '#PSALDO 0 202703 5010 {6 "P12"} 60.00', '#PSALDO 0 202703 5010 {6 "P13"} 15.00',
        '#PSALDO 0 202704 5010 {6 "P12"} 5.00',
    ))  # fmt: skip
    assert sorted(kort(found)) == [
        ("2027-03-31", "5010", 1_500, "6=P13", "Saldo 202703"),
        ("2027-03-31", "5010", 2_500, "", "Saldo 202703"),
        ("2027-03-31", "5010", 6_000, "6=P12", "Saldo 202703"),
        ("2027-04-30", "5010", 500, "6=P12", "Saldo 202704"),
    ]
    assert any("dimension 6 Projekt" in said for said in found.anmarkningar)


def test_an_account_that_only_another_dimension_tells_of_is_not_lost():
    rows = [
        Saldo(1, 0, "202701", "5010", "6=P1", 40),
        Saldo(2, 0, "202701", "6010", "1=100", 70),
        Saldo(3, 0, "202701", "6010", "2=200", 70),
        Saldo(4, 0, "202701", "6110", "1=100;6=P1", 9),
    ]
    assert per_objekt(rows, dimension(rows)) == [rows[0], rows[1], rows[3]]


def test_without_projects_the_first_dimension_tells():
    found = rader(typ(3, "#PSALDO 0 202703 5010 {} 100.00", "#PSALDO 0 202703 5010 {10 X} 1.00",
                      "#PSALDO 0 202703 5010 {2 Y} 40.00"))  # fmt: skip
    assert {(objekt, ore) for *_, ore, objekt, _ in kort(found)} == {("2=Y", 4_000), ("", 6_000)}


@pytest.mark.parametrize(
    ("day", "ok"),
    [("20261231", False), ("20270101", True), ("20271231", True), ("20280101", False)],
)
def test_a_date_outside_the_year_of_the_file_is_told_by_its_line(day, ok):
    found = rader(fil(*verifikat("#TRANS 5010 {} 0", head=f"#VER A 1 {day}")))
    told = [(f.line - len(HUVUD), f.column) for f in found.fel]
    assert told == ([] if ok else [(3, "datum")])


@pytest.mark.parametrize(("period", "ok"), [("202612", False), ("202701", True), ("202801", False)])
def test_a_month_outside_the_year_of_the_file_is_told(period, ok):
    found = rader(typ(2, f"#PSALDO 0 {period} 5010 {{}} 1.00"))
    assert [f.column for f in found.fel] == ([] if ok else ["period"])


@pytest.mark.parametrize(("ar", "ok"), [(2026, False), (2027, True), (2028, False)])
def test_a_file_of_another_year_is_told_once(ar, ok):
    found = rader(fil(*VERIFIKAT, *VERIFIKAT), ar)
    assert [f.column for f in found.fel] == ([] if ok else ["#RAR"])


def test_a_year_that_is_broken_may_touch_the_budget_year():
    head = [line.replace("20270101 20271231", "20260701 20270630") for line in HUVUD]
    rows = verifikat("#TRANS 5010 {} 0", head="#VER A 1 20261101")
    found = rader(fil(*rows, huvud=head))
    assert (found.fel, found.rader[0].day) == ([], date(2026, 11, 1))


def test_without_a_year_in_the_file_the_budget_year_holds():
    head = [line for line in HUVUD if not line.startswith("#RAR")]
    found = rader(fil(*verifikat("#TRANS 5010 {} 0", head="#VER A 1 20261231"), huvud=head))
    assert [f.column for f in found.fel] == ["datum"]


@pytest.mark.parametrize("lines", [[], ["#RES -1 5010 5.00"], ["#VER A 1 20270301", "{", "}"]])
def test_a_file_without_anything_booked_is_told(lines):
    assert "varken verifikat eller saldon" in rader(fil(*lines)).fel[0].allowed


@pytest.mark.parametrize(("res", "differs"), [("1234.50", False), ("1234.51", True), ("0", True)])
def test_vouchers_are_held_against_the_result_that_the_file_states(res, differs):
    found = rader(fil(f"#RES 0 5010 {res}", *VERIFIKAT))
    assert found.fel == []
    assert (
        any("5010: verifikaten 1\xa0234,50\xa0kr" in said for said in found.anmarkningar) == differs
    )


def test_added_and_removed_rows_are_told():
    rows = ["#RTRANS 5010 {} 0", "#TRANS 5010 {} 0", "#BTRANS 5010 {} 9.00"]
    found = rader(fil(*verifikat(*rows)))
    assert "1 rader är tillagda" in found.anmarkningar[0] and len(found.rader) == 1


def test_only_names_of_accounts_with_rows_are_kept():
    read = sie.las(fil(*VERIFIKAT))
    assert sie_rows.namn(read, rader(fil(*VERIFIKAT)).rader) == {
        "5010": "Lokalhyra", "1930": "Bankkonto",
    }  # fmt: skip
    assert sie_rows.objektnamn(read, rader(fil(*VERIFIKAT)).rader) == {"6=P12": "Övning höst"}
