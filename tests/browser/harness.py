"""The real app on a free port of this machine, and a real Chromium that looks at it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

import start
from tests.browser.stillness import follow, rest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app.py"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
START_S = 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def running_app(script: Path = APP, **env: str) -> Iterator[str]:
    """Start *script* under Streamlit, with *env*, and yield its address; stop it afterwards.

    Raises RuntimeError with what the server said when it does not listen within START_S seconds.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate()


def _wait(server: subprocess.Popen, port: int) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise RuntimeError(server.stderr.read())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"No answer on port {port} after {START_S} s")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a Chromium: SAMVERKAN_CHROMIUM, else one on the path, else Playwright's own."""
    path = os.environ.get("SAMVERKAN_CHROMIUM") or start.first_on_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watched:
    """A page of the browser, and what it did that it should not have."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Go to the address and wait until the script has run and the page has come to rest."""
        self.page.goto(address)
        rest(self.page)


def watch(page: Page) -> Watched:
    """Note every request that leaves the machine, console error and uncaught error of the page."""
    watched = Watched(page)
    follow(page)

    def request(asked: object) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", asked.url):
            watched.foreign.append(asked.url)

    def console(message: object) -> None:
        # At an address below the root Streamlit first asks for its own base there.
        probe = re.search(r"/[\w-]+/_stcore/(health|host-config)$", message.location["url"])
        if message.type == "error" and not probe:
            watched.console.append(message.text)

    page.on("request", request)
    page.on("websocket", request)
    page.on("console", console)
    page.on("pageerror", lambda error: watched.console.append(str(error)))
    return watched


def open_everything(page: Page) -> None:
    """Unfold every expander, so that what is in it is looked at too."""
    page.evaluate(
        "document.querySelectorAll('details:not([open]) > summary').forEach(node => node.click())"
    )
    rest(page)


def open_menu(page: Page) -> bool:
    """Open the menu that a narrow window has for the row of titles; False if there is none."""
    button = page.locator("[data-testid=stExpandSidebarButton]")
    if not button.count():
        return False
    button.click()
    rest(page)
    return True


def axe(page: Page) -> list[str]:
    """Return axe-core's findings: rule, what is wrong, where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "levels => axe.run(document, {runOnly: {type: 'tag', values: levels}})", LEVELS
    )
    return [
        f"{finding['id']}: {finding['help']} – {node['html'][:200]}"
        for finding in found["violations"]
        for node in finding["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return how many pixels the page's body is wider than the window."""
    return page.evaluate(
        """() => Math.max(...[document.documentElement, document.body,
            ...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppViewContainer]')]
            .map(node => node.scrollWidth - node.clientWidth))"""
    )


def words(page: Page) -> list[str]:
    """Return every text a user can see or hear: visible text, labels, placeholders, titles."""
    return page.evaluate(
        """() => {
            const icons = [...document.querySelectorAll('[data-testid=stIconMaterial]')]
                .map(node => node.innerText.trim());
            const said = document.body.innerText.split('\\n')
                .filter(text => !icons.includes(text.trim()));
            for (const node of document.body.querySelectorAll('*'))
                for (const name of ['aria-label', 'placeholder', 'title', 'alt',
                                    'aria-description', 'aria-roledescription'])
                    if (node.hasAttribute(name) && node.checkVisibility())
                        said.push(node.getAttribute(name));
            return said.map(text => text.trim()).filter(Boolean);
        }"""
    )
