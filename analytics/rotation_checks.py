"""Checks of a rotation, each named after a clause. They return findings and move no one.

`fel` is a loan that cannot be as it is written, and is never saved; `varning` is for people to
decide about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from analytics.parties import PartRad
from analytics.rotation import (
    DAG,
    KATEGORIER,
    POSTER,
    STATUS,
    Inlan,
    Period,
    medlem,
)
from analytics.rotation_cost import Arskostnad
from analytics.swedish import kr

FRAMAT_MANADER = 24
OVERLAMNING = 31  # the most days that two may be on one post while one hands over to the other


@dataclass(frozen=True, slots=True)
class Fynd:
    """One finding: the check's name, its clause, whether it stops saving, and for which days.

    `falt` is the column of the register that it is about.
    """

    kontroll: str
    klausul: str
    fel: bool
    text: str
    fran: date | None = None
    till: date | None = None
    inlan: tuple[str, ...] = ()
    post: str = ""
    falt: str = ""


def framat(day: date, months: int = FRAMAT_MANADER) -> date:
    """Return the last day of the *months* calendar months that begin with the month of *day*."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) - DAG


def radfel(inlan: Inlan, rows: Sequence[PartRad]) -> list[Fynd]:
    """Return what is wrong with one loan in itself (K13, K14)."""
    found: list[Fynd] = []

    def fel(name: str, clause: str, falt: str, text: str, period: Period | None = None) -> None:
        span = (period.fran, period.till) if period else (None, None)
        found.append(Fynd(name, clause, True, text, *span, (inlan.id,), falt=falt))

    if inlan.post not in POSTER:
        fel(
            "okand_post",
            "K13",
            "post",
            f"Posten ”{inlan.post}” finns inte. Välj {', '.join(POSTER)}.",
        )
    if inlan.status not in STATUS:
        text = f"Status ”{inlan.status}” finns inte. Välj {', '.join(STATUS)}."
        fel("okand_status", "K14", "status", text)
    if not inlan.perioder:
        fel("utan_period", "K13", "fran", "Inlånet saknar period. Ange från och till.")
    ordered = sorted(inlan.perioder, key=lambda p: (p.fran, p.till))
    for p in ordered:
        if p.till < p.fran:
            fel(
                "slut_fore_start",
                "K13",
                "till",
                f"Slutet {p.till} är före starten {p.fran}. Ange ett slut samma dag eller senare.",
                p,
            )
        if not 1 <= p.procent <= 100:
            fel(
                "procent",
                "K13",
                "procent",
                f"Omfattningen {p.procent} % går inte att låna in. Ange 1–100 procent.",
                p,
            )
    for a, b in pairwise(ordered):
        if b.fran <= a.till:
            fel(
                "perioder_overlappar",
                "K13",
                "fran",
                f"Inlånets perioder {a.fran}–{a.till} och {b.fran}–{b.till} överlappar. Låt den "
                "ena sluta dagen före den andra börjar.",
                b,
            )
    for falt, amount in (("kostnad_kr", inlan.kostnad_kr), ("palagg_kr", inlan.palagg_kr)):
        if amount is not None and amount < 0:
            fel("kostnad", "K15", falt, f"Kostnaden {kr(amount)} är negativ. Ange noll eller mer.")
    if not 0 <= inlan.overlamning <= OVERLAMNING:
        text = f"Överlämningen {inlan.overlamning} dagar går inte. Ange 0–{OVERLAMNING} dagar."
        fel("overlamning", "K13", "overlamning_dagar", text)
    found += _partfel(inlan, rows)
    return found


def _partfel(inlan: Inlan, rows: Sequence[PartRad]) -> list[Fynd]:
    """The party exists, was a party the whole time, and is in the post's category (K12, K14)."""
    own = [row for row in rows if row.part_id == inlan.part]
    if not own:
        text = f"Parten ”{inlan.part}” finns inte. Ange en parts id, som 0115 eller polisen."
        return [Fynd("okand_part", "K14", True, text, inlan=(inlan.id,), falt="part_id")]
    found, name = [], own[-1].namn
    for p in inlan.perioder:
        changes = [row.fran for row in own if p.fran < row.fran <= p.till]
        for day in [p.fran, *changes]:
            row = medlem(rows, inlan.part, day)
            if row is None:
                first = min(r.fran for r in own)
                why = f"är med från {first}" if day < first else "har lämnat"
                text = f"{name} är inte part {day}: parten {why}. Flytta perioden."
                name_of, clause = "inte_part", "K12"
            elif inlan.post in KATEGORIER and row.kategori != inlan.post:
                other = row.kategori or "ingen kategori"
                text = (
                    f"{name} hör till {other}, inte {inlan.post}. Välj en part i kategorin "
                    f"{inlan.post}, eller en annan post."
                )
                name_of, clause = "fel_kategori", "K14"
            else:
                continue
            found.append(
                Fynd(name_of, clause, True, text, day, p.till, (inlan.id,), falt="part_id")
            )
    return found


def moten(plan: Iterable[Inlan]) -> Iterator[tuple[Inlan, Inlan, date, date]]:
    """Yield every two loans that are on one post at once, and the days; handovers are left out."""
    for a, b in combinations(sorted(plan, key=lambda i: (i.fran, i.till, i.id)), 2):
        if a.post != b.post or a.till < b.fran:
            continue
        alone = max(a.ensam, b.ensam)
        for p in a.perioder:
            for q in b.perioder:
                first, last = max(p.fran, q.fran, alone), min(p.till, q.till)
                if first <= last:
                    yield a, b, first, last


def dubbelbokat(
    plan: Iterable[Inlan], fran: date, till: date, namn: Mapping[str, str]
) -> list[Fynd]:
    """K13: one part-time post from each category, so one loan at a time in each post."""
    return [
        _mote(a, b, max(first, fran), min(last, till), namn, False)
        for a, b, first, last in moten(plan)
        if first <= till and last >= fran
    ]


def krockar(new: Sequence[Inlan], standing: Sequence[Inlan], namn: Mapping[str, str]) -> list[Fynd]:
    """K13: an agreed loan on a post where another is agreed is refused. Proposals may compete."""
    own = {id(i) for i in new}
    agreed = [i for i in (*standing, *new) if i.status != "förslag"]
    return [
        _mote(a, b, first, last, namn, True)
        for a, b, first, last in moten(agreed)
        if id(a) in own or id(b) in own
    ]


def _mote(a: Inlan, b: Inlan, first: date, last: date, namn: Mapping[str, str], fel: bool) -> Fynd:
    text = (
        f"{namn.get(a.part, a.part)} och {namn.get(b.part, b.part)} är båda inlånade på posten "
        f"{a.post} {first}–{last}. En åt gången: flytta den ena, eller ange högst {OVERLAMNING} "
        "dagar som överlämning."
    )
    return Fynd("dubbelbokat", "K13", fel, text, first, last, (a.id, b.id), a.post, "fran")


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
    plan: Sequence[Inlan], rows: Sequence[PartRad], day: date, namn: Mapping[str, str]
) -> list[Fynd]:
    """Return every finding: loans that cannot be, then double bookings and gaps 24 months ahead."""
    end = framat(day)
    wrong = [fynd for inlan in plan for fynd in radfel(inlan, rows)]
    return wrong + dubbelbokat(plan, day, end, namn) + luckor(plan, day, end)
