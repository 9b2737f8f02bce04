"""What a table in a file looks like, and what a cell of it may say: strict, typed, exact.

Nothing is guessed, cut or filled in: an integer is ASCII digits, a decimal has a point, a date is
2014-06-30, yes and no are "ja" and "nej", an empty field is None where the column says so and a
fault elsewhere.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.errors import Fault

BIGINT = 2**63 - 1
ID = re.compile(r"[0-9]{4}|[a-z][a-z0-9]*(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # an id that the store makes may begin with a digit
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,18})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,5})(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = str | int | bool | Decimal | date | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: text, id, nyckel, heltal, decimal, datum or janej.

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
            "nyckel": "VARCHAR",
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
                "nyckel": "tillåtet är ett id av små bokstäver a–z, siffror och bindestreck",
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


def parse_rows(
    lines: Iterable[tuple[int, Sequence[str]]],
    places: Mapping[str, int],
    width: int,
    spec: TableSpec,
    known: Mapping[str, Collection[str]],
    separator: str,
) -> tuple[list[tuple[int, Row]], list[Fault]]:
    """Return the typed rows, each with its line, and every fault. *places*: column to field.

    *width*: the fields of the heading; *separator* joins a row that is told as a whole.
    """
    faults: list[Fault] = []
    rows: list[tuple[int, Row]] = []
    seen: dict[tuple[Value, ...], int] = {}
    for line, fields in lines:
        if len(fields) != width:
            allowed = f"raden har {len(fields)} fält men rubriken {width}"
            faults.append(Fault(line, None, separator.join(fields), allowed))
            continue
        row, wrong = _row(line, fields, places, spec, known)
        problem = spec.check(row) if spec.check and not wrong else None
        key = tuple(row[name] for name in spec.key)
        if problem:
            wrong.append(Fault(line, None, separator.join(fields), problem))
        elif spec.key and not wrong and key in seen:
            shown = ", ".join(str(part) for part in key)
            allowed = f"{' och '.join(spec.key)} står redan på rad {seen[key]}"
            wrong.append(Fault(line, spec.key[0], shown, allowed))
        seen.setdefault(key, line)
        faults += wrong
        rows.append((line, row))
    return rows, faults


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
        case "nyckel":
            return text if KEY.fullmatch(text) else None
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
