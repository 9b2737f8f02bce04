"""A closed tertial is locked, keeps its figures, and its reopening leaves a trace (K7)."""

import dataclasses

import pytest

from analytics.errors import ReasonMissing
from analytics.followup import (
    activities,
    closings,
    comments,
    forecasts,
    seal as followup_seal,
    status as followup_status,
    year_result,
)
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.followup.errors import TertialHindered, TertialLocked
from analytics.followup.figures import BookedAfter
from analytics.followup.forecasts import LineForecast
from analytics.ledger import posting_rules
from analytics.ledger.posting_rules import PostingRule
from analytics.reference import database
from analytics.scenario.errors import SealBroken
from analytics.store.errors import Conflict
from analytics.store.posts import shared
from tests.given.followup import YEAR, book, decide_budget

DB = database.shared()


def status(tertial):
    return followup_status.status_of(DB, shared(), YEAR, tertial)


def close(tertial):
    return followup_status.close(DB, shared(), YEAR, tertial)


def a_booked_year():
    """Tertial 1 and 2 on plan to the krona."""
    decided = decide_budget(shared())
    book(
        shared(),
        ("2027-04-30", "5010", 200_000_00),
        ("2027-04-30", "6010", 100_000_00),
        ("2027-08-31", "5010", 200_000_00),
    )
    return decided


def test_a_tertial_on_plan_closes_and_is_as_it_was():
    a_booked_year()
    before = status(1)
    closed = close(1)
    assert closed.locked
    assert closed.closed_when is not None
    assert closed.lines == before.lines
    assert closed.total == before.total
    assert closed.after == ()


def test_everything_that_stands_in_the_way_is_told_at_once():
    decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", 1_00), ("2027-04-30", "7690", 500_00))
    activities.add(shared(), [Activity(YEAR, "Samverkansövning", 1)], reason="x")
    with pytest.raises(TertialHindered) as caught:
        close(1)
    told = " ".join(caught.value.faults).replace("\xa0", " ")
    for part in (
        "Konto 7690 har ingen regel: 1 rad, 500 kr",
        "Inlån avviker mer än tröskeln och saknar kommentar och åtgärd",
        "Övning avviker",
        "Aktiviteten Samverkansövning saknar status för tertial 1",
    ):
        assert part in told
    assert len(caught.value.faults) == 4


def test_tertials_are_closed_in_order():
    a_booked_year()
    with pytest.raises(TertialHindered, match="Tertial 1 är öppet"):
        close(2)
    close(1)
    assert close(2).locked


def test_without_budget_or_rows_nothing_is_closed():
    with pytest.raises(TertialHindered) as caught:
        close(1)
    assert len(caught.value.faults) == 2


def test_what_is_booked_inside_it_later_stands_beside_and_is_never_mixed_in():
    decided = a_booked_year()
    close(1)
    book(shared(), ("2027-03-01", "5010", 7_000_00), ("2027-03-01", "9999", 50))
    found = status(1)
    assert found.total.outcome_ore == 300_000_00
    assert found.after == (
        BookedAfter(decided.rows[0].id, "Inlån", 7_000_00),
        BookedAfter("okant", "Konton utan regel", 50),
    )
    assert followup_status.used_ore(DB, shared(), YEAR, 1) == 300_000_00
    assert status(2).total.outcome_ore == 507_000_00
    assert any("Efter att tertial 1 klarmarkerades" in t for t in status(2).notices)


def test_a_rule_changed_later_moves_nothing_inside_it_but_is_told():
    decided = a_booked_year()
    close(1)
    posting_rules.save(shared(), PostingRule("", "5010", "5010", "", decided.rows[1].id))
    amounts = [e.amount_ore for e in status(1).after]
    assert amounts == [-200_000_00, 200_000_00]
    assert [p.outcome_ore for p in status(1).lines] == [200_000_00, 100_000_00]


def test_what_belongs_to_it_is_locked_and_the_next_is_not():
    decided = a_booked_year()
    line = decided.rows[0].id
    close(1)
    with pytest.raises(TertialLocked):
        close(1)
    with pytest.raises(TertialLocked):
        comments.set_comment(shared(), YEAR, 1, line, Comment("x"))
    with pytest.raises(TertialLocked):
        forecasts.set_forecast(shared(), YEAR, 1, line, LineForecast("takt", reason="Jämn takt"))
    activity = activities.add(shared(), [Activity(YEAR, "A", 2)], reason="x")[0]
    with pytest.raises(TertialLocked):
        comments.set_status(shared(), activity, 1, "pågår", "")
    comments.set_comment(shared(), YEAR, 2, line, Comment("x"))
    assert comments.set_status(shared(), activity, 2, "pågår", "").status(2) == "pågår"


def test_reopening_needs_a_reason_the_last_one_first_and_leaves_a_trace():
    a_booked_year()
    close(1)
    close(2)
    with pytest.raises(TertialHindered, match="Tertial 2 är klarmarkerat"):
        followup_status.reopen(shared(), YEAR, 1, reason="fel")
    with pytest.raises(ReasonMissing):
        followup_status.reopen(shared(), YEAR, 2, reason=" ")
    followup_status.reopen(shared(), YEAR, 2, reason="Sen faktura")
    assert not status(2).locked
    assert followup_status.used_ore(DB, shared(), YEAR, 2) is None
    close(2)
    trace = closings.trail(shared(), YEAR, 2)
    assert [h.after["status"] for h in trace] == ["klarmarkerad", "öppen", "klarmarkerad"]
    assert [h.reason for h in trace] == ["klarmarkerat", "Sen faktura", "klarmarkerat"]
    with pytest.raises(TertialHindered, match="redan öppet"):
        followup_status.reopen(shared(), YEAR, 3, reason="x")


