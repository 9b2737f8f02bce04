"""A fair plan for one category, by CP-SAT (K14).

In order: as few vacant turns as possible; the largest debt as small as possible, then the next,
and so on; as little as possible moved of what is published; then the stated tie rule: every turn in
its order goes to whoever owes most then, at equal debts to the lower id. The rule leaves one plan,
so the order of the parties does not matter.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ortools.sat.python import cp_model

from analytics.rotation.bound import Choice, debt_list, greedy, relaxed, turn_key
from analytics.rotation.problem import Assignment

Progress = Callable[[str], None]


class Interrupt:
    """Lets another thread stop a search; the best plan so far is kept."""

    def __init__(self) -> None:
        self.requested = False
        self._solver: cp_model.CpSolver | None = None

    def stop_it(self) -> None:
        """Ask the search to stop. It may be between two solves: call until it has."""
        self.requested = True
        if self._solver is not None:
            self._solver.stop_search()

    def follow(self, solver: cp_model.CpSolver) -> None:
        self._solver = solver


@dataclass(frozen=True, kw_only=True)
class RotationPlan:
    """A plan: who takes each free turn (None: vacant), and what is known about it.

    `proven`: no plan under these conditions is fairer. `without` are the parties without a turn and
    `fewest_without` the bound on how many they must be; debts are person-months at the horizon's
    end.
    """

    problem: Assignment
    choice: tuple[str | None, ...]
    proven: bool
    moved: int
    seconds: float

    @property
    def without(self) -> tuple[str, ...]:
        return tuple(p for p in self.problem.can if p not in self.choice)

    @property
    def fewest_without(self) -> int:
        return max(0, len(self.problem.can) - len(self.problem.free))

    @property
    def debts(self) -> dict[str, Fraction]:
        return {p: self.problem.debt(p, self.choice.count(p)) for p in self.problem.parties}

    @property
    def sentence(self) -> str:
        """Say in one sentence what bound holds and whether the plan is proven."""
        parties, turns = len(self.problem.can), len(self.problem.free)
        what = "kommuner" if self.problem.category == "kommun" else "parter"
        bound = (
            f"minst {self.fewest_without} står utan" if self.fewest_without else "alla kan få pass"
        )
        text = f"{parties} {what}, {turns} pass: {bound}"
        vacant = self.choice.count(None)
        if vacant:
            text += f", {vacant} pass " + ("kan ingen ta" if self.proven else "är tomma")
        if self.proven:
            return f"{text}; planen är bevisat så jämn som villkoren tillåter."
        return f"{text}; det bästa som hittades, inte bevisat."


def propose(
    problem: Assignment,
    time_limit_s: float = 30.0,
    progress: Progress = lambda text: None,
    interrupt: Interrupt | None = None,
) -> RotationPlan:
    """Return the fairest plan, or the best found when time or *interrupt* ended the search.

    The latter is marked as not proven.
    """
    start = time.monotonic()
    search = _Search(problem, start + time_limit_s, interrupt or Interrupt())
    progress("Räknar ut hur jämnt det kan bli")
    proven = search.to_bound(relaxed(problem))
    if not proven and search.left() > 0:
        progress("Gränsen nås inte med mellanrum: en skuld i taget, den största först")
        proven = search.level_by_level()
    progress("Flyttar så lite som möjligt av det som är publicerat")
    search.least_moved()
    chosen = tuple(search.best)
    moved = sum(
        problem.published.get(t, who) != who for t, who in zip(problem.free, chosen, strict=True)
    )
    return RotationPlan(
        problem=problem, choice=chosen, proven=proven, moved=moved, seconds=time.monotonic() - start
    )


class _Search:
    """The model and the best plan so far."""

    def __init__(self, problem: Assignment, end: float, interrupt: Interrupt) -> None:
        self.problem, self._end, self._interrupt = problem, end, interrupt
        self.best: Choice = greedy(problem)
        self.model = cp_model.CpModel()
        self.x = {
            (p, t): self.model.new_bool_var(f"{p}_{t}")
            for p in problem.can
            for t in sorted(problem.possible[p])
        }
        self.empty_turns = []
        for t in problem.free:
            vacant = self.model.new_bool_var(f"tom_{t}")
            self.empty_turns.append(vacant)
            self.model.add_exactly_one([vacant, *(v for (_, n), v in self.x.items() if n == t)])
        for t, who in problem.locked_turns.items():
            self.model.add(self.x[who, t] == 1)
        self._gap()
        self.fewest = {p: self._staircase(p) for p in problem.can}  # [k]: takes more than k turns
        self.levels = sorted(
            {problem.debt(p, k) for p in problem.can for k in range(len(self.fewest[p]) + 1)},
            reverse=True,
        )

    def _gap(self) -> None:
        width = self.problem.gap + 1
        for p in self.problem.can:
            own = sorted(self.problem.possible[p])
            for first in own:
                window = [self.x[p, t] for t in own if first <= t < first + width]
                if len(window) > 1:
                    self.model.add_at_most_one(window)

    def _staircase(self, party: str) -> list[cp_model.IntVar]:
        own = [v for (p, _), v in self.x.items() if p == party]
        steps = [self.model.new_bool_var(f"{party}_minst_{k + 1}") for k in range(len(own))]
        self.model.add(sum(own) == sum(steps))
        for more, fewer in zip(steps[1:], steps, strict=False):
            self.model.add_implication(more, fewer)
        return steps

    def _owing(self, level: Fraction):
        """How many parties owe *level* or more at the end, as a linear expression."""
        terms = []
        for p, steps in self.fewest.items():
            k = (self.problem.base[p] - level) // self.problem.months  # it owes so with ≤ k turns
            if k >= len(steps):
                terms.append(1)
            elif k >= 0:
                terms.append(1 - steps[k])
        return sum(terms)

    def _count(self, chosen: Choice, level: Fraction) -> int:
        return sum(self.problem.debt(p, chosen.count(p)) >= level for p in self.problem.can)

    def _count_now(self, level: Fraction) -> int:
        return self._count(self.best, level)

    def left(self) -> float:
        return 0.0 if self._interrupt.requested else self._end - time.monotonic()

    def _solve(self, model: cp_model.CpModel) -> int:
        """Solve, and keep what was found. Returns CP-SAT's status."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = max(self.left(), 0.01)
        model.clear_hints()
        held = dict(zip(self.problem.free, self.best, strict=True))
        for (p, t), variable in self.x.items():
            model.add_hint(variable, held[t] == p)
        self._interrupt.follow(solver)
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            taken = {t: p for (p, t), v in self.x.items() if solver.value(v)}
            self.best = [taken.get(t) for t in self.problem.free]
        return status

    def to_bound(self, bound: Choice) -> bool:
        """Look for a plan as fair as the bound; one that is found is proven by it."""
        trial = self.model.clone()
        trial.add(sum(self.empty_turns) <= bound.count(None))
        for level in self.levels:
            trial.add(self._owing(level) <= self._count(bound, level))
        if self._solve(trial) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        self.model = trial
        return turn_key(self.problem, self.best)[0] == bound.count(None) and debt_list(
            self.problem, self.best
        ) == debt_list(self.problem, bound)

    def level_by_level(self) -> bool:
        """Make each level of debt as rare as possible, the largest first. True when proven."""
        goals = [
            (sum(self.empty_turns), lambda: self.best.count(None)),
            *((self._owing(level), partial(self._count_now, level)) for level in self.levels),
        ]
        for goal, reached in goals:
            if isinstance(goal, int):
                continue
            self.model.minimize(goal)
            if self._solve(self.model) != cp_model.OPTIMAL:
                self.model.clear_objective()
                return False
            self.model.clear_objective()
            self.model.add(goal <= reached())
        return True

    def least_moved(self) -> None:
        """Keep what is published where fairness allows, then follow the tie rule."""
        if self.left() <= 0:
            return
        best = turn_key(self.problem, self.best)
        locked = self.model.clone()
        locked.add(sum(self.empty_turns) <= best[0])
        for level in self.levels:
            locked.add(self._owing(level) <= self._count(self.best, level))
        kept = [self.x[p, t] for t, p in sorted(self.problem.published.items()) if (p, t) in self.x]
        if kept:
            locked.maximize(sum(kept))
            if self._solve(locked) != cp_model.OPTIMAL:
                return
            locked.clear_objective()
            held = dict(zip(self.problem.free, self.best, strict=True))
            locked.add(
                sum(kept) >= sum(held.get(t) == p for t, p in self.problem.published.items())
            )
        self._in_order(locked)

    def _in_order(self, model: cp_model.CpModel) -> None:
        """The tie rule: every turn in its order to whoever owes most then, else the lower id."""
        counts = dict.fromkeys(self.problem.can, 0)
        for place, t in enumerate(self.problem.free):
            queue = sorted(
                (p for p in self.problem.can if (p, t) in self.x),
                key=lambda p: (-self.problem.debt(p, counts[p]), p),
            )
            for p in queue:
                if self.best[place] != p:
                    trial = model.clone()
                    trial.add(self.x[p, t] == 1)
                    if self._solve(trial) == cp_model.INFEASIBLE:
                        continue
                if self.best[place] == p:
                    model.add(self.x[p, t] == 1)
                    counts[p] += 1
                break
            if self.left() <= 0:
                return
