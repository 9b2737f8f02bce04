"""The one reader of tables in files: strict, typed, and exact about what is wrong.

A `TableSpec` describes a table; `read` returns its rows as Python values or raises `BadFile`
with file, line, column, value and what is allowed. Nothing is guessed, cut or filled in: an
integer is ASCII digits, a decimal has a point, a date is 2014-06-30, yes and no are "ja" and
"nej", an empty field is None where the column says so and a fault elsewhere.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from analytics.errors import BadFile, Fault

MAX_BYTES = 5_000_000
BIGINT = 2**63 - 1
ID = re.compile(r"[0-9]{4}|[a-z][a-z0-9]*(-[a-z0-9]+)*")
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,18})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,5})(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = str | int | bool | Decimal | date | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: text, id, heltal, decimal, datum or janej.

    `values` lists what is allowed (text), `low`/`high` bound a number, `places` the decimals,
    `aliases` other headings for the same column, `optional` a column that may be left out (its
    values are then None), `references` the table whose ids the values must be among.
    """

    name: str
    kind: str = "text"
    empty: bool = False
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    places: int = 6
    aliases: tuple[str, ...] = ()
    optional: bool = False
    references: str | None = None

    @property
    def sql_type(self) -> str:
        return {
            "text": "VARCHAR",
            "id": "VARCHAR",
            "heltal": "BIGINT",
            "decimal": f"DECIMAL(12, {self.places})",
            "datum": "DATE",
            "janej": "BOOLEAN",
        }[self.kind]

    @property
    def allowed(self) -> str:
        """What may stand in the column, as the end of a Swedish sentence."""
        if self.values:
            text = "tillåtet är " + ", ".join(self.values)
        else:
            text = {
                "text": "tillåtet är text på en rad utan styrtecken",
                "id": "tillåtet är en kommunkod (fyra siffror) eller ett id av små "
                "bokstäver a–z, siffror och bindestreck",
                "heltal": "tillåtet är ett heltal med siffrorna 0–9 utan mellanslag",
                "decimal": f"tillåtet är ett tal med punkt och högst {self.places} decimaler",
                "datum": "tillåtet är ett datum som 2014-06-30",
                "janej": "tillåtet är ja eller nej",
            }[self.kind]
        if self.low is not None:
            text += f", minst {self.low}"
        if self.high is not None:
            text += f", högst {self.high}"
        return text + (", eller tomt" if self.empty else "")


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table, its file and its columns. `key`: the columns that no two rows may share.

    `check` looks at a whole row and returns the end of a sentence if it contradicts itself.
    """

    name: str
    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    check: Callable[[Row], str | None] | None = None
    ignored: tuple[str, ...] = ()  # headings that may stand in the file and are not read


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
    faults: list[Fault] = []
    rows: list[Row] = []
    seen: dict[tuple[Value, ...], int] = {}
    for line, fields in records:
        if len(fields) != len(heading):
            allowed = f"raden har {len(fields)} fält men rubriken {len(heading)}"
            faults.append(Fault(line, None, reader.dialect.delimiter.join(fields), allowed))
            continue
        row, wrong = _row(line, fields, places, spec, known or {})
        problem = spec.check(row) if spec.check and not wrong else None
        key = tuple(row[name] for name in spec.key)
        if problem:
            wrong.append(Fault(line, None, reader.dialect.delimiter.join(fields), problem))
        elif not wrong and key in seen:
            shown = ", ".join(str(part) for part in key)
            allowed = f"{' och '.join(spec.key)} står redan på rad {seen[key]}"
            wrong.append(Fault(line, spec.key[0], shown, allowed))
        seen.setdefault(key, line)
        faults += wrong
        rows.append(row)
    if faults:
        raise BadFile(path.name, faults)
    return rows


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


def _row(line, fields, places, spec, known) -> tuple[Row, list[Fault]]:
    row: Row = {}
    faults = []
    for column in spec.columns:
        text = fields[places[column.name]] if column.name in places else ""
        if text == "" and (column.empty or column.optional):
            row[column.name] = None
            continue
        value = _value(text, column)
        allowed = column.allowed
        if value is not None and column.references and value not in known[column.references]:
            value, allowed = None, f"id:t finns inte i tabellen {column.references}"
        if value is None:
            faults.append(Fault(line, column.name, text, allowed))
        row[column.name] = value
    return row, faults


def _value(text: str, column: Column) -> Value:
    """Return the typed value, or None if *text* is not allowed in *column*."""
    match column.kind:
        case "text":
            ok = text.strip() == text != "" and text.isprintable()
            return text if ok and (not column.values or text in column.values) else None
        case "id":
            return text if ID.fullmatch(text) else None
        case "janej":
            return {"ja": True, "nej": False}.get(text)
        case "datum":
            try:
                return date.fromisoformat(text) if DAY.fullmatch(text) else None
            except ValueError:
                return None
        case "heltal":
            value = int(text) if INTEGER.fullmatch(text) else None
        case "decimal":
            match = DECIMAL.fullmatch(text)
            fits = match and len((match[2] or ".")[1:]) <= column.places
            value = Decimal(text) if fits else None
        case other:
            raise ValueError(f"unknown kind of column: {other}")
    if value is None or abs(value) > BIGINT:
        return None
    inside = (column.low is None or value >= column.low) and (
        column.high is None or value <= column.high
    )
    return value if inside else None


def _whole(path: Path, line: int, value: str, allowed: str) -> BadFile:
    return BadFile(path.name, [Fault(line, None, value, allowed)])
