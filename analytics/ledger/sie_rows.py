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
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie import Sie, SieBalance
from analytics.swedish import date_text, ore_kr, whole

VERIFIKAT, BALANCE = "verifikat", "saldo"
YEAR_BALANCE = "Årssaldo"  # the voucher name of a result so far; the year follows
PROJECT = "6"  # the dimension that the format keeps for projects
SHOWN = 5


@dataclass(slots=True)
class LedgerRows:
    """Ledger rows as the store takes them; what they are (VERIFIKAT, BALANCE); faults; remarks."""

    kind: str
    rows: list[LedgerRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def rows_of(sie: Sie, year: int) -> LedgerRows:
    """Return the rows of a file for the budget year *year*. Faults of the reading come along."""
    found = LedgerRows(VERIFIKAT if sie.transactions or not (sie.psaldo or sie.res) else BALANCE)
    found.faults += sie.faults
    span = sie.year.get(0, (date(year, 1, 1), date(year, 12, 31)))
    if year not in range(span[0].year, span[1].year + 1):
        text = f"{date_text(span[0])}–{date_text(span[1])}"
        found.faults.append(Fault(1, "#RAR", text, f"filen gäller inte {year}; välj ett annat år"))
        return found
    if found.kind == VERIFIKAT:
        _verifikat(sie, span, found)
    else:
        _balances(sie, span, found)
    if not found.rows and not found.faults:
        found.faults.append(Fault(1, None, sie.company, "filen har varken verifikat eller saldon"))
    return found


def _verifikat(sie: Sie, span: tuple[date, date], found: LedgerRows) -> None:
    first, last = span
    for t in sie.transactions:
        if not first <= t.day <= last:
            allowed = f"datumet ligger utanför räkenskapsåret {date_text(first)}–{date_text(last)}"
            found.faults.append(Fault(t.row, "datum", date_text(t.day), allowed))
        found.rows.append(
            LedgerRow(
                day=t.day,
                konto=t.konto,
                text=t.text,
                amount_ore=t.amount_ore,
                objekt=t.objekt,
                verifikat=t.verifikat,
            )
        )
    if sie.added or sie.removed_ones:
        found.remarks.append(
            f"{whole(sie.added)} rader är tillagda i efterhand (#RTRANS) och räknas, "
            f"{whole(sie.removed_ones)} är borttagna (#BTRANS) och räknas inte."
        )
    if not sie.faults:
        found.remarks += _against_result(sie)


def _against_result(sie: Sie) -> list[str]:
    """The vouchers against the result that the file itself states, account by account."""
    booked: dict[str, int] = defaultdict(int)
    for t in sie.transactions:
        booked[t.konto] += t.amount_ore
    stated = {balance.konto: balance.amount_ore for balance in sie.res if balance.year_number == 0}
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


def _balances(sie: Sie, span: tuple[date, date], found: LedgerRows) -> None:
    found.remarks.append(
        "Filen har saldon och inga verifikat. En rad per konto och månad läses in; av en senare "
        "fil läses det in som skiljer."
    )
    if not sie.psaldo:
        end = sie.extent or span[1]
        for balance in sie.res:
            if balance.year_number == 0:
                found.rows.append(_balance_row(sie, end, f"{YEAR_BALANCE} {span[0].year}", balance))
        return
    own = [balance for balance in sie.psaldo if balance.year_number == 0]
    dim = dimension(own)
    if dim:
        name = sie.dimensions.get(dim, "")
        found.remarks.append(f"Saldona delas på dimension {dim} {name}".strip() + ".")
    for balance in by_objekt(own, dim):
        year, month = int(balance.period[:4]), int(balance.period[4:])
        end = date(year, month, calendar.monthrange(year, month)[1])
        if not span[0] <= end <= span[1]:
            allowed = (
                f"månaden ligger utanför räkenskapsåret {date_text(span[0])}–{date_text(span[1])}"
            )
            found.faults.append(Fault(balance.row, "period", balance.period, allowed))
            continue
        found.rows.append(_balance_row(sie, end, f"Saldo {balance.period}", balance))


def dimension(balances: Iterable[SieBalance]) -> str:
    """Return the dimension that balances are told by: projects if they are there, else the first.

    A row counts in every dimension, so that rows of two dimensions cannot be added up.
    """
    used = {balance.objekt.partition("=")[0] for balance in balances if balance.objekt}
    return PROJECT if PROJECT in used else min(used, key=int, default="")


def by_objekt(balances: Iterable[SieBalance], dim: str) -> list[SieBalance]:
    """Return one balance per account, month and object of *dim*; what has no object is the rest.

    Where only another dimension tells of an account and month, it is told by that one.
    """
    groups: dict[tuple[str, str], list[SieBalance]] = defaultdict(list)
    for balance in balances:
        groups[balance.period, balance.konto].append(balance)
    found = []
    for group in groups.values():
        totals = [balance for balance in group if not balance.objekt]
        own = _shared_rows(group, dim)
        if not own and not totals:
            own = _shared_rows(group, dimension(group)) or group
        found += own
        if totals:
            remainder = totals[-1].amount_ore - sum(balance.amount_ore for balance in own)
            found.append(totals[-1]._replace(amount_ore=remainder))
    return [balance for balance in found if balance.amount_ore]


def _shared_rows(balances: Iterable[SieBalance], dim: str) -> list[SieBalance]:
    """Return those of *balances* that are told by one object, of *dim*."""
    return [
        balance
        for balance in balances
        if balance.objekt and balance.objekt.partition("=")[0] == dim and ";" not in balance.objekt
    ]


def _balance_row(sie: Sie, day: date, voucher: str, balance: SieBalance) -> LedgerRow:
    return LedgerRow(
        day=day,
        konto=balance.konto,
        text=sie.accounts.get(balance.konto) or "Saldo",
        amount_ore=balance.amount_ore,
        objekt=balance.objekt,
        verifikat=voucher,
    )


def konto_names(sie: Sie, rows: Iterable[LedgerRow]) -> dict[str, str]:
    """Return the names of the accounts that *rows* are booked on, where the file has them."""
    used = {row.konto for row in rows}
    return {konto: name for konto, name in sie.accounts.items() if konto in used and name}


def objekt_names(sie: Sie, rows: Iterable[LedgerRow]) -> dict[str, str]:
    """Return the names of the objects ("6=P12") that *rows* have, where the file has them."""
    used = {part for text in {row.objekt for row in rows} for part in text.split(";")}
    named = {f"{dim}={number}": name for (dim, number), name in sie.objekt.items() if name}
    return {part: named[part] for part in sorted(used) if part in named}
