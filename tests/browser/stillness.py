"""When a page has come to rest: all that it asked for has come, and nothing moves any more.

What the browser asks of the server, and what the server says, is followed message by message, so
that no step guesses how long a script takes on a busy machine.
"""

import time
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, Request, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = "h1, [data-testid=stAlert], [data-testid=stException]"
WAITING = "[data-testid=stSkeleton], [data-stale=true]"
QUIET_MS = 250  # so long nothing in the page has changed
GLANCE_MS = 60  # enough before an act: the page came to rest after the one before
LONGEST_S = 60
# Gives up after five seconds: something that always moves is no reason to wait for ever.
QUIET = """quiet => new Promise(done => {
    let timer = setTimeout(done, quiet);
    const seen = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(done, quiet);
    });
    seen.observe(document, {subtree: true, childList: true, characterData: true});
    setTimeout(done, 5000);
})"""


class Traffic:
    """What a page waits for: a script's run, a file on its way."""

    def __init__(self, page: Page) -> None:
        self.script = False
        self.requests: set[Request] = set()
        page.on("websocket", self._socket)
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)

    @property
    def pending(self) -> bool:
        return self.script or bool(self.requests)

    def _asked(self, request: Request) -> None:
        self.requests.add(request)

    def _answered(self, request: Request) -> None:
        self.requests.discard(request)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)
        socket.on("close", self._closed)

    def _sent(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self.script = True

    def _received(self, frame: str | bytes) -> None:
        said = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if said.HasField("script_finished"):
            self.script = said.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _closed(self, _: WebSocket) -> None:
        self.script = False


_followed: WeakKeyDictionary[Page, Traffic] = WeakKeyDictionary()


def follow(page: Page) -> None:
    """Follow what *page* sends and gets, from before it is opened."""
    _followed[page] = Traffic(page)


def rest(page: Page, quiet: int = QUIET_MS) -> None:
    """Wait until the script has run and what it sent is drawn. Raises TimeoutError."""
    traffic, give_up = _followed[page], time.monotonic() + LONGEST_S
    while time.monotonic() < give_up:
        page.wait_for_selector(READY)
        page.wait_for_selector(DRAWN)
        page.evaluate(QUIET, quiet)
        ready = page.locator(READY).count() and not page.locator(WAITING).count()
        if ready and not traffic.pending:
            return
    raise TimeoutError(f"The page does not come to rest in {LONGEST_S} s: {page.url}")
