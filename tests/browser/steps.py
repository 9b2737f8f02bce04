"""What a user does on a page: when it is at rest, once more if it was drawn anew meanwhile.

Every step begins and ends with a page at rest, so a test never waits by the clock.
"""

from collections.abc import Callable
from re import Pattern

from playwright.sync_api import Error, Locator, Page

from tests.browser import stillness

TRIES = 3
SOON_MS = 8_000  # what is on a page at rest is found within this, or was drawn anew


def act(page: Page, do: Callable[[], object]) -> None:
    """Let *do* act on a page at rest, and wait for what it brings."""
    for left in reversed(range(TRIES)):
        stillness.rest(page, stillness.GLANCE_MS)
        try:
            do()
            break
        except Error:
            if not left:
                raise
            page.keyboard.press("Escape")  # a list that hangs open
    stillness.rest(page)


def click(page: Page, target: Locator) -> None:
    act(page, lambda: target.click(timeout=SOON_MS))


def press(page: Page, name: str | Pattern[str]) -> None:
    """Press the button with exactly this name, or the one that a pattern finds."""
    click(page, page.get_by_role("button", name=name, exact=isinstance(name, str)))


def take(page: Page, text: str) -> None:
    """Choose what says *text*: one of several ways to work."""
    click(page, page.get_by_text(text, exact=True))


def choose(
    page: Page,
    label: str,
    text: str,
    where: Locator | None = None,
    option: Pattern[str] | None = None,
) -> None:
    """Type *text* in the list *label* (the first one within *where*), and take the option that it
    is, or that *option* finds."""
    box = (where or page).get_by_role("combobox", name=label, exact=True).first
    found = page.get_by_role("option", name=option or text, exact=option is None)

    def do() -> None:
        box.click(timeout=SOON_MS)
        box.fill("")
        box.press_sequentially(text)
        found.click(timeout=SOON_MS)

    act(page, do)


def fill(page: Page, label: str, text: str, where: Locator | None = None) -> None:
    """Write *text* in the field *label* (the first one within *where*) and leave it."""
    box = (where or page).get_by_label(label, exact=True).first

    def do() -> None:
        box.fill(text, timeout=SOON_MS)
        box.press("Tab")

    act(page, do)


def hand_in(page: Page, file: object) -> None:
    """Hand in a file: a path, or its name, type and bytes."""
    act(page, lambda: page.locator("input[type=file]").set_input_files(file))


def unfold(page: Page, text: str) -> None:
    """Open an expander unless it is open."""
    summary = page.locator("details > summary", has_text=text)
    if summary.locator("xpath=..").get_attribute("open") is None:
        click(page, summary)


def goto(page: Page, title: str) -> None:
    """Go to another page by the row of titles."""
    click(page, page.get_by_role("link", name=title, exact=True))
