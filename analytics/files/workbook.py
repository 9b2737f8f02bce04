"""A ledger in Excel: the first sheet, looked through before it is read.

The package that reads it gives a formula's last value as if someone had typed it, and sets aside
room for every cell up to the last one; so formulas, merged cells and far corners are looked for in
the sheet itself. A figure is taken with the 15 digits that Excel keeps, never as a float.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import python_calamine

from analytics.errors import BadFile, Fault
from analytics.files.code_pages import file_fault, require_safe

MAX_UNPACKED = 300_000_000
MAX_PARTS = 2_000
MAX_CELLS = 10_000_000
EXACT = 10**15  # whole numbers below it are whole numbers in a cell too
LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?/?>")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z0-9:]{1,30})"')
CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?r="([A-Z]{1,3}[0-9]{1,7})"')
PLACE = re.compile(rb'\sr="([A-Z]{0,3})([0-9]{1,7})"')
ANY_PLACE = re.compile(rb"\sr\s*=")
COUNT = re.compile(
    rb"""ount\s*=\s*["']([^"']*)"""
)  # count, uniqueCount: room is set aside for them
OTHER_CODE = re.compile(rb"""encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
# What the packages say of a workbook that is broken, in its packing or its XML.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ElementTree.ParseError, EOFError,
    python_calamine.CalamineError, NotImplementedError, RuntimeError, StopIteration,
    ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError,
)  # fmt: skip
WAY_OUT = "spara arbetsboken som xlsx på nytt, eller som CSV"


def is_excel(content: bytes) -> bool:
    """Return whether a file is packed as xlsx is, or is a workbook of the older kind."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def rows(name: str, content: bytes) -> tuple[Iterator[tuple[int, list[object]]], str, list[str]]:
    """Return the rows of the first sheet with their numbers, its name, and the other sheets'.

    A cell is text, int, Decimal or date; "" for nothing. Raises BadFile for what is no workbook,
    is too large, or has formulas or merged cells in the sheet.
    """
    require_safe(name, content)
    if content.startswith(b"\xd0"):
        raise file_fault(name, "xls", f"det är en äldre arbetsbok eller har lösenord; {WAY_OUT}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _size(name, packed)
            _sheet(name, packed.read(_first(packed)))
        cells, sheets = _cells(content)
    except BROKEN as error:
        raise file_fault(
            name, "", f"filen går inte att läsa som en arbetsbok; {WAY_OUT}"
        ) from error
    numbered = ((n, [_cell(value) for value in row]) for n, row in enumerate(cells, 1))
    return numbered, sheets[0], sheets[1:]


def _cells(content: bytes) -> tuple[list[list[object]], list[str]]:
    """Return the cells of the first sheet, and the names of all. What is broken is in BROKEN."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False), book.sheet_names
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the package's own way to give up
            raise RuntimeError(str(error)) from error
        raise


def _size(name: str, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        size = f"{unpacked // 10**6} MB i {len(parts)} delar"
        raise file_fault(
            name, size, "arbetsboken blir för stor när den packas upp; dela den per månad"
        )
    for part in parts:
        data = packed.read(part)  # a part that is not as long as it says is told here
        if b"<!DOCTYPE" in data[:4_000]:
            raise file_fault(
                name, part.filename, "arbetsboken har en DTD, som ingen arbetsbok ska ha"
            )
        head = data[:200] if part.filename.endswith((".xml", ".rels")) else b""
        if b"\x00" in head or OTHER_CODE.search(head):
            raise file_fault(name, part.filename, f"delen är inte sparad som UTF-8; {WAY_OUT}")
        if head and any(not n.isdigit() or int(n) > MAX_CELLS for n in COUNT.findall(data)):
            raise file_fault(name, part.filename, f"delen säger fel antal; {WAY_OUT}")
        if b"sheetData" in data:
            _addresses(name, data)


def _addresses(name: str, sheet: bytes) -> None:
    """Raise BadFile unless every cell of a sheet says plainly where it is, and not too far off."""
    places = PLACE.findall(sheet)
    if len(places) != len(ANY_PLACE.findall(sheet)):
        raise file_fault(name, "", f"cellernas adresser går inte att läsa; {WAY_OUT}")
    wide = max((_number(column) for column in {column for column, _ in places}), default=0)
    deep = max((int(row) for row in {row for _, row in places}), default=0)
    if wide * deep > MAX_CELLS:
        raise file_fault(
            name,
            f"{deep} rader och {wide} kolumner",
            "bladet är för stort; ta bort tomma rader och kolumner",
        )


def _first(packed: zipfile.ZipFile) -> str:
    """The part that the first sheet of the workbook lies in."""
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 - without a DTD
    first = next(node for node in book.iter() if node.tag.endswith("}sheet"))
    links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(link.get("Target") for link in links if link.get("Id") == first.get(LINK_ID))
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _sheet(name: str, sheet: bytes) -> None:
    """Raise BadFile for what cannot be taken as values."""
    faults = []
    for formula in FORMULA.finditer(sheet):
        start = sheet.rfind(b"<c ", 0, formula.start())
        cell = CELL.match(sheet, start) if start >= 0 else None
        column, row = _place(cell[1]) if cell else ("", 1)
        faults.append(Fault(row, column, "formel", "skriv värdet i stället för formeln"))
    for span in MERGED.finditer(sheet):
        column, row = _place(span[1].partition(b":")[0])
        faults.append(Fault(row, column, span[1].decode(), "cellerna är sammanfogade; dela dem"))
    if faults:
        raise BadFile(name, sorted(faults, key=lambda fault: fault.line))


def _place(cell: bytes) -> tuple[str, int]:
    text = cell.decode()
    column = text.rstrip("0123456789")
    return column, int(text[len(column) :])


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _cell(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float):
        if value.is_integer() and abs(value) < EXACT:
            return int(value)
        return Decimal(f"{value:.15g}")
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date() if midnight else str(value)
    return value if isinstance(value, date) else str(value)
