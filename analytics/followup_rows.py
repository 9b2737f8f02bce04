"""What the follow-up of a tertial says: one object with everything the page and the report need.

Budgets and forecasts are whole kronor, outcome is whole öre. A deviation is budget − outcome, so
plus is money left. A missing outcome is None: what is not booked yet is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from analytics.budget import DELAR
from analytics.money import whole_kronor

METODER = {
    "profil": "utfallet plus budgeten för resten av året",
    "takt": "utfallet i samma takt hela året",
    "egen": "eget belopp",
    "utfall": "årets utfall",
}
METODER_KORT = {
    "profil": "budgetens profil",
    "takt": "samma takt",
    "egen": "eget belopp",
    "utfall": "årets utfall",
}
SLUT = ((4, 30), (8, 31), (12, 31))
MANADER = ("januari–april", "januari–augusti", "hela året")


@dataclass(frozen=True, slots=True)
class Troskel:
    """Above either, a deviation must be explained. `procent` of the budget; kronor."""

    procent: Fraction = Fraction(5)
    belopp_kr: int = 50_000

    def over(self, avvikelse_ore: int | None, budget_kr: int) -> bool:
        """Whether a deviation is above the threshold; at it is not above."""
        if avvikelse_ore is None:
            return False
        size = abs(avvikelse_ore)
        return size > self.belopp_kr * 100 or size > self.procent * budget_kr


def threshold_to_data(level: Troskel) -> dict[str, object]:
    return {"procent": str(level.procent), "belopp_kr": level.belopp_kr}


def threshold_from_data(data: Mapping[str, object]) -> Troskel:
    return Troskel(Fraction(data["procent"]), data["belopp_kr"])


class _Avvikelser:
    """What outcome and forecast deviate from the budget; None where the figure is missing."""

    __slots__ = ()

    @property
    def avvikelse_ore(self) -> int | None:
        return None if self.utfall_ore is None else self.budget_kr * 100 - self.utfall_ore

    @property
    def prognos_avvikelse_kr(self) -> int | None:
        return None if self.prognos_kr is None else self.budget_ar_kr - self.prognos_kr

    @property
    def prognos_avvikelse_del(self) -> Fraction | None:
        """The deviation of the forecast as a share of the year's budget; None without one."""
        if self.prognos_kr is None or not self.budget_ar_kr:
            return None
        return Fraction(self.budget_ar_kr - self.prognos_kr, self.budget_ar_kr)


@dataclass(frozen=True, slots=True)
class Postlage(_Avvikelser):
    """A budget line, or what is booked on one that the budget does not have, to a tertial.

    `tertial_kr`: the budget's profile. `rader`: ledger rows behind the outcome. `metod`: of
    METODER. `profil_kr`, `takt_kr`: what the two methods propose. `status`: in words. `kraver`:
    what is missing before the tertial can be closed: "kommentar", "åtgärd".
    """

    id: str
    del_: str
    namn: str
    roll: str
    budget_ar_kr: int
    budget_kr: int
    tertial_kr: tuple[int, int, int]
    utfall_ore: int | None
    rader: int
    metod: str
    prognos_kr: int | None
    prognos_skal: str
    profil_kr: int | None
    takt_kr: int | None
    forra_prognos_kr: int | None
    kommentar: str
    atgard: str
    status: str
    kraver: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delsumma(_Avvikelser):
    """A part of the frame, or all of it (`del_` is "ram"). `mal_kr`: the part's share (K2)."""

    del_: str
    namn: str
    mal_kr: int
    budget_ar_kr: int
    budget_kr: int
    utfall_ore: int | None
    prognos_kr: int | None

    @property
    def resultat_ore(self) -> int | None:
        """What the part has left of its share; below zero it is overspent. For a whole year."""
        return None if self.utfall_ore is None else self.mal_kr * 100 - self.utfall_ore


@dataclass(frozen=True, slots=True)
class Okant:
    """An account that no rule covers."""

    konto: str
    objekt: str
    namn: str
    belopp_ore: int
    rader: int


@dataclass(frozen=True, slots=True)
class Vantat:
    """What agreed loans cost by the rotation register (K15): to the tertial's end and in the year.

    `utan_kostnad`: whether some loan's cost is not documented and so not in it.
    """

    hittills_kr: int
    ar_kr: int
    utan_kostnad: bool


