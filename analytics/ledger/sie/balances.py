"""Balances of a file in SIE: which sums it states itself, and how its months are to be read.

What an account changed by in a month (#PSALDO) may stand once, or beside what its objects changed
by. In some programs the row without an object is the account's total and the objects are parts of
it; in others it is what has no object, and all rows add up. The file's own sums of the year (#RES,
or #UB less #IB) tell which.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analytics.errors import Fault
from analytics.ledger.sie.records import Sie, SieBalance
from analytics.swedish import ore_kr

PROJECT = "6"  # the dimension that the format keeps for projects
SHOWN = 5


@dataclass(slots=True, kw_only=True)
class MonthlyBalances:
    """The months' balances of a file, each amount once, and how they were read."""

    balances: list[SieBalance] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def is_result(konto: str) -> bool:
    """Return whether an account is a result account: 3 and up in Swedish plans of accounts."""
    return konto >= "3"


def stated_sums(sie: Sie) -> dict[str, int]:
    """Return what the file itself says that each account came to in its year, in öre.

    #RES is a result account's sum. A balance account's is #UB less #IB, where the file has #UB.
    """
    found = {b.konto: b.amount_ore for b in sie.res if b.year_number == 0}
    closing = {b.konto: b.amount_ore for b in sie.closing if b.year_number == 0}
    if closing:
        opening = {b.konto: b.amount_ore for b in sie.opening if b.year_number == 0}
        for konto in closing.keys() | opening.keys():
            if not is_result(konto):
                found[konto] = closing.get(konto, 0) - opening.get(konto, 0)
    return found


def holds_all(sums: Mapping[str, int], stated: Mapping[str, int]) -> bool:
    """Return whether rows with these *sums* per account are all that is booked in the year.

    They are when the file's own sums say the same for every account; an account that the file
    states no sum of is zero, if it states one of its kind. Only zeros tell nothing, and neither
    do balance accounts where no row is on one.
    """
    kinds = {is_result(konto) for konto in stated}
    if all(is_result(konto) for konto in sums):
        kinds.discard(False)
    compared = [k for k in sums.keys() | stated.keys() if is_result(k) in kinds]
    return any(stated.get(k) for k in compared) and all(
        sums.get(k, 0) == stated.get(k, 0) for k in compared
    )


def read_months(sie: Sie, stated: Mapping[str, int]) -> MonthlyBalances:
    """Return the changes of each account, month and object of the file's year, each once."""
    found = MonthlyBalances(faults=list(sie.faults_of.get("#PSALDO", ())))
    own = [balance for balance in sie.psaldo if balance.year_number == 0]
    dim = dimension(own)
    parts, added = _by_konto(by_objekt(own, dim)), _by_konto(_added_up(own))
    told: dict[bool, list[str]] = {True: [], False: []}  # accounts that are parts, or added up
    open_ones, alike = [], []
    for konto in added:
        sums = _total(parts.get(konto, ())), _total(added[konto])
        if sums[0] == sums[1]:
            if _by_month(parts.get(konto, ())) != _by_month(added[konto]):
                alike.append(konto)
            continue
        if konto not in stated:
            open_ones.append(konto)
        elif stated[konto] in sums:
            told[stated[konto] == sums[0]].append(konto)
        else:
            found.faults.append(_neither(own, konto, stated[konto], *sums))
    adds_up = bool(told[False]) and not told[True]
    for konto, rows in added.items():
        is_added = konto in told[False] or (adds_up and konto not in told[True])
        found.balances += rows if is_added else parts.get(konto, [])
    found.remarks += _told(sie, dim, parts, added, told, open_ones, adds_up)
    if alike and not (told[True] or told[False]):
        found.remarks.append(
            "Årets summa är densamma om rader med objekt är delar av kontots saldo eller läggs "
            f"till det, men månaderna skiljer. De läses som delar ({_name(alike)})."
        )
    return found


