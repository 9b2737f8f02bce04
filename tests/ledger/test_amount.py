"""Amounts as people and programs write them: one meaning, or none."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from analytics.ledger.amount import AmountFault, read_day, read_ore
from analytics.swedish import decimal


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("1234,50", 123_450), ("1234.50", 123_450), ("1 234,50", 123_450), ("1\xa0234,50", 123_450),
     ("1\u202f234\u202f567,5", 123_456_750), ("1.234,50", 123_450), ("1,234.50", 123_450),
     ("1.234.567", 123_456_700), ("1'234.50", 123_450), ("−5", -500), ("-5,00", -500),
     ("5,00-", -500), ("+5", 500), ("- 5", -500), ("0", 0), ("-0,00", 0), ("1234", 123_400),
     ("1 234 kr", 123_400), ("1234,5 SEK", 123_450), (" 7 ", 700), ("1500", 150_000),
     (1234, 123_400), (Decimal("1234.5"), 123_450), (Decimal("-0.01"), -1),
     (Decimal("1E+3"), 100_000)],
)  # fmt: skip
def test_an_amount_with_one_meaning_is_read_to_the_ore(written, wanted):
    assert read_ore(written) == wanted


@pytest.mark.parametrize(
    "written",
    ["", "1.500", "1,500", "12,345", "1,2,3", "1.23.456", "1 23", "12 34,50", "1,505", "1e5",
     "1,2E+05", "nan", "inf", "(100)", "-5-", "=1+1", "5 EUR", "٣", "½", "1 234.567,", "--5", "abc",
     True, Decimal("1.005"), Decimal("NaN"), "1.234,567"],
)  # fmt: skip
def test_what_has_two_meanings_or_none_is_refused(written):
    with pytest.raises(AmountFault):
        read_ore(written)


@pytest.mark.parametrize("written", ["1.500", "1,500", "999.000"])
def test_one_separator_and_three_digits_is_told_to_have_two_meanings(written):
    with pytest.raises(AmountFault, match="tusental eller decimaler"):
        read_ore(written)


@pytest.mark.parametrize(("written", "ok"), [("10000000000000", False), ("9999999999999", True)])
def test_an_amount_that_is_a_slip_is_refused(written, ok):
    if ok:
        assert read_ore(written) == 999_999_999_999_900
        return
    with pytest.raises(AmountFault):
        read_ore(written)


@given(st.integers(-(10**14), 10**14))
def test_what_is_printed_in_swedish_is_read_back(amount):
    assert read_ore(decimal(Decimal(amount) / 100, 2)) == amount


@pytest.mark.parametrize("written", ["2027-03-31", "20270331", " 2027-03-31 00:00:00"])
def test_a_day_is_read(written):
    assert read_day(written) == date(2027, 3, 31)


@pytest.mark.parametrize(
    "written",
    ["", "31/3 2027", "31.03.2027", "2027-02-30", "2027-3-1", "46112", "2027-03-31 12:00", "03-31"],
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(AmountFault):
        read_day(written)
