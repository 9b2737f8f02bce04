"""The app: what `streamlit run app.py` serves, and the frame around every page.

The file is read in two ways. When the server starts it makes the app; in every script run, which is
a visitor's, it draws the frame: settings, language, navigation, the strip, and the page asked for.
"""

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.store import posts as store_posts
from analytics.vintages import refresh
from pages.parts.frame import address, guard, language, navigation, start_up, strip

HERE = Path(__file__).parent


def frame() -> None:
    """Draw the frame and run the page that the address asks for."""
    st.set_page_config(
        page_title="Samverkanskalkylen",
        page_icon=HERE / "pages" / "parts" / "frame" / "ikon.svg",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(HERE / "pages" / "parts" / "frame" / "app.css")
    language.set_swedish()
    page = navigation.navigation()
    st.set_page_config(page_title=f"{page.title} – Samverkanskalkylen")
    with guard.guarded():
        start_up.start_up()
        refresh.follow(store_posts.shared())
        address.read_address()
        strip.show(navigation.page_file(page))
        page.run()
        address.write_address()


if get_script_run_ctx(suppress_warning=True):
    frame()
else:
    app = st.App(__file__, lifespan=start_up.lifespan, on_script_error=guard.show)
