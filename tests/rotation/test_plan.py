"""The proposed plan is the fairest there is: against every plan, on cases small enough to try."""

import random
import time
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from analytics.agreement import contract, parties
from analytics.benchmarks import rotation as benchmarks_rotation
from analytics.reference import database
from analytics.rotation.bound import greedy, relaxed, turn_key
from analytics.rotation.loans import Inlan, Period
from analytics.rotation.plan import propose
from analytics.rotation.problem import PlanFault, PlanTerms, Unavailable, assignment
from analytics.rotation.proof import prove, turns_of
from analytics.rotation.register import documented
from tests.given.agreement import kommun_row

START = date(2027, 1, 1)


def make_inlan(who, since, until, **more):
    period = Period(date.fromisoformat(since), date.fromisoformat(until), 50)
    return Inlan(f"{who}{since}", "kommun", who, "Samordnare", (period,), "överenskommet", **more)


def allowed(problem, chosen):
    """The conditions once more, in the plainest way."""
    for turn, who in zip(problem.free, chosen, strict=True):
        if who is not None and turn not in problem.possible[who]:
            return False
        if problem.locked_turns.get(turn, who) != who:
            return False
    taken = [(t, w) for t, w in zip(problem.free, chosen, strict=True) if w is not None]
    return not any(a[1] == b[1] and 0 < b[0] - a[0] <= problem.gap for a in taken for b in taken)


def every_plan(problem):
    for chosen in product([*problem.can, None], repeat=len(problem.free)):
        if allowed(problem, chosen):
            yield chosen


def case(seed):
    """The seed's case, or the next of its kind where the pin contradicts the rest."""
    while True:
        found = drawn(seed)
        try:
            return *found, assignment(found[0], found[1], "kommun", found[2], found[3])
        except PlanFault:
            seed += 1000


def drawn(seed):
    """A random small case: three or four parties, up to six turns, history, noes, pins, rest."""
    r = random.Random(seed)
    names = ["a", "b", "c", "d"][: r.choice([2, 3, 4])]
    rows = [kommun_row(name) for name in names]
    if r.random() < 0.3:
        rows.append(kommun_row(names[-1], date(2028, 1, 1), takes_part=False))
    history = [
        make_inlan(r.choice(names), "2026-01-01", "2026-06-30") for _ in range(r.choice([0, 1]))
    ]
    history += [
        make_inlan(r.choice(names), "2027-07-01", "2027-12-31", plan="p")
        for _ in range(r.choice([0, 1]))
    ]
    noes = tuple(
        Unavailable(r.choice(names), date(y, 1, 1), date(y, r.choice([3, 12]), 31), "prov")
        for y in r.sample([2027, 2028], r.choice([0, 1, 2]))
    )
    weights = {name: Fraction(r.choice([1, 1, 2, 5])) for name in names}
    years = r.choice([1, 2, 3]) if len(names) < 4 else r.choice([1, 2])
    asked = PlanTerms(START, years, unavailable=noes, gap=r.choice([0, 1, 2]),
                    locked_turns=((names[0], START),) if r.random() < 0.3 else (),
                    handover=r.choice([0, 0, 14, 31]))  # fmt: skip
    return history, rows, asked, weights.__getitem__


@pytest.mark.parametrize("seed", range(60))
def test_no_plan_is_fairer_than_the_proposed_one(seed):
    history, rows, asked, weight, problem = case(seed)
    found = propose(problem)
    plans = list(every_plan(problem))
    best = min(turn_key(problem, chosen) for chosen in plans)

    assert found.proven
    assert turn_key(problem, found.choice) == best
    moved = [
        sum(problem.published.get(t, w) != w for t, w in zip(problem.free, chosen, strict=True))
        for chosen in plans
        if turn_key(problem, chosen) == best
    ]
    assert found.moved == min(moved)
    assert prove(found, history, rows, asked, weight) == []
    assert turn_key(problem, relaxed(problem)) <= best
    assert turn_key(problem, greedy(problem)) >= best or not allowed(problem, greedy(problem))


def test_the_cases_reach_the_search_beyond_the_bound():
    """Some of the cases above must have a rest that the bound does not see."""
    beyond = 0
    for seed in range(60):
        problem = case(seed)[-1]
        best = turn_key(problem, propose(problem).choice)
        beyond += best > turn_key(problem, relaxed(problem))
    assert beyond >= 5


def test_the_order_of_the_parties_does_not_matter():
    rows = list(parties.party_rows(database.shared(), contract.load()))
    known = documented(database.shared())
    asked = PlanTerms(START, 4)
    one = propose(assignment(known, rows, "kommun", asked))
    random.Random(1).shuffle(rows)
    assert propose(assignment(known, rows, "kommun", asked)).choice == one.choice


