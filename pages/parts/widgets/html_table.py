"""One component for every table that matters: semantic HTML, sortable, readable at 390 px.

The page gives rows and says how a column is printed. The text of a cell is untrusted: it reaches
the page as text only, never as HTML or Markdown. What sorts before what is settled here, on the
exact values, and the script in the browser only follows it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analytics.swedish import sort_key

Row = Mapping[str, object]
MISSING = "saknas"
LINK = re.compile(r"[a-z0-9_-]*(\?[A-Za-z0-9_.~%=&-]*)?")

HERE = Path(__file__).parent
_table = st.components.v2.component(
    "samverkan_tabell",
    css=(HERE / "html_table.css").read_text("utf-8"),
    js=(HERE / "html_table.js").read_text("utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Column:
    """One column.

    key: the key of its value in a row. A missing value is None and is printed "saknas".
    title: the head, with the unit: "Avgift, kr".
    text: prints a value that is not None (analytics.swedish has kr, tal, procent, …).
    tal: True for figures: to the right, in one line.
    mark_of: from the row, a word that is shown beside the value ("tak"), or None.
    """

    key: str
    title: str
    text: Callable[..., str] = str
    number: bool = False
    mark_of: Callable[[Row], str | None] | None = None

    def cell(self, row: Row) -> str:
        value = row[self.key]
        return MISSING if value is None else self.text(value)

    def mark(self, row: Row) -> str | None:
        return self.mark_of(row) if self.mark_of else None

    def order(self, rows: Sequence[Row]) -> list[int | None]:
        """Return each row's place in ascending order; a missing or empty one has none."""
        values = [None if row[self.key] == "" else row[self.key] for row in rows]
        known = [value for value in values if value is not None]
        as_key = sort_key if all(isinstance(value, str) for value in known) else lambda value: value
        keys = [None if value is None else as_key(value) for value in values]
        place: dict[object, int] = {}
        for key in sorted(key for key in keys if key is not None):
            place.setdefault(key, len(place))
        return [None if key is None else place[key] for key in keys]


def show_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    heading: str,
    *,
    key: str,
    total: Row | None = None,
    link: Callable[[Row], str | None] | None = None,
    highlight: Callable[[Row], bool] | None = None,
    sortable: bool = True,
    hidden_heading: bool = False,
    height: int | None = None,
) -> None:
    """Show a table. The first column names the row; *rows* keep their order until someone sorts.

    heading: the caption, what the figures are and of when.
    key: the table's own name on the page; keeps place and sorting when the data change.
    total: a last row set off by a rule, with a value for every column: None prints "saknas", ""
        nothing (where a sum has no meaning). It stays last however the table is sorted.
    link: from the row, an address within the app for the first column: "min_avgift?part=0183".
    highlight: True for the row that is the reader's own.
    hidden_heading: the caption is for screen readers only, when a heading just above says the same.
    height: at most so many pixels high, with the heads kept in sight.

    Raises KeyError when a row lacks a column and ValueError for a link that leaves the app.
    """
    _table(
        key=key,
        data={
            "rubrik": heading,
            "dold_rubrik": hidden_heading,
            "hojd": height,
            "sorterbar": sortable and len(rows) > 1,
            "kolumner": [
                {
                    "titel": column.title,
                    "tal": column.number,
                    "ordning": column.order(rows) if sortable else [],
                }
                for column in columns
            ],
            "rader": [_row(row, columns, link, highlight) for row in rows],
            "summa": None if total is None else _row(total, columns, with_marks=False),
        },
    )


def _row(
    row: Row,
    columns: Sequence[Column],
    link: Callable[[Row], str | None] | None = None,
    highlight: Callable[[Row], bool] | None = None,
    *,
    with_marks: bool = True,
) -> dict[str, object]:
    address = link(row) if link else None
    if address is not None and not LINK.fullmatch(address):
        raise ValueError(f"A link from a table stays within the app: {address!r}")
    return {
        "celler": [
            row[column.key] if row[column.key] == "" else column.cell(row) for column in columns
        ],
        "marken": [column.mark(row) if with_marks else None for column in columns],
        "lank": address,
        "framhav": bool(highlight and highlight(row)),
    }
