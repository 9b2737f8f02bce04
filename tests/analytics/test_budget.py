"""A budget adds up to the krona, and a decided one is never changed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import budget_store
from analytics.budget import (
    EJ_FORDELAT,
    Budget,
    delar,
    med_rad,
    med_ram,
    med_rest,
    prova,
    rad,
    skala,
    utan_rad,
)
from analytics.errors import SkalSaknas
from analytics.errors_budget import BudgetFel, BudgetLast, BudgetSaknas
from analytics.errors_store import Konflikt
from analytics.money import split
from analytics.store import shared

kronor = st.integers(0, 10**9)


def utkast(*rows, ram=900, andel=Fraction(2, 3)):
    return Budget(2027, ram, delar(ram, andel), tuple(rows))


@given(kronor, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_split_loses_no_krona_and_is_fair_to_within_one(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        ideal = Fraction(total * weight, whole) if whole else Fraction(total, len(weights))
        assert abs(part - ideal) < 1


def test_the_frame_of_2015_is_two_parts_to_the_krona():
    assert delar(6_500_000, Fraction(2, 3)) == {"inlan": 4_333_333, "gemensamt": 2_166_667}
    assert delar(3, Fraction(1, 2)) == {"inlan": 2, "gemensamt": 1}  # a tie goes to the first


def test_a_year_without_profile_is_split_evenly_and_the_odd_kronor_come_first():
    assert rad("inlan", "Blåljus", 1_000).tertial_kr == (334, 333, 333)


def test_tertials_alone_make_the_year_and_budget_to_date_is_cumulative():
    made = rad("gemensamt", "Övning", None, (100, 0, 50))
    assert made.ar_kr == 150
    assert [made.till_kr(n) for n in (1, 2, 3)] == [100, 100, 150]


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
    with pytest.raises(BudgetFel) as caught:
        rad(*arguments)
    assert says in str(caught.value).replace("\xa0", " ")


def test_every_fault_of_a_line_is_told():
    with pytest.raises(BudgetFel) as caught:
        rad("resor", "", -1)
    assert len(caught.value.fel) == 3


def test_two_lines_of_one_name_in_a_part_are_refused_but_not_in_different_parts():
    twice = [rad("inlan", "Resor", 1), rad("inlan", "RESOR", 1)]
    with pytest.raises(BudgetFel, match="heter ”RESOR”"):
        prova(twice)
    prova([rad("inlan", "Resor", 1), rad("gemensamt", "Resor", 1)])


def test_a_budget_adds_up_only_when_every_part_does_to_the_krona():
    fits = utkast(rad("inlan", "A", 600), rad("gemensamt", "B", 300))
    assert fits.fel() == []
    less = med_rad(fits, rad("inlan", "A", 599, rad_id=fits.rader[0].id))
    assert "1 kr mindre än delen 600 kr" in less.fel()[0].replace("\xa0", " ")
    more = med_rad(fits, rad("gemensamt", "C", 1))
    assert "1 kr mer än delen 300 kr" in more.fel()[0].replace("\xa0", " ")
    assert len(utkast(rad("inlan", "A", 900)).fel()) == 2  # the right sum, in the wrong parts
    assert "inga poster" in utkast().fel()[0]


@given(st.integers(1, 10**8), st.lists(kronor, min_size=1, max_size=6))
def test_lines_scaled_to_the_parts_fill_them_and_keep_their_profile_whole(ram, years):
    rows = [rad("inlan", f"a{n}", year) for n, year in enumerate(years)]
    rows += [rad("gemensamt", f"b{n}", year) for n, year in enumerate(years)]
    scaled = skala(utkast(*rows, ram=ram))
    assert scaled.fel() == []
    assert all(sum(r.tertial_kr) == r.ar_kr for r in scaled.rader)


def test_what_is_not_planned_goes_to_a_line_of_its_own_once():
    half = utkast(rad("inlan", "A", 400), rad("gemensamt", "B", 300))
    whole = med_rest(half)
    assert whole.fel() == []
    assert [r.ar_kr for r in whole.rader if r.namn == EJ_FORDELAT] == [200]
    again = med_rest(utan_rad(whole, half.rader[0].id))
    assert again.summa("inlan") == 600
    assert [r.id for r in again.rader if r.namn == EJ_FORDELAT] == [whole.rader[-1].id]


def test_a_new_frame_leaves_the_lines_and_says_what_is_left():
    changed = med_ram(
        utkast(rad("inlan", "A", 600), rad("gemensamt", "B", 300)), 1_200, Fraction(1, 2), "x"
    )
    assert (changed.kvar("inlan"), changed.kvar("gemensamt")) == (0, 300)
    assert changed.scenario_id == "x"


# ---- in the store ----


def ett(ar=2027, **extra):
    rows = [rad("inlan", "A", 600), rad("gemensamt", "B", 300)]
    return budget_store.nytt(shared(), ar, 900, Fraction(2, 3), rows, skal="prov", **extra)


def test_a_draft_is_saved_as_it_is_and_is_not_in_force():
    made = ett()
    assert budget_store.utkast(shared(), 2027) == made
    assert budget_store.gallande(shared(), 2027) is None


def test_a_second_draft_of_the_year_is_refused():
    ett()
    with pytest.raises(BudgetFel, match="finns redan"):
        ett()


def test_a_decision_needs_a_reason_and_a_budget_that_adds_up():
    made = ett()
    with pytest.raises(SkalSaknas):
        budget_store.besluta(shared(), made, skal="  ")
    short = budget_store.spara(shared(), utan_rad(made, made.rader[0].id), skal="prov")
    with pytest.raises(BudgetFel, match="går inte ihop"):
        budget_store.besluta(shared(), short, skal="beslut")
    assert budget_store.gallande(shared(), 2027) is None


def test_a_decided_budget_is_never_changed_and_a_change_is_a_new_version_with_the_same_ids():
    first = budget_store.besluta(shared(), ett(), skal="Chefsgruppen")
    with pytest.raises(BudgetLast):
        budget_store.spara(shared(), first, skal="prov")
    with pytest.raises(BudgetLast):
        budget_store.kasta(shared(), first, skal="prov")
    draft = budget_store.ny_version(shared(), 2027, skal="Ändrat")
    assert draft.nummer == 2
    moved = med_rad(draft, rad("inlan", "A", None, (100, 200, 300), rad_id=draft.rader[0].id))
    second = budget_store.besluta(
        shared(), budget_store.spara(shared(), moved, skal="prov"), skal="Senarelagt"
    )
    assert budget_store.gallande(shared(), 2027) == second
    assert [b.nummer for b in budget_store.versioner(shared(), 2027)] == [1, 2]
    assert budget_store.versioner(shared(), 2027)[0] == first
    assert [r.id for r in second.rader] == [r.id for r in first.rader]


def test_who_saves_over_someone_elses_draft_is_told():
    made = ett()
    budget_store.spara(shared(), med_rad(made, rad("inlan", "C", 1)), skal="prov")
    with pytest.raises(Konflikt):
        budget_store.spara(shared(), med_rad(made, rad("inlan", "D", 1)), skal="prov")


def test_a_thrown_draft_leaves_its_place_to_another():
    budget_store.kasta(shared(), ett(), skal="prov")
    assert budget_store.utkast(shared(), 2027) is None
    assert ett().nummer == 1


def test_two_may_change_different_lines_of_a_draft_but_not_the_same_one():
    made = ett()
    first, second = made.rader
    budget_store.spara_rad(shared(), 2027, rad("inlan", "A", 1, rad_id=first.id), first, skal="x")
    budget_store.spara_rad(shared(), 2027, None, second, skal="x")
    with pytest.raises(BudgetFel, match="Någon annan har ändrat posten ”A”"):
        budget_store.spara_rad(shared(), 2027, None, first, skal="x")
    with pytest.raises(BudgetFel, match="Nu finns den inte"):
        budget_store.spara_rad(shared(), 2027, second, second, skal="x")
    now = budget_store.spara_rad(shared(), 2027, rad("gemensamt", "C", 5), None, skal="x")
    assert [(r.namn, r.ar_kr) for r in now.rader] == [("A", 1), ("C", 5)]
    with pytest.raises(BudgetSaknas):
        budget_store.spara_rad(shared(), 2028, None, first, skal="x")
