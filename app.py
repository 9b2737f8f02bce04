"""The app: what `streamlit run app.py` serves, and the frame around every page.

The file is read in two ways. When the server starts it makes the app; in every script run, which is
a visitor's, it draws the frame: settings, language, navigation, the strip, and the page asked for.
"""

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import guard, nav, server, sprak, strip, vy

HERE = Path(__file__).parent


def frame() -> None:
    """Draw the frame and run the page that the address asks for."""
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
        server.start_up()
        vy.synka()
        strip.visa(nav.fil(page))
        page.run()
        vy.skriv()


if get_script_run_ctx(suppress_warning=True):
    frame()
else:
    app = st.App(__file__, lifespan=server.lifespan, on_script_error=guard.visa)
