"""The kommuner's inhabitants after the last known figure, by a method the user chooses (K3, K4).

Every method starts from the last known 31 December. 30 June is the mean of its neighbours, as for
known years. `backtest` shows what each method would have said earlier, against what came.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement.contract import Agreement
from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError
from analytics.fees.payments import Population, compute_many
from analytics.fees.question import Question
from analytics.reference.database import Database
from analytics.reference.population import Count

CARRIED, DAMPED, SCB = "framskriven", "dampad", "scb"
METHODS = {
    CARRIED: "Oförändrad: den senaste kända siffran",
    DAMPED: "Dämpad trend: medeltakten de fem senaste åren, nedtrappad en tiondel per år",
    SCB: "SCB:s framskrivning: förändring på fem och tio år från 2024",
}
TREND_YEARS = 5
DAMPING = Fraction(9, 10)
History = Mapping[str, Mapping[int, int]]  # party_id → year → inhabitants on 31 December


class UnknownMethod(AgreementError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Prognosmetoden ”{name[:40]}” finns inte. Välj bland {', '.join(METHODS)}."
        )


def history(db: Database) -> History:
    """Return the known year-ends of every kommun."""
    found: dict[str, dict[int, int]] = {}
    for row in db.query("arsskiften"):
        found.setdefault(row["part_id"], {})[row["ar"]] = row["antal"]
    return found


def scb_pace(db: Database) -> dict[str, list[tuple[int, Fraction]]]:
    """Return SCB's change per kommun: (year, share of the base year's inhabitants), ascending."""
    found: dict[str, list[tuple[int, Fraction]]] = {}
    for row in db.query("forandring"):
        points = found.setdefault(row["part_id"], [(row["basar"], Fraction(1))])
        points.append((row["basar"] + row["horisont_ar"], 1 + Fraction(row["procent"]) / 100))
    return found


def year_end(
    known_years: Mapping[int, int], year: int, method: str, scb: Sequence[tuple[int, Fraction]] = ()
) -> int:
    """Return the inhabitants on 31 December of *year* by *method*, from one kommun's year-ends.

    Raises UnknownMethod. Whole inhabitants, halves up.
    """
    last = max(known_years)
    if year <= last:
        return known_years[year]
    if method == CARRIED or (method == SCB and not scb):
        return known_years[last]
    if method == DAMPED:
        return _half_up(known_years[last] * _damped(known_years, last, year - last))
    if method == SCB:
        return _half_up(known_years[last] * _between(scb, year) / _between(scb, last))
    raise UnknownMethod(method)


def _damped(known_years: Mapping[int, int], last: int, steps: int) -> Fraction:
    """The mean yearly growth of the last years, a tenth less of it each year."""
    first = max(last - TREND_YEARS, min(known_years))
    rate = Fraction(
        known_years[last] - known_years[first], known_years[first] * max(last - first, 1)
    )
    factor = Fraction(1)
    for _ in range(steps):
        rate *= DAMPING
        factor *= 1 + rate
        factor = Fraction(round(factor * 10**12), 10**12)  # keeps the fractions short
    return factor


def _between(points: Sequence[tuple[int, Fraction]], year: int) -> Fraction:
    """Interpolate linearly between the points; beyond the last, on along the last line."""
    (y0, first_value), (y1, last_value) = points[0], points[1]
    for (a, value), (b, next_value) in itertools.pairwise(points):
        (y0, first_value), (y1, last_value) = (a, value), (b, next_value)
        if year <= b:
            break
    return first_value + (last_value - first_value) * Fraction(year - y0, y1 - y0)


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


class Projection:
    """Inhabitants of a party at a date: known figures first, then the method. For compute_many.

    `method` names one method for all, `own` another for some: {party_id: method}.
    """

    def __init__(self, db: Database, method: str, own: Mapping[str, str] | None = None) -> None:
        for name in {method, *(own or {}).values()}:
            if name not in METHODS:
                raise UnknownMethod(name)
        self._method, self._own, self._known = method, dict(own or {}), Population(db)
        self._history = db.remember("historik", lambda: history(db))
        self._scb = db.remember("scb_takt", lambda: scb_pace(db))

    def __call__(self, party_id: str, day: date) -> Count:
        known_years = self._history.get(party_id)
        if known_years is None or day <= date(max(known_years), 12, 31):
            return self._known(party_id, day)
        method = self._own.get(party_id, self._method)
        if (day.month, day.day) == (12, 31):
            count = self._at(party_id, day.year, method)
        else:
            count = self._at(party_id, day.year - 1, method) + self._at(party_id, day.year, method)
            count = (count + 1) // 2
        return Count(count, "prognos", f"{METHODS[method]}.", "framskrivning i programmet")

    def _at(self, party_id: str, year: int, method: str) -> int:
        return year_end(self._history[party_id], year, method, self._scb.get(party_id, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestError:
    """How far off a method was at one horizon: shares of the outcome, over kommuner and years."""

    method: str
    horizon: int
    count: int
    mean_error: Fraction  # mean of |forecast − outcome| / outcome
    largest: Fraction
    skew: Fraction  # mean of (forecast − outcome) / outcome


def backtest(db: Database, horizons: Sequence[int] = (1, 2, 3, 4)) -> list[BacktestError]:
    """Return each method's errors had it been used earlier, from every year with five before it.

    SCB's projected change is from 2024 alone, so that method can be tried on 2025 only.
    """
    known_years, scb = history(db), scb_pace(db)
    first = min(min(h) for h in known_years.values()) + TREND_YEARS
    last = min(max(h) for h in known_years.values())
    found = []
    for method in METHODS:
        for ahead in horizons:
            origins = range(first, last - ahead + 1)
            if method == SCB:
                base = next(iter(scb.values()))[0][0]
                origins = range(base, last - ahead + 1)
            errors = [
                _deviation(h, origin, ahead, method, scb.get(party, ()))
                for party, h in known_years.items()
                for origin in origins
            ]
            if errors:
                sizes = [abs(e) for e in errors]
                found.append(
                    BacktestError(
                        method=method,
                        horizon=ahead,
                        count=len(errors),
                        mean_error=sum(sizes, Fraction(0)) / len(sizes),
                        largest=max(sizes),
                        skew=sum(errors, Fraction(0)) / len(errors),
                    )
                )
    return found


def _deviation(
    known_years: Mapping[int, int],
    origin: int,
    ahead: int,
    method: str,
    scb: Sequence[tuple[int, Fraction]],
) -> Fraction:
    known = {year: count for year, count in known_years.items() if year <= origin}
    said = year_end(known, origin + ahead, method, scb)
    return Fraction(said - known_years[origin + ahead], known_years[origin + ahead])


def fee_errors(
    db: Database,
    agreement: Agreement,
    rows: tuple[PartyRow, ...],
    method: str,
    ahead: int,
    years: Sequence[int],
) -> dict[int, int]:
    """Return, per budget year, the sum over parties of |fee as forecast − fee as due| in kronor.

    The forecast is made with what was known *ahead* years before the year-end that K3 counts.
    """
    known_years, scb = history(db), scb_pace(db)
    found = {}
    for year in years:
        cut = {p: {y: n for y, n in h.items() if y < year - ahead} for p, h in known_years.items()}
        asked = [Question(year, rows)]
        said = compute_many(db, agreement, asked, _StartedFrom(cut, method, scb))[0]
        due = compute_many(db, agreement, asked, Projection(db, method))[0]
        paid = {p.party: p.fee_kr for p in due.parties}
        found[year] = sum(abs(p.fee_kr - paid[p.party]) for p in said.parties)
    return found


@dataclass(frozen=True, slots=True)
class _StartedFrom:
    """Inhabitants as the method would have said them with the figures in `history` alone."""

    history: History
    method: str
    scb: Mapping[str, Sequence[tuple[int, Fraction]]]

    def __call__(self, party_id: str, day: date) -> Count:
        known = self.history[party_id]
        years = [day.year] if (day.month, day.day) == (12, 31) else [day.year - 1, day.year]
        counts = [year_end(known, y, self.method, self.scb.get(party_id, ())) for y in years]
        count = (sum(counts) + len(counts) - 1) // len(counts)
        return Count(count, "prognos", METHODS[self.method], "bakprov")
