"""Whatever bytes a file has, it is read or told: nothing but an error of the domain comes out."""

import random

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import AgreementError
from analytics.files.code_pages import NAME
from analytics.ledger import file as ledger_file
from tests.given import packages, workbooks
from tests.given.sie_files import VERIFIKAT, make_voucher, of_type, sie_file

WHOLE = {
    "sie4": sie_file(*VERIFIKAT, *make_voucher("#RTRANS 5010 {} 1", "#TRANS 5010 {} 1")).encode(
        "cp437"
    ),
    "sie3": of_type(3, '#PSALDO 0 202703 5010 {6 "P12"} 1.00', "#RES 0 5010 1").encode("cp437"),
    "csv": "Datum;Konto;Debet;Kredit;Text\n2027-01-02;5010;1,50;;Möte\n".encode("cp1252"),
    "excel": workbooks.book_of_rows(
        ("Datum", "Konto", "Belopp"), ("2027-01-01", 5010, 1.5), (None, 6110, "1")
    ),
}


def read(content: bytes, code: str | None = None) -> None:
    try:
        found = ledger_file.read("fil", content, 2027, code)
    except AgreementError as error:
        assert str(error)
        return
    assert found.faults or found.rows
    for row in found.rows if not found.faults else ():
        assert type(row.amount_ore) is int and row.konto.isdecimal()


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(content):
    read(content)
    read(b"#FLAGGA 0\r\n" + content)
    read(b"Datum;Konto;Belopp\n" + content)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from([None, *NAME]))
def test_any_text_in_any_code_page(text, code):
    read(("#FLAGGA 0\n" + text).encode(), code)
    read(("Datum;Konto;Belopp\n" + text).encode(), code)


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_file_with_some_bytes_changed(kind, seed):
    chance, content = random.Random(seed), bytearray(WHOLE[kind])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randint(1, 20)]
            case _:
                content[at:at] = chance.choice(
                    [b"{", b"}", b'"', b"\n", b"#", b";", b"\x00", b"\xff"]
                )
        if not content:
            return
    read(bytes(content))


PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
         "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_workbook_with_a_part_that_is_not_as_it_should_be(part, seed):
    chance = random.Random(seed)
    pieces = [b"<c>", b't="s"', b"<v>x</v>"]
    content = packages.mangled(chance, packages.part_of(WHOLE["excel"], part), pieces)
    read(packages.with_part(WHOLE["excel"], part, [content]))


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_is_cut_off_anywhere(kind):
    content = WHOLE[kind]
    for end in range(0, len(content), max(1, len(content) // 150)):
        read(content[:end])
