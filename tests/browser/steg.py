"""What a user does on a page, and waiting for what it brings."""

from playwright.sync_api import Locator, Page

from tests.browser import harness


def settle(page: Page) -> None:
    """Let the script that a click asks for begin, and wait for it."""
    page.wait_for_timeout(600)
    harness.rest(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def choose(page: Page, label: str, text: str, where: Locator | Page | None = None) -> None:
    """Type *text* in the list *label* (the first one within *where*) and take it."""
    box = (where or page).get_by_role("combobox", name=label, exact=True).first
    box.click()
    box.press_sequentially(text)
    page.get_by_role("option", name=text, exact=True).click()
    settle(page)


def fill(where: Locator | Page, label: str, text: str) -> None:
    box = where.get_by_label(label, exact=True).first
    box.fill(text)
    box.press("Tab")


def unfold(page: Page, text: str) -> None:
    """Open an expander unless it is open."""
    summary = page.locator("details > summary", has_text=text)
    if summary.locator("xpath=..").get_attribute("open") is None:
        summary.click()
        page.wait_for_timeout(300)


def goto(page: Page, title: str) -> None:
    """Go to another page by the row of titles."""
    page.get_by_role("link", name=title, exact=True).click()
    settle(page)
