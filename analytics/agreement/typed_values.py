"""What a person types as a parameter's value: one reading for pages, commands and scenarios.

A share is written 0,5 or 50 %, and 1/2 where it does not end; 50 alone is refused, since it may
be meant as 50 %. Every other unit is read with or without its unit, in Swedish or machine decimals.
"""

import re
from fractions import Fraction

from analytics.agreement.clauses import Parameter
from analytics.errors import BadCommand, BadInput
from analytics.swedish import NBSP, exact, parse_decimal, parse_kronor

PARTS = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})")
SHARE_HINT = "Skriv en del som 0,5 eller 50 %."


def read_value(kind: str, text: str) -> Fraction:
    """Return *text* as a value of *kind* (a Parameter's kind). Raises BadInput."""
    if kind == "kronor":
        return Fraction(parse_kronor(text))
    if kind == "del":
        return read_share(text)
    return Fraction(parse_decimal(text, "kr" if kind == "sats" else "%"))


def read_share(text: str) -> Fraction:
    """Return a share of one from "0,5", "50 %" or "1/2". Raises BadInput, also for "50"."""
    if found := PARTS.fullmatch(text.strip()):
        return Fraction(int(found[1]), int(found[2]))
    value = Fraction(parse_decimal(text, "%"))
    if text.rstrip().endswith("%"):
        return value / 100
    if value > 1:
        raise BadInput(text, "är mer än hela", f"Menade du {exact(value)}{NBSP}%? {SHARE_HINT}")
    return value


def parameter_value(parameter: Parameter, text: str, check: bool = True) -> Fraction:
    """Return *text* as the parameter's value.

    Raises BadCommand, naming the parameter and its clause, and where *check* BadParameter.
    """
    try:
        value = read_value(parameter.kind, text)
    except BadInput as error:
        raise BadCommand(f"{parameter.name} ({parameter.clause}): {error}") from error
    return parameter.check(value) if check else value
