"""A SIE file is refused only for what changes money; what nothing counts is read past."""

import pytest

from analytics.ledger.sie import reader, rows as sie_rows
from tests.given.sie_files import HEADER, VERIFIKAT, make_voucher, of_type, sie_file

LABELS = ("#ORGNR", "#FNAMN", "#PROGRAM", "#DIM", "#OBJEKT", "#KONTO", "#OMFATTN", "#VALUTA",
          "#FLAGGA", "#UNDERDIM", "#GEN", "#SIETYP", "#KPTYP", "#TAXAR", "#PROSA")  # fmt: skip


def read(*lines: str, header: list[str] | None = None) -> sie_rows.LedgerRows:
    return sie_rows.rows_of(reader.read(sie_file(*lines, header=header)), 2027)


def booked(*lines: str, header: list[str] | None = None) -> list[tuple[str, int]]:
    """Return account and öre of every row; there is no fault."""
    found = read(*lines, header=header)
    assert found.faults == []
    return [(row.konto, row.amount_ore) for row in found.rows]


AS_THEY_ARE = [("5010", 123_450), ("1930", -123_450)]


@pytest.mark.parametrize("value", ["", ' ""', ' "öppet citat'])
@pytest.mark.parametrize("label", LABELS)
def test_a_label_without_a_value_is_read_past(label, value):
    header = [line for line in HEADER if not line.startswith(f"{label} ")]
    after = [] if label == "#FLAGGA" else [label + value]
    first = [label + value] if label == "#FLAGGA" else []
    assert booked(*after, *VERIFIKAT, header=[*first, *header]) == AS_THEY_ARE


@pytest.mark.parametrize("line", ["#RAR 0", '#RAR 0 "" ""', "#RAR"])
def test_a_year_without_dates_is_the_budget_year(line):
    header = [line if text.startswith("#RAR 0") else text for text in HEADER]
    assert booked(*VERIFIKAT, header=header) == AS_THEY_ARE


@pytest.mark.parametrize(
    "line",
    ["#PBUDGET 0 202703 5010 100.00", "#PSALDO 0 202703 5010 7.00", "#PBUDGET x y z",
     "#PSALDO 0 202713 5010 {} 1", '#KONTO "50A" "Bank"', "#KONTO 12345678901 x",
     '#PSALDO 0 202703 "5O10" {} 1', "#RES 0 5010 1,5", "#UB 0 19X0 5.00", "#IB 0 1930"],
)  # fmt: skip
def test_what_no_row_uses_does_not_stop_the_vouchers(line):
    assert booked(line, *VERIFIKAT) == AS_THEY_ARE


def test_a_sum_that_cannot_be_read_is_told_and_not_compared():
    found = read("#RES 0 5010 1,5", *VERIFIKAT)
    assert any("#RES" in said and "rad 16" in said for said in found.remarks)
    assert found.stated == {}


@pytest.mark.parametrize("line", ["#PSALDO 0 202713 5010 {} 1", '#PSALDO 0 202703 "5O10" {} 1'])
def test_the_same_fault_stops_a_file_whose_rows_it_is(line):
    found = sie_rows.rows_of(reader.read(of_type(2, line)), 2027)
    assert [fault.line for fault in found.faults] == [16]


def test_balances_without_braces_are_read():
    found = sie_rows.rows_of(reader.read(of_type(2, "#PSALDO 0 202703 5010 7.00")), 2027)
    assert [(row.konto, row.amount_ore, row.objekt) for row in found.rows] == [("5010", 700, "")]


@pytest.mark.parametrize("letters", ["50A0", "5O10", "A"])
def test_letters_in_an_account_that_a_row_uses_are_refused(letters):
    (fault,) = read(*make_voucher(f"#TRANS {letters} {{}} 0")).faults
    assert (fault.column, fault.value) == ("konto", letters)


ADDED = '#RTRANS 5010 {} 100.00 20270401 "Hyra" 1 "AB"'


@pytest.mark.parametrize(
    ("trans", "remark"),
    [
        ('#TRANS 5010 {} 100.00 20270401 "Hyra" 1 "AB"', False),
        ('#TRANS 5010 {} 100.00 20270331 "Hyra" 1 "AB"', True),  # another day
        ('#TRANS 5010 {} 100.00 20270401 "Hyra" 1 "CD"', True),  # another signature
        ("#TRANS 5010 {} 100", True),
        ('#TRANS 5010 {6 "P12"} 100.00', True),
    ],
)
def test_an_added_row_may_differ_in_what_is_not_money(trans, remark):
    lines = make_voucher(ADDED, trans, "#TRANS 1930 {} -100.00")
    assert booked(*lines) == [("5010", 10_000), ("1930", -10_000)]
    assert any("#TRANS gäller" in said for said in read(*lines).remarks) == remark


