"""How far the frame can go: where each party meets its ceiling, and what can be financed."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analytics.agreement import Avtal
from analytics.database import Database
from analytics.fees import Folkmangd, Resultat
from analytics.probe import Sond, Svar
from analytics.question import Uppgift
from analytics.solve import STORHETER


@dataclass(frozen=True, slots=True)
class Grans:
    """One party's room. `ram_kr`: the first frame, in whole kronor, at which its ceiling stops it;
    None where no frame in the span does. `utrymme_kr`: from today's fee to its ceiling, None where
    it has none or the ceiling follows the frame."""

    part: str
    namn: str
    block: str
    klausul: str | None
    avgift_kr: int
    utrymme_kr: int | None
    utrymme: Fraction | None
    ram_kr: int | None


@dataclass(frozen=True)
class Granser:
    """`storsta_ram_kr`: the largest frame with nothing unfunded and every lower one likewise."""

    parter: tuple[Grans, ...]
    storsta_ram_kr: int
    stoppas_av: str | None


def granser(
    db: Database, avtal: Avtal, uppgift: Uppgift, nu: Resultat, folkmangd: Folkmangd | None = None
) -> Granser:
    """Return every party's room at the frame of *nu* and where each ceiling is met.

    Raises what terms.villkor raises. Exact to the krona: found by asking the forward engine.
    """
    sond = Sond(db, avtal, uppgift, STORHETER[avtal.ram], folkmangd)

    def prov(svar: Svar) -> np.ndarray:
        financed = svar.avgift_kr.sum(axis=1) >= svar.varden
        return np.column_stack([financed, svar.vid_tak])

    financed, *held = sond.byten(prov)
    largest = financed.ja[0][1] if financed.ja and financed.ja[0][0] == 0 else 0
    outside = sond.fraga(np.array([largest + 1])) if largest < sond.storhet.hog else None
    payers = sond.betalare(sond.fraga(np.array([nu.ram_kr])))
    blocks = {b.block.id: b.block for b in nu.villkor.block}
    found = []
    for (part, name, block), runs in zip(payers, held, strict=True):
        fee = next(p for p in nu.parter if p.part == part and p.block == block)
        ceilings = blocks[block].tak
        follows = bool(ceilings) and ceilings[0].av_ram
        room = None if fee.tak_kr is None or follows else fee.tak_kr - fee.avgift_kr
        found.append(
            Grans(
                part,
                name,
                block,
                blocks[block].ceiling_clause,
                fee.avgift_kr,
                room,
                None if room is None or not fee.avgift_kr else Fraction(room, fee.avgift_kr),
                runs.ja[0][0] if runs.ja else None,
            )
        )
    return Granser(tuple(found), largest, _stopp(outside))


def _stopp(outside: Svar | None) -> str | None:
    """Return the clause of the ceiling that all payers of a block stand at."""
    if outside is None:
        return None
    first = 0
    for block in outside.villkor.block:
        last = first + len(block.andelar)
        if last > first and outside.vid_tak[0, first:last].all() and block.block.tak:
            return block.block.ceiling_clause
        first = last
    return None
