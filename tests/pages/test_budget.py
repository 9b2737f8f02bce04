"""The Budget page: from an empty store to a decided budget that adds up, and what it refuses."""

from dataclasses import replace

import pytest

from analytics.budget import versions
from analytics.budget.lines import new_line
from analytics.store import posts as store_posts
from tests.given.followup import YEAR, decide_budget
from tests.pages.scenario_page import create, open_scenarios, reopen, text
from tests.pages.screen import button, field, table, tables


@pytest.fixture
def page():
    return reopen("budget", ar=str(YEAR))


def add_line(app, name, year, part_of_frame=0):
    next(s for s in app.selectbox if s.label == "Del av ramen (K2)").select_index(part_of_frame)
    field(app, "Postens namn").input(name)
    field(app, "Året, kr").input(year)
    button(app, "Spara posten").click().run()


def test_the_empty_page_says_what_to_do_first_and_invents_nothing(page):
    assert "Ingen budget finns för 2027. Börja med ett utkast" in text(page)
    assert tables(page) == {}
    assert not page.metric


def test_from_nothing_to_a_decided_budget(page):
    button(page, "Gör ett utkast").click().run()
    assert not page.error
    found = table(page, "Delarna mot ramen")
    assert [row[1] for row in found["rows"]] == ["4\xa0333\xa0333", "2\xa0166\xa0667"]
    add_line(page, "Inlån", "4 333 333")
    add_line(page, "Övning", "2 Mkr", 1)
    assert "166 667 kr är inte fördelat på någon post i gemensamt arbete" in text(page)
    field(page, "Beslut och skäl").input("Chefsgruppen 2026-11-20")
    button(page, "Besluta budgeten").click().run()
    assert "går inte ihop och kan inte beslutas" in page.error[0].value
    button(page, "Lägg resten på posten").click().run()
    field(page, "Beslut och skäl").input("Chefsgruppen 2026-11-20")
    button(page, "Besluta budgeten").click().run()
    assert not page.error
    assert "version 1, går ihop till kronan: 3 poster fördelar hela ramen 6 500 000 kr" in text(
        page
    )
    assert versions.decided_budget(store_posts.shared(), YEAR).reason == "Chefsgruppen 2026-11-20"
    assert "Parterna betalar" in text(page)


def test_a_line_that_cannot_be_is_told_and_not_saved(page):
    button(page, "Gör ett utkast").click().run()
    add_line(page, "Resor", "1.500")
    assert "kan läsas på två sätt" in page.error[0].value
    assert versions.open_draft(store_posts.shared(), YEAR).rows == ()


def test_a_change_of_a_decided_budget_is_a_draft_beside_it(page):
    decide_budget(store_posts.shared())
    page.run()
    assert [row[0] for row in table(page, "Poster 2027")["rows"]] == ["Inlån", "Övning"]
    button(page, "Gör ett utkast till version 2").click().run()
    assert "Visa" in [r.label for r in page.radio]
    assert len(table(page, "Versioner")["rows"]) == 2
    next(b for b in page.button if b.label == "Kasta utkastet").click().run()
    assert len(table(page, "Versioner")["rows"]) == 1


def test_lines_come_from_last_year_with_the_same_ids(page):
    before = decide_budget(store_posts.shared())
    app = reopen("budget", ar=str(YEAR + 1))
    button(app, "Gör ett utkast").click().run()
    draft = versions.open_draft(store_posts.shared(), YEAR + 1)
    assert [r.id for r in draft.rows] == [r.id for r in before.rows]
    assert draft.frame_kr == 6_500_000
    assert not draft.example


def test_lines_of_an_example_stay_an_example_in_the_next_year():
    decide_budget(store_posts.shared(), example=True)
    app = reopen("budget", ar=str(YEAR + 1))
    button(app, "Gör ett utkast").click().run()
    assert "Budgeten hör till exempelåret" in text(app)
    assert versions.open_draft(store_posts.shared(), YEAR + 1).example


def test_lines_are_read_from_pasted_rows_all_or_none(page):
    button(page, "Gör ett utkast").click().run()
    head = "del;namn;roll;ar_kr\n"
    page.text_area[0].input(head + "inlan;A;;5\ninlan;B;;x\n")
    button(page, "Läs in").click().run()
    assert "rad 3, kolumn ar\\_kr" in page.error[0].value
    page.text_area[0].input(head + "inlan;*A*;;5\n")
    button(page, "Läs in").click().run()
    assert [r.name for r in versions.open_draft(store_posts.shared(), YEAR).rows] == ["*A*"]


