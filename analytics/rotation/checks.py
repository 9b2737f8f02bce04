"""Checks of a rotation, each named after a clause. They return findings and move no one.

A fault is a loan that cannot be as it is written, and is never saved; what else is found is for
people to decide about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from analytics.agreement.parties import PartyRow
from analytics.rotation.cost import YearCost
from analytics.rotation.findings import Finding, named_persons
from analytics.rotation.loans import CATEGORIES, DAY, LINES, STATUS, Inlan, Period, is_member
from analytics.swedish import kr

FORWARD_MONTHS = 24
HANDOVER = 31  # the most days that two may be on one post while one hands over to the other


def forward(day: date, months: int = FORWARD_MONTHS) -> date:
    """Return the last day of the *months* calendar months that begin with the month of *day*."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) - DAY


def row_faults(inlan: Inlan, rows: Sequence[PartyRow]) -> list[Finding]:
    """Return what is wrong with one loan in itself (K13, K14)."""
    found: list[Finding] = []

    def fault(name: str, clause: str, field: str, text: str, period: Period | None = None) -> None:
        found.append(
            Finding(
                check=name,
                clause=clause,
                is_fault=True,
                text=text,
                since=period and period.since,
                until=period and period.until,
                inlan=(inlan.id,),
                field=field,
            )
        )

    if inlan.post not in LINES:
        fault(
            "okand_post",
            "K13",
            "post",
            f"Posten ”{inlan.post}” finns inte. Välj {', '.join(LINES)}.",
        )
    if inlan.status not in STATUS:
        text = f"Status ”{inlan.status}” finns inte. Välj {', '.join(STATUS)}."
        fault("okand_status", "K14", "status", text)
    if not inlan.periods:
        fault("utan_period", "K13", "fran", "Inlånet saknar period. Ange från och till.")
    ordered = sorted(inlan.periods, key=lambda p: (p.since, p.until))
    for p in ordered:
        if p.until < p.since:
            fault(
                "slut_fore_start",
                "K13",
                "till",
                f"Slutet {p.until} är före starten {p.since}. Ange ett slut samma dag eller "
                "senare.",
                p,
            )
        if not 1 <= p.percent <= 100:
            fault(
                "procent",
                "K13",
                "procent",
                f"Omfattningen {p.percent} % går inte att låna in. Ange 1–100 procent.",
                p,
            )
    for a, b in pairwise(ordered):
        if b.since <= a.until:
            fault(
                "perioder_overlappar",
                "K13",
                "fran",
                f"Inlånets perioder {a.since}–{a.until} och {b.since}–{b.until} överlappar. Låt "
                "den "
                "ena sluta dagen före den andra börjar.",
                b,
            )
    for field, amount in (("kostnad_kr", inlan.cost_kr), ("palagg_kr", inlan.overhead_kr)):
        if amount is not None and amount < 0:
            fault(
                "kostnad", "K15", field, f"Kostnaden {kr(amount)} är negativ. Ange noll eller mer."
            )
    if not 0 <= inlan.handover <= HANDOVER:
        text = f"Överlämningen {inlan.handover} dagar går inte. Ange 0–{HANDOVER} dagar."
        fault("overlamning", "K13", "overlamning_dagar", text)
    found += _party_faults(inlan, rows)
    return found


def _party_faults(inlan: Inlan, rows: Sequence[PartyRow]) -> list[Finding]:
    """The party exists, was a party the whole time, and is in the post's category (K12, K14)."""
    own = [row for row in rows if row.party_id == inlan.party]
    if not own:
        text = f"Parten ”{inlan.party}” finns inte. Ange en parts id, som 0115 eller polisen."
        return [
            Finding(
                check="okand_part",
                clause="K14",
                is_fault=True,
                text=text,
                inlan=(inlan.id,),
                field="part_id",
            )
        ]
    found, name = [], own[-1].name
    for p in inlan.periods:
        changes = [row.since for row in own if p.since < row.since <= p.until]
        for day in [p.since, *changes]:
            row = is_member(rows, inlan.party, day)
            if row is None:
                first = min(r.since for r in own)
                why = f"är med från {first}" if day < first else "har lämnat"
                text = f"{name} är inte part {day}: parten {why}. Flytta perioden."
                name_of, clause = "inte_part", "K12"
            elif inlan.post in CATEGORIES and row.category != inlan.post:
                other = row.category or "ingen kategori"
                text = (
                    f"{name} hör till {other}, inte {inlan.post}. Välj en part i kategorin "
                    f"{inlan.post}, eller en annan post."
                )
                name_of, clause = "fel_kategori", "K14"
            else:
                continue
            found.append(
                Finding(
                    check=name_of,
                    clause=clause,
                    is_fault=True,
                    text=text,
                    since=day,
                    until=p.until,
                    inlan=(inlan.id,),
                    field="part_id",
                )
            )
    return found


