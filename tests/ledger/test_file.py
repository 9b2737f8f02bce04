"""Ledger files in CSV and Excel: bytes first, headings by name, every fault by row and column."""

import io
import zipfile
from datetime import date

import pytest

from analytics.errors import BadFile
from analytics.files import code_pages as files_code_pages, package
from analytics.ledger import file as ledger_file
from tests.given import workbooks
from tests.given.sie_files import VERIFIKAT, sie_file

HEAD = ("Datum", "Konto", "Belopp", "Text", "Projekt", "Verifikat")


def read(content: str | bytes, name: str = "a.csv", **more) -> ledger_file.Parsed:
    raw = content.encode() if isinstance(content, str) else content
    return ledger_file.read(name, raw, 2027, **more)


def fields_of(found: ledger_file.Parsed) -> tuple:
    """Return what matters of the only row."""
    (row,) = found.rows
    return row.day, row.konto, row.amount_ore, row.text, row.objekt, row.verifikat


WANTED = (date(2027, 3, 31), "5010", 123_450, "Möte på Värmdö", "6=P12", "A 17")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_told_by_the_file(separator):
    amount = '"1 234,50"' if separator == "," else "1 234,50"
    lines = [HEAD, ("2027-03-31", "5010", amount, "Möte på Värmdö", "P12", "A 17")]
    found = read("\r\n".join(separator.join(line) for line in lines))
    assert (found.format, found.faults, fields_of(found)) == ("CSV", [], WANTED)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "cp437", "mac_roman", "utf-16"])
def test_the_code_page_is_told_by_the_bytes_and_shown(code):
    text = "Datum;Konto;Belopp;Text;Projekt;Ver\n2027-03-31;5010;1234,50;Möte på Värmdö;P12;A 17\n"
    found = read(text.encode(code))
    assert (fields_of(found), found.remarks) == (WANTED, [])
    assert found.code_page == files_code_pages.NAME[code.removesuffix("-sig")]


def test_a_wrong_code_page_is_told_with_its_lines_and_can_be_chosen():
    text = "Datum;Konto;Belopp;Text\n2027-03-31;5010;1;Möte\n".encode("cp437")
    wrong = read(text, encoding="cp1252")
    assert "rad 2" in wrong.remarks[0] and "annan teckentabell" in wrong.remarks[0]
    assert read(text, encoding="cp437").remarks == []
    with pytest.raises(BadFile, match=r"rad 2: ”94” godtas inte, byten finns inte i UTF-8"):
        read(text, encoding="utf-8")


def test_text_that_was_decoded_twice_is_told():
    found = read("Datum;Konto;Belopp;Text\n2027-03-31;5010;1;MÃ¶te\n")
    assert "felkodade" in found.remarks[0]


def test_debit_and_credit_make_an_amount():
    found = read("Datum;Konto;Debet;Kredit\n20270331;5010;100,50;\n20270331;1930;;100,50\n"
                "20270331;1930;5;3\n")  # fmt: skip
    assert [row.amount_ore for row in found.rows] == [10_050, -10_050, 200]


def test_headings_may_stand_below_other_rows_and_unknown_ones_are_named():
    found = read("Huvudbok 2027;;\n\nDatum;Konto;Belopp kr;Sign;Kst;Kontonamn\n"
                "2027-01-02;5010;1;AB;K1;Lokalhyra\n;;;;;\n")  # fmt: skip
    assert found.faults == []
    assert (found.rows[0].objekt, found.accounts) == ("1=K1", {"5010": "Lokalhyra"})
    assert found.remarks == [
        "Raderna 1–1 står ovanför rubrikerna och läses inte.", "Kolumner som inte läses: ”Sign”.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("2027-13-01;5010;1;x", "datum", "2027-13-01"),
        ("2026-12-31;5010;1;x", "datum", "2026-12-31"),
        ("2028-01-01;5010;1;x", "datum", "2028-01-01"),
        (";5010;1;x", "datum", ""),
        ("2027-01-01;5O10;1;x", "konto", "5O10"),
        ("2027-01-01;;1;x", "konto", ""),
        ("2027-01-01;5010;1.500;x", "belopp", "1.500"),
        ("2027-01-01;5010;;x", "belopp", ""),
        ("2027-01-01;5010;=1+1;x", "belopp", "=1+1"),
        ("2027-01-01;5010;1;x;för många", None, "2027-01-01;5010;1;x;för många"),
        ("Sundbyberg;;1;", "datum", "Sundbyberg"),
    ],
)
def test_every_fault_is_told_with_row_column_and_value(line, column, value):
    found = read(f"Datum;Konto;Belopp;Text\n2027-01-01;5010;1;först\n{line}\n")
    first = found.faults[0]
    assert (first.line, first.column, first.value) == (3, column, value)


