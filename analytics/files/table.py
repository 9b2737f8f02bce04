"""A table that someone hands in, as CSV in any code page or as Excel, read by its description."""

import csv
import io
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from analytics import swedish
from analytics.errors import BadFile, BadInput, Fault
from analytics.files import csv_rows, workbook
from analytics.files.code_pages import decode
from analytics.reference import tables
from analytics.reference.tables import Row, TableSpec
from analytics.swedish import parse_kronor

SPACES = swedish.SPACES | str.maketrans({"\n": " ", "\r": " "})


def read_table(
    name: str, content: bytes, spec: TableSpec, known: Mapping[str, Collection[str]] | None = None
) -> list[tuple[int, Row]]:
    """Return the rows of the file, each with its line. Comma, semicolon or tab separates.

    Raises BadFile with every fault by line and column, also for a file that is empty, too large,
    of another kind, or has formulas.
    """
    if workbook.is_excel(content):
        lines: Iterable[tuple[int, Iterable[object]]] = workbook.rows(name, content)[0]
    else:
        lines = csv_rows.rows(name, decode(name, content).text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabell.csv"
        text, numbers = _rows(lines)
        path.write_text(text, "utf-8")
        try:
            return list(zip(numbers[1:], tables.read(path, spec, known), strict=True))
        except BadFile as error:
            raise BadFile(name, error.faults) from None


def _rows(lines: Iterable[tuple[int, Iterable[object]]]) -> tuple[str, list[int]]:
    """The rows as the reader of tables takes them, each on the line where it stood, and which
    lines say something."""
    out = io.StringIO(newline="")
    numbers = []
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    at = 1
    for number, cells in lines:
        texts = [str(cell).translate(SPACES) for cell in cells]
        while at < number:
            out.write("\n")
            at += 1
        if any(texts):
            writer.writerow(texts)
            numbers.append(number)
        else:
            out.write("\n")
        at += 1
    return out.getvalue(), numbers


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
