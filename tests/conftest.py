"""What all tests share."""

import os
import tempfile
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager

from analytics.store.posts import shared
from analytics.vintages import refresh
from tests.given.stores import address, postgres, store  # noqa: F401 – fixtures


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


# No test ever touches a store that someone uses: one for each process, and one for each test.
_folder = tempfile.TemporaryDirectory(prefix="samverkan-")
os.environ["SAMVERKAN_STORE"] = f"sqlite:///{Path(_folder.name) / 'lager.db'}"


@pytest.fixture(autouse=True)
def a_store_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAMVERKAN_STORE", f"sqlite:///{tmp_path / 'lager.db'}")
    refresh.follow(shared())  # a vintage of the test before does not hold in this one