def test_at_equal_debts_the_lower_id_goes_first_and_who_has_served_waits():
    rows = [kommun_row(name) for name in "dcba"]
    known = [make_inlan("a", "2026-01-01", "2026-12-31")]
    found = propose(assignment(known, rows, "kommun", PlanTerms(START, 2)))
    # a has served six of the eighteen months that four parties share: it owes nothing
    assert found.choice == ("b", "c", "d", "b")


def test_every_kommun_for_ten_years_is_proven_within_thirty_seconds():
    rows = parties.party_rows(database.shared(), contract.load())
    known = documented(database.shared())
    asked = PlanTerms(START, 10)
    began = time.monotonic()
    found = propose(assignment(known, rows, "kommun", asked))
    assert time.monotonic() - began < 30
    assert found.proven
    assert found.sentence.startswith("26 kommuner, 20 pass: minst 6 står utan;")
    assert len(found.without) == 6
    assert "0115" in found.without  # Vallentuna has served 13,5 months
    assert prove(found, known, rows, asked) == []


def test_four_turns_among_26_leave_at_least_22_without():
    rows = parties.party_rows(database.shared(), contract.load())
    found = propose(assignment([], rows, "kommun", PlanTerms(START, 2)))
    assert found.sentence == (
        "26 kommuner, 4 pass: minst 22 står utan; planen är bevisat så jämn som villkoren tillåter."
    )


def test_polisen_is_unavailable_in_2028_and_taby_is_pinned_for_the_spring():
    rows = parties.party_rows(database.shared(), contract.load())
    no = Unavailable("polisen", date(2028, 1, 1), date(2028, 12, 31), "omorganisation")
    asked = PlanTerms(START, 4, unavailable=(no,), locked_turns=(("0160", date(2027, 3, 1)),))
    kommun = propose(assignment([], rows, "kommun", asked))
    blue = propose(assignment([], rows, "blåljus", asked))
    assert kommun.choice[0] == "0160"
    assert "polisen" in blue.choice
    assert not any(t.party == "polisen" and t.since.year == 2028 for t in turns_of(blue, asked))
    assert prove(kommun, [], rows, asked) == prove(blue, [], rows, asked) == []


def test_a_plan_that_the_time_did_not_suffice_for_is_marked_as_not_proven():
    rows = parties.party_rows(database.shared(), contract.load())
    found = propose(assignment([], rows, "blåljus", PlanTerms(START, 10, gap=8)), 0)
    assert not found.proven
    assert "inte bevisat" in found.sentence


def test_the_checker_sees_a_plan_that_breaks_its_conditions():
    rows = [kommun_row("a"), kommun_row("b")]
    no = Unavailable("a", date(2027, 1, 1), date(2027, 3, 31), "prov")
    asked = PlanTerms(START, 1, unavailable=(no,))
    good = propose(assignment([], rows, "kommun", asked))
    assert good.choice == ("b", "a")
    bad = replace(good, choice=("a", "a"), proven=True)
    found = " ".join(prove(bad, [], rows, asked))
    assert "a är otillgänglig" in found
    assert "a vilar bara 0 månader" in found
    lost = replace(good, choice=("b", None), proven=True)
    assert prove(lost, [], rows, asked) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (PlanTerms(START, 0), "1–10 år"),
        (PlanTerms(START, 11), "1–10 år"),
        (PlanTerms(date(2027, 1, 2), 1), "den första i en månad"),
        (PlanTerms(START, 1, turn_months=7), "inte jämnt upp"),
        (PlanTerms(START, 1, percent=140), "1–100 procent"),
        (PlanTerms(START, 1, locked_turns=(("a", date(2026, 1, 1)),)), "inget ledigt pass"),
        (PlanTerms(START, 1, locked_turns=(("a", START), ("b", START))), "låst för både a och b"),
        (
            PlanTerms(START, 1, locked_turns=(("a", START), ("a", date(2027, 7, 1)))),
            "mindre än 1 pass emellan",
        ),
    ],
)
def test_what_contradicts_itself_is_told(asked, said):
    with pytest.raises(PlanFault, match=said):
        assignment([], [kommun_row("a"), kommun_row("b")], "kommun", asked)


def test_the_measured_cases_are_proven_and_never_less_fair_than_the_greedy_plan():
    measured = benchmarks_rotation.measure()
    assert all(row["proven"] for row in measured)
    for row in measured:
        fair = (row["plan_vacant"], Fraction(row["plan_largest_debt"]))
        assert fair <= (row["greedy_vacant"], Fraction(row["greedy_largest_debt"]))
        assert row["plan_s"] < 30
    text = "\n".join(benchmarks_rotation.text(measured))
    assert text.count("bevisat") == 3
