"""The benchmark compares like with like: three ways of writing the rule, one set of kronor."""

import json

import numpy as np
import pytest

from analytics import benchmark, database
from analytics.benchmark import SVEP, Unequal
from tests.kommandorad import run

DB = database.shared()
PEOPLE = benchmark.parter(DB)


@pytest.mark.parametrize("svep", SVEP, ids=lambda s: s.namn)
def test_sql_numpy_and_pandas_agree_to_the_krona(svep):
    assert benchmark.jamfor(DB, PEOPLE, svep) == benchmark.SAMPLE


@pytest.mark.parametrize("svep", SVEP, ids=lambda s: s.namn)
def test_the_scenarios_reach_ceilings_that_bind_none_some_and_all(svep):
    f = benchmark.fall(2_000, svep.allt)
    kommuner, _ = benchmark.numpy_fall(PEOPLE, f, svep.vattenfyll)
    stopped = (kommuner == f.tak_num[:, None] * PEOPLE.halvar // f.tak_den).sum(axis=1)
    assert {0, 26} <= set(stopped.tolist())
    assert set(stopped.tolist()) - {0, 26}


def test_a_difference_stops_the_measuring(monkeypatch):
    def wrong(*args):
        return tuple(np.asarray(fees) + 1 for fees in right(*args))

    right = benchmark.numpy_fall
    monkeypatch.setattr(benchmark, "numpy_fall", wrong)
    with pytest.raises(Unequal, match="SQL och numpy ger olika avgifter"):
        benchmark.jamfor(DB, PEOPLE, SVEP[0])


def test_the_command_prints_every_figure_as_a_table_and_as_json(monkeypatch):
    booked = benchmark.ledger.mat(400)
    monkeypatch.setattr(benchmark.ledger, "mat", lambda: booked)
    small = benchmark.mat((1, 1_000))
    monkeypatch.setattr(benchmark, "mat", lambda: small)
    _, text, _ = run("benchmark", "--format", "json")
    found = json.loads(text)

    assert [row["scenarios"] for row in found["runs"]] == [1, 1_000] * 3
    assert {goal["name"] for goal in found["reach"]} == set(benchmark.GRANSER)
    assert found["equal_to_the_krona_cases"] == 150
    for row in found["runs"]:
        assert row["sql_s"] > 0 and row["numpy_ratio"] == row["sql_s"] / row["numpy_s"]
        with_pandas = row["scenarios"] == 1_000 and row["sweep"] != SVEP[-1].namn
        assert (row["pandas_ratio"] is not None) == with_pandas
    peak = next(goal for goal in found["reach"] if goal["name"] == "peak_mib_100000")
    assert peak["value"] is None or peak["value"] > 50

    _, table, _ = run("benchmark")
    assert "pandas/SQL vid 1 000" in table and "minnestopp" in table
    assert "Bokföringen, 400 rader" in table and found["ledger"]["rows"] == 400
    assert all(row["sweep"] in table for row in found["runs"])
