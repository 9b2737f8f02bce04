"""The Rotation page: the answer first, nothing invented, a plan from proposal to published."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.reference import database
from analytics.rotation.draft import PLAN, latest_draft
from analytics.rotation.register import all_inlan
from analytics.store import posts as store_posts
from analytics.store.posts import Remove, Write
from pages.parts.frame.navigation import ROOT
from tests.pages.screen import button, field, table, tables


@pytest.fixture
def page():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.switch_page("pages/rotation.py").run()


def test_without_a_plan_the_page_says_that_every_category_is_vacant(page):
    assert page.title[0].value == "Rotation"
    assert "Ingen är inlånad från kommun, blåljus eller trafik" in page.markdown[1].value
    assert page.metric[0].value == "0 av 3"
    assert [row[0] for row in table(page, "Inlånad personal")["rows"]] == ["Vallentuna"]


def test_the_known_loan_is_thirteen_and_a_half_months_owed_by_26(page):
    found = table(page, "Personmånader i kategorin kommun")
    row = next(r for r in found["rows"] if r[0] == "Vallentuna")
    assert row[1:] == ["13,50", "0,52", "−12,98"]
    assert found["total"][3] == "0,00"


def test_the_example_is_marked_and_goes_with_one_click(page):
    button(page, "Lägg in en påhittad exempelplan").click().run()
    assert any("exempelplanen" in w.value for w in page.warning)
    marks = [row[0] for row in table(page, "Inlånad personal")["marks"]]
    assert marks.count("exempel") == 7
    button(page, "Ta bort exempelplanen").click().run()
    assert not page.warning
    assert len(table(page, "Inlånad personal")["rows"]) == 1


def test_a_proposal_is_a_draft_until_it_is_published_with_a_reason(page):
    field(page, "Första dag").input("2027-01-01")
    field(page, "Antagen kostnad, kr per heltidsmånad").input("60 000")
    button(page, "Räkna fram ett förslag").click().run()
    assert not page.error
    assert any("26 kommuner, 8 pass" in m.value for m in page.markdown)
    assert len(table(page, "Utkastets pass")["rows"]) == 24
    costs = {row[0]: row for row in table(page, "Ersättning")["rows"]}
    assert costs["2027"][1:5] == ["360\xa0000"] * 3 + ["1\xa0080\xa0000"]  # 3 × 4 × 0,5 × 60 000
    assert len(all_inlan(database.shared(), store_posts.shared())) == 1

    button(page, "Publicera planen").click().run()
    assert "Skälet saknas" in page.error[0].value
    field(page, "Skäl att publicera").input("beslut")
    button(page, "Publicera planen").click().run()
    assert not page.error
    assert latest_draft(store_posts.shared()) is None
    assert len(all_inlan(database.shared(), store_posts.shared())) == 25


@pytest.mark.parametrize("label", ["Publicera planen", "Ta bort utkastet"])
def test_only_the_draft_that_was_shown_is_published_or_thrown_away(page, label):
    field(page, "Första dag").input("2027-01-01")
    button(page, "Räkna fram ett förslag").click().run()
    shown = latest_draft(store_posts.shared()).post
    other = [Remove(PLAN, shown.id, shown.version), Write(PLAN, shown.data)]
    store_posts.shared().save_many(other, reason="någon annan räknade om")
    field(page, "Skäl att publicera").input("beslut")
    button(page, label).click().run()
    assert "har räknats om sedan" in page.error[0].value
    assert latest_draft(store_posts.shared()).post.id != shown.id
    assert len(all_inlan(database.shared(), store_posts.shared())) == 1
    field(page, "Skäl att publicera").input("beslut")
    button(page, label).click().run()
    assert not page.error and latest_draft(store_posts.shared()) is None


def test_a_loan_that_cannot_be_is_told_with_its_clause_and_not_saved(page):
    page.text_area[0].input("2027-01-01 2027-06-30 140")
    button(page, "Spara").click().run()
    assert "K13" in page.error[0].value
    assert "140" in page.error[0].value
    assert len(all_inlan(database.shared(), store_posts.shared())) == 1


def test_fee_reimbursement_and_months_stand_side_by_side_with_the_fixed_sentence(page):
    found = table(page, "Varje parts ställning")
    assert found["columns"][1:] == [
        "Avgift, kr", "Ersatt egen kostnad (K15), kr", "Utlånat, personmånader",
    ]  # fmt: skip
    captions = [caption for caption in tables(page) if caption.startswith("Varje parts ställning")]
    assert "är inte en intäkt" in captions[0]
    assert found["total"][1] == "6\xa0500\xa0000"


def test_a_swap_in_the_draft_tells_who_then_owes_what_and_saves_nothing(page):
    field(page, "Första dag").input("2027-01-01")
    button(page, "Räkna fram ett förslag").click().run()
    before = store_posts.shared().sequence()
    next(s for s in page.selectbox if s.label == "Part i stället").select_index(3).run()
    assert any("Den största skulden" in m.value for m in page.markdown)
    assert store_posts.shared().sequence() == before
