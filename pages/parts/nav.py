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
    url: the last part of the address, the name of the file; "" for the start page.
    fraga: the question that the page answers, a whole Swedish sentence.
    """

    fil: str
    titel: str
    url: str
    fraga: str


PAGES: list[Sida] = [
    Sida(
        "pages/laget.py",
        "Läget",
        "",
        "Är året finansierat, på vilka villkor, och vad händer härnäst?",
    ),
    Sida(
        "pages/fordelning.py",
        "Fördelning",
        "fordelning",
        "Vad betalar varje part, och går det ihop med ramen?",
    ),
    Sida(
        "pages/min_avgift.py",
        "Min avgift",
        "min_avgift",
        "Varför är vår avgift som den är, och varför har den ändrats?",
    ),
    Sida(
        "pages/tolkningar.py",
        "Tolkningar",
        "tolkningar",
        "Vilka klausuler kan läsas på flera sätt, och vad är varje läsart värd?",
    ),
    Sida(
        "pages/scenarier.py",
        "Scenarier",
        "scenarier",
        "Vad skiljer A, B och C, och för vem?",
    ),
    Sida(
        "pages/tak_och_ram.py",
        "Tak och ram",
        "tak_och_ram",
        "Hur långt kan ramen gå, vilken klausul stoppar den, och vad klarar villkoren?",
    ),
    Sida(
        "pages/mandatperioden.py",
        "Mandatperioden",
        "mandatperioden",
        "Vad måste beslutas när, och vad är möjligt de närmaste fyra åren?",
    ),
    Sida(
        "pages/rotation.py",
        "Rotation",
        "rotation",
        "Vem lånar ut nu, vem står på tur, var är luckorna, och är det rättvist?",
    ),
    Sida(
        "pages/budget.py",
        "Budget",
        "budget",
        "Vad ska pengarna räcka till, och går posterna ihop med ramen?",
    ),
    Sida(
        "pages/bokforing.py",
        "Bokföring",
        "bokforing",
        "Vad är bokfört, och hör varje rad hemma i budgeten?",
    ),
    Sida(
        "pages/tertial.py",
        "Tertial",
        "tertial",
        "Ligger varje post på plan, vad slutar året på, och vad gör vi åt det?",
    ),
    Sida(
        "pages/fakturaunderlag.py",
        "Fakturaunderlag",
        "fakturaunderlag",
        "Vad skickas till vem, och går varje krona ihop?",
    ),
    Sida(
        "pages/data.py",
        "Data",
        "data",
        "Vilka siffror räknar vi på, varifrån, från när, och vad saknas?",
    ),
    Sida("pages/om.py", "Om", "om", "Vad betyder orden, och vilken version är det här?"),
]


def sidor() -> dict[str, StreamlitPage]:
    """Return one Streamlit page per Sida, by its fil; the first one is the start page."""
    return {
        sida.fil: st.Page(
            ROOT / sida.fil, title=sida.titel, url_path=sida.url or "start", default=number == 0
        )
        for number, sida in enumerate(PAGES)
    }


def fil(page: StreamlitPage) -> str:
    """Return the fil of the Sida that *page* was made from."""
    return next(sida.fil for sida in PAGES if sida.titel == page.title)


def navigation() -> StreamlitPage:
    """Draw the navigation at the top and return the page that the address asks for.

    One flat row: 14 titles fit at 1440 px. With sections Streamlit's narrow navigation puts list
    items outside their list, which axe-core rightly finds at 390 px.
    """
    return st.navigation(list(sidor().values()), position="top")
