"""A search that runs beside the page: followed, stopped with the best so far, faults told."""

from datetime import date

import pytest

from analytics import agreement, database, parties, rotation_run
from analytics.rotation_plan import foresla
from analytics.rotation_problem import Villkor, uppdrag
from analytics.rotation_run import Korning

ROWS = parties.rader(database.shared(), agreement.load())
HARD = Villkor(date(2027, 1, 1), 10, pass_manader=3, mellanrum=8)  # blåljus: not proven in a minute


def problem(kategori, asked):
    return uppdrag([], ROWS, kategori, asked)


def test_what_is_found_beside_the_page_is_what_foresla_finds():
    asked = Villkor(date(2027, 1, 1), 4)
    problems = [problem(k, asked) for k in ("kommun", "trafik")]
    run = Korning(problems, 30)
    assert [one.val for one in run.svar()] == [foresla(one).val for one in problems]
    assert run.klar
    assert all(one.bevisad for one in run.svar())
    assert run.lage.startswith("trafik: ")


def test_a_search_that_is_stopped_keeps_the_best_and_is_not_proven():
    run = Korning([problem("blåljus", HARD)], 600)
    assert not run.vanta(0.2)
    assert 0 < run.andel < 1
    run.stoppa()
    (found,) = run.svar()
    assert run.klar
    assert run.sekunder < 60  # of the 600 that it could have taken
    assert not found.bevisad
    assert "inte bevisat" in found.mening
    assert any(who is not None for who in found.val)


def test_what_goes_wrong_in_the_search_is_raised_to_the_one_who_asks(monkeypatch):
    monkeypatch.setattr(rotation_run, "foresla", lambda *args: 1 // 0)
    run = Korning([problem("trafik", HARD)], 1)
    with pytest.raises(ZeroDivisionError):
        run.svar()
