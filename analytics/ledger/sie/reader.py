"""The Swedish accounting format SIE, types 1–4: text in, records out, every fault with its line.

A record is a line: a label that begins with #, then fields apart by spaces, text within quotation
marks, objects within braces. Labels that are not known are passed over, as the format wants. What
is booked is #TRANS: a removed row (#BTRANS) is no longer there, and an added one (#RTRANS) is
followed by the same row as #TRANS. A fault is what may change an amount, its account or its day;
another field that is empty or odd is passed over, with a remark where it helps.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from analytics.errors import Fault
from analytics.files import recognise
from analytics.ledger.sie.fields import (
    QUOTED,
    FieldFault,
    missing,
    read_amount,
    read_day,
    read_konto,
    read_objekt,
    read_objekt_list,
    split_fields,
)
from analytics.ledger.sie.header import BALANCES, RECORDS, read_record
from analytics.ledger.sie.records import Sie, Transaction, Voucher
from analytics.swedish import ore_kr

# A whole #TRANS as almost all are written; one that differs is read field by field.
TRANS = re.compile(
    rf'#TRANS[ \t]+([0-9]+)[ \t]+\{{([^}}"]*+|(?:[^}}"]|{QUOTED})*+)\}}[ \t]+'
    r"(-?[0-9]+(?:\.[0-9]{1,2})?)"
    rf'(?:[ \t]+(?:""|([0-9]{{8}}))(?:[ \t]+(?:{QUOTED}|([^\s"{{}}]+))(?:[ \t][^{{}}]*+)?)?)?[ \t]*'
)
UNFINISHED = "verifikatet är inte avslutat med }; filen kan vara avhuggen"
AFTER_ADDED = "efter #RTRANS ska samma rad stå som #TRANS, med samma konto och belopp"
VER = re.compile(
    r'#VER[ \t]+("[^"]*"|\S+)[ \t]+("[^"]*"|\S+)[ \t]+("?[0-9]{8}"?)(?=\s|$)', re.IGNORECASE
)
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
COMMENT = ("//", "/*", ";")
HEAD = 20  # lines that may stand before #FLAGGA: a comment, a greeting


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
        # line, voucher, its date (None: it cannot be read, and has been told), text
        self.ver: tuple[int, str, date | None, str] | None = None
        self.open_one = False
        self.total = 0
        self.rows = 0
        self.broken = False  # the voucher has a fault of its own, and is not said to be unbalanced
        self.bad_days: set[str] = set()
        self.rtrans: tuple[int, str, int, list[str]] | None = None  # line, account, öre, the rest
        self.moved: list[int] = []

    def read(self, text: str) -> Sie:
        first = self._first(_lines(text))
        if first is None:
            shown = next((line.strip() for line in _lines(text) if line.strip()), "")
            allowed = "en SIE-fil börjar med #FLAGGA; kontrollera att det är rätt fil"
            self.sie.faults.append(Fault(1, None, shown, allowed))
            return self.sie
        for self.row, raw in enumerate(_lines(text), 1):
            if self.row <= first:
                continue
            line = raw.strip()
            try:
                if self.open_one and self.rtrans is None and (found := TRANS.fullmatch(line)):
                    self._fast(found)
                elif line:
                    self._row(line)
            except FieldFault as fault:
                self.broken = True
                self._fault(fault.column, fault.value, fault.allowed)
        if self.ver is not None:
            self._fault(None, self.ver[1], UNFINISHED, self.ver[0])
        if self.moved:
            shown = ", ".join(str(row) for row in self.moved[:5])
            self.sie.remarks.append(
                f"Tillagda rader (#RTRANS) med annan dag, text eller annat objekt än sin #TRANS: "
                f"{len(self.moved)} (rad {shown}). #TRANS gäller."
            )
        return self.sie

    def _first(self, lines: Iterable[str]) -> int | None:
        """Return where the first record stands; text before #FLAGGA is passed over and told."""
        before = 0
        for at, line in enumerate(lines):
            text = line.strip()
            if text.upper().startswith("#FLAGGA"):
                if before:
                    self.sie.remarks.append(
                        f"{before} rader före #FLAGGA hör inte till formatet och läses inte."
                        if before > 1
                        else "En rad före #FLAGGA hör inte till formatet och läses inte."
                    )
                return at
            before += bool(text)
            if before > HEAD or not _comment(text):
                return None
        return None

    def _fault(self, column: str | None, value: str, allowed: str, row: int = 0) -> None:
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
        self.rows += 1
        when = ver[2]
        if day and (when := self.days.get(day)) is None:
            when = self._day(day)
        konto = read_konto(account)
        if when is not None:  # else its day has been told, and the file is not read
            self.sie.transactions.append(
                Transaction(self.row, ver[1], when, konto, text or ver[3], ore, objects)
            )

    def _day(self, text: str) -> date | None:
        """Return a day; None for one that has been told already: one wrong date is one fault."""
        if text in self.bad_days:
            return None
        try:
            found = self.days[text] = read_day(text)
        except FieldFault:
            self.bad_days.add(text)
            raise
        return found

    def _row(self, line: str) -> None:
        if line in ("{", "}"):
            self._braces(line)
            return
        if line.startswith(COMMENT) and not self.open_one:
            return
        if not line.startswith("#"):
            raise FieldFault(None, line, "en rad ska börja med en etikett, som #TRANS")
        label, *remainder = _fields(line)
        if self.rtrans is not None:
            self._same_row(label, remainder, line)
        if self.open_one and label not in VOUCHER:
            if label not in RECORDS and label not in BALANCES:
                return  # a label of the program's own
            raise FieldFault(None, line, "i ett verifikat står #TRANS, #RTRANS och #BTRANS")
        if self.ver is not None and (label == "#VER" or not self.open_one):
            number, name = self.ver[0], self.ver[1]
            self.ver, was_open, self.open_one = None, self.open_one, False
            self._fault(None, name, UNFINISHED if was_open else "efter #VER ska { stå", number)
        if label not in VOUCHER:
            read_record(self.sie, self.row, label, remainder, line)
            return
        try:
            VOUCHER[label](self, remainder)
        except IndexError:
            raise missing(label, line) from None

    def _same_row(self, label: str, fields: list[str], line: str) -> None:
        """Tell of an added row whose #TRANS is not there, or is another amount or account."""
        row, account, ore, remainder = self.rtrans
        self.rtrans = None
        name = self.ver[1] if self.ver else ""
        if label != "#TRANS":
            self._fault(None, line, AFTER_ADDED)
            return
        try:
            same = (fields[0], _amount_in(fields)) == (account, ore)
        except (FieldFault, IndexError):
            return  # told where the row itself is read
        if not same:
            told = f"{AFTER_ADDED}; #RTRANS på rad {row} har {account} och {ore_kr(ore)}"
            self._fault(None, f"verifikat {name}: {line}", told)
        elif fields[1:] != remainder:
            self.moved.append(self.row)

    def _braces(self, line: str) -> None:
        if self.ver is None or self.open_one == (line == "{"):
            raise FieldFault(None, line, "klammern hör inte till något verifikat")
        if line == "{":
            self.open_one, self.total, self.rows = True, 0, 0
            self.broken = self.ver[2] is None
            return
        number, name, day, _ = self.ver
        if self.rtrans is not None:
            self._fault(None, name, AFTER_ADDED)
        if self.total and not self.broken:
            told = f"verifikatet balanserar inte, det skiljer {ore_kr(self.total)}"
            self._fault("belopp", name, told, number)
        if day is not None:
            self.sie.vouchers.append(Voucher(number, name, day, self.rows))
        self.ver, self.open_one, self.rtrans = None, False, None

    # ---- one method per label; a field that is missing is an IndexError ----

    def _ver(self, f: list[str]) -> None:
        series, number, day = f[0].strip(), f[1].strip(), f[2]
        brace = f[-1] == "{"
        text = f[3] if len(f) > 3 + brace else ""
        # a series without a number names no voucher: many have it
        name = f"{series} {number}".strip() if number else ""
        self.ver = (self.row, name, None, text.strip())
        try:
            self.ver = (self.row, name, self._day(day), text.strip())
        finally:
            if brace:
                self._braces("{")

    def _trans_row(self, f: list[str]) -> None:
        if not self.open_one:
            raise FieldFault(None, f[0], "en transaktion ska stå i ett verifikat")
        objects, remainder = read_objekt_list(f[1:])
        day, text = (*remainder[1:], "", "")[:2]
        self._trans(f[0], objects, remainder[0], day.strip(), text.strip())

    def _added(self, f: list[str]) -> None:
        if not self.open_one:
            raise FieldFault(None, f[0], "en transaktion ska stå i ett verifikat")
        self.rtrans = (self.row, f[0], _amount_in(f), f[1:])
        self.sie.added += 1

    def _removed(self, _f: list[str]) -> None:
        self.sie.removed_ones += 1


