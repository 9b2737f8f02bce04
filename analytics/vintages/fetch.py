"""SCB's figures straight from its PxWebAPI 2, asked for only at an address that somebody has set.

The address is the whole question, with table, kommuner and years, and asks for JSON-stat 2. Nothing
is fetched without it, and what comes is looked through as a file is.
"""

import os
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from analytics.errors import BadInput
from analytics.vintages.errors import FetchFailed

ADDRESS = "SAMVERKAN_SCB"
TIMEOUT_S = 20
MOST_BYTES = 5_000_000


class _NoRedirect(HTTPRedirectHandler):
    """The answer comes from the address that was set, or not at all."""

    def redirect_request(self, *_: object) -> None:
        return None


def address() -> str:
    """Return the address that is set, "" for none. Raises BadInput for one that is no web page."""
    text = os.environ.get(ADDRESS, "").strip()
    if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname):
        raise BadInput(text, "är ingen adress", f"Sätt {ADDRESS} till en fråga som börjar https://")
    return text


def fetch() -> tuple[str, bytes]:
    """Return a file name and what SCB answers. Raises BadInput without an address, FetchFailed."""
    where = address()
    if not where:
        raise BadInput("", "", f"Ingen adress är satt ({ADDRESS}), så inget hämtas.")
    asked = Request(where, headers={"Accept": "application/json"})  # noqa: S310 - http or https
    try:
        with build_opener(_NoRedirect).open(asked, timeout=TIMEOUT_S) as answer:
            content = answer.read(MOST_BYTES + 1)
    except (URLError, OSError, ValueError) as error:
        raise FetchFailed(urlsplit(where).hostname or "", str(error)) from error
    if len(content) > MOST_BYTES:
        raise FetchFailed(urlsplit(where).hostname or "", "svaret är större än 5 MB")
    return "scb.json", content
