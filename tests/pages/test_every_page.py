"""Every page in the navigation runs within the frame, without an exception."""

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


def test_addresses_are_unique_and_can_be_typed():
    addresses = [sida.url for sida in PAGES]
    assert len(set(addresses)) == len(addresses)
    assert all(address.replace("-", "").isascii() for address in addresses)
