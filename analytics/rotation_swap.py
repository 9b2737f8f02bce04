"""What it costs to give one turn of a plan to another party: who then owes what (K14)."""

from dataclasses import dataclass
from fractions import Fraction

from analytics.rotation_plan import Losning
from analytics.rotation_problem import PlanFel


@dataclass(frozen=True, slots=True)
class Byte:
    """One turn moved from `fore` to `efter`; debts in person-months at the horizon's end.

    `hinder` are the conditions that the swap breaks, a sentence each.
    """

    fore: str | None
    efter: str
    skuld_fore: tuple[Fraction, Fraction] | None
    skuld_efter: tuple[Fraction, Fraction]
    storsta: tuple[Fraction, Fraction]
    hinder: tuple[str, ...]


def byt(losning: Losning, turn: int, part: str) -> Byte:
    """Return what happens when *part* takes *turn* instead, all else as planned. Raises PlanFel."""
    problem = losning.problem
    if turn not in problem.fria or part not in problem.parter:
        raise PlanFel(f"Pass {turn} eller part {part} finns inte i planen (K14). Välj i listan.")
    place = problem.fria.index(turn)
    before = losning.val[place]
    after = (*losning.val[:place], part, *losning.val[place + 1 :])
    now, then = losning.skulder, {p: problem.skuld(p, after.count(p)) for p in problem.parter}
    broken = []
    if turn not in problem.mojliga[part]:
        broken.append("Parten kan inte ta passet: den har hinder, är inte med eller ska vila.")
    if problem.lasta.get(turn, part) != part:
        broken.append(f"Passet är låst till {problem.lasta[turn]}.")
    near = [
        t
        for t, who in zip(problem.fria, after, strict=True)
        if who == part and 0 < abs(t - turn) <= problem.mellanrum
    ]
    if near:
        broken.append(f"Parten får mindre än {problem.mellanrum} pass mellan två av sina pass.")
    return Byte(
        before,
        part,
        (now[before], then[before]) if before is not None else None,
        (now[part], then[part]),
        (max(now.values()), max(then.values())),
        tuple(broken),
    )
