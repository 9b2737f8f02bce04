"""A year's budget: lines under the two parts of the frame (K1, K2), each with a profile (K7).

All amounts are whole kronor. A budget that is decided adds up to the krona: the lines of a part
are the part, and the parts are the frame. What is not planned yet is a line of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import uuid4

from analytics.errors_budget import BudgetFel
from analytics.money import split
from analytics.swedish import kr, sort_key

DELAR = {"inlan": "Ersättning för inlånad personal", "gemensamt": "Gemensamt arbete"}
STATUS = ("utkast", "beslutad")
LANGST = 80  # characters of a line's name or role
FLEST = 200  # lines of one budget
EJ_FORDELAT = "Ej fördelat"

Tre = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Budgetrad:
    """A line. `id` is the same in every version and year; `tertial_kr` are the three on their own
    and add up to `ar_kr`; `roll` is who answers for it, a role and never a person."""

    id: str
    del_: str
    namn: str
    ar_kr: int
    tertial_kr: Tre
    roll: str = ""

    def till_kr(self, tertial: int) -> int:
        """Return the budget to the end of *tertial*: 1 is April, 2 August, 3 the year (K7)."""
        return sum(self.tertial_kr[:tertial])


@dataclass(frozen=True, slots=True)
class Budget:
    """One version of a year's budget. `nummer` counts decided versions from 1; a draft has the
    number it would get. `version` is the store's, for telling who saved first."""

    ar: int
    ram_kr: int
    delar_kr: Mapping[str, int]
    rader: tuple[Budgetrad, ...] = ()
    nummer: int = 1
    status: str = "utkast"
    skal: str = ""
    scenario_id: str | None = None
    exempel: bool = False
    id: str = ""
    version: int = 0
    beslutad: str | None = None  # the moment, ISO in UTC

    @property
    def i_ordning(self) -> list[Budgetrad]:
        """The lines by part, then by name."""
        order = list(DELAR)
        return sorted(self.rader, key=lambda r: (order.index(r.del_), sort_key(r.namn), r.id))

    def rad(self, rad_id: str) -> Budgetrad | None:
        return next((r for r in self.rader if r.id == rad_id), None)

    def summa(self, del_: str) -> int:
        """Return the lines of a part added up, for the year."""
        return sum(r.ar_kr for r in self.rader if r.del_ == del_)

    def kvar(self, del_: str) -> int:
        """Return what the part has left for more lines; below zero they are more than it."""
        return self.delar_kr[del_] - self.summa(del_)

    def fel(self) -> list[str]:
        """Return a sentence for everything that stops a decision; empty when it adds up."""
        found = []
        parts = sum(self.delar_kr.values())
        if parts != self.ram_kr:
            found.append(f"Delarna är tillsammans {kr(parts)} men ramen {kr(self.ram_kr)} (K2).")
        if not self.rader:
            found.append("Budgeten har inga poster. Lägg till minst en i varje del (K2).")
            return found
        for part, name in DELAR.items():
            left = self.kvar(part)
            if left:
                than = f"{kr(left)} mindre" if left > 0 else f"{kr(-left)} mer"
                way = (
                    f"Lägg resten på en post, till exempel ”{EJ_FORDELAT}”."
                    if left > 0
                    else "Sänk eller ta bort någon post."
                )
                found.append(
                    f"Posterna under {name} är {than} än delen {kr(self.delar_kr[part])} (K2). "
                    f"{way}"
                )
        return found


def delar(ram_kr: int, inlan_del: Fraction) -> dict[str, int]:
    """Return the frame's two parts, which add up to it to the krona (K2)."""
    return dict(zip(DELAR, split(ram_kr, [inlan_del, 1 - inlan_del]), strict=True))


