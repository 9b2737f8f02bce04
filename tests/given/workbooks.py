"""Workbooks for tests, as bytes."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter


def make_book(fill: Callable[..., None]) -> bytes:
    """Return a workbook whose first sheet *fill* has filled."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Huvudbok"))
    return out.getvalue()


def book_of_rows(*rows: tuple) -> bytes:
    """Return a workbook with these rows, typed as they are; text never as formulas."""

    def fill(book, sheet) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif hasattr(value, "isoformat"):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)

    return make_book(fill)


def replace_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with *old* for *new* in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as written:
        for item in read.infolist():
            data = read.read(item)
            if item.filename == part:
                assert old in data
                data = data.replace(old, new)
            written.writestr(item, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
