"""What a rotation plan is asked to do, and which parties can take which turn (K13, K14).

A category's horizon is cut into turns of whole calendar months. Agreed loans stand: a turn that
one of them touches is taken. Every turn that is left weighs the same, so what a party will owe
depends only on how many turns it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.errors import AgreementError
from analytics.parties import PartRad
from analytics.rotation import DAG, Inlan, Period, Vikt, i_kategorin, lika, medlem, skulder
from analytics.rotation_checks import OVERLAMNING

INGEN = ""  # who a vacant turn belongs to when months are counted


class PlanFel(AgreementError):
    """What is asked of a plan contradicts itself; the text says what, and the way out."""


@dataclass(frozen=True, slots=True)
class Otillganglig:
    """A party cannot lend from `fran` to `till`, or has said no, for the reason given."""

    part: str
    fran: date
    till: date
    skal: str


@dataclass(frozen=True, slots=True)
class Villkor:
    """What is asked: horizon, the length and percent of a turn, pins and unavailability.

    `ar` 1–10 years from `start` (the first of a month); `mellanrum` whole turns between two of the
    same party; `lasta` (party, a day in the turn); `historik_fran` is where debts are counted from.
    `overlamning`: days that who comes is there before the turn, beside the one who leaves. They
    are paid and served, but a turn weighs the same with them.
    """

    start: date
    ar: int
    pass_manader: int = 6
    procent: int = 50
    mellanrum: int = 1
    otillganglig: tuple[Otillganglig, ...] = ()
    lasta: tuple[tuple[str, date], ...] = ()
    historik_fran: date = date(2015, 1, 1)
    overlamning: int = 0

    def prova(self) -> None:
        """Raise PlanFel when the values cannot make turns."""
        if not 1 <= self.ar <= 10:
            raise PlanFel(f"En plan görs för 1–10 år, inte {self.ar} (K14). Ange antal år.")
        if self.start.day != 1:
            raise PlanFel(f"Planen kan inte börja {self.start} (K14). Ange den första i en månad.")
        if not 1 <= self.pass_manader <= 24 or self.ar * 12 % self.pass_manader:
            raise PlanFel(
                f"Pass om {self.pass_manader} månader går inte jämnt upp i {self.ar} år (K14). "
                "Ange 1–24 månader som delar perioden lika, till exempel 3, 6 eller 12."
            )
        if not 1 <= self.procent <= 100:
            raise PlanFel(f"Omfattningen {self.procent} % går inte (K13). Ange 1–100 procent.")
        if not 0 <= self.mellanrum <= 40:
            raise PlanFel(f"Mellanrummet {self.mellanrum} pass går inte (K14). Ange 0–40 pass.")
        if not 0 <= self.overlamning <= OVERLAMNING:
            raise PlanFel(
                f"Överlämningen {self.overlamning} dagar går inte (K13). "
                f"Ange 0–{OVERLAMNING} dagar."
            )

    @property
    def slut(self) -> date:
        return _plus(self.start, self.ar * 12) - DAG


@dataclass(frozen=True)
class Uppdrag:
    """One category's problem. Turns are numbered in the whole horizon; `fria` are those to fill.

    `bas`: person-months that each party owes at the end if it takes no turn; a turn takes
    `manader` off. `mojliga` are the turns a party can take; `lasta`, `publicerat` and `fore` are by
    turn; `fore` is who of the loans that stand is there the day before it.
    """

    kategori: str
    parter: tuple[str, ...]
    pass_: tuple[tuple[date, date], ...]
    fria: tuple[int, ...]
    manader: Fraction
    bas: Mapping[str, Fraction]
    mojliga: Mapping[str, frozenset[int]]
    lasta: Mapping[int, str]
    publicerat: Mapping[int, str]
    mellanrum: int
    fore: Mapping[int, str]

    @property
    def kan(self) -> tuple[str, ...]:
        """The parties that can take some turn."""
        return tuple(p for p in self.parter if self.mojliga[p])

    def skuld(self, part: str, antal: int) -> Fraction:
        return self.bas[part] - antal * self.manader


def _plus(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def passen(villkor: Villkor) -> list[tuple[date, date]]:
    """Return the first and last day of every turn of the horizon."""
    step = villkor.pass_manader
    return [
        (_plus(villkor.start, n), _plus(villkor.start, n + step) - DAG)
        for n in range(0, villkor.ar * 12, step)
    ]


def uppdrag(
    plan: Sequence[Inlan],
    rows: Sequence[PartRad],
    kategori: str,
    villkor: Villkor,
    vikt: Vikt = lika,
) -> Uppdrag:
    """Return the problem of one category. Loans of a published plan may move; others stand.

    Raises PlanFel.
    """
    villkor.prova()
    turns = passen(villkor)
    own = [i for i in plan if i.post == kategori and i.status != "förslag"]
    fixed = [i for i in own if not rorligt(i, villkor)]
    moving = [i for i in own if rorligt(i, villkor)]
    free = tuple(
        n for n, (a, b) in enumerate(turns) if not any(i.ensam <= b and i.till >= a for i in fixed)
    )
    before = {n: i.part for n in free for i in fixed if i.galler(turns[n][0] - DAG)}
    days = [villkor.historik_fran, *(first for first, _ in turns)]
    parts = tuple(sorted({p for day in days for p in i_kategorin(rows, kategori, day)}))
    empty = [_tomt(kategori, turns[n], villkor.procent) for n in free]
    debts = {
        s.part: s.skuld
        for s in skulder(
            [*fixed, *empty], rows, kategori, villkor.historik_fran, villkor.slut, vikt
        )
    }
    open_turns = {
        p: frozenset(n for n in free if _kan(p, n, turns, before, fixed, rows, kategori, villkor))
        for p in parts
    }
    pinned = _lasta(villkor, turns, free, parts, open_turns)
    published = {
        n: i.part for n in free for i in moving if (i.ensam, i.till) == turns[n] and i.part in parts
    }
    return Uppdrag(
        kategori,
        parts,
        tuple(turns),
        free,
        Fraction(villkor.pass_manader * villkor.procent, 100),
        {p: debts.get(p, Fraction(0)) for p in parts},
        open_turns,
        pinned,
        published,
        villkor.mellanrum,
        before,
    )


def rorligt(inlan: Inlan, villkor: Villkor) -> bool:
    """True for a turn of a published plan within the horizon: a new plan may move it."""
    return bool(inlan.plan) and inlan.ensam >= villkor.start


def _tomt(kategori: str, span: tuple[date, date], procent: int) -> Inlan:
    return Inlan("", kategori, INGEN, "", (Period(*span, procent),), "överenskommet")


def _kan(part, n, turns, before, fixed, rows, kategori, villkor: Villkor) -> bool:
    """True when the party is in the category, available, and rested for turn and handover."""
    begins, last = turns[n]
    taken_over = n > 0 or n in before
    first = begins - villkor.overlamning * DAG if taken_over else begins
    changes = [r.fran for r in rows if r.part_id == part and first < r.fran <= last]
    known = [medlem(rows, part, day) for day in (first, *changes)]
    if any(row is None or row.kategori != kategori for row in known):
        return False
    if any(o.part == part and o.fran <= last and o.till >= first for o in villkor.otillganglig):
        return False
    rest = villkor.mellanrum * villkor.pass_manader
    return not any(
        i.part == part and i.till >= _plus(begins, -rest) and i.ensam < _plus(last + DAG, rest)
        for i in fixed
    )


def _lasta(villkor: Villkor, turns, free, parts, open_turns) -> dict[int, str]:
    pinned: dict[int, str] = {}
    for part, day in villkor.lasta:
        if part not in parts:
            continue  # another category's
        turn = next((n for n in free if turns[n][0] <= day <= turns[n][1]), None)
        if turn is None:
            raise PlanFel(
                f"{part} är låst till {day}, men inget ledigt pass har den dagen (K14). Välj en "
                f"dag mellan {villkor.start} och {villkor.slut} då ingen redan är inlånad."
            )
        if turn not in open_turns[part]:
            raise PlanFel(
                f"{part} är låst till passet {turns[turn][0]}–{turns[turn][1]} men kan inte ta "
                "det: parten är otillgänglig, inte med i kategorin, eller behöver mellanrum (K14). "
                "Ta bort låsningen eller hindret."
            )
        if pinned.get(turn, part) != part:
            raise PlanFel(
                f"Passet {turns[turn][0]}–{turns[turn][1]} är låst för både {pinned[turn]} och "
                f"{part} (K13). Lås det för en part."
            )
        for other, who in pinned.items():
            if who == part and 0 < abs(other - turn) <= villkor.mellanrum:
                raise PlanFel(
                    f"{part} är låst till två pass med mindre än {villkor.mellanrum} pass emellan "
                    "(K14). Ta bort en låsning eller minska mellanrummet."
                )
        pinned[turn] = part
    return pinned
