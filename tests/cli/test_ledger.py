"""followup import | imports | withdraw | rules: JSON keys are a contract, a fault stops all."""

import json

import pytest

from analytics.ledger import booked as ledger_booked, posting_rules, saved_rows
from analytics.store.posts import shared
from tests.given.command_line import run
from tests.given.sie_files import VERIFIKAT, sie_file


@pytest.fixture
def sie(tmp_path):
    path = tmp_path / "mars.se"
    path.write_bytes(sie_file(*VERIFIKAT).encode("cp437"))
    return str(path)


def answer(*words: str) -> dict:
    code, out, err = run("followup", *words)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_an_import_tells_what_it_did_and_what_belongs_nowhere(sie):
    words = ("import", "--file", sie, "--year", "2027", "--format", "json")
    seen = answer(*words, "--preview", "ja")
    assert (seen["new"], seen["saved"], seen["import"]) == (2, 0, None)
    assert shared().sequence() == 0
    done = answer(*words, "--reason", "mars")
    assert (done["format"], done["encoding"], done["kind"]) == ("SIE 4", "CP437 (PC8)", "vouchers")
    assert (done["from"], done["to"], done["new"], done["saved"]) == (
        "2027-03-31", "2027-03-31", 2, 2,
    )  # fmt: skip
    assert done["months"] == [{"month": "2027-03", "rows": 2, "amount_ore": 123_450}]
    assert done["unknown_accounts"] == [
        {
            "account": "5010",
            "object": "6=P12",
            "name": "Lokalhyra",
            "amount_ore": 123_450,
            "rows": 1,
        }
    ]
    again = answer(*words, "--reason", "igen")
    assert (again["new"], again["already"], again["saved"]) == (0, 2, 0)


def test_the_same_as_a_table(sie):
    code, out, _ = run("followup", "import", "--file", sie, "--year", "2027", "--reason", "mars")
    assert code == 0
    assert "mars.se: SIE 4 CP437 (PC8), 2027-03-31–2027-03-31" in out
    assert "2 nya rader, 0 fanns redan. 2 rader är inlästa." in out
    assert "5010   6=P12   Lokalhyra    1\xa0234,50      1" in out
    code, out, _ = run("followup", "imports")
    assert "mars.se" in out and "SIE 4" in out


def test_imports_are_listed_and_withdrawn(sie):
    answer("import", "--file", sie, "--year", "2027", "--reason", "mars", "--format", "json")
    (one,) = answer("imports", "--format", "json")["imports"]
    assert (one["file"], one["rows"], one["new"], one["reason"]) == ("mars.se", 2, 2, "mars")
    assert answer("withdraw", "--import", one["import"], "--reason", "fel") == {"withdrawn": 2}
    assert ledger_booked.list_imports(shared()) == []
    assert run("followup", "imports")[1] == "Inget är inläst.\n"


def test_rules_come_from_a_file_all_or_none(tmp_path):
    path = tmp_path / "regler.csv"
    path.write_text(
        "konto,objekt,mal,skal\n5000–5999,,utanfor,betalas av värden\n3000-3999,,intakt,\n", "utf-8"
    )
    assert answer("rules", "--file", str(path)) == {"saved": 2}
    found = answer("rules")["rules"]
    assert [(r["from"], r["to"], r["target"]) for r in found] == [
        ("1000", "2999", "utanfor"), ("3000", "3999", "intakt"), ("5000", "5999", "utanfor"),
    ]  # fmt: skip
    path.write_text("konto,mal\n6110,Finns inte\n6000-61,intakt\n7010,utanfor\n", "utf-8")
    code, out, err = run("followup", "rules", "--file", str(path))
    assert (code, out) == (2, "")
    assert all(text in err for text in ("rad 2, kolumn mal", "rad 3", "rad 4", "skäl"))
    assert len(posting_rules.all_rules(shared())) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import",), "saknas"),
        (("import", "--year", "2027"), "Lägg till --file"),
        (("import", "--year", "2027", "--file", "finns-inte.se"), "finns inte"),
        (("import", "--year", "tjugo", "--file", "x"), "tjugo"),
        (("import", "--year", "2027", "--file", "SIE"), "Skriv ett skäl"),
        (("import", "--year", "2026", "--file", "SIE", "--reason", "x"), "filen gäller inte 2026"),
        (("import", "--year", "2027", "--file", "SIE", "--encoding", "ebcdic"), "ebcdic"),
        (("import", "--year", "2027", "--file", "SIE", "--encoding", "utf-8"), "teckentabell"),
        (("withdraw",), "--import"),
        (("withdraw", "--import", "x"), "skäl"),
        (("withdraw", "--import", "x", "--reason", "y"), "”import” med id ”x”"),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_2(words, said, sie):
    code, out, err = run("followup", *(sie if word == "SIE" else word for word in words))
    assert (code, out) == (2, "")
    assert said in err and "Traceback" not in err
    assert saved_rows.standing_rows(shared()) == []
