"""The pages of the app, in the order they stand in the navigation.

A new page is a file in pages/ and one line in PAGES; the tests take it from here.
"""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class NavPage:
    """One page.

    page_file: path from the root of the repository, such as "pages/om.py".
    title: the word in the navigation and in the browser's tab.
    url: the last part of the address, the name of the file; "" for the start page.
    ask: the question that the page answers, a whole Swedish sentence.
    """

    file: str
    title: str
    url: str
    ask: str


PAGES: list[NavPage] = [
    NavPage(
        "pages/laget.py",
        "Läget",
        "",
        "Är året finansierat, på vilka villkor, och vad händer härnäst?",
    ),
    NavPage(
        "pages/fordelning.py",
        "Fördelning",
        "fordelning",
        "Vad betalar varje part, och går det ihop med ramen?",
    ),
    NavPage(
        "pages/min_avgift.py",
        "Min avgift",
        "min_avgift",
        "Varför är vår avgift som den är, och varför har den ändrats?",
    ),
    NavPage(
        "pages/tolkningar.py",
        "Tolkningar",
        "tolkningar",
        "Vilka klausuler kan läsas på flera sätt, och vad är varje läsart värd?",
    ),
    NavPage(
        "pages/scenarier.py",
        "Scenarier",
        "scenarier",
        "Vad skiljer A, B och C, och för vem?",
    ),
    NavPage(
        "pages/tak_och_ram.py",
        "Tak och ram",
        "tak_och_ram",
        "Hur långt kan ramen gå, vilken klausul stoppar den, och vad klarar villkoren?",
    ),
    NavPage(
        "pages/mandatperioden.py",
        "Mandatperioden",
        "mandatperioden",
        "Vad måste beslutas när, och vad är möjligt de närmaste fyra åren?",
    ),
    NavPage(
        "pages/rotation.py",
        "Rotation",
        "rotation",
        "Vem lånar ut nu, vem står på tur, var är luckorna, och är det rättvist?",
    ),
    NavPage(
        "pages/budget.py",
        "Budget",
        "budget",
        "Vad ska pengarna räcka till, och går posterna ihop med ramen?",
    ),
    NavPage(
        "pages/bokforing.py",
        "Bokföring",
        "bokforing",
        "Vad är bokfört, och hör varje rad hemma i budgeten?",
    ),
    NavPage(
        "pages/tertial.py",
        "Tertial",
        "tertial",
        "Ligger varje post på plan, vad slutar året på, och vad gör vi åt det?",
    ),
    NavPage(
        "pages/fakturaunderlag.py",
        "Fakturaunderlag",
        "fakturaunderlag",
        "Vad skickas till vem, och går varje krona ihop?",
    ),
    NavPage(
        "pages/data.py",
        "Data",
        "data",
        "Vilka siffror räknar vi på, varifrån, från när, och vad saknas?",
    ),
    NavPage("pages/om.py", "Om", "om", "Vad betyder orden, och vilken version är det här?"),
]


def pages() -> dict[str, StreamlitPage]:
    """Return one Streamlit page per NavPage, by its page_file; the first one is the start page."""
    return {
        page.file: st.Page(
            ROOT / page.file, title=page.title, url_path=page.url or "start", default=number == 0
        )
        for number, page in enumerate(PAGES)
    }


def page_file(nav_page: StreamlitPage) -> str:
    """Return the page_file of the NavPage that *page* was made from."""
    return next(page.file for page in PAGES if page.title == nav_page.title)


def navigation() -> StreamlitPage:
    """Draw the navigation at the top and return the page that the address asks for.

    One flat row: 14 titles fit at 1440 px. With sections Streamlit's narrow navigation puts list
    items outside their list, which axe-core rightly finds at 390 px.
    """
    return st.navigation(list(pages().values()), position="top")
