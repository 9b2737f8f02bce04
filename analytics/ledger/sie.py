"""The Swedish accounting format SIE, types 1–4: text in, records out, every fault with its line.

A record is a line: a label that begins with #, then fields apart by spaces, text within quotation
marks, objects within braces. Labels that are not known are passed over, as the format wants. What
is booked is #TRANS: a removed row (#BTRANS) is no longer there, and an added one (#RTRANS) is
followed by the same row as #TRANS.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from analytics.errors import Fault
from analytics.files import recognise
from analytics.ledger.sie_fields import (
    QUOTED,
    FieldFault,
    read_amount,
    read_day,
    read_konto,
    read_objekt,
    read_objekt_list,
    read_period,
    read_year_number,
    split_fields,
)
from analytics.swedish import ore_kr

# A whole #TRANS as almost all are written; one that differs is read field by field.
TRANS = re.compile(
    rf'#TRANS[ \t]+([0-9]+)[ \t]+\{{([^}}"]*+|(?:[^}}"]|{QUOTED})*+)\}}[ \t]+'
    r"(-?[0-9]+(?:\.[0-9]{1,2})?)"
    rf'(?:[ \t]+(?:""|([0-9]{{8}}))(?:[ \t]+(?:{QUOTED}|([^\s"{{}}]+))(?:[ \t][^{{}}]*+)?)?)?[ \t]*'
)
UNFINISHED = "verifikatet är inte avslutat med }; filen kan vara avhuggen"


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
    """A balance: of a year (#RES, period "") or the change in a month (#PSALDO, "202703")."""

    row: int
    year_number: int
    period: str
    konto: str
    objekt: str
    amount_ore: int


@dataclass(slots=True)
class Sie:
    """What a file says. `faults` holds every fault; with one, nothing of it is to be used.

    budget: #PBUDGET as (account, object, "202703", öre). year_number 0 is the year of the file.
    """

    type_name: int = 1
    flag: str = ""
    program: str = ""
    company: str = ""
    orgnr: str = ""
    extent: date | None = None
    year: dict[int, tuple[date, date]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    objekt: dict[tuple[str, str], str] = field(default_factory=dict)
    verifikat: int = 0
    transactions: list[Transaction] = field(default_factory=list)
    added: int = 0
    removed_ones: int = 0
    res: list[SieBalance] = field(default_factory=list)
    psaldo: list[SieBalance] = field(default_factory=list)
    budget: list[tuple[str, str, str, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def is_sie(content: bytes) -> bool:
    """Return whether a file looks like SIE, in any code page, also with comments before it."""
    return recognise.is_sie(content)


def read(text: str) -> Sie:
    """Return what the file says. Faults are in its `faults`, by line; none is raised."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self.sie = Sie()
        self.days: dict[str, date] = {}
        self.list_all: dict[str, str] = {"": ""}
        self.row = 0
        self.ver: tuple[int, str, date, str] | None = None  # line, voucher, date, text
        self.open_one = False
        self.total = 0
        self.broken = False  # the voucher has a fault of its own, and is not said to be unbalanced
        self.rtrans: list[str] | None = None

    def read(self, text: str) -> Sie:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        first = next((line.strip() for line in lines if line.strip()), "")
        if not first.upper().startswith("#FLAGGA"):
            allowed = "en SIE-fil börjar med #FLAGGA; kontrollera att det är rätt fil"
            self.sie.faults.append(Fault(1, None, first, allowed))
            return self.sie
        for self.row, raw in enumerate(lines, 1):
            line = raw.strip()
            try:
                if self.open_one and self.rtrans is None and (found := TRANS.fullmatch(line)):
                    self._fast(found)
                elif line:
                    self._row(line)
            except FieldFault as fault:
                self.broken = True
                self._faults(fault.column, fault.value, fault.allowed)
        if self.ver is not None:
            self._faults(None, self.ver[1], UNFINISHED, self.ver[0])
        return self.sie

    def _faults(self, column: str | None, value: str, allowed: str, row: int = 0) -> None:
        self.sie.faults.append(Fault(row or self.row, column, value, allowed))

    def _fast(self, found: re.Match[str]) -> None:
        account, listed, _, amount, day, quoted, plain = found.groups()
        objects = self.list_all.get(listed)
        if objects is None:
            objects = self.list_all[listed] = read_objekt(split_fields(listed))
        text = quoted.replace('\\"', '"') if quoted is not None else plain
        self._trans(account, objects, amount, day or "", text or "")

    def _trans(self, account: str, objects: str, amount: str, day: str, text: str) -> None:
        ver = self.ver
        ore = read_amount(amount)
        self.total += ore
        when = ver[2]
        if day and (when := self.days.get(day)) is None:
            when = self.days[day] = read_day(day)
        self.sie.transactions.append(
            Transaction(self.row, ver[1], when, read_konto(account), text or ver[3], ore, objects)
        )

    def _row(self, line: str) -> None:
        if line in ("{", "}"):
            self._braces(line)
            return
        if not line.startswith("#"):
            raise FieldFault(None, line, "en rad ska börja med en etikett, som #TRANS")
        label, *remainder = split_fields(line)
        label = label.upper()
        if self.rtrans is not None and (label != "#TRANS" or remainder != self.rtrans):
            self._faults(None, line, "efter #RTRANS ska samma rad stå som #TRANS")
        self.rtrans = None
        if self.open_one and label not in ("#TRANS", "#RTRANS", "#BTRANS", "#VER"):
            raise FieldFault(None, line, "i ett verifikat står #TRANS, #RTRANS och #BTRANS")
        if self.ver is not None and (label == "#VER" or not self.open_one):
            number, name = self.ver[0], self.ver[1]
            self.ver, was_open, self.open_one = None, self.open_one, False
            self._faults(None, name, UNFINISHED if was_open else "efter #VER ska { stå", number)
        if label in READERS:
            try:
                READERS[label](self, remainder)
            except IndexError:
                raise FieldFault(None, line, f"{label} saknar ett eller flera fält") from None

    def _braces(self, line: str) -> None:
        if self.ver is None or self.open_one == (line == "{"):
            raise FieldFault(None, line, "klammern hör inte till något verifikat")
        if line == "{":
            self.open_one, self.total, self.broken = True, 0, False
            return
        number, name, *_ = self.ver
        if self.rtrans is not None:
            self._faults(None, name, "efter #RTRANS ska samma rad stå som #TRANS")
        if self.total and not self.broken:
            self._faults(
                "belopp",
                name,
                f"verifikatet balanserar inte, det skiljer {ore_kr(self.total)}",
                number,
            )
        self.ver, self.open_one, self.rtrans = None, False, None

    # ---- one method per label; a field that is missing is an IndexError ----

    def _ver(self, f: list[str]) -> None:
        series, number, day = f[0].strip(), f[1].strip(), f[2]
        brace = f[-1] == "{"
        text = f[3] if len(f) > 3 + brace else ""
        # a series without a number names no voucher: many have it
        name = f"{series} {number}".strip() if number else ""
        self.ver = (self.row, name, date.min, text.strip())
        self.sie.verifikat += 1
        if brace:
            self._braces("{")
        self.ver = (*self.ver[:2], read_day(day), self.ver[3])

    def _trans_row(self, f: list[str]) -> None:
        if not self.open_one:
            raise FieldFault(None, f[0], "en transaktion ska stå i ett verifikat")
        objects, remainder = read_objekt_list(f[1:])
        day, text = (*remainder[1:], "", "")[:2]
        self._trans(f[0], objects, remainder[0], day.strip(), text.strip())

    def _added(self, f: list[str]) -> None:
        self.rtrans = f
        self.sie.added += 1

    def _removed(self, _f: list[str]) -> None:
        self.sie.removed_ones += 1

    def _konto(self, f: list[str]) -> None:
        self.sie.accounts[read_konto(f[0])] = f[1].strip()

    def _rar(self, f: list[str]) -> None:
        first, last = read_day(f[1]), read_day(f[2])
        if last < first:
            raise FieldFault("datum", f[2], "räkenskapsåret slutar före sin början")
        self.sie.year[read_year_number(f[0])] = (first, last)

    def _res(self, f: list[str]) -> None:
        self.sie.res.append(
            SieBalance(
                self.row, read_year_number(f[0]), "", read_konto(f[1]), "", read_amount(f[2])
            )
        )

    def _psaldo(self, f: list[str]) -> None:
        self.sie.psaldo.append(SieBalance(self.row, *self._period(f)))

    def _budget(self, f: list[str]) -> None:
        _, month, account, objects, ore = self._period(f)
        self.sie.budget.append((account, objects, month, ore))

    def _period(self, f: list[str]) -> tuple[int, str, str, str, int]:
        objects, remainder = read_objekt_list(f[3:])
        return (
            read_year_number(f[0]),
            read_period(f[1]),
            read_konto(f[2]),
            objects,
            read_amount(remainder[0]),
        )

    def _objekt_name(self, f: list[str]) -> None:
        self.sie.objekt[f[0], f[1].strip()] = f[2].strip()

    def _dimension(self, f: list[str]) -> None:
        self.sie.dimensions[f[0]] = f[1].strip()

    def _type(self, f: list[str]) -> None:
        if f[0] not in ("1", "2", "3", "4"):
            raise FieldFault(None, f[0], "typen ska vara 1, 2, 3 eller 4")
        self.sie.type_name = int(f[0])

    def _currency(self, f: list[str]) -> None:
        if f[0].upper() != "SEK":
            raise FieldFault(None, f[0], "beloppen ska vara i svenska kronor (SEK)")

    def _extent(self, f: list[str]) -> None:
        self.sie.extent = read_day(f[0])

    def _label(self, **texts: str) -> None:
        for name, text in texts.items():
            setattr(self.sie, name, text.strip())


READERS = {
    "#VER": _Reader._ver,
    "#TRANS": _Reader._trans_row,
    "#RTRANS": _Reader._added,
    "#BTRANS": _Reader._removed,
    "#KONTO": _Reader._konto,
    "#RAR": _Reader._rar,
    "#RES": _Reader._res,
    "#PSALDO": _Reader._psaldo,
    "#PBUDGET": _Reader._budget,
    "#OBJEKT": _Reader._objekt_name,
    "#DIM": _Reader._dimension,
    "#UNDERDIM": _Reader._dimension,
    "#SIETYP": _Reader._type,
    "#VALUTA": _Reader._currency,
    "#OMFATTN": _Reader._extent,
    "#FLAGGA": lambda reader, f: reader._label(flag=f[0]),
    "#PROGRAM": lambda reader, f: reader._label(program=f[0]),
    "#FNAMN": lambda reader, f: reader._label(company=f[0]),
    "#ORGNR": lambda reader, f: reader._label(orgnr=f[0]),
}
