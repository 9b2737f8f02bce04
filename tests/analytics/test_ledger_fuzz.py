"""Whatever bytes a file has, it is read or told: nothing but an error of the domain comes out."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import ledger_file
from analytics.errors import AgreementError
from analytics.ledger_bytes import NAMN
from tests.analytics import arbetsbocker as xl
from tests.analytics.siefiler import VERIFIKAT, fil, typ, verifikat

HELA = {
    "sie4": fil(*VERIFIKAT, *verifikat("#RTRANS 5010 {} 1", "#TRANS 5010 {} 1")).encode("cp437"),
    "sie3": typ(3, '#PSALDO 0 202703 5010 {6 "P12"} 1.00', "#RES 0 5010 1").encode("cp437"),
    "csv": "Datum;Konto;Debet;Kredit;Text\n2027-01-02;5010;1,50;;Möte\n".encode("cp1252"),
    "excel": xl.rader(("Datum", "Konto", "Belopp"), ("2027-01-01", 5010, 1.5), (None, 6110, "1")),
}


def las(content: bytes, code: str | None = None) -> None:
    try:
        found = ledger_file.las("fil", content, 2027, code)
    except AgreementError as error:
        assert str(error)
        return
    assert found.fel or found.rader
    for row in found.rader if not found.fel else ():
        assert type(row.amount_ore) is int and row.konto.isdecimal()


@given(st.binary(max_size=400))
def test_any_bytes(content):
    las(content)
    las(b"#FLAGGA 0\r\n" + content)
    las(b"Datum;Konto;Belopp\n" + content)


@given(st.text(max_size=200), st.sampled_from([None, *NAMN]))
def test_any_text_in_any_code_page(text, code):
    las(("#FLAGGA 0\n" + text).encode(), code)
    las(("Datum;Konto;Belopp\n" + text).encode(), code)


@pytest.mark.parametrize("kind", HELA)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_file_with_some_bytes_changed(kind, seed):
    rnd, content = random.Random(seed), bytearray(HELA[kind])
    for _ in range(rnd.randint(1, 8)):
        at = rnd.randrange(len(content))
        match rnd.randrange(3):
            case 0:
                content[at] = rnd.randrange(256)
            case 1:
                del content[at : at + rnd.randint(1, 20)]
            case _:
                content[at:at] = rnd.choice([b"{", b"}", b'"', b"\n", b"#", b";", b"\x00", b"\xff"])
        if not content:
            return
    las(bytes(content))


PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
         "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_workbook_with_a_part_that_is_not_as_it_should_be(part, seed):
    rnd = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(HELA["excel"])) as packed:
        parts = {item: packed.read(item) for item in packed.namelist()}
    content = bytearray(parts[part])
    for _ in range(rnd.randint(1, 5)):
        at = rnd.randrange(len(content))
        match rnd.randrange(4):
            case 0:
                content[at] = rnd.choice(b'0123456789<>/"=A')
            case 1:
                del content[at : at + rnd.randint(1, 60)]
            case 2:
                content[at:at] = content[at : at + 40]
            case _:
                content[at:at] = rnd.choice(
                    [b"9" * 12, b"-1", b"<c>", b"&#0;", b't="s"', b"<v>x</v>"]
                )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, data in {**parts, part: bytes(content)}.items():
            written.writestr(name, data)
    las(out.getvalue())


@pytest.mark.parametrize("kind", HELA)
def test_a_file_that_is_cut_off_anywhere(kind):
    content = HELA[kind]
    for end in range(0, len(content), max(1, len(content) // 150)):
        las(content[:end])
