"""The dated changes of a scenario: to a value, a reading or a party; each with its reason.

A change holds from its date on and drops what the agreement had planned for the same thing later.
Values and readings change on 1 January, for a fee is for a calendar year (K10); a party may join,
leave or change on any day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Varde:
    """*parameter* is *varde* from *fran* on, in the parameter's own unit."""

    parameter: str
    fran: date
    varde: Fraction
    skal: str


@dataclass(frozen=True, slots=True)
class Uppraknad:
    """*parameter* grows every year from *fran* on, from its value in *basar*.

    By *takt*, a share per year (1/50 is 2 %), or by *index* (KPI, KPIF, PKV); years that the index
    has no figure for grow by *sedan*, a share, and are missing without one.
    """

    parameter: str
    fran: date
    basar: int
    skal: str
    takt: Fraction | None = None
    index: str | None = None
    sedan: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Lasval:
    """Open point *punkt* is read as *lasart* from *fran* on."""

    punkt: str
    fran: date
    lasart: str
    skal: str


@dataclass(frozen=True, slots=True)
class Partandring:
    """Party *part* has new terms from *fran* on: what is None stays as it was.

    A party that is new needs namn and grupp, and andelar where its block counts them.
    """

    part: str
    fran: date
    skal: str
    deltar: bool | None = None
    betalar: bool | None = None
    andelar: int | None = None
    namn: str | None = None
    grupp: str | None = None
    kategori: str | None = None

    @property
    def villkor(self) -> dict[str, object]:
        """Return the terms that change, by the names of parties.PartRad."""
        terms = {
            "deltar": self.deltar,
            "betalar": self.betalar,
            "andelar": self.andelar,
            "namn": self.namn,
            "grupp": self.grupp,
            "kategori": self.kategori,
        }
        return {key: value for key, value in terms.items() if value is not None}


Andring = Varde | Uppraknad | Lasval | Partandring


def gentemot(change: Andring) -> tuple[str, str]:
    """Return what a change is about: ("parameter", "rambudget_kr"), ("tolkning", "T1"), …"""
    if isinstance(change, Lasval):
        return "tolkning", change.punkt
    if isinstance(change, Partandring):
        return "part", change.part
    return "parameter", change.parameter


def till_data(change: Andring) -> dict[str, object]:
    """Return a change as the JSON of the store and of a scenario file (docs/scenario-file.md)."""
    kind, name = gentemot(change)
    row: dict[str, object] = {kind: name, "fran": change.fran.isoformat()}
    if isinstance(change, Varde):
        row["varde"] = bratal(change.varde)
    elif isinstance(change, Uppraknad):
        row["basar"] = change.basar
        if change.takt is not None:
            row["takt"] = bratal(change.takt * 100)
        if change.index is not None:
            row["index"] = change.index
        if change.sedan is not None:
            row["sedan"] = bratal(change.sedan * 100)
    elif isinstance(change, Lasval):
        row["lasart"] = change.lasart
    else:
        row |= change.villkor
    return row | {"skal": change.skal}


def bratal(value: Fraction) -> str:
    """Return an exact number as machine text: "7000000", "1.6", "2/3"."""
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 13):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{value.numerator}/{value.denominator}"


def ordnade(changes: tuple[Andring, ...]) -> tuple[Andring, ...]:
    """Return the changes as they take effect: by date, then by what they are about."""
    return tuple(sorted(changes, key=lambda c: (c.fran, gentemot(c))))


def utan(row: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in keys}