def test_someone_elses_change_of_the_line_is_told(page):
    button(page, "Gör ett utkast").click().run()
    add_line(page, "Inlån", "100")
    which = next(s for s in page.selectbox if s.label == "Post")
    which.select_index(1).run()
    line = versions.open_draft(store_posts.shared(), YEAR).rows[0]
    other = new_line("inlan", "Inlån", 200, line_id=line.id)
    versions.save_line(store_posts.shared(), YEAR, other, line, reason="x")
    field(page, "Året, kr").input("300")
    for label in ("Jan–apr", "Maj–aug", "Sep–dec"):
        field(page, label).input("100")
    button(page, "Spara posten").click().run()
    assert "Någon annan har ändrat posten" in page.error[0].value
    assert versions.open_draft(store_posts.shared(), YEAR).rows[0].year_kr == 200


def test_only_the_draft_that_was_shown_is_decided(page):
    button(page, "Gör ett utkast").click().run()
    button(page, "Lägg resten på posten").click().run()
    draft = versions.open_draft(store_posts.shared(), YEAR)
    line = replace(draft.rows[0], name="Annans namn")
    versions.save_line(store_posts.shared(), YEAR, line, draft.rows[0], reason="x")
    for label in ("Besluta budgeten", "Kasta utkastet"):
        field(page, "Beslut och skäl").input("Chefsgruppen")
        button(page, label).click().run()
        assert "har ändrats sedan" in page.error[0].value
        changed = versions.open_draft(store_posts.shared(), YEAR)
        assert changed is not None
        other = replace(changed.rows[0], role="Roll")
        versions.save_line(store_posts.shared(), YEAR, other, changed.rows[0], reason="x")
    page.run()
    field(page, "Beslut och skäl").input("Chefsgruppen")
    button(page, "Besluta budgeten").click().run()
    assert versions.decided_budget(store_posts.shared(), YEAR) is not None


def test_a_line_renamed_by_someone_else_while_open_is_told(page):
    button(page, "Gör ett utkast").click().run()
    add_line(page, "Inlån", "100")
    next(s for s in page.selectbox if s.label == "Post").select_index(1).run()
    line = versions.open_draft(store_posts.shared(), YEAR).rows[0]
    versions.save_line(
        store_posts.shared(),
        YEAR,
        new_line("inlan", "Annat", 200, line_id=line.id),
        line,
        reason="x",
    )
    field(page, "Året, kr").input("300")
    button(page, "Spara posten").click().run()
    assert "har bytt namn eller tagits bort" in text(page)
    assert versions.open_draft(store_posts.shared(), YEAR).rows[0].year_kr == 200


def test_the_frame_comes_out_of_a_decided_scenario_and_can_be_changed(page):
    saved = open_scenarios()
    frame = {"parameter": "rambudget_kr", "fran": "2027-01-01", "varde": "8 Mkr", "skal": "x"}
    frozen = saved.freeze(create(saved, frame), reason="x")
    decided = saved.decide(frozen, "Chefsgruppen")
    page.run()
    button(page, "Gör ett utkast").click().run()
    draft = versions.open_draft(store_posts.shared(), YEAR)
    assert (draft.frame_kr, draft.parts_kr["inlan"]) == (8_000_000, 5_333_333)
    assert draft.scenario_id == decided.id
    assert "Ramen är tagen ur Åtta miljoner 2027" in text(page)

    frame_choice = next(s for s in page.selectbox if s.label.startswith("Ramen ur"))
    frame_choice.set_value("Gällande avtal")
    button(page, "Byt till den ramen").click().run()
    assert versions.open_draft(store_posts.shared(), YEAR).frame_kr == 6_500_000


def test_a_line_of_another_years_draft_is_not_missed(page):
    for year in (YEAR + 1, YEAR):
        page.selectbox(key="ar").select(year).run()
        button(page, "Gör ett utkast").click().run()
    add_line(page, "Inlån", "100")
    next(s for s in page.selectbox if s.label == "Post").select_index(1).run()
    page.selectbox(key="ar").select(YEAR + 1).run()
    assert "har bytt namn eller tagits bort" not in text(page)
