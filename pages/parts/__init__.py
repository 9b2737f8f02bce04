"""What the pages share: look, table, language, guard, navigation.

Until app.py has called st.navigation once, Streamlit takes the folder pages/ for its own older kind
of app: who opens a link such as /om first in a new process would get pages/om.py alone, without the
frame. Every page imports from here, so here that first run is sent back to start in app.py. It
finds its way because a page's address is its file's name.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

if PagesManager.uses_pages_directory:
    PagesManager.uses_pages_directory = False
    st.rerun()