@pytest.mark.parametrize(
    "trans",
    ["#TRANS 5010 {} 99.99", "#TRANS 5010 {} 100.01", "#TRANS 5010 {} -100.00",
     "#TRANS 5011 {} 100.00"],
)  # fmt: skip
def test_an_added_row_of_another_amount_or_account_is_refused_by_its_voucher(trans):
    other = "100.00" if "-100" in trans else "-100.00"
    faults = read(*make_voucher(ADDED, trans, f"#TRANS 1930 {{}} {other}")).faults
    assert "verifikat A 1" in faults[0].value and "100,00\xa0kr" in faults[0].allowed


@pytest.mark.parametrize("bad", ["2027-03-31", "20270230", "00000000", "0001-01-01", "31/3"])
def test_one_wrong_date_is_one_fault_and_no_other_date_is_told(bad):
    rows = ["#TRANS 5010 {} 100", "#TRANS 5010 {} 20", "#TRANS 1930 {} -120"]
    (fault,) = read(*make_voucher(*rows, head=f'#VER A 1 {bad} "Hyra"')).faults
    assert (fault.line, fault.column, fault.value) == (16, "datum", bad)


def test_a_date_that_a_whole_voucher_repeats_is_told_once():
    rows = [f"#TRANS 5010 {{}} {kr} 20271399" for kr in (1, 2, -3)]
    assert len(read(*make_voucher(*rows, head="#VER A 1 20271399")).faults) == 1


def test_a_voucher_outside_the_year_is_told_once():
    rows = [f"#TRANS 5010 {{}} {kr}" for kr in (1, 2, -3)]
    assert len(read(*make_voucher(*rows, head="#VER A 1 20280101")).faults) == 1


@pytest.mark.parametrize(
    "before", ["Exporterad ur ekonomisystemet", "; kommentar", "# kommentar", "/* text */\n\n*"]
)
def test_a_comment_before_the_first_label_is_told_and_read_past(before):
    found = sie_rows.rows_of(reader.read(f"{before}\n{sie_file(*VERIFIKAT)}"), 2027)
    assert [row.amount_ore for row in found.rows] == [123_450, -123_450]
    assert any("före #FLAGGA" in said for said in found.remarks)


@pytest.mark.parametrize(
    "text", ['"Bult 3" x"', '"C:\\mapp\\"', '"öppet', 'öppet citat" i slutet', '"a" "b" c"']
)
@pytest.mark.parametrize("brace", ["", " {"])
def test_an_odd_quotation_mark_in_the_text_of_a_voucher_changes_no_money(text, brace):
    head = [f"#VER A 1 20270331 {text}{brace}", *([] if brace else ["{"])]
    lines = [*head, "#TRANS 5010 {} 100", "#TRANS 1930 {} -100", "}"]
    assert booked(*lines) == [("5010", 10_000), ("1930", -10_000)]


@pytest.mark.parametrize("row", ["#XMOMS 25", '#EGET {1 "a"} x'])
def test_a_programs_own_label_within_a_voucher_is_read_past(row):
    assert booked(*make_voucher(row, "#TRANS 5010 {} 0")) == [("5010", 0)]


@pytest.mark.parametrize(("listed", "objekt"), [('{1 ""}', ""), ('{1 "10" 6 ""}', "1=10")])
def test_an_object_without_a_number_is_none(listed, objekt):
    found = read(*make_voucher(f"#TRANS 5010 {listed} 0"))
    assert (found.faults, [row.objekt for row in found.rows]) == ([], [objekt])


@pytest.mark.parametrize(("amount", "ore"), [("100.000", 10_000), ("1.500", 150), ("1.5000", 150)])
def test_zeros_after_the_ore_change_nothing(amount, ore):
    assert booked(*make_voucher(f"#TRANS 5010 {{}} {amount}", f"#TRANS 1930 {{}} -{amount}")) == [
        ("5010", ore), ("1930", -ore),
    ]  # fmt: skip