def handovers(plan: Iterable[Inlan]) -> Iterator[tuple[Inlan, Inlan, date, date]]:
    """Yield every two loans that are on one post at once, and the days; handovers are left out."""
    for a, b in combinations(sorted(plan, key=lambda i: (i.since, i.until, i.id)), 2):
        if a.post != b.post or a.until < b.since:
            continue
        alone = max(a.alone, b.alone)
        for p in a.periods:
            for q in b.periods:
                first, last = max(p.since, q.since, alone), min(p.until, q.until)
                if first <= last:
                    yield a, b, first, last


def double_booked(
    plan: Iterable[Inlan], since: date, until: date, name: Mapping[str, str]
) -> list[Finding]:
    """K13: one part-time post from each category, so one loan at a time in each post."""
    return [
        _handover_between(a, b, max(first, since), min(last, until), name, False)
        for a, b, first, last in handovers(plan)
        if first <= until and last >= since
    ]


def clashes(
    new: Sequence[Inlan], standing: Sequence[Inlan], name: Mapping[str, str]
) -> list[Finding]:
    """K13: an agreed loan on a post where another is agreed is refused. Proposals may compete."""
    own = {id(i) for i in new}
    agreed = [i for i in (*standing, *new) if i.status != "förslag"]
    return [
        _handover_between(a, b, first, last, name, True)
        for a, b, first, last in handovers(agreed)
        if id(a) in own or id(b) in own
    ]


def _handover_between(
    a: Inlan, b: Inlan, first: date, last: date, name: Mapping[str, str], is_fault: bool
) -> Finding:
    text = (
        f"{name.get(a.party, a.party)} och {name.get(b.party, b.party)} är båda inlånade på posten "
        f"{a.post} {first}–{last}. En åt gången: flytta den ena, eller ange högst {HANDOVER} "
        "dagar som överlämning."
    )
    return Finding(
        check="dubbelbokat",
        clause="K13",
        is_fault=is_fault,
        text=text,
        since=first,
        until=last,
        inlan=(a.id, b.id),
        post=a.post,
        field="fran",
    )


def gaps(
    plan: Iterable[Inlan], since: date, until: date, lines: Sequence[str] = CATEGORIES
) -> list[Finding]:
    """K14: every category contributes one post; the days when nobody does. Proposals fill none."""
    plan = [i for i in plan if i.status != "förslag"]
    found = []
    for post in lines:
        day = since
        spans = sorted((p.since, p.until) for i in plan if i.post == post for p in i.periods)
        for first, last in [*spans, (until + DAY, until + DAY)]:
            if first > day and day <= until:
                end = min(first - DAY, until)
                text = f"Ingen från {post} är inlånad {day}–{end}."
                found.append(
                    Finding(
                        check="vakant",
                        clause="K14",
                        is_fault=False,
                        text=text,
                        since=day,
                        until=end,
                        post=post,
                    )
                )
            day = max(day, last + DAY)
    return found


def above_line(years: Iterable[YearCost]) -> list[Finding]:
    """K2: two thirds of the frame are for seconded staff."""
    return [
        Finding(
            check="over_posten",
            clause="K2",
            is_fault=False,
            text=f"Inlånen {y.year} kostar {kr(y.total_kr)}, {kr(-y.left_kr)} mer än de två "
            f"tredjedelar av ramen som är till inlånad personal ({kr(y.line_kr)}).",
            since=date(y.year, 1, 1),
            until=date(y.year, 12, 31),
        )
        for y in years
        if y.left_kr < 0
    ]


def check_register(
    plan: Sequence[Inlan], rows: Sequence[PartyRow], day: date, name: Mapping[str, str]
) -> list[Finding]:
    """Return every finding: loans that cannot be, double bookings and gaps 24 months ahead, and
    roles that look like a person."""
    end = forward(day)
    wrong = [finding for inlan in plan for finding in row_faults(inlan, rows)]
    found = double_booked(plan, day, end, name) + gaps(plan, day, end)
    return wrong + found + named_persons(plan, name)
