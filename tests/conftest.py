"""What all tests share."""

import pytest
from streamlit.runtime.pages_manager import PagesManager


@pytest.fixture(autouse=True)
def pages_run_in_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let AppTest run a page within app.py, as a server does once st.navigation has been called.

    Without this AppTest takes pages/ for Streamlit's older kind of app at every run, and a page
    after switch_page runs alone.
    """
    made = PagesManager.__init__

    def init(self: PagesManager, *args: object, **kwargs: object) -> None:
        made(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", init)