def test_the_next_tertial_shows_the_forecast_of_the_closed_one():
    a_booked_year()
    close(1)
    assert [p.previous_forecast_kr for p in status(2).lines] == [600_000, 300_000]
    assert [p.previous_forecast_kr for p in status(1).lines] == [None, None]


def test_sealed_figures_read_back_the_same_and_a_changed_one_is_found():
    a_booked_year()
    found = status(1)
    document = followup_seal.seal(found) | {"stangd": "2027-05-20T08:00:00+00:00"}
    back = followup_seal.open_sealed(document)
    assert dataclasses.replace(back, status="öppen", closed=None) == dataclasses.replace(
        found, obstacles=()
    )
    document["lage"]["poster"][0]["utfall_ore"] += 1
    with pytest.raises(SealBroken, match="Tertial 1 2027"):
        followup_seal.open_sealed(document)


def test_what_is_sealed_is_a_format_that_later_programs_must_read():
    a_booked_year()
    sealed = followup_seal.to_data(status(1))
    assert set(sealed) == {
        "ar", "tertial", "ram_kr", "delar_kr", "budget_nummer", "poster", "okanda",
        "intakter_ore", "utanfor_ore", "bokfort_till", "manader_ore", "vantat", "troskel",
        "aktiviteter", "exempel", "upplysningar",
    }  # fmt: skip
    assert set(sealed["poster"][0]) == {
        "id", "del_", "namn", "roll", "budget_ar_kr", "budget_kr", "tertial_kr", "utfall_ore",
        "rader", "metod", "prognos_kr", "prognos_skal", "profil_kr", "takt_kr",
        "forra_prognos_kr", "kommentar", "atgard", "status", "kraver",
    }  # fmt: skip


def test_what_is_booked_while_it_is_closed_is_after_it_and_never_lost(monkeypatch):
    a_booked_year()
    made, rows = followup_status._status_of, iter([("2027-04-30", "5010", 1_00)])

    def meanwhile(*arguments):
        found = made(*arguments)
        for row in rows:
            book(shared(), row)
        return found

    monkeypatch.setattr(followup_status, "_status_of", meanwhile)
    closed = close(1)
    assert closed.total.outcome_ore == 300_001_00  # put together again, with the row
    assert closed.after == ()


def test_used_means_are_unknown_until_the_tertial_is_closed():
    a_booked_year()
    assert followup_status.used_ore(DB, shared(), YEAR, 1) is None
    close(1)
    close(2)
    assert followup_status.used_ore(DB, shared(), YEAR, 2) == 500_000_00


def test_two_who_write_the_first_comment_at_once_meet():
    decided = a_booked_year()
    line = decided.rows[0].id
    saved = comments.set_comment(shared(), YEAR, 1, line, Comment("Min"))
    with pytest.raises(Conflict):
        comments.set_comment(shared(), YEAR, 1, line, Comment("Din"))
    assert comments.comments(shared(), YEAR, 1)[line] == saved


# ---- the year's end ----


def test_surplus_and_deficit_are_decided_part_by_part_and_never_netted():
    a_booked_year()
    book(shared(), ("2027-12-01", "5010", 150_000_00), ("2027-12-01", "6010", 230_000_00))
    left = [d.result_ore for d in status(3).parts]
    assert left == [50_000_00, -30_000_00]
    with pytest.raises(ReasonMissing):
        year_result.decide_result(shared(), YEAR, "inlan", left[0], "  ")
    year_result.decide_result(shared(), YEAR, "inlan", left[0], "Förs över till 2028")
    assert [(b.part_of_frame, b.amount_ore) for b in status(3).decisions] == [("inlan", 50_000_00)]
    kept = status(3).decisions[0]
    year_result.decide_result(
        shared(), YEAR, "inlan", left[0], "Betalas tillbaka", version=kept.version
    )
    assert status(3).decisions[0].decision == "Betalas tillbaka"


def test_a_year_that_was_removed_can_be_written_and_closed_again():
    decided = a_booked_year()
    line = decided.rows[0].id
    comments.set_comment(shared(), YEAR, 1, line, Comment("x"))
    close(1)
    for kind in (closings.TERTIAL, comments.COMMENT):
        for post in shared().list_all(kind):
            shared().remove(kind, post.id, post.version, reason="bort")
    assert not closings.is_closed(shared(), YEAR, 1)
    assert comments.comments(shared(), YEAR, 1) == {}
    assert comments.set_comment(shared(), YEAR, 1, line, Comment("y")).version == 1
    assert close(1).locked


def test_what_is_closed_in_an_example_is_an_example():
    decide_budget(shared(), example=True)
    book(shared(), ("2027-04-30", "5010", 200_000_00), ("2027-04-30", "6010", 100_000_00))
    assert close(1).example


def test_of_two_who_close_at_once_the_second_is_told_and_the_seal_stands():
    closed = {"status": "klarmarkerad", "stangd": "först"}
    closings.set_tertial(shared(), YEAR, 1, closed, reason="först")
    with pytest.raises(TertialLocked):
        closings.set_tertial(shared(), YEAR, 1, closed | {"stangd": "sedan"}, reason="x")
    assert closings.closing(shared(), YEAR, 1)["stangd"] == "först"
