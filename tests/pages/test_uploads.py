"""Whatever file a user picks, on any page: it is read or told, and the page stays."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store import posts as store_posts
from tests.files.test_recognise import OTHERS
from tests.given import workbooks
from tests.given.followup import YEAR, decide_budget
from tests.pages.scenario_page import reopen, text
from tests.pages.screen import button

CASES = Path(__file__).parents[1] / "files" / "fall"
BAD = {
    "a cut workbook": (CASES / "f-broken-xml.xlsx").read_bytes(),
    "a PDF": OTHERS["PDF"],
    "a web page": OTHERS["HTML"],
    "SIE 5": OTHERS["SIE 5"],
    "a password": OTHERS["lösenord"],
    "a zip": OTHERS["ZIP"],
    "another table": "Kommun;År\nVäsby;2025\n".encode("cp1252"),
    "no headings in a workbook": workbooks.book_of_rows(("x", True), (1, 2.5)),
    "nothing": b"\n",
    "noise": bytes(range(256)),
}


def to_budget(content: bytes) -> AppTest:
    app = reopen("budget", ar=str(YEAR))
    if not app.get("file_uploader"):
        app = button(app, "Gör ett utkast").click().run()
    app.get("file_uploader")[0].set_value(("fil", content, "text/plain"))
    return button(app, "Läs in").click().run()


def to_activities(content: bytes) -> AppTest:
    decide_budget(store_posts.shared())
    app = reopen("tertial", ar=str(YEAR), tertial="1")
    chosen = next(u for u in app.get("file_uploader") if u.label == "Fil med aktiviteter")
    chosen.set_value(("fil", content, "text/plain"))
    return button(app, "Läs in aktiviteterna").click().run()


def to_recipients(content: bytes) -> AppTest:
    app = reopen("fakturaunderlag", ar="2026")
    return app.file_uploader[0].set_value(("fil", content, "text/plain")).run()


def to_ledger(content: bytes) -> AppTest:
    app = reopen("bokforing", ar=str(YEAR))
    return app.file_uploader[0].set_value(("fil", content, "text/plain")).run()


def to_rotation(content: bytes) -> AppTest:
    app = reopen("rotation")
    app.file_uploader(key="inlan_fil").set_value(("fil", content, "text/plain"))
    return button(app, "Läs in").click().run()


UPLOADS: dict[str, Callable[[bytes], AppTest]] = {
    "budget": to_budget, "activities": to_activities, "recipients": to_recipients,
    "ledger": to_ledger, "rotation": to_rotation,
}  # fmt: skip


@pytest.mark.parametrize("where", UPLOADS)
@pytest.mark.parametrize("kind", ["a cut workbook", "a PDF", "another table"])
def test_a_bad_file_is_told_and_the_page_stays(where, kind):
    app = UPLOADS[where](BAD[kind])
    assert app.error and not app.exception
    assert "Programmet har ett fel" not in text(app) and app.title
    assert store_posts.shared().list_all("inlan") == []


@pytest.mark.parametrize("kind", BAD)
def test_no_file_stops_a_page(kind):
    app = to_rotation(BAD[kind])
    assert app.error and not app.exception and app.title


def test_how_a_file_was_read_is_told_where_it_was_read_in():
    table = "del;namn;ar_kr\ninlan;Blåljus;1\u2009200\u202f000\nSumma;;1 200 000\n"
    app = to_budget(table.encode("utf-16"))
    assert "UTF-16" in text(app) and "semikolon" in text(app)
    assert "Rad 3 är en summarad och räknas inte." in text(app)


def test_the_code_page_of_activities_is_told():
    plan = "namn;tertial\nÖvning på Värmdö;1\n".encode("cp1252")
    app = to_activities(plan)
    assert "Windows-1252" in text(app) and not app.error
