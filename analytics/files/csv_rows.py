"""A ledger in CSV: the separator told by the heading, semicolon, comma or tab."""

import csv
import io
import re
from collections.abc import Iterator

from analytics.errors import BadFile, Fault

SEPARATORS = ";\t,"


def rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of the file. Raises BadFile where a quotation mark is left open."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for fields in reader:
            yield start, [field.strip() for field in fields]
            start = reader.line_num + 1
    except csv.Error:
        allowed = "citattecken ska stå parvis runt ett fält"
        raise BadFile(name, [Fault(start, None, "", allowed)]) from None


def _separator(text: str) -> str:
    """The separator that the first lines have most of; decimal commas do not win over it."""
    head = re.sub(r'"[^"]*"', "", text[:4000]).split("\n")[:10]
    counts = {sep: max((line.count(sep) for line in head), default=0) for sep in SEPARATORS}
    if counts[";"] or counts["\t"]:
        counts[","] = 0
    return max(SEPARATORS, key=counts.get)
