"""The kommuner's inhabitants after the last known figure, by a method the user chooses (K3, K4).

Every method starts from the last known 31 December. 30 June is the mean of its neighbours, as for
known years. `bakprov` shows what each method would have said earlier, against what came.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.fees import Folkmangd, avgifter
from analytics.parties import PartRad
from analytics.population import Antal
from analytics.question import Uppgift

FRAMSKRIVEN, DAMPAD, SCB = "framskriven", "dampad", "scb"
METODER = {
    FRAMSKRIVEN: "Oförändrad: den senaste kända siffran",
    DAMPAD: "Dämpad trend: medeltakten de fem senaste åren, nedtrappad en tiondel per år",
    SCB: "SCB:s framskrivning: förändring på fem och tio år från 2024",
}
TREND_AR = 5
DAMPNING = Fraction(9, 10)
Historik = Mapping[str, Mapping[int, int]]  # part_id → year → inhabitants on 31 December


class UnknownMethod(AgreementError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Prognosmetoden ”{name[:40]}” finns inte. Välj bland {', '.join(METODER)}."
        )


def historik(db: Database) -> Historik:
    """Return the known year-ends of every kommun."""
    found: dict[str, dict[int, int]] = {}
    for row in db.query("arsskiften"):
        found.setdefault(row["part_id"], {})[row["ar"]] = row["antal"]
    return found


def scb_takt(db: Database) -> dict[str, list[tuple[int, Fraction]]]:
    """Return SCB's change per kommun: (year, share of the base year's inhabitants), ascending."""
    found: dict[str, list[tuple[int, Fraction]]] = {}
    for row in db.query("forandring"):
        points = found.setdefault(row["part_id"], [(row["basar"], Fraction(1))])
        points.append((row["basar"] + row["horisont_ar"], 1 + Fraction(row["procent"]) / 100))
    return found


def arsskifte(
    history: Mapping[int, int], year: int, metod: str, scb: Sequence[tuple[int, Fraction]] = ()
) -> int:
    """Return the inhabitants on 31 December of *year* by *metod*, from one kommun's year-ends.

    Raises UnknownMethod. Whole inhabitants, halves up.
    """
    last = max(history)
    if year <= last:
        return history[year]
    if metod == FRAMSKRIVEN or (metod == SCB and not scb):
        return history[last]
    if metod == DAMPAD:
        return _halva_upp(history[last] * _dampad(history, last, year - last))
    if metod == SCB:
        return _halva_upp(history[last] * _mellan(scb, year) / _mellan(scb, last))
    raise UnknownMethod(metod)


def _dampad(history: Mapping[int, int], last: int, steps: int) -> Fraction:
    """The mean yearly growth of the last years, a tenth less of it each year."""
    first = max(last - TREND_AR, min(history))
    rate = Fraction(history[last] - history[first], history[first] * max(last - first, 1))
    factor = Fraction(1)
    for _ in range(steps):
        rate *= DAMPNING
        factor *= 1 + rate
        factor = Fraction(round(factor * 10**12), 10**12)  # keeps the fractions short
    return factor


def _mellan(points: Sequence[tuple[int, Fraction]], year: int) -> Fraction:
    """Interpolate linearly between the points; beyond the last, on along the last line."""
    (y0, v0), (y1, v1) = points[0], points[1]
    for (a, va), (b, vb) in itertools.pairwise(points):
        (y0, v0), (y1, v1) = (a, va), (b, vb)
        if year <= b:
            break
    return v0 + (v1 - v0) * Fraction(year - y0, y1 - y0)


def _halva_upp(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


class Framskrivning:
    """Inhabitants of a party at a date: known figures first, then the method. For fees.avgifter.

    `metod` names one method for all, `egna` another for some: {part_id: method}.
    """

    def __init__(self, db: Database, metod: str, egna: Mapping[str, str] | None = None) -> None:
        for name in {metod, *(egna or {}).values()}:
            if name not in METODER:
                raise UnknownMethod(name)
        self._metod, self._egna, self._known = metod, dict(egna or {}), Folkmangd(db)
        self._history = db.minns("historik", lambda: historik(db))
        self._scb = db.minns("scb_takt", lambda: scb_takt(db))

    def __call__(self, part_id: str, day: date) -> Antal:
        history = self._history.get(part_id)
        if history is None or day <= date(max(history), 12, 31):
            return self._known(part_id, day)
        metod = self._egna.get(part_id, self._metod)
        if (day.month, day.day) == (12, 31):
            count = self._vid(part_id, day.year, metod)
        else:
            count = self._vid(part_id, day.year - 1, metod) + self._vid(part_id, day.year, metod)
            count = (count + 1) // 2
        return Antal(count, "prognos", f"{METODER[metod]}.", "framskrivning i programmet")

    def _vid(self, part_id: str, year: int, metod: str) -> int:
        return arsskifte(self._history[part_id], year, metod, self._scb.get(part_id, ()))


@dataclass(frozen=True, slots=True)
class Fel:
    """How far off a method was at one horizon: shares of the outcome, over kommuner and years."""

    metod: str
    horisont: int
    antal: int
    medelfel: Fraction  # mean of |forecast − outcome| / outcome
    storsta: Fraction
    skevhet: Fraction  # mean of (forecast − outcome) / outcome


def bakprov(db: Database, horisonter: Sequence[int] = (1, 2, 3, 4)) -> list[Fel]:
    """Return each method's errors had it been used earlier, from every year with five before it.

    SCB's projected change is from 2024 alone, so that method can be tried on 2025 only.
    """
    history, scb = historik(db), scb_takt(db)
    first = min(min(h) for h in history.values()) + TREND_AR
    last = min(max(h) for h in history.values())
    found = []
    for metod in METODER:
        for ahead in horisonter:
            origins = range(first, last - ahead + 1)
            if metod == SCB:
                base = next(iter(scb.values()))[0][0]
                origins = range(base, last - ahead + 1)
            errors = [
                _avvikelse(h, origin, ahead, metod, scb.get(part, ()))
                for part, h in history.items()
                for origin in origins
            ]
            if errors:
                sizes = [abs(e) for e in errors]
                found.append(
                    Fel(
                        metod,
                        ahead,
                        len(errors),
                        sum(sizes, Fraction(0)) / len(sizes),
                        max(sizes),
                        sum(errors, Fraction(0)) / len(errors),
                    )
                )
    return found


def _avvikelse(
    history: Mapping[int, int],
    origin: int,
    ahead: int,
    metod: str,
    scb: Sequence[tuple[int, Fraction]],
) -> Fraction:
    known = {year: count for year, count in history.items() if year <= origin}
    said = arsskifte(known, origin + ahead, metod, scb)
    return Fraction(said - history[origin + ahead], history[origin + ahead])


def kronfel(
    db: Database,
    avtal: Avtal,
    rader: tuple[PartRad, ...],
    metod: str,
    ahead: int,
    years: Sequence[int],
) -> dict[int, int]:
    """Return, per budget year, the sum over parties of |fee as forecast − fee as due| in kronor.

    The forecast is made with what was known *ahead* years before the year-end that K3 counts.
    """
    history, scb = historik(db), scb_takt(db)
    found = {}
    for year in years:
        cut = {p: {y: n for y, n in h.items() if y < year - ahead} for p, h in history.items()}
        asked = [Uppgift(year, rader)]
        said = avgifter(db, avtal, asked, _Fran(cut, metod, scb))[0]
        due = avgifter(db, avtal, asked, Framskrivning(db, metod))[0]
        paid = {p.part: p.avgift_kr for p in due.parter}
        found[year] = sum(abs(p.avgift_kr - paid[p.part]) for p in said.parter)
    return found


@dataclass(frozen=True, slots=True)
class _Fran:
    """Inhabitants as the method would have said them with the figures in `history` alone."""

    history: Historik
    metod: str
    scb: Mapping[str, Sequence[tuple[int, Fraction]]]

    def __call__(self, part_id: str, day: date) -> Antal:
        known = self.history[part_id]
        years = [day.year] if (day.month, day.day) == (12, 31) else [day.year - 1, day.year]
        counts = [arsskifte(known, y, self.metod, self.scb.get(part_id, ())) for y in years]
        count = (sum(counts) + len(counts) - 1) // len(counts)
        return Antal(count, "prognos", METODER[self.metod], "bakprov")
