"""The benchmark compares like with like: three ways of writing the rule, one set of kronor."""

import json

import numpy as np
import pytest

from analytics.benchmarks import fees as benchmarks_fees
from analytics.benchmarks.fees import SWEEP, Unequal
from analytics.reference import database
from tests.given.command_line import run

DB = database.shared()
PEOPLE = benchmarks_fees.make_parties(DB)


@pytest.mark.parametrize("sweep", SWEEP, ids=lambda s: s.name)
def test_sql_numpy_and_pandas_agree_to_the_krona(sweep):
    assert benchmarks_fees.compare_ways(DB, PEOPLE, sweep) == benchmarks_fees.SAMPLE


@pytest.mark.parametrize("sweep", SWEEP, ids=lambda s: s.name)
def test_the_scenarios_reach_ceilings_that_bind_none_some_and_all(sweep):
    f = benchmarks_fees.make_cases(2_000, sweep.everything)
    kommun_rows, _ = benchmarks_fees.numpy_cases(PEOPLE, f, sweep.water_fill)
    stopped = (kommun_rows == f.ceiling_num[:, None] * PEOPLE.half_years // f.ceiling_den).sum(
        axis=1
    )
    assert {0, 26} <= set(stopped.tolist())
    assert set(stopped.tolist()) - {0, 26}


def test_a_difference_stops_the_measuring(monkeypatch):
    def wrong(*args):
        return tuple(np.asarray(fees) + 1 for fees in right(*args))

    right = benchmarks_fees.numpy_cases
    monkeypatch.setattr(benchmarks_fees, "numpy_cases", wrong)
    with pytest.raises(Unequal, match="SQL och numpy ger olika avgifter"):
        benchmarks_fees.compare_ways(DB, PEOPLE, SWEEP[0])


def test_the_command_prints_every_figure_as_a_table_and_as_json(monkeypatch):
    booked = benchmarks_fees.ledger.measure(400)
    monkeypatch.setattr(benchmarks_fees.ledger, "measure", lambda: booked)
    small = benchmarks_fees.measure((1, 1_000))
    monkeypatch.setattr(benchmarks_fees, "measure", lambda: small)
    _, text, _ = run("benchmark", "--format", "json")
    found = json.loads(text)

    assert [row["scenarios"] for row in found["runs"]] == [1, 1_000] * 3
    assert {goal["name"] for goal in found["reach"]} == set(benchmarks_fees.LIMITS)
    assert found["equal_to_the_krona_cases"] == 150
    for row in found["runs"]:
        assert row["sql_s"] > 0 and row["numpy_ratio"] == row["sql_s"] / row["numpy_s"]
        with_pandas = row["scenarios"] == 1_000 and row["sweep"] != SWEEP[-1].name
        assert (row["pandas_ratio"] is not None) == with_pandas
    peak = next(goal for goal in found["reach"] if goal["name"] == "peak_mib_100000")
    assert peak["value"] is None or peak["value"] > 50

    _, table, _ = run("benchmark")
    assert "pandas/SQL vid 1 000" in table and "minnestopp" in table
    assert "Bokföringen, 400 rader" in table and found["ledger"]["rows"] == 400
    assert all(row["sweep"] in table for row in found["runs"])
