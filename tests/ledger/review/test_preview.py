"""What a file would change is told before it is saved: its own sums, and what it leaves open."""

import pytest

from analytics.errors import BadInput
from analytics.ledger import file as ledger_file, imports, saved_rows
from analytics.ledger.review.preview import Preview, preview
from analytics.ledger.sums import accounts_of_year, told
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.sie_files import HEADER, VERIFIKAT, make_voucher, of_type, sie_file

DB = database.shared()


def look(text: str, year: int = 2027, name: str = "a.se", **chosen: str) -> Preview:
    return preview(DB, shared(), ledger_file.read(name, text.encode("cp437"), year), year, chosen)


def save(text: str, year: int = 2027, **chosen: str) -> Preview:
    found = look(text, year, **chosen)
    imports.save(shared(), found, "prov")
    return found


def booked() -> dict[str, int]:
    """Return öre per account, without what is nothing."""
    sums: dict[str, int] = {}
    for row in saved_rows.standing_rows(shared()):
        sums[row["konto"]] = sums.get(row["konto"], 0) + row["belopp_ore"]
    return {konto: ore for konto, ore in sums.items() if ore}


def cost(kronor: int, number: int = 1, day: str = "0331", konto: str = "5010") -> list[str]:
    """Return a voucher of one cost, paid by bank."""
    head = f"#VER A {number} 2027{day}"
    return make_voucher(f"#TRANS {konto} {{}} {kronor}", f"#TRANS 1930 {{}} {-kronor}", head=head)


# ---- the file's own sums ----


@pytest.mark.parametrize(("res", "differs"), [("1234.49", True), ("1234.50", False), ("0", True)])
def test_the_result_that_a_file_states_is_held_against_its_rows(res, differs):
    found = look(sie_file(f"#RES 0 5010 {res}", *VERIFIKAT))
    assert [a.konto for a in found.differences] == (["5010"] if differs else [])
    assert any("raderna blir 1\xa0234,50\xa0kr" in said for said in told(found.accounts)) == differs
    assert found.parsed.whole != differs


@pytest.mark.parametrize(
    ("closing", "differs"), [("49.99", True), ("50.00", False), ("50.01", True)]
)
def test_a_balance_account_came_to_its_closing_less_its_opening(closing, differs):
    """Opening 150 and 100 paid out: the closing balance is 50."""
    found = look(sie_file("#IB 0 1930 150.00", f"#UB 0 1930 {closing}", *cost(100)))
    assert [a.konto for a in found.differences] == (["1930"] if differs else [])


def test_a_difference_is_kept_with_the_reason_and_asked_for_by_account():
    found = look(sie_file("#RES 0 5010 150.00", *cost(100)))
    with pytest.raises(BadInput, match="konto 5010"):
        imports.save(shared(), found, " ")
    imports.save(shared(), found, "resten kommer i nästa fil")
    (post,) = shared().list_all("import")
    assert post.data["skal"] == "resten kommer i nästa fil"
    (kept,) = post.data["avvikelser"]
    assert (kept["konto"], kept["fil_ore"], kept["rader_ore"]) == ("5010", 15_000, 10_000)
    assert (kept["bok_ore"], kept["orsak"] != "") == (10_000, True)
    assert shared().history("import", post.id)[0].reason == "resten kommer i nästa fil"


def test_a_part_whose_sums_the_ledger_meets_is_no_difference():
    save(sie_file(*cost(100)))
    found = save(sie_file("#RES 0 5010 150.00", *cost(50, 2, "0430")))
    assert found.differences == [] and booked()["5010"] == 15_000


def test_what_is_booked_by_hand_is_the_cause_of_its_difference():
    save("\n".join(HEADER) + "\n" + "\n".join(cost(100)))
    table = ledger_file.read("b.csv", b"Datum;Konto;Belopp\n2027-03-01;5010;7\n", 2027)
    imports.save(shared(), preview(DB, shared(), table, 2027), "för hand")
    (account,) = look(sie_file("#RES 0 5010 100.00", *cost(100))).differences
    assert (account.ledger_ore, account.cause) == (
        10_700, "Rader för hand eller ur en annan fil är bokförda på kontot.",
    )  # fmt: skip


