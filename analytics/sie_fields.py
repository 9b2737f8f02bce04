"""The fields of a record in SIE: text, objects, accounts, amounts, dates; each fault is named."""

import re
from datetime import date

QUOTED = r'"((?:[^"\\]|\\.)*+)"'
TOKEN = re.compile(rf'[ \t]*(?:{QUOTED}|([{{}}])|([^\s"{{}}]+))')
BELOPP = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,2})?")
KONTO = re.compile(r"[0-9]{1,10}")
DAG = re.compile(r"[0-9]{8}")
DIM = re.compile(r"[0-9]{1,9}")
PERIOD = re.compile(r"[0-9]{4}(0[1-9]|1[0-2])")
ARSNR = re.compile(r"-?[0-9]{1,2}")
SAGT = {
    "konto": "ett konto skrivs med 1–10 siffror",
    "belopp": "ett belopp skrivs som 1234.50, med punkt och högst två decimaler",
    "datum": "ett datum skrivs som 20270331",
    "period": "en period skrivs som 202703",
    "objekt": 'objekt skrivs parvis inom klamrar, som {1 "100" 6 "P12"}, utan semikolon',
    "årsnummer": "ett årsnummer är ett heltal, som 0 eller -1",
}


class FaltFel(Exception):
    """A field is wrong: its name (None: the whole line), what stands there, what is allowed."""

    def __init__(self, column: str | None, value: str, allowed: str = "") -> None:
        self.column, self.value, self.allowed = column, value, allowed or SAGT[column]


def falt(line: str) -> list[str]:
    """Return the fields of a line; braces are fields of their own. Raises FaltFel."""
    found, at, end = [], 0, len(line.rstrip())
    while at < end:
        token = TOKEN.match(line, at)
        if token is None:
            raise FaltFel(None, line, "citattecken ska stå parvis runt ett fält")
        quoted, brace, plain = token.groups()
        found.append(brace or plain or (quoted or "").replace('\\"', '"'))
        at = token.end()
    return found


def objekt(fields: list[str]) -> str:
    """Return the objects of a row as "1=100;6=P12", by dimension. Raises FaltFel."""
    if len(fields) % 2:
        raise FaltFel("objekt", " ".join(fields))
    pairs = list(zip(fields[::2], fields[1::2], strict=True))
    for dim, number in pairs:
        if not DIM.fullmatch(dim) or not number.strip() or ";" in number:
            raise FaltFel("objekt", f"{dim} {number}")
    pairs.sort(key=lambda pair: int(pair[0]))
    return ";".join(f"{dim}={number.strip()}" for dim, number in pairs)


def objektlista(fields: list[str]) -> tuple[str, list[str]]:
    """Take {…} off the front of *fields*; return its objects and the rest. Raises FaltFel."""
    if fields[0] != "{" or "}" not in fields:
        raise FaltFel("objekt", " ".join(fields))
    end = fields.index("}")
    return objekt(fields[1:end]), fields[end + 1 :]


def konto(text: str) -> str:
    if not KONTO.fullmatch(text):
        raise FaltFel("konto", text)
    return text


def belopp(text: str) -> int:
    """Return öre from "1234.50". Raises FaltFel."""
    if not BELOPP.fullmatch(text):
        raise FaltFel("belopp", text)
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(2, "0"))


def dag(text: str) -> date:
    try:
        found = date.fromisoformat(text) if DAG.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise FaltFel("datum", text)
    return found


def period(text: str) -> str:
    if not PERIOD.fullmatch(text):
        raise FaltFel("period", text)
    return text


def arsnummer(text: str) -> int:
    if not ARSNR.fullmatch(text):
        raise FaltFel("årsnummer", text)
    return int(text)
