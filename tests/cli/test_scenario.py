"""scenario, compare and verify: the same figures as on the pages, stable JSON, Swedish errors."""

import io
import json

import pytest

from analytics.cli.program import main


def run(*argv):
    out, err = io.StringIO(), io.StringIO()
    code = main(argv, out, err)
    return code, out.getvalue().replace("\xa0", " "), err.getvalue().replace("\xa0", " ")


def made(name, *argv):
    code, out, err = run("scenario", "create", name, *argv)
    assert (code, err) == (0, "")
    return out.strip()


EIGHT = ("--set", "rambudget_kr=8Mkr", "--since", "2027-01-01", "--reason", "Förslag")


def test_a_scenario_is_made_shown_compared_frozen_and_verified(tmp_path):
    scenario_id = made("Åtta", *EIGHT, "--reading", "T1=fast")
    shown = json.loads(run("scenario", "show", "Åtta", "--format", "json")[1])
    assert shown["id"] == scenario_id and shown["status"] == "utkast" and shown["parent"] is None
    assert [change["skal"] for change in shown["changes"]] == ["Förslag", "Förslag"]

    fees = json.loads(
        run("fees", "--year", "2027", "--scenario", scenario_id[:8], "--format", "json")[1]
    )
    same = json.loads(
        run(
            *("fees", "--year", "2027", "--set", "rambudget_kr=8000000"),
            *("--reading", "T1=fast", "--format", "json"),
        )[1]
    )
    assert fees == same and fees["frame_kr"] == 8_000_000

    found = json.loads(
        run("compare", "--scenario", "Åtta", "--year", "2027-2028", "--format", "json")[1]
    )
    assert found["years"] == [2027, 2028]
    assert found["differences"][0].startswith("Rambudget (K1): 6")
    (outcome,) = found["scenarios"]
    assert outcome["financed_kr"] == sum(p["fee_kr"] for p in outcome["parties"])
    assert outcome["more"] == 36

    file = tmp_path / "åtta.json"
    assert run("scenario", "freeze", "Åtta", "--output", str(file))[0] == 0
    assert run("verify", str(file))[0] == run("scenario", "verify", "Åtta")[0] == 0
    answer = json.loads(run("verify", str(file), "--format", "json")[1])
    assert answer["valid"] and answer["broken"] == answer["recomputed_differs"] == []
    assert run("fees", "--year", "2027", "--scenario", "Åtta")[0] == 0


def test_verify_names_one_changed_byte_and_says_no(tmp_path):
    made("Åtta", *EIGHT)
    file = tmp_path / "fil.json"
    run("scenario", "freeze", "Åtta", "--output", str(file))
    text = file.read_text("utf-8")
    file.write_text(text.replace('"avgift_kr": 1348653', '"avgift_kr": 1348650', 1), "utf-8")

    code, out, err = run("verify", str(file))
    assert code == 2
    assert "2015, avgift Stockholm avgift_kr: filen säger 1348650, omräknat är 1348653." in out
    assert err.startswith("Sigillet på ”Åtta” stämmer inte.") and err.count("\n") == 1


def test_the_list_has_archived_ones_only_when_asked():
    made("A")
    made("B", "--from", "A")
    assert run("scenario", "archive", "A")[0] == 0

    assert [s["name"] for s in json.loads(run("scenario", "list", "--format", "json")[1])] == ["B"]
    both = json.loads(run("scenario", "list", "--archived", "--format", "json")[1])
    assert [(s["name"], s["archived"]) for s in both] == [("B", False), ("A", True)]
    assert run("scenario", "restore", "A")[0] == 0


def test_a_file_goes_out_and_in(tmp_path):
    made("Åtta", *EIGHT)
    for form in ("toml", "json"):
        file = tmp_path / f"fil.{form}"
        run("scenario", "export", "Åtta", "--format", form, "--output", str(file))
        assert run("scenario", "import", str(file), "--name", f"Ny {form}")[0] == 0
    shown = json.loads(run("scenario", "list", "--format", "json")[1])
    assert len({json.dumps(s["changes"]) for s in shown}) == 1 and len(shown) == 3


def test_a_draft_is_edited_and_decided_only_when_frozen():
    made("Åtta", *EIGHT)
    code, out, _ = run(
        "scenario",
        "edit",
        "Åtta",
        "--name",
        "Nio",
        "--reading",
        "T3=ofinansierat",
        "--since",
        "2028-01-01",
    )
    assert code == 0 and out.strip().endswith("version 2")
    assert "läses som ”Ofinansierat” från 2028-01-01" in run("scenario", "show", "Nio")[1]
    assert run("scenario", "decide", "Nio", "--reason", "x")[0] == 2
    run("scenario", "freeze", "Nio")
    assert run("scenario", "decide", "Nio", "--reason", "Chefsgruppen 2026-11-20")[0] == 0
    assert "Beslut: Chefsgruppen" in run("scenario", "show", "Nio")[1]


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["scenario"], "scenario gör vad? Välj list"),
        (["scenario", "shw"], "Menade du show?"),
        (["scenario", "show"], "Scenariot saknas"),
        (["scenario", "show", "Åttaa"], "Menade du ”Åtta”?"),
        (
            ["scenario", "create", "x", "--set", "rambudget=8", "--since", "2027-01-01"],
            "Menade du ”rambudget_kr”?",
        ),
        (["scenario", "create", "x", "--set", "rambudget_kr=8"], "Lägg till --since"),
        (["scenario", "create", "x", *EIGHT[:3], "2027-05-01"], "kalenderår (K10)"),
        (["scenario", "create", "åtta"], "upptaget"),
        (["scenario", "create", "x", "--form", "y"], "Menade du --from?"),
        (["scenario", "verify", "Åtta"], "är inte fryst"),
        (["scenario", "import", "finns-inte.toml"], "går inte att läsa"),
        (["scenario", "export", "Åtta", "--format", "xml"], "Välj toml eller json"),
        (["scenario", "freeze", "Gällande avtal"], "Gör en kopia"),
        (["compare", "--year", "2027"], "0 scenarier är valda"),
        (["compare", "--scenario", "Åtta"], "Budgetåret (K10) saknas"),
        (["compare", "--scenario", "Åtta", "--year", "2027-2040"], "Välj år från 2015 till 2030"),
        (["compare", "--scenario", "Åtta", "--year", "nu"], "2027-2030"),
        (["verify"], "Filen saknas"),
        (["verify", "finns-inte.json"], "går inte att läsa"),
        (["fees", "--year", "2027", "--scenario", "x"], "Det finns inget scenario"),
        (
            ["fees", "--year", "2027", "--scenario", "Åtta", "--population", "f.csv"],
            "går inte ihop",
        ),
    ],
)
def test_what_is_wrong_is_one_swedish_sentence_or_two_and_exit_2(argv, says):
    made("Åtta", *EIGHT)
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert says in err and "Traceback" not in err and err.count("\n") == 1
