"""The planning pages answer in a sentence, prove it in a table, and meet bad input in words."""

import pytest

from tests.pages.screen import tables
from tests.pages.test_fees import reopen, table_rows, text


def test_tak_och_ram_says_how_far_the_frame_goes_and_proves_it():
    app = reopen("tak_och_ram", ar="2027")

    assert "Den största ram som är helt finansierad 2027 är 7 458 748 kr" in text(app)
    assert "Därefter stoppar K4." in text(app)
    assert table_rows(app, "Svaret prövat")["Högst"][1:5] == [
        "7 458 748",
        "7 458 748",
        "0",
        "7 458 749",
    ]


def test_a_backwards_question_with_two_conditions_that_clash():
    app = reopen("tak_och_ram", ar="2027")
    app.text_input(key="v_ram_minst").set_value("8 Mkr").run()

    assert "går inte ihop: de ligger 541 252 kr isär" in text(app)
    assert "270 626 kr" in text(app)


@pytest.mark.parametrize(
    "field", ["v_per_invanare", "v_okning_procent", "v_okning_kr", "v_ram_minst"]
)
@pytest.mark.parametrize("typed", ["hej", "1e9", "1,500", "=1"])
def test_a_condition_that_cannot_be_read_is_told_and_left_out(field, typed):
    app = reopen("tak_och_ram", ar="2027")
    app.text_input(key=field).set_value(typed).run()

    assert "Villkoret används inte" in app.error[0].value
    assert not app.exception


def test_mandatperioden_answers_what_happens_if_the_frame_follows_kpi():
    app = reopen("mandatperioden")
    rows = table_rows(app, "Alternativen 2027–2030")

    assert "KPI sedan 2015: K4 stoppar ramen redan 2027." in text(app)
    assert rows["KPI sedan 2015"][1] == "9 011 083"
    assert rows["KPI sedan 2015"][5] == "2027, K4"
    assert rows["Som i dag"][5:7] == ["ingen", "0"]
    assert "Beslutskalendern" in " ".join(tables(app))


@pytest.mark.parametrize(
    ("typed", "says"), [("", "saknar ett värde för 2028"), ("hej", "går inte")]
)
def test_mandatperioden_without_a_rate_says_what_is_missing(typed, says):
    app = reopen("mandatperioden")
    app.text_input(key="takt").set_value(typed).run()

    assert says in " ".join(e.value for e in app.error)
    assert not app.exception


def test_ten_thousand_draws_are_shown_with_their_hit_rate():
    app = reopen("mandatperioden")
    app.toggle(key="dragningar").set_value(True).run()

    assert "Sannolikheten att något är ofinansierat" in text(app)
    assert len(table_rows(app, "Avgiften 2030: fyra av fem")) == 36
    assert len(table_rows(app, "Hur ofta ett sådant intervall")) == 4
