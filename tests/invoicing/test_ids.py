"""Numbers on an invoice: form and check digit, each fault told."""

import pytest
import stdnum.ean
import stdnum.luhn
from hypothesis import given, strategies as st

from analytics.errors import BadInput
from analytics.invoicing.ids import valid_gln, valid_orgnr, valid_peppol


def luhn(digits: str) -> int:
    """The check digit after *digits*: every second one from the right doubled."""
    doubled = (int(d) * (2 - n % 2) for n, d in enumerate(reversed(digits)))
    return -sum(d // 10 + d % 10 for d in doubled) % 10


def gs1(digits: str) -> int:
    """GS1's check digit after *digits*: weights 3 and 1 from the right."""
    return -sum(int(d) * (1 if n % 2 else 3) for n, d in enumerate(reversed(digits))) % 10


TEN = "21200099" + "1"  # nine digits of a made up kommun; the tenth is computed
GOOD = f"{TEN[:6]}-{TEN[6:]}{luhn(TEN)}"
TWELVE = "735999900000"
GLN = f"{TWELVE}{gs1(TWELVE)}"


def test_the_check_digits_are_those_of_known_examples():
    assert luhn("811228987") == 4  # 811228-9874, an example in print
    assert gs1("400638133393") == 1  # 4006381333931, an example in print


@pytest.mark.parametrize(
    "text", [GOOD, GOOD.replace("-", ""), f" 16{GOOD} ", GOOD.replace("-", "\N{EN DASH}")]
)
def test_an_organisation_number_has_one_way_of_being_written(text):
    assert valid_orgnr(text, public=True) == GOOD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "tomt"),
        ("212000-99", "inget organisationsnummer"),
        ("２１２０００-0142", "inget organisationsnummer"),
        ("811218-9876", "personnummer"),
        ("412000-0006", "börjar på 4"),
        (GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10), "fel kontrollsiffra"),
    ],
)
def test_what_is_no_organisation_number_is_told(text, said):
    with pytest.raises(BadInput, match=said):
        valid_orgnr(text)


def test_a_kommun_has_a_public_number():
    company = "556000000"
    number = f"{company[:6]}-{company[6:]}{luhn(company)}"
    assert valid_orgnr(number) == number
    with pytest.raises(BadInput, match="aktiebolag"):
        valid_orgnr(number, public=True)


def test_a_peppol_id_is_of_one_of_two_kinds():
    assert valid_peppol(f"0007:{GOOD}") == f"0007:{GOOD.replace('-', '')}"
    assert valid_peppol(f"0088: {GLN}") == f"0088:{GLN}"
    for text in (GLN, "9955:1234567890", "0088:7359999000001", "0007:"):
        with pytest.raises(BadInput):
            valid_peppol(text)


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 9), st.integers(0, 12))
def test_one_wrong_digit_is_always_found(digits, other, place):
    number = f"{digits}{gs1(digits)}"
    assert valid_gln(number) == number
    wrong = number[:place] + str(other) + number[place + 1 :]
    if wrong != number:
        with pytest.raises(BadInput):
            valid_gln(wrong)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_check_digits_are_those_of_their_written_rules(digits):
    assert stdnum.luhn.calc_check_digit(digits[:9]) == str(luhn(digits[:9]))
    assert stdnum.ean.calc_check_digit(digits) == str(gs1(digits))


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(1, 9), st.integers(0, 9))
def test_luhn_finds_one_wrong_digit(digits, step, place):
    number = digits + str(luhn(digits))
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert luhn(wrong[:9]) != int(wrong[9])
