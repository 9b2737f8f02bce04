"""The pages of the app, in the order they stand in the navigation.

A new page is a file in pages/ and one line in PAGES; the tests take it from here.
"""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Sida:
    """One page.

    fil: path from the root of the repository, such as "pages/om.py".
    titel: the word in the navigation and in the browser's tab.
    url: the last part of the address; "" for the start page.
    sektion: the heading in the navigation, used when the pages do not fit in one row.
    fraga: the question that the page answers, a whole Swedish sentence.
    """

    fil: str
    titel: str
    url: str
    sektion: str
    fraga: str


PAGES: list[Sida] = [
    Sida(
        "pages/data.py",
        "Data",
        "data",
        "Underlag",
        "Vilka siffror räknar vi på, varifrån, från när, och vad saknas?",
    ),
    Sida(
        "pages/om.py", "Om", "om", "Underlag", "Vad betyder orden, och vilken version är det här?"
    ),
]

# As many titles as fit on one row at 1440 px; with more, each sektion becomes a menu.
MAX_I_EN_RAD = 10


def sidor() -> dict[str, StreamlitPage]:
    """Return one Streamlit page per Sida, by its fil; the first one is the start page."""
    return {
        sida.fil: st.Page(
            ROOT / sida.fil, title=sida.titel, url_path=sida.url or "start", default=number == 0
        )
        for number, sida in enumerate(PAGES)
    }


def navigation() -> StreamlitPage:
    """Draw the navigation at the top and return the page that the address asks for."""
    pages = sidor()
    if len(PAGES) <= MAX_I_EN_RAD:
        return st.navigation(list(pages.values()), position="top")
    sections: dict[str, list[StreamlitPage]] = {}
    for sida in PAGES:
        sections.setdefault(sida.sektion, []).append(pages[sida.fil])
    return st.navigation(sections, position="top")
