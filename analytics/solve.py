"""Backwards questions: which values of one quantity meet every condition, and what stops more.

The whole span is found by asking the forward engine, to the unit, and proved by asking it again at
each end and one unit outside. On a line, conditions that each allow a span clash if and only if two
of them do (or one alone allows nothing), so the smallest clash is found by looking at pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.fees import Folkmangd, Resultat, avgifter
from analytics.probe import Byten, Sond, Storhet, Svar, enhet
from analytics.question import Uppgift
from analytics.swedish import exakt, kr

STORHETER = {
    "rambudget_kr": Storhet("rambudget_kr", 1, 0, 50_000_000),
    "tak_kr_per_invanare": Storhet("tak_kr_per_invanare", 100, 0, 1_000),
    "andel_procent": Storhet("andel_procent", 100, 0, 10_000),
    "kommunernas_del": Storhet("kommunernas_del", 10_000, 0, 10_000),
}


class UnknownCondition(AgreementError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Villkoret ”{name[:40]}” finns inte. Välj bland {', '.join(VILLKOR)}, skrivna som "
            "per_invanare=1,45 eller finansierat."
        )


@dataclass(frozen=True, slots=True)
class Villkor:
    """One condition over all parties. `slag` is a key of VILLKOR, `grans` its limit."""

    slag: str
    grans: Fraction = Fraction(0)

    @property
    def text(self) -> str:
        return VILLKOR[self.slag].format(exakt(self.grans))


VILLKOR = {
    "per_invanare": "ingen kommun betalar mer än {} kr per invånare",
    "okning_procent": "ingen part höjs mer än {} procent",
    "okning_kr": "ingen part höjs mer än {} kr",
    "finansierat": "hela ramen är finansierad",
    "ram_minst": "ramen är minst {} kr",
}


@dataclass(frozen=True, slots=True)
class Ande:
    """One end of the span. `utanfor`: one unit outside, None at the quantity's own end.

    `villkor`, `part`, `klausul` and `over_kr` say what fails there, for whom and by how much.
    """

    varde: Fraction
    utanfor: Fraction | None
    villkor: str | None
    part: str | None
    klausul: str | None
    over_kr: int | None


@dataclass(frozen=True, slots=True)
class Losning:
    """The answer: spans that meet every condition, or the smallest set of conditions that clash."""

    storhet: str
    spann: tuple[tuple[Ande, Ande], ...]
    krock: tuple[str, ...]
    krock_kr: int | None
    krock_avstand: Fraction | None


def los(
    db: Database,
    avtal: Avtal,
    uppgift: Uppgift,
    fri: str,
    villkoren: Sequence[Villkor],
    fore: Resultat,
    folkmangd: Folkmangd | None = None,
) -> Losning:
    """Return every value of *fri* that meets *villkoren*; increases are counted from *fore*.

    Raises UnknownCondition, UnknownParameter and what terms.villkor raises.
    """
    for condition in villkoren:
        if condition.slag not in VILLKOR:
            raise UnknownCondition(condition.slag)
    avtal.parameter(fri)
    sond = Sond(db, avtal, uppgift, STORHETER[fri], folkmangd)
    checks = _Prov(sond, tuple(villkoren), fore)
    allowed = sond.byten(checks.alla)
    spans = _gemensamt([b.ja for b in allowed], sond.storhet)
    if spans:
        return Losning(fri, tuple(checks.kanter(a, b) for a, b in spans), (), None, None)
    return checks.krock(allowed)


def verifiera(
    db: Database,
    avtal: Avtal,
    uppgift: Uppgift,
    fri: str,
    varde: Fraction,
    folkmangd: Folkmangd | None = None,
) -> Resultat:
    """Return the forward engine's answer at *varde*: the proof of an end."""
    parametrar = {**uppgift.parametrar, fri: varde}
    asked = Uppgift(uppgift.year, uppgift.rader, parametrar, uppgift.lasarter)
    return avgifter(db, avtal, [asked], folkmangd)[0]


def _gemensamt(runs: list[list[tuple[int, int]]], storhet: Storhet) -> list[tuple[int, int]]:
    common = [(storhet.lag, storhet.hog)]
    for run in runs:
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in run if max(a, c) <= min(b, d)
        ]
    return common


