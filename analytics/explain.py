"""Why a party's fee is what it is: one step per clause, with the figures set in (K1, K3–K6, K10).

The steps read the same answer that gave the fee; nothing is computed a second time except the
printing of a division that the statement has already made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement import Avtal
from analytics.agreement_blocks import Block, Enhet, Sats
from analytics.errors_agreement import UnknownParty
from analytics.fees import Avgift, Blocksumma, Resultat
from analytics.population import Antal
from analytics.swedish import datum_ord, decimal, exakt, kr, procent, tal
from analytics.terms import Andel, Blockvillkor


@dataclass(frozen=True, slots=True)
class Underlag:
    """One input of a step: what, how much, at which date, how certain, from whom."""

    namn: str
    varde: str
    datum: date | None = None
    status: str | None = None
    regel: str | None = None
    kalla: str | None = None


@dataclass(frozen=True, slots=True)
class Steg:
    """One step. `klausul` and `text` are the agreement's; `rakning` is the arithmetic with figures.

    `belopp_kr` is the fee so far, None where a step does not change it. `lasart` names the reading
    used, as "T3 Omfördelas".
    """

    klausul: str
    rubrik: str
    text: str
    rakning: str
    belopp_kr: int | None
    underlag: tuple[Underlag, ...] = ()
    lasart: str | None = None


def steg(avtal: Avtal, resultat: Resultat, part_id: str) -> list[Steg]:
    """Return 4–7 steps per block that *part_id* pays in. Raises UnknownParty."""
    steps = [
        step
        for nr, block in enumerate(resultat.villkor.block)
        for andel in block.andelar
        if andel.part.part_id == part_id
        for step in _Forklaring(avtal, resultat, nr, andel).steg()
    ]
    if not steps:
        raise UnknownParty(part_id, {p.part for p in resultat.parter})
    return steps


class _Forklaring:
    def __init__(self, avtal: Avtal, resultat: Resultat, nr: int, andel: Andel) -> None:
        self.avtal, self.resultat, self.andel = avtal, resultat, andel
        self.villkor: Blockvillkor = resultat.villkor.block[nr]
        self.block: Block = self.villkor.block
        self.summa: Blocksumma = resultat.block[nr]
        self.avgift: Avgift = next(
            p for p in resultat.parter if p.block == self.block.id and p.part == andel.part.part_id
        )

    def steg(self) -> list[Steg]:
        steps = [self._ram(), self._mal(), self._andel(), self._ideal()]
        if self.block.tak:
            steps.append(self._tak())
        if self.block.golv:
            steps.append(self._golv())
        if self._omfordelas():
            steps.append(self._omfordelat())
        return [*steps, self._avgiften()]

    # ---- the steps, in the order of the arithmetic ----

    def _ram(self) -> Steg:
        ram = self.avtal.parametrar[self.avtal.ram]
        return self._steg(
            ram.klausul, ram.namn, f"{ram.namn} {self.resultat.year} = {kr(self.resultat.ram_kr)}"
        )

    def _mal(self) -> Steg:
        ram, mal, block = self.resultat.ram_kr, self.summa.mal_kr, self.block
        title = f"{block.namn} tillsammans"
        if block.efter == "andra":
            others = sum(b.finansierat_kr for b in self.resultat.block if b.id != block.id)
            text = f"{kr(ram)} − {kr(others)} som de andra betalar = {kr(mal)}"
        elif block.efter == "priset":
            units = f"{exakt(self.summa.vikt)} {self._ord(block.pris.per)}"
            text = f"{self._sats(block.pris)} × {units} = {kr(mal)}"
        else:
            nr = [b.block.id for b in self.resultat.villkor.block].index(block.id)
            share = Fraction(int(self.resultat.villkor.delar[nr][0]), self.resultat.villkor.del_den)
            text = f"{exakt(share)} × {kr(ram)} = {kr(mal)}"
        return self._steg(block.klausul, title, text, reading=self._lasart("mal"))

    def _andel(self) -> Steg:
        a, whole = self.andel, self.summa.vikt
        unit = self.block.pris.per if self.block.pris else self._enhet()
        klausul = self.block.klausul
        if unit is not None and unit.slag == "andel" and (a.part.andelar or 0) > 1:
            klausul = "K6" if "K6" in self.avtal.klausuler else klausul
        share = procent(a.vikt / whole, 3)
        if unit is None:
            text = f"sammanvägd nyckel: {share} av blocket"
        else:
            text = f"{exakt(a.vikt)} av {exakt(whole)} {self._ord(unit)} = {share}"
        reading = None
        if a.part.manader < 12:
            reading = self._lasart("anslutning")
            text += f" (med {a.part.manader} av årets 12 månader)"
        title = f"Andel för {a.part.namn}"
        underlag = (
            (self._folk(a.antal, "start"),)
            if a.antal
            else (Underlag(self._ord(unit).capitalize(), exakt_eller(a.vikt), kalla=a.part.kalla),)
        )
        return self._steg(klausul, title, text, underlag=underlag, reading=reading)

    def _ideal(self) -> Steg:
        a, whole = self.andel, self.summa.vikt
        if self.block.pris:
            text = f"{self._sats(self.block.pris)} × {exakt(a.vikt)} = {kr(self.avgift.ideal_kr)}"
            klausul, title = self.block.pris.klausul, "Priset"
        else:
            exact = Fraction(self.summa.mal_kr) * a.vikt / whole
            text = f"{kr(self.summa.mal_kr)} × {exakt_eller(a.vikt)} / {exakt_eller(whole)} = "
            text += f"{decimal(exact, 2)} kr, avrundat {kr(self.avgift.ideal_kr)}"
            klausul, title = self.block.klausul, "Utan tak"
        return self._steg(
            klausul, title, text, self.avgift.ideal_kr, reading=self._lasart("pris", "mal")
        )

    def _tak(self) -> Steg:
        a, first = self.avgift, self.block.tak[0]
        if self.andel.tak_antal:
            count = self.andel.tak_antal.antal
            counted = self._folk(self.andel.tak_antal, "tak")
            base = f"{tal(count)} {self._ord(first.per)}"
            if (
                self.andel.part.manader < 12
                and self.resultat.villkor.regler.anslutning == "manader"
            ):
                base += f" × {self.andel.part.manader}/12"
            underlag = (counted,)
        else:
            base, underlag = f"{exakt(self.andel.vikt)} {self._ord(first.per)}", ()
        text = f"högst {self._sats(first)} × {base}"
        for extra in self.block.tak[1:]:
            text += f", dock högst {self._sats(extra)} per {self._ord(extra.per, en=True)}"
        hit = a.ideal_kr > a.tak_kr
        verdict = "överskrids" if hit else "nås genom omfördelningen" if a.vid_tak else "nås inte"
        text += f" = {kr(a.tak_kr)} (avrundat nedåt): taket {verdict}"
        amount = min(a.ideal_kr, a.tak_kr)
        return self._steg(
            first.klausul, "Taket", text, amount, underlag, self._lasart("tak", "tak_till")
        )

    def _golv(self) -> Steg:
        s, fee = self.summa, self.avgift.avgift_kr
        rate = self.block.golv[0]
        floor = self.villkor.golv[self.villkor.andelar.index(self.andel)]
        text = f"minst {kr(floor)}"
        if fee == floor and fee > self.avgift.ideal_kr:
            text += ": parten lyfts till golvet"
        elif s.fri_vikt:
            text += (
                f"; de som inte lyfts till golvet delar {kr(s.fria_kr)} på "
                f"{exakt_eller(s.fri_vikt)}: {kr(fee)}"
            )
        return self._steg(rate.klausul, "Golvet", text, fee, reading=self._lasart("golv"))

    def _omfordelas(self) -> bool:
        return any(p.vid_tak for p in self.resultat.parter if p.block == self.block.id)

    def _omfordelat(self) -> Steg:
        s = self.summa
        held = [p for p in self.resultat.parter if p.block == self.block.id and p.vid_tak]
        cut = sum(max(p.ideal_kr - p.tak_kr, 0) for p in held)
        who = f"{len(held)} {'part' if len(held) == 1 else 'parter'} vid taket"
        if not self.block.omfordela:
            text = f"{who}; {kr(cut)} skärs av och betalas av ingen"
        elif not s.fri_vikt:
            text = f"alla står vid sitt tak; {kr(s.ofinansierat_kr)} betalas av ingen"
        else:
            unit = self._ord(self._enhet(), en=True)
            text = (
                f"{who}; de andra delar {kr(s.fria_kr)} på {exakt_eller(s.fri_vikt)}, "
                f"{decimal(s.fria_kr / s.fri_vikt, 6)} kr per {unit}"
            )
            if not self.avgift.vid_tak:
                text += f": {kr(self.avgift.avgift_kr)}"
        return self._steg(
            self.block.klausul,
            "Det som taken skär av",
            text,
            self.avgift.avgift_kr,
            reading=self._lasart("vid_tak"),
        )

    def _avgiften(self) -> Steg:
        a = self.avgift
        share = Fraction(a.avgift_kr, self.resultat.ram_kr or 1)
        text = f"{kr(a.avgift_kr)}, {procent(share, 2)} av ramen"
        if self.andel.antal:
            text += f", {decimal(Fraction(a.avgift_kr, self.andel.antal.antal), 4)} kr per invånare"
        return self._steg(
            self.block.klausul,
            f"Avgiften {self.resultat.year}",
            f"{text}. De udda kronorna går till de största resterna, så att summan stämmer.",
            a.avgift_kr,
        )

    # ---- words ----

    def _steg(self, klausul, rubrik, rakning, belopp=None, underlag=(), reading=None) -> Steg:
        text = self.avtal.klausuler[klausul].text
        return Steg(klausul, rubrik, text, rakning, belopp, tuple(underlag), reading)

    def _enhet(self) -> Enhet | None:
        parts = self.block.nyckel.delar
        return parts[0][1] if len(parts) == 1 else None

    def _ord(self, unit: Enhet | None, en: bool = False) -> str:
        words = {"invanare": ("invånare", "invånare"), "andel": ("andelar", "andel")}
        many, one = words.get(unit.slag if unit else "", ("delar", "del"))
        return one if en else many

    def _sats(self, sats: Sats) -> str:
        day = date(self.resultat.year, 1, 1)
        value = sats.sats
        if isinstance(value, str):
            own = self.resultat.villkor.uppgift.parametrar.get(value)
            value = self.avtal.parametrar[value].on(day) if own is None else own
        if sats.av_ram:
            return f"{exakt(value)} % × {kr(self.resultat.ram_kr)}"
        return kr(int(value)) if value.denominator == 1 else f"{decimal(value, 2)} kr"

    def _folk(self, antal: Antal, which: str) -> Underlag:
        name = self.villkor.datum if which == "start" else self.villkor.tak_datum
        datum = self.avtal.datum[name]
        day = self.resultat.villkor.datum[name]
        return Underlag(
            f"Invånare {datum_ord(day)} ({datum.namn})",
            tal(antal.antal),
            day,
            antal.status,
            antal.regel,
            antal.kalla,
        )

    def _lasart(self, *touched: str) -> str | None:
        """Name the readings in use whose point decides one of these things for this block."""
        lasarter: Mapping[str, str] = self.resultat.lasarter
        names = [
            f"{point.id} {point.lasarter[lasarter[point.id]].namn}"
            for point in self.avtal.tolkningar.values()
            if self.avtal.ror(point.id, self.block.id) & set(touched)
        ]
        return ", ".join(names) or None


def exakt_eller(value: Fraction) -> str:
    """Print a weight exactly, or with four decimals where no decimals end."""
    text = exakt(value)
    return decimal(value, 4) if "/" in text else text
