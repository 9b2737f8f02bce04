"""Every page in the navigation runs within the frame, without an exception."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame import guard
from pages.parts.frame.navigation import PAGES, ROOT

APP = str(ROOT / "app.py")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_runs_with_a_title_and_without_an_exception(page):
    app = AppTest.from_file(APP, default_timeout=30).run()
    app.switch_page(page.file).run()

    assert not app.exception
    assert guard.PROGRAM_FAULT not in [error.value for error in app.error]
    assert len(app.title) == 1


def test_every_file_in_pages_is_in_the_navigation_once():
    files = sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("[!_]*.py"))
    assert files == sorted(page.file for page in PAGES)


def test_an_address_is_its_files_name():
    """One name for a page: in the address, in pages/ and in links."""
    assert PAGES[0].url == "" or PAGES[0].url == Path(PAGES[0].file).stem
    assert [page.url for page in PAGES[1:]] == [Path(page.file).stem for page in PAGES[1:]]
    assert all(page.url.isascii() for page in PAGES)


def test_a_page_runs_within_the_frame():
    app = AppTest.from_file(APP, default_timeout=30).run()
    framed = len(app.get("bidi_component"))
    app.switch_page("pages/om.py").run()
    assert framed
    assert "samverkan_sprak" in [one.proto.component_name for one in app.get("bidi_component")]
