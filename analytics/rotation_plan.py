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

from analytics.rotation_bound import Val, girig, nyckel, relaxerad, skuldlista
from analytics.rotation_problem import Uppdrag

Framsteg = Callable[[str], None]


class Avbrott:
    """Lets another thread stop a search; the best plan so far is kept."""

    def __init__(self) -> None:
        self.begard = False
        self._solver: cp_model.CpSolver | None = None

    def stoppa(self) -> None:
        """Ask the search to stop. It may be between two solves: call until it has."""
        self.begard = True
        if self._solver is not None:
            self._solver.stop_search()

    def folj(self, solver: cp_model.CpSolver) -> None:
        self._solver = solver


@dataclass(frozen=True)
class Losning:
    """A plan: who takes each free turn (None: vacant), and what is known about it.

    `bevisad`: no plan under these conditions is fairer. `utan` are the parties without a turn and
    `minst_utan` the bound on how many they must be; debts are person-months at the horizon's end.
    """

    problem: Uppdrag
    val: tuple[str | None, ...]
    bevisad: bool
    flyttade: int
    sekunder: float

    @property
    def utan(self) -> tuple[str, ...]:
        return tuple(p for p in self.problem.kan if p not in self.val)

    @property
    def minst_utan(self) -> int:
        return max(0, len(self.problem.kan) - len(self.problem.fria))

    @property
    def skulder(self) -> dict[str, Fraction]:
        return {p: self.problem.skuld(p, self.val.count(p)) for p in self.problem.parter}

    @property
    def mening(self) -> str:
        """Say in one sentence what bound holds and whether the plan is proven."""
        parts, turns = len(self.problem.kan), len(self.problem.fria)
        what = "kommuner" if self.problem.kategori == "kommun" else "parter"
        bound = f"minst {self.minst_utan} står utan" if self.minst_utan else "alla kan få pass"
        text = f"{parts} {what}, {turns} pass: {bound}"
        vacant = self.val.count(None)
        if vacant:
            text += f", {vacant} pass " + ("kan ingen ta" if self.bevisad else "är tomma")
        if self.bevisad:
            return f"{text}; planen är bevisat så jämn som villkoren tillåter."
        return f"{text}; det bästa som hittades, inte bevisat."


def foresla(
    problem: Uppdrag,
    tidsgrans_s: float = 30.0,
    framsteg: Framsteg = lambda text: None,
    avbrott: Avbrott | None = None,
) -> Losning:
    """Return the fairest plan, or the best found when time or *avbrott* ended the search.

    The latter is marked as not proven.
    """
    start = time.monotonic()
    search = _Sokning(problem, start + tidsgrans_s, avbrott or Avbrott())
    framsteg("Räknar ut hur jämnt det kan bli")
    proven = search.till_gransen(relaxerad(problem))
    if not proven and search.kvar() > 0:
        framsteg("Gränsen nås inte med mellanrum: en skuld i taget, den största först")
        proven = search.niva_for_niva()
    framsteg("Flyttar så lite som möjligt av det som är publicerat")
    search.minst_flyttat()
    chosen = tuple(search.basta)
    moved = sum(
        problem.publicerat.get(t, who) != who for t, who in zip(problem.fria, chosen, strict=True)
    )
    return Losning(problem, chosen, proven, moved, time.monotonic() - start)


