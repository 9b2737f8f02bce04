"""The values in a scenario's changes, from text, integers, decimals and dates; never a float."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from analytics.agreement.clauses import Parameter
from analytics.agreement.typed_values import PARTS, read_value
from analytics.errors import AgreementError, BadInput
from analytics.swedish import exact, whole

LONGEST = {"namn": 80, "skal": 500}
HIGHEST_RATE = 50  # percent per year, up or down
MOST_SHARES = 100


class ValueFault(AgreementError):
    """One fault in one change: what is wrong, and what to do."""


def parameter_value(parameter: Parameter, raw: object) -> Fraction:
    """Return *raw* as the parameter's value. Raises ValueFault (clause, value), BadParameter."""
    try:
        value = _value(parameter.kind, raw)
    except BadInput as error:
        raise ValueFault(f"{parameter.name} ({parameter.clause}): {error}") from error
    return parameter.check(value)


def _value(kind: str, raw: object) -> Fraction:
    if isinstance(raw, (int, Decimal, Fraction)) and not isinstance(raw, bool):
        if isinstance(raw, Decimal) and not raw.is_finite():
            raise BadInput(str(raw), "är inget tal", "Skriv siffror.")
        return Fraction(raw)
    if not isinstance(raw, str):
        raise BadInput(str(raw), "är inget tal", "Skriv siffror.")
    if found := PARTS.fullmatch(raw.strip()):
        return Fraction(int(found[1]), int(found[2]))
    return read_value(kind, raw)


def pace(raw: object) -> Fraction:
    """Return percent per year as a share: "2,0" is 1/50."""
    try:
        value = _value("procent", raw)
    except BadInput as error:
        raise ValueFault(f"takten i procent per år: {error}") from error
    if abs(value) > HIGHEST_RATE or (value * 10**6).denominator != 1:
        raise ValueFault(
            f"takten {exact(value)} % per år tas inte emot. Skriv ett tal från "
            f"−{HIGHEST_RATE} till {HIGHEST_RATE} med högst sex decimaler."
        )
    return value / 100


def read_day(row: Mapping, key: str = "fran") -> date:
    raw = row.get(key)
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return raw
    try:
        if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw.strip(), re.ASCII):
            return date.fromisoformat(raw.strip())
    except ValueError:
        pass
    shown = "saknas" if raw in (None, "") else f"”{str(raw)[:40]}” går inte att läsa"
    raise ValueFault(f"datumet {shown}. Skriv år, månad och dag, som 2027-01-01.")


def read_whole(raw: object, what: str) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and re.fullmatch(r"-?\d{1,9}", raw.strip(), re.ASCII):
        return int(raw)
    raise ValueFault(f"{what} ”{str(raw)[:40]}” är inget heltal. Skriv siffror.")


def read_shares(raw: object) -> int:
    number = read_whole(raw, "antalet andelar")
    if not 1 <= number <= MOST_SHARES:
        raise ValueFault(f"{whole(number)} andelar (K6) tas inte emot. Skriv 1–{MOST_SHARES}.")
    return number


def read_yes_or_no(row: Mapping, key: str) -> bool | None:
    value = row.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise ValueFault(f"{key} kan inte vara ”{str(value)[:40]}”. Skriv true eller false.")


def read_text(row: Mapping, key: str, what: str) -> str:
    """Return a text of one line. Raises ValueFault where it is missing or too long."""
    value = row.get(key)
    clean = " ".join(clean_all(value).split()) if isinstance(value, str) else ""
    if not clean:
        raise ValueFault(f"{what} saknas. Skriv det med några ord.")
    if len(clean) > LONGEST[key]:
        raise ValueFault(f"{what} är {len(clean)} tecken. Högst {LONGEST[key]} tas emot.")
    return clean


def clean_all(value: str) -> str:
    """Return *value* without characters that no one can see or save."""
    return "".join(c if c.isprintable() or c in "\n\t\N{NO-BREAK SPACE}" else " " for c in value)


def unknown_keys(found: Iterable[str], known: Sequence[str]) -> list[str]:
    """Return a sentence for each key that is not *known*, with the nearest suggested."""
    sentences = []
    for key in found:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Menade du ”{near[0]}”?" if near else "Kända är " + ", ".join(known) + "."
            sentences.append(f"Fältet ”{key[:40]}” finns inte. {hint}")
    return sentences
