"""The Tertial page: from figures to their rows, words, closing and opening again."""

from fractions import Fraction

import pytest

from analytics.followup import (
    activities,
    comments,
    forecasts,
    status as followup_status,
    thresholds,
    year_result,
)
from analytics.followup.figures import Threshold
from analytics.ledger import posting_rules
from analytics.ledger.posting_rules import PostingRule
from analytics.money import whole_kronor
from analytics.reference import database
from analytics.store import posts as store_posts
from tests.given.followup import YEAR, book, decide_budget
from tests.pages.scenario_page import link, reopen, text
from tests.pages.screen import button, field, table, tables


def digit(shown):
    return int(shown.replace("\xa0", "").replace("−", "-"))


@pytest.fixture
def booked():
    """Tertial 1 on plan but for the exercises, which cost 40 000 too much."""
    decided = decide_budget(store_posts.shared())
    book(
        store_posts.shared(),
        ("2027-01-31", "5010", 120_000_00),
        ("2027-04-30", "5010", 80_000_25),
        ("2027-03-15", "6010", 140_000_00),
    )
    return decided


def show(**address):
    return reopen("tertial", ar=str(YEAR), **address)


def status_now(tertial=1):
    return followup_status.status_of(database.shared(), store_posts.shared(), YEAR, tertial)


def test_the_empty_page_says_what_to_do_first():
    app = show()
    assert "Ingen budget är beslutad för 2027" in text(app)
    assert "Gör en budget av årets ram" in text(app)
    assert not app.metric
    assert tables(app) == {}


def test_a_budget_without_bookings_has_no_outcome_and_no_zero():
    decide_budget(store_posts.shared())
    app = show()
    assert "utfallet saknas, och det är inte noll" in text(app)
    assert [row[3] for row in table(app, "Varje post")["rows"]] == ["saknas", "saknas"]
    assert "0,0" not in str(table(app, "Varje post")["rows"])


def test_every_figure_of_the_table_is_the_databases(booked):
    found = table(show(tertial="1"), "Varje post")
    by_name = {p.name: p for p in status_now().lines}
    for row in found["rows"]:
        post = by_name[row[0]]
        assert [digit(cell) for cell in row[1:7]] == [
            post.budget_year_kr,
            post.budget_kr,
            whole_kronor(post.outcome_ore),
            whole_kronor(post.deviation_ore),
            post.forecast_kr,
            post.forecast_deviation_kr,
        ]
        assert row[8] == post.status
    assert digit(found["total"][3]) == whole_kronor(status_now().total.outcome_ore)
    assert "1 av 2 poster avviker" in text(show(tertial="1"))


def test_a_figure_leads_to_the_rows_that_add_up_to_it(booked):
    line = booked.rows[0].id
    found = table(show(tertial="1", post=line), "Inlån januari–april 2027: 2 av 2 rader")
    assert [row[5] for row in found["rows"]] == ["120\xa0000,00", "80\xa0000,25"]
    assert found["total"][5] == "200\xa0000,25"


def test_a_link_to_what_is_not_there_is_told(booked):
    app = show(tertial="7", post="borta")
    assert "Länken ber om tertial ”7”" in text(app)
    assert "Posten i länken finns inte" in text(app)


def test_from_deviation_to_closed_and_open_again(booked):
    app = show(tertial="1")
    assert "Övning avviker mer än tröskeln och saknar kommentar och åtgärd." in text(app)
    assert not [b for b in app.button if b.label.startswith("Klarmarkera")]
    field(app, "Kommentar", "text_area").input("Övningen blev större")
    field(app, "Åtgärd", "text_area").input("Höstens övning blir mindre")
    button(app, "Spara").click().run()
    assert not app.error
    assert "Inget hindrar" in text(app)
    button(app, "Klarmarkera tertial 1").click().run()
    assert "Tertial 1 2027 är klarmarkerat" in text(app)
    assert status_now().locked
    assert "låsta" in text(app)

    button(app, "Öppna igen").click().run()
    assert "Skälet saknas" in app.error[0].value
    field(app, "Skäl att öppna").input("Sen faktura")
    button(app, "Öppna igen").click().run()
    assert not status_now().locked
    assert "Öppnat igen" in text(app)
    assert "Sen faktura" in text(app)


def test_an_own_forecast_needs_a_reason(booked):
    app = show(tertial="1")
    next(r for r in app.radio if r.label == "Prognos för året").set_value("egen")
    field(app, "Eget belopp").input("300 tkr")
    button(app, "Spara").click().run()
    assert "Skälet saknas" in app.error[0].value
    field(app, "Skäl till prognosen").input("Mindre övning i höst")
    button(app, "Spara").click().run()
    assert not app.error
    assert next(p for p in status_now().lines if p.name == "Övning").forecast_kr == 300_000
    assert "Mindre övning i höst" in str(table(app, "Prognosen för 2027"))


def test_someone_elses_comment_is_not_overwritten(booked):
    app = show(tertial="1")
    line = booked.rows[1].id
    comments.set_comment(store_posts.shared(), YEAR, 1, line, comments.Comment("Annans"))
    field(app, "Kommentar", "text_area").input("Min")
    field(app, "Prognos för året", "radio").set_value("takt")
    field(app, "Skäl till prognosen").input("takten")
    button(app, "Spara").click().run()
    assert "Någon annan har sparat" in app.error[0].value
    assert forecasts.forecasts(store_posts.shared(), YEAR, 1) == {}  # all of the form, or nothing
    assert "Annans" in app.error[0].value
    assert comments.comments(store_posts.shared(), YEAR, 1)[line].comment == "Annans"

    assert field(app, "Kommentar", "text_area").value == "Annans"
    field(app, "Kommentar", "text_area").input("Annans och min")
    button(app, "Spara").click().run()
    assert not app.error
    said = comments.comments(store_posts.shared(), YEAR, 1)[line].comment
    assert said == "Annans och min"


