"""The one form by which something that was read in is taken back, with a reason."""

from collections.abc import Mapping

import streamlit as st


def withdraw_form(
    key: str, label: str, placeholder: str, names: Mapping[str, str]
) -> tuple[str, str] | None:
    """Show the form; return the id that is to be withdrawn and the reason, when it is asked for.

    *names*: what can be withdrawn, by id, as a person knows it.
    """
    with st.form(key, clear_on_submit=True):
        which = st.selectbox(
            label, list(names), index=None, format_func=lambda i: names[i], placeholder=placeholder
        )
        reason = st.text_input("Skäl till att den dras tillbaka", max_chars=200)
        asked = st.form_submit_button("Dra tillbaka")
    if asked and which is None:
        st.error("Välj den som ska dras tillbaka.")
    return (which, reason) if asked and which is not None else None
