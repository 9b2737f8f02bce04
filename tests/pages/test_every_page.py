"""Every page in the navigation runs within the frame, without an exception."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import guard
from pages.parts.nav import PAGES, ROOT

APP = str(ROOT / "app.py")


@pytest.mark.parametrize("sida", PAGES, ids=lambda sida: sida.fil)
def test_runs_with_a_title_and_without_an_exception(sida):
    app = AppTest.from_file(APP, default_timeout=30).run()
    app.switch_page(sida.fil).run()

    assert not app.exception
    assert guard.PROGRAMFEL not in [error.value for error in app.error]
    assert len(app.title) == 1


def test_every_file_in_pages_is_in_the_navigation_once():
    files = sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("[!_]*.py"))
    assert files == sorted(sida.fil for sida in PAGES)


def test_an_address_is_its_files_name():
    """One name for a page: in the address, in pages/ and in links."""
    assert PAGES[0].url == "" or PAGES[0].url == Path(PAGES[0].fil).stem
    assert [sida.url for sida in PAGES[1:]] == [Path(sida.fil).stem for sida in PAGES[1:]]
    assert all(sida.url.isascii() for sida in PAGES)


def test_a_page_runs_within_the_frame():
    app = AppTest.from_file(APP, default_timeout=30).run()
    framed = len(app.get("bidi_component"))
    app.switch_page("pages/om.py").run()
    assert framed
    assert "samverkan_sprak" in [part.proto.component_name for part in app.get("bidi_component")]
