"""Zips of XML for tests: workbooks with other parts, ODS, and what unpacks to far too much."""

import io
import random
import zipfile
from collections.abc import Iterable, Sequence

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def mangled(chance: random.Random, content: bytes, pieces: Sequence[bytes]) -> bytes:
    """Return XML with some signs changed, taken out, doubled, or *pieces* put in."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[at] = chance.choice(b'0123456789<>/"=A')
            case 1:
                del found[at : at + chance.randint(1, 60)]
            case 2:
                found[at:at] = found[at : at + 40]
            case _:
                found[at:at] = chance.choice([b"9" * 12, b"-1", b"&#0;", *pieces])
    return bytes(found)


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def with_part(content: bytes, name: str, pieces: Iterable[bytes] | None) -> bytes:
    """Return the package with *pieces* as one of its parts, or without the part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for item in read.infolist():
            if item.filename != name:
                written.writestr(item, read.read(item), zipfile.ZIP_DEFLATED)
        if pieces is not None:
            with written.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece)
    return out.getvalue()


def sheet(rows: bytes) -> bytes:
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN.encode(), rows)


def zipped(**parts: bytes) -> bytes:
    """Return a zip with these parts; "__" in a name is a folder and "_" a full stop."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def ods(*tables: str, styles: str = "", manifest: str = "") -> bytes:
    """Return an ODS file with these tables, as XML."""
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" '
        'xmlns:style="s" xmlns:calcext="c">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", SPREADSHEET, zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return out.getvalue()


def table(*rows: str, name: str = "Blad1", style: str = "") -> str:
    mark = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{mark}>{"".join(rows)}</table:table>'


def row(*cells: str, times: int = 1) -> str:
    inner = "".join(cells)
    return f'<table:table-row table:number-rows-repeated="{times}">{inner}</table:table-row>'


def cell(text: str = "", kind: str = "string", times: int = 1, more: str = "") -> str:
    """Return a cell; of a kind other than text its value is *text* too."""
    key = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    value = f' office:value-type="{kind}"' if text or kind != "string" else ""
    value += f' office:{key}="{text}"' if kind != "string" else ""
    return (
        f'<table:table-cell table:number-columns-repeated="{times}"{value}{more}>'
        f"{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"
    )
