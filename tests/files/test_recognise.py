"""A file is what its bytes are: what is not read is told in a sentence, with the way out."""

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import BadFile, OtherKind
from analytics.files import recognise
from analytics.ledger import file as ledger_file
from tests.given import packages, workbooks
from tests.given.sie_files import VERIFIKAT, sie_file

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def stream(name: str) -> bytes:
    return OLD + name.encode("utf-16-le") + b"\x00" * 100


SIE_5 = b'<?xml version="1.0"?>\n<Sie xmlns="http://www.sie.se/sie5"><FileInfo/></Sie>'
OTHERS = {
    "SIE 5": SIE_5,
    "SIE 5 entry": b"\xef\xbb\xbf<SieEntry xmlns='http://www.sie.se/sie5'/>",
    "SIE 5 with a prefix": b"<sie:Sie xmlns:sie='http://www.sie.se/sie5'/>",
    "SIE 5 in UTF-16": SIE_5.decode().encode("utf-16"),
    "HTML": b"\r\n<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1</td>",
    "HTML doctype": b"<!DOCTYPE html>\n<p>Logga in</p>",
    "HTML table": b"<TABLE border=1><tr><td>Datum</td></tr></TABLE>",
    "HTML UTF-16": "<html><body>å</body></html>".encode("utf-16"),
    "MHTML": b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
    "XML arbetsbok": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "XML": b'<?xml version="1.0" encoding="utf-8"?><root><rad/></root>',
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "PDF after junk": b"\r\n\x00junk%PDF-1.4\n",
    "RTF": b"{\\rtf1\\ansi Datum}",
    "lösenord": stream("EncryptedPackage"),
    "xls": stream("Workbook"),
    "äldre Office-dokument": stream("WordDocument"),
    "xls of 1995": b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x00" * 50,
    "ZIP": packages.zipped(bokforing_se=b"#FLAGGA 0", las_txt=b"x"),
    "xlsb": packages.zipped(xl__workbook_bin=b"x"),
    "docx": packages.zipped(word__document_xml=b"<x/>"),
    "pptx": packages.zipped(ppt__presentation_xml=b"<x/>"),
    "Numbers": packages.zipped(Index__Document_iwa=b"x"),
    "packad": b"\x1f\x8b\x08\x00abc",
    "bild": b"\x89PNG\r\n\x1a\n",
    "databas": b"SQLite format 3\x00",
}
SAID = {
    "SIE 5 entry": "SIE 5", "SIE 5 with a prefix": "SIE 5", "SIE 5 in UTF-16": "SIE 5",
    "HTML doctype": "HTML", "HTML table": "HTML", "HTML UTF-16": "HTML", "MHTML": "webbsida",
    "XML arbetsbok": "arbetsbok sparad som XML", "PDF after junk": "PDF",
    "xls of 1995": "xls",
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("name", ["bok.xls", "bok.se", "bok.csv"])
def test_a_file_of_another_kind_is_told_in_one_sentence_with_the_way_out(kind, name):
    with pytest.raises(OtherKind) as caught:
        ledger_file.read(name, OTHERS[kind], 2027)
    said = str(caught.value)
    assert said.startswith(f"{name} är ") and SAID.get(kind, kind) in said
    assert said.count(". ") <= 1 and said.endswith(".")
    assert any(way in said for way in ("spara", "export", "packa upp", "flytta", "ta bort"))


def test_an_encrypted_zip_and_an_encrypted_ods_are_told_to_have_a_password():
    book = bytearray(workbooks.book_of_rows(("Datum",)))
    for sign, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := book.find(sign, at)) >= 0:
            book[at + flag] |= 1
            at += 4
    for content in (bytes(book), packages.ods(packages.table(), manifest="<encryption-data/>")):
        with pytest.raises(OtherKind, match="lösenord"):
            ledger_file.read("a.xlsx", content, 2027)


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp437"])
def test_sie_is_recognised_and_read_in_any_code_page(code):
    content = sie_file(*VERIFIKAT).encode(code)
    assert recognise.is_sie(content)
    found = ledger_file.read("a.se", content, 2027)
    assert (found.format, found.faults) == ("SIE 4", [])
    assert {row.text for row in found.rows} >= {"Hyra"}
    assert len(found.rows) == len(
        ledger_file.read("a.se", sie_file(*VERIFIKAT).encode(), 2027).rows
    )


@pytest.mark.parametrize("first", ["; från 2027", "// Visma", "* x\n\n   ", "REM hej\n rad 2"])
@pytest.mark.parametrize("code", ["cp437", "utf-16"])
def test_a_comment_before_the_flag_is_still_sie(first, code):
    assert recognise.is_sie(f"{first}\n#FLAGGA 0\n#SIETYP 4\n".encode(code))
    found = ledger_file.read("a.se", f"{first}\n{sie_file(*VERIFIKAT)}".encode(code), 2027)
    assert (found.format, found.faults, len(found.rows)) == ("SIE 4", [], 2)


@pytest.mark.parametrize("text", ["Datum;Konto;Belopp", "#;Datum;Konto", "", "a #FLAGGA", "x\n#Y"])
def test_what_is_no_sie_is_not_taken_for_it(text):
    assert not recognise.is_sie(text.encode())


@settings(deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", OLD[:8], b"<", b"%PDF-", b"\xff\xfe", b"#", b"\x00"]),
    st.binary(max_size=300),
)
def test_any_bytes_are_of_a_kind_that_is_read_or_told(start, content):
    try:
        kind = recognise.kind_of("fil", start + content)
    except BadFile as error:
        assert str(error)
    else:
        assert kind in (recognise.XLSX, recognise.ODS, recognise.TEXT)
    assert recognise.is_sie(start + content) in (True, False)
