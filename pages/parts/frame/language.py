"""The page's language: lang="sv", and Swedish for the words that Streamlit writes itself."""

from pathlib import Path

import streamlit as st

_language = st.components.v2.component(
    "samverkan_sprak",
    js=Path(__file__).with_suffix(".js").read_text("utf-8"),
    isolate_styles=False,
)


def set_swedish() -> None:
    """Mount the script once in app.py. It takes no data and no visible space."""
    with st.container(key="sprak", width="content"):
        _language(key="sprak_skript", height="content")
