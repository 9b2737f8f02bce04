"""The follow-up in sentences: is the year on plan, what will it end at, is it closed (K7)."""

from datetime import date

from analytics.budget import DELAR
from analytics.followup_rows import Tertiallage
from analytics.kontering import INTAKT, UTANFOR
from analytics.money import whole_kronor
from analytics.swedish import NBSP, datum, datum_ord, decimal, kr

MANAD = ("april", "augusti", "december")
BOKFORT_PA = {
    INTAKT: "Avgifter och andra intäkter",
    UTANFOR: "Utanför ramen",
    "okant": "Konton utan regel",
}


def svar(lage: Tertiallage) -> str:
    """Return the answer of the page in two or three sentences."""
    if lage.budget_nummer is None:
        return f"Ingen budget är beslutad för {lage.ar}, så det finns inget att följa upp mot."
    if not lage.bokfort:
        return (
            f"Inget är bokfört i tertial {lage.tertial} {lage.ar}: utfallet saknas, och det är "
            "inte noll."
        )
    return f"{_plan(lage)} {slutar(lage)} {_status(lage)}"


def slutar(lage: Tertiallage) -> str:
    """Return what the year will end at, against the frame (K1)."""
    end, frame = lage.summa.prognos_kr, lage.ram_kr
    if end is None or frame is None:
        return "Vad året slutar på är inte känt ännu."
    word = "slutade" if hela_aret(lage) else "beräknas sluta"
    if end == frame:
        return f"Året {word} på {kr(end)}, precis ramen (K1)."
    than = f"{kr(frame - end)} under" if end < frame else f"{kr(end - frame)} över"
    return f"Året {word} på {kr(end)}, {than} ramen {kr(frame)} (K1)."


def hittills(lage: Tertiallage) -> str:
    """Return how the outcome stands against the budget to date, without a full stop."""
    if not lage.klart_bokfort:
        return slutar(lage).removesuffix(".")
    left = whole_kronor(lage.summa.avvikelse_ore)
    where = f"till och med {MANAD[lage.tertial - 1]}"
    if not left:
        return f"Utfallet är på budgeten {where}"
    return f"Utfallet är {kr(abs(left))} {'under' if left > 0 else 'över'} budgeten {where}"


def fynd(lage: Tertiallage) -> str:
    """Return which line deviates the most at the year's end, without a full stop."""
    off = [p for p in lage.avvikande if p.prognos_avvikelse_kr]
    if off:
        most, amount = off[0], off[0].prognos_avvikelse_kr
        return (
            f"{most.namn} avviker mest: {kr(abs(amount))} {'mer' if amount < 0 else 'mindre'} än "
            "budgeten vid årets slut"
        )
    return "Ingen post avviker mer än tröskeln" if lage.bokfort else "Utfallet saknas"


def hela_aret(lage: Tertiallage) -> bool:
    """Whether the whole year is booked, so that the forecast is the outcome."""
    return len(lage.manader_ore) == 12


def _plan(lage: Tertiallage) -> str:
    if not lage.klart_bokfort:
        month = datum_ord(date.fromisoformat(lage.bokfort_till)).split(" ", 1)[1]
        return (
            f"Tertial {lage.tertial} är bokfört till och med {month}, så posternas avvikelse "
            "går inte att bedöma ännu."
        )
    count, off = len(lage.poster), len(lage.avvikande)
    to = f"till och med {MANAD[lage.tertial - 1]} {lage.ar}"
    if not off:
        return f"Alla {count} poster är på plan {to}."
    return f"{off} av {count} poster avviker mer än tröskeln {to}."


def _status(lage: Tertiallage) -> str:
    if lage.last:
        return f"Tertialet är klarmarkerat {datum(lage.stangd_nar.date())}."
    return "Tertialet är öppet."


def troskeln(lage: Tertiallage) -> str:
    """Return the threshold in words: "5 % av budgeten eller 50 000 kr"."""
    share = lage.troskel.procent
    places = 0 if share.denominator == 1 else 2
    return f"{decimal(share, places)}{NBSP}% av budgeten eller {kr(lage.troskel.belopp_kr)}"


def arets_rad(lage: Tertiallage) -> str:
    """Return one line for the start page: is the year on budget?"""
    if not lage.bokfort:
        return f"Budgeten {lage.ar} är beslutad, men inget är bokfört ännu."
    left = lage.summa.prognos_avvikelse_kr
    off = left is not None and lage.troskel.over(left * 100, lage.summa.budget_ar_kr)
    start = "Året är på budget."
    if off:
        way = "gå över" if left < 0 else "kosta mindre än"
        start = f"Året beräknas {way} budgeten."
    end = slutar(lage).removesuffix(".")
    closed = "klarmarkerat" if lage.last else "öppet"
    return f"{start} {end}, räknat på tertial {lage.tertial} ({closed})."


def hela_kedjan(lage: Tertiallage) -> list[tuple[str, int]]:
    """Return where every öre of the ledger to date is: (what, öre); they add up to all of it."""
    return [
        ("Budgetens poster", lage.summa.utfall_ore or 0),
        (BOKFORT_PA["okant"], lage.okant_ore),
        (BOKFORT_PA[INTAKT], lage.intakter_ore),
        (BOKFORT_PA[UTANFOR], lage.utanfor_ore),
    ]


def namn(lage: Tertiallage) -> dict[str, str]:
    """Return a name for each line by id, no two alike: with the part where names are the same."""
    names: dict[str, str] = {}
    for post in lage.poster:
        same = [p for p in lage.poster if p.namn == post.namn]
        name = f"{post.namn} ({DELAR[post.del_]})" if len(same) > 1 else post.namn
        names[post.id] = name if name not in names.values() else f"{name} {post.id}"
    return names


def rapporterade(lage: Tertiallage) -> str:
    """Return how many of the year's activities are done: "2 av 5 aktiviteter är klara"."""
    done = sum(a.status == "klar" for a in lage.aktiviteter)
    return f"{done} av {len(lage.aktiviteter)} aktiviteter är klara"


def underlag(lage: Tertiallage) -> list[str]:
    """Return what the figures rest on, a sentence each: for downloads."""
    lines = [
        f"Uppföljning {lage.period}, tertial {lage.tertial}. {svar(lage)}",
        f"Budgetens version {lage.budget_nummer}. Bokfört till och med {lage.bokfort_till}.",
        "Avvikelse är budget minus utfall: plus är pengar kvar.",
        f"Över {troskeln(lage)} krävs kommentar och åtgärd (K7).",
    ]
    return [*lines, *(["Exempelår: påhittade siffror."] if lage.exempel else [])]
