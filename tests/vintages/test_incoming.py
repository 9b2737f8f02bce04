"""A population file before it is saved: 26 changes, the sums, and each thing that looks wrong."""

from datetime import date

import pytest

from analytics.errors import BadFile
from analytics.reference import database
from analytics.vintages.incoming import COUNTY, FUTURE, PARTLY, Incoming, look_through
from tests.given.scb_files import NAMES_BY_KOMMUN, grown, held, px

DB = database.shared()
TODAY = date(2027, 2, 22)
NEW = date(2026, 12, 31)


def look(figures, years=("2026",), today=TODAY, names=NAMES_BY_KOMMUN, days=None) -> Incoming:
    return look_through(DB, "folk.px", px(years, figures, names), days, today)


def doubted(figures, **more) -> list[str]:
    return [doubt.name for doubt in look(figures, **more).doubts]


def test_all_26_are_seen_with_what_holds_and_what_is_new():
    found = look(grown())
    assert (len(found.changes), found.missing, found.doubts) == (26, {}, [])
    one = next(c for c in found.changes if c.part == "0184")
    before = held("2025-12-31")["0184"]
    assert (one.now, one.new, one.before, one.change) == (None, before + 100, before, 100)
    assert found.county[NEW] == (sum(held("2025-12-31").values()) + 2_600, None)


def test_what_holds_already_is_no_news():
    same = {code: [count] for code, count in held("2025-12-31").items()}
    found = look(same, years=("2025",))
    assert not found.news and {c.change for c in found.changes} == {0}


@pytest.mark.parametrize(("more", "told"), [(0, False), (1, True)])
def test_the_sum_is_held_against_the_countys_own_row(more, told):
    figures = grown()
    figures["01"] = [sum(row[0] for row in figures.values()) + more]
    assert (COUNTY in doubted(figures)) == told
    assert look(figures).county[NEW][1] == figures["01"][0]


@pytest.mark.parametrize(("percent", "told"), [(4, False), (6, True), (-4, False), (-6, True)])
def test_more_than_five_per_cent_in_a_year_is_told(percent, told):
    figures = grown(by=0)
    figures["0184"] = [held("2025-12-31")["0184"] * (100 + percent) // 100]
    assert doubted(figures) == (["Solna"] if told else [])


@pytest.mark.parametrize(("times", "told"), [(10, True), (5, True)])
def test_ten_times_too_much_is_told_by_name(times, told):
    figures = grown(by=0)
    figures["0184"] = [held("2025-12-31")["0184"] * times]
    (doubt,) = look(figures).doubts
    assert doubt.name == "Solna" and "en siffra för mycket" in doubt.told


def test_a_code_with_another_kommuns_name_is_told():
    wrong = NAMES_BY_KOMMUN | {"0184": "Nacka", "0182": "Solna"}
    assert set(doubted(grown(), names=wrong)) == {"Solna", "Nacka"}


@pytest.mark.parametrize(("today", "told"), [(date(2026, 12, 30), True), (NEW, False)])
def test_a_date_that_has_not_been_is_told(today, told):
    assert (FUTURE in doubted(grown(), today=today)) == told


def test_a_part_of_the_county_is_told_with_what_is_missing():
    figures = grown()
    del figures["0184"]
    found = look(figures)
    assert [d.name for d in found.doubts] == [PARTLY]
    assert found.missing == {NEW: ["Solna"]}


def test_of_several_years_all_are_offered_and_some_can_be_chosen():
    figures = {code: [count, count + 1] for code, count in held("2025-12-31").items()}
    found = look(figures, years=("2025", "2026"))
    assert found.days_offered == [date(2025, 12, 31), NEW]
    chosen = look(figures, years=("2025", "2026"), days=[NEW])
    assert {c.day for c in chosen.changes} == {NEW} and len(chosen.figures) == 26


def test_a_file_with_nothing_of_the_county_is_refused():
    with pytest.raises(BadFile):
        look({"1480": [600_000]})
