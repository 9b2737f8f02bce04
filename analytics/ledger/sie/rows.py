"""Ledger rows from a file in SIE: its vouchers, or its balances where it has no vouchers.

Type 4 has vouchers. Types 2 and 3 have what each account changed by in a month (#PSALDO), type 3
per object too, and type 1 the result so far (#RES): one row per account, month and object, under a
voucher name of its own, so that a later file can be told from the one before.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.ledger.row import LedgerRow
from analytics.ledger.sie.balances import holds_all, is_result, read_months, stated_sums
from analytics.ledger.sie.records import Sie, SieBalance, Voucher
from analytics.swedish import date_text, whole

VERIFIKAT, BALANCE = "verifikat", "saldo"
MONTH_BALANCE, YEAR_BALANCE = "Saldo", "Årssaldo"  # voucher names; the month or the year follows

OF_BALANCES = (
    "Filen har saldon och inga verifikat. En rad per konto och månad läses in; av en senare fil "
    "läses det in som skiljer."
)


@dataclass(slots=True, kw_only=True)
class LedgerRows:
    """Ledger rows as the store takes them; what they are (VERIFIKAT, BALANCE); faults; remarks.

    vouchers: every voucher of the file, also one whose rows have all been struck. stated: the
    file's own sums per account, öre. months: the months that its balances speak of, first days.
    since, until: the file's financial year. end: the last day that it speaks of. whole: its own
    sums say that it has all that is booked to that day.
    """

    kind: str
    since: date
    until: date
    end: date
    rows: list[LedgerRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    vouchers: list[Voucher] = field(default_factory=list)
    stated: dict[str, int] = field(default_factory=dict)
    months: list[date] = field(default_factory=list)
    whole: bool = False

    @property
    def span(self) -> str:
        return f"{date_text(self.since)}–{date_text(self.until)}"


def rows_of(sie: Sie, year: int) -> LedgerRows:
    """Return the rows of a file for the budget year *year*. Faults of the reading come along."""
    since, until = sie.year.get(0, (date(year, 1, 1), date(year, 12, 31)))
    end = sie.extent if sie.extent and since <= sie.extent <= until else until
    kind = BALANCE if _has_balances_only(sie) else VERIFIKAT
    found = LedgerRows(kind=kind, since=since, until=until, end=end)
    found.faults += sie.faults
    found.remarks += sie.remarks
    if sie.faults:
        return found
    if year not in range(since.year, until.year + 1):
        told = f"filen gäller inte {year}; välj ett annat år"
        found.faults.append(Fault(1, "#RAR", found.span, told))
        return found
    found.stated = stated_sums(sie)
    if found.kind == VERIFIKAT:
        _vouchers(sie, found)
    else:
        _balances(sie, found)
    for label in ("#RES", "#IB", "#UB"):
        _told_apart(sie, label, found)
    return found


def _has_balances_only(sie: Sie) -> bool:
    """Return whether balances are what is booked: a #RES in type 4 is a sum of its vouchers."""
    months = any(b.year_number == 0 for b in sie.psaldo) or "#PSALDO" in sie.faults_of
    of_year = sie.type_number != 4 and bool(sie.res)
    return not sie.vouchers and (months or of_year)


def _vouchers(sie: Sie, found: LedgerRows) -> None:
    found.vouchers = sie.vouchers
    told: set[tuple[str, date]] = set()
    left = sie.transactions[::-1]
    sie.transactions = []
    while left:  # each is let go of when its row is made
        t = left.pop()
        if not found.since <= t.day <= found.until and (t.verifikat, t.day) not in told:
            told.add((t.verifikat, t.day))
            allowed = f"datumet ligger utanför räkenskapsåret {found.span}"
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
            f"Rader som är tillagda i efterhand (#RTRANS) och räknas: {whole(sie.added)}; "
            f"borttagna (#BTRANS) och räknas inte: {whole(sie.removed_ones)}."
        )
    sums = sums_of(found.rows)
    found.whole = holds_all(sums, found.stated)
    found.end = max([found.end, *(row.day for row in found.rows)])
    if sie.vouchers or found.faults:
        return
    if not found.stated:
        told_all = "filen har varken verifikat eller saldon"
        found.faults.append(Fault(1, None, sie.company, told_all))
    else:
        found.remarks.append("Filen har inga verifikat, så inget läses in ur den.")


def _balances(sie: Sie, found: LedgerRows) -> None:
    if not sie.psaldo and "#PSALDO" not in sie.faults_of:
        own = [b for b in sie.res if b.year_number == 0]
        found.faults += sie.faults_of.pop("#RES", [])
        found.rows += [
            _balance_row(sie, found.end, f"{YEAR_BALANCE} {found.since.year}", b)
            for b in own
            if b.amount_ore
        ]
        if not own and not found.faults:
            found.faults.append(Fault(1, None, sie.company, "filen har inga saldon för sitt år"))
        found.stated = {k: ore for k, ore in found.stated.items() if is_result(k)}
        found.whole = bool(own)
        found.remarks.append(OF_BALANCES)
        return
    read = read_months(sie, found.stated)
    found.faults += read.faults
    found.remarks.append(OF_BALANCES)
    found.remarks += read.remarks
    outside = set()
    for balance in read.balances:
        day = _month_end(balance.period)
        if found.since <= day <= found.until:
            if balance.amount_ore:
                voucher = f"{MONTH_BALANCE} {balance.period}"
                found.rows.append(_balance_row(sie, day, voucher, balance))
        elif balance.period not in outside:
            outside.add(balance.period)
            told = f"månaden ligger utanför räkenskapsåret {found.span}"
            found.faults.append(Fault(balance.row, "period", balance.period, told))
    own_months = {b.period for b in sie.psaldo if b.year_number == 0}
    found.months = sorted(_month_end(period).replace(day=1) for period in own_months)
    sums = sums_of(found.rows)
    found.whole = holds_all(sums, found.stated)
    found.stated = sums | found.stated
    if not own_months and not found.faults:
        found.faults.append(Fault(1, None, sie.company, "filen har inga saldon för sitt år"))


def _told_apart(sie: Sie, label: str, found: LedgerRows) -> None:
    if wrong := sie.faults_of.get(label):
        found.remarks.append(
            f"{label} går inte att läsa på rad {wrong[0].line}, så den summan jämförs inte."
        )


def sums_of(rows: Iterable[LedgerRow]) -> dict[str, int]:
    """Return what the rows come to per account, öre."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.konto] = found.get(row.konto, 0) + row.amount_ore
    return found


def _month_end(period: str) -> date:
    year, month = int(period[:4]), int(period[4:])
    return date(year, month, calendar.monthrange(year, month)[1])


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
