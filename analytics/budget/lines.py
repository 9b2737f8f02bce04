"""A year's budget: lines under the two parts of the frame (K1, K2), each with a profile (K7).

All amounts are whole kronor. A budget that is decided adds up to the krona: the lines of a part
are the part, and the parts are the frame. What is not planned yet is a line of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import uuid4

from analytics import texts
from analytics.budget.errors import BudgetFault
from analytics.money import split
from analytics.swedish import kr, sort_key

PARTS = {"inlan": "Ersättning för inlånad personal", "gemensamt": "Gemensamt arbete"}
STATUS = ("utkast", "beslutad")
LONGEST = 80  # characters of a line's name or role
MOST = 200  # lines of one budget
UNALLOCATED = "Ej fördelat"

Three = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A line. `id` is the same in every version and year; `tertial_kr` are the three on their own
    and add up to `year_kr`; `role` is who answers for it, a role and never a person."""

    id: str
    part_of_frame: str
    name: str
    year_kr: int
    tertial_kr: Three
    role: str = ""

    def until_kr(self, tertial: int) -> int:
        """Return the budget to the end of *tertial*: 1 is April, 2 August, 3 the year (K7)."""
        return sum(self.tertial_kr[:tertial])


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One version of a year's budget. `number` counts decided versions from 1; a draft has the
    number it would get. `version` is the store's, for telling who saved first."""

    year: int
    frame_kr: int
    parts_kr: Mapping[str, int]
    rows: tuple[BudgetLine, ...] = ()
    number: int = 1
    status: str = "utkast"
    reason: str = ""
    scenario_id: str | None = None
    example: bool = False
    id: str = ""
    version: int = 0
    decided: str | None = None  # the moment, ISO in UTC

    @property
    def in_order(self) -> list[BudgetLine]:
        """The lines by part, then by name."""
        order = list(PARTS)
        return sorted(
            self.rows, key=lambda r: (order.index(r.part_of_frame), sort_key(r.name), r.id)
        )

    def row(self, line_id: str) -> BudgetLine | None:
        return next((r for r in self.rows if r.id == line_id), None)

    def total(self, part_of_frame: str) -> int:
        """Return the lines of a part added up, for the year."""
        return sum(r.year_kr for r in self.rows if r.part_of_frame == part_of_frame)

    def left(self, part_of_frame: str) -> int:
        """Return what the part has left for more lines; below zero they are more than it."""
        return self.parts_kr[part_of_frame] - self.total(part_of_frame)

    def faults(self) -> list[str]:
        """Return a sentence for everything that stops a decision; empty when it adds up."""
        found = []
        together = sum(self.parts_kr.values())
        if together != self.frame_kr:
            found.append(
                f"Delarna är tillsammans {kr(together)} men ramen {kr(self.frame_kr)} (K2)."
            )
        if not self.rows:
            found.append("Budgeten har inga poster. Lägg till minst en i varje del (K2).")
            return found
        for part, name in PARTS.items():
            left = self.left(part)
            if left:
                than = f"{kr(left)} mindre" if left > 0 else f"{kr(-left)} mer"
                way = (
                    f"Lägg resten på en post, till exempel ”{UNALLOCATED}”."
                    if left > 0
                    else "Sänk eller ta bort någon post."
                )
                found.append(
                    f"Posterna under {name} är {than} än delen {kr(self.parts_kr[part])} "
                    "(K2). "
                    f"{way}"
                )
        return found


def parts_of_frame(frame_kr: int, inlan_share: Fraction) -> dict[str, int]:
    """Return the frame's two parts, which add up to it to the krona (K2)."""
    return dict(zip(PARTS, split(frame_kr, [inlan_share, 1 - inlan_share]), strict=True))


