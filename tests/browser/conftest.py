"""One app and one Chromium for all browser tests of a worker."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import harness


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with harness.running_app() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with harness.chromium() as browser:
        yield browser


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Callable[..., harness.Watched]]:
    """Open a page of the app at a width: look("fordelning?ar=2027", 390)."""
    contexts = []

    def opened(url: str, width: int = 1440, base: str = address) -> harness.Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="sv-SE", reduced_motion="reduce"
        )
        contexts.append(context)
        watched = harness.watch(context.new_page())
        watched.open(f"{base}/{url}")
        return watched

    yield opened
    for context in contexts:
        context.close()
