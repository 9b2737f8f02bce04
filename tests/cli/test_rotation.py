"""rotation show | check | propose | import | export: JSON keys are a contract, faults are told."""

import io
import json

import pytest

from analytics.cli import program
from analytics.rotation.draft import latest_draft
from analytics.rotation.register import saved_inlan
from analytics.store import posts as store_posts


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    code = program.main(["rotation", *words], out, err)
    return code, out.getvalue(), err.getvalue()


def answer(*words):
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_show_has_the_documented_loan_and_who_is_next():
    found = answer("show", "--date", "2015-05-15", "--format", "json")
    (loan,) = found["loans"]
    assert (loan["party"], loan["cost_kr"]) == ("0115", None)
    assert [p["percent"] for p in loan["periods"]] == [50, 100]
    assert found["categories"][0]["now"] == ["0115"]
    assert found["categories"][0]["next_by_debt"] == "0114"


def test_check_names_the_clause():
    found = answer("check", "--date", "2016-06-01", "--format", "json")["findings"]
    assert (found[0]["check"], found[0]["clause"], found[0]["from"]) == (
        "vakant", "K14", "2016-07-01",
    )  # fmt: skip


def test_propose_obeys_its_conditions_and_saves_a_draft_only_when_asked():
    words = ("propose", "--start", "2027-01-01", "--years", "4", "--pin", "0160=2027-03-01",
             "--unavailable", "polisen=2028-01-01:2028-12-31", "--format", "json")  # fmt: skip
    plans = {plan["category"]: plan for plan in answer(*words)["plans"]}
    assert latest_draft(store_posts.shared()) is None
    assert plans["kommun"]["turns"][0]["party"] == "0160"
    assert all(plan["proven"] for plan in plans.values())
    assert not any(
        t["party"] == "polisen" and t["from"].startswith("2028") for t in plans["blåljus"]["turns"]
    )
    answer(*words, "--save", "ja")
    assert len(latest_draft(store_posts.shared()).turns) == 24


def test_length_percent_gap_and_handover_may_differ_between_the_categories():
    found = answer(
        "propose", "--start", "2027-01-01", "--years", "2", "--length", "6", "--length",
        "kommun=12", "--percent", "trafik=40", "--handover", "14", "--handover", "blåljus=0",
        "--format", "json", "--save", "ja",
    )["plans"]  # fmt: skip
    plans = {plan["category"]: plan["turns"] for plan in found}
    assert {k: len(turns) for k, turns in plans.items()} == {"kommun": 2, "blåljus": 4, "trafik": 4}
    first, second = plans["kommun"]
    assert (first["from"], first["to"]) == ("2027-01-01", "2027-12-31")  # nobody to take over from
    assert (second["from"], second["handover_days"]) == ("2027-12-18", 14)  # 18–31 December
    assert [t["handover_days"] for t in plans["blåljus"]] == [0] * 4
    loans = latest_draft(store_posts.shared()).turns
    assert {i.post: i.periods[0].percent for i in loans} == {
        "kommun": 50, "blåljus": 50, "trafik": 40,
    }  # fmt: skip
    code, out, err = run("propose", "--start", "2027-01-01", "--length", "buss=6")
    assert (code, out) == (2, "")
    assert "”buss=6”: kategorin finns inte" in err


def test_export_and_import_round_trip_and_a_fault_saves_nothing(tmp_path):
    file = tmp_path / "inlan.csv"
    answer("export", "--file", str(file))
    assert answer("import", "--file", str(file), "--reason", "prov") == {"saved": 0}
    later = file.read_text("utf-8").replace("2015-", "2025-").replace("2016-", "2026-")
    file.write_text(later, "utf-8")
    assert answer("import", "--file", str(file), "--reason", "prov") == {"saved": 1}
    file.write_text(later.replace(",100,", ",140,"), "utf-8")
    code, out, err = run("import", "--file", str(file), "--reason", "prov")
    assert (code, out) == (2, "")
    assert "rad 3, kolumn procent: ”140”" in err
    assert len(saved_inlan(store_posts.shared())) == 1
    answer("export", "--file", str(tmp_path / "a.ics"), "--party", "0115")
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Välj show"),
        (("shwo",), "Det finns inget ”rotation shwo”"),
        (("propose",), "--start"),
        (("propose", "--start", "i morgon"), "är inget datum"),
        (("propose", "--start", "2027-01-01", "--years", "elva"), "inget heltal"),
        (("propose", "--start", "2027-01-01", "--years", "11"), "1–10 år"),
        (("propose", "--start", "2027-01-01", "--pin", "9999=2027-01-01"), "Parten ”9999”"),
        (("show", "--weight", "längd"), "längd"),
        (("import",), "--file saknas"),
        (("export", "--file", "x.doc"), "ska sluta på"),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_2(words, said):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
