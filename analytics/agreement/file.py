"""Reads an agreement's TOML strictly: every key is known, and a fault names key, line and way out.

The format is described in docs/agreement-file.md. This module knows the shape of values; what they
mean is in contract.py.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from analytics.agreement.errors import BadAgreement

MAX_BYTES = 1_000_000
HEADER = re.compile(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
KEY = re.compile(r"""\s*([\w."'-]+)\s*=""")
NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?|[0-9]{1,6}/[1-9][0-9]{0,5}")

TEXT = "en text på 1 till 1 000 tecken"
DATE = "ett datum som 2015-01-01"
Path_ = tuple[str | int, ...]


class FileTable:
    """One table of the file, read key by key. `finish` refuses what nobody asked for."""

    def __init__(self, raw: Mapping, file: str, lines: Mapping[Path_, int], path: Path_ = ()):
        self._raw, self._file, self._lines, self.path = raw, file, lines, path
        self._seen: set[str] = set()

    def fault(self, key: str | None, problem: str, allowed: str) -> BadAgreement:
        parts = (*self.path, *([key] if key else []))
        name = ".".join(str(p + 1) if isinstance(p, int) else p for p in parts)
        line = self.row() if key is None else self.row(key)
        return BadAgreement(self._file, line, name, problem, allowed)

    def _value(self, key: str, kind: type | tuple, allowed: str, default=...):
        self._seen.add(key)
        if key not in self._raw:
            if default is ...:
                raise self.fault(key, "saknas", allowed)
            return default
        value = self._raw[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fault(key, f"har värdet {_show(value)}", allowed)
        return value

    def row(self, *keys: str) -> int:
        """Return the line on which a key stands, or the nearest table around it."""
        path = (*self.path, *keys)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def has(self, key: str) -> bool:
        return key in self._raw

    def known_keys(self) -> list[str]:
        return list(self._raw)

    def text(self, key: str, default=...) -> str:
        value = self._value(key, str, TEXT, default)
        if value is not None and not (value.strip() and len(value) <= 1000 and value.isprintable()):
            raise self.fault(key, "är tom, för lång eller har styrtecken", TEXT)
        return value

    def choice(self, key: str, allowed: Collection[str], default=...) -> str:
        words = "ett av " + ", ".join(allowed)
        value = self._value(key, str, words, default)
        if value is not None and value not in allowed:
            near = get_close_matches(value, allowed, n=1)
            hint = f"{words} (menade du {near[0]}?)" if near else words
            raise self.fault(key, f"har värdet {_show(value)}", hint)
        return value

    def integer(self, key: str, low: int, high: int, default=...) -> int:
        allowed = f"ett heltal från {low} till {high}"
        value = self._value(key, int, allowed, default)
        if value is not None and not low <= value <= high:
            raise self.fault(key, f"har värdet {_show(value)}", allowed)
        return value

    def yes_or_no(self, key: str, default: bool) -> bool:
        return self._value(key, bool, "true eller false", default)

    def day(self, key: str) -> date:
        return self.parse_date(key, self._value(key, date, DATE))

    def parse_date(self, key: str, value: object) -> date:
        """Return *value*, a date without a time of day."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, f"har värdet {_show(value)}", DATE)
        return value

    def number(self, key: str, default=...) -> Fraction:
        allowed = "ett tal som 1.50, eller ett bråk som text: ”2/3”"
        value = self._value(key, (int, Decimal, str), allowed, default)
        if value is default and value is not ...:
            return value
        return self.parse_number(key, value)

    def parse_number(self, key: str, value: object) -> Fraction:
        """Return *value* (int, Decimal or text like "2/3") exactly. Never negative."""
        text = value if isinstance(value, str) else _text(value)
        if isinstance(value, bool) or not NUMBER.fullmatch(text):
            raise self.fault(
                key,
                f"har värdet {_show(value)}",
                "ett tal från 0 med högst sex decimaler, eller ett bråk som text: ”2/3”",
            )
        return Fraction(text)

    def table(self, key: str, default=...) -> "FileTable | None":
        value = self._value(key, dict, "en tabell", default)
        return None if value is None else self._under(value, key)

    def list_of(self, key: str) -> "list[FileTable]":
        value = self._value(key, list, "en lista av tabeller", [])
        for row in value:
            if not isinstance(row, dict):
                raise self.fault(key, f"innehåller {_show(row)}", "en lista av tabeller")
        return [self._under(row, key, number) for number, row in enumerate(value)]

    def replace_with(self, key: str, rows: Sequence[Mapping], lines: Mapping[Path_, int]) -> list:
        """Return *rows* as if they were the list *key*; *lines* tells where keys now stand."""
        lines = {**self._lines, **lines}
        return [
            FileTable(row, self._file, lines, (*self.path, key, number))
            for number, row in enumerate(rows)
        ]

    def pair_of(self, key: str) -> list[tuple]:
        """Return a list of two-item lists, such as [[2015-01-01, 6500000]]."""
        allowed = "en lista av par, som [[2015-01-01, 6500000]]"
        value = self._value(key, list, allowed)
        if not value or any(not isinstance(row, list) or len(row) != 2 for row in value):
            raise self.fault(key, f"har värdet {_show(value)}", allowed)
        return [tuple(row) for row in value]

    def raw(self, key: str, default=None):
        self._seen.add(key)
        return self._raw.get(key, default)

    def finish(self) -> None:
        """Refuse keys that nobody has read, with the nearest known name."""
        for key in self._raw:
            if key not in self._seen:
                near = get_close_matches(key, self._seen, n=1)
                known = ", ".join(sorted(self._seen))
                hint = f"{known} (menade du {near[0]}?)" if near else known
                raise self.fault(key, "är en okänd nyckel", hint)

    def _under(self, value: Mapping, *key: str | int) -> "FileTable":
        return FileTable(value, self._file, self._lines, (*self.path, *key))


def read(path: Path) -> FileTable:
    """Return the file as a FileTable. Raises BadAgreement: unreadable, too large, not TOML."""
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadAgreement(
            name, None, "filen", "går inte att öppna", "en avtalsfil som finns (.toml)"
        ) from error
    if len(data) > MAX_BYTES:
        raise BadAgreement(name, None, "filen", "är större än 1 MB", "en avtalsfil på högst 1 MB")
    try:
        text = data.decode("utf-8")
        raw = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise BadAgreement(name, None, "filen", "är inte UTF-8", "text i UTF-8") from error
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        row = int(line[1]) if line else text.count("\n") + 1
        raise BadAgreement(
            name,
            row,
            "raden",
            "går inte att läsa som TOML",
            "nyckel = värde, [tabell] eller [[lista]]",
        ) from error
    return FileTable(raw, name, _lines(text))


def _lines(text: str) -> dict[Path_, int]:
    """Return the line on which each table and key of *text* stands."""
    lines: dict[Path_, int] = {}
    counts: dict[Path_, int] = {}
    table: Path_ = ()
    for number, row in enumerate(text.splitlines(), 1):
        if header := HEADER.match(row):
            path: Path_ = tuple(part.strip(" \"'") for part in header[2].split("."))
            if header[1]:
                counts[path] = counts.get(path, -1) + 1
                path = (*path, counts[path])
            table = path
            lines.setdefault(table, number)
        elif key := KEY.match(row):
            path = (*table, *(part.strip("\"'") for part in key[1].split(".")))
            for length in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:length], number)
    return lines


def _text(value: object) -> str:
    """The value as text; an integer of thousands of digits has none."""
    if isinstance(value, int) and value.bit_length() > 200:
        return "ett tal med mer än 60 siffror"
    return str(value)


def _show(value: object) -> str:
    text = _text(value)
    return f"”{text[:40]}…”" if len(text) > 40 else f"”{text}”"
