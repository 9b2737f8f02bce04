"""A combinatorial bound: the fairest a plan can be when the rest between turns does not count.

Without rest the turns that each party can take make a transversal matroid, and then a plan that
no chain of swaps improves is the best there is. It bounds every plan from below.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from analytics.rotation.problem import Assignment

Choice = list[str | None]  # who takes each free turn, in their order; None is vacant


def relaxed(problem: Assignment) -> Choice:
    """Return who takes each free turn in a fairest plan without regard to rest."""
    chosen: Choice = []
    counts: Counter[str] = Counter()
    for turn in problem.free:
        able = [p for p in problem.can if turn in problem.possible[p]]
        who = problem.locked_turns.get(turn) or max(
            able, key=lambda p: problem.debt(p, counts[p]), default=None
        )
        chosen.append(who)
        counts[who] += who is not None
    while _better(problem, chosen, counts):
        pass
    return chosen


def _better(problem: Assignment, chosen: Choice, counts: Counter[str]) -> bool:
    """Move one turn along a chain from someone who owes less to someone who owes more."""
    for start in sorted(problem.can, key=lambda p: (-problem.debt(p, counts[p]), p)):
        owes = problem.debt(start, counts[start])
        came: dict[str, tuple[str, int]] = {start: ("", -1)}
        queue = [start]
        for party in queue:
            for place, turn in enumerate(problem.free):
                holder = chosen[place]
                free = turn in problem.possible[party] and turn not in problem.locked_turns
                if holder is None or holder in came or not free:
                    continue
                came[holder] = (party, place)
                queue.append(holder)
                if problem.debt(holder, counts[holder] - 1) < owes:
                    counts[start] += 1
                    counts[holder] -= 1
                    while holder != start:
                        taker, at = came[holder]
                        chosen[at] = taker
                        holder = taker
                    return True
    return False


def debt_list(problem: Assignment, chosen: Sequence[str | None]) -> list[Fraction]:
    """Return what the parties owe at the end, largest first: smaller is fairer, place by place."""
    counts = Counter(who for who in chosen if who is not None)
    return sorted((problem.debt(p, counts[p]) for p in problem.parties), reverse=True)


def turn_key(problem: Assignment, chosen: Sequence[str | None]) -> tuple[int, list[Fraction]]:
    """Return what plans are compared by: vacant turns first, then the largest debt, the next …"""
    return sum(who is None for who in chosen), debt_list(problem, chosen)


def greedy(problem: Assignment) -> Choice:
    """Return the plan of going turn by turn to whoever owes most and has rested."""
    chosen: Choice = []
    counts: Counter[str] = Counter()
    for turn in problem.free:
        resting = {
            who
            for other, who in [
                *zip(problem.free, chosen, strict=False),
                *problem.locked_turns.items(),
            ]
            if 0 < abs(turn - other) <= problem.gap
        }
        able = [p for p in problem.can if turn in problem.possible[p] and p not in resting]
        who = problem.locked_turns.get(turn) or max(
            able, key=lambda p: problem.debt(p, counts[p]), default=None
        )
        chosen.append(who)
        counts[who] += who is not None
    return chosen
