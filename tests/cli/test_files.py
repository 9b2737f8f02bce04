"""A file given to a command is read, or told in a Swedish sentence with exit code 2."""

import json

import pytest

from tests.given.command_line import run
from tests.pages.test_uploads import BAD, CASES

COMMANDS = {
    "ledger": ("followup", "import", "--year", "2027", "--reason", "x", "--file"),
    "rules": ("followup", "rules", "--file"),
    "recipients": ("invoice", "parties", "--reason", "x", "--file"),
    "rotation": ("rotation", "import", "--reason", "x", "--file"),
    "population": ("fees", "--year", "2027", "--population"),
    "scenario": ("scenario", "import"),
    "verify": ("verify",),
    "agreement": ("fees", "--year", "2027", "--agreement"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_bad_file_is_told_with_exit_code_2(command, tmp_path):
    for kind, content in BAD.items():
        path = tmp_path / "fil.xlsx"
        path.write_bytes(content)
        code, out, err = run(*COMMANDS[command], path)
        assert (code, out) == (2, ""), (kind, out, err)
        assert "Programmet har ett fel" not in err and err.strip()


@pytest.mark.parametrize("command", ["rules", "rotation", "recipients", "ledger", "population"])
def test_a_file_that_is_too_large_is_not_taken_in(command, tmp_path):
    path = tmp_path / "fil.csv"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    code, _, err = run(*COMMANDS[command], path)
    assert code == 2 and "60 MB" in err and "högst 40 MB" in err


def test_a_register_in_a_workbook_with_odd_styles_is_read(tmp_path):
    path = CASES / "b-empty-fill.xlsx"
    code, out, err = run(*COMMANDS["rotation"], path)
    assert (code, json.loads(out)) == (0, {"saved": 0}), err  # it has what is documented already
    assert "finns 1 till" in err


def test_the_code_page_of_rules_is_told_where_it_is_not_utf_8(tmp_path):
    path = tmp_path / "regler.csv"
    path.write_bytes("konto;mal;skal\n3000-3999;intakt;Året\nSumma;;\n".encode("cp1252"))
    code, out, err = run(*COMMANDS["rules"], path)
    assert (code, json.loads(out)) == (0, {"saved": 1}), err
    assert "Windows-1252" in err and "Rad 3 är en summarad" in err


def test_the_date_of_a_population_file_of_scb_is_told(tmp_path):
    path = tmp_path / "folk.csv"
    path.write_bytes('"region","Folkmängd 2025"\n"0114 Upplands Väsby",51000\n'.encode("cp1252"))
    code, out, err = run(*COMMANDS["population"], path, "--format", "json")
    assert (code, "31 december" in err, "Windows-1252" in err) == (0, True, True)
    assert json.loads(out)["parties"]
    path.write_text(
        "part_id,datum,antal,kalla\n0114,2025-12-31,5,x\n1480,2025-12-31,6,x\n", "utf-8"
    )
    code, _, err = run(*COMMANDS["population"], path)
    assert (code, err) == (0, "Utanför länets kommuner, och räknas inte: 1480.\n")
