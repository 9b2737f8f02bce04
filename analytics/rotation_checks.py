"""Checks of a rotation, each named after a clause. They return findings and move no one.

`fel` is a loan that cannot be as it is written, and is never saved; `varning` is for people to
decide about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from analytics.parties import PartRad
from analytics.rotation import (
    DAG,
    KATEGORIER,
    POSTER,
    STATUS,
    Inlan,
    medlem,
)
from analytics.rotation_cost import Arskostnad
from analytics.swedish import kr

FRAMAT_MANADER = 24


@dataclass(frozen=True, slots=True)
class Fynd:
    """One finding: the check's name, its clause, whether it stops saving, and for which days."""

    kontroll: str
    klausul: str
    fel: bool
    text: str
    fran: date | None = None
    till: date | None = None
    inlan: tuple[str, ...] = ()
    post: str = ""


def framat(day: date, months: int = FRAMAT_MANADER) -> date:
    """Return the last day of the *months* calendar months that begin with the month of *day*."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) - DAG


def radfel(inlan: Inlan, rows: Sequence[PartRad]) -> list[Fynd]:
    """Return what is wrong with one loan in itself (K13, K14)."""
    found: list[Fynd] = []

    def fel(name: str, clause: str, text: str) -> None:
        found.append(Fynd(name, clause, True, text, inlan=(inlan.id,)))

    if inlan.post not in POSTER:
        fel("okand_post", "K13", f"Posten ”{inlan.post}” finns inte. Välj {', '.join(POSTER)}.")
    if inlan.status not in STATUS:
        fel("okand_status", "K14", f"Status ”{inlan.status}” finns inte. Välj {', '.join(STATUS)}.")
    if not inlan.perioder:
        fel("utan_period", "K13", "Inlånet saknar period. Ange från och till.")
    ordered = sorted(inlan.perioder, key=lambda p: (p.fran, p.till))
    for p in ordered:
        if p.till < p.fran:
            fel(
                "slut_fore_start",
                "K13",
                f"Slutet {p.till} är före starten {p.fran}. Ange ett slut samma dag eller senare.",
            )
        if not 1 <= p.procent <= 100:
            fel(
                "procent",
                "K13",
                f"Omfattningen {p.procent} % går inte att låna in. Ange 1–100 procent.",
            )
    for a, b in pairwise(ordered):
        if b.fran <= a.till:
            fel(
                "perioder_overlappar",
                "K13",
                f"Inlånets perioder {a.fran}–{a.till} och {b.fran}–{b.till} överlappar. Låt den "
                "ena sluta dagen före den andra börjar.",
            )
    for amount in (inlan.kostnad_kr, inlan.palagg_kr):
        if amount is not None and amount < 0:
            fel("kostnad", "K15", f"Kostnaden {kr(amount)} är negativ. Ange noll eller mer.")
    found += _partfel(inlan, rows)
    return found


def _partfel(inlan: Inlan, rows: Sequence[PartRad]) -> list[Fynd]:
    """The party exists, was a party the whole time, and is in the post's category (K12, K14)."""
    own = [row for row in rows if row.part_id == inlan.part]
    if not own:
        text = f"Parten ”{inlan.part}” finns inte. Ange en parts id, som 0115 eller polisen."
        return [Fynd("okand_part", "K14", True, text, inlan=(inlan.id,))]
    found, name = [], own[-1].namn
    for p in inlan.perioder:
        changes = [row.fran for row in own if p.fran < row.fran <= p.till]
        for day in [p.fran, *changes]:
            row = medlem(rows, inlan.part, day)
            if row is None:
                first = min(r.fran for r in own)
                why = f"är med från {first}" if day < first else "har lämnat"
                text = f"{name} är inte part {day}: parten {why}. Flytta perioden."
                found.append(Fynd("inte_part", "K12", True, text, day, p.till, (inlan.id,)))
            elif inlan.post in KATEGORIER and row.kategori != inlan.post:
                other = row.kategori or "ingen kategori"
                text = (
                    f"{name} hör till {other}, inte {inlan.post}. Välj en part i kategorin "
                    f"{inlan.post}, eller en annan post."
                )
                found.append(Fynd("fel_kategori", "K14", True, text, day, p.till, (inlan.id,)))
    return found


def dubbelbokat(plan: Iterable[Inlan], fran: date, till: date, namn: dict[str, str]) -> list[Fynd]:
    """K13: one part-time post from each category, so one loan at a time in each post."""
    spans = sorted(
        (p.fran, p.till, i.id, i.part, i.post, i.status)
        for i in plan
        for p in i.perioder
        if p.till >= fran and p.fran <= till
    )
    found = []
    for n, a in enumerate(spans):
        for b in spans[n + 1 :]:
            if b[0] > a[1]:
                break
            if a[4] == b[4] and a[2] != b[2]:
                first, last = max(a[0], b[0]), min(a[1], b[1])
                text = (
                    f"{namn.get(a[3], a[3])} och {namn.get(b[3], b[3])} är båda inlånade på "
                    f"posten {a[4]} {first}–{last}. En åt gången: flytta den ena."
                )
                found.append(Fynd("dubbelbokat", "K13", False, text, first, last, (a[2], b[2])))
    return found


def luckor(
    plan: Iterable[Inlan], fran: date, till: date, poster: Sequence[str] = KATEGORIER
) -> list[Fynd]:
    """K14: every category contributes one post; the days when nobody does. Proposals fill none."""
    plan = [i for i in plan if i.status != "förslag"]
    found = []
    for post in poster:
        day = fran
        spans = sorted((p.fran, p.till) for i in plan if i.post == post for p in i.perioder)
        for first, last in [*spans, (till + DAG, till + DAG)]:
            if first > day and day <= till:
                end = min(first - DAG, till)
                text = f"Ingen från {post} är inlånad {day}–{end}."
                found.append(Fynd("vakant", "K14", False, text, day, end, post=post))
            day = max(day, last + DAG)
    return found


def over_posten(years: Iterable[Arskostnad]) -> list[Fynd]:
    """K2: two thirds of the frame are for seconded staff."""
    return [
        Fynd(
            "over_posten",
            "K2",
            False,
            f"Inlånen {y.ar} kostar {kr(y.summa_kr)}, {kr(-y.kvar_kr)} mer än de två tredjedelar "
            f"av ramen som är till inlånad personal ({kr(y.post_kr)}).",
            date(y.ar, 1, 1),
            date(y.ar, 12, 31),
        )
        for y in years
        if y.kvar_kr < 0
    ]


def kontrollera(
    plan: Sequence[Inlan], rows: Sequence[PartRad], day: date, namn: dict[str, str]
) -> list[Fynd]:
    """Return every finding: loans that cannot be, then double bookings and gaps 24 months ahead."""
    end = framat(day)
    wrong = [fynd for inlan in plan for fynd in radfel(inlan, rows)]
    return wrong + dubbelbokat(plan, day, end, namn) + luckor(plan, day, end)
