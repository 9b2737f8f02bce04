"""What the Rotation page and the command line show: who lends, who is next, by which weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.fees import Resultat
from analytics.parties import PartRad
from analytics.rotation import DAG, KATEGORIER, Inlan, Skuld, Vikt, lika, medlem, skulder

BORJAN = date(2015, 1, 1)
VIKTER = {
    "lika": "lika för alla parter i kategorin",
    "invanare": "efter invånare",
    "avgift": "efter avgift",
}


@dataclass(frozen=True)
class Lage:
    """A category on a day: who lends now, what is agreed after that, and who is next by debt."""

    kategori: str
    nu: tuple[Inlan, ...]
    sedan: Inlan | None
    pa_tur: Skuld | None


def vikten(val: str, resultat: Resultat | None) -> Vikt:
    """Return how what is owed is shared: *val* is a key of VIKTER.

    Inhabitants and fees are those of *resultat*. A category where no party has any, such as
    inhabitants in blåljus, shares equally.
    """
    if val == "lika" or resultat is None:
        return lika
    if val == "invanare":
        known = {p.part: Fraction(p.antal.antal) for p in resultat.parter if p.antal}
    else:
        known = {p.part: Fraction(p.avgift_kr) for p in resultat.parter}
    return lambda part: known.get(part, Fraction(0))


def namn(rows: Sequence[PartRad]) -> dict[str, str]:
    """Return every party's latest name by id."""
    return {row.part_id: row.namn for row in sorted(rows, key=lambda row: row.fran)}


def lagen(
    plan: Sequence[Inlan], rows: Sequence[PartRad], day: date, vikt: Vikt = lika
) -> list[Lage]:
    """Return each category on *day*. Who is next owes most up to the day before, and is in it."""
    found = []
    for kategori in KATEGORIER:
        own = [i for i in plan if i.post == kategori and i.status != "förslag"]
        later = sorted((i for i in own if i.fran > day), key=lambda i: i.fran)
        busy = {i.part for i in own if i.till >= day}
        debts = skulder(own, rows, kategori, BORJAN, day - DAG, vikt)
        owing = {s.part: s for s in debts}
        able = [
            owing.get(row.part_id, Skuld(row.part_id, Fraction(0), Fraction(0)))
            for row in {r.part_id: r for r in rows}.values()
            if row.part_id not in busy and _med(rows, row.part_id, kategori, day)
        ]
        able.sort(key=lambda s: (-s.skuld, s.part))
        found.append(
            Lage(
                kategori,
                tuple(i for i in own if i.galler(day)),
                later[0] if later else None,
                able[0] if able else None,
            )
        )
    return found


def bemanning(plan: Sequence[Inlan], day: date, names: Mapping[str, str]) -> str:
    """Say who lends staff on *day*, today, and which categories nobody lends from (K14)."""
    there = {
        k: [i for i in plan if i.post == k and i.status != "förslag" and i.galler(day)]
        for k in KATEGORIER
    }
    lending = [f"{names[i.part]} ({k})" for k, loans in there.items() for i in loans]
    empty = [k for k, loans in there.items() if not loans]
    text = f"I dag lånar {', '.join(lending)} ut personal." if lending else ""
    if empty:
        lacking = " eller ".join(filter(None, [", ".join(empty[:-1]), empty[-1]]))
        return f"{text} Ingen är inlånad från {lacking} (K14).".strip()
    return f"{text} Alla tre kategorierna är bemannade (K14)."


def _med(rows: Sequence[PartRad], part: str, kategori: str, day: date) -> bool:
    row = medlem(rows, part, day)
    return row is not None and row.kategori == kategori
