"""The fields of a record in SIE: text, objects, accounts, amounts, dates; each fault is named."""

import re
from datetime import date

QUOTED = r'"((?:[^"\\]|\\.)*+)"'
TOKEN = re.compile(rf'[ \t]*(?:{QUOTED}|([{{}}])|([^\s"{{}}]+))')
AMOUNT = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,2}0*)?")
KONTO = re.compile(r"[0-9]{1,10}")
DAY = re.compile(r"[0-9]{8}")
DIM = re.compile(r"[0-9]{1,9}")
PERIOD = re.compile(r"[0-9]{4}(0[1-9]|1[0-2])")
YEAR_NUMBER = re.compile(r"-?[0-9]{1,2}")
TOLD = {
    "konto": "ett konto skrivs med 1–10 siffror",
    "belopp": "ett belopp skrivs som 1234.50, med punkt och högst två decimaler",
    "datum": "ett datum skrivs som 20270331",
    "period": "en period skrivs som 202703",
    "objekt": 'objekt skrivs parvis inom klamrar, som {1 "100" 6 "P12"}, utan semikolon',
    "årsnummer": "ett årsnummer är ett heltal, som 0 eller -1",
}


class FieldFault(Exception):
    """A field is wrong: its name (None: the whole line), what stands there, what is allowed."""

    def __init__(self, column: str | None, value: str, allowed: str = "") -> None:
        self.column, self.value, self.allowed = column, value, allowed or TOLD[column]


def missing(label: str, line: str) -> FieldFault:
    return FieldFault(None, line, f"{label} saknar ett eller flera fält")


def split_fields(line: str) -> list[str]:
    """Return the fields of a line; braces are fields of their own. Raises FieldFault."""
    found, at, end = [], 0, len(line.rstrip())
    while at < end:
        token = TOKEN.match(line, at)
        if token is None:
            raise FieldFault(None, line, "citattecken ska stå parvis runt ett fält")
        quoted, brace, plain = token.groups()
        found.append(brace or plain or (quoted or "").replace('\\"', '"'))
        at = token.end()
    return found


def read_objekt(fields: list[str]) -> str:
    """Return the objects of a row as "1=100;6=P12", by dimension. Raises FieldFault."""
    if len(fields) % 2:
        raise FieldFault("objekt", " ".join(fields))
    pairs = list(zip(fields[::2], fields[1::2], strict=True))
    pairs = [(dim, number) for dim, number in pairs if number.strip()]  # no object is none
    for dim, number in pairs:
        if not DIM.fullmatch(dim) or ";" in number:
            raise FieldFault("objekt", f"{dim} {number}")
    pairs.sort(key=lambda pair: int(pair[0]))
    return ";".join(f"{dim}={number.strip()}" for dim, number in pairs)


def read_objekt_list(fields: list[str]) -> tuple[str, list[str]]:
    """Take {…} off the front of *fields*; return its objects and the rest. Raises FieldFault."""
    if fields[0] != "{" or "}" not in fields:
        raise FieldFault("objekt", " ".join(fields))
    end = fields.index("}")
    return read_objekt(fields[1:end]), fields[end + 1 :]


def read_konto(text: str) -> str:
    if not KONTO.fullmatch(text):
        raise FieldFault("konto", text)
    return text


def read_amount(text: str) -> int:
    """Return öre from "1234.50". Raises FieldFault."""
    if not AMOUNT.fullmatch(text):
        raise FieldFault("belopp", text)
    whole, _, part = text.partition(".")
    return int(whole + part[:2].ljust(2, "0"))


def read_day(text: str) -> date:
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise FieldFault("datum", text)
    return found


def read_period(text: str) -> str:
    if not PERIOD.fullmatch(text):
        raise FieldFault("period", text)
    return text


def read_year_number(text: str) -> int:
    if not YEAR_NUMBER.fullmatch(text):
        raise FieldFault("årsnummer", text)
    return int(text)
