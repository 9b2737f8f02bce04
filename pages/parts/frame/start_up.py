"""What happens once per process, before anyone is let in; app.py hands it to st.App."""

import atexit
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from analytics.reference import database

USED = ("pandas", "pyarrow", "pages.parts.widgets.html_table", "pages.parts.widgets.theme")


@cache
def start_up() -> None:
    """Load what every page needs and take it out of garbage collection.

    Streamlit collects all generations after each script run, which holds the answer back in
    proportion to what has been imported. What lives as long as the process is frozen instead, and
    thawed when it ends, so that DuckDB can let go of what it holds. Raises BadFile when the shipped
    data cannot be read.
    """
    database.shared()
    for module in USED:
        import_module(module)
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Start up before the first visitor.

    Until st.navigation has been called once, Streamlit takes the folder pages/ for its own older
    kind of app, and whoever then opens a link such as /om gets pages/om.py without the frame. It
    is told here that it is not.
    """
    PagesManager.uses_pages_directory = False
    start_up()
    yield
