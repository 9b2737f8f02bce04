"""What a page shows and what one can press, named as a user sees it."""

import json
from collections.abc import Sequence
from typing import TypedDict

from streamlit.testing.v1 import AppTest


class Table(TypedDict):
    """A table as shown: titles, text of the cells and their marks row by row, the last row."""

    columns: list[str]
    rows: list[list[str]]
    marks: list[list[str | None]]
    total: list[str] | None


def tables(app: AppTest) -> dict[str, Table]:
    """Return the tables of the page in their order, by caption."""
    found = {}
    for element in app.get("bidi_component"):
        if element.proto.component_name != "samverkan_tabell":
            continue
        data = json.loads(element.proto.mixed.json or element.proto.json)
        assert data["rubrik"] not in found, f"two tables are called {data['rubrik']!r}"
        found[data["rubrik"]] = Table(
            columns=[column["titel"] for column in data["kolumner"]],
            rows=[row["celler"] for row in data["rader"]],
            marks=[row["marken"] for row in data["rader"]],
            total=data["summa"] and data["summa"]["celler"],
        )
    return found


def table(app: AppTest, start: str) -> Table:
    """Return the table whose caption begins with *start*."""
    return next(shown for caption, shown in tables(app).items() if caption.startswith(start))


def button(app: AppTest, label: str):
    """Return the button called *label*, or else the first that begins so."""
    return _named(app.button, label)


def field(app: AppTest, label: str, kind: str = "text_input"):
    """Return the field called *label*, or else the first that begins so."""
    return _named(app.get(kind), label)


def _named(elements: Sequence, label: str):
    same = [one for one in elements if one.label == label]
    return next(iter(same or [one for one in elements if one.label.startswith(label)]))