def test_the_accounts_of_a_year_say_what_the_latest_file_says():
    save(sie_file("#RES 0 5010 100.00", *cost(100)))
    found = {
        a.konto: (a.amount_ore, a.rows, a.stated_ore) for a in accounts_of_year(DB, shared(), 2027)
    }
    assert found == {"1930": (-10_000, 1, None), "5010": (10_000, 1, 10_000)}
    save(sie_file("#RES 0 5010 100.00", "#RES 0 6110 3.00", *cost(100)))  # no new row: only a sum
    found = {a.konto: (a.amount_ore, a.stated_ore) for a in accounts_of_year(DB, shared(), 2027)}
    assert found["6110"] == (0, 300)
    assert accounts_of_year(DB, shared(), 2028) == []


def test_a_file_of_zeros_without_vouchers_says_nothing():
    save(sie_file(*cost(100)))
    found = look(sie_file("#RES 0 5010 0.00"))
    assert (found.rows, found.news, found.faults) == ([], False, ())
    assert any("inga verifikat" in said for said in found.remarks)


# ---- objects of a balance: parts of the total, or added up ----

OBJECTS = ["#PSALDO 0 202701 5010 {} 60.00", '#PSALDO 0 202701 5010 {1 "N"} 40.00']


@pytest.mark.parametrize(
    ("res", "sums"),
    [("60.00", {"": 2_000, "1=N": 4_000}), ("100.00", {"": 6_000, "1=N": 4_000})],
)
def test_the_files_own_sum_tells_parts_from_what_is_added(res, sums):
    found = look(of_type(3, f"#RES 0 5010 {res}", *OBJECTS))
    assert {row.objekt: row.amount_ore for row in found.rows} == sums


@pytest.mark.parametrize("res", ["59.99", "60.01", "99.99", "100.01"])
def test_where_neither_reading_meets_the_sum_the_file_is_refused_with_all_three(res):
    (fault,) = look(of_type(3, f"#RES 0 5010 {res}", *OBJECTS)).faults
    assert fault.value == "5010"
    for amount in (res.replace(".", ","), "60,00", "100,00"):
        assert amount in fault.allowed


def test_without_a_sum_both_readings_are_named():
    found = look(of_type(3, *OBJECTS))
    assert any("60,00" in said and "100,00" in said for said in found.remarks)


def test_where_only_the_months_differ_the_reading_is_told():
    """The year is nothing either way: 60 + 40 in January and the same back in February."""
    back = [line.replace("202701", "202702").replace("} ", "} -") for line in OBJECTS]
    found = look(of_type(3, "#RES 0 5010 0.00", *OBJECTS, *back))
    assert any("men månaderna skiljer" in said for said in found.remarks)


# ---- what is gone ----


def test_a_voucher_gone_from_a_file_that_is_whole_is_taken_back():
    save(sie_file(*cost(100), *cost(300, 2)))
    found = save(sie_file("#RES 0 5010 100.00", *cost(100)))
    assert any("A 2 finns inte i filen" in said for said in found.remarks)
    assert booked() == {"5010": 10_000, "1930": -10_000}


def test_a_voucher_replaced_by_another_is_counted_once():
    save(sie_file("#RES 0 5010 100.00", *cost(100)))
    save(sie_file("#RES 0 5010 100.00", *cost(100, 7)))
    assert booked() == {"5010": 10_000, "1930": -10_000}


def test_a_file_that_may_be_a_part_takes_nothing_back_unless_someone_says_it_is_whole():
    save(sie_file(*cost(100), *cost(300, 2)))
    assert "whole" in look(sie_file(*cost(100))).asked
    save(sie_file(*cost(100)))
    assert booked()["5010"] == 40_000
    save(sie_file(*cost(100)), whole="yes")
    assert booked()["5010"] == 10_000


@pytest.mark.parametrize("rows", [[], ["#BTRANS 5010 {} 300"], ["#TRANS 5010 {} 0"]])
def test_a_voucher_that_is_struck_emptied_or_zeroed_is_taken_back(rows):
    save(sie_file(*cost(100), *cost(300, 2)))
    save(sie_file(*cost(100), *make_voucher(*rows, head="#VER A 2 20270331")))
    assert booked() == {"5010": 10_000, "1930": -10_000}


