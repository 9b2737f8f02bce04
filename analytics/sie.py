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
from analytics.sie_fields import (
    QUOTED,
    FaltFel,
    arsnummer,
    belopp,
    dag,
    falt,
    konto,
    objekt,
    objektlista,
    period,
)
from analytics.swedish import ore_kr

# A whole #TRANS as almost all are written; one that differs is read field by field.
TRANS = re.compile(
    rf'#TRANS[ \t]+([0-9]+)[ \t]+\{{([^}}"]*+|(?:[^}}"]|{QUOTED})*+)\}}[ \t]+'
    r"(-?[0-9]+(?:\.[0-9]{1,2})?)"
    rf'(?:[ \t]+(?:""|([0-9]{{8}}))(?:[ \t]+(?:{QUOTED}|([^\s"{{}}]+))(?:[ \t][^{{}}]*+)?)?)?[ \t]*'
)
OAVSLUTAT = "verifikatet är inte avslutat med }; filen kan vara avhuggen"


class Transaktion(NamedTuple):
    """One booked row: line, voucher ("A 17"), date, account, text, öre (debit plus), objects."""

    rad: int
    verifikat: str
    datum: date
    konto: str
    text: str
    belopp_ore: int
    objekt: str


class Saldo(NamedTuple):
    """A balance: of a year (#RES, period "") or the change in a month (#PSALDO, "202703")."""

    rad: int
    arsnr: int
    period: str
    konto: str
    objekt: str
    belopp_ore: int


@dataclass(slots=True)
class Sie:
    """What a file says. `fel` holds every fault; with one, nothing of it is to be used.

    budget: #PBUDGET as (account, object, "202703", öre). arsnr 0 is the year of the file.
    """

    typ: int = 1
    flagga: str = ""
    program: str = ""
    foretag: str = ""
    orgnr: str = ""
    omfattning: date | None = None
    ar: dict[int, tuple[date, date]] = field(default_factory=dict)
    konton: dict[str, str] = field(default_factory=dict)
    dimensioner: dict[str, str] = field(default_factory=dict)
    objekt: dict[tuple[str, str], str] = field(default_factory=dict)
    verifikat: int = 0
    transaktioner: list[Transaktion] = field(default_factory=list)
    tillagda: int = 0
    borttagna: int = 0
    res: list[Saldo] = field(default_factory=list)
    psaldo: list[Saldo] = field(default_factory=list)
    budget: list[tuple[str, str, str, int]] = field(default_factory=list)
    fel: list[Fault] = field(default_factory=list)


