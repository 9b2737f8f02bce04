"""What a check of the rotation finds, and what may not stand in the texts of a loan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analytics import texts
from analytics.rotation.loans import Inlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: the check's name, its clause, whether it stops saving, and for which days.

    `field` is the column of the register that it is about.
    """

    check: str
    clause: str
    is_fault: bool
    text: str
    since: date | None = None
    until: date | None = None
    inlan: tuple[str, ...] = ()
    post: str = ""
    field: str = ""


def text_faults(inlan: Inlan, before: Inlan | None = None) -> list[Finding]:
    """Return what may not be entered in a loan's texts; those of *before* are let through."""
    found = []
    for field, what, key, wrong in (
        ("roll", "Rollen", "role", texts.fault_of_name),
        ("anteckning", "Anteckningen", "note", texts.fault_of_words),
        ("kalla", "Källan", "source", texts.fault_of_words),
    ):
        text = getattr(inlan, key)
        if before is not None and text == getattr(before, key):
            continue
        if told := wrong(what, text):
            found.append(
                Finding(
                    check="text",
                    clause="K13",
                    is_fault=True,
                    text=told,
                    inlan=(inlan.id,),
                    field=field,
                )
            )
    return found


def named_persons(plan: Iterable[Inlan], name: Mapping[str, str]) -> list[Finding]:
    """K13: a loan is a role; where one looks like a person's name, that is told."""
    return [
        Finding(
            check="person",
            clause="K13",
            is_fault=False,
            text=f"Rollen ”{i.role}” hos {name.get(i.party, i.party)} ser ut som en persons namn. "
            "Skriv rollen, aldrig personen.",
            inlan=(i.id,),
            post=i.post,
            field="roll",
        )
        for i in plan
        if texts.looks_like_a_person(i.role)
    ]
