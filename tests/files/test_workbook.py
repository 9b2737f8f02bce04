"""The first sheet that can be seen, its values right whatever else is odd with the workbook."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.errors import BadFile
from analytics.files.opened import open_table
from analytics.ledger import file as ledger_file
from tests.given import packages, workbooks
from tests.given.packages import SHEET, STYLES

CASES = Path(__file__).parent / "fall"
DAYS = workbooks.book_of_rows(("Datum", "Konto", "Belopp"), (date(2027, 3, 31), 5010, 1234.5))
WANTED = [(1, ["Datum", "Konto", "Belopp"]), (2, [date(2027, 3, 31), 5010, Decimal("1234.5")])]
STYLE = packages.part_of(DAYS, STYLES)


def rows(content: bytes) -> list:
    return list(open_table("bok.xlsx", content).rows)


def in_sheet(cells: str) -> list:
    """Return the only row of a sheet with these cells."""
    content = packages.with_part(DAYS, SHEET, [packages.sheet(f"<row>{cells}</row>".encode())])
    return rows(content)[0][1]


def test_an_empty_fill_in_the_styles_changes_nothing():
    found = [rows((CASES / name).read_bytes()) for name in ("a-orig.xlsx", "b-empty-fill.xlsx")]
    assert found[0] == found[1] and len(found[0]) > 2


@pytest.mark.parametrize(
    "styles",
    [
        re.sub(rb"<fills.*</fills>", b"<fills><fill/></fills>", STYLE),
        re.sub(rb"<(fonts|borders|dxfs).*?</\1>", b"", STYLE),
        re.sub(rb'count="\d+"', b'count="x"', STYLE),
        STYLE.replace(b"<fills", b"<fills <"),
        STYLE.replace(b"<fonts", b"</cellXfs><fonts"),
        STYLE[: STYLE.index(b"<cellStyles")],
        re.sub(rb"<(/?)(\w)", rb"<\1x:\2", STYLE),
        STYLE.replace(b'"yyyy-mm-dd"', b"'[$-41D]yyyy/mm/dd;@'"),
        STYLE.replace(b'"yyyy-mm-dd"', b'"&quot;den &quot;d\\.m\\.yyyy"'),
        STYLE.replace(b'numFmtId="164" fontId', b'fontId="0" numFmtId="14" x'),
        STYLE.replace(b"<cellXfs", b"<cellXfs\n ").replace(b"utf-8", b"UTF-8"),
    ],
    ids=range(11),
)
def test_days_are_days_with_odd_styles(styles):
    assert rows(packages.with_part(DAYS, STYLES, [styles])) == WANTED


@pytest.mark.parametrize("styles", [None, [b""], [b"<styleSheet/>"], [STYLE[:40]], [b"\xff\x00"]])
def test_a_day_whose_style_is_lost_is_still_the_day(styles):
    content = packages.with_part(DAYS, STYLES, styles)
    found = ledger_file.read("bok.xlsx", content, 2027)
    assert [(r.day, r.amount_ore) for r in found.rows] == [(date(2027, 3, 31), 123_450)]
    assert found.faults == []


@pytest.mark.parametrize(
    ("code", "is_day"),
    [("0.00", False), ('0 "dagar"', False), ("#,##0 [$kr-41D]", False), ("General", False),
     ("0\\ \\d", False), ("mmm\\-yy", True), ("dd/mm/yyyy hh:mm", True), ("Standard", False),
     ("[Red]0", False), ("_-* #,##0_-", False), ("yyyy/mm", True)],
)  # fmt: skip
def test_a_figure_is_a_day_by_its_format_alone(code, is_day):
    written = code.replace('"', "&quot;").encode()
    styles = STYLE.replace(b"yyyy-mm-dd", written)
    cell = rows(packages.with_part(DAYS, STYLES, [styles]))[1][1][0]
    assert cell == (date(2027, 3, 31) if is_day else 46_477)


def test_days_since_1904_and_times_of_day():
    book = "xl/workbook.xml"
    since = packages.part_of(DAYS, book).replace(b"<workbookPr", b'<workbookPr date1904="1"')
    content = packages.with_part(DAYS, book, [since])
    assert rows(content)[1][1][0] == date(2031, 4, 1)
    assert in_sheet('<c s="1"><v>46477.5</v></c>') == ["2027-03-31 12:00:00"]
    assert in_sheet('<c s="1"><v>0.25</v></c>') == ["06:00:00"]
    assert in_sheet('<c t="d"><v>2027-03-31T00:00:00</v></c>') == [date(2027, 3, 31)]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#SPILL!", "#SAKNAS!"])
def test_an_error_is_shown_as_excel_shows_it_and_is_never_empty(error):
    assert in_sheet(f'<c t="e"><v>{error}</v></c>') == [error]
    content = packages.with_part(
        DAYS, SHEET,
        [packages.part_of(DAYS, SHEET).replace(
            b'<c r="C2"><v>1234.5</v>', f'<c r="C2" t="e"><v>{error}</v>'.encode())],
    )  # fmt: skip
    (fault,) = ledger_file.read("bok.xlsx", content, 2027).faults
    assert (fault.line, fault.column, fault.value) == (2, "belopp", error)


def test_truth_is_shown_in_swedish():
    assert in_sheet('<c t="b"><v>1</v></c><c t="b"><v>0</v></c>') == ["SANT", "FALSKT"]
    content = workbooks.book_of_rows(("Datum", "Konto", "Belopp"), (date(2027, 1, 1), 5010, True))
    (fault,) = ledger_file.read("bok.xlsx", content, 2027).faults
    assert fault.value == "SANT"


def test_text_in_runs_without_its_readings_and_with_signs_that_xml_cannot_hold():
    assert in_sheet(
        '<c t="inlineStr"><is><r><t>Möte </t></r><r><t xml:space="preserve">ett</t></r>'
        "<rPh><t>X</t></rPh></is></c>"
    ) == ["Möte ett"]
    assert in_sheet('<c t="str"><v> a_x000D_b </v></c>') == ["a\rb"]
    assert in_sheet("<c/><c><v>1E+2</v></c>") == ["", 100]


def test_a_cut_sheet_is_told_as_a_workbook_that_cannot_be_read():
    with pytest.raises(BadFile, match="går inte att läsa som en arbetsbok"):
        rows((CASES / "f-broken-xml.xlsx").read_bytes())


def test_the_first_sheet_that_can_be_seen_is_read_and_named():
    opened = open_table("h.xlsx", (CASES / "h-gomt-forsta.xlsx").read_bytes())
    assert [cells[3] for _, cells in opened.rows] == ["Text", "synlig"]
    assert "första synliga bladet, ”Blad2”" in opened.told[0]
    assert "dolt är ”Blad1”" in opened.told[0]


@pytest.mark.parametrize("state", [b"hidden", b"veryHidden"])
def test_a_workbook_without_a_sheet_to_see_is_told(state):
    book = packages.part_of(DAYS, "xl/workbook.xml")
    book = book.replace(b"<sheet ", b'<sheet state="%s" ' % state)
    with pytest.raises(BadFile, match="inget synligt blad"):
        rows(packages.with_part(DAYS, "xl/workbook.xml", [book]))


@pytest.mark.parametrize("name", [SHEET, STYLES, "XL/worksheets/SHEET1.XML"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(name):
    out = io.BytesIO(DAYS)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(name, b"<x/>")
    with pytest.raises(BadFile, match="samma namn"):
        rows(out.getvalue())


def test_a_workbook_with_prefixed_names_and_other_places_is_the_same():
    """As other programs write it: every element with a prefix, the parts where they like."""
    with zipfile.ZipFile(io.BytesIO(DAYS)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    moved = {}
    for name, data in parts.items():
        marked = data.replace(b"worksheets/sheet1.xml", b"/xl/blad/ett.xml")
        if name.startswith("xl/") and name.endswith(".xml"):
            marked = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", marked).replace(b"xmlns=", b"xmlns:x=")
        moved[name.replace("worksheets/sheet1", "blad/ett")] = marked
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, data in moved.items():
            written.writestr(name, data)
    assert rows(out.getvalue()) == WANTED


def test_a_figure_is_never_a_float():
    for text in ("1", "-1", "1.5", "1e-7", "123456789012345678", "1E+300", "0.1"):
        (value,) = in_sheet(f"<c><v>{text}</v></c>")
        assert isinstance(value, (int, Decimal))
    for text in ("NaN", "1e999", "0x10", "٣"):
        assert in_sheet(f"<c><v>{text}</v></c>") == [text]
