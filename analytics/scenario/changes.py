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
class ValueChange:
    """*parameter* is *value* from *since* on, in the parameter's own unit."""

    parameter: str
    since: date
    value: Fraction
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexChange:
    """*parameter* grows every year from *since* on, from its value in *base_years*.

    By *pace*, a share per year (1/50 is 2 %), or by *index* (KPI, KPIF, PKV); years that the index
    has no figure for grow by *later_pace*, a share, and are missing without one.
    """

    parameter: str
    since: date
    base_years: int
    reason: str
    pace: Fraction | None = None
    index: str | None = None
    later_pace: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """Open point *point* is read as *reading* from *since* on."""

    point: str
    since: date
    reading: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChange:
    """Party *party* has new terms from *since* on: what is None stays as it was.

    A party that is new needs name and group, and shares where its block counts them.
    """

    party: str
    since: date
    reason: str
    takes_part: bool | None = None
    pays: bool | None = None
    shares: int | None = None
    name: str | None = None
    group: str | None = None
    category: str | None = None

    @property
    def terms(self) -> dict[str, object]:
        """Return the terms that change, by the names of parties.PartyRow."""
        terms = {
            "deltar": self.takes_part,
            "betalar": self.pays,
            "andelar": self.shares,
            "namn": self.name,
            "grupp": self.group,
            "kategori": self.category,
        }
        return {key: value for key, value in terms.items() if value is not None}


Change = ValueChange | IndexChange | ReadingChange | PartyChange


def against(change: Change) -> tuple[str, str]:
    """Return what a change is about: ("parameter", "rambudget_kr"), ("tolkning", "T1"), …"""
    if isinstance(change, ReadingChange):
        return "tolkning", change.point
    if isinstance(change, PartyChange):
        return "part", change.party
    return "parameter", change.parameter


def to_data(change: Change) -> dict[str, object]:
    """Return a change as the JSON of the store and of a scenario file (docs/scenario-file.md)."""
    kind, name = against(change)
    row: dict[str, object] = {kind: name, "fran": change.since.isoformat()}
    if isinstance(change, ValueChange):
        row["varde"] = fraction_text(change.value)
    elif isinstance(change, IndexChange):
        row["basar"] = change.base_years
        if change.pace is not None:
            row["takt"] = fraction_text(change.pace * 100)
        if change.index is not None:
            row["index"] = change.index
        if change.later_pace is not None:
            row["sedan"] = fraction_text(change.later_pace * 100)
    elif isinstance(change, ReadingChange):
        row["lasart"] = change.reading
    else:
        row |= change.terms
    return row | {"skal": change.reason}


def fraction_text(value: Fraction) -> str:
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


def sorted_changes(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes as they take effect: by date, then by what they are about."""
    return tuple(sorted(changes, key=lambda c: (c.since, against(c))))


def without(row: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in keys}
