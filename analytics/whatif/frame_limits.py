"""How far the frame can go: where each party meets its ceiling, and what can be financed."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from analytics.agreement.contract import Agreement
from analytics.fees.payments import FeeResult, Population
from analytics.fees.question import Question
from analytics.reference.database import Database
from analytics.whatif.probe import Answer, Probe
from analytics.whatif.solve import quantities

ROUNDING = 1_000  # kronor


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One party's room. `frame_kr`: the first frame, in whole kronor, at which its ceiling stops
    it; None where no frame in the span does. `room_kr`: from today's fee to its ceiling, None where
    it has none or the ceiling follows the frame."""

    party: str
    name: str
    block: str
    clause: str | None
    fee_kr: int
    room_kr: int | None
    room: Fraction | None
    frame_kr: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A block that no frame covers, for its ceilings are shares of the frame and too few (K5, T1).

    share: what the block is to bear; borne: what its parties bear at most; both of the frame.
    missing_kr: at the frame in force. weight: the shares that there are; needed_weight: how many
    of the same size would do; needed_ceiling: the ceiling a share that would, of the frame.
    """

    name: str
    clause: str | None
    share: Fraction
    borne: Fraction
    missing_kr: int
    weight: Fraction
    needed_weight: int
    ceiling: Fraction
    needed_ceiling: Fraction


@dataclass(frozen=True)
class FrameLimits:
    """`largest_frame_kr`: the largest frame with nothing unfunded and every lower one likewise.
    `hole`: the block that is not covered at any frame, so that there is no such frame."""

    parties: tuple[Bound, ...]
    largest_frame_kr: int
    stopped_by: str | None
    hole: Hole | None = None


def frame_limits(
    db: Database,
    agreement: Agreement,
    question: Question,
    now: FeeResult,
    population: Population | None = None,
) -> FrameLimits:
    """Return every party's room at the frame of *now* and where each ceiling is met.

    Raises what terms.resolve_terms raises. Exact to the krona: found by asking the forward engine.
    """
    probe = Probe(
        db=db,
        agreement=agreement,
        question=question,
        quantity=quantities(agreement)[agreement.frame],
        population=population,
    )

    def sample(answer: Answer) -> np.ndarray:
        financed = answer.fee_kr.sum(axis=1) >= answer.values
        return np.column_stack([financed, answer.at_ceiling])

    financed, *held = probe.switches(sample)
    largest = financed.runs[0][1] if financed.runs and financed.runs[0][0] == 0 else 0
    outside = probe.ask(np.array([largest + 1])) if largest < probe.quantity.high else None
    payers = probe.payers(probe.ask(np.array([now.frame_kr])))
    blocks = {b.block.id: b.block for b in now.terms.block}
    found = []
    for (party, name, block), switches in zip(payers, held, strict=True):
        fee = next(p for p in now.parties if p.party == party and p.block == block)
        ceilings = blocks[block].ceiling
        follows = bool(ceilings) and ceilings[0].of_frame
        room = None if fee.ceiling_kr is None or follows else fee.ceiling_kr - fee.fee_kr
        found.append(
            Bound(
                party=party,
                name=name,
                block=block,
                clause=blocks[block].ceiling_clause,
                fee_kr=fee.fee_kr,
                room_kr=room,
                room=None if room is None or not fee.fee_kr else Fraction(room, fee.fee_kr),
                frame_kr=switches.runs[0][0] if switches.runs else None,
            )
        )
    # a frame of a krona or two is covered by rounding alone
    hole = _hole(now) if largest < ROUNDING else None
    return FrameLimits(tuple(found), largest, _stop(outside), hole)


def _hole(now: FeeResult) -> Hole | None:
    """Return the block whose parties all stand at ceilings that are shares of the frame, and that
    is not covered: a larger frame raises both sides alike, so none covers it."""
    terms = {b.block.id: b.block for b in now.terms.block}
    for block in now.block:
        ceilings = terms[block.id].ceiling
        own = [fee for fee in now.parties if fee.block == block.id and fee.weight]
        if not (own and ceilings and ceilings[0].of_frame and block.unfunded_kr > 0):
            continue
        if not all(fee.at_ceiling for fee in own):
            continue
        per_share = max(Fraction(fee.ceiling_kr) / fee.weight for fee in own)
        return Hole(
            name=block.name,
            clause=terms[block.id].ceiling_clause,
            share=Fraction(block.target_kr, now.frame_kr),
            borne=Fraction(block.financed_kr, now.frame_kr),
            missing_kr=block.unfunded_kr,
            weight=block.weight,
            needed_weight=ceil(block.target_kr / per_share),
            ceiling=per_share / now.frame_kr,
            needed_ceiling=block.target_kr / block.weight / now.frame_kr,
        )
    return None


def _stop(outside: Answer | None) -> str | None:
    """Return the clause of the ceiling that all payers of a block stand at."""
    if outside is None:
        return None
    first = 0
    for block in outside.terms.block:
        last = first + len(block.shares)
        if last > first and outside.at_ceiling[0, first:last].all() and block.block.ceiling:
            return block.block.ceiling_clause
        first = last
    return None
