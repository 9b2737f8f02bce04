"""An independent check of a plan: by dates and loans, without the model that made it (K13, K14)."""

from collections.abc import Sequence
from itertools import combinations

from analytics.parties import PartRad
from analytics.rotation import DAG, Inlan, Period, Vikt, kalendermanader, lika, skulder
from analytics.rotation_checks import radfel
from analytics.rotation_plan import Losning
from analytics.rotation_problem import INGEN, Villkor, rorligt


def turer(losning: Losning, villkor: Villkor, roll: str = "Samordnare") -> list[Inlan]:
    """Return the plan's turns as loans with status "förslag", one per turn that is taken.

    Who takes over from another party begins with the handover.
    """
    problem = losning.problem
    held = {**problem.fore, **{
        turn + 1: who
        for turn, who in zip(problem.fria, losning.val, strict=True)
        if who is not None
    }}  # fmt: skip
    loans = []
    for turn, who in zip(problem.fria, losning.val, strict=True):
        if who is None:
            continue
        first, last = problem.pass_[turn]
        days = villkor.overlamning if held.get(turn, who) != who else 0
        loans.append(
            Inlan(
                f"forslag-{problem.kategori}-{turn}",
                problem.kategori,
                who,
                roll,
                (Period(first - days * DAG, last, villkor.procent),),
                "förslag",
                overlamning=days,
            )
        )
    return loans


def granska(
    losning: Losning,
    plan: Sequence[Inlan],
    rows: Sequence[PartRad],
    villkor: Villkor,
    vikt: Vikt = lika,
) -> list[str]:
    """Return what breaks a condition, a sentence each; empty for a plan that holds."""
    problem, faults = losning.problem, []
    proposed = turer(losning, villkor)
    fixed = [
        i
        for i in plan
        if i.post == problem.kategori and i.status != "förslag" and not rorligt(i, villkor)
    ]
    for turn in proposed:
        faults += [fynd.text for fynd in radfel(turn, rows)]
        faults += [
            f"{turn.part} är otillgänglig {o.fran}–{o.till}."
            for o in villkor.otillganglig
            if o.part == turn.part and o.fran <= turn.till and o.till >= turn.fran
        ]
    for a, b in combinations([*fixed, *proposed], 2):
        if a in fixed and b in fixed:
            continue
        first, second = sorted((a, b), key=lambda i: i.ensam)
        if second.ensam <= first.till:
            faults.append(f"{first.part} och {second.part} överlappar {second.ensam}.")
        elif first.part == second.part:
            rest = (
                kalendermanader(first.till, second.ensam)
                - kalendermanader(first.till, first.till)
                - kalendermanader(second.ensam, second.ensam)
            )
            if rest < villkor.mellanrum * villkor.pass_manader:
                faults.append(f"{first.part} vilar bara {rest} månader före {second.ensam}.")
    for part, day in villkor.lasta:
        if part in problem.parter and not any(i.part == part and i.galler(day) for i in proposed):
            faults.append(f"{part} skulle vara inlånad {day}.")
    empty = [
        Inlan("", problem.kategori, INGEN, "", (Period(*problem.pass_[t], villkor.procent),),
              "förslag")
        for t, who in zip(problem.fria, losning.val, strict=True)
        if who is None
    ]  # fmt: skip
    bare = [
        i.med(perioder=tuple(Period(i.ensam, p.till, p.procent) for p in i.perioder))
        for i in proposed
    ]
    counted = skulder(
        [*fixed, *bare, *empty], rows, problem.kategori, villkor.historik_fran, villkor.slut,
        vikt, med_forslag=True,
    )  # fmt: skip
    owed = {s.part: s.skuld for s in counted}
    faults += [
        f"{part} är skyldig {owed.get(part, 0)} månader, inte {debt}."
        for part, debt in losning.skulder.items()
        if owed.get(part, 0) != debt
    ]
    return faults
