"""Headings as programs and people write them: which column each is, and which are near.

Capitals, spaces, full stops and dots over letters do not count: "Ver.nr" is "vernr".
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from analytics.errors import BadFile, Fault
from analytics.files.table_spec import TableSpec

SHOWN = 20  # headings of a file told in a message
LONGEST = 40
ALIKE = 0.7
SUM = r"(?:del|slut|total|rad)?summa|totalt?|sum|(?:in|ut)gående (?:saldo|balans)|saldo|omslutning"
SUM_WORD = re.compile(rf"(?:{SUM})(?:\W.*)?", re.IGNORECASE | re.DOTALL)
SUM_ALONE = re.compile(rf"(?:{SUM})\W*", re.IGNORECASE)


def plain(title: object) -> str:
    """Return a heading as it is compared: small letters a–z and digits."""
    letters = unicodedata.normalize("NFKD", str(title)[:200].casefold())
    return "".join(sign for sign in letters if sign.isalnum() and sign.isascii())


def listed(titles: Iterable[object]) -> str:
    """Return the headings of a file as text, the first of them."""
    named = [str(title).strip() for title in titles]
    shown = [f"”{title[:LONGEST]}”" for title in named if title]
    more = f" och {len(shown) - SHOWN} till" if len(shown) > SHOWN else ""
    return ", ".join(shown[:SHOWN]) + more


def near(titles: Iterable[object], names: Mapping[str, str], taken: Iterable[str] = ()) -> str:
    """Return the end of a sentence that says which column an unknown heading may mean, or "".

    *names*: plain heading to column; *taken*: columns that are there already.
    """
    free = {name: column for name, column in names.items() if column not in set(taken)}
    said = []
    for title in list(titles)[:SHOWN]:
        alike = get_close_matches(plain(title), free, n=1, cutoff=ALIKE)
        if alike and plain(title) not in names:
            said.append(f"”{str(title).strip()[:LONGEST]}” liknar {free[alike[0]]}")
    return f"; {', '.join(said)}" if said else ""


def places(name: str, line: int, heading: Sequence[str], spec: TableSpec) -> dict[str, int]:
    """Return where each column of *spec* stands.

    Raises BadFile for an unknown, missing or double heading: what is there, what is wanted.
    """
    names = {plain(alias): c.name for c in spec.columns for alias in (c.name, *c.aliases)}
    passed = {plain(title) for title in spec.ignored}
    found: dict[str, int] = {}
    unknown, twice = [], []
    for place, title in enumerate(heading):
        column = names.get(plain(title))
        if column is None:
            if plain(title) not in passed:
                unknown.append(title)
        elif column in found:
            twice.append(title)
        else:
            found[column] = place
    missing = [c.name for c in spec.columns if c.name not in found and not c.optional]
    if not (unknown or twice or missing):
        return found
    said = []
    if missing:
        said.append(f"{', '.join(missing)} saknas")
    if twice:
        said.append(f"{listed(twice)} står två gånger")
    if unknown:
        said.append(f"{listed(unknown)} känns inte igen")
    wanted = ", ".join("/".join((c.name, *c.aliases)) for c in spec.columns if not c.optional)
    more = ", ".join(c.name for c in spec.columns if c.optional)
    allowed = (
        f"rubrikerna ska vara {wanted}{f', och får också vara {more}' if more else ''}; filen har "
        f"{listed(heading)}; {'; '.join(said)}{near(unknown, names, found)}"
    )
    first = (unknown or twice or missing)[0]
    raise BadFile(name, [Fault(line, first[:LONGEST], first if first in heading else "", allowed)])


def is_sum_word(cell: object) -> bool:
    """Return whether a cell begins as a row of sums does: Summa, Totalt, Utgående saldo."""
    return type(cell) is str and SUM_WORD.fullmatch(cell) is not None


def is_sum_alone(cell: object) -> bool:
    """Return whether a cell says nothing else than that the row is a sum."""
    return type(cell) is str and SUM_ALONE.fullmatch(cell) is not None


def sums_told(lines: Sequence[int]) -> list[str]:
    """Return the one remark about rows of sums that are not counted, or none."""
    if not lines:
        return []
    if len(lines) == 1:
        return [f"Rad {lines[0]} är en summarad och räknas inte."]
    shown = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
    return [f"{len(lines)} summarader räknas inte: rad {shown}."]
