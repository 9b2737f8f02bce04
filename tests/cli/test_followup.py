"""followup show | close | reopen: JSON keys are a contract, faults are told in a sentence."""

import json
from fractions import Fraction

import pytest

from analytics.cli.followup import _percent
from analytics.followup import status as followup_status
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.command_line import run
from tests.given.followup import YEAR, book, decide_budget

LINE = [
    "id", "part", "name", "role", "budget_year_kr", "budget_to_date_kr", "outcome_ore",
    "deviation_ore", "forecast_kr", "forecast_deviation_kr", "forecast_deviation_percent",
    "forecast_method", "forecast_reason", "last_forecast_kr", "rows", "status", "comment",
    "measure", "missing",
]  # fmt: skip


@pytest.fixture(autouse=True)
def booked():
    decide_budget(shared())
    book(
        shared(),
        ("2027-04-30", "5010", 190_000_00),
        ("2027-04-30", "6010", 100_000_00),
    )


def test_show_has_the_keys_and_the_figures():
    code, out, err = run("followup", "show", "--year", YEAR, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == [
        "year", "tertial", "from", "to", "status", "closed_at", "example", "budget_version",
        "frame_kr", "booked_to", "threshold", "lines", "parts", "total", "unknown_accounts",
        "income_ore", "outside_ore", "expected_loans", "activities", "blocking", "notes",
        "booked_after_closing", "decisions",
    ]  # fmt: skip
    assert list(found["lines"][0]) == LINE
    line = found["lines"][0]
    assert (line["outcome_ore"], line["deviation_ore"]) == (190_000_00, 10_000_00)
    assert (line["forecast_kr"], line["forecast_deviation_percent"]) == (590_000, "1.7")
    assert found["total"]["outcome_ore"] == 290_000_00
    assert [part["part"] for part in found["parts"]] == ["inlan", "gemensamt"]


def test_an_open_tertial_without_rows_has_null_and_not_zero():
    _, out, _ = run("followup", "show", "--year", YEAR, "--tertial", 2, "--format", "json")
    assert json.loads(out)["lines"][0]["outcome_ore"] is None
    _, table, _ = run("followup", "show", "--year", YEAR, "--tertial", 2)
    assert "saknas" in table


def test_the_table_and_csv_say_the_same_figures():
    _, table, _ = run("followup", "show", "--year", YEAR)
    assert "Inlån" in table
    assert "590\xa0000" in table
    _, csv, _ = run("followup", "show", "--year", YEAR, "--format", "csv")
    assert csv.splitlines()[0].split(",") == LINE
    assert ",590000," in csv


def test_close_seals_and_reopen_needs_a_reason():
    code, out, _ = run("followup", "close", "--year", YEAR, "--tertial", 1, "--format", "json")
    assert (code, json.loads(out)["status"]) == (0, "closed")
    code, _, err = run("followup", "close", "--year", YEAR, "--tertial", 1)
    assert (code, "klarmarkerat och låst" in err) == (2, True)
    code, _, err = run("followup", "reopen", "--year", YEAR, "--tertial", 1)
    assert (code, "Skälet saknas" in err) == (2, True)
    assert run("followup", "reopen", "--year", YEAR, "--tertial", 1, "--reason", "fel")[0] == 0
    assert not followup_status.status_of(database.shared(), shared(), YEAR, 1).locked


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "followup gör vad?"),
        (["shw"], "Menade du show?"),
        (["show"], "Budgetåret (K10) saknas"),
        (["show", "--year", "2027", "--tertial", "4"], "--tertial kan inte vara ”4”"),
        (["close", "--year", "2027"], "Tertialet saknas"),
        (["close", "--year", "2027", "--tertial", "2"], "Tertial 1 är öppet"),
    ],
)
def test_wrong_words_are_told_in_a_sentence(words, says):
    code, out, err = run("followup", *words)
    assert (code, out) == (2, "")
    assert says in err


def test_a_percent_is_text_with_a_point():
    assert [_percent(Fraction(n, 1000)) for n in (75, -75, 0)] == ["7.5", "-7.5", "0.0"]
    assert _percent(Fraction(-1, 10_000)) == "0.0"
    assert _percent(None) is None