class _Sokning:
    """The model and the best plan so far."""

    def __init__(self, problem: Uppdrag, slut: float, avbrott: Avbrott) -> None:
        self.problem, self._slut, self._avbrott = problem, slut, avbrott
        self.basta: Val = girig(problem)
        self.model = cp_model.CpModel()
        self.x = {
            (p, t): self.model.new_bool_var(f"{p}_{t}")
            for p in problem.kan
            for t in sorted(problem.mojliga[p])
        }
        self.tomma = []
        for t in problem.fria:
            vacant = self.model.new_bool_var(f"tom_{t}")
            self.tomma.append(vacant)
            self.model.add_exactly_one([vacant, *(v for (_, n), v in self.x.items() if n == t)])
        for t, who in problem.lasta.items():
            self.model.add(self.x[who, t] == 1)
        self._mellanrum()
        self.minst = {p: self._trappa(p) for p in problem.kan}  # [k]: takes more than k turns
        self.nivaer = sorted(
            {problem.skuld(p, k) for p in problem.kan for k in range(len(self.minst[p]) + 1)},
            reverse=True,
        )

    def _mellanrum(self) -> None:
        width = self.problem.mellanrum + 1
        for p in self.problem.kan:
            own = sorted(self.problem.mojliga[p])
            for first in own:
                window = [self.x[p, t] for t in own if first <= t < first + width]
                if len(window) > 1:
                    self.model.add_at_most_one(window)

    def _trappa(self, part: str) -> list[cp_model.IntVar]:
        own = [v for (p, _), v in self.x.items() if p == part]
        steps = [self.model.new_bool_var(f"{part}_minst_{k + 1}") for k in range(len(own))]
        self.model.add(sum(own) == sum(steps))
        for more, fewer in zip(steps[1:], steps, strict=False):
            self.model.add_implication(more, fewer)
        return steps

    def _skyldiga(self, level: Fraction):
        """How many parties owe *level* or more at the end, as a linear expression."""
        terms = []
        for p, steps in self.minst.items():
            k = (self.problem.bas[p] - level) // self.problem.manader  # it owes so with ≤ k turns
            if k >= len(steps):
                terms.append(1)
            elif k >= 0:
                terms.append(1 - steps[k])
        return sum(terms)

    def _antal(self, chosen: Val, level: Fraction) -> int:
        return sum(self.problem.skuld(p, chosen.count(p)) >= level for p in self.problem.kan)

    def _antal_nu(self, level: Fraction) -> int:
        return self._antal(self.basta, level)

    def kvar(self) -> float:
        return 0.0 if self._avbrott.begard else self._slut - time.monotonic()

    def _los(self, model: cp_model.CpModel) -> int:
        """Solve, and keep what was found. Returns CP-SAT's status."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = max(self.kvar(), 0.01)
        model.clear_hints()
        held = dict(zip(self.problem.fria, self.basta, strict=True))
        for (p, t), variable in self.x.items():
            model.add_hint(variable, held[t] == p)
        self._avbrott.folj(solver)
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            taken = {t: p for (p, t), v in self.x.items() if solver.value(v)}
            self.basta = [taken.get(t) for t in self.problem.fria]
        return status

    def till_gransen(self, bound: Val) -> bool:
        """Look for a plan as fair as the bound; one that is found is proven by it."""
        trial = self.model.clone()
        trial.add(sum(self.tomma) <= bound.count(None))
        for level in self.nivaer:
            trial.add(self._skyldiga(level) <= self._antal(bound, level))
        if self._los(trial) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        self.model = trial
        return nyckel(self.problem, self.basta)[0] == bound.count(None) and skuldlista(
            self.problem, self.basta
        ) == skuldlista(self.problem, bound)

    def niva_for_niva(self) -> bool:
        """Make each level of debt as rare as possible, the largest first. True when proven."""
        goals = [
            (sum(self.tomma), lambda: self.basta.count(None)),
            *((self._skyldiga(level), partial(self._antal_nu, level)) for level in self.nivaer),
        ]
        for goal, reached in goals:
            if isinstance(goal, int):
                continue
            self.model.minimize(goal)
            if self._los(self.model) != cp_model.OPTIMAL:
                self.model.clear_objective()
                return False
            self.model.clear_objective()
            self.model.add(goal <= reached())
        return True

    def minst_flyttat(self) -> None:
        """Keep what is published where fairness allows, then follow the tie rule."""
        if self.kvar() <= 0:
            return
        best = nyckel(self.problem, self.basta)
        locked = self.model.clone()
        locked.add(sum(self.tomma) <= best[0])
        for level in self.nivaer:
            locked.add(self._skyldiga(level) <= self._antal(self.basta, level))
        kept = [
            self.x[p, t] for t, p in sorted(self.problem.publicerat.items()) if (p, t) in self.x
        ]
        if kept:
            locked.maximize(sum(kept))
            if self._los(locked) != cp_model.OPTIMAL:
                return
            locked.clear_objective()
            held = dict(zip(self.problem.fria, self.basta, strict=True))
            locked.add(
                sum(kept) >= sum(held.get(t) == p for t, p in self.problem.publicerat.items())
            )
        self._i_ordning(locked)

    def _i_ordning(self, model: cp_model.CpModel) -> None:
        """The tie rule: every turn in its order to whoever owes most then, else the lower id."""
        counts = dict.fromkeys(self.problem.kan, 0)
        for place, t in enumerate(self.problem.fria):
            queue = sorted(
                (p for p in self.problem.kan if (p, t) in self.x),
                key=lambda p: (-self.problem.skuld(p, counts[p]), p),
            )
            for p in queue:
                if self.basta[place] != p:
                    trial = model.clone()
                    trial.add(self.x[p, t] == 1)
                    if self._los(trial) == cp_model.INFEASIBLE:
                        continue
                if self.basta[place] == p:
                    model.add(self.x[p, t] == 1)
                    counts[p] += 1
                break
            if self.kvar() <= 0:
                return
