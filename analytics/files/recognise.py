"""What kind of file some bytes are, whatever its name says; what is not read is told.

Each kind that is not read has one sentence with the way out, raised as BadFile.
"""

import re

from analytics.errors import OtherKind
from analytics.files.code_pages import require_safe, utf_16

XLSX, ODS, TEXT = "xlsx", "ods", "text"
HEAD = 4_096
DIRECTORY = re.compile(rb"PK\x01\x02.{24}(..).{16}", re.DOTALL)
SAVE = "spara den som xlsx, eller som CSV"
AS_XLSX = f"öppna filen i Excel eller LibreOffice och {SAVE}"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = ("en arbetsbok med lösenord", "ta bort lösenordet i Excel och spara den på nytt")

# By the first bytes: what it is, and the way out.
STARTS = (
    ((b"%PDF-",), "en PDF", "exportera SIE, CSV eller xlsx ur programmet som gjorde den"),
    ((b"{\\rtf",), "ett textdokument (RTF)", f"flytta tabellen till Excel och {SAVE}"),
    ((b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00"),
     "en äldre arbetsbok (xls)", AS_XLSX),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd"), "en packad fil",
     "packa upp den och välj filen som ligger i den"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "en bild",
     "exportera SIE, CSV eller xlsx ur programmet som visar tabellen"),
    ((b"SQLite format 3", b"PAR1", b"\x00\x01\x00\x00Standard "), "en databas",
     "exportera det som ska läsas som CSV eller xlsx"),
)  # fmt: skip
# By what the zip holds, tried in order: a name in it, what it is, and the way out.
ZIPPED = (
    (rb"xl/workbook\.bin", "en binär arbetsbok (xlsb)", AS_XLSX),
    (rb"word/", "ett Word-dokument (docx)", f"flytta tabellen till Excel och {SAVE}"),
    (rb"ppt/", "en presentation (pptx)", f"flytta tabellen till Excel och {SAVE}"),
    (rb"Index/", "ett dokument ur Numbers", "exportera det som xlsx eller CSV"),
)
MARKUP = (
    (r"<(?:\w+:)?SIE(?:Entry)?[\s>]|sie\.se/sie5", "SIE 5 (XML)",
     "exportera SIE 4 (.se eller .si) ur ekonomisystemet"),
    (r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet",
     "en arbetsbok sparad som XML", AS_XLSX),
    (r"urn:oasis:names:tc:opendocument", "ett OpenDocument i en enda XML-fil", AS_XLSX),
    (r"<!doctype\s+html|<html[\s>]|<(?:table|head|body|meta|style|div|script|title|tr)[\s>]",
     "en webbsida (HTML)", AS_XLSX),
    (r"", "XML av ett annat slag", "exportera SIE 4, CSV eller xlsx"),
)  # fmt: skip
MAIL = re.compile(r"(?:MIME-Version|Content-Type):", re.IGNORECASE)
SIE_LABEL = re.compile(r"#[A-Z]{2,}\b", re.IGNORECASE)
SIE_START = re.compile(r"^[ \t]*#FLAGGA\b", re.IGNORECASE | re.MULTILINE)
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of(name: str, content: bytes) -> str:
    """Return XLSX, ODS or TEXT. Raises BadFile for what is empty, too large or of another kind."""
    require_safe(name, content)
    if content.startswith(ZIP):
        return _zipped(name, content)
    if content.startswith(COMPOUND[:4]):
        raise _compound(name, content)
    for starts, what, way_out in STARTS:
        if content.startswith(starts):
            raise OtherKind(name, what, way_out)
    if b"%PDF-" in content[:1024]:
        raise OtherKind(name, *STARTS[0][1:])
    head = head_of(content)
    if head.startswith("<"):
        raise OtherKind(name, *_markup(head))
    if MAIL.match(head):
        raise OtherKind(name, "en sparad webbsida (MHTML)", AS_XLSX)
    return TEXT


def is_sie(content: bytes) -> bool:
    """Return whether a file looks like SIE: it begins with a label, or has #FLAGGA on a line."""
    head = head_of(content)
    return bool(SIE_LABEL.match(head) or SIE_START.search(head))


def head_of(content: bytes) -> str:
    """Return the beginning of a text, good enough to be told by: å, ä and ö may be others."""
    code = utf_16(content) or "latin-1"
    start = content[: HEAD - HEAD % 2].decode(code, "ignore")
    return start.lstrip("\ufeff\xef\xbb\xbf \t\r\n\x0b\x0c\x00")


def _zipped(name: str, content: bytes) -> str:
    held = _names(content)
    if any(part.lower() == b"xl/workbook.xml" for part in held):
        return XLSX
    if b"content.xml" in held and b"oasis.opendocument.spreadsheet" in content[:200]:
        return ODS
    joined = b"\n".join(held)
    for wanted, what, way_out in ZIPPED:
        if re.search(rb"^" + wanted, joined, re.MULTILINE):
            raise OtherKind(name, what, way_out)
    if b"[Content_Types].xml" in held or not held:
        return XLSX  # a workbook that lacks its parts is told by who opens it
    if b"oasis.opendocument." in content[:200]:
        raise OtherKind(name, "ett OpenDocument utan kalkylblad", f"flytta tabellen och {SAVE}")
    raise OtherKind(name, "en ZIP-fil", "packa upp den och välj en av filerna i den")


def _names(content: bytes) -> set[bytes]:
    """Return the names in a zip's own list, of which there may be any number."""
    found = set()
    for entry in DIRECTORY.finditer(content):
        length = int.from_bytes(entry[1], "little")
        found.add(content[entry.end() : entry.end() + length])
        if len(found) > 5_000:
            break
    return found


def _compound(name: str, content: bytes) -> OtherKind:
    """What a file of Microsoft's older kind is: its list of streams is text in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return OtherKind(name, *PROTECTED)
    if holds("WordDocument") or holds("PowerPoint Document"):
        return OtherKind(
            name, "ett äldre Office-dokument", f"flytta tabellen till Excel och {SAVE}"
        )
    return OtherKind(name, "en äldre arbetsbok (xls), eller har lösenord", AS_XLSX)


def _markup(head: str) -> tuple[str, str]:
    return next(
        (what, way_out)
        for pattern, what, way_out in MARKUP
        if re.search(pattern, head, re.IGNORECASE)
    )
