"""What the commands of `rotation` share: what they work on, how flags are read, JSON out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TextIO

from analytics import agreement, fees, rotation_view
from analytics.cli_options import HELP, en, val
from analytics.database import Database
from analytics.errors import BadCommand
from analytics.parties import PartRad
from analytics.rotation import KATEGORIER, Inlan, Vikt
from analytics.rotation_register import dag
from analytics.rotation_view import VIKTER
from analytics.terms import Uppgift

Flaggor = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Underlag:
    """The register and who is in the agreement, read once per command."""

    db: Database
    rows: tuple[PartRad, ...]
    plan: list[Inlan]
    names: dict[str, str]


def vikt(flags: Flaggor, given: Underlag, year: int) -> Vikt:
    how = val(flags, "weight", tuple(VIKTER))
    if how == "lika":
        return rotation_view.vikten(how, None)
    (result,) = fees.avgifter(given.db, agreement.load(), [Uppgift(year, given.rows, {}, {})])
    return rotation_view.vikten(how, result)


def dagen(flags: Flaggor) -> date:
    text = en(flags, "date")
    return dag(text) if text else datetime.now(UTC).date()


def heltal(flags: Flaggor, name: str, default: int) -> int:
    """Return a whole number. Raises BadCommand."""
    text = en(flags, name)
    return default if text is None else _tolka(name, text)


def per_kategori(flags: Flaggor, name: str, default: int) -> dict[str, int]:
    """Return a whole number per category, from "6" for all and "kommun=12" for one.

    Raises BadCommand.
    """
    found = dict.fromkeys(KATEGORIER, default)
    for text in sorted(flags[name], key=lambda t: "=" in t):
        which, _, value = text.rpartition("=")
        if which and which not in KATEGORIER:
            raise BadCommand(
                f"--{name} ”{text[:40]}”: kategorin finns inte (K14). Välj {', '.join(KATEGORIER)}."
            )
        found |= dict.fromkeys([which] if which else KATEGORIER, _tolka(name, value))
    return found


def _tolka(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise BadCommand(
            f"--{name.replace('_', '-')} ”{text[:40]}” är inget heltal. Skriv siffror."
        )
    return int(text)


def kravs(flags: Flaggor, name: str) -> str:
    text = en(flags, name)
    if not text or not text.strip():
        raise BadCommand(f"--{name} saknas. {HELP}")
    return text


def tal(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value)


def skriv_json(out: TextIO, value: object) -> None:
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
