"""What the records of a file in SIE hold, as the reader leaves them."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from analytics.errors import Fault


class Transaction(NamedTuple):
    """One booked row: line, voucher ("A 17"), date, account, text, öre (debit plus), objects."""

    row: int
    verifikat: str
    day: date
    konto: str
    text: str
    amount_ore: int
    objekt: str


class SieBalance(NamedTuple):
    """A balance: of a year (#RES, #IB, #UB, period "") or the change in a month ("202703")."""

    row: int
    year_number: int
    period: str
    konto: str
    objekt: str
    amount_ore: int


class Voucher(NamedTuple):
    """A voucher's line, name ("A 17", "" without a number), date, and how many rows it has."""

    row: int
    name: str
    day: date
    rows: int


@dataclass(slots=True, kw_only=True)
class Sie:
    """What a file says. `faults` holds every fault in it that changes what is booked; with one,
    nothing of it is to be used. year_number 0 is the year of the file.

    budget: #PBUDGET, as balances of a month. faults_of: faults in records that only some readers
    use, by label (#PSALDO, #PBUDGET). remarks: what was read although it is not as it should be.
    added, removed_ones: how many rows are #RTRANS, and #BTRANS.
    """

    type_number: int = 1
    flag: str = ""
    program: str = ""
    company: str = ""
    orgnr: str = ""
    generated: date | None = None
    extent: date | None = None
    year: dict[int, tuple[date, date]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    objekt: dict[tuple[str, str], str] = field(default_factory=dict)
    vouchers: list[Voucher] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    added: int = 0
    removed_ones: int = 0
    res: list[SieBalance] = field(default_factory=list)
    opening: list[SieBalance] = field(default_factory=list)
    closing: list[SieBalance] = field(default_factory=list)
    psaldo: list[SieBalance] = field(default_factory=list)
    budget: list[SieBalance] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    faults_of: dict[str, list[Fault]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
