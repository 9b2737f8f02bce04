"""A vintage holds from when it is saved to when it is withdrawn; none replaces another."""

from datetime import date

import pytest

from analytics.errors import BadInput
from analytics.reference import database, population
from analytics.store.errors import PostMissing
from analytics.store.posts import shared
from analytics.vintages import refresh, saved
from analytics.vintages.errors import NotConfirmed, VintageEmpty
from analytics.vintages.incoming import look_through
from tests.given.scb_files import NAMES_BY_KOMMUN, grown, held, px

DB = database.shared()
DAY = date(2025, 12, 31)
TODAY = date(2027, 2, 22)


def incoming(by: int, year: str = "2025"):
    return look_through(DB, "folk.px", px([year], grown(by=by)), None, TODAY)


def save(by: int, year: str = "2025", confirmed=()):
    done = saved.save(shared(), incoming(by, year), "prov", confirmed, today=TODAY)
    refresh.refresh(DB, shared())
    return done


def count_of(day: date = DAY) -> population.Count:
    return population.at(DB, [day], None, ["0184"])["0184", day]


BEFORE = held("2025-12-31")["0184"]


def test_the_newest_holds_and_the_older_comes_back_when_it_is_withdrawn():
    first, second = save(10), save(5)  # five more than what then held
    assert count_of().count == BEFORE + 15
    assert saved.get(shared(), first.id).figures != saved.get(shared(), second.id).figures
    saved.withdraw(shared(), second.id, "fel fil")
    refresh.refresh(DB, shared())
    assert count_of().count == BEFORE + 10
    saved.withdraw(shared(), first.id, "fel fil")
    refresh.refresh(DB, shared())
    assert count_of().count == BEFORE


def test_the_source_the_day_and_the_reason_are_kept():
    done = save(10)
    assert (done.retrieved, done.reason, done.file) == (TODAY, "prov", "folk.px")
    assert "inläst 2027-02-22" in count_of().source and count_of().status == "utfall"


def test_a_new_year_end_becomes_outcome():
    save(100, "2026")
    assert count_of(date(2026, 12, 31)).count == BEFORE + 100
    assert count_of(date(2026, 12, 31)).status == "utfall"


def test_nothing_is_saved_without_a_reason_or_without_news():
    with pytest.raises(BadInput):
        saved.save(shared(), incoming(10), " ")
    with pytest.raises(VintageEmpty):
        saved.save(shared(), incoming(0), "prov")
    assert shared().sequence() == 0


def test_each_thing_that_looks_wrong_is_confirmed_by_name():
    found = incoming(60_000)
    names = {doubt.name for doubt in found.doubts}
    with pytest.raises(NotConfirmed) as told:
        saved.save(shared(), found, "prov", names - {"Solna"})
    assert told.value.names == ("Solna",)
    assert saved.save(shared(), found, "prov", names).confirmed


def test_a_figure_by_hand_is_marked_wherever_it_is_used():
    saved.set_by_hand(shared(), NAMES_BY_KOMMUN, "0184", DAY, 77_000, "räknat om", today=TODAY)
    refresh.refresh(DB, shared())
    found = count_of()
    assert (found.count, found.status) == (77_000, "uppskattad")
    assert "satt för hand" in found.rule and "räknat om" in found.source


@pytest.mark.parametrize(("count", "ok"), [(0, False), (1, True), (100_000_001, False)])
def test_a_figure_by_hand_has_limits(count, ok):
    if ok:
        saved.set_by_hand(shared(), NAMES_BY_KOMMUN, "0184", DAY, count, "prov")
    else:
        with pytest.raises(BadInput):
            saved.set_by_hand(shared(), NAMES_BY_KOMMUN, "0184", DAY, count, "prov")


def test_what_is_not_there_cannot_be_withdrawn():
    with pytest.raises(PostMissing):
        saved.withdraw(shared(), "finns-inte", "prov")


def test_another_store_has_its_own_figures(tmp_path, monkeypatch):
    save(10)
    monkeypatch.setenv("SAMVERKAN_STORE", f"sqlite:///{tmp_path / 'annat.db'}")
    refresh.follow(shared())
    assert count_of().count == BEFORE