@dataclass(frozen=True, slots=True)
class Aktivitetslage:
    """An activity as reported for the tertial; status None: no report yet."""

    id: str
    namn: str
    roll: str
    planerad: int
    status: str | None
    anteckning: str


@dataclass(frozen=True, slots=True)
class Efter:
    """What was booked, corrected or moved inside a closed tertial after it was closed."""

    id: str
    namn: str
    belopp_ore: int


@dataclass(frozen=True, slots=True)
class Arsbeslut:
    """What was decided about a part's surplus or deficit. `belopp_ore`: what it was then."""

    del_: str
    belopp_ore: int
    beslut: str
    nar: str
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Tertiallage:
    """Everything about a year to the end of a tertial, live or as it was sealed at closing.

    `hinder`: sentences for all that stops closing. `upplysningar`: what is good to know.
    `manader_ore`: booked on the lines each month so far, not cumulative. `intakter_ore` and
    `utanfor_ore`: booked outside the lines, to date. `stangd`: when it was closed, ISO in UTC.
    `efter`, `beslut`: live, also for a closed tertial.
    """

    ar: int
    tertial: int
    ram_kr: int | None
    delar_kr: Mapping[str, int]
    budget_nummer: int | None
    poster: tuple[Postlage, ...]
    okanda: tuple[Okant, ...]
    intakter_ore: int
    utanfor_ore: int
    bokfort_till: str | None
    manader_ore: tuple[int, ...]
    vantat: Vantat | None
    troskel: Troskel
    aktiviteter: tuple[Aktivitetslage, ...]
    exempel: bool
    status: str = "öppen"  # or klarmarkerad
    stangd: str | None = None
    hinder: tuple[str, ...] = ()
    upplysningar: tuple[str, ...] = ()
    efter: tuple[Efter, ...] = ()
    beslut: tuple[Arsbeslut, ...] = ()

    @property
    def last(self) -> bool:
        return self.status == "klarmarkerad"

    @property
    def fran(self) -> date:
        return date(self.ar, 1, 1)

    @property
    def till(self) -> date:
        return date(self.ar, *SLUT[self.tertial - 1])

    @property
    def period(self) -> str:
        return f"{MANADER[self.tertial - 1]} {self.ar}"

    @property
    def stangd_nar(self) -> datetime | None:
        return None if self.stangd is None else datetime.fromisoformat(self.stangd)

    @property
    def bokfort(self) -> bool:
        """Whether anything is booked in the tertial, so that there is an outcome."""
        return any(p.utfall_ore is not None for p in self.poster)

    @property
    def klart_bokfort(self) -> bool:
        """Whether the tertial's last month is booked, so that the deviation to date says much."""
        return self.bokfort and self.bokfort_till[:7] >= self.till.isoformat()[:7]

    def delsumma(self, del_: str) -> Delsumma:
        """Return the sums of a part, or of the whole with "ram"."""
        own = [p for p in self.poster if del_ in ("ram", p.del_)]
        spent, ends = [p.utfall_ore for p in own], [p.prognos_kr for p in own]
        known = sum(ore or 0 for ore in spent) if self.bokfort else None
        ended = bool(own) and all(p.metod == "utfall" for p in own)  # the forecast is the outcome
        return Delsumma(
            del_,
            DELAR.get(del_, "Ramen"),
            (self.ram_kr or 0) if del_ == "ram" else self.delar_kr.get(del_, 0),
            sum(p.budget_ar_kr for p in own),
            sum(p.budget_kr for p in own),
            known,
            whole_kronor(known)
            if ended
            else None
            if None in ends or not self.poster
            else sum(ends),
        )

    @property
    def delar(self) -> list[Delsumma]:
        return [self.delsumma(part) for part in DELAR]

    @property
    def summa(self) -> Delsumma:
        return self.delsumma("ram")

    @property
    def okant_ore(self) -> int:
        return sum(o.belopp_ore for o in self.okanda)

    @property
    def avvikande(self) -> list[Postlage]:
        """The lines above the threshold, the largest deviation of the forecast first."""
        found = [p for p in self.poster if avviker(p, self.troskel)]
        return sorted(found, key=lambda p: -abs(p.prognos_avvikelse_kr or 0))


def avviker(post: Postlage, troskel: Troskel) -> bool:
    """Whether a line is above the threshold, to date or at the year's end."""
    end = post.prognos_avvikelse_kr
    return troskel.over(post.avvikelse_ore, post.budget_kr) or troskel.over(
        None if end is None else end * 100, post.budget_ar_kr
    )
