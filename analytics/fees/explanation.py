"""Why a party's fee is what it is: one step per clause, with the figures set in (K1, K3–K6, K10).

The steps read the same answer that gave the fee; nothing is computed a second time except the
printing of a division that the statement has already made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.agreement.blocks import Block, Rate, Unit
from analytics.agreement.contract import Agreement
from analytics.agreement.errors import UnknownParty
from analytics.fees.payments import BlockTotal, Fee, FeeResult
from analytics.fees.terms import Andel, BlockTerms
from analytics.reference.population import Count
from analytics.swedish import date_words, decimal, exact, kr, percent, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """One input of a step: what, how much, at which date, how certain, from whom."""

    name: str
    value: str
    day: date | None = None
    status: str | None = None
    rule: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `clause` and `text` are the agreement's; `arithmetic` is worked out in figures.

    `amount_kr` is the fee so far, None where a step does not change it. `reading` names the reading
    used, as "T3 Omfördelas".
    """

    clause: str
    heading: str
    text: str
    arithmetic: str
    amount_kr: int | None
    grounds: tuple[Grounds, ...] = ()
    reading: str | None = None


def explain(agreement: Agreement, result: FeeResult, party_id: str) -> list[Step]:
    """Return 4–7 steps per block that *party_id* pays in. Raises UnknownParty."""
    steps = [
        step
        for number, block in enumerate(result.terms.block)
        for andel in block.shares
        if andel.party.party_id == party_id
        for step in _Explanation(agreement, result, number, andel).step()
    ]
    if not steps:
        raise UnknownParty(party_id, {p.party for p in result.parties})
    return steps


