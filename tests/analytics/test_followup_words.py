"""The follow-up in words says what the figures say."""

from fractions import Fraction

from analytics import budget_store, database, followup
from analytics.budget import rad
from analytics.followup_words import arets_rad, hela_kedjan, hittills, namn, slutar, svar, troskeln
from analytics.store import shared
from tests.analytics.uppfoljning import AR, beslutad, bokfor


def lage(tertial):
    return followup.lage(database.shared(), shared(), AR, tertial)


def vanligt(text):
    return text.replace("\xa0", " ")


def test_on_plan_and_precisely_at_the_frame():
    beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", 200_000_00), ("2027-04-30", "6010", 100_000_00))
    assert vanligt(svar(lage(1))) == (
        "Alla 2 poster är på plan till och med april 2027. Året beräknas sluta på 900 000 kr, "
        "precis ramen (K1). Tertialet är öppet."
    )
    assert hittills(lage(1)) == "Utfallet är på budgeten till och med april"
    assert vanligt(arets_rad(lage(1))).startswith("Året är på budget. Året beräknas sluta på 900")
    assert "klarmarkerat" in svar(followup.stang(database.shared(), shared(), AR, 1))


def test_over_the_frame_and_off_budget():
    beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", 260_000_00), ("2027-04-30", "6010", 100_000_00))
    said = vanligt(svar(lage(1)))
    assert "1 av 2 poster avviker mer än tröskeln" in said
    assert "960 000 kr, 60 000 kr över ramen 900 000 kr (K1)" in said
    assert vanligt(arets_rad(lage(1))) == (
        "Året beräknas gå över budgeten. Året beräknas sluta på 960 000 kr, 60 000 kr över ramen "
        "900 000 kr (K1), räknat på tertial 1 (öppet)."
    )
    assert vanligt(hittills(lage(1))) == "Utfallet är 60 000 kr över budgeten till och med april"


def test_half_a_tertial_is_not_judged():
    beslutad(shared())
    bokfor(shared(), ("2027-02-28", "5010", 100_000_00))
    assert "bokfört till och med februari 2027" in svar(lage(1))
    assert "avviker" not in svar(lage(1))


def test_nothing_booked_and_no_budget_are_not_zero():
    assert "Ingen budget är beslutad" in svar(lage(1))
    beslutad(shared())
    assert "utfallet saknas, och det är inte noll" in svar(lage(1))
    assert slutar(lage(1)) == "Vad året slutar på är inte känt ännu."
    assert "inget är bokfört" in arets_rad(lage(1))


def test_a_booked_year_has_ended():
    beslutad(shared())
    bokfor(shared(), ("2027-12-31", "5010", 600_000_00), ("2027-12-31", "6010", 300_000_00))
    assert "Året slutade på" in slutar(lage(3))


def test_the_chain_and_the_threshold():
    beslutad(shared())
    bokfor(shared(), ("2027-01-01", "5010", 1_00), ("2027-01-01", "9999", 2_00))
    assert [ore for _, ore in hela_kedjan(lage(1))] == [1_00, 2_00, 0, 0]
    assert vanligt(troskeln(lage(1))) == "5 % av budgeten eller 50 000 kr"


def test_two_lines_of_one_name_are_told_apart():
    rows = [rad("inlan", "Resor", 600), rad("gemensamt", "Resor", 200), rad("gemensamt", "A", 100)]
    made = budget_store.nytt(shared(), AR, 900, Fraction(2, 3), rows, skal="x")
    budget_store.besluta(shared(), made, skal="x")
    assert sorted(namn(lage(1)).values()) == [
        "A",
        "Resor (Ersättning för inlånad personal)",
        "Resor (Gemensamt arbete)",
    ]