def test_all_faults_of_a_file_are_told_at_once():
    found = read("Datum;Konto;Belopp\nx;y;z\n2027-01-01;5010;1\nx;5010;1\n")
    assert [(f.line, f.column) for f in found.faults] == [
        (2, "datum"), (2, "konto"), (2, "belopp"), (4, "datum"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;b\n1;2\n", "rubrikerna saknas"),
        ("Datum;Konto;Text\n", "kolumnen saknas"),
        ("Datum;Konto;Debet\n", "kolumnen saknas"),
        ("Datum;Konto;Belopp;Belopp\n", "två gånger"),
        ("Datum;Konto;Belopp;Debet\n", "både belopp och debet"),
        ("Datum;Konto;Belopp\n", "inga rader"),
    ],
)
def test_headings_that_do_not_hold_are_told(text, said):
    (found,) = read(text).faults
    assert said in found.allowed


def test_an_open_quotation_mark_is_told():
    with pytest.raises(BadFile, match="citattecken"):
        read('Datum;Konto;Belopp;Text\n2027-01-01;5010;1;"öppet\n')


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_file_is_told(content):
    with pytest.raises(BadFile, match="filen är tom"):
        read(content)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(files_code_pages, "MAX_BYTES", 50)
    read(b"Datum;Konto;Belopp\n2027-01-01;5010;1".ljust(50))
    with pytest.raises(BadFile, match="högst"):
        read(b"Datum;Konto;Belopp\n2027-01-01;5010;1".ljust(51))


def test_fifty_megabytes_are_too_much():
    with pytest.raises(BadFile, match=r"”50 MB” godtas inte, en fil får ha högst 40 MB"):
        read(b"x" * 50_000_000)


@pytest.mark.parametrize("content", [b"\x7fELF\x00\x01", b"Datum;Ko\x00nto"])
def test_what_is_no_text_is_told(content):
    with pytest.raises(BadFile, match="ingen textfil"):
        read(content)


# ---- Excel ----


def test_a_workbook_is_read_with_figures_to_the_ore():
    content = workbooks.book_of_rows(
        HEAD, (date(2027, 3, 31), 5010, 1234.5, "Möte på Värmdö", "P12", "A 17")
    )
    found = read(content, "bok.xlsx")
    assert (found.format, found.faults, fields_of(found)) == ("Excel", [], WANTED)


@pytest.mark.parametrize(
    ("cell", "ore"),
    [(0.1 + 0.2, 30), (1234.56, 123_456), (-0.01, -1), (5, 500), ("1 234,5", 123_450)],
)
def test_a_figure_is_what_excel_shows_of_it(cell, ore):
    found = read(workbooks.book_of_rows(HEAD[:3], (date(2027, 1, 1), "5010", cell)), "bok.xlsx")
    assert [row.amount_ore for row in found.rows] == [ore]


@pytest.mark.parametrize("cell", [1.005, 1 / 3, 1e20, True, "1.500"])
def test_a_figure_that_is_no_amount_is_told(cell):
    found = read(workbooks.book_of_rows(HEAD[:3], (date(2027, 1, 1), 5010, cell)), "bok.xlsx")
    assert [(f.line, f.column) for f in found.faults] == [(2, "belopp")]


def test_a_formula_is_told_with_its_cell_though_it_has_a_value():
    def fill(_book, sheet) -> None:
        sheet.write_row(0, 0, HEAD[:3])
        sheet.write_row(1, 0, ["2027-01-01", "5010"])
        sheet.write_formula("C2", "=1+1", None, 2)

    with pytest.raises(BadFile, match="rad 2, kolumn C: ”formel”"):
        read(workbooks.make_book(fill), "bok.xlsx")


