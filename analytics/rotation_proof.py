"""An independent check of a plan: by dates and loans, without the model that made it (K13, K14)."""

from collections.abc import Sequence
from itertools import combinations

from analytics.parties import PartRad
from analytics.rotation import Inlan, Period, Vikt, kalendermanader, lika, skulder
from analytics.rotation_checks import radfel
from analytics.rotation_plan import Losning
from analytics.rotation_problem import INGEN, Villkor


def turer(losning: Losning, villkor: Villkor, roll: str = "Samordnare") -> list[Inlan]:
    """Return the plan's turns as loans with status "förslag", one per turn that is taken."""
    return [
        Inlan(
            f"forslag-{losning.problem.kategori}-{turn}",
            losning.problem.kategori,
            who,
            roll,
            (Period(*losning.problem.pass_[turn], villkor.procent),),
            "förslag",
        )
        for turn, who in zip(losning.problem.fria, losning.val, strict=True)
        if who is not None
    ]


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
        if i.post == problem.kategori
        and i.status != "förslag"
        and not (i.plan and i.fran >= villkor.start)
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
        first, second = sorted((a, b), key=lambda i: i.fran)
        if second.fran <= first.till:
            faults.append(f"{first.part} och {second.part} överlappar {second.fran}.")
        elif first.part == second.part:
            rest = (
                kalendermanader(first.till, second.fran)
                - kalendermanader(first.till, first.till)
                - kalendermanader(second.fran, second.fran)
            )
            if rest < villkor.mellanrum * villkor.pass_manader:
                faults.append(f"{first.part} vilar bara {rest} månader före {second.fran}.")
    for part, day in villkor.lasta:
        if part in problem.parter and not any(i.part == part and i.galler(day) for i in proposed):
            faults.append(f"{part} skulle vara inlånad {day}.")
    empty = [
        Inlan("", problem.kategori, INGEN, "", (Period(*problem.pass_[t], villkor.procent),),
              "förslag")
        for t, who in zip(problem.fria, losning.val, strict=True)
        if who is None
    ]  # fmt: skip
    counted = skulder(
        [*fixed, *proposed, *empty], rows, problem.kategori, villkor.historik_fran, villkor.slut,
        vikt, med_forslag=True,
    )  # fmt: skip
    owed = {s.part: s.skuld for s in counted}
    faults += [
        f"{part} är skyldig {owed.get(part, 0)} månader, inte {debt}."
        for part, debt in losning.skulder.items()
        if owed.get(part, 0) != debt
    ]
    return faults
