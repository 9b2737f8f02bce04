"""The follow-up in sentences: is the year on plan, what will it end at, is it closed (K7)."""

from datetime import date

from analytics.budget.lines import PARTS
from analytics.followup.figures import TertialStatus
from analytics.ledger.posting_rules import INCOME, OUTSIDE
from analytics.money import whole_kronor
from analytics.swedish import NBSP, date_text, date_words, decimal, kr

MONTH = ("april", "augusti", "december")
BOOKED_ON = {
    INCOME: "Avgifter och andra intäkter",
    OUTSIDE: "Utanför ramen",
    "okant": "Konton utan regel",
}


def answer(status: TertialStatus) -> str:
    """Return the answer of the page in two or three sentences."""
    if status.budget_number is None:
        return f"Ingen budget är beslutad för {status.year}, så det finns inget att följa upp mot."
    if not status.booked:
        return (
            f"Inget är bokfört i tertial {status.tertial} {status.year}: utfallet saknas, och det "
            "är "
            "inte noll."
        )
    return f"{_plan(status)} {ends(status)} {_status(status)}"


def ends(status: TertialStatus) -> str:
    """Return what the year will end at, against the frame (K1)."""
    end, frame = status.total.forecast_kr, status.frame_kr
    if end is None or frame is None:
        return "Vad året slutar på är inte känt ännu."
    word = "slutade" if whole_year(status) else "beräknas sluta"
    if end == frame:
        return f"Året {word} på {kr(end)}, precis ramen (K1)."
    than = f"{kr(frame - end)} under" if end < frame else f"{kr(end - frame)} över"
    return f"Året {word} på {kr(end)}, {than} ramen {kr(frame)} (K1)."


def so_far(status: TertialStatus) -> str:
    """Return how the outcome stands against the budget to date, without a full stop."""
    if not status.fully_booked:
        return ends(status).removesuffix(".")
    left = whole_kronor(status.total.deviation_ore)
    where = f"till och med {MONTH[status.tertial - 1]}"
    if not left:
        return f"Utfallet är på budgeten {where}"
    return f"Utfallet är {kr(abs(left))} {'under' if left > 0 else 'över'} budgeten {where}"


def finding(status: TertialStatus) -> str:
    """Return which line deviates the most at the year's end, without a full stop."""
    off = [p for p in status.deviating if p.forecast_deviation_kr]
    if off:
        most, amount = off[0], off[0].forecast_deviation_kr
        return (
            f"{most.name} avviker mest: {kr(abs(amount))} {'mer' if amount < 0 else 'mindre'} än "
            "budgeten vid årets slut"
        )
    return "Ingen post avviker mer än tröskeln" if status.booked else "Utfallet saknas"


def whole_year(status: TertialStatus) -> bool:
    """Whether the whole year is booked, so that the forecast is the outcome."""
    return len(status.months_ore) == 12


def _plan(status: TertialStatus) -> str:
    if not status.fully_booked:
        month = date_words(date.fromisoformat(status.booked_until)).split(" ", 1)[1]
        return (
            f"Tertial {status.tertial} är bokfört till och med {month}, så posternas avvikelse "
            "går inte att bedöma ännu."
        )
    count, off = len(status.lines), len(status.deviating)
    to = f"till och med {MONTH[status.tertial - 1]} {status.year}"
    if not off:
        return f"Alla {count} poster är på plan {to}."
    return f"{off} av {count} poster avviker mer än tröskeln {to}."


def _status(status: TertialStatus) -> str:
    if status.locked:
        return f"Tertialet är klarmarkerat {date_text(status.closed_when.date())}."
    return "Tertialet är öppet."


def threshold_text(status: TertialStatus) -> str:
    """Return the threshold in words: "5 % av budgeten eller 50 000 kr"."""
    share = status.threshold.percent
    places = 0 if share.denominator == 1 else 2
    return f"{decimal(share, places)}{NBSP}% av budgeten eller {kr(status.threshold.amount_kr)}"


def row_of_year(status: TertialStatus) -> str:
    """Return one line for the start page: is the year on budget?"""
    if not status.booked:
        return f"Budgeten {status.year} är beslutad, men inget är bokfört ännu."
    left = status.total.forecast_deviation_kr
    off = left is not None and status.threshold.over(left * 100, status.total.budget_year_kr)
    start = "Året är på budget."
    if off:
        way = "gå över" if left < 0 else "kosta mindre än"
        start = f"Året beräknas {way} budgeten."
    end = ends(status).removesuffix(".")
    closed = "klarmarkerat" if status.locked else "öppet"
    return f"{start} {end}, räknat på tertial {status.tertial} ({closed})."


def whole_chain(status: TertialStatus) -> list[tuple[str, int]]:
    """Return where every öre of the ledger to date is: (what, öre); they add up to all of it."""
    return [
        ("Budgetens poster", status.total.outcome_ore or 0),
        (BOOKED_ON["okant"], status.unknown_ore),
        (BOOKED_ON[INCOME], status.income_ore),
        (BOOKED_ON[OUTSIDE], status.outside_ore),
    ]


def line_name(status: TertialStatus) -> dict[str, str]:
    """Return a name for each line by id, no two alike: with the part where names are the same."""
    names: dict[str, str] = {}
    for post in status.lines:
        same = [p for p in status.lines if p.name == post.name]
        name = f"{post.name} ({PARTS[post.part_of_frame]})" if len(same) > 1 else post.name
        names[post.id] = name if name not in names.values() else f"{name} {post.id}"
    return names


def reported(status: TertialStatus) -> str:
    """Return how many of the year's activities are done: "2 av 5 aktiviteter är klara"."""
    done = sum(a.status == "klar" for a in status.activities)
    return f"{done} av {len(status.activities)} aktiviteter är klara"


def grounds(status: TertialStatus) -> list[str]:
    """Return what the figures rest on, a sentence each: for downloads."""
    lines = [
        f"Uppföljning {status.period}, tertial {status.tertial}. {answer(status)}",
        f"Budgetens version {status.budget_number}. Bokfört till och med {status.booked_until}.",
        "Avvikelse är budget minus utfall: plus är pengar kvar.",
        f"Över {threshold_text(status)} krävs kommentar och åtgärd (K7).",
    ]
    return [*lines, *(["Exempelår: påhittade siffror."] if status.example else [])]
