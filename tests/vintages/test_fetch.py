"""SCB's answer, from a recorded one on loopback; without an address nothing is asked for."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from analytics.errors import BadInput
from analytics.reference import database
from analytics.vintages import fetch
from analytics.vintages.errors import FetchFailed
from analytics.vintages.incoming import look_through
from tests.given.scb_files import held


def recorded() -> bytes:
    """Return the kommuner of 31 December 2025 as PxWebAPI 2 gives them."""
    figures = held("2025-12-31")
    codes = {code: n for n, code in enumerate(figures)}
    region, time = {"category": {"index": codes}}, {"category": {"index": {"2025": 0}}}
    return json.dumps({
        "version": "2.0", "class": "dataset", "label": "Folkmängd", "id": ["Region", "Tid"],
        "size": [len(codes), 1], "dimension": {"Region": region, "Tid": time},
        "value": [count + 1 for count in figures.values()],
    }).encode()  # fmt: skip


@pytest.fixture
def served(monkeypatch):
    """Serve what the test puts in `answer`, and count what is asked for."""
    answers = {"status": 200, "body": recorded(), "asked": 0}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers["asked"] += 1
            self.send_response(answers["status"])
            if answers["status"] == 302:
                self.send_header("Location", "/other")
            self.end_headers()
            self.wfile.write(answers["body"])

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(fetch.ADDRESS, f"http://127.0.0.1:{server.server_port}/tables/x/data")
    yield answers
    server.shutdown()
    server.server_close()


def test_the_answer_is_looked_through_as_a_file(served):
    found = look_through(database.shared(), *fetch.fetch())
    assert (len(found.changes), served["asked"]) == (26, 1)
    assert {change.change for change in found.changes} == {1}


def test_without_an_address_nothing_is_asked_for(monkeypatch, served):
    monkeypatch.delenv(fetch.ADDRESS)
    assert fetch.address() == ""
    with pytest.raises(BadInput, match=fetch.ADDRESS):
        fetch.fetch()
    assert served["asked"] == 0


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_answer_is_told_with_the_way_out_and_not_followed(served, status):
    served["status"] = status
    with pytest.raises(FetchFailed, match="läs in den i stället"):
        fetch.fetch()
    assert served["asked"] == 1


def test_an_answer_that_is_too_large_is_not_read(served):
    served["body"] = b" " * (fetch.MOST_BYTES + 10)
    with pytest.raises(FetchFailed, match="5 MB"):
        fetch.fetch()


@pytest.mark.parametrize("text", ["ftp://scb.se/x", "file:///etc/passwd", "api.scb.se/x"])
def test_an_address_that_is_no_web_page_is_refused(monkeypatch, text):
    monkeypatch.setenv(fetch.ADDRESS, text)
    with pytest.raises(BadInput):
        fetch.fetch()