def test_an_older_file_says_nothing_of_what_came_after_it():
    def made(day: str) -> list[str]:
        return [line.replace("#GEN 20270401", f"#GEN {day}") for line in HEADER]

    save(sie_file("#RES 0 5010 300.00", *cost(100), *cost(200, 2, "0420"), header=made("20270430")))
    found = save(sie_file("#RES 0 5010 100.00", *cost(100), header=made("20270401")))
    assert any("skapad" in said for said in found.remarks)
    assert booked()["5010"] == 30_000


def test_balances_of_another_organisation_are_beside_not_instead():
    save(of_type(2, "#RES 0 5010 100", "#PSALDO 0 202701 5010 {} 100"))
    other = of_type(2, "#RES 0 5010 70", "#PSALDO 0 202701 5010 {} 70")
    save(other.replace("202100-2247", "999999-9999").replace("Länsstyrelsen", "Kommunen"))
    assert booked() == {"5010": 17_000}


@pytest.mark.parametrize("number", ["202100-2247", "2021002247", "16202100-2247"])
def test_an_organisation_number_is_the_same_however_it_is_written(number):
    save(sie_file(*cost(100)))
    save(sie_file(*cost(70)).replace("202100-2247", number))
    assert booked()["5010"] == 7_000


# ---- what a person chooses ----


def test_two_vouchers_with_one_number_are_told_with_their_lines_and_a_choice():
    text = sie_file(*cost(100), *cost(300))
    found = look(text)
    assert found.asked == ("same_number",) and any("rad 16, 21" in s for s in found.remarks)
    assert sum(row.amount_ore for row in found.rows if row.konto == "5010") == 40_000
    save(text, same_number="last")
    assert booked()["5010"] == 30_000
    assert look(text).choices.same_number == "last", "what was chosen holds for the next file"


def test_rows_of_another_organisation_are_told_and_counted_if_someone_says_so():
    save(sie_file(*cost(100)))
    other = sie_file(*cost(100)).replace("202100-2247", "999999-9999").replace("Läns", "Region")
    found = look(other)
    assert (found.new, found.asked) == (0, ("other_books",))
    save(other, other_books="own")
    assert booked()["5010"] == 20_000
    assert look(other).new == 0 and booked()["5010"] == 20_000


CLOSING = make_voucher(
    "#TRANS 5010 {} -900", "#TRANS 3010 {} 1000", "#TRANS 2099 {} -100", head="#VER Z 1 20271231"
)
YEAR = [
    *cost(900, 1, "1015"),
    *make_voucher("#TRANS 3010 {} -1000", "#TRANS 1930 {} 1000", head="#VER A 2 20271016"),
    *CLOSING,
]


@pytest.mark.parametrize("res", [(), ("#RES 0 5010 900", "#RES 0 3010 -1000"), ("#RES 0 5010 0",)])
def test_a_voucher_that_empties_the_results_is_told_and_left_out_if_chosen(res):
    found = look(sie_file(*res, *YEAR))
    assert "year_end" in found.asked
    assert any("Z 1" in s and "utfallet 0,00\xa0kr för tertial 3" in s for s in found.remarks)
    save(sie_file(*res, *YEAR))
    assert booked() == {"1930": 10_000, "2099": -10_000}
    save(sie_file(*res, *YEAR), year_end="leave_out")  # what was counted is taken back
    assert booked() == {"1930": 10_000, "5010": 90_000, "3010": -100_000}
    assert look(sie_file(*res, *YEAR)).new == 0


@pytest.mark.parametrize("day", ["20271230", "20271231"])
def test_only_the_years_last_day_closes_it(day):
    moved = [line.replace("20271231", day) for line in YEAR]
    assert ("year_end" in look(sie_file(*moved)).asked) == (day == "20271231")


def test_an_ordinary_voucher_on_the_last_day_closes_nothing():
    assert look(sie_file(*cost(900, 1, "1015"), *cost(5, 2, "1231"))).asked == ()


def test_a_choice_that_is_not_there_is_refused():
    with pytest.raises(BadInput, match="count, leave_out"):
        look(sie_file(*YEAR), year_end="kanske")
