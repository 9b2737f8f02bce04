"""Choices that belong to one page, kept in the address while it is shown, as vy does for all."""

from collections.abc import Callable, Mapping

import streamlit as st

Read = Callable[[str], object]


def read_address(page: str, keys: Mapping[str, tuple[Read, object]]) -> None:
    """Take over what the address says of *keys*: how each is read, and its value without."""
    written, kept = st.session_state.get(f"_sida_{page}", (None, {}))
    for key, (read, default) in keys.items():
        asked = st.query_params.get(key)
        if asked is not None and (written is None or asked != written.get(key)):
            st.session_state[key] = read(asked)
        elif key not in st.session_state:
            st.session_state[key] = kept.get(key, default)  # a control off the page forgets


def write(page: str, texts: Mapping[str, str]) -> None:
    """Write *texts* to the address; an empty one is left out of it."""
    for key, text in texts.items():
        if text and st.query_params.get(key) != text:
            st.query_params[key] = text
        elif not text and key in st.query_params:
            del st.query_params[key]
    written = {key: text for key, text in texts.items() if text}
    st.session_state[f"_sida_{page}"] = (written, {key: st.session_state[key] for key in texts})