def _told(sie, dim, parts, added, told, open_ones, adds_up) -> list[str]:
    """Return how the objects were read, for who is to check it."""
    remarks = []
    if told[False]:
        remarks.append(
            "Rader med objekt läggs till raden utan objekt, för så stämmer filens egna summor "
            f"({_name(told[False])})."
        )
    if dim and (told[True] or not adds_up):
        name = sie.dimensions.get(dim, "")
        remarks.append(f"Saldona delas på dimension {dim} {name}".rstrip(" .") + ".")
    if open_ones and not (told[True] or told[False]):
        konto = open_ones[0]
        if not any(balance.objekt for balance in added[konto]):
            remarks.append(
                f"Konto {konto} har flera saldon för samma månad; det sista gäller "
                f"({_name(open_ones)})."
            )
            return remarks
        remarks.append(
            "Filen säger inte om rader med objekt är delar av kontots saldo eller läggs till det. "
            f"De läses som delar: {konto} blir {ore_kr(_total(parts.get(konto, ())))}, annars "
            f"{ore_kr(_total(added[konto]))} ({_name(open_ones)}). Exportera "
            "med #RES om det är fel."
        )
    return remarks


def _neither(own: list[SieBalance], konto: str, stated: int, as_parts: int, as_added: int) -> Fault:
    row = next(balance.row for balance in own if balance.konto == konto)
    allowed = (
        f"filens egen summa är {ore_kr(stated)}, men raderna blir {ore_kr(as_parts)} om objekten "
        f"är delar och {ore_kr(as_added)} om de läggs till; exportera filen på nytt"
    )
    return Fault(row, "#PSALDO", konto, allowed)


def _added_up(balances: Iterable[SieBalance]) -> list[SieBalance]:
    """Return one balance per account, month and object, where every row is an amount of its own."""
    found: dict[tuple[str, str, str], SieBalance] = {}
    for balance in balances:
        key = (balance.period, balance.konto, balance.objekt)
        before = found[key].amount_ore if key in found else 0
        found[key] = balance._replace(amount_ore=before + balance.amount_ore)
    return list(found.values())


def dimension(balances: Iterable[SieBalance]) -> str:
    """Return the dimension that parts are told by: projects if they are there, else the first.

    A row counts in every dimension, so that parts by two dimensions cannot be added up.
    """
    named = [balance.objekt for balance in balances if balance.objekt]
    one = [objekt for objekt in named if ";" not in objekt]
    used = {objekt.partition("=")[0] for objekt in one or named}
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
        own = _parts(group, dim)
        if not own and not totals:
            own = _parts(group, dimension(group)) or group
        found += own
        if totals:
            remainder = totals[-1].amount_ore - sum(balance.amount_ore for balance in own)
            found.append(totals[-1]._replace(amount_ore=remainder))
    return [balance for balance in found if balance.amount_ore]


def _parts(balances: Iterable[SieBalance], dim: str) -> list[SieBalance]:
    """Return those of *balances* that are told by one object, of *dim*."""
    return [
        balance
        for balance in balances
        if balance.objekt and balance.objekt.partition("=")[0] == dim and ";" not in balance.objekt
    ]


def _by_konto(balances: Iterable[SieBalance]) -> dict[str, list[SieBalance]]:
    found: dict[str, list[SieBalance]] = {}
    for balance in balances:
        found.setdefault(balance.konto, []).append(balance)
    return found


def _by_month(balances: Iterable[SieBalance]) -> dict[str, int]:
    """Return öre by month, without what is nothing."""
    found: dict[str, int] = defaultdict(int)
    for balance in balances:
        found[balance.period] += balance.amount_ore
    return {period: ore for period, ore in found.items() if ore}


def _total(balances: Iterable[SieBalance]) -> int:
    return sum(balance.amount_ore for balance in balances)


def _name(accounts: list[str]) -> str:
    more = len(accounts) - SHOWN
    return "konto " + ", ".join(accounts[:SHOWN]) + (f" och {more} till" if more > 0 else "")