def _lines(text: str) -> Iterator[str]:
    """Yield the lines one at a time: all of them at once take twice the room of the file."""
    for found in LINE.finditer(text):
        yield found[1]


def _fields(line: str) -> list[str]:
    """Return label and fields; of a record that nothing counts only the label, if it is odd."""
    try:
        label, *remainder = split_fields(line)
    except FieldFault:
        label = line.split(maxsplit=1)[0].upper()
        if head := VER.match(line):  # a quotation mark too many in the voucher's text
            text = line[head.end() :].removesuffix("{").strip().strip('"')
            brace = ["{"] if line.endswith("{") else []
            return [label, *(part.strip('"') for part in head.groups()), text, *brace]
        if label in VOUCHER or label in BALANCES:
            raise
        return [label]
    return [label.upper(), *remainder]


def _amount_in(f: list[str]) -> int:
    """Return öre of a #TRANS or #RTRANS, whatever its objects are."""
    return read_amount(read_objekt_list(f[1:])[1][0])


def _comment(text: str) -> bool:
    """Return whether a line before #FLAGGA may be passed over: it is no other kind of record."""
    return not text.upper().startswith((*VOUCHER, *RECORDS, *BALANCES))


VOUCHER = {
    "#VER": _Reader._ver,
    "#TRANS": _Reader._trans_row,
    "#RTRANS": _Reader._added,
    "#BTRANS": _Reader._removed,
}
