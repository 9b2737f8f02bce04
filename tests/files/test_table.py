"""A table that someone hands in: code pages, separators, headings, sums, and what Excel does."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings, strategies as st

from analytics.errors import BadFile
from analytics.files import csv_rows, headings
from analytics.files.code_pages import NAME
from analytics.files.table import read_table
from analytics.files.table_spec import Column, TableSpec
from analytics.reference.sources import INLAN
from tests.given import packages, workbooks

SPEC = TableSpec(
    "prov",
    "prov.csv",
    (
        Column("part_id", "id", references="part"),
        Column("fran", "datum"),
        Column("namn", empty=True),
        Column("ar_kr", "heltal", empty=True, optional=True),
    ),
    key=("part_id", "fran"),
)
KNOWN = {"part": {"0115", "0160", "polisen"}}
HEAD = ["part_id", "fran", "namn", "ar_kr"]
LINE = ["0115", "2027-01-01", "Möte på Värmdö, åäö", "60000"]


def read(content: bytes | str, name: str = "a.csv", spec: TableSpec = SPEC):
    """Return the rows and the remarks."""
    remarks: list[str] = []
    raw = content.encode() if isinstance(content, str) else content
    rows = read_table(name, raw, spec, KNOWN, remarks)
    return [tuple(row.values()) for _, row in rows], remarks


WANTED = [("0115", date(2027, 1, 1), "Möte på Värmdö, åäö", 60_000)]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be",
                                  "cp1252", "cp437", "mac_roman"])  # fmt: skip
@pytest.mark.parametrize("separator", csv_rows.SEPARATORS)
def test_any_code_page_and_separator_is_read_and_told(code, separator):
    quoted = [f'"{cell}"' if separator in cell else cell for cell in LINE]
    text = separator.join(HEAD) + "\r\n" + separator.join(quoted) + "\r\n"
    rows, remarks = read(text.encode(code))
    assert rows == WANTED
    told = NAME["utf-16" if "16" in code else code.removesuffix("-sig")]
    assert told in remarks[0] and csv_rows.SEPARATORS[separator] in remarks[0]


def test_a_separator_within_a_text_is_not_taken_for_the_files_own():
    text = "a; b; c; d; e; f"
    rows, _ = read(f'{",".join(HEAD)}\n0115,2027-01-01,{text},1\n0160,2027-01-01,"{text}",2\n')
    assert [row[2] for row in rows] == [text, text]
    rows, _ = read(f"{';'.join(HEAD)}\n0115;2027-01-01;a, b, c, d, e;1\n")
    assert rows[0][2] == "a, b, c, d, e"
    rows, remarks = read("sep=,\r\n" + ",".join(HEAD) + "\n0115,2027-01-01,x,1\n")
    assert (rows[0][2], "komma" in remarks[0]) == ("x", True)


def test_excel_and_ods_give_what_csv_gives():
    book = workbooks.book_of_rows(HEAD, ("0115", date(2027, 1, 1), LINE[2], 60_000), ("", "", ""))
    assert read(book, "a.csv") == (WANTED, ["Bladet ”Huvudbok” läses."])
    sheet = packages.ods(packages.table(
        packages.row(*map(packages.cell, HEAD)),
        packages.row(packages.cell("0115"), packages.cell("2027-01-01", "date"),
                     packages.cell(LINE[2]), packages.cell("60000", "float")),
    ))  # fmt: skip
    assert read(sheet)[0] == WANTED


def test_what_a_spreadsheet_does_to_codes_days_and_spaces_is_undone():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate((HEAD, (115, 46_388, "x\ny", 1), (160, 46_388, "", "2 000"))):
            sheet.write_row(place, 0, row)
    rows, _ = read(out.getvalue())
    assert rows == [("0115", date(2027, 1, 1), "x y", 1), ("0160", date(2027, 1, 1), None, 2_000)]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2007", "\u200a", " "])
def test_every_kind_of_space_within_an_amount_is_a_space(space):
    rows, _ = read(f"{';'.join(HEAD)}\n0115;2027-01-01;Ett{space}namn;1{space}200{space}000\n")
    assert rows == [("0115", date(2027, 1, 1), "Ett namn", 1_200_000)]


@pytest.mark.parametrize(
    "head", ["Part-ID;Från;NAMN;År kr", "part id;FRAN;Namn;ar.kr", " part_id ;från;namn;År_kr;"]
)
def test_headings_are_known_however_they_are_written(head):
    assert read(f"{head}\n0115;2027-01-01;x;1\n")[0][0][0] == "0115"


def test_headings_that_are_missing_are_told_with_those_there_those_wanted_and_those_near():
    with pytest.raises(BadFile) as caught:
        read("partid;franm;nam;Belopp\n0115;2027-01-01;x;1\n")
    said = str(caught.value)
    for part in (
        "rubrikerna ska vara part_id, fran, namn, och får också vara ar_kr",
        "filen har ”partid”, ”franm”, ”nam”, ”Belopp”",
        "fran, namn saknas",
        "”franm”, ”nam”, ”Belopp” känns inte igen",
        "”franm” liknar fran", "”nam” liknar namn",
    ):  # fmt: skip
        assert part in said
    assert "”Belopp” liknar" not in said
    with pytest.raises(BadFile, match="”Namn” står två gånger"):
        read("part_id;fran;namn;Namn\n")


@pytest.mark.parametrize(
    "line",
    ["Summa;;;60 000", ";;Summa;60000", "Totalt;;;60000", ";;;60 000", ";;Utgående saldo;1",
     ";;Delsumma kommuner;1", "SUMMA;2027-01-01;x;1", "Summa;;;"],
)  # fmt: skip
def test_a_row_of_sums_is_not_counted_and_is_told_once(line):
    rows, remarks = read(f"{';'.join(HEAD)}\n0115;2027-01-01;x;1\n{line}\n{line}\n")
    assert len(rows) == 1
    assert remarks[1:] == ["2 summarader räknas inte: rad 3, 4."]


@pytest.mark.parametrize("line", [";2027-01-01;x;1", ";;x;", "polisen;;Utan dag;1", ";;x;y"])
def test_a_row_without_its_key_is_a_fault_where_it_is_no_sum(line):
    with pytest.raises(BadFile, match="rad 3"):
        read(f"{';'.join(HEAD)}\n0115;2027-01-01;x;1\n{line}\n")


def test_a_name_that_begins_as_a_sum_is_a_name():
    rows, remarks = read(f"{';'.join(HEAD)}\n0115;2027-01-01;Totalt försvar;1\n")
    assert (rows[0][2], len(remarks)) == ("Totalt försvar", 1)


def test_too_many_rows_and_a_file_too_large_are_told():
    with pytest.raises(BadFile, match="högst 20000 rader"):
        read("\n".join([";".join(HEAD), *["0115;2027-01-01;x;1"] * 20_001]))
    with pytest.raises(BadFile, match="högst 5 MB"):
        read(b"x" * 6_000_000)


def test_a_sum_is_known_by_its_words():
    for word in (
        "Summa",
        "summa:",
        "Totalt",
        "TOTAL",
        "Delsumma konto 5010",
        "Utgående balans 31/3",
    ):
        assert headings.is_sum_word(word)
    for word in ("Summering", "Totalförsvar", "x summa", "", 1, "Saldona"):
        assert not headings.is_sum_word(word)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told(content):
    for start in (b"", b"part_id;fran;namn\n", b"PK\x03\x04", "part_id,fran\n".encode("utf-16")):
        for spec in (SPEC, INLAN):
            try:
                rows, _ = read(start + content, spec=spec)
            except BadFile as error:
                assert str(error)
            else:
                assert isinstance(rows, list)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=8), st.integers(), st.sampled_from(HEAD), st.dates()),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_any_cells_are_read_or_told(lines):
    text = "\n".join(";".join(str(cell) for cell in line) for line in [HEAD, *lines])
    try:
        read(text.encode("utf-8", "replace"))
    except BadFile as error:
        assert str(error)
