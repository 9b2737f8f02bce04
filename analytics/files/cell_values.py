"""What a cell of a workbook holds: figures exactly, days as days, the rest as Excel shows it.

That a figure is a day is said by its style alone; so the styles are read where they can be, and
what else is wrong with them does not matter.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from html import unescape

from analytics.errors import BadFile
from analytics.files.package import SMALL, Package

DAY, TIME = "day", "time"
EXACT = 10**15  # whole numbers below it are whole numbers in a cell too
LAST = 2_958_466  # the day after 9999-12-31, as Excel counts
TRUTH = {"1": "SANT", "0": "FALSKT", "true": "SANT", "false": "FALSKT"}
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
BUILT_IN = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), DAY),
    **dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48)), TIME),
}
# A tag and its attributes, also in XML that is not well formed. It always ends where it may.
TAG = re.compile(r"""<(/?)(?:\w+:)?(numFmt|xf|cellXfs)\b((?:[^<>"']|"[^"]*"|'[^']*')*)""")
VALUE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# What does not count in a format: text, escaped signs, padding, colours and conditions.
SILENT = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Styles:
    """For each style of a cell whether its figure is a DAY, a TIME or neither."""

    kinds: tuple[str, ...] = ()

    def kind(self, style: str) -> str:
        number = int(style) if style.isascii() and style.isdecimal() and len(style) < 7 else 0
        return self.kinds[number] if number < len(self.kinds) else ""


def read_styles(package: Package, part: str) -> Styles:
    """Return the styles of a workbook, as far as they can be read. Raises BadFile in no case."""
    if part not in package:
        return Styles()
    try:
        content = b"".join(package.pieces(part, SMALL))
    except BadFile:
        return Styles()
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = False
    for closing, tag, rest in TAG.findall(content.decode("utf-8", "replace")):
        if tag == "cellXfs":
            inside = not closing and not rest.rstrip().endswith("/")
            continue
        values = {key: unescape(a or b) for key, a, b in VALUE.findall(rest)}
        if tag == "numFmt":
            codes[values.get("numFmtId", "")] = values.get("formatCode", "")
        elif inside and not closing:
            formats.append(values.get("numFmtId", ""))
    return Styles(tuple(_kind(number, codes) for number in formats))


def _kind(number: str, codes: dict[str, str]) -> str:
    code = codes.get(number)
    if code is None:
        known = number.isascii() and number.isdecimal() and len(number) < 4
        return BUILT_IN.get(int(number), "") if known else ""
    signs = SILENT.sub("", code.partition(";")[0]).casefold()
    if signs.strip() in ("general", "standard", "@"):
        return ""
    if "y" in signs or "d" in signs:
        return DAY
    if "h" in signs or "s" in signs:
        return TIME
    return DAY if "m" in signs else ""


def number(text: str) -> int | Decimal | str:
    """Return a figure with the 15 digits that Excel keeps; what is none as it stands."""
    if text.isdecimal() and text.isascii() and len(text) < 16:
        return int(text)
    clean = text.strip()
    return _decimal(clean) if NUMBER.fullmatch(clean) else clean


def moment(text: str, kind: str, from_1904: bool) -> object:
    """Return the date of a figure with a style of days, with its time where it has one."""
    value = number(text)
    return value if isinstance(value, str) else _moment(value, kind, from_1904)


def _decimal(text: str) -> int | Decimal | str:
    try:
        near = float(text)
        value = Decimal(f"{near:.15g}")
    except (ArithmeticError, InvalidOperation, ValueError):
        return text
    if not value.is_finite():
        return text
    if near.is_integer() and abs(near) < EXACT:
        return int(near)
    return value


def _moment(value: int | Decimal, kind: str, from_1904: bool) -> object:
    if not 0 <= value < LAST:
        return value
    days, part = divmod(value, 1)
    seconds = int((Decimal(part) * 86_400).to_integral_value())
    if kind == TIME or days == 0:
        minutes, seconds = divmod(int(days) * 86_400 + seconds, 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < 60 else 30)
    try:
        day = start + timedelta(days=int(days))
        if not seconds:
            return day
        return str(datetime(day.year, day.month, day.day) + timedelta(seconds=seconds))  # noqa: DTZ001
    except OverflowError:
        return value


def text(written: str) -> str:
    """Return the text of a cell without spaces around; _x000D_ is a sign that XML cannot hold."""
    if "_x" in written:
        written = ESCAPED.sub(lambda found: _sign(int(found[1], 16)), written)
    return written.strip()


def _sign(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def other(kind: str, written: str) -> object:
    """Return a truth value, an error or an ISO date, as Swedish Excel shows it."""
    clean = text(written)
    if kind == "b":
        return TRUTH.get(clean.casefold(), clean)
    if kind == "d":
        return iso_day(clean)
    return clean  # t="e": "#N/A"


def iso_day(written: str) -> object:
    """Return the date of "2027-03-31" or "2027-03-31T00:00:00", else the text."""
    day, _, hour = written.partition("T")
    if hour.strip("0:.Z"):
        return written.replace("T", " ")
    try:
        return date.fromisoformat(day) if len(day) == 10 else written
    except ValueError:
        return written


def column_number(letters: str) -> int | None:
    """Return 0 for "A", 26 for "AA"; None for what is no column."""
    if not (0 < len(letters) < 4 and letters.isascii() and letters.isupper() and letters.isalpha()):
        return None
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """Return "A" for 0, "AA" for 26."""
    found = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        found = chr(65 + left) + found
    return found
