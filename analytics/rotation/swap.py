"""What it costs to give one turn of a plan to another party: who then owes what (K14)."""

from dataclasses import dataclass
from fractions import Fraction

from analytics.rotation.plan import RotationPlan
from analytics.rotation.problem import PlanFault


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapResult:
    """One turn moved from `before` to `after`; debts in person-months at the horizon's end.

    `obstacles` are the conditions that the swap breaks, a sentence each.
    """

    before: str | None
    after: str
    debt_before: tuple[Fraction, Fraction] | None
    debt_after: tuple[Fraction, Fraction]
    largest: tuple[Fraction, Fraction]
    obstacles: tuple[str, ...]


def swap(solution: RotationPlan, turn: int, party: str) -> SwapResult:
    """Return what happens when *party* takes *turn*, all else as planned. Raises PlanFault."""
    problem = solution.problem
    if turn not in problem.free or party not in problem.parties:
        raise PlanFault(f"Pass {turn} eller part {party} finns inte i planen (K14). Välj i listan.")
    place = problem.free.index(turn)
    before = solution.choice[place]
    after = (*solution.choice[:place], party, *solution.choice[place + 1 :])
    now, then = solution.debts, {p: problem.debt(p, after.count(p)) for p in problem.parties}
    broken = []
    if turn not in problem.possible[party]:
        broken.append("Parten kan inte ta passet: den har hinder, är inte med eller ska vila.")
    if problem.locked_turns.get(turn, party) != party:
        broken.append(f"Passet är låst till {problem.locked_turns[turn]}.")
    near = [
        t
        for t, who in zip(problem.free, after, strict=True)
        if who == party and 0 < abs(t - turn) <= problem.gap
    ]
    if near:
        broken.append(f"Parten får mindre än {problem.gap} pass mellan två av sina pass.")
    return SwapResult(
        before=before,
        after=party,
        debt_before=(now[before], then[before]) if before is not None else None,
        debt_after=(now[party], then[party]),
        largest=(max(now.values()), max(then.values())),
        obstacles=tuple(broken),
    )
