"""A search that runs beside the page: followed, stopped with the best so far, faults told."""

from datetime import date

import pytest

from analytics.agreement import contract, parties
from analytics.reference import database
from analytics.rotation import run as rotation_run
from analytics.rotation.plan import propose
from analytics.rotation.problem import PlanTerms, assignment
from analytics.rotation.run import SearchRun

ROWS = parties.party_rows(database.shared(), contract.load())
HARD = PlanTerms(date(2027, 1, 1), 10, turn_months=3, gap=8)  # blåljus: not proven in a minute


def problem(category, asked):
    return assignment([], ROWS, category, asked)


def test_what_is_found_beside_the_page_is_what_propose_finds():
    asked = PlanTerms(date(2027, 1, 1), 4)
    problems = [problem(k, asked) for k in ("kommun", "trafik")]
    run = SearchRun(problems, 30)
    assert [one.choice for one in run.answer()] == [propose(one).choice for one in problems]
    assert run.ready
    assert all(one.proven for one in run.answer())
    assert run.status.startswith("trafik: ")


def test_a_search_that_is_stopped_keeps_the_best_and_is_not_proven():
    run = SearchRun([problem("blåljus", HARD)], 600)
    assert not run.wait(0.2)
    assert 0 < run.share_done < 1
    run.stop_it()
    (found,) = run.answer()
    assert run.ready
    assert run.seconds < 60  # of the 600 that it could have taken
    assert not found.proven
    assert "inte bevisat" in found.sentence
    assert any(who is not None for who in found.choice)


def test_what_goes_wrong_in_the_search_is_raised_to_the_one_who_asks(monkeypatch):
    monkeypatch.setattr(rotation_run, "propose", lambda *args: 1 // 0)
    run = SearchRun([problem("trafik", HARD)], 1)
    with pytest.raises(ZeroDivisionError):
        run.answer()
