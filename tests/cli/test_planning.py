"""solve and forecast say the same as the pages, in JSON with stable keys, and refuse in Swedish."""

import io
import json

import pytest

from analytics.cli import program


def run(*argv):
    out, err = io.StringIO(), io.StringIO()
    code = program.main(argv, out, err)
    return code, out.getvalue(), err.getvalue()


def test_solve_gives_the_largest_financed_frame():
    code, out, _ = run("solve", "--year", "2027", "--condition", "finansierat", "--format", "json")
    found = json.loads(out)

    assert code == 0
    assert list(found) == ["year", "free", "spans", "clash", "clash_kr", "clash_distance"]
    assert found["spans"][0]["high"] == {
        "value": 7_458_748,
        "outside": 7_458_749,
        "condition": "hela ramen är finansierad",
        "party": "Kommunerna",
        "clause": "K4",
        "over_kr": 1,
    }


@pytest.mark.parametrize(
    ("free", "says"),
    [
        ("rambudget_kr", "Rambudget (K1): alla villkor är uppfyllda för 0–7 458 748 kr/år. Vid"),
        ("tak_kr_per_invanare", "Tak per invånare (K4): alla villkor är uppfyllda för 1,31–10 kr"),
        ("kommunernas_del", "Kommunernas del (K3): alla villkor är uppfyllda för 44,1–57,37 % av"),
    ],
)
def test_solve_names_what_is_free_as_people_do_with_its_unit(free, says):
    code, out, _ = run("solve", "--year", "2027", "--free", free, "--condition", "finansierat")

    assert code == 0
    assert out.replace("\xa0", " ").startswith(says)
    assert free not in out


def test_solve_names_what_clashes():
    conditions = ("--condition", "finansierat", "--condition", "ram_minst=8 Mkr")
    code, out, _ = run("solve", "--year", "2027", *conditions)

    assert code == 0
    assert "går inte ihop: de ligger 541 252 kr/år isär" in out.replace("\xa0", " ")
    assert out.startswith("Rambudget (K1): villkoren ")


def test_a_value_between_whole_units_is_text_and_exact():
    flags = ("--free", "tak_kr_per_invanare", "--condition", "finansierat", "--format", "json")
    low = json.loads(run("solve", "--year", "2027", *flags)[1])["spans"][0]["low"]

    assert (low["value"], low["outside"]) == ("1.31", "1.3")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("solve", "--year", "2027"), "Inget villkor"),
        (("solve", "--year", "2027", "--condition", "billigt"), "Välj bland per_invanare"),
        (("solve", "--year", "2027", "--condition", "okning_kr=hej"), "okning_kr: ”hej”"),
        (("solve", "--year", "2027", "--condition", "finansierat=1"), "har inget värde"),
        (("solve", "--year", "2027", "--free", "x", "--condition", "finansierat"), "--free"),
        (("forecast", "--method", "gissa"), "framskriven, dampad, scb"),
        (("forecast", "--to", "2099"), "2026–2045"),
        (("forecast", "--to", "³"), "2026–2045"),
    ],
)
def test_wrong_input_is_one_swedish_sentence_and_exit_2(argv, says):
    code, out, err = run(*argv)

    assert (code, out) == (2, "")
    assert says in err and "Traceback" not in err


def test_forecast_carries_the_last_figure_forward_and_tells_the_backtest():
    flags = ("--method", "framskriven", "--to", "2027", "--format", "json")
    found = json.loads(run("forecast", *flags)[1])
    sound = next(row for row in found["parties"] if row["party"] == "0183")

    assert sound["inhabitants"] == {"2025": 57_000, "2026": 57_000, "2027": 57_000}
    rows = json.loads(run("forecast", "--backtest", "ja", "--format", "json")[1])
    assert {row["method"] for row in rows} == {"framskriven", "dampad", "scb"}
    assert "Medelfel" in run("forecast", "--backtest", "ja")[1]
