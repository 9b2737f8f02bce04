"""Files of the field by command: the ledger is what the files say, or the file is refused."""

import json

import pytest

from tests.given.command_line import run
from tests.given.field_files import LEFT, REFUSED, path_of


def read_in(name: str, *more: str) -> dict:
    words = ("--file", str(path_of(name)), "--year", "2026", "--format", "json", *more)
    code, out, err = run("followup", "import", *words)
    assert (code, err) == (0, "")
    return json.loads(out)


def accounts() -> dict[str, dict]:
    code, out, _ = run("followup", "accounts", "--year", "2026", "--format", "json")
    found = json.loads(out)
    assert (code, found["year"]) == (0, 2026)
    return {row["account"]: row for row in found["accounts"]}


@pytest.mark.parametrize(("names", "left"), LEFT, ids="+".join)
def test_the_ledger_is_what_the_files_say(names, left):
    for name in names:
        read_in(name, "--reason", "prov")
    assert {k: a["amount_ore"] for k, a in accounts().items() if a["amount_ore"]} == left
    assert read_in(names[-1], "--reason", "igen")["saved"] == 0


@pytest.mark.parametrize("name", REFUSED)
def test_what_changes_money_is_refused_with_one_fault(name):
    said, faults = REFUSED[name]
    code, out, err = run(
        "followup", "import", "--file", str(path_of(name)), "--year", "2026", "--reason", "prov"
    )
    assert (code, out, err.count("godtas inte")) == (2, "", faults)
    assert said in err and "0001" not in err
    assert accounts() == {}


def test_each_account_says_what_the_file_itself_says():
    read_in("rest", "--reason", "prov")
    assert accounts()["5010"] == {
        "account": "5010", "amount_ore": 101_350, "rows": 3, "file_ore": 101_350,
    }  # fmt: skip
    code, out, _ = run("followup", "accounts", "--year", "2026")
    assert code == 0 and "NEJ" not in out and "1\xa0013,50" in out
    assert run("followup", "accounts", "--year", "2030")[1].strip() == "Inget är bokfört 2030."


def test_a_difference_is_named_with_both_sums_and_the_choice_takes_it_away():
    seen = read_in("dec", "--preview")
    assert any(
        "Z 1" in said and "utfallet 0,00\xa0kr för tertial 3" in said for said in seen["remarks"]
    )
    assert any("Konto 5010" in said and "900,00\xa0kr" in said for said in seen["remarks"])
    assert seen["choices"] == {"year_end": "count"}
    differ = [account for account in seen["accounts"] if account["cause"]]
    assert [(a["account"], a["file_ore"], a["ledger_ore"]) for a in differ] == [
        ("3010", -100_000, 0), ("5010", 90_000, 0),
    ]  # fmt: skip
    done = read_in("dec", "--year-end", "leave_out", "--reason", "prov")
    assert not any(account["cause"] for account in done["accounts"])
    assert accounts()["5010"]["amount_ore"] == accounts()["5010"]["file_ore"] == 90_000
    (listed,) = json.loads(run("followup", "imports", "--format", "json")[1])["imports"]
    assert listed["differences"] == []


def test_the_imports_tell_what_differed():
    read_in("dec", "--reason", "bokslutet räknas")
    (listed,) = json.loads(run("followup", "imports", "--format", "json")[1])["imports"]
    assert (listed["reason"], [d["account"] for d in listed["differences"]]) == (
        "bokslutet räknas", ["3010", "5010"],
    )  # fmt: skip
