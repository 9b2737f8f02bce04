"""Takes the pictures of docs/bilder/: every page of the navigation, wide and narrow.

python3 start.py bilder [url ...]     only these addresses, such as "min_avgift?part=0183"
"""

import re
import sys
from pathlib import Path

from pages.parts.frame.navigation import PAGES, ROOT
from tests.browser import harness

FOLDER = ROOT / "docs" / "bilder"
WIDTHS = {1440: "bred", 390: "smal"}
MAX_HEIGHT = 4000


def take(browser: harness.Browser, address: str, url: str, name: str, folder: Path) -> list[Path]:
    """Save the page at *url* in each width as <name>-<bred|smal>.png; return the files."""
    made = []
    for width, word in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="sv-SE", reduced_motion="reduce"
        )
        watched = harness.watch(context.new_page())
        watched.open(f"{address}/{url}")
        height = watched.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollHeight"
        )
        watched.page.set_viewport_size({"width": width, "height": min(height, MAX_HEIGHT)})
        harness.rest(watched.page)
        made.append(folder / f"{name}-{word}.png")
        watched.page.screenshot(path=made[-1])
        context.close()
    return made


def main(wished: list[str]) -> None:
    pages = [("" if number == 0 else page.url, page.url) for number, page in enumerate(PAGES)]
    if wished:
        pages = [(url, re.sub(r"[^a-z0-9]+", "-", url.lower()).strip("-")) for url in wished]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with harness.running_app() as address, harness.chromium() as browser:
        for url, name in pages:
            for made in take(browser, address, url, name or "start", FOLDER):
                print(made.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
