"""A combinatorial bound: the fairest a plan can be when the rest between turns does not count.

Without rest the turns that each party can take make a transversal matroid, and then a plan that
no chain of swaps improves is the best there is. It bounds every plan from below.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from analytics.rotation_problem import Uppdrag

Val = list[str | None]  # who takes each free turn, in their order; None is vacant


def relaxerad(problem: Uppdrag) -> Val:
    """Return who takes each free turn in a fairest plan without regard to rest."""
    chosen: Val = []
    counts: Counter[str] = Counter()
    for turn in problem.fria:
        able = [p for p in problem.kan if turn in problem.mojliga[p]]
        who = problem.lasta.get(turn) or max(
            able, key=lambda p: problem.skuld(p, counts[p]), default=None
        )
        chosen.append(who)
        counts[who] += who is not None
    while _battre(problem, chosen, counts):
        pass
    return chosen


def _battre(problem: Uppdrag, chosen: Val, counts: Counter[str]) -> bool:
    """Move one turn along a chain from someone who owes less to someone who owes more."""
    for start in sorted(problem.kan, key=lambda p: (-problem.skuld(p, counts[p]), p)):
        owes = problem.skuld(start, counts[start])
        came: dict[str, tuple[str, int]] = {start: ("", -1)}
        queue = [start]
        for part in queue:
            for place, turn in enumerate(problem.fria):
                holder = chosen[place]
                free = turn in problem.mojliga[part] and turn not in problem.lasta
                if holder is None or holder in came or not free:
                    continue
                came[holder] = (part, place)
                queue.append(holder)
                if problem.skuld(holder, counts[holder] - 1) < owes:
                    counts[start] += 1
                    counts[holder] -= 1
                    while holder != start:
                        taker, at = came[holder]
                        chosen[at] = taker
                        holder = taker
                    return True
    return False


def skuldlista(problem: Uppdrag, chosen: Sequence[str | None]) -> list[Fraction]:
    """Return what the parties owe at the end, largest first: smaller is fairer, place by place."""
    counts = Counter(who for who in chosen if who is not None)
    return sorted((problem.skuld(p, counts[p]) for p in problem.parter), reverse=True)


def nyckel(problem: Uppdrag, chosen: Sequence[str | None]) -> tuple[int, list[Fraction]]:
    """Return what plans are compared by: vacant turns first, then the largest debt, the next …"""
    return sum(who is None for who in chosen), skuldlista(problem, chosen)


def girig(problem: Uppdrag) -> Val:
    """Return the plan of going turn by turn to whoever owes most and has rested."""
    chosen: Val = []
    counts: Counter[str] = Counter()
    for turn in problem.fria:
        resting = {
            who
            for other, who in [*zip(problem.fria, chosen, strict=False), *problem.lasta.items()]
            if 0 < abs(turn - other) <= problem.mellanrum
        }
        able = [p for p in problem.kan if turn in problem.mojliga[p] and p not in resting]
        who = problem.lasta.get(turn) or max(
            able, key=lambda p: problem.skuld(p, counts[p]), default=None
        )
        chosen.append(who)
        counts[who] += who is not None
    return chosen
