"""ODS is read as Excel is: the first sheet that can be seen, exact values, formulas refused."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import BadFile
from analytics.files.opened import open_table
from analytics.ledger import file as ledger_file
from tests.given import packages
from tests.given.packages import cell, ods, row, table

HEAD = row(cell("Datum"), cell("Konto"), cell("Belopp"), cell("Text"))
HIDDEN = (
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
)


WHOLE = ods(
    table(HEAD, row(cell("2027-03-31", "date"), cell("5010", "float"), cell("x", times=3))),
    table(row(cell("b"), times=4), name="B", style="ta2"),
    styles=HIDDEN,
)


def rows(content: bytes) -> list:
    return list(open_table("bok.ods", content).rows)


def test_an_ods_ledger_is_read():
    line = row(cell("2027-03-31", "date"), cell("5010", "float"), cell("1234.5", "currency"),
               cell("Möte"))  # fmt: skip
    found = ledger_file.read("bok.ods", ods(table(HEAD, line, name="Bok")), 2027)
    assert (found.format, found.faults, found.remarks) == ("ODS", [], ["Bladet ”Bok” läses."])
    assert [(r.day, r.konto, r.amount_ore, r.text) for r in found.rows] == [
        (date(2027, 3, 31), "5010", 123_450, "Möte")
    ]


def test_cells_and_rows_that_are_repeated_stand_where_they_should():
    content = ods(table(
        row(cell(times=2), cell("a", times=2), cell(times=16_380)),
        row(cell(times=16_384), times=1_000),
        row(cell("1.5", "float"), times=2),
        row(cell(times=16_384), times=1_000_000),
    ))  # fmt: skip
    assert rows(content) == [(1, ["", "", "a", "a"]), (1002, [Decimal("1.5")]),
                             (1003, [Decimal("1.5")])]  # fmt: skip


def test_text_is_its_paragraphs_without_its_notes():
    spaced = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>nej</text:p>'
        '</office:annotation><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>'
        "</table:table-cell>"
    )
    assert rows(ods(table(row(spaced)))) == [(1, ["a  b\nc"])]
    assert rows(ods(table(row(cell("true", "boolean"))))) == [(1, ["SANT"])]
    assert rows(ods(table(row(cell("#N/A"))))) == [(1, ["#N/A"])]


def test_the_first_sheet_that_can_be_seen_is_read_and_named():
    content = ods(
        table(row(cell("dolt")), name="A", style="ta2"), table(row(cell("synligt")), name="B"),
        styles=HIDDEN,
    )  # fmt: skip
    opened = open_table("bok.ods", content)
    assert list(opened.rows) == [(1, ["synligt"])]
    assert "”B”" in opened.told[0] and "dolt är ”A”" in opened.told[0]
    with pytest.raises(BadFile, match="inget synligt blad"):
        rows(ods(table(name="A", style="ta2"), styles=HIDDEN))


@pytest.mark.parametrize(
    ("more", "said"),
    [(' table:formula="of:=1+1"', "i stället för formeln"),
     (' table:number-columns-spanned="2"', "sammanfogade")],
)  # fmt: skip
def test_a_formula_and_a_merged_cell_are_told_where_they_are(more, said):
    with pytest.raises(BadFile, match=rf"rad 2, kolumn B: .*{said}"):
        rows(ods(table(HEAD, row(cell("x"), cell("2", "float", more=more)))))


@pytest.mark.parametrize(
    "tables",
    [
        table(row(cell("x", times=16_384), times=1_000_000)),
        table(row(cell("x", times=10), times=300_000)),
        table(row(cell("x" * 30_000), times=100_000)),
        table(row(cell("x", times=20_000))),
        table(row(cell("x"), times=9_999_999)),
        table("<a>" * 500),
    ],
    ids=range(6),
)
def test_what_is_repeated_into_far_too_much_is_refused(tables):
    with pytest.raises(BadFile):
        rows(ods(tables))


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**9))
def test_an_ods_with_some_signs_changed_is_read_or_told(seed):
    chance = random.Random(seed)
    content = packages.mangled(
        chance, packages.part_of(WHOLE, "content.xml"), [b"<text:p>", b"</a>"]
    )
    try:
        rows(packages.with_part(WHOLE, "content.xml", [content]))
    except BadFile as error:
        assert str(error)