def test_someone_elses_decision_of_the_years_result_is_not_overwritten(booked, monkeypatch):
    book(store_posts.shared(), ("2027-08-31", "5010", 1_00), ("2027-12-31", "5010", 1_00))
    monkeypatch.setattr(thresholds, "threshold", lambda _: Threshold(Fraction(100), 10**9))
    for number in (1, 2, 3):
        followup_status.close(database.shared(), store_posts.shared(), YEAR, number)
    app = show(tertial="3")
    part = status_now(3).parts[1]
    year_result.decide_result(
        store_posts.shared(), YEAR, part.part_of_frame, part.result_ore, "Annans"
    )
    field(app, "Beslut om gemensamt").input("Mitt")
    [b for b in app.button if b.label == "Spara beslutet"][1].click().run()
    assert "Annans" in app.error[0].value and "Mitt" in app.error[0].value
    assert [b.decision for b in year_result.year_decisions(store_posts.shared(), YEAR)] == [
        "Annans"
    ]


def test_unknown_accounts_are_counted_and_block(booked):
    book(store_posts.shared(), ("2027-02-01", "7690", 99_50))
    app = show(tertial="1")
    assert "Konto 7690 har ingen regel: 1 rad, 100 kr" in text(app)
    chain = table(app, "Varje krona i huvudboken")
    assert [row[1] for row in chain["rows"]] == ["340\xa0000,25", "99,50", "0,00", "0,00"]
    assert chain["total"][1] == "340\xa0099,75"


def test_rows_after_closing_are_shown_beside_and_marked(booked):
    comments.set_comment(
        store_posts.shared(), YEAR, 1, booked.rows[1].id, comments.Comment("x", "y")
    )
    followup_status.close(database.shared(), store_posts.shared(), YEAR, 1)
    book(store_posts.shared(), ("2027-04-30", "5010", 1_00))
    app = show(tertial="1", post=booked.rows[0].id)
    assert table(app, "Bokfört efter stängning")["total"][1] == "1,00"
    marks = [row[0] for row in table(app, "Inlån januari–april")["marks"]]
    assert marks == [None, None, "efter stängning"]


def test_activities_are_added_and_reported_beside_the_money(booked):
    app = show(tertial="1")
    field(app, "Aktivitetens namn").input("Samverkansövning")
    button(app, "Lägg till").click().run()
    assert "Aktiviteten Samverkansövning saknar status" in text(app)
    next(s for s in app.selectbox if s.label == "Status i tertial 1").set_value("klar")
    button(app, "Spara status").click().run()
    assert table(app, "1 av 1 aktiviteter är klara")["rows"][0][2] == "klar"


def test_an_activity_that_someone_else_removed_while_one_wrote_of_it_is_told(booked):
    app = show(tertial="1")
    field(app, "Aktivitetens namn").input("Samverkansövning")
    button(app, "Lägg till").click().run()
    field(app, "Anteckning").input("gick bra")
    saved = store_posts.shared()
    (other,) = activities.all_activities(saved, YEAR)
    activities.remove(saved, other, reason="någon annan")
    button(app, "Spara status").click().run()
    assert any("har tagits bort sedan du öppnade den" in w.value for w in app.warning)
    assert not app.exception
    app.run()
    assert not app.warning

    field(app, "Aktivitetens namn").input("Ny övning")
    button(app, "Lägg till").click().run()
    button(app, "Ta bort aktiviteten").click().run()
    assert not app.warning  # one's own removal is no surprise


def test_an_activity_of_another_year_is_not_missed(booked):
    app = show(tertial="1")
    field(app, "Aktivitetens namn").input("Samverkansövning")
    button(app, "Lägg till").click().run()
    app.selectbox(key="ar").select(YEAR + 1).run()
    assert not app.warning


def test_the_years_result_asks_for_a_decision_part_by_part(booked):
    saved, db = store_posts.shared(), database.shared()
    posting_rules.save(saved, PostingRule("", "3000", "3999", "", "intakt"))
    book(saved, ("2027-08-31", "5010", 200_000_00), ("2027-12-31", "5010", 190_000_00))
    for tertial in (1, 2, 3):
        for line in booked.rows:
            words = comments.Comment("x", "y")
            comments.set_comment(saved, YEAR, tertial, line.id, words)
        followup_status.close(db, saved, YEAR, tertial)
    app = show(tertial="3")
    found = table(app, "Över- och underskott")
    assert [row[3] for row in found["rows"]] == ["9\xa0999,75", "160\xa0000,00"]
    assert [row[4] for row in found["rows"]] == ["saknas", "saknas"]
    field(app, "Beslut om ersättning").input("Förs till 2028, chefsgruppen")
    button(app, "Spara beslutet").click().run()
    assert table(app, "Över- och underskott")["rows"][0][4] == "Förs till 2028, chefsgruppen"


def test_the_threshold_is_set_with_a_reason(booked):
    app = show(tertial="1")
    field(app, "Procent av budgeten").input("50")
    field(app, "Skäl till tröskeln").input("Chefsgruppen")
    button(app, "Spara tröskeln").click().run()
    assert "Alla 2 poster är på plan" in text(app)


def test_the_start_page_says_in_a_line_whether_the_year_is_on_budget(booked):
    said = text(link(ar=str(YEAR)))
    assert "Året är på budget. Året beräknas sluta på 940 000 kr" in said
    assert "på budget" not in text(link(ar=str(YEAR + 1)))
