"""The strip on top of every page: which scenario, year, population and readings are shown."""

import streamlit as st


def visa() -> None:
    """Draw the strip."""
    st.caption("Gällande avtal")
