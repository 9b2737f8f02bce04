"""Ledger rows from a file in SIE: its vouchers, or its balances where it has no vouchers.

Type 4 has vouchers. Types 2 and 3 have what each account changed by in a month (#PSALDO), type 3
per object too, and type 1 the result so far (#RES): one row per account, month and object, under a
voucher name of its own, so that a later file can be told from the one before.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.ledger_row import LedgerRow
from analytics.sie import Saldo, Sie
from analytics.swedish import datum, ore_kr, tal

VERIFIKAT, SALDO = "verifikat", "saldo"
ARSSALDO = "Årssaldo"  # the voucher name of a result so far; the year follows
PROJEKT = "6"  # the dimension that the format keeps for projects
SHOWN = 5


@dataclass(slots=True)
class Rader:
    """Ledger rows as the store takes them; what they are (VERIFIKAT, SALDO); faults; remarks."""

    slag: str
    rader: list[LedgerRow] = field(default_factory=list)
    fel: list[Fault] = field(default_factory=list)
    anmarkningar: list[str] = field(default_factory=list)


def rader(sie: Sie, ar: int) -> Rader:
    """Return the rows of a file for the budget year *ar*. Faults of the reading come along."""
    found = Rader(VERIFIKAT if sie.transaktioner or not (sie.psaldo or sie.res) else SALDO)
    found.fel += sie.fel
    span = sie.ar.get(0, (date(ar, 1, 1), date(ar, 12, 31)))
    if ar not in range(span[0].year, span[1].year + 1):
        text = f"{datum(span[0])}–{datum(span[1])}"
        found.fel.append(Fault(1, "#RAR", text, f"filen gäller inte {ar}; välj ett annat år"))
        return found
    if found.slag == VERIFIKAT:
        _verifikat(sie, span, found)
    else:
        _saldon(sie, span, found)
    if not found.rader and not found.fel:
        found.fel.append(Fault(1, None, sie.foretag, "filen har varken verifikat eller saldon"))
    return found


def _verifikat(sie: Sie, span: tuple[date, date], found: Rader) -> None:
    first, last = span
    for t in sie.transaktioner:
        if not first <= t.datum <= last:
            allowed = f"datumet ligger utanför räkenskapsåret {datum(first)}–{datum(last)}"
            found.fel.append(Fault(t.rad, "datum", datum(t.datum), allowed))
        found.rader.append(
            LedgerRow(
                day=t.datum,
                konto=t.konto,
                text=t.text,
                amount_ore=t.belopp_ore,
                objekt=t.objekt,
                verifikat=t.verifikat,
            )
        )
    if sie.tillagda or sie.borttagna:
        found.anmarkningar.append(
            f"{tal(sie.tillagda)} rader är tillagda i efterhand (#RTRANS) och räknas, "
            f"{tal(sie.borttagna)} är borttagna (#BTRANS) och räknas inte."
        )
    if not sie.fel:
        found.anmarkningar += _mot_resultatet(sie)


def _mot_resultatet(sie: Sie) -> list[str]:
    """The vouchers against the result that the file itself states, account by account."""
    booked: dict[str, int] = defaultdict(int)
    for t in sie.transaktioner:
        booked[t.konto] += t.belopp_ore
    stated = {saldo.konto: saldo.belopp_ore for saldo in sie.res if saldo.arsnr == 0}
    differ = [k for k, ore in stated.items() if booked.get(k, 0) != ore]
    if not differ:
        return []
    shown = "; ".join(
        f"{k}: verifikaten {ore_kr(booked.get(k, 0))}, #RES {ore_kr(stated[k])}"
        for k in differ[:SHOWN]
    )
    more = f" och {len(differ) - SHOWN} konton till" if len(differ) > SHOWN else ""
    return [
        f"Verifikaten går inte ihop med filens eget resultat på {len(differ)} konton ({shown}"
        f"{more}). Kontrollera att filen har alla verifikat."
    ]


def _saldon(sie: Sie, span: tuple[date, date], found: Rader) -> None:
    found.anmarkningar.append(
        "Filen har saldon och inga verifikat. En rad per konto och månad läses in; av en senare "
        "fil läses det in som skiljer."
    )
    if not sie.psaldo:
        end = sie.omfattning or span[1]
        for saldo in sie.res:
            if saldo.arsnr == 0:
                found.rader.append(_saldorad(sie, end, f"{ARSSALDO} {span[0].year}", saldo))
        return
    own = [saldo for saldo in sie.psaldo if saldo.arsnr == 0]
    dim = dimension(own)
    if dim:
        name = sie.dimensioner.get(dim, "")
        found.anmarkningar.append(f"Saldona delas på dimension {dim} {name}".strip() + ".")
    for saldo in per_objekt(own, dim):
        year, month = int(saldo.period[:4]), int(saldo.period[4:])
        end = date(year, month, calendar.monthrange(year, month)[1])
        if not span[0] <= end <= span[1]:
            allowed = f"månaden ligger utanför räkenskapsåret {datum(span[0])}–{datum(span[1])}"
            found.fel.append(Fault(saldo.rad, "period", saldo.period, allowed))
            continue
        found.rader.append(_saldorad(sie, end, f"Saldo {saldo.period}", saldo))


def dimension(saldon: Iterable[Saldo]) -> str:
    """Return the dimension that balances are told by: projects if they are there, else the first.

    A row counts in every dimension, so that rows of two dimensions cannot be added up.
    """
    used = {saldo.objekt.partition("=")[0] for saldo in saldon if saldo.objekt}
    return PROJEKT if PROJEKT in used else min(used, key=int, default="")


def per_objekt(saldon: Iterable[Saldo], dim: str) -> list[Saldo]:
    """Return one balance per account, month and object of *dim*; what has no object is the rest.

    Where only another dimension tells of an account and month, it is told by that one.
    """
    groups: dict[tuple[str, str], list[Saldo]] = defaultdict(list)
    for saldo in saldon:
        groups[saldo.period, saldo.konto].append(saldo)
    found = []
    for group in groups.values():
        totals = [saldo for saldo in group if not saldo.objekt]
        own = _delade(group, dim)
        if not own and not totals:
            own = _delade(group, dimension(group)) or group
        found += own
        if totals:
            rest = totals[-1].belopp_ore - sum(saldo.belopp_ore for saldo in own)
            found.append(totals[-1]._replace(belopp_ore=rest))
    return [saldo for saldo in found if saldo.belopp_ore]


def _delade(saldon: Iterable[Saldo], dim: str) -> list[Saldo]:
    """Return those of *saldon* that are told by one object, of *dim*."""
    return [
        saldo
        for saldo in saldon
        if saldo.objekt and saldo.objekt.partition("=")[0] == dim and ";" not in saldo.objekt
    ]


def _saldorad(sie: Sie, day: date, voucher: str, saldo: Saldo) -> LedgerRow:
    return LedgerRow(
        day=day,
        konto=saldo.konto,
        text=sie.konton.get(saldo.konto) or "Saldo",
        amount_ore=saldo.belopp_ore,
        objekt=saldo.objekt,
        verifikat=voucher,
    )


def namn(sie: Sie, rows: Iterable[LedgerRow]) -> dict[str, str]:
    """Return the names of the accounts that *rows* are booked on, where the file has them."""
    used = {row.konto for row in rows}
    return {konto: name for konto, name in sie.konton.items() if konto in used and name}


def objektnamn(sie: Sie, rows: Iterable[LedgerRow]) -> dict[str, str]:
    """Return the names of the objects ("6=P12") that *rows* have, where the file has them."""
    used = {part for text in {row.objekt for row in rows} for part in text.split(";")}
    named = {f"{dim}={number}": name for (dim, number), name in sie.objekt.items() if name}
    return {part: named[part] for part in sorted(used) if part in named}