@dataclass(frozen=True)
class _Prov:
    sond: Sond
    villkoren: tuple[Villkor, ...]
    fore: Resultat

    def alla(self, svar: Svar) -> np.ndarray:
        """One column per condition: does it hold?"""
        over = [self._over(svar, v).max(axis=1, initial=0) for v in self.villkoren]
        return np.column_stack([o <= 0 for o in over]) if over else np.ones((len(svar.varden), 0))

    def _over(self, svar: Svar, condition: Villkor) -> np.ndarray:
        """By how many kronor each payer breaks the condition; whole-frame ones have one column."""
        fees, who = svar.avgift_kr, self.sond.betalare(svar)
        if condition.slag == "finansierat":
            return (self._ram(svar) - fees.sum(axis=1))[:, None]
        if condition.slag == "ram_minst":
            return (int(-(-condition.grans // 1)) - self._ram(svar))[:, None]
        if condition.slag == "per_invanare":
            top = [self._hogst_per_invanare(svar, n, condition.grans) for n in range(len(who))]
        else:
            paid = {p.part: p.avgift_kr for p in self.fore.parter}
            step = Fraction(0)
            top = []
            for part, _, _ in who:
                before = paid.get(part, 0)
                share = condition.slag == "okning_procent"
                step = before * condition.grans / 100 if share else condition.grans
                top.append(int((before + step) // 1))
        limits = np.array([np.iinfo(np.int64).max // 4 if t is None else t for t in top])
        return fees - limits

    def _hogst_per_invanare(self, svar: Svar, column: int, limit: Fraction) -> int | None:
        flat = [a for block in svar.villkor.block for a in block.andelar]
        antal = flat[column].antal
        return None if antal is None else int(limit * antal.antal // 1)

    def _ram(self, svar: Svar) -> np.ndarray:
        if self.sond.storhet.parameter == self.sond.avtal.ram:
            return svar.varden
        return np.broadcast_to(svar.villkor.ram.num, len(svar.varden))

    def kanter(self, low: int, high: int) -> tuple[Ande, Ande]:
        return self._ande(low, low - 1), self._ande(high, high + 1)

    def _ande(self, inside: int, outside: int) -> Ande:
        s = self.sond.storhet
        if not s.lag <= outside <= s.hog:
            return Ande(enhet(self.sond, inside), None, None, None, None, None)
        svar = self.sond.fraga(np.array([outside]))
        worst = max(self.villkoren, key=lambda v: int(self._over(svar, v).max(initial=0)))
        over = self._over(svar, worst)[0]
        part, klausul = self._vem(svar, worst, int(np.argmax(over)))
        return Ande(
            enhet(self.sond, inside),
            enhet(self.sond, outside),
            worst.text,
            part,
            klausul,
            int(over.max()),
        )

    def _vem(self, svar: Svar, condition: Villkor, column: int) -> tuple[str | None, str | None]:
        if condition.slag == "ram_minst":
            return None, self.sond.avtal.parametrar[self.sond.avtal.ram].klausul
        if condition.slag != "finansierat":
            _, name, block = self.sond.betalare(svar)[column]
            return name, next(b.block.klausul for b in svar.villkor.block if b.block.id == block)
        for block in svar.villkor.block:
            columns = [
                n for n, (_, _, b) in enumerate(self.sond.betalare(svar)) if b == block.block.id
            ]
            if columns and svar.vid_tak[0, columns].all():
                return block.block.namn, block.block.ceiling_clause
        return None, None

    def krock(self, allowed: list[Byten]) -> Losning:
        """Return the smallest clash: one that nothing meets, or the two furthest apart."""
        alone = [v.text for v, b in zip(self.villkoren, allowed, strict=True) if not b.ja]
        name = self.sond.storhet.parameter
        if alone:
            return Losning(name, (), (alone[0],), self._minst_over(alone[0]), None)
        pairs = [
            (gap, a, b)
            for i, a in enumerate(self.villkoren)
            for j, b in enumerate(self.villkoren)
            if i < j and (gap := _avstand(allowed[i].ja, allowed[j].ja)) is not None
        ]
        (distance, *edges), first, second = min(pairs, key=lambda p: p[0][0])
        svar = self.sond.fraga(np.array(sorted(edges)))
        over = min(
            max(int(self._over(svar, v)[row].max(initial=0)) for v in (first, second))
            for row in range(len(edges))
        )
        return Losning(
            name, (), (first.text, second.text), over, Fraction(distance, self.sond.storhet.den)
        )

    def _minst_over(self, text: str) -> int:
        condition = next(v for v in self.villkoren if v.text == text)
        s = self.sond.storhet
        svar = self.sond.fraga(np.unique(np.linspace(s.lag, s.hog, 2001).astype(np.int64)))
        return int(self._over(svar, condition).max(axis=1).min())


def _avstand(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> tuple[int, int, int] | None:
    """How far two sets of runs are apart: (units, the nearest value of one, of the other)."""
    if any(max(x, u) <= min(y, v) for x, y in a for u, v in b):
        return None
    gaps = [(u - y, y, u) if u > y else (x - v, x, v) for x, y in a for u, v in b]
    return min(gaps)


def beskriv(answer: Losning, enhetsord: str) -> str:
    """Say the answer in a sentence or two."""
    if answer.krock:
        way = " och ".join(f"”{text}”" for text in answer.krock)
        if len(answer.krock) == 1:
            return f"Inget värde klarar villkoret {way}: det fattas minst {kr(answer.krock_kr)}."
        return (
            f"Villkoren {way} går inte ihop: de ligger {exakt(answer.krock_avstand)} {enhetsord} "
            f"isär, och där det ena är uppfyllt bryts det andra med minst {kr(answer.krock_kr)}."
        )
    spans = [f"{exakt(a.varde)}–{exakt(b.varde)} {enhetsord}" for a, b in answer.spann]
    text = f"Alla villkor är uppfyllda för {' och '.join(spans)}."
    top = answer.spann[-1][1]
    if top.villkor:
        who = f" för {top.part}" if top.part else ""
        text += (
            f" Vid {exakt(top.utanfor)} {enhetsord} bryts villkoret ”{top.villkor}”{who} "
            f"({top.klausul}) med {kr(top.over_kr)}."
        )
    return text
