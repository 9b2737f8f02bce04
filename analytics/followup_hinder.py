"""What stops a tertial from being closed, and what one should know of its figures (K7)."""

from collections.abc import Iterable, Mapping, Sequence

from analytics.followup_rows import Efter, Tertiallage
from analytics.money import whole_kronor
from analytics.swedish import kr


def hinder(lage: Tertiallage, oppna_fore: Sequence[int]) -> list[str]:
    """Return a sentence for everything that stops closing; *oppna_fore*: earlier open tertials."""
    found = []
    if lage.budget_nummer is None:
        found.append(
            f"Det finns ingen beslutad budget för {lage.ar}. Besluta den på sidan Budget (K1)."
        )
    found += [f"Tertial {t} är öppet. Klarmarkera det först." for t in oppna_fore]
    if not lage.bokfort:
        found.append(
            f"Inget är bokfört i tertial {lage.tertial}, så utfallet saknas. Läs in huvudboken på "
            "sidan Bokföring."
        )
    for o in lage.okanda:
        name = f" {o.namn}" if o.namn else ""
        thing = f" med objekt {o.objekt}" if o.objekt else ""
        rows = "1 rad" if o.rader == 1 else f"{o.rader} rader"
        found.append(
            f"Konto {o.konto}{name}{thing} har ingen regel: {rows}, "
            f"{kr(whole_kronor(o.belopp_ore))}. Lägg en regel på sidan Bokföring."
        )
    found += [
        f"{p.namn} avviker mer än tröskeln och saknar {' och '.join(p.kraver)}."
        for p in lage.poster
        if p.kraver
    ]
    found += [
        f"Aktiviteten {a.namn} saknar status för tertial {lage.tertial}."
        for a in lage.aktiviteter
        if a.status is None and a.planerad <= lage.tertial
    ]
    return found


def upplysningar(lage: Tertiallage, efter: Mapping[int, Iterable[Efter]]) -> list[str]:
    """Return sentences about how far the figures reach. *efter*: by earlier closed tertial, what
    was booked inside it after it was closed."""
    found = []
    if lage.bokfort and not lage.klart_bokfort:
        found.append(
            f"Bokfört till och med {lage.bokfort_till}, men tertialet slutar {lage.till}: "
            "avvikelsen hittills ser ut att vara mer pengar kvar än den är. Prognosen räknar med "
            "budgeten för de månader som saknas."
        )
    for tertial, rows in efter.items():
        total = sum(row.belopp_ore for row in rows)
        if any(row.belopp_ore for row in rows):
            found.append(
                f"Efter att tertial {tertial} klarmarkerades har {kr(whole_kronor(total))} "
                "bokförts eller flyttats inom det. Det ingår i siffrorna här."
            )
    found += [
        f"{p.namn} är bokförd men finns inte i budgeten {lage.ar}."
        for p in lage.poster
        if not p.budget_ar_kr and p.rader and lage.budget_nummer
    ]
    what = "Utfallet" if len(lage.manader_ore) == 12 else "Prognosen"
    for part in lage.delar:
        if part.prognos_kr is not None and part.prognos_kr > part.mal_kr and lage.ram_kr:
            name = part.namn[:1].lower() + part.namn[1:]
            found.append(
                f"{what} för {name} är {kr(part.prognos_kr - part.mal_kr)} mer än delens "
                f"{kr(part.mal_kr)} av ramen (K2)."
            )
    return found
