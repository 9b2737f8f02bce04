"""Swedish text for figures and dates, and figures from Swedish text.

Printing follows Babel's sv_SE: no-break spaces between thousands, decimal comma, true minus.
What is printed can be read back: parse_kronor(kr(x)) == x and parse_decimal(decimal(x, n)) == x
rounded to n places. Money is integer kronor; a float is refused with TypeError.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from operator import index

from babel.dates import format_date
from babel.numbers import format_decimal

from analytics.errors import BadInput

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MISSING = "saknas"
LARGEST = 10**12  # kronor; an amount above it is a slip of the keyboard
LONGEST = 40  # characters of a figure
LOCALE = "sv_SE"

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNITS = {"": 1, "kr": 1, "kronor": 1, "tkr": 1_000, "mkr": 1_000_000}
NUMBER = re.compile(
    r"(?P<sign>-?) ?(?P<whole>[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:(?P<point>[.,])(?P<part>[0-9]+))?"
    r" ?(?P<unit>[A-Za-z]*|%)"
)
SPACES = str.maketrans({NBSP: " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " "})
# ü and æ ø stand where Swedish dictionaries put them; other accents do not count
LETTERS = str.maketrans({"ü": "y", "æ": "ä", "ø": "ö"})
LOCKED = {"å": "{", "ä": "|", "ö": "}"}  # the three ASCII characters after z

KRONOR_HINT = "Skriv ett belopp som 6 500 000, 6,5 Mkr eller 280 tkr."


# ---- printing ----


@lru_cache(maxsize=50_000, typed=True)
def whole(value: int | None) -> str:
    """Return a whole number: "1 234 567", "−5", or "saknas" for None."""
    if value is None:
        return MISSING
    return format_decimal(index(value), locale=LOCALE).replace("-", MINUS)


def kr(value: int | None) -> str:
    """Return whole kronor: "1 234 567 kr", "−5 kr", or "saknas" for None."""
    return MISSING if value is None else f"{whole(value)}{NBSP}kr"


def delta_kr(value: int | None) -> str:
    """Return a change in kronor with its sign: "+1 200 kr", "−5 kr", "±0 kr"."""
    if value is None:
        return MISSING
    sign = "+" if value > 0 else "±" if value == 0 else ""
    return sign + kr(value)


@lru_cache(maxsize=50_000, typed=True)
def decimal(value: Fraction | Decimal | int | None, places: int) -> str:
    """Return *value* with *places* decimals, halves rounded away from zero: "1,50"."""
    if value is None:
        return MISSING
    if isinstance(value, float):
        raise TypeError("a float is not exact; give a Fraction, a Decimal or an int")
    exact = Fraction(value) * 10**places
    digits = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    sign = 1 if exact < 0 and digits else 0
    rounded = Decimal((sign, tuple(int(d) for d in str(digits)), -places))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    printed = format_decimal(rounded, pattern, LOCALE, decimal_quantization=False)
    return printed.replace("-", MINUS)


def ore(value: int | None) -> str:
    """Return an amount in whole öre as kronor: "1 234,50", "−5,00", or "saknas" for None."""
    return MISSING if value is None else decimal(Fraction(value, 100), 2)


def ore_kr(value: int | None) -> str:
    """Return an amount in whole öre with its unit: "1 234,50 kr"."""
    return MISSING if value is None else f"{ore(value)}{NBSP}kr"


def percent(share: Fraction | Decimal | int | None, places: int = 1) -> str:
    """Return a share of one as percent: Fraction(43, 1000) is "4,3 %"."""
    return MISSING if share is None else f"{decimal(Fraction(share) * 100, places)}{NBSP}%"


def exact(value: Fraction | Decimal | int) -> str:
    """Return *value* without rounding: "6 500 000", "1,5", or "2/3" where no decimals end."""
    value = Fraction(value)
    for places in range(7):
        if (value * 10**places).denominator == 1:
            return decimal(value, places)
    return f"{value.numerator}/{value.denominator}"


def date_text(day: date | None) -> str:
    """Return "2027-06-30", or "saknas" for None."""
    return MISSING if day is None else day.isoformat()


def date_words(day: date | None) -> str:
    """Return "30 juni 2027", or "saknas" for None."""
    return MISSING if day is None else format_date(day, "d MMMM y", locale=LOCALE)


# ---- parsing ----


def parse_day(text: str) -> date:
    """Return the day of "2027-01-31". Raises BadInput for anything else."""
    clean = text.strip()
    try:
        if DAY.fullmatch(clean):
            return date.fromisoformat(clean)
    except ValueError:
        pass
    raise BadInput(text, "är inget datum", "Skriv ett datum som 2027-01-31.")


def parse_kronor(text: str) -> int:
    """Return whole kronor from "6 500 000", "6,5 Mkr", "280 tkr", "7 000 000 kr" or "−5".

    Raises BadInput for anything else: öre, "1.500" (which may be 1500 or 1,5), "1e5", letters.
    """
    found = _figure(text, KRONOR_HINT)
    unit = found["unit"].casefold()
    if unit not in UNITS:
        raise BadInput(text, "har en enhet som inte känns igen", KRONOR_HINT)
    amount = _exact(found) * UNITS[unit]
    if amount.denominator != 1:
        raise BadInput(text, "är inte hela kronor", "Avrunda till hela kronor.")
    if abs(amount) > LARGEST:
        raise BadInput(text, f"är mer än {kr(LARGEST)}", "Kontrollera antalet nollor.")
    return int(amount)


def parse_decimal(text: str, unit: str = "") -> Decimal:
    """Return the exact value of "1,50" or "1.50"; *unit* ("kr", "%") may follow the figure.

    Raises BadInput for "1.500" (which may be 1500 or 1,5), "1e5", "nan", "½", letters, and above
    a thousand billion.
    """
    way_out = "Skriv ett tal som 1,50."
    found = _figure(text, way_out)
    if found["unit"].casefold() not in ("", unit.casefold()):
        raise BadInput(text, "har en enhet som inte passar här", way_out)
    sign = 1 if found["sign"] else 0
    part = found["part"] or ""
    digits = tuple(int(digit) for digit in found["whole"].replace(" ", "") + part)
    value = Decimal((sign, digits, -len(part)))
    if abs(value) > LARGEST:
        raise BadInput(text, f"är mer än {whole(LARGEST)}", "Kontrollera antalet siffror.")
    return value or abs(value)  # no minus zero


def _figure(text: str, way_out: str) -> re.Match[str]:
    clean = text.translate(SPACES).replace(MINUS, "-").strip()
    found = NUMBER.fullmatch(clean) if len(clean) <= LONGEST else None
    if not found:
        raise BadInput(text, "går inte att läsa som ett tal", way_out)
    whole, point, part = found["whole"], found["point"], found["part"]
    if part and len(part) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        decimals = part.rstrip("0") or "0"
        decimals += "0" if len(decimals) == 3 else ""
        unit = f" {found['unit']}" if found["unit"] else ""
        raise BadInput(
            text,
            f"kan läsas på två sätt, eftersom ”{point}” kan skilja tusental eller decimaler",
            f"Skriv {whole}{part}{unit} om det är ett heltal, "
            f"{whole},{decimals}{unit} om det har decimaler.",
        )
    return found


def _exact(found: re.Match[str]) -> Fraction:
    part = found["part"] or ""
    value = Fraction(int(found["whole"].replace(" ", "") + part), 10 ** len(part))
    return -value if found["sign"] else value


# ---- order and escaping ----


def sort_key(name: str) -> tuple[str, str]:
    """Return a key that sorts names as Swedish does: z, å, ä, ö last; case does not count."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(LETTERS)
    base = "".join(LOCKED.get(c) or unicodedata.normalize("NFKD", c)[0] for c in letters)
    return base, name


MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&@\"'^=/%])")
# What Streamlit rewrites although it is escaped: addresses become links, ":streamlit:" its logo,
# "->" an arrow and "--" a dash. A word joiner, which is not seen, keeps the characters apart.
REWRITTEN = re.compile(r":(?=[a-z/])|@|www(?=\.)|[-<>=~](?=[-<>=~])", re.IGNORECASE)
JOINER = "\N{WORD JOINER}"
LINES = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")


def escape_markdown(text: str) -> str:
    """Return untrusted *text* so that Streamlit's Markdown shows it as it stands, on one line."""
    one_line = LINES.sub(" ", text).strip()  # no-break spaces stay
    apart = REWRITTEN.sub(rf"\g<0>{JOINER}", one_line)
    return MARKUP.sub(r"\\\1", apart)
