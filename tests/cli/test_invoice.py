"""invoice run | show | export | parties | host: JSON keys are a contract, faults are told."""

import json
import zipfile

import pytest

from analytics.store import posts as store_posts
from tests.given.command_line import run
from tests.given.invoicing import Sample


@pytest.fixture
def sample():
    return Sample(store=store_posts.shared())


def answer(*argv):
    code, out, err = run("invoice", *argv)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_year_from_proposal_to_two_issued_invoices(sample, tmp_path):
    sample.frozen(name="Avgifter")
    asked = ("--year", 2026, "--scenario", "Avgifter", "--format", "json")
    made = answer("run", *asked)
    assert list(made) == [
        "run", "year", "round", "issued", "used_kr", "total_kr", "basis", "rows", "obstacles",
        "remarks",
    ]  # fmt: skip
    assert (made["run"], made["round"], made["total_kr"]) == (None, 1, 3_249_995)
    assert answer("show", "--year", 2026, "--format", "json")["runs"] == []

    for number, total in ((1, 3_249_995), (2, 3_250_005)):
        issued = answer("run", *asked, "--issue", "ja", "--reason", "Beslut")
        assert (issued["run"], issued["total_kr"]) == (f"2026-{number}", total)
        assert issued["seal_holds"] and len(issued["rows"]) == 36
    year = answer("show", "--year", 2026, "--format", "json")
    assert list(year) == ["year", "basis", "runs", "parties", "checks", "tertials"]
    assert [c["status"] for c in year["checks"]] == ["stämmer", "stämmer", "inte ännu", "stämmer"]
    for party in year["parties"]:
        assert party["first_kr"] + party["second_kr"] == party["fee_kr"]
        assert party["difference_kr"] == 0
        assert party["missing"][0] == "Köparens referens"
    code, out, _ = run("invoice", "show", "--year", 2026)
    assert code == 0 and "stämmer  Första + andra fakturan" in out


def test_files_are_written_and_a_wrong_ending_is_told(sample, tmp_path):
    sample.issue(sample.frozen())
    for name, extra in (
        ("a.csv", ["--flavour", "svensk"]), ("b.csv", []), ("c.xlsx", []), ("d.zip", []),
        ("e.pdf", ["--party", "0115"]),
    ):  # fmt: skip
        found = answer("export", "--run", "2026-1", "--file", tmp_path / name, *extra)
        assert found["total_kr"] == 3_249_995
        assert (tmp_path / name).stat().st_size > 1_000
    assert len(zipfile.ZipFile(tmp_path / "d.zip").namelist()) == 36
    for words, said in (
        (["--run", "2026-1", "--file", "x.txt"], "ska sluta på"),
        (["--run", "2026-1", "--file", "x.pdf"], "--party saknas"),
        (["--run", "2026-7", "--file", "x.csv"], "Välj bland 2026-1"),
        (["--run", "2026-1", "--file", tmp_path / "no" / "x.csv"], "går inte att skriva"),
    ):
        code, out, err = run("invoice", "export", *words)
        assert (code, out) == (2, "") and said in err and len(err.splitlines()) == 1


def test_a_run_is_credited_by_its_number(sample):
    sample.issue(sample.frozen())
    back = answer("run", "--credit", "2026-1", "--reason", "Fel", "--format", "json")
    assert (back["credits"], back["total_kr"]) == ("2026-1", -3_249_995)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "Budgetåret"),
        (["run", "--year", "2026"], "behöver ett underlag"),
        (["run", "--year", "2026", "--scenario", "finns inte"], "Det finns inget scenario"),
        (["run", "--credit", "2026-1", "--issue", "ja"], "går inte ihop"),
        (["runn"], "Menade du run?"),
        (["parties", "--file", "finns-inte.csv", "--reason", "x"], "finns inte"),
        (["host", "--name", "X", "--reason", "x"], "K17"),
        (["host", "--name", "X"], "--reason saknas"),
    ],
)
def test_faults_are_one_swedish_sentence_and_exit_code_2(words, said):
    code, out, err = run("invoice", *words)
    assert (code, out) == (2, "")
    assert said in err and "Traceback" not in err


def test_the_host_and_the_references_are_set_from_the_command_line(tmp_path):
    assert answer("host")["name"] is None
    set_to = answer("host", "--name", "Värd", "--organisation", "202199-9905", "--reason", "x")
    assert (set_to["name"], set_to["organisation"]) == ("Värd", "202199-9905")
    file = tmp_path / "p.csv"
    file.write_text("part_id,referens\n0115,REF\n", "utf-8")
    assert answer("parties", "--file", file, "--reason", "x") == {"rows": 1, "changed": 1}
    assert answer("parties", "--file", file, "--reason", "x")["changed"] == 0
    file.write_text("part_id,referens\n0115,Anna Andersson\n", "utf-8")
    _, _, err = run("invoice", "parties", "--file", file, "--reason", "x")
    assert "Vallentuna: Referensen ”Anna Andersson” ser ut som en persons namn." in err
    _, _, err = run("invoice", "host", "--contact", "Bo Ek", "--reason", "x")
    assert "Referensen ”Bo Ek” ser ut som en persons namn." in err


def test_the_settlement_needs_no_scenario_but_a_closed_year(sample):
    item = sample.frozen()
    sample.issue(item)
    sample.issue(item)
    made = answer("run", "--year", 2026, "--format", "json")
    assert (made["round"], made["rows"]) == (3, [])
    assert "tertial 3 är öppet (K7)" in made["obstacles"][0]
