"""Tables as files: CSV for Swedish Excel, CSV for machines, and Excel. Text cells are defused.

A cell of text that begins with = + - @, tab or carriage return would run as a formula in a
spreadsheet; it gets an apostrophe in front, which `restored` takes away when the file is read in
again. Numbers are numbers.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import xlsxwriter

from analytics.swedish import MISSING

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
SPECIAL = re.compile(r'[";\t\r\n]')
Cell = str | int | Decimal | Fraction | date | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `key` in the rows, `title` for people, `name` for machines."""

    key: str
    title: str
    name: str
    decimals: int = 0


def swedish_csv(rows: Sequence[Mapping[str, Cell]], columns: Sequence[Field]) -> bytes:
    """Return CSV that Swedish Excel opens rightly: semicolon, decimal comma, BOM, CRLF."""
    out = io.StringIO(newline="")
    _write(out, [c.title for c in columns], ";", "\r\n")
    for row in rows:
        _write(out, [_text(row[c.key], c.decimals, ",") for c in columns], ";", "\r\n")
    return out.getvalue().encode("utf-8-sig")


def machine_csv(rows: Sequence[Mapping[str, Cell]], columns: Sequence[Field]) -> bytes:
    """Return CSV for programs: comma, decimal point, UTF-8, LF; a missing value is empty."""
    out = io.StringIO(newline="")
    _write(out, [c.name for c in columns], ",", "\n")
    for row in rows:
        _write(
            out,
            ["" if row[c.key] is None else _text(row[c.key], c.decimals, ".") for c in columns],
            ",",
            "\n",
        )
    return out.getvalue().encode("utf-8")


def write_excel(
    rows: Sequence[Mapping[str, Cell]], columns: Sequence[Field], sheet: str, about: Sequence[str]
) -> bytes:
    """Return a workbook: the table on *sheet*, and what it rests on, line by line, on "Om"."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        worksheet = book.add_worksheet(sheet[:31])
        worksheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            worksheet.write_string(0, number, column.title, head)
            places = "0" * column.decimals
            style = book.add_format({"num_format": f"#,##0.{places}" if places else "#,##0"})
            width = max([len(_text(r[column.key], column.decimals, ",")) for r in rows] + [8])
            worksheet.set_column(number, number, min(width + 3, 42))
            for line, row in enumerate(rows, 1):
                value = row[column.key]
                if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
                    worksheet.write_number(line, number, value, style)
                else:
                    worksheet.write_string(line, number, _text(value, column.decimals, ","))
        about_sheet = book.add_worksheet("Om")
        about_sheet.set_column(0, 0, 110)
        for line, text in enumerate(about):
            about_sheet.write_string(line, 0, _defuse(text))
    return out.getvalue()


def _text(value: Cell, places: int, point: str) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | Decimal | Fraction):
        sign = "-" if value < 0 else ""
        digits = round(abs(Fraction(value)) * 10**places)
        whole, part = divmod(digits, 10**places)
        return f"{sign}{whole}" + (f"{point}{part:0{places}d}" if places else "")
    return value.isoformat() if isinstance(value, date) else _defuse(value)


def _write(out: io.StringIO, cells: Sequence[str], separator: str, end: str) -> None:
    """Write a row. Quotes stand around a semicolon or tab also in a file with commas, so that the
    separator can be told from what stands outside quotes."""
    quoted = [
        '"' + c.replace('"', '""') + '"' if separator in c or SPECIAL.search(c) else c
        for c in cells
    ]
    out.write((separator.join(quoted) if len(quoted) > 1 or quoted[0] else '""') + end)


def _defuse(text: str) -> str:
    """An apostrophe in front of what a spreadsheet would run, or what looks as if it had one."""
    return f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text


def restored(text: str) -> str:
    """Return the text of a cell as it was before the export put an apostrophe in front."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(DANGEROUS) else text
