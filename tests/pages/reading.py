"""Reads back what a page shows in the parts that AppTest does not know."""

import json
from typing import TypedDict

from streamlit.testing.v1 import AppTest


class Tabell(TypedDict):
    """A table as shown: titles, text of the cells and their marks row by row, the last row."""

    kolumner: list[str]
    rader: list[list[str]]
    marken: list[list[str | None]]
    summa: list[str] | None


def tables(app: AppTest) -> dict[str, Tabell]:
    """Return the tables of the page in their order, by caption."""
    found = {}
    for element in app.get("bidi_component"):
        if element.proto.component_name != "samverkan_tabell":
            continue
        data = json.loads(element.proto.mixed.json or element.proto.json)
        assert data["rubrik"] not in found, f"two tables are called {data['rubrik']!r}"
        found[data["rubrik"]] = Tabell(
            kolumner=[kolumn["titel"] for kolumn in data["kolumner"]],
            rader=[rad["celler"] for rad in data["rader"]],
            marken=[rad["marken"] for rad in data["rader"]],
            summa=data["summa"] and data["summa"]["celler"],
        )
    return found
