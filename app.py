"""The frame of the app: settings, language, navigation, the strip, and the page asked for."""

import atexit
import gc
from importlib import import_module
from pathlib import Path

import streamlit as st

from analytics import database
from pages.parts import guard, nav, sprak, strip, vy

HERE = Path(__file__).parent


@st.cache_resource(show_spinner=False)
def start_up() -> bool:
    """Load what every page needs, once per process, and take it out of garbage collection.

    Streamlit collects all generations after each script run, which holds the answer back in
    proportion to what has been imported. What lives as long as the process is frozen instead, and
    thawed when it ends, so that DuckDB can let go of what it holds.
    """
    database.shared()
    for used in ("pandas", "pyarrow", "pages.parts.table", "pages.parts.theme"):
        import_module(used)
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    return True


st.set_page_config(
    page_title="Samverkanskalkylen",
    page_icon=HERE / "pages" / "parts" / "ikon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.html(HERE / "pages" / "parts" / "app.css")
sprak.svenska()
page = nav.navigation()
st.set_page_config(page_title=f"{page.title} – Samverkanskalkylen")
with guard.vakt():
    start_up()
    vy.synka()
    strip.visa(nav.fil(page))
    page.run()
    vy.skriv()
