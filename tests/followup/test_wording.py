"""The follow-up in words says what the figures say."""

from fractions import Fraction

from analytics.budget import versions
from analytics.budget.lines import new_line
from analytics.followup import status as followup_status
from analytics.followup.wording import (
    answer,
    ends,
    line_name,
    row_of_year,
    so_far,
    threshold_text,
    whole_chain,
)
from analytics.reference import database
from analytics.store.posts import shared
from tests.given.followup import YEAR, book, decide_budget


def status(tertial):
    return followup_status.status_of(database.shared(), shared(), YEAR, tertial)


def usual(text):
    return text.replace("\xa0", " ")


def test_on_plan_and_precisely_at_the_frame():
    decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", 200_000_00), ("2027-04-30", "6010", 100_000_00))
    assert usual(answer(status(1))) == (
        "Alla 2 poster är på plan till och med april 2027. Året beräknas sluta på 900 000 kr, "
        "precis ramen (K1). Tertialet är öppet."
    )
    assert so_far(status(1)) == "Utfallet är på budgeten till och med april"
    assert usual(row_of_year(status(1))).startswith("Året är på budget. Året beräknas sluta på 900")
    assert "klarmarkerat" in answer(followup_status.close(database.shared(), shared(), YEAR, 1))


def test_over_the_frame_and_off_budget():
    decide_budget(shared())
    book(shared(), ("2027-04-30", "5010", 260_000_00), ("2027-04-30", "6010", 100_000_00))
    said = usual(answer(status(1)))
    assert "1 av 2 poster avviker mer än tröskeln" in said
    assert "960 000 kr, 60 000 kr över ramen 900 000 kr (K1)" in said
    assert usual(row_of_year(status(1))) == (
        "Året beräknas gå över budgeten. Året beräknas sluta på 960 000 kr, 60 000 kr över ramen "
        "900 000 kr (K1), räknat på tertial 1 (öppet)."
    )
    assert usual(so_far(status(1))) == "Utfallet är 60 000 kr över budgeten till och med april"


def test_half_a_tertial_is_not_judged():
    decide_budget(shared())
    book(shared(), ("2027-02-28", "5010", 100_000_00))
    assert "bokfört till och med februari 2027" in answer(status(1))
    assert "avviker" not in answer(status(1))


def test_nothing_booked_and_no_budget_are_not_zero():
    assert "Ingen budget är beslutad" in answer(status(1))
    decide_budget(shared())
    assert "utfallet saknas, och det är inte noll" in answer(status(1))
    assert ends(status(1)) == "Vad året slutar på är inte känt ännu."
    assert "inget är bokfört" in row_of_year(status(1))


def test_a_booked_year_has_ended():
    decide_budget(shared())
    book(shared(), ("2027-12-31", "5010", 600_000_00), ("2027-12-31", "6010", 300_000_00))
    assert "Året slutade på" in ends(status(3))


def test_the_chain_and_the_threshold():
    decide_budget(shared())
    book(shared(), ("2027-01-01", "5010", 1_00), ("2027-01-01", "9999", 2_00))
    assert [ore for _, ore in whole_chain(status(1))] == [1_00, 2_00, 0, 0]
    assert usual(threshold_text(status(1))) == "5 % av budgeten eller 50 000 kr"


def test_two_lines_of_one_name_are_told_apart():
    rows = [
        new_line("inlan", "Resor", 600),
        new_line("gemensamt", "Resor", 200),
        new_line("gemensamt", "A", 100),
    ]
    made = versions.begin(shared(), YEAR, 900, Fraction(2, 3), rows, reason="x")
    versions.decide(shared(), made, reason="x")
    assert sorted(line_name(status(1)).values()) == [
        "A",
        "Resor (Ersättning för inlånad personal)",
        "Resor (Gemensamt arbete)",
    ]
