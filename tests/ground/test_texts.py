"""A person's number is refused by its form, an organisation's is not; a name gets a remark."""

from datetime import date

import pytest
from hypothesis import given, strategies as st
from stdnum import luhn

from analytics import texts
from analytics.texts import TextRefused

# Made up by the rules: none of them need be anyone's.
RIGHT = ["811218-9876", "8112189876", "19811218-9876", "198112189876", "811218+9876", "811278-9873"]


@pytest.mark.parametrize("number", RIGHT)
def test_a_persons_number_is_refused_in_a_name_and_in_words(number):
    assert texts.person_number(f"Ref {number}.") is True
    for ask in (texts.require_name, texts.require_words):
        with pytest.raises(TextRefused, match="innehåller ett personnummer"):
            ask("Referensen", f"Ref {number}")


def test_the_form_alone_is_refused_in_a_reference_and_passes_in_words():
    for number in ("811218-9875", "8112189875", "20260101-0630"):
        assert texts.person_number(number) is False
        with pytest.raises(TextRefused, match="har formen av ett personnummer"):
            texts.require_name("Referensen", number)
        assert texts.require_words("Skälet", number) == number


@pytest.mark.parametrize(
    "text",
    ["202100-5489", "16202100-5489", "2120000142", "556036-0793", "7300009012345", "811232-9876",
     "010229-1234", "1234567", "2027-01-01 1234 kr", "0007:2021005489", "PO 4711", ""],
)  # fmt: skip
def test_what_is_no_persons_number_is_let_through(text):
    assert texts.person_number(text) is None


@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["-", "+", "", " ", "\u2013", "\u00a0", "\u2011"]),
    st.booleans(),
    st.booleans(),
)
def test_every_way_to_write_a_persons_number_is_found(day, serial, sign, century, coordination):
    digits = f"{day:%y%m}{day.day + 60 * coordination:02d}{serial:03d}"
    number = f"{day.year // 100 if century else ''}{digits[:6]}{sign}{digits[6:]}"
    number += luhn.calc_check_digit(digits)
    assert texts.person_number(f"a {number} b") is True


@given(st.from_regex(r"\A[235-9][0-9][2-9][0-9]{6}\Z"))
def test_no_organisation_number_is_taken_for_a_persons(digits):
    number = digits + luhn.calc_check_digit(digits)
    assert texts.person_number(number) is None
    assert texts.person_number(f"{number[:6]}-{number[6:]}") is None


def test_a_first_and_a_family_name_get_a_remark_and_a_role_does_not():
    for name in ("Anna Andersson", "Karl-Erik Ås", "Åsa Maria Öberg", " Anna  Andersson "):
        assert texts.looks_like_a_person(name)
    for role in ("Ekonomichef", "Region Stockholm", "Upplands Väsby", "Ekonomi Enheten", "PO 4711",
                 "ekonomi och faktura", "Fakturor Solna", "Stockholms Stad", ""):  # fmt: skip
        assert not texts.looks_like_a_person(role)


def test_what_is_saved_already_is_let_through():
    assert texts.require_name("Namnet", "a\u200bb", "a\u200bb") == "a\u200bb"
    assert texts.require_name("Namnet", "  två\u00a0 ord ") == "två ord"
