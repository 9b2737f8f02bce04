"""A table that someone hands in, as CSV, Excel or ODS, read by its description."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from analytics.errors import BadFile, BadInput, Fault
from analytics.files import headings
from analytics.files.code_pages import file_fault, too_large
from analytics.files.opened import Opened, open_table
from analytics.files.table_spec import Column, Row, TableSpec, parse_rows
from analytics.swedish import parse_kronor

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
SPACES = {
    **{code: " " for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"},
    **dict.fromkeys(map(ord, "\n\r\t"), " "),
}
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+")
SUMS = ("summa ", "delsumma ", "slutsumma ", "totalsumma ")
DAYS = range(20_000, 80_000)  # 1954 to 2119, as Excel counts the days where the style is lost
NUMBER = re.compile(r"[-−]?[0-9][0-9 .,]*(?:kr)?")


def read_table(
    name: str,
    content: bytes,
    spec: TableSpec,
    known: Mapping[str, Collection[str]] | None = None,
    remarks: list[str] | None = None,
) -> list[tuple[int, Row]]:
    """Return the rows of the file, each with its line.

    *remarks* is given what the reader should know: the sheet, or the code page and separator, and
    rows of sums, which are not counted. Raises BadFile with every fault by line and column.
    """
    opened, lines = lines_of(name, content)
    rows, said = rows_of(name, lines, spec, known or {}, opened.form != "CSV")
    if remarks is not None:
        remarks += [*opened.told, *said]
    return rows


def lines_of(name: str, content: bytes) -> tuple[Opened, list[tuple[int, list[object]]]]:
    """Return how a file was opened, and its lines that say something. Raises BadFile."""
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content), MAX_BYTES)
    opened = open_table(name, content)
    lines: list[tuple[int, list[object]]] = []
    for number, cells in opened.rows:
        if any(cell != "" for cell in cells):
            lines.append((number, cells))
            if len(lines) > MAX_ROWS:
                told = f"en sådan fil får ha högst {MAX_ROWS} rader"
                raise file_fault(name, f"över {MAX_ROWS} rader", told)
    if not lines:
        raise file_fault(name, "", "filen är tom; första raden ska vara rubriker")
    return opened, lines


def rows_of(
    name: str,
    lines: Sequence[tuple[int, Sequence[object]]],
    spec: TableSpec,
    known: Mapping[str, Collection[str]],
    is_sheet: bool = False,
) -> tuple[list[tuple[int, Row]], list[str]]:
    """Return the typed rows under the heading, which stands first, and remarks. Raises BadFile."""
    first, cells = lines[0]
    heading = [_text(cell) for cell in cells]
    while heading and not heading[-1]:
        heading.pop()
    found = headings.places(name, first, heading, spec)
    by_place = {found[c.name]: c for c in spec.columns if c.name in found}
    width = len(heading)
    taken, sums = [], []
    for number, row in lines[1:]:
        texts = [_cell(cell, by_place.get(place), known) for place, cell in enumerate(row)]
        while len(texts) > width and not texts[-1]:
            texts.pop()
        if is_sheet:
            texts += [""] * (width - len(texts))
        if _is_sum(texts, found, spec):
            sums.append(number)
        else:
            taken.append((number, texts))
    rows, faults = parse_rows(taken, found, width, spec, known, ";")
    if faults:
        raise BadFile(name, faults)
    return rows, headings.sums_told(sums)


def _text(cell: object) -> str:
    return str(cell).translate(SPACES).strip()


def _cell(cell: object, column: Column | None, known: Mapping[str, Collection[str]]) -> str:
    """Return the text of a cell as its column is written: what a spreadsheet does to days, codes
    and figures on the way is undone."""
    text = _text(cell)
    if column is None:
        return text
    if column.kind == "datum" and type(cell) is int and cell in DAYS:
        return str(date(1899, 12, 30) + timedelta(days=cell))
    if column.kind == "id" and column.references and len(text) == 3 and text.isdecimal():
        return f"0{text}" if f"0{text}" in known[column.references] else text
    if column.kind == "heltal" and THOUSANDS.fullmatch(text):
        return text.replace(" ", "")
    return text


def _is_sum(texts: Sequence[str], found: Mapping[str, int], spec: TableSpec) -> bool:
    """Return whether a row is a sum: it says so, where a key is missing or it says nothing else;
    or it has an amount and no key."""
    if _at(texts, found, "id"):
        return False
    if not any(map(is_amount, spec.columns)):  # a row of names may well be called Summa
        said = [text for c in spec.columns if not c.empty and (text := _at(texts, found, c.name))]
        return len(said) == 1 and headings.is_sum_alone(said[0])
    keys = [texts[found[key]] for key in spec.key if key in found and found[key] < len(texts)]
    empty = [key for key in keys if not key or headings.is_sum_word(key)]
    required = {c.name for c in spec.columns if not c.empty}
    if not empty:
        return False
    if any(headings.is_sum_alone(key) or key.casefold().startswith(SUMS) for key in keys):
        return True
    needed = [texts[found[key]] for key in spec.key if key in required and found[key] < len(texts)]
    if not all(needed) and any(map(headings.is_sum_word, texts)):
        return True
    amounts = [
        texts[found[c.name]]
        for c in spec.columns
        if c.name in found and found[c.name] < len(texts) and is_amount(c)
    ]
    return bool(needed) and not any(needed) and any(map(NUMBER.fullmatch, amounts))


def _at(texts: Sequence[str], found: Mapping[str, int], column: str) -> str:
    return texts[found[column]] if found.get(column, len(texts)) < len(texts) else ""


def is_amount(column: Column) -> bool:
    """Return whether a column holds amounts: kronor, or inhabitants."""
    return column.name.endswith("_kr") or column.name == "antal"


def read_amount(row: Row, column: str, line: int, faults: list[Fault]) -> int | None:
    """Return whole kronor of a text column, None where it is empty; a fault is added."""
    text = row[column]
    if text is None:
        return None
    try:
        return parse_kronor(str(text))
    except BadInput as error:
        faults.append(Fault(line, column, str(text), _end(str(error))))
        return None


def _end(text: str) -> str:
    """The end of a sentence that says what is wrong with the value."""
    return (text.partition("” ")[2] or text).rstrip(".")
