"""Amounts and dates of a ledger in a table: Swedish and English ways to write, to the öre.

What can be meant in two ways is refused: "1.500" is 1500 or 1,50. No figure passes a float.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from unicodedata import category

SPACES = str.maketrans(
    {
        **{sign: " " for sign in map(chr, range(0x3001)) if category(sign) == "Zs"},
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "'": " ",
        "\N{RIGHT SINGLE QUOTATION MARK}": " ",
    }
)
AMOUNT = re.compile(
    r"(?P<sign>[-+]?) ?"
    r"(?P<whole>[0-9]{1,13}|[0-9]{1,3}(?P<sep>[ .,])[0-9]{3}(?:(?P=sep)[0-9]{3})*)"
    r"(?:(?P<point>[.,])(?P<part>[0-9]{1,2}))?(?: ?(?:kr|SEK))?(?P<after>-?)"
)
DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
AMOUNT_HINT = "ett belopp skrivs som 1234,50 eller 1 234,50 eller 1234.50, med högst två decimaler"
AMBIGUOUS = (
    "punkten eller kommat kan skilja tusental eller decimaler; skriv hela talet utan skiljetecken"
)
DATE_HINT = "ett datum skrivs som 2027-03-31"
DAYS = range(20_000, 80_000)  # 1954 to 2119, as Excel counts them
LARGEST_ORE = 10**15


class AmountFault(Exception):
    """A cell cannot be read; the text says what is allowed."""


def read_ore(cell: object) -> int:
    """Return öre of a cell: text as people write it, an int or a Decimal. Raises AmountFault."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _sensible(cell * 100)
    if isinstance(cell, Decimal):
        hundred = cell.scaleb(2) if cell.is_finite() else None
        if hundred is None or hundred != hundred.to_integral_value():
            raise AmountFault("beloppet har mer än två decimaler; avrunda till hela ören")
        return _sensible(int(hundred))
    text = str(cell).translate(SPACES).strip()
    found = AMOUNT.fullmatch(text)
    if not found or (found["sign"] and found["after"]):
        raise AmountFault(AMOUNT_HINT)
    sep, point = found["sep"], found["point"]
    if sep and sep == point:
        raise AmountFault(AMOUNT_HINT)
    if sep and sep in ".," and not point and found["whole"].count(sep) == 1:
        raise AmountFault(AMBIGUOUS)
    whole = re.sub("[ .,]", "", found["whole"])
    value = int(whole + (found["part"] or "").ljust(2, "0"))
    return _sensible(-value if "-" in (found["sign"], found["after"]) else value)


def _sensible(value: int) -> int:
    if abs(value) > LARGEST_ORE:
        raise AmountFault("beloppet är mer än tio biljoner kronor; kontrollera antalet siffror")
    return value


def read_day(cell: object) -> date:
    """Return the day of a cell: a date, "2027-03-31" or "20270331", or the figure of five digits
    that Excel keeps, where the style that made it a day is lost. Raises AmountFault."""
    if isinstance(cell, date):
        return cell
    if type(cell) is int and cell in DAYS:
        return date(1899, 12, 30) + timedelta(days=cell)
    found = DAY.fullmatch(str(cell).strip())
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise AmountFault(DATE_HINT)
