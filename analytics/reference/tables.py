"""The reader of the tables in data/: strict, typed, and exact about what is wrong.

A `TableSpec` describes a table; `read` returns its rows as Python values or raises `BadFile`
with file, line, column, value and what is allowed. What a user hands in is read by files.table.
"""

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path

from analytics.errors import BadFile, Fault
from analytics.files.table_spec import DAY, ID, Column, Row, TableSpec, Value, parse_rows

__all__ = ["DAY", "ID", "Column", "Row", "TableSpec", "Value", "read"]
MAX_BYTES = 5_000_000


def read(
    path: Path, spec: TableSpec, known: Mapping[str, Collection[str]] | None = None
) -> list[Row]:
    """Return the rows of the file at *path* as a list of dicts, in file order.

    *known* gives the ids per table that `references` may name. Comma or semicolon separates,
    told by the heading. Raises BadFile with every fault in the file, never a part of the rows.
    """
    records, reader = _records(path)
    try:
        heading_line, heading = next(records)
    except StopIteration:
        raise _whole(path, 1, "", "filen är tom; första raden ska vara rubriker") from None
    places = _places(path, heading_line, heading, spec)
    rows, faults = parse_rows(
        records, places, len(heading), spec, known or {}, reader.dialect.delimiter
    )
    if faults:
        raise BadFile(path.name, faults)
    return [row for _, row in rows]


def _records(path: Path):
    """Return an iterator of (line, fields) and its csv reader. Blank lines are passed over."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise _whole(path, 1, str(path), "filen finns inte eller får inte läsas") from None
    if len(raw) > MAX_BYTES:
        raise _whole(path, 1, f"{len(raw)} byte", f"en fil får ha högst {MAX_BYTES} byte")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = raw[error.start : error.start + 1].hex()
        raise _whole(path, line, found, "filen ska vara sparad som UTF-8") from None
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

    def records():
        start = 1
        try:
            for fields in reader:
                if fields:
                    yield start, fields
                start = reader.line_num + 1
        except csv.Error:
            raise _whole(path, start, "", "citattecken ska stå parvis runt ett fält") from None

    return records(), reader


def _places(path: Path, line: int, heading: list[str], spec: TableSpec) -> dict[str, int]:
    """Return where each column of *spec* stands. An unknown or missing heading is a fault."""
    names = {alias: c.name for c in spec.columns for alias in (c.name, *c.aliases)}
    wanted = ", ".join("/".join((c.name, *c.aliases)) for c in spec.columns if not c.optional)
    places: dict[str, int] = {}
    for place, title in enumerate(heading):
        if title in spec.ignored:
            continue
        if title not in names or names[title] in places:
            raise BadFile(path.name, [Fault(line, title, title, f"rubrikerna ska vara {wanted}")])
        places[names[title]] = place
    for column in spec.columns:
        if column.name not in places and not column.optional:
            allowed = f"rubriken saknas; rubrikerna ska vara {wanted}"
            raise BadFile(path.name, [Fault(line, column.name, ",".join(heading), allowed)])
    return places


def _whole(path: Path, line: int, value: str, allowed: str) -> BadFile:
    return BadFile(path.name, [Fault(line, None, value, allowed)])