class _Explanation:
    def __init__(self, agreement: Agreement, result: FeeResult, number: int, andel: Andel) -> None:
        self.agreement, self.result, self.andel = agreement, result, andel
        self.terms: BlockTerms = result.terms.block[number]
        self.block: Block = self.terms.block
        self.total: BlockTotal = result.block[number]
        self.fee: Fee = next(
            p
            for p in result.parties
            if p.block == self.block.id and p.party == andel.party.party_id
        )

    def step(self) -> list[Step]:
        steps = [self._frame(), self._target(), self._andel(), self._ideal()]
        if self.block.ceiling:
            steps.append(self._ceiling())
        if self.block.floor:
            steps.append(self._floor())
        if self._is_redistributed():
            steps.append(self._redistributed())
        return [*steps, self._fee()]

    # ---- the steps, in the order of the arithmetic ----

    def _frame(self) -> Step:
        frame = self.agreement.parameters[self.agreement.frame]
        return self._step(
            frame.clause,
            frame.name,
            f"{frame.name} {self.result.year} = {kr(self.result.frame_kr)}",
        )

    def _target(self) -> Step:
        frame, target, block = self.result.frame_kr, self.total.target_kr, self.block
        title = f"{block.name} tillsammans"
        if block.after == "andra":
            others = sum(b.financed_kr for b in self.result.block if b.id != block.id)
            text = f"{kr(frame)} − {kr(others)} som de andra betalar = {kr(target)}"
        elif block.after == "priset":
            units = f"{exact(self.total.weight)} {self._words(block.price.per)}"
            text = f"{self._rate(block.price)} × {units} = {kr(target)}"
        else:
            number = [b.block.id for b in self.result.terms.block].index(block.id)
            share = Fraction(int(self.result.terms.parts[number][0]), self.result.terms.part_den)
            text = f"{exact(share)} × {kr(frame)} = {kr(target)}"
        return self._step(block.clause, title, text, reading=self._reading("mal"))

    def _andel(self) -> Step:
        a, whole = self.andel, self.total.weight
        unit = self.block.price.per if self.block.price else self._unit()
        clause = self.block.clause
        if unit is not None and unit.kind == "andel" and (a.party.shares or 0) > 1:
            clause = "K6" if "K6" in self.agreement.clauses else clause
        share = percent(a.weight / whole, 3)
        if unit is None:
            text = f"sammanvägd nyckel: {share} av blocket"
        else:
            text = f"{exact(a.weight)} av {exact(whole)} {self._words(unit)} = {share}"
        reading = None
        if a.party.months < 12:
            reading = self._reading("anslutning")
            text += f" (med {a.party.months} av årets 12 månader)"
        title = f"Andel för {a.party.name}"
        grounds = (
            (self._people(a.count, "start"),)
            if a.count
            else (
                Grounds(
                    name=self._words(unit).capitalize(),
                    value=exact_or(a.weight),
                    source=a.party.source,
                ),
            )
        )
        return self._step(clause, title, text, grounds=grounds, reading=reading)

    def _ideal(self) -> Step:
        a, whole = self.andel, self.total.weight
        if self.block.price:
            text = f"{self._rate(self.block.price)} × {exact(a.weight)} = {kr(self.fee.ideal_kr)}"
            clause, title = self.block.price.clause, "Priset"
        else:
            amount = Fraction(self.total.target_kr) * a.weight / whole
            text = f"{kr(self.total.target_kr)} × {exact_or(a.weight)} / {exact_or(whole)} = "
            text += f"{decimal(amount, 2)} kr, avrundat {kr(self.fee.ideal_kr)}"
            clause, title = self.block.clause, "Utan tak"
        return self._step(
            clause, title, text, self.fee.ideal_kr, reading=self._reading("pris", "mal")
        )

    def _ceiling(self) -> Step:
        a, first = self.fee, self.block.ceiling[0]
        if self.andel.ceiling_count:
            count = self.andel.ceiling_count.count
            counted = self._people(self.andel.ceiling_count, "tak")
            base = f"{whole(count)} {self._words(first.per)}"
            if self.andel.party.months < 12 and self.result.terms.rules.joining == "manader":
                base += f" × {self.andel.party.months}/12"
            grounds = (counted,)
        else:
            base, grounds = f"{exact(self.andel.weight)} {self._words(first.per)}", ()
        text = f"högst {self._rate(first)} × {base}"
        for extra in self.block.ceiling[1:]:
            text += f", dock högst {self._rate(extra)} per {self._words(extra.per, one=True)}"
        hit = a.ideal_kr > a.ceiling_kr
        verdict = (
            "överskrids" if hit else "nås genom omfördelningen" if a.at_ceiling else "nås inte"
        )
        text += f" = {kr(a.ceiling_kr)} (avrundat nedåt): taket {verdict}"
        amount = min(a.ideal_kr, a.ceiling_kr)
        return self._step(
            first.clause, "Taket", text, amount, grounds, self._reading("tak", "tak_till")
        )

    def _floor(self) -> Step:
        s, fee = self.total, self.fee.fee_kr
        rate = self.block.floor[0]
        floor = self.terms.floor[self.terms.shares.index(self.andel)]
        text = f"minst {kr(floor)}"
        if fee == floor and fee > self.fee.ideal_kr:
            text += ": parten lyfts till golvet"
        elif s.free_weight:
            text += (
                f"; de som inte lyfts till golvet delar {kr(s.free_kr)} på "
                f"{exact_or(s.free_weight)}: {kr(fee)}"
            )
        return self._step(rate.clause, "Golvet", text, fee, reading=self._reading("golv"))

    def _is_redistributed(self) -> bool:
        return any(p.at_ceiling for p in self.result.parties if p.block == self.block.id)

    def _redistributed(self) -> Step:
        s = self.total
        held = [p for p in self.result.parties if p.block == self.block.id and p.at_ceiling]
        cut = sum(max(p.ideal_kr - p.ceiling_kr, 0) for p in held)
        who = f"{len(held)} {'part' if len(held) == 1 else 'parter'} vid taket"
        if not self.block.redistribute:
            text = f"{who}; {kr(cut)} skärs av och betalas av ingen"
        elif not s.free_weight:
            text = f"alla står vid sitt tak; {kr(s.unfunded_kr)} betalas av ingen"
        else:
            unit = self._words(self._unit(), one=True)
            text = (
                f"{who}; de andra delar {kr(s.free_kr)} på {exact_or(s.free_weight)}, "
                f"{decimal(s.free_kr / s.free_weight, 6)} kr per {unit}"
            )
            if not self.fee.at_ceiling:
                text += f": {kr(self.fee.fee_kr)}"
        return self._step(
            self.block.clause,
            "Det som taken skär av",
            text,
            self.fee.fee_kr,
            reading=self._reading("vid_tak"),
        )

    def _fee(self) -> Step:
        a = self.fee
        share = Fraction(a.fee_kr, self.result.frame_kr or 1)
        text = f"{kr(a.fee_kr)}, {percent(share, 2)} av ramen"
        if self.andel.count:
            text += f", {decimal(Fraction(a.fee_kr, self.andel.count.count), 4)} kr per invånare"
        return self._step(
            self.block.clause,
            f"Avgiften {self.result.year}",
            f"{text}. De udda kronorna går till de största resterna, så att summan stämmer.",
            a.fee_kr,
        )

    # ---- words ----

    def _step(self, clause, heading, arithmetic, amount=None, grounds=(), reading=None) -> Step:
        text = self.agreement.clauses[clause].text
        return Step(
            clause=clause,
            heading=heading,
            text=text,
            arithmetic=arithmetic,
            amount_kr=amount,
            grounds=tuple(grounds),
            reading=reading,
        )

    def _unit(self) -> Unit | None:
        parts = self.block.key.parts
        return parts[0][1] if len(parts) == 1 else None

    def _words(self, unit: Unit | None, one: bool = False) -> str:
        words = {"invanare": ("invånare", "invånare"), "andel": ("andelar", "andel")}
        many, single = words.get(unit.kind if unit else "", ("delar", "del"))
        return single if one else many

    def _rate(self, rate: Rate) -> str:
        on_day = date(self.result.year, 1, 1)
        value = rate.rate
        if isinstance(value, str):
            own = self.result.terms.question.parameters.get(value)
            value = self.agreement.parameters[value].on(on_day) if own is None else own
        if rate.of_frame:
            return f"{exact(value)} % × {kr(self.result.frame_kr)}"
        return kr(int(value)) if value.denominator == 1 else f"{decimal(value, 2)} kr"

    def _people(self, count: Count, which: str) -> Grounds:
        name = self.terms.day if which == "start" else self.terms.ceiling_date
        day = self.agreement.day[name]
        on_day = self.result.terms.day[name]
        return Grounds(
            name=f"Invånare {date_words(on_day)} ({day.name})",
            value=whole(count.count),
            day=on_day,
            status=count.status,
            rule=count.rule,
            source=count.source,
        )

    def _reading(self, *touched: str) -> str | None:
        """Name the readings in use whose point decides one of these things for this block."""
        readings: Mapping[str, str] = self.result.readings
        names = [
            f"{point.id} {point.readings[readings[point.id]].name}"
            for point in self.agreement.open_points.values()
            if self.agreement.concerns(point.id, self.block.id) & set(touched)
        ]
        return ", ".join(names) or None


def exact_or(value: Fraction) -> str:
    """Print a weight exactly, or with four decimals where no decimals end."""
    text = exact(value)
    return decimal(value, 4) if "/" in text else text
