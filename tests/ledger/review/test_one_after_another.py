"""Files after each other that went wrong in the hands of someone who tried: each by its right sum.

Amounts are kronor, worked out by hand from the files' own rows.
"""

import pytest

from analytics.ledger import file as ledger_file, imports, saved_rows
from analytics.ledger.booked import Selection, page
from analytics.ledger.by_hand import NewRow, correct
from analytics.ledger.review.preview import Preview, preview
from analytics.ledger.sums import accounts_of_year
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.sie_files import make_voucher

DB = database.shared()


def head(kind: int = 4, orgnr: str = "556000-0001", name: str = "Alfa AB", made: str = "") -> list:
    lines = ["#FLAGGA 0", f"#SIETYP {kind}", f'#FNAMN "{name}"', "#RAR 0 20260101 20261231"]
    return [*lines, *([f"#ORGNR {orgnr}"] if orgnr else []), *([f"#GEN {made}"] if made else [])]


def file(*lines: object, **about) -> str:
    """Return a file of records, and of vouchers as lists of them."""
    flat = [x for line in lines for x in ([line] if isinstance(line, str) else line)]
    return "\n".join([*head(**about), *flat]) + "\n"


def cost(name: str, day: str, kr: int, konto: str = "5010") -> list[str]:
    rows = f"#TRANS {konto} {{}} {kr}", f"#TRANS 1930 {{}} {-kr}"
    return make_voucher(*rows, head=f"#VER {name} 2026{day}")


def look(text: str, **chosen: str) -> Preview:
    return preview(DB, shared(), ledger_file.read("a.se", text.encode("cp437"), 2026), 2026, chosen)


def save(text: str, **chosen: str) -> Preview:
    found = look(text, **chosen)
    imports.save(shared(), found, "prov")
    return found


def booked() -> dict[str, int]:
    """Return kronor per result account, without what is nothing."""
    sums: dict[str, int] = {}
    for row in saved_rows.standing_rows(shared()):
        if row["konto"] >= "3":
            sums[row["konto"]] = sums.get(row["konto"], 0) + row["belopp_ore"] // 100
    return {konto: kr for konto, kr in sums.items() if kr}


def stated() -> dict[str, int | None]:
    return {a.konto: a.stated_ore for a in accounts_of_year(DB, shared(), 2026)}


A1, A2 = cost("A 1", "0115", 100), cost("A 2", "0315", -1000, "3010")
CLOSED = make_voucher("#TRANS 5010 {} -100", "#TRANS 3010 {} 1000", "#TRANS 2099 {} -900",
                      head="#VER B 1 20261231")  # fmt: skip
RES = ["#RES 0 5010 100", "#RES 0 3010 -1000"]


def test_what_was_left_out_of_a_file_is_left_out_of_the_next_though_a_voucher_came_late():
    save(file(RES, A1, A2, CLOSED), year_end="leave_out")
    assert booked() == {"5010": 100, "3010": -1000}
    late = file("#RES 0 5010 105", RES[1], A1, A2, cost("A 3", "1230", 5), CLOSED)
    assert "year_end" in save(late).asked
    assert booked() == {"5010": 105, "3010": -1000}


def test_results_that_are_closed_by_way_of_the_years_result_are_left_out_whole():
    first = make_voucher("#TRANS 5010 {} -100", "#TRANS 3010 {} 1000", "#TRANS 8999 {} -900",
                         head="#VER B 1 20261231")  # fmt: skip
    second = make_voucher("#TRANS 8999 {} 900", "#TRANS 2099 {} -900", head="#VER B 2 20261231")
    save(file(RES, A1, A2, first, second), year_end="leave_out")
    assert booked() == {"5010": 100, "3010": -1000}


def test_an_ordinary_voucher_on_the_last_day_is_not_left_out_with_the_closing():
    closing = make_voucher("#TRANS 5010 {} -150", "#TRANS 2099 {} 150", head="#VER B 1 20261231")
    save(file("#RES 0 5010 150", A1, cost("A 9", "1231", 50), closing), year_end="leave_out")
    assert booked() == {"5010": 150}


Q1, Q2, Q3 = A1, cost("A 2", "0410", 200), cost("A 3", "0610", 300)


def test_the_newest_file_is_told_by_its_day_and_not_by_when_it_was_read():
    save(file("#RES 0 5010 600", Q1, Q2, Q3, made="20260630"))
    save(file("#RES 0 5010 100", Q1, made="20260331"))
    found = save(file("#RES 0 5010 300", Q1, Q2, made="20260430"))
    assert booked() == {"5010": 600} and any("skapad" in said for said in found.remarks)
    assert stated()["5010"] == 60_000


def test_an_older_file_takes_nothing_back_though_it_has_a_row_ahead_of_it():
    ahead = cost("A 2", "1231", 70, "5020")
    save(file("#RES 0 5010 400", "#RES 0 5020 70", Q1, ahead, cost("A 3", "0510", 300),
              made="20260630"))  # fmt: skip
    save(file("#RES 0 5010 100", "#RES 0 5020 70", Q1, ahead, made="20260331"))
    assert booked() == {"5010": 400, "5020": 70}


