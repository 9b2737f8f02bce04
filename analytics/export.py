"""Tables as files: CSV for Swedish Excel, CSV for machines, and Excel. Text cells are defused.

A cell of text that begins with = + - @, tab or carriage return would run as a formula in a
spreadsheet; it gets an apostrophe in front. Numbers are numbers.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import xlsxwriter

from analytics.swedish import SAKNAS

FARLIGA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | Decimal | Fraction | date | bool | None


@dataclass(frozen=True, slots=True)
class Falt:
    """A column: `nyckel` in the rows, `titel` for people, `namn` for machines."""

    nyckel: str
    titel: str
    namn: str
    decimaler: int = 0


def csv_svensk(rows: Sequence[Mapping[str, Cell]], columns: Sequence[Falt]) -> bytes:
    """Return CSV that Swedish Excel opens rightly: semicolon, decimal comma, BOM, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([c.titel for c in columns])
    for row in rows:
        writer.writerow([_text(row[c.nyckel], c.decimaler, ",") for c in columns])
    return out.getvalue().encode("utf-8-sig")


def csv_maskin(rows: Sequence[Mapping[str, Cell]], columns: Sequence[Falt]) -> bytes:
    """Return CSV for programs: comma, decimal point, UTF-8, LF; a missing value is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([c.namn for c in columns])
    for row in rows:
        writer.writerow(
            [
                "" if row[c.nyckel] is None else _text(row[c.nyckel], c.decimaler, ".")
                for c in columns
            ]
        )
    return out.getvalue().encode("utf-8")


def excel(
    rows: Sequence[Mapping[str, Cell]], columns: Sequence[Falt], blad: str, om: Sequence[str]
) -> bytes:
    """Return a workbook: the table on sheet *blad*, and what it rests on, line by line, on "Om"."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet = book.add_worksheet(blad[:31])
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column.titel, head)
            places = "0" * column.decimaler
            style = book.add_format({"num_format": f"#,##0.{places}" if places else "#,##0"})
            width = max([len(_text(r[column.nyckel], column.decimaler, ",")) for r in rows] + [8])
            sheet.set_column(number, number, min(width + 3, 42))
            for line, row in enumerate(rows, 1):
                value = row[column.nyckel]
                if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
                    sheet.write_number(line, number, value, style)
                else:
                    sheet.write_string(line, number, _text(value, column.decimaler, ","))
        about = book.add_worksheet("Om")
        about.set_column(0, 0, 110)
        for line, text in enumerate(om):
            about.write_string(line, 0, _defuse(text))
    return out.getvalue()


def _text(value: Cell, places: int, point: str) -> str:
    if value is None:
        return SAKNAS
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | Decimal | Fraction):
        sign = "-" if value < 0 else ""
        digits = round(abs(Fraction(value)) * 10**places)
        whole, part = divmod(digits, 10**places)
        return f"{sign}{whole}" + (f"{point}{part:0{places}d}" if places else "")
    return value.isoformat() if isinstance(value, date) else _defuse(value)


def _defuse(text: str) -> str:
    return f"'{text}" if text.startswith(FARLIGA) else text
