"""A scenario's changes in Swedish: "Rambudget (K1) blir 8 000 000 kr/år från 2027-01-01"."""

from collections.abc import Iterable, Mapping

from analytics.agreement import Avtal
from analytics.compare_words import varde
from analytics.scenario import Scenario
from analytics.scenario_changes import (
    Andring,
    Lasval,
    Partandring,
    Uppraknad,
    Varde,
)
from analytics.swedish import exakt, tal

Namn = Mapping[str, str]  # a party's latest name by its id


def andring(avtal: Avtal, namn: Namn, change: Andring) -> str:
    """Return a change as the beginning of a sentence, without its reason."""
    if isinstance(change, Varde):
        parameter = avtal.parameter(change.parameter)
        what = f"{parameter.namn} ({parameter.klausul})"
        return f"{what} blir {varde(avtal, change.parameter, change.varde)} från {change.fran}"
    if isinstance(change, Uppraknad):
        return _uppraknad(avtal, change)
    if isinstance(change, Lasval):
        point = avtal.tolkningar[change.punkt]
        return (
            f"{point.id} ({point.klausul}) läses som ”{point.lasarter[change.lasart].namn}” från "
            f"{change.fran}"
        )
    return _part(namn, change)


def _uppraknad(avtal: Avtal, change: Uppraknad) -> str:
    parameter = avtal.parameter(change.parameter)
    what = f"{parameter.namn} ({parameter.klausul})"
    if change.takt is not None:
        return (
            f"{what} räknas upp med {exakt(change.takt * 100)} % per år från {change.fran}, från "
            f"värdet {change.basar}"
        )
    since = "" if change.sedan is None else f" (år utan siffra: {exakt(change.sedan * 100)} %)"
    return f"{what} följer {change.index} sedan {change.basar}{since} från {change.fran}"


def _part(namn: Namn, change: Partandring) -> str:
    name = change.namn or namn.get(change.part, change.part)
    terms = []
    if change.part not in namn:
        terms.append("ansluter sig som ny part")
    elif change.deltar is False:
        terms.append("lämnar")
    elif change.betalar is False:
        terms.append("deltar utan att betala")
    elif change.deltar or change.betalar:
        terms.append("deltar och betalar")
    if change.andelar is not None:
        terms.append(f"har {tal(change.andelar)} {'andel' if change.andelar == 1 else 'andelar'}")
    if change.kategori is not None:
        terms.append(f"hör till kategorin {change.kategori} (K14)")
    if change.namn is not None and change.part in namn and change.namn != namn[change.part]:
        terms.append(f"heter {change.namn}")
    clause = "K6" if change.andelar is not None and change.deltar is None else "K12"
    return f"{name} ({clause}) {' och '.join(terms) or 'får nya villkor'} från {change.fran}"


def skillnad(avtal: Avtal, namn: Namn, fore: Iterable[Andring], efter: Iterable[Andring]) -> str:
    """Say which changes were added and which removed, from *fore* to *efter*."""
    fore, efter = list(fore), list(efter)
    parts = [f"la till: {andring(avtal, namn, c)}" for c in efter if c not in fore]
    parts += [f"tog bort: {andring(avtal, namn, c)}" for c in fore if c not in efter]
    return "; ".join(parts) or "ändrade inget i listan"


def konflikt(avtal: Avtal, namn: Namn, fore: Scenario, mitt: Scenario, deras: Scenario) -> str:
    """Say what the other saved and what one was about to save; nothing is lost."""
    told = []
    for who, after in (("Den andra", deras), ("Du", mitt)):
        what = []
        if after.namn != fore.namn:
            what.append(f"döpte om till ”{after.namn}”")
        if after.status != fore.status:
            what.append(f"satte statusen {after.status}")
        if after.arkiverad != fore.arkiverad:
            what.append("arkiverade" if after.arkiverad else "tog fram ur arkivet")
        if after.andringar != fore.andringar:
            what.append(skillnad(avtal, namn, fore.andringar, after.andringar))
        told.append(f"{who} {'; '.join(what) or 'ändrade inget'}.")
    return (
        f"Någon annan sparade ”{deras.namn}” medan du hade det öppet, så ditt är inte sparat och "
        f"inget är överskrivet. {' '.join(told)} Nu visas det som är sparat; det du skrev står "
        "kvar i fälten och kan sparas ovanpå."
    )
