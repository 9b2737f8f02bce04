"""The report is offered on the Tertial page, as a draft until the tertial is closed."""

from analytics.store import posts as store_posts
from tests.given.followup import YEAR, book, decide_budget
from tests.pages.scenario_page import reopen, text


def test_the_report_can_be_taken_along_in_two_forms():
    decide_budget(store_posts.shared())
    book(store_posts.shared(), ("2027-04-30", "5010", 200_000_00))
    app = reopen("tertial", ar=str(YEAR))
    assert not app.exception
    labels = [b.proto.label for b in app.get("download_button")]
    assert "Hämta rapporten (tillgänglig PDF)" in labels
    assert "Hämta rapporten (Word)" in labels
    assert "rapporten är märkt som utkast" in text(app)


def test_without_a_budget_there_is_no_report_to_take():
    app = reopen("tertial", ar=str(YEAR))
    assert not [b for b in app.get("download_button") if "rapport" in b.proto.label]
