"""A table in CSV: the separator told by the first lines, semicolon, comma or tab."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from analytics.errors import BadFile, Fault

SEPARATORS = {";": "semikolon", ",": "komma", "\t": "tabb"}
MAX_LINES = 1_000_000
MAX_FIELDS = 16_384
HEAD, FIRST = 20_000, 20  # signs and lines that the separator is told by
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
SAID = re.compile(r"sep=([;,\t])\s*?(?:\r\n|\r|\n|\Z)", re.IGNORECASE)  # how Excel is told


def rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of the file. Raises BadFile where a quotation mark is left open, and
    for more lines or fields than a table has."""
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise _too_much(name, 1, f"över {MAX_LINES} rader")
    separator = separator_of(text)
    reader = csv.reader(_lines(name, text, separator), delimiter=separator, strict=True)
    start = 1
    try:
        for fields in reader:
            if start > 1 or not SAID.match(text):
                yield start, [field.strip() for field in fields]
            start = reader.line_num + 1
            if start > MAX_LINES:
                raise _too_much(name, start, f"över {MAX_LINES} rader")
    except csv.Error as error:
        allowed = "citattecken ska stå parvis runt ett fält"
        if "limit" in str(error):
            allowed = "ett fält är längre än 131 072 tecken; kontrollera citattecken och radslut"
        raise BadFile(name, [Fault(start, None, "", allowed)]) from None


def separator_of(text: str) -> str:
    """Return the separator that most of the first lines have equally many of, outside quotes."""
    if said := SAID.match(text):
        return said[1]
    bare = re.sub(r'"[^"]*"', "", text[:HEAD])
    lines = [line for line in re.split(r"[\r\n]+", bare) if line.strip()][:FIRST]
    scores = {separator: _score(separator, lines) for separator in SEPARATORS}
    return max(SEPARATORS, key=scores.get)


def _score(separator: str, lines: list[str]) -> tuple[int, int]:
    """Return how many lines have equally many of a separator, and how many that is: a text with
    many commas is one line, and does not win over the file's own."""
    counts = Counter(line.count(separator) for line in lines)
    counts.pop(0, None)
    return max(((lines_with, number) for number, lines_with in counts.items()), default=(0, 0))


def _lines(name: str, text: str, separator: str) -> Iterator[str]:
    for number, found in enumerate(LINE.finditer(text), 1):
        line = found[0]
        if len(line) > MAX_FIELDS and line.count(separator) > MAX_FIELDS:
            raise _too_much(name, number, f"över {MAX_FIELDS} fält")
        if line:
            yield line


def _too_much(name: str, line: int, what: str) -> BadFile:
    return BadFile(name, [Fault(line, None, what, "filen är för stor; dela den per månad")])
