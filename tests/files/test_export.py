"""A file can be opened by Excel in Swedish and by a program, and no cell of text runs."""

import io
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from analytics.files.export import Field, machine_csv, swedish_csv, write_excel

COLUMNS = [
    Field("namn", "Part", "name"),
    Field("kr", "Avgift, kr", "fee_kr"),
    Field("x", "Del", "share", 4),
]
ROWS = [
    {"namn": 'Åda; "kommun"', "kr": 1234567, "x": Fraction(1, 3)},
    {"namn": "=cmd|' /C calc'!A0", "kr": None, "x": Fraction(-1, 8)},
]


def test_swedish_csv_has_semicolons_decimal_commas_and_a_mark_for_utf_8():
    text = swedish_csv(ROWS, COLUMNS)

    assert text.startswith("\ufeff".encode())
    assert text.decode("utf-8-sig").split("\r\n")[:3] == [
        "Part;Avgift, kr;Del",
        '"Åda; ""kommun""";1234567;0,3333',
        "'=cmd|' /C calc'!A0;saknas;-0,1250",
    ]


def test_machine_csv_has_points_and_leaves_a_missing_value_empty():
    assert machine_csv(ROWS, COLUMNS).decode().split("\n")[1:3] == [
        '"Åda; ""kommun""",1234567,0.3333',
        "'=cmd|' /C calc'!A0,,-0.1250",
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_cell_begins_as_a_formula(sign):
    rows = [{"namn": f"{sign}1+1", "kr": 0, "x": Fraction(0)}]

    assert f"'{sign}1+1" in swedish_csv(rows, COLUMNS).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(write_excel(rows, COLUMNS, "Blad", [f"{sign}x"])))
    assert book["Blad"]["A2"].data_type == "s"
    assert str(book["Om"]["A1"].value).startswith("'")


def test_excel_has_numbers_as_numbers_and_says_what_they_rest_on():
    book = load_workbook(
        io.BytesIO(write_excel(ROWS, COLUMNS, "Avgifter 2027", ["Tolkningar: T1 Tak."]))
    )

    assert book["Avgifter 2027"]["B2"].value == 1234567
    assert book["Avgifter 2027"]["B3"].value == "saknas"
    assert book["Om"]["A1"].value == "Tolkningar: T1 Tak."