def test_an_older_file_does_not_bring_back_what_a_voucher_was():
    save(file(cost("A 1", "0115", 105), made="20260630"))
    found = save(file(Q1, made="20260331"))
    assert (booked(), found.new) == ({"5010": 105}, 0)


def test_an_older_file_adds_what_is_not_there():
    save(file(Q3, made="20260630"))
    save(file(Q1, made="20260331"))
    assert booked() == {"5010": 400}


def test_an_account_that_a_file_with_sums_does_not_name_is_told():
    save(file(RES, "#RES 0 5020 200", A1, cost("A 3", "0215", 200, "5020"), A2))
    found = look(file(RES, "#RES 0 8310 -1", A1, A2))
    assert [a.konto for a in found.differences] == ["5020", "8310"]


def test_an_account_that_balances_bring_to_nothing_is_told():
    save(file(A1, cost("A 2", "0120", 20, "6010")))
    found = save(file("#PSALDO 0 202601 5010 {} 100", kind=2))
    assert booked() == {"5010": 100} and any("6010" in said for said in found.remarks)


@pytest.mark.parametrize("number", ["5560000001", "16556000-0001", "SE556000000101", ""])
def test_one_bookkeeping_has_one_sum_however_its_number_is_written(number):
    save(file("#RES 0 5010 100", Q1))
    save(file("#RES 0 5010 300", Q1, Q2, orgnr=number))
    assert (booked(), stated()["5010"]) == ({"5010": 300}, 30_000)


def test_the_sum_to_an_earlier_day_does_not_hide_the_later():
    save(file("#OMFATTN 20260228", "#RES 0 5010 250", kind=1))
    save(file("#OMFATTN 20260131", "#RES 0 5010 100", kind=1))
    assert (booked(), stated()["5010"]) == ({"5010": 250}, 25_000)


def test_rows_that_are_another_organisations_stay_so_when_the_voucher_changes():
    def of_two(*kronor: int) -> str:
        rows = [f'#TRANS 5010 {{1 "1"}} {kr}' for kr in kronor]
        voucher = make_voucher(*rows, f"#TRANS 1930 {{}} {-sum(kronor)}", head="#VER A 1 20260115")
        return file(voucher, orgnr="556000-0002", name="Beta AB")

    first = make_voucher('#TRANS 5010 {1 "1"} 1000', "#TRANS 1930 {} -1000",
                         head="#VER A 1 20260115")  # fmt: skip
    save(file(first))
    save(of_two(1000, 500))
    assert booked() == {"5010": 1500}
    assert "other_books" not in look(of_two(1000, 500)).asked, "it is asked once"
    save(of_two(1000, 600))
    assert booked() == {"5010": 1600}


def test_a_file_without_a_number_is_refused_where_two_have_its_name():
    save(file(A1))
    save(file(cost("A 7", "0120", 7), orgnr="556000-0002"))
    (fault,) = look(file("#RES 0 5010 7", cost("A 7", "0120", 7), orgnr="")).faults
    assert fault.column == "#ORGNR" and "5560000001" in fault.allowed


def test_a_number_of_zeros_is_no_number():
    save(file(A1, orgnr="000000-0000"))
    save(file(cost("A 1", "0115", 90), orgnr="000000-0000", name="Beta AB"))
    assert booked() == {"5010": 190}


def test_an_organisation_that_changed_its_name_is_the_same():
    save(file(cost("A 1", "0115", 1000), orgnr=""))
    save(file(cost("A 2", "0120", 1)))
    save(file(cost("A 1", "0115", 900), name="Alfa Service AB"))
    assert booked() == {"5010": 901}


def test_a_correction_by_hand_on_a_voucher_that_has_changed_is_told():
    save(file(cost("A 1", "0115", 1000)))
    row = next(r for r in page(DB, shared(), Selection(2026)).rows if r.konto == "5010")
    new = NewRow("2026-01-15", "5010", "900", "rättat")
    correct(shared(), row, new, 2026, "fel belopp")
    found = look(file(cost("A 1", "0115", 900)))
    assert any("A 1 är också rättat för hand" in said for said in found.remarks)


def test_a_series_that_begins_anew_at_another_number_leaves_what_was_before():
    save(file(cost("A 1001", "0110", 100), cost("A 1002", "0120", 1)))
    save(file(cost("A 1001", "0210", 200), cost("A 1002", "0220", 2)))
    assert booked() == {"5010": 303}


def test_an_emptied_voucher_is_struck_on_whatever_day_it_stands():
    save(file(A1, cost("A 2", "0120", 5)))
    save(file(make_voucher(head="#VER A 1 20260301")))
    assert booked() == {"5010": 5}


def test_a_part_that_adds_nothing_is_not_refused_after_balances():
    save(file(A1))
    save(file("#PSALDO 0 202601 5010 {} 130", kind=2))
    found = look(file(A1))
    assert (found.faults, found.new) == ((), 0)


def test_a_withdrawal_from_under_a_later_file_is_told_and_mended_by_that_file():
    save(file(A1))
    first = shared().list_all("import")[0].id
    later = file(A1, cost("A 2", "0215", 5))
    save(later)
    assert imports.read_in_since(shared(), first) == ["a.se"]
    imports.withdraw(DB, shared(), first, "fel")
    assert booked() == {"5010": 5}
    save(later)
    assert booked() == {"5010": 105}
