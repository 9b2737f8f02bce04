"""A budget adds up to the krona, and a decided one is never changed."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from analytics.budget import versions
from analytics.budget.errors import BudgetFault, BudgetLocked, BudgetMissing
from analytics.budget.lines import (
    UNALLOCATED,
    Budget,
    new_line,
    parts_of_frame,
    require_sound,
    scale,
    with_frame,
    with_line,
    with_remainder,
    without_line,
)
from analytics.errors import ReasonMissing
from analytics.money import split
from analytics.store.errors import Conflict
from analytics.store.posts import shared

kronor = st.integers(0, 10**9)


def make_draft(*rows, frame=900, andel=Fraction(2, 3)):
    return Budget(
        year=2027, frame_kr=frame, parts_kr=parts_of_frame(frame, andel), rows=tuple(rows)
    )


@given(kronor, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_split_loses_no_krona_and_is_fair_to_within_one(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        ideal = Fraction(total * weight, whole) if whole else Fraction(total, len(weights))
        assert abs(part - ideal) < 1


def test_the_frame_of_2015_is_two_parts_to_the_krona():
    assert parts_of_frame(6_500_000, Fraction(2, 3)) == {"inlan": 4_333_333, "gemensamt": 2_166_667}
    assert parts_of_frame(3, Fraction(1, 2)) == {
        "inlan": 2,
        "gemensamt": 1,
    }  # a tie goes to the first


def test_a_year_without_profile_is_split_evenly_and_the_odd_kronor_come_first():
    assert new_line("inlan", "Blåljus", 1_000).tertial_kr == (334, 333, 333)


def test_tertials_alone_make_the_year_and_budget_to_date_is_cumulative():
    made = new_line("gemensamt", "Övning", None, (100, 0, 50))
    assert made.year_kr == 150
    assert [made.until_kr(n) for n in (1, 2, 3)] == [100, 100, 150]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("inlan", "A", 100, (50, 30, 30)), "tillsammans 110 kr men året 100 kr"),
        (("inlan", "A", 100, (50, None, 50)), "tre tertialen"),
        (("inlan", "A", None), "Beloppet saknas"),
        (("inlan", "A", -5), "−5 kr"),
        (("inlan", "A", 0, (5, -10, 5)), "−10 kr"),
        (("resor", "A", 5), "Delen ”resor” finns inte"),
        (("inlan", "  ", 5), "namn saknas"),
        (("inlan", "A" * 81, 5), "80 tecken"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_the_value_in_words(arguments, says):
    with pytest.raises(BudgetFault) as caught:
        new_line(*arguments)
    assert says in str(caught.value).replace("\xa0", " ")


def test_every_fault_of_a_line_is_told():
    with pytest.raises(BudgetFault) as caught:
        new_line("resor", "", -1)
    assert len(caught.value.faults) == 3


def test_two_lines_of_one_name_in_a_part_are_refused_but_not_in_different_parts():
    twice = [new_line("inlan", "Resor", 1), new_line("inlan", "RESOR", 1)]
    with pytest.raises(BudgetFault, match="heter ”RESOR”"):
        require_sound(twice)
    require_sound([new_line("inlan", "Resor", 1), new_line("gemensamt", "Resor", 1)])


def test_a_budget_adds_up_only_when_every_part_does_to_the_krona():
    fits = make_draft(new_line("inlan", "A", 600), new_line("gemensamt", "B", 300))
    assert fits.faults() == []
    less = with_line(fits, new_line("inlan", "A", 599, line_id=fits.rows[0].id))
    assert "1 kr mindre än delen 600 kr" in less.faults()[0].replace("\xa0", " ")
    more = with_line(fits, new_line("gemensamt", "C", 1))
    assert "1 kr mer än delen 300 kr" in more.faults()[0].replace("\xa0", " ")
    assert (
        len(make_draft(new_line("inlan", "A", 900)).faults()) == 2
    )  # the right sum, in the wrong parts
    assert "inga poster" in make_draft().faults()[0]


@given(st.integers(1, 10**8), st.lists(kronor, min_size=1, max_size=6))
def test_lines_scaled_to_the_parts_fill_them_and_keep_their_profile_whole(frame, years):
    rows = [new_line("inlan", f"a{n}", year) for n, year in enumerate(years)]
    rows += [new_line("gemensamt", f"b{n}", year) for n, year in enumerate(years)]
    scaled = scale(make_draft(*rows, frame=frame))
    assert scaled.faults() == []
    assert all(sum(r.tertial_kr) == r.year_kr for r in scaled.rows)


def test_what_is_not_planned_goes_to_a_line_of_its_own_once():
    half = make_draft(new_line("inlan", "A", 400), new_line("gemensamt", "B", 300))
    whole = with_remainder(half)
    assert whole.faults() == []
    assert [r.year_kr for r in whole.rows if r.name == UNALLOCATED] == [200]
    again = with_remainder(without_line(whole, half.rows[0].id))
    assert again.total("inlan") == 600
    assert [r.id for r in again.rows if r.name == UNALLOCATED] == [whole.rows[-1].id]


def test_a_new_frame_leaves_the_lines_and_says_what_is_left():
    changed = with_frame(
        make_draft(new_line("inlan", "A", 600), new_line("gemensamt", "B", 300)),
        1_200,
        Fraction(1, 2),
        "x",
    )
    assert (changed.left("inlan"), changed.left("gemensamt")) == (0, 300)
    assert changed.scenario_id == "x"


# ---- in the store ----


def make_line(year=2027, **extra):
    rows = [new_line("inlan", "A", 600), new_line("gemensamt", "B", 300)]
    return versions.begin(shared(), year, 900, Fraction(2, 3), rows, reason="prov", **extra)


def test_a_draft_is_saved_as_it_is_and_is_not_in_force():
    made = make_line()
    assert versions.open_draft(shared(), 2027) == made
    assert versions.decided_budget(shared(), 2027) is None


def test_a_second_draft_of_the_year_is_refused():
    make_line()
    with pytest.raises(BudgetFault, match="finns redan"):
        make_line()


def test_a_decision_needs_a_reason_and_a_budget_that_adds_up():
    made = make_line()
    with pytest.raises(ReasonMissing):
        versions.decide(shared(), made, reason="  ")
    short = versions.save(shared(), without_line(made, made.rows[0].id), reason="prov")
    with pytest.raises(BudgetFault, match="går inte ihop"):
        versions.decide(shared(), short, reason="beslut")
    assert versions.decided_budget(shared(), 2027) is None


def test_a_decided_budget_is_never_changed_and_a_change_is_a_new_version_with_the_same_ids():
    first = versions.decide(shared(), make_line(), reason="Chefsgruppen")
    with pytest.raises(BudgetLocked):
        versions.save(shared(), first, reason="prov")
    with pytest.raises(BudgetLocked):
        versions.discard(shared(), first, reason="prov")
    draft = versions.begin_version(shared(), 2027, reason="Ändrat")
    assert draft.number == 2
    moved = with_line(
        draft, new_line("inlan", "A", None, (100, 200, 300), line_id=draft.rows[0].id)
    )
    second = versions.decide(
        shared(), versions.save(shared(), moved, reason="prov"), reason="Senarelagt"
    )
    assert versions.decided_budget(shared(), 2027) == second
    assert [b.number for b in versions.versions(shared(), 2027)] == [1, 2]
    assert versions.versions(shared(), 2027)[0] == first
    assert [r.id for r in second.rows] == [r.id for r in first.rows]


def test_who_saves_over_someone_elses_draft_is_told():
    made = make_line()
    versions.save(shared(), with_line(made, new_line("inlan", "C", 1)), reason="prov")
    with pytest.raises(Conflict):
        versions.save(shared(), with_line(made, new_line("inlan", "D", 1)), reason="prov")


def test_a_thrown_draft_leaves_its_place_to_another():
    versions.discard(shared(), make_line(), reason="prov")
    assert versions.open_draft(shared(), 2027) is None
    assert make_line().number == 1


def test_two_may_change_different_lines_of_a_draft_but_not_the_same_one():
    made = make_line()
    first, second = made.rows
    versions.save_line(
        shared(), 2027, new_line("inlan", "A", 1, line_id=first.id), first, reason="x"
    )
    versions.save_line(shared(), 2027, None, second, reason="x")
    with pytest.raises(BudgetFault, match="Någon annan har ändrat posten ”A”"):
        versions.save_line(shared(), 2027, None, first, reason="x")
    with pytest.raises(BudgetFault, match="Nu finns den inte"):
        versions.save_line(shared(), 2027, second, second, reason="x")
    now = versions.save_line(shared(), 2027, new_line("gemensamt", "C", 5), None, reason="x")
    assert [(r.name, r.year_kr) for r in now.rows] == [("A", 1), ("C", 5)]
    with pytest.raises(BudgetMissing):
        versions.save_line(shared(), 2028, None, first, reason="x")
