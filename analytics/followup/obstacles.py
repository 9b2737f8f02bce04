"""What stops a tertial from being closed, and what one should know of its figures (K7)."""

from collections.abc import Iterable, Mapping, Sequence

from analytics.followup.figures import BookedAfter, TertialStatus
from analytics.money import whole_kronor
from analytics.swedish import kr


def obstacles(status: TertialStatus, open_before: Sequence[int]) -> list[str]:
    """Return a sentence for everything that stops closing; *open_before*: earlier open tertials."""
    found = []
    if status.budget_number is None:
        found.append(
            f"Det finns ingen beslutad budget för {status.year}. Besluta den på sidan Budget (K1)."
        )
    found += [f"Tertial {t} är öppet. Klarmarkera det först." for t in open_before]
    if not status.booked:
        found.append(
            f"Inget är bokfört i tertial {status.tertial}, så utfallet saknas. Läs in huvudboken "
            "på "
            "sidan Bokföring."
        )
    for o in status.unknown:
        name = f" {o.name}" if o.name else ""
        thing = f" med objekt {o.objekt}" if o.objekt else ""
        rows = "1 rad" if o.rows == 1 else f"{o.rows} rader"
        found.append(
            f"Konto {o.konto}{name}{thing} har ingen regel: {rows}, "
            f"{kr(whole_kronor(o.amount_ore))}. Lägg en regel på sidan Bokföring."
        )
    found += [
        f"{p.name} avviker mer än tröskeln och saknar {' och '.join(p.requires)}."
        for p in status.lines
        if p.requires
    ]
    found += [
        f"Aktiviteten {a.name} saknar status för tertial {status.tertial}."
        for a in status.activities
        if a.status is None and a.planned <= status.tertial
    ]
    return found


def notices(status: TertialStatus, after: Mapping[int, Iterable[BookedAfter]]) -> list[str]:
    """Return sentences about how far the figures reach. *after*: by earlier closed tertial, what
    was booked inside it after it was closed."""
    found = []
    if status.booked and not status.fully_booked:
        found.append(
            f"Bokfört till och med {status.booked_until}, men tertialet slutar {status.until}: "
            "avvikelsen hittills ser ut att vara mer pengar kvar än den är. Prognosen räknar med "
            "budgeten för de månader som saknas."
        )
    for tertial, rows in after.items():
        total = sum(row.amount_ore for row in rows)
        if any(row.amount_ore for row in rows):
            found.append(
                f"Efter att tertial {tertial} klarmarkerades har {kr(whole_kronor(total))} "
                "bokförts eller flyttats inom det. Det ingår i siffrorna här."
            )
    found += [
        f"{p.name} är bokförd men finns inte i budgeten {status.year}."
        for p in status.lines
        if not p.budget_year_kr and p.rows and status.budget_number
    ]
    what = "Utfallet" if len(status.months_ore) == 12 else "Prognosen"
    for part in status.parts:
        if part.forecast_kr is not None and part.forecast_kr > part.target_kr and status.frame_kr:
            name = part.name[:1].lower() + part.name[1:]
            found.append(
                f"{what} för {name} är {kr(part.forecast_kr - part.target_kr)} mer än delens "
                f"{kr(part.target_kr)} av ramen (K2)."
            )
    return found
