"""Do what a form on the Budget page asks, and say so; or show what stops it."""

from collections.abc import Callable, Sequence

import streamlit as st

from analytics.errors import AgreementError
from analytics.errors_budget import PostAndrad
from analytics.swedish import md

SAGT = "_budget_sagt"
OPPEN = "_budget_oppen"  # the draft's id, and the line that is open in the form as it was then


def sagt() -> None:
    """Show what the last action said, once."""
    if told := st.session_state.pop(SAGT, None):
        st.success(md(told))


def gor(action: Callable[[], object], said: str | Sequence[str], *forget: str) -> None:
    """Do it, and say so in the next run; or show what stops it."""
    try:
        action()
    except AgreementError as error:
        st.error(md(str(error)))
        if isinstance(error, PostAndrad):
            for key in forget:
                st.session_state.pop(key, None)
        return
    for key in (*forget, OPPEN):
        st.session_state.pop(key, None)
    st.session_state[SAGT] = said if isinstance(said, str) else " ".join(said)
    st.rerun()
