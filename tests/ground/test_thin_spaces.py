"""A space of any width between thousands is a space, wherever an amount is typed or read."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics import swedish
from analytics.agreement.typed_values import read_value
from analytics.budget import file as budget_file, versions
from analytics.budget.lines import new_line
from analytics.files.export import Field, write_excel
from analytics.followup import thresholds
from analytics.ledger import amount, by_hand, file as ledger_file, posting_rules
from analytics.ledger.by_hand import NewRow
from analytics.scenario import values
from analytics.scenario.saved import Scenarios
from analytics.store.posts import shared
from tests.given.command_line import run
from tests.given.scenarios import AGREEMENT, DB, FRAME

SPACES = pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
FIELDS = [Field(name, name, name) for name in ("del", "namn", "ar_kr")]


@SPACES
def test_in_what_is_typed(space):
    text = f"8{space}000{space}000"
    assert swedish.parse_kronor(text) == swedish.parse_kronor(f"{text}{space}kr") == 8_000_000
    assert swedish.parse_decimal(f"1{space}234,50{space}kr", "kr") == Decimal("1234.50")
    assert read_value("kronor", text) == 8_000_000
    assert read_value("procent", f"2,5{space}%") == Fraction(5, 2)
    assert values.parameter_value(AGREEMENT.parameter("rambudget_kr"), text) == 8_000_000
    made = Scenarios(DB, AGREEMENT, shared()).create("A", [FRAME | {"varde": text}], reason="prov")
    assert made.changes[0].value == 8_000_000
    level = thresholds.set_threshold(shared(), f"5{space}%", f"50{space}000", reason="prov")
    assert level.amount_kr == 50_000
    new = NewRow("2027-03-01", "5010", f"1{space}250,50", "Lokal")
    assert by_hand.read_row(new, 2027).amount_ore == 125_050
    assert posting_rules.span(f"5000{space}–{space}5999") == ("5000", "5999")


@SPACES
def test_in_what_is_read(space):
    text = f"1{space}200{space}000"
    assert amount.read_ore(f"−{text},50") == -120_000_050
    (line,) = budget_file.read("b.csv", f"del;namn;ar_kr\ninlan;A;{text} kr\n".encode())
    rows = [{"del": "inlan", "namn": "A", "ar_kr": text}]
    (cell,) = budget_file.read("b.xlsx", write_excel(rows, FIELDS, "budget", []))
    assert line.year_kr == cell.year_kr == 1_200_000
    for code in ("utf-8", "utf-16"):
        content = f"Datum;Konto;Belopp\n2027-03-01;5010;{text},50\n".encode(code)
        (row,) = ledger_file.read("a.csv", content, 2027).rows
        assert (row.day, row.amount_ore) == (date(2027, 3, 1), 120_000_050)


@SPACES
def test_on_the_command_line(space):
    text = f"8{space}000{space}000"
    plain, spaced = (
        run("fees", "--year", "2027", "--set", f"rambudget_kr={t}", "--format", "json")
        for t in ("8000000", text)
    )
    assert plain == spaced and "8000000" in str(plain)
    draft = versions.begin(
        shared(), 2027, 9, Fraction(2, 3), [new_line("inlan", "A", 6)], reason="prov"
    )
    assert draft.frame_kr == 9