def rad(
    del_: str,
    namn: str,
    ar_kr: int | None,
    tertial_kr: Sequence[int | None] = (None, None, None),
    roll: str = "",
    rad_id: str = "",
) -> Budgetrad:
    """Return a line of what someone wrote: the year, the tertials, or both, where they agree.

    Without tertials the year is split evenly. Raises BudgetFel with all that is wrong.
    """
    name, role = " ".join(namn.split()), " ".join(roll.split())
    wrong = []
    if del_ not in DELAR:
        wrong.append(f"Delen ”{del_[:40]}” finns inte (K2). Skriv {' eller '.join(DELAR)}.")
    if not name:
        wrong.append("Postens namn saknas.")
    for what, text in (("Namnet", name), ("Rollen", role)):
        if len(text) > LANGST:
            wrong.append(f"{what} ”{text[:30]}…” är längre än {LANGST} tecken. Korta det.")
    given = [amount for amount in tertial_kr if amount is not None]
    wrong += [
        f"Ett budgetbelopp kan inte vara {kr(amount)}. Skriv noll eller mer."
        for amount in (ar_kr, *given)
        if amount is not None and amount < 0
    ]
    if ar_kr is None and not given:
        wrong.append("Beloppet saknas. Skriv årets belopp, eller ett per tertial.")
    elif given and len(given) < 3:
        wrong.append(
            "Skriv ett belopp för vart och ett av de tre tertialen, eller inget alls (K7)."
        )
    elif given and ar_kr is not None and sum(given) != ar_kr:
        wrong.append(
            f"Tertialen är tillsammans {kr(sum(given))} men året {kr(ar_kr)} (K7). Rätta något av "
            "beloppen, eller lämna året tomt."
        )
    if wrong:
        raise BudgetFel(f"Posten ”{name[:LANGST] or 'utan namn'}” går inte att använda.", wrong)
    tertials = tuple(given) if given else tuple(split(ar_kr, [1, 1, 1]))
    return Budgetrad(rad_id or str(uuid4()), del_, name, sum(tertials), tertials, role)


def prova(rader: Sequence[Budgetrad]) -> None:
    """Raise BudgetFel where lines cannot stand in the same budget."""
    wrong, seen, ids = [], {}, set()
    if len(rader) > FLEST:
        wrong.append(f"Budgeten har {len(rader)} poster, men högst {FLEST} får plats.")
    for row in rader:
        key = (row.del_, row.namn.casefold())
        if key in seen:
            wrong.append(f"Två poster under {DELAR[row.del_]} heter ”{row.namn}”. Byt namn på en.")
        if row.id in ids:
            wrong.append(f"Posten ”{row.namn}” har samma id som en annan. Ge den ett eget.")
        seen[key] = row
        ids.add(row.id)
    if wrong:
        raise BudgetFel("Posterna går inte ihop.", wrong)


def med_rad(budget: Budget, ny: Budgetrad) -> Budget:
    """Return *budget* with a line put in, or in place of the one with its id. Raises BudgetFel."""
    kept = [ny if r.id == ny.id else r for r in budget.rader]
    if budget.rad(ny.id) is None:
        kept.append(ny)
    prova(kept)
    return replace(budget, rader=tuple(kept))


def med_rader(budget: Budget, rader: Sequence[Budgetrad]) -> Budget:
    """Return *budget* with *rader* in place of its lines; one of the same part and name keeps its
    id, so that what is booked on it stays there."""
    known = {(r.del_, r.namn.casefold()): r.id for r in budget.rader}
    taken = {r.id for r in rader}
    kept = []
    for row in rader:
        old = known.get((row.del_, row.namn.casefold()), row.id)
        kept.append(row if old in taken else replace(row, id=old))
    return replace(budget, rader=tuple(kept))


def med_ram(budget: Budget, ram_kr: int, inlan_del: Fraction, scenario_id: str | None) -> Budget:
    """Return *budget* under another frame; its lines are as they were."""
    parts = delar(ram_kr, inlan_del)
    return replace(budget, ram_kr=ram_kr, delar_kr=parts, scenario_id=scenario_id)


def utan_rad(budget: Budget, rad_id: str) -> Budget:
    return replace(budget, rader=tuple(r for r in budget.rader if r.id != rad_id))


def med_rest(budget: Budget) -> Budget:
    """Return *budget* with what each part has left on the line "Ej fördelat"."""
    for part in DELAR:
        left = budget.kvar(part)
        if left <= 0:
            continue
        same = [r for r in budget.rader if r.del_ == part and r.namn == EJ_FORDELAT]
        old = same[0] if same else None
        made = rad(
            part,
            EJ_FORDELAT,
            left + (old.ar_kr if old else 0),
            roll=old.roll if old else "",
            rad_id=old.id if old else "",
        )
        budget = med_rad(budget, made)
    return budget


def skala(budget: Budget) -> Budget:
    """Return *budget* with every part's lines raised or lowered in proportion until they fill it.

    The order of size and each line's profile stay; the odd kronor go by largest remainder.
    """
    made: dict[str, Budgetrad] = {}
    for part in DELAR:
        own = [r for r in budget.rader if r.del_ == part]
        years = split(budget.delar_kr[part], [r.ar_kr for r in own]) if own else []
        for row, year in zip(own, years, strict=True):
            tertials = tuple(split(year, row.tertial_kr))
            made[row.id] = replace(row, ar_kr=year, tertial_kr=tertials)
    return replace(budget, rader=tuple(made[r.id] for r in budget.rader))
