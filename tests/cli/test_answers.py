"""python -m analytics: the JSON as promised; what the commands say is what the engine computes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from analytics.cli import fees as fees_command
from tests.given.command_line import run

ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "tests" / "given" / "agreements"


def fees(*argv):
    code, out, err = run("fees", "--format", "json", *argv)
    assert (code, err) == (0, "")
    return json.loads(out)


# ---- fees ----


def test_the_json_has_exactly_the_promised_keys():
    found = fees("--year", 2015)
    parties = found.pop("parties")

    assert found == {
        "year": 2015,
        "agreement": "samverkan_stockholmsregionen",
        "frame_kr": 6_500_000,
        "financed_kr": 6_500_000,
        "unfunded_kr": 0,
        "readings": {
            "T1": "tak",
            "T2": "foljer",
            "T3": "omfordela",
            "T4": "helar",
            "T5": "forskott",
            "T6": "preliminar",
        },
        "population": {
            "start": {"date": "2014-12-31", "status": "utfall"},
            "ceiling": {"date": "2014-06-30", "status": "uppskattad"},
        },
    }
    assert list(found) == [
        *("year", "agreement", "frame_kr", "financed_kr", "unfunded_kr"),
        *("readings", "population"),
    ]
    assert next(p for p in parties if p["party"] == "0183") == {
        "party": "0183",
        "name": "Sundbyberg",
        "block": "kommuner",
        "weight": 44_090,
        "ideal_kr": 65_191,
        "ceiling_kr": 64_788,
        "fee_kr": 64_788,
        "at_ceiling": True,
    }
    order = [(["kommuner", "ovriga"].index(p["block"]), p["party"]) for p in parties]
    assert order == sorted(order) and len(order) == 36
    assert sum(p["fee_kr"] for p in parties) == 6_500_000
    assert {type(p[k]) for p in parties for k in ("weight", "ideal_kr", "fee_kr")} == {int}


def test_without_a_ceiling_it_is_null_and_a_weight_keeps_its_decimals(tmp_path):
    found = fees("--year", 2015, "--reading", "T1=fast")
    assert found["unfunded_kr"] == -383_500
    assert {p["ceiling_kr"] for p in found["parties"] if p["block"] == "ovriga"} == {None}

    mixed = fees(
        *("--year", 2024, "--agreement", AGREEMENT / "lika_och_invanare.toml"),
        *("--population", AGREEMENT / "folkmangd.csv"),
    )
    assert [p["weight"] for p in mixed["parties"]] == [0.45, 0.31, 0.24]
    assert mixed["population"] == {
        "start": {"date": "2023-11-01", "status": "utfall"},
        "ceiling": None,
    }


def test_table_and_csv_say_the_same_as_the_json():
    found = fees("--year", 2027, "--set", "rambudget_kr=8000000")
    _, table, _ = run("fees", "--year", "2027", "--set", "rambudget_kr=8000000")
    _, text, _ = run("fees", "--year", "2027", "--set", "rambudget_kr=8 Mkr", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [row["party"] for row in rows] == [p["party"] for p in found["parties"]]
    for row, party in zip(rows, found["parties"], strict=True):
        assert set(row) == set(party)
        assert int(row["fee_kr"]) == party["fee_kr"]
        assert row["at_ceiling"] == str(party["at_ceiling"]).lower()
    agency = next(p for p in found["parties"] if p["party"] == "trafikverket")
    shown = next(line for line in table.splitlines() if line.startswith("trafikverket"))
    assert f"{agency['fee_kr']:,}".replace(",", "\xa0") in shown
    assert "2026-12-31 (prognos)" in table and "T1 tak" in table


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "rambudget_kr",
            [
                "7000000",
                "7 000 000",
                "7\xa0000\xa0000",
                "7 Mkr",
                "7,0 Mkr",
                "7000 tkr",
                "7000000,0",
            ],
        ),
        ("tak_kr_per_invanare", ["1,6", "1.6", "1,60", "1.60 kr", "01,6"]),
        ("kommunernas_del", ["0,4", "0.4", "2/5", "40 %", "40%"]),
        ("andel_procent", ["4,5", "4.5", "4,50 %"]),
    ],
)
def test_swedish_and_machine_decimals_give_the_same_fees(name, texts):
    results = [fees("--year", 2015, "--set", f"{name}={text}") for text in texts]
    assert all(result == results[0] for result in results)
    assert results[0] != fees("--year", 2015)


def test_many_values_readings_and_an_own_population_go_together(tmp_path):
    own = tmp_path / "egen.csv"
    own.write_text("part_id,datum,antal,kalla\n0183,2014-12-31,90000,prov\n", "utf-8")
    found = fees(
        *("--year=2015", "--set=rambudget_kr=6,4Mkr", "--set", "andel_procent=4"),
        *("--reading", "T1=rest", "--reading=T3=ofinansierat", "--population", own),
    )
    assert found["frame_kr"] == 6_400_000
    assert (found["readings"]["T1"], found["readings"]["T3"]) == ("rest", "ofinansierat")
    assert next(p for p in found["parties"] if p["party"] == "0183")["weight"] == 90_000
    assert next(p for p in found["parties"] if p["party"] == "polisen")["fee_kr"] == 256_000


# ---- explain ----


def test_explain_shows_the_arithmetic_with_the_clause():
    code, out, _ = run("explain", "--year", 2015, "--party", "0183")
    assert code == 0
    assert out.splitlines()[0] == (
        "Sundbyberg betalar 64\xa0788\xa0kr 2015 (Samverkan Stockholmsregionen)"
    )
    for words in ("K4", "43\xa0192", "2014-06-30", "T3", "65\xa0191\xa0kr", "utfall"):
        assert words in out

    code, out, _ = run("explain", "--year", 2015, "--party", "0183", "--format", "json")
    found = json.loads(out)
    assert (found["party"], found["fee_kr"]) == ("0183", 64_788)
    assert 4 <= len(found["steps"]) <= 7
    assert found["steps"][-1]["amount_kr"] == 64_788
    assert {"K1", "K3", "K4"} <= {step["clause"] for step in found["steps"]}

    code, out, _ = run("explain", "--year", 2015, "--party", "0183", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(found["steps"])


@pytest.mark.parametrize("path", sorted(AGREEMENT.glob("*.toml")), ids=lambda p: p.stem)
def test_every_party_of_every_agreement_can_be_explained(path):
    common = ("--year", 2024, "--agreement", path, "--population", AGREEMENT / "folkmangd.csv")
    found = fees(*common)
    for party in {p["party"] for p in found["parties"]}:
        total = sum(p["fee_kr"] for p in found["parties"] if p["party"] == party)
        code, out, err = run("explain", "--party", party, "--format", "json", *common)
        assert (code, err) == (0, "")
        assert json.loads(out)["fee_kr"] == total
        assert "None" not in out


# ---- sweep ----


def test_a_sweep_has_one_row_per_case_and_party_and_agrees_with_fees():
    code, out, err = run(
        *("sweep", "--year", 2015, "--vary", "rambudget_kr=6400000:6500000:50000"),
        *("--vary", "tak_kr_per_invanare=1,45:1,5:0,05"),
    )
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == [
        *("case", "rambudget_kr", "tak_kr_per_invanare", "party", "block"),
        *("fee_kr", "at_ceiling", "financed_kr", "unfunded_kr"),
    ]
    assert len(rows) == 3 * 2 * 36
    values = [(r["case"], r["rambudget_kr"], r["tak_kr_per_invanare"]) for r in rows[::36]]
    assert values == [
        ("1", "6400000", "1.45"),
        ("2", "6400000", "1.50"),
        ("3", "6450000", "1.45"),
        ("4", "6450000", "1.50"),
        ("5", "6500000", "1.45"),
        ("6", "6500000", "1.50"),
    ]
    for case, frame, ceiling in values:
        alone = fees(
            *("--year", 2015, "--set", f"rambudget_kr={frame}"),
            *("--set", f"tak_kr_per_invanare={ceiling}"),
        )
        mine = [row for row in rows if row["case"] == case]
        assert [(r["party"], r["block"], int(r["fee_kr"]), r["at_ceiling"]) for r in mine] == [
            (p["party"], p["block"], p["fee_kr"], str(p["at_ceiling"]).lower())
            for p in alone["parties"]
        ]
        assert {(int(r["financed_kr"]), int(r["unfunded_kr"])) for r in mine} == {
            (alone["financed_kr"], alone["unfunded_kr"])
        }


def test_a_sweep_larger_than_one_statement_keeps_its_order(tmp_path):
    path = tmp_path / "svep.parquet"
    code, out, err = run(
        *("sweep", "--year", 2015, "--vary", "rambudget_kr=0:12000:1"),
        *("--format", "parquet", "--output", path),
    )
    assert (code, out, err) == (0, "", "")
    table = parquet.read_table(path)
    assert table.num_rows == 12_001 * 36
    assert table["case"].to_pylist() == sorted(table["case"].to_pylist())
    frame, paid = table["rambudget_kr"].to_numpy(), table["financed_kr"].to_numpy()
    assert (frame == paid + table["unfunded_kr"].to_numpy()).all()
    assert [p.name for p in tmp_path.iterdir()] == ["svep.parquet"]
    assert str(table.schema.field("fee_kr").type) == "int64"


def test_a_second_ceiling_can_be_varied():
    code, out, _ = run(
        *("sweep", "--year", 2015, "--set", "rambudget_kr=8000000", "--reading", "T2=krontak"),
        *("--vary", "andel_krontak_kr=270000:290000:10000"),
    )
    assert code == 0
    police = [r for r in csv.DictReader(io.StringIO(out)) if r["party"] == "polisen"]
    assert [int(r["fee_kr"]) for r in police] == [270_000, 280_000, 290_000]


@pytest.mark.parametrize("command", ["fees", "explain", "sweep", "benchmark"])
def test_help_is_swedish_and_exits_0(command):
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Användning: python -m analytics {command}")
    for english in ("usage", "options", "show this", "optional"):
        assert english not in out
    assert command in run("--help")[1]


def test_a_fault_of_the_program_shows_no_traceback(monkeypatch):
    monkeypatch.setattr(fees_command, "_table", lambda *a: 1 // 0)
    code, out, err = run("fees", "--year", "2015")
    assert (code, out) == (1, "")
    assert err.startswith("Programmet har ett fel (ZeroDivisionError i test_answers.py, rad")


# ---- as a program of its own ----


def program(*argv, **options):
    return subprocess.run(
        [sys.executable, "-m", "analytics", *argv],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
        **options,
    )


def test_the_module_runs_as_a_program_even_where_the_terminal_is_not_utf8():
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = program("fees", "--year", "2015", "--set", "rambudget_kr=6,5 Mkr", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Sundbyberg" in done.stdout.decode("utf-8")

    done = program("fees", "--year", "2014", env=env)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").splitlines() == [
        "Budgetåret 2014 går inte att räkna: avtalet gäller från 2015 (K10). Välj ett år 2015–2030."
    ]


def test_a_reader_that_stops_early_is_no_error():
    command = [sys.executable, "-m", "analytics", "sweep", "--year", "2015"]
    command += ["--vary", "rambudget_kr=1:60000:1"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
