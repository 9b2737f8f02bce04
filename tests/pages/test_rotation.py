"""The Rotation page: the answer first, nothing invented, a plan from proposal to published."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics import database, store
from analytics.rotation_draft import PLAN, utkast
from analytics.rotation_register import alla
from analytics.store import Skriv, TaBort
from pages.parts.nav import ROOT
from tests.pages.reading import tables


@pytest.fixture
def sida():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.switch_page("pages/rotation.py").run()


def button(app, label):
    return next(b for b in app.button if b.label == label)


def field(app, label):
    return next(f for f in app.text_input if f.label == label)


def table(app, start):
    return next(t for caption, t in tables(app).items() if caption.startswith(start))


def test_without_a_plan_the_page_says_that_every_category_is_vacant(sida):
    assert sida.title[0].value == "Rotation"
    assert "Ingen är inlånad från kommun, blåljus eller trafik" in sida.markdown[1].value
    assert sida.metric[0].value == "0 av 3"
    assert [row[0] for row in table(sida, "Inlånad personal")["rader"]] == ["Vallentuna"]


def test_the_known_loan_is_thirteen_and_a_half_months_owed_by_26(sida):
    found = table(sida, "Personmånader i kategorin kommun")
    row = next(r for r in found["rader"] if r[0] == "Vallentuna")
    assert row[1:] == ["13,50", "0,52", "−12,98"]
    assert found["summa"][3] == "0,00"


def test_the_example_is_marked_and_goes_with_one_click(sida):
    button(sida, "Lägg in en påhittad exempelplan").click().run()
    assert any("exempelplanen" in w.value for w in sida.warning)
    marks = [row[0] for row in table(sida, "Inlånad personal")["marken"]]
    assert marks.count("exempel") == 7
    button(sida, "Ta bort exempelplanen").click().run()
    assert not sida.warning
    assert len(table(sida, "Inlånad personal")["rader"]) == 1


def test_a_proposal_is_a_draft_until_it_is_published_with_a_reason(sida):
    field(sida, "Första dag").input("2027-01-01")
    field(sida, "Antagen kostnad, kr per heltidsmånad").input("60 000")
    button(sida, "Räkna fram ett förslag").click().run()
    assert not sida.error
    assert any("26 kommuner, 8 pass" in m.value for m in sida.markdown)
    assert len(table(sida, "Utkastets pass")["rader"]) == 24
    costs = {row[0]: row for row in table(sida, "Ersättning")["rader"]}
    assert costs["2027"][1:5] == ["360\xa0000"] * 3 + ["1\xa0080\xa0000"]  # 3 × 4 × 0,5 × 60 000
    assert len(alla(database.shared(), store.shared())) == 1

    button(sida, "Publicera planen").click().run()
    assert "Skälet saknas" in sida.error[0].value
    field(sida, "Skäl att publicera").input("beslut")
    button(sida, "Publicera planen").click().run()
    assert not sida.error
    assert utkast(store.shared()) is None
    assert len(alla(database.shared(), store.shared())) == 25


@pytest.mark.parametrize("label", ["Publicera planen", "Ta bort utkastet"])
def test_only_the_draft_that_was_shown_is_published_or_thrown_away(sida, label):
    field(sida, "Första dag").input("2027-01-01")
    button(sida, "Räkna fram ett förslag").click().run()
    shown = utkast(store.shared()).post
    other = [TaBort(PLAN, shown.id, shown.version), Skriv(PLAN, shown.data)]
    store.shared().flera(other, skal="någon annan räknade om")
    field(sida, "Skäl att publicera").input("beslut")
    button(sida, label).click().run()
    assert "har räknats om sedan" in sida.error[0].value
    assert utkast(store.shared()).post.id != shown.id
    assert len(alla(database.shared(), store.shared())) == 1
    field(sida, "Skäl att publicera").input("beslut")
    button(sida, label).click().run()
    assert not sida.error and utkast(store.shared()) is None


def test_a_loan_that_cannot_be_is_told_with_its_clause_and_not_saved(sida):
    sida.text_area[0].input("2027-01-01 2027-06-30 140")
    button(sida, "Spara").click().run()
    assert "K13" in sida.error[0].value
    assert "140" in sida.error[0].value
    assert len(alla(database.shared(), store.shared())) == 1


def test_fee_reimbursement_and_months_stand_side_by_side_with_the_fixed_sentence(sida):
    found = table(sida, "Varje parts ställning")
    assert found["kolumner"][1:] == [
        "Avgift, kr", "Ersatt egen kostnad (K15), kr", "Utlånat, personmånader",
    ]  # fmt: skip
    captions = [caption for caption in tables(sida) if caption.startswith("Varje parts ställning")]
    assert "är inte en intäkt" in captions[0]
    assert found["summa"][1] == "6\xa0500\xa0000"


def test_a_swap_in_the_draft_tells_who_then_owes_what_and_saves_nothing(sida):
    field(sida, "Första dag").input("2027-01-01")
    button(sida, "Räkna fram ett förslag").click().run()
    before = store.shared().sekvens()
    next(s for s in sida.selectbox if s.label == "Part i stället").select_index(3).run()
    assert any("Den största skulden" in m.value for m in sida.markdown)
    assert store.shared().sekvens() == before
