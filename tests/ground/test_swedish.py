"""Figures in Swedish: what is printed can be read, and what can be misread is refused."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from analytics import swedish
from analytics.errors import BadInput
from analytics.swedish import NBSP

money = st.integers(-swedish.LARGEST, swedish.LARGEST)


def nb(text):
    return text.replace(" ", NBSP)


def test_money_is_printed_the_swedish_way():
    assert swedish.kr(1_234_567) == nb("1 234 567 kr")
    assert swedish.kr(-5) == nb("−5 kr")
    assert swedish.kr(0) == nb("0 kr")
    assert swedish.whole(2_181_318) == nb("2 181 318")
    assert swedish.delta_kr(1_200) == nb("+1 200 kr")
    assert swedish.delta_kr(-5) == nb("−5 kr")
    assert swedish.delta_kr(0) == nb("±0 kr")


def test_rates_shares_and_dates_are_printed_the_swedish_way():
    assert swedish.decimal(Fraction(3, 2), 2) == "1,50"
    assert swedish.decimal(Decimal("2.546754"), 6) == "2,546754"
    assert swedish.decimal(12_345, 1) == nb("12 345,0")
    assert swedish.decimal(Fraction(1, 8), 2) == "0,13"
    assert swedish.decimal(Fraction(-1, 8), 2) == "−0,13"
    assert swedish.decimal(Fraction(-1, 1000), 2) == "0,00"
    assert swedish.percent(Fraction(43, 1000)) == nb("4,3 %")
    assert swedish.percent(1, 0) == nb("100 %")
    assert swedish.date_text(date(2027, 6, 30)) == "2027-06-30"
    assert swedish.date_words(date(2027, 6, 30)) == "30 juni 2027"


def test_a_missing_value_is_called_missing_and_never_zero():
    printed = [swedish.whole, swedish.kr, swedish.delta_kr, swedish.percent]
    printed += [swedish.date_text, swedish.date_words, lambda value: swedish.decimal(value, 2)]

    assert {show(None) for show in printed} == {"saknas"}


def test_a_float_is_never_printed_as_money_or_as_a_rate():
    for show in (swedish.kr, swedish.whole, lambda value: swedish.decimal(value, 2)):
        with pytest.raises(TypeError):
            show(1.5)


@given(money)
def test_every_printed_amount_reads_back(amount):
    for printed in (swedish.kr(amount), swedish.whole(amount), str(amount)):
        assert swedish.parse_kronor(printed) == amount
    assert swedish.parse_kronor(swedish.kr(amount).replace(NBSP, " ")) == amount


@given(st.integers(-(10**6), 10**6))
def test_every_amount_in_tkr_and_mkr_reads_back(thousands):
    assert swedish.parse_kronor(f"{swedish.whole(thousands)} tkr") == thousands * 1_000
    millions = swedish.decimal(Fraction(thousands, 1000), 4)
    for unit in ("Mkr", "mkr", " MKR"):
        assert swedish.parse_kronor(millions + unit) == thousands * 1_000


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from([0, 1, 2, 4, 6]))
def test_every_printed_decimal_reads_back_rounded(value, places):
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

    assert swedish.parse_decimal(swedish.decimal(value, places)) == expected


@given(st.text(max_size=60))
def test_any_text_gives_a_figure_or_a_sentence(text):
    for parse in (swedish.parse_kronor, swedish.parse_decimal):
        try:
            value = parse(text)
        except BadInput as error:
            assert str(error).endswith(".")
            assert error.value == text
        else:
            assert value == value.__class__(value)
            assert Decimal(value).is_finite()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6 500 000", 6_500_000),
        (nb("6 500 000"), 6_500_000),
        ("6\u202f500\u202f000 kr", 6_500_000),
        ("6,5 Mkr", 6_500_000),
        ("6.5 Mkr", 6_500_000),
        ("6,5Mkr", 6_500_000),
        ("280 tkr", 280_000),
        ("280 Tkr", 280_000),
        ("7000000", 7_000_000),
        ("7 000 000 kr", 7_000_000),
        ("7 000 000 kronor", 7_000_000),
        ("  5  ", 5),
        ("−5", -5),
        ("-5", -5),
        ("- 5 kr", -5),
        ("-0", 0),
        ("1500,00", 1_500),
        ("0,500 Mkr", 500_000),
        ("6,543954 Mkr", 6_543_954),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, amount):
    assert swedish.parse_kronor(text) == amount


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Fältet är tomt. Skriv ett belopp som 6 500 000"),
        ("  ", "Fältet är tomt."),
        ("1,50", "”1,50” är inte hela kronor."),
        ("6,5000001 Mkr", "är inte hela kronor."),
        ("1.500", "Skriv 1500 om det är ett heltal, 1,5 om det har decimaler."),
        ("1,500", "kan läsas på två sätt"),
        ("6,500 Mkr", "Skriv 6500 Mkr om det är ett heltal, 6,5 Mkr om det har decimaler."),
        ("12,345 tkr", "12,3450 tkr om det har decimaler"),
        ("1,000 kr", "Skriv 1000 kr om det är ett heltal, 1,0 kr om det har decimaler."),
        ("6.500.000", "går inte att läsa som ett tal"),
        ("6,500,000", "går inte att läsa som ett tal"),
        ("65 00 000", "går inte att läsa som ett tal"),
        ("6 5000", "går inte att läsa som ett tal"),
        ("1e5", "går inte att läsa som ett tal"),
        ("nan", "går inte att läsa som ett tal"),
        ("inf", "går inte att läsa som ett tal"),
        ("½", "går inte att läsa som ett tal"),
        ("٣", "går inte att läsa som ett tal"),
        ("１２", "går inte att läsa som ett tal"),
        ("0x10", "går inte att läsa som ett tal"),
        ("1_000", "går inte att läsa som ett tal"),
        ("=1+1", "går inte att läsa som ett tal"),
        ("--5", "går inte att läsa som ett tal"),
        ("sex miljoner", "går inte att läsa som ett tal"),
        ("5 USD", "har en enhet som inte känns igen"),
        ("5 %", "har en enhet som inte känns igen"),
        (
            "1 000 000 000 001",
            "är mer än 1\xa0000\xa0000\xa0000\xa0000 kr".replace(" kr", "\xa0kr"),
        ),
        ("9" * 500, "går inte att läsa som ett tal"),
    ],
)
def test_what_is_not_whole_kronor_is_refused_with_a_way_out(text, says):
    with pytest.raises(BadInput) as caught:
        swedish.parse_kronor(text)

    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,50", "1.50"),
        ("1.50", "1.50"),
        ("4,3", "4.3"),
        ("4,3 %", "4.3"),
        ("4,3%", "4.3"),
        ("0,500", "0.5"),
        ("0.125", "0.125"),
        ("−0,13", "-0.13"),
        ("-0,00", "0"),
        ("1 234,5", "1234.5"),
        ("1234,567", "1234.567"),
        ("2", "2"),
    ],
)
def test_a_decimal_is_read_exactly(text, value):
    found = swedish.parse_decimal(text, "%")

    assert found == Decimal(value)
    assert not (found.is_zero() and found.is_signed())


@pytest.mark.parametrize(
    "text", ["1.500", "1,500", "12,345", "1e5", "nan", "inf", ",5", "5,", "1,2,3", "1 kr", "", "²"]
)
def test_a_decimal_that_can_be_misread_is_refused(text):
    with pytest.raises(BadInput, match=r"Skriv .*\.$"):
        swedish.parse_decimal(text, "%")


def test_names_sort_with_a_ring_and_dots_last():
    names = ["Österåker", "Ekerö", "Älvsjö", "Åre", "Zinkgruvan", "ekerö", "Édeby", "Upplands-Bro"]
    names += ["Upplands Väsby", "Ängsö", "Järfälla", "A\u030angby"]  # the last is Å in two parts

    assert sorted(names, key=swedish.sort_key) == [
        "Édeby",
        "Ekerö",
        "ekerö",
        "Järfälla",
        "Upplands Väsby",
        "Upplands-Bro",
        "Zinkgruvan",
        "A\u030angby",
        "Åre",
        "Älvsjö",
        "Ängsö",
        "Österåker",
    ]


@given(st.lists(st.text(max_size=10)))
def test_any_names_can_be_sorted(names):
    assert sorted(sorted(names, key=swedish.sort_key)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "*fet* _lutande_ `kod` ~~struken~~",
        "# rubrik",
        "[länk](http://example.com)",
        "<b>html</b> &amp;",
        ":red[röd] :streamlit: $x^2$",
        "-- -> <->",
        "www.example.com namn@example.com",
    ],
)
def test_markup_in_untrusted_text_is_escaped(text):
    """What a browser shows is text itself; looked at in Streamlit, sign by sign."""
    shown = swedish.escape_markdown(text)
    bare = shown.replace(swedish.JOINER, "")

    assert bare.replace("\\", "") == text
    for sign in "*_`~#[]()<>&:$@":
        assert bare.count(sign) == bare.count("\\" + sign)
    assert not any(live in shown for live in ("://", ":streamlit", "@example", "www\\.", "->"))


def test_lines_in_untrusted_text_become_one():
    assert swedish.escape_markdown("a\n\n| b |\n# c\u2028d") == r"a \| b \| \# c d"


def test_figures_in_escaped_text_stay_in_one_piece():
    assert swedish.escape_markdown(swedish.kr(1_000)) == nb("1 000 kr")
