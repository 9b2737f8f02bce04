"""The report is offered on the Tertial page, as a draft until the tertial is closed."""

from analytics import store
from tests.analytics.uppfoljning import AR, beslutad, bokfor
from tests.pages.scenariosidan import oppna, text


def test_the_report_can_be_taken_along_in_two_forms():
    beslutad(store.shared())
    bokfor(store.shared(), ("2027-04-30", "5010", 200_000_00))
    app = oppna("tertial", ar=str(AR))
    assert not app.exception
    labels = [b.proto.label for b in app.get("download_button")]
    assert "Hämta rapporten (tillgänglig PDF)" in labels
    assert "Hämta rapporten (Word)" in labels
    assert "rapporten är märkt som utkast" in text(app)


def test_without_a_budget_there_is_no_report_to_take():
    app = oppna("tertial", ar=str(AR))
    assert not [b for b in app.get("download_button") if "rapport" in b.proto.label]