def ar_sie(content: bytes) -> bool:
    """Return whether a file looks like SIE: its first sign is the # of a label."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"#")


def las(text: str) -> Sie:
    """Return what the file says. Faults are in its `fel`, by line; none is raised."""
    return _Lasare().las(text)


class _Lasare:
    def __init__(self) -> None:
        self.sie = Sie()
        self.dagar: dict[str, date] = {}
        self.lista: dict[str, str] = {"": ""}
        self.rad = 0
        self.ver: tuple[int, str, date, str] | None = None  # line, voucher, date, text
        self.oppen = False
        self.summa = 0
        self.trasigt = False  # the voucher has a fault of its own, and is not said to be unbalanced
        self.rtrans: list[str] | None = None

    def las(self, text: str) -> Sie:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        first = next((line.strip() for line in lines if line.strip()), "")
        if not first.upper().startswith("#FLAGGA"):
            allowed = "en SIE-fil börjar med #FLAGGA; kontrollera att det är rätt fil"
            self.sie.fel.append(Fault(1, None, first, allowed))
            return self.sie
        for self.rad, raw in enumerate(lines, 1):
            line = raw.strip()
            try:
                if self.oppen and self.rtrans is None and (found := TRANS.fullmatch(line)):
                    self._snabb(found)
                elif line:
                    self._rad(line)
            except FaltFel as fault:
                self.trasigt = True
                self._fel(fault.column, fault.value, fault.allowed)
        if self.ver is not None:
            self._fel(None, self.ver[1], OAVSLUTAT, self.ver[0])
        return self.sie

    def _fel(self, column: str | None, value: str, allowed: str, rad: int = 0) -> None:
        self.sie.fel.append(Fault(rad or self.rad, column, value, allowed))

    def _snabb(self, found: re.Match[str]) -> None:
        account, listed, _, amount, day, quoted, plain = found.groups()
        objects = self.lista.get(listed)
        if objects is None:
            objects = self.lista[listed] = objekt(falt(listed))
        text = quoted.replace('\\"', '"') if quoted is not None else plain
        self._trans(account, objects, amount, day or "", text or "")

    def _trans(self, account: str, objects: str, amount: str, day: str, text: str) -> None:
        ver = self.ver
        ore = belopp(amount)
        self.summa += ore
        when = ver[2]
        if day and (when := self.dagar.get(day)) is None:
            when = self.dagar[day] = dag(day)
        self.sie.transaktioner.append(
            Transaktion(self.rad, ver[1], when, konto(account), text or ver[3], ore, objects)
        )

    def _rad(self, line: str) -> None:
        if line in ("{", "}"):
            self._klammer(line)
            return
        if not line.startswith("#"):
            raise FaltFel(None, line, "en rad ska börja med en etikett, som #TRANS")
        label, *rest = falt(line)
        label = label.upper()
        if self.rtrans is not None and (label != "#TRANS" or rest != self.rtrans):
            self._fel(None, line, "efter #RTRANS ska samma rad stå som #TRANS")
        self.rtrans = None
        if self.oppen and label not in ("#TRANS", "#RTRANS", "#BTRANS", "#VER"):
            raise FaltFel(None, line, "i ett verifikat står #TRANS, #RTRANS och #BTRANS")
        if self.ver is not None and (label == "#VER" or not self.oppen):
            number, name = self.ver[0], self.ver[1]
            self.ver, was_open, self.oppen = None, self.oppen, False
            self._fel(None, name, OAVSLUTAT if was_open else "efter #VER ska { stå", number)
        if label in LASARE:
            try:
                LASARE[label](self, rest)
            except IndexError:
                raise FaltFel(None, line, f"{label} saknar ett eller flera fält") from None

    def _klammer(self, line: str) -> None:
        if self.ver is None or self.oppen == (line == "{"):
            raise FaltFel(None, line, "klammern hör inte till något verifikat")
        if line == "{":
            self.oppen, self.summa, self.trasigt = True, 0, False
            return
        number, name, *_ = self.ver
        if self.rtrans is not None:
            self._fel(None, name, "efter #RTRANS ska samma rad stå som #TRANS")
        if self.summa and not self.trasigt:
            self._fel(
                "belopp",
                name,
                f"verifikatet balanserar inte, det skiljer {ore_kr(self.summa)}",
                number,
            )
        self.ver, self.oppen, self.rtrans = None, False, None

    # ---- one method per label; a field that is missing is an IndexError ----

    def _ver(self, f: list[str]) -> None:
        serie, number, day = f[0].strip(), f[1].strip(), f[2]
        brace = f[-1] == "{"
        text = f[3] if len(f) > 3 + brace else ""
        # a series without a number names no voucher: many have it
        name = f"{serie} {number}".strip() if number else ""
        self.ver = (self.rad, name, date.min, text.strip())
        self.sie.verifikat += 1
        if brace:
            self._klammer("{")
        self.ver = (*self.ver[:2], dag(day), self.ver[3])

    def _transpost(self, f: list[str]) -> None:
        if not self.oppen:
            raise FaltFel(None, f[0], "en transaktion ska stå i ett verifikat")
        objects, rest = objektlista(f[1:])
        day, text = (*rest[1:], "", "")[:2]
        self._trans(f[0], objects, rest[0], day.strip(), text.strip())

    def _tillagd(self, f: list[str]) -> None:
        self.rtrans = f
        self.sie.tillagda += 1

    def _borttagen(self, _f: list[str]) -> None:
        self.sie.borttagna += 1

    def _konto(self, f: list[str]) -> None:
        self.sie.konton[konto(f[0])] = f[1].strip()

    def _rar(self, f: list[str]) -> None:
        first, last = dag(f[1]), dag(f[2])
        if last < first:
            raise FaltFel("datum", f[2], "räkenskapsåret slutar före sin början")
        self.sie.ar[arsnummer(f[0])] = (first, last)

    def _res(self, f: list[str]) -> None:
        self.sie.res.append(Saldo(self.rad, arsnummer(f[0]), "", konto(f[1]), "", belopp(f[2])))

    def _psaldo(self, f: list[str]) -> None:
        self.sie.psaldo.append(Saldo(self.rad, *self._period(f)))

    def _budget(self, f: list[str]) -> None:
        _, month, account, objects, ore = self._period(f)
        self.sie.budget.append((account, objects, month, ore))

    def _period(self, f: list[str]) -> tuple[int, str, str, str, int]:
        objects, rest = objektlista(f[3:])
        return arsnummer(f[0]), period(f[1]), konto(f[2]), objects, belopp(rest[0])

    def _objektnamn(self, f: list[str]) -> None:
        self.sie.objekt[f[0], f[1].strip()] = f[2].strip()

    def _dimension(self, f: list[str]) -> None:
        self.sie.dimensioner[f[0]] = f[1].strip()

    def _typ(self, f: list[str]) -> None:
        if f[0] not in ("1", "2", "3", "4"):
            raise FaltFel(None, f[0], "typen ska vara 1, 2, 3 eller 4")
        self.sie.typ = int(f[0])

    def _valuta(self, f: list[str]) -> None:
        if f[0].upper() != "SEK":
            raise FaltFel(None, f[0], "beloppen ska vara i svenska kronor (SEK)")

    def _omfattning(self, f: list[str]) -> None:
        self.sie.omfattning = dag(f[0])

    def _flagga(self, f: list[str]) -> None:
        self.sie.flagga = f[0].strip()

    def _program(self, f: list[str]) -> None:
        self.sie.program = f[0].strip()

    def _foretag(self, f: list[str]) -> None:
        self.sie.foretag = f[0].strip()

    def _orgnr(self, f: list[str]) -> None:
        self.sie.orgnr = f[0].strip()


LASARE = {
    "#VER": _Lasare._ver,
    "#TRANS": _Lasare._transpost,
    "#RTRANS": _Lasare._tillagd,
    "#BTRANS": _Lasare._borttagen,
    "#KONTO": _Lasare._konto,
    "#RAR": _Lasare._rar,
    "#RES": _Lasare._res,
    "#PSALDO": _Lasare._psaldo,
    "#PBUDGET": _Lasare._budget,
    "#OBJEKT": _Lasare._objektnamn,
    "#DIM": _Lasare._dimension,
    "#UNDERDIM": _Lasare._dimension,
    "#SIETYP": _Lasare._typ,
    "#VALUTA": _Lasare._valuta,
    "#OMFATTN": _Lasare._omfattning,
    "#FLAGGA": _Lasare._flagga,
    "#PROGRAM": _Lasare._program,
    "#FNAMN": _Lasare._foretag,
    "#ORGNR": _Lasare._orgnr,
}
