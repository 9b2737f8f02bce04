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

Rad = Mapping[str, object]
SAKNAS = "saknas"
LINK = re.compile(r"[a-z0-9_-]*(\?[A-Za-z0-9_.~%=&-]*)?")

HERE = Path(__file__).parent
_tabell = st.components.v2.component(
    "samverkan_tabell",
    css=(HERE / "table.css").read_text("utf-8"),
    js=(HERE / "table.js").read_text("utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Kolumn:
    """One column.

    nyckel: the key of its value in a row. A missing value is None and is printed "saknas".
    titel: the head, with the unit: "Avgift, kr".
    text: prints a value that is not None (analytics.swedish has kr, tal, procent, …).
    tal: True for figures: to the right, in one line.
    marke: from the row, a word that is shown beside the value ("tak"), or None.
    """

    nyckel: str
    titel: str
    text: Callable[..., str] = str
    tal: bool = False
    marke: Callable[[Rad], str | None] | None = None

    def cell(self, rad: Rad) -> str:
        value = rad[self.nyckel]
        return SAKNAS if value is None else self.text(value)

    def mark(self, rad: Rad) -> str | None:
        return self.marke(rad) if self.marke else None

    def ordning(self, rader: Sequence[Rad]) -> list[int | None]:
        """Return each row's place in ascending order; a missing or empty one has none."""
        values = [None if rad[self.nyckel] == "" else rad[self.nyckel] for rad in rader]
        known = [value for value in values if value is not None]
        as_key = sort_key if all(isinstance(value, str) for value in known) else lambda value: value
        keys = [None if value is None else as_key(value) for value in values]
        place: dict[object, int] = {}
        for key in sorted(key for key in keys if key is not None):
            place.setdefault(key, len(place))
        return [None if key is None else place[key] for key in keys]


def tabell(
    rader: Sequence[Rad],
    kolumner: Sequence[Kolumn],
    rubrik: str,
    *,
    key: str,
    summa: Rad | None = None,
    lank: Callable[[Rad], str | None] | None = None,
    framhav: Callable[[Rad], bool] | None = None,
    sorterbar: bool = True,
    dold_rubrik: bool = False,
    hojd: int | None = None,
) -> None:
    """Show a table. The first column names the row; *rader* keep their order until someone sorts.

    rubrik: the caption, what the figures are and of when.
    key: the table's own name on the page; keeps place and sorting when the data change.
    summa: a last row set off by a rule, with a value for every column: None prints "saknas", ""
        nothing (where a sum has no meaning). It stays last however the table is sorted.
    lank: from the row, an address within the app for the first column: "min_avgift?part=0183".
    framhav: True for the row that is the reader's own.
    dold_rubrik: the caption is for screen readers only, when a heading just above says the same.
    hojd: at most so many pixels high, with the heads kept in sight.

    Raises KeyError when a row lacks a column and ValueError for a link that leaves the app.
    """
    _tabell(
        key=key,
        data={
            "rubrik": rubrik,
            "dold_rubrik": dold_rubrik,
            "hojd": hojd,
            "sorterbar": sorterbar and len(rader) > 1,
            "kolumner": [
                {
                    "titel": kolumn.titel,
                    "tal": kolumn.tal,
                    "ordning": kolumn.ordning(rader) if sorterbar else [],
                }
                for kolumn in kolumner
            ],
            "rader": [_rad(rad, kolumner, lank, framhav) for rad in rader],
            "summa": None if summa is None else _rad(summa, kolumner, with_marks=False),
        },
    )


def _rad(
    rad: Rad,
    kolumner: Sequence[Kolumn],
    lank: Callable[[Rad], str | None] | None = None,
    framhav: Callable[[Rad], bool] | None = None,
    *,
    with_marks: bool = True,
) -> dict[str, object]:
    address = lank(rad) if lank else None
    if address is not None and not LINK.fullmatch(address):
        raise ValueError(f"A link from a table stays within the app: {address!r}")
    return {
        "celler": [
            rad[kolumn.nyckel] if rad[kolumn.nyckel] == "" else kolumn.cell(rad)
            for kolumn in kolumner
        ],
        "marken": [kolumn.mark(rad) if with_marks else None for kolumn in kolumner],
        "lank": address,
        "framhav": bool(framhav and framhav(rad)),
    }