def test_merged_cells_are_told():
    def fill(book, sheet) -> None:
        sheet.merge_range("A1:C1", "Huvudbok", book.add_format())
        sheet.write_row(1, 0, HEAD[:3])

    with pytest.raises(BadFile, match="rad 1, kolumn A: ”A1:C1” godtas inte, cellerna är samman"):
        read(workbooks.make_book(fill), "bok.xlsx")


def test_only_the_first_sheet_is_read_and_the_others_are_named():
    def fill(book, sheet) -> None:
        sheet.write_row(0, 0, HEAD[:3])
        sheet.write_row(1, 0, ["2027-01-01", "5010", 1])
        book.add_worksheet("Annat").write_formula("A1", "=1+1")

    found = read(workbooks.make_book(fill), "bok.xlsx")
    assert (len(found.rows), "finns 1 till" in found.remarks[0]) == (1, True)


BOOK = workbooks.book_of_rows(HEAD[:3], ("2027-01-01", "5010", 1))


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * package.MAX_UNPACKED)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(BadFile, match="packas upp"):
        read(out.getvalue(), "bok.xlsx")


def test_a_part_that_is_larger_than_it_says_is_refused():
    """The size in the list of parts is only what the sender says; what is read is what counts."""
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/bomb.xml", b"0" * 5_000_000)
    content = out.getvalue()
    assert content.count((5_000_000).to_bytes(4, "little")) == 2
    with pytest.raises(BadFile, match="arbetsbok"):
        read(content.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "place",
    [b'r="C2999999999999"', b'r="XFD1048576"', b'r="C3"', b'r="AAAA2"', b'r="c2"', b'r="A2"',
     b'r="XFE2"', b'r=""'],
)  # fmt: skip
def test_a_cell_that_does_not_stand_where_it_says_stops_the_file(place):
    content = workbooks.replace_part(BOOK, SHEET, b'r="C2"', place)
    with pytest.raises(BadFile, match="adresser"):
        read(content, "bok.xlsx")


@pytest.mark.parametrize("place", [b"r='C2'", b'r = "C2"', b'r="&#67;2"', b""])
def test_a_cell_may_say_where_it_stands_in_any_way_that_xml_has(place):
    content = workbooks.replace_part(BOOK, SHEET, b'r="C2"', place)
    assert read(content, "bok.xlsx").rows == read(BOOK, "bok.xlsx").rows


def test_a_part_that_says_another_code_page_than_it_has_is_refused():
    for content in (
        workbooks.replace_part(BOOK, SHEET, b'encoding="UTF-8"', b"encoding='UTF-16'"),
        workbooks.replace_part(BOOK, SHEET, b"<?xml", "<?xml".encode("utf-16")),
    ):
        with pytest.raises(BadFile, match="går inte att läsa som en arbetsbok"):
            read(content, "bok.xlsx")


@pytest.mark.parametrize("count", [b'uniqueCount="5999999999999"', b"uniqueCount = 'x'"])
def test_how_many_texts_a_part_says_it_has_sets_nothing_aside(count):
    text = workbooks.book_of_rows(HEAD[:3], ("2027-01-01", "5010", 1))
    content = workbooks.replace_part(text, "xl/sharedStrings.xml", b'uniqueCount="5"', count)
    assert read(content, "bok.xlsx").rows == read(text, "bok.xlsx").rows


def test_a_workbook_with_a_dtd_is_refused():
    content = workbooks.replace_part(
        BOOK, "xl/workbook.xml", b"<workbook", b"<!DOCTYPE x><workbook"
    )
    with pytest.raises(BadFile, match="DTD"):
        read(content, "bok.xlsx")


@pytest.mark.parametrize(
    "content",
    [BOOK[:200], BOOK[:-30], b"PK\x03\x04" + b"x" * 100, b"\xd0\xcf\x11\xe0" + b"x" * 100,
     workbooks.replace_part(BOOK, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData"),
     workbooks.replace_part(BOOK, "xl/workbook.xml", b"<sheet ", b"<annat ")],
)  # fmt: skip
def test_what_is_no_workbook_is_told_with_a_way_out(content):
    with pytest.raises(BadFile, match="CSV"):
        read(content, "bok.xlsx")


def test_the_name_of_a_file_decides_nothing():
    assert read(sie_file(*VERIFIKAT), "a.xlsx").format == "SIE 4"
    assert read(BOOK, "a.se").format == "Excel"