def new_line(
    part_of_frame: str,
    name: str,
    year_kr: int | None,
    tertial_kr: Sequence[int | None] = (None, None, None),
    role: str = "",
    line_id: str = "",
) -> BudgetLine:
    """Return a line of what someone wrote: the year, the three tertials, or both, where they
    agree.

    Without tertials the year is split evenly. Raises BudgetFault with all that is wrong.
    """
    clean_name, clean_role = " ".join(name.split()), " ".join(role.split())
    wrong = []
    if part_of_frame not in PARTS:
        wrong.append(
            f"Delen ”{part_of_frame[:40]}” finns inte (K2). Skriv {' eller '.join(PARTS)}."
        )
    if not clean_name:
        wrong.append("Postens namn saknas.")
    wrong += filter(
        None, [texts.fault_of_name("Namnet", name), texts.fault_of_name("Rollen", role)]
    )
    for what, text in (("Namnet", clean_name), ("Rollen", clean_role)):
        if len(text) > LONGEST:
            wrong.append(f"{what} ”{text[:30]}…” är längre än {LONGEST} tecken. Korta det.")
    given = [amount for amount in tertial_kr if amount is not None]
    wrong += [
        f"Ett budgetbelopp kan inte vara {kr(amount)}. Skriv noll eller mer."
        for amount in (year_kr, *given)
        if amount is not None and amount < 0
    ]
    if year_kr is None and not given:
        wrong.append("Beloppet saknas. Skriv årets belopp, eller ett per tertial.")
    elif given and len(given) < 3:
        wrong.append(
            "Skriv ett belopp för vart och ett av de tre tertialen, eller inget alls (K7)."
        )
    elif given and year_kr is not None and sum(given) != year_kr:
        wrong.append(
            f"Tertialen är tillsammans {kr(sum(given))} men året {kr(year_kr)} (K7). Rätta något "
            "av "
            "beloppen, eller lämna året tomt."
        )
    if wrong:
        raise BudgetFault(
            f"Posten ”{clean_name[:LONGEST] or 'utan namn'}” går inte att använda.", wrong
        )
    by_tertial = tuple(given) if given else tuple(split(year_kr, [1, 1, 1]))
    return BudgetLine(
        id=line_id or str(uuid4()),
        part_of_frame=part_of_frame,
        name=clean_name,
        year_kr=sum(by_tertial),
        tertial_kr=by_tertial,
        role=clean_role,
    )


def require_sound(rows: Sequence[BudgetLine]) -> None:
    """Raise BudgetFault where lines cannot stand in the same budget."""
    wrong, seen, ids = [], {}, set()
    if len(rows) > MOST:
        wrong.append(f"Budgeten har {len(rows)} poster, men högst {MOST} får plats.")
    for row in rows:
        key = (row.part_of_frame, row.name.casefold())
        if key in seen:
            wrong.append(
                f"Två poster under {PARTS[row.part_of_frame]} heter ”{row.name}”. Byt namn på en."
            )
        if row.id in ids:
            wrong.append(f"Posten ”{row.name}” har samma id som en annan. Ge den ett eget.")
        seen[key] = row
        ids.add(row.id)
    if wrong:
        raise BudgetFault("Posterna går inte ihop.", wrong)


def with_line(budget: Budget, new: BudgetLine) -> Budget:
    """Return *budget* with a line put in, or in place of that with its id. Raises BudgetFault."""
    kept = [new if r.id == new.id else r for r in budget.rows]
    if budget.row(new.id) is None:
        kept.append(new)
    require_sound(kept)
    return replace(budget, rows=tuple(kept))


def with_rows(budget: Budget, rows: Sequence[BudgetLine]) -> Budget:
    """Return *budget* with *rows* in place of its lines; one of the same part and name keeps its
    id, so that what is booked on it stays there."""
    known = {(r.part_of_frame, r.name.casefold()): r.id for r in budget.rows}
    taken = {r.id for r in rows}
    kept = []
    for row in rows:
        old = known.get((row.part_of_frame, row.name.casefold()), row.id)
        kept.append(row if old in taken else replace(row, id=old))
    return replace(budget, rows=tuple(kept))


def with_frame(
    budget: Budget, frame_kr: int, inlan_share: Fraction, scenario_id: str | None
) -> Budget:
    """Return *budget* under another frame; its lines are as they were."""
    parts = parts_of_frame(frame_kr, inlan_share)
    return replace(budget, frame_kr=frame_kr, parts_kr=parts, scenario_id=scenario_id)


def without_line(budget: Budget, line_id: str) -> Budget:
    return replace(budget, rows=tuple(r for r in budget.rows if r.id != line_id))


def with_remainder(budget: Budget) -> Budget:
    """Return *budget* with what each part has left on the line "Ej fördelat"."""
    for part in PARTS:
        left = budget.left(part)
        if left <= 0:
            continue
        same = [r for r in budget.rows if r.part_of_frame == part and r.name == UNALLOCATED]
        old = same[0] if same else None
        made = new_line(
            part,
            UNALLOCATED,
            left + (old.year_kr if old else 0),
            line_id=old.id if old else "",
        )
        budget = with_line(budget, replace(made, role=old.role if old else ""))
    return budget


def scale(budget: Budget) -> Budget:
    """Return *budget* with every part's lines raised or lowered in proportion until they fill it.

    The order of size and each line's profile stay; the odd kronor go by largest remainder.
    """
    made: dict[str, BudgetLine] = {}
    for part in PARTS:
        own = [r for r in budget.rows if r.part_of_frame == part]
        years = split(budget.parts_kr[part], [r.year_kr for r in own]) if own else []
        for row, year in zip(own, years, strict=True):
            by_tertial = tuple(split(year, row.tertial_kr))
            made[row.id] = replace(row, year_kr=year, tertial_kr=by_tertial)
    return replace(budget, rows=tuple(made[r.id] for r in budget.rows))
