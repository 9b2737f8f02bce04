"""population import, set, list, show and withdraw: figures come in, hold, and are taken back."""

import json

import pytest

from tests.given.command_line import run
from tests.given.scb_files import grown, held, px


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "folk.px"
    path.write_bytes(px(["2026"], grown()))
    return str(path)


def answer(*words: str) -> dict:
    code, out, err = run("population", *words)
    assert (code, err) == (0, "")
    return json.loads(out)


def figures(day: str) -> dict[str, dict]:
    return {p["party"]: p for p in answer("show", "--date", day, "--format", "json")["parties"]}


def test_figures_come_in_hold_and_are_taken_back(file):
    # the year is not over in every calendar that runs this: what lies ahead is confirmed
    words = ("import", "--file", file, "--format", "json")
    seen = answer(*words, "--preview", "ja")
    assert (seen["saved"], len(seen["figures"]), seen["missing"]) == (0, 26, {})
    names = ",".join(sorted({one["name"] for one in seen["to_confirm"]}))
    done = answer(*words, "--reason", "SCB 2026", "--confirm", names)
    assert done["saved"] == 26
    before = held("2025-12-31")["0184"]
    assert figures("2026-12-31")["0184"]["count"] == before + 100
    (listed,) = answer("list", "--format", "json")["vintages"]
    assert (listed["vintage"], listed["reason"]) == (done["vintage"], "SCB 2026")
    code, out, _ = run("fees", "--year", "2027")
    assert code == 0 and "Folkmängd: 2026-12-31 (utfall)" in out
    assert answer("withdraw", "--vintage", done["vintage"], "--reason", "fel") == {"withdrawn": 26}
    assert figures("2026-12-31")["0184"]["status"] == "prognos"


def test_what_looks_wrong_is_named_and_stops_until_it_is_confirmed(tmp_path):
    path = tmp_path / "folk.px"
    figures = grown(by=0)
    figures["0184"] = [held("2025-12-31")["0184"] * 10]
    path.write_bytes(px(["2025"], figures))
    words = ("population", "import", "--file", str(path), "--reason", "prov")
    code, out, err = run(*words)
    assert (code, out) == (2, "") and "Solna" in err
    assert run(*words, "--confirm", "solna")[0] == 0


def test_one_figure_by_hand():
    answer("set", "--party", "0184", "--date", "2025-12-31", "--count", "88 000", "--reason", "x")
    assert figures("2025-12-31")["0184"]["status"] == "uppskattad"
    code, _, err = run("population", "set", "--party", "9999", "--date", "2025-12-31", "--count",
                       "1", "--reason", "x")  # fmt: skip
    assert code == 2 and "kommun" in err


def test_the_old_vintage_can_be_shown(tmp_path):
    path, found = tmp_path / "folk.px", []
    for by in (10, 20):
        path.write_bytes(px(["2025"], grown(by=by)))
        found.append(answer("import", "--file", str(path), "--reason", "x", "--format", "json"))
    old = answer("show", "--date", "2025-12-31", "--vintage", found[0]["vintage"], "--format",
                 "json")  # fmt: skip
    new = answer("show", "--date", "2025-12-31", "--format", "json")
    assert new["sum"] - old["sum"] == 26 * 10


@pytest.mark.parametrize(
    "words",
    [("show", "--date", "31/12"), ("set", "--party", "0184", "--date", "2025-12-31", "--count",
     "många", "--reason", "x"), ("import", "--file", "finns-inte.px")],
)  # fmt: skip
def test_a_fault_is_one_sentence(words):
    code, out, err = run("population", *words)
    assert (code, out) == (2, "") and err.strip()


def test_an_empty_store_says_so():
    assert "följer med programmet" in run("population", "list")[1]


def test_own_figures_are_told_in_the_answer(tmp_path):
    path = tmp_path / "egen.csv"
    path.write_text("part_id;datum;antal;kalla\n0114;2025-12-31;51000;SCB\n", "utf-8")
    words = ("fees", "--year", "2026", "--population", str(path))
    code, out, _ = run(*words)
    assert code == 0 and "Egen folkmängd ur egen.csv: 1 siffra, 2025-12-31." in out
    told = json.loads(run(*words, "--format", "json")[1])["population_file"]
    assert told == {"file": "egen.csv", "figures": 1, "dates": ["2025-12-31"], "remarks": []}
    assert "population_file" not in json.loads(run("fees", "--year", "2026", "--format", "json")[1])


def test_own_figures_with_only_a_heading_are_refused(tmp_path):
    path = tmp_path / "egen.csv"
    path.write_text("part_id;datum;antal;kalla\n", "utf-8")
    code, out, err = run("fees", "--year", "2026", "--population", str(path))
    assert (code, out) == (2, "") and "ingen rad" in err
