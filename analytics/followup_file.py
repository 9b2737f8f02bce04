"""What is said in the follow-up as a file: comments, measures and forecasts, all or nothing (K7).

The columns are tertial, post (a line's name or id), kommentar, atgard, metod, prognos_kr and skal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics import followup_store, table_file
from analytics.budget import Budget
from analytics.errors import BadFile, Fault
from analytics.followup_store import Ord, Prognos
from analytics.store import Store
from analytics.tables import Column, TableSpec

METODER = ("profil", "takt", "egen")
ORD = TableSpec(
    "uppfoljning",
    "uppfoljning.csv",
    (
        Column("tertial", "heltal", low=1, high=3),
        Column("post"),
        Column("kommentar", empty=True, optional=True),
        Column("atgard", empty=True, optional=True),
        Column("metod", values=METODER, empty=True, optional=True),
        Column("prognos_kr", empty=True, optional=True),
        Column("skal", empty=True, optional=True),
    ),
    key=("tertial", "post"),
)


@dataclass(frozen=True, slots=True)
class Sagt:
    """What is said of one line in one tertial; prognos None: the proposed one."""

    tertial: int
    rad: str
    ord: Ord
    prognos: Prognos | None


def las(name: str, content: bytes, budget: Budget) -> list[Sagt]:
    """Return what the file says of the lines of *budget*. Nothing is saved. Raises BadFile."""
    ids = {r.id: r.id for r in budget.rader} | {r.namn.casefold(): r.id for r in budget.rader}
    faults: list[Fault] = []
    found = []
    for line, row in table_file.las(name, content, ORD):
        text = str(row["post"])
        own = ids.get(text) or ids.get(text.casefold())
        amount = table_file.belopp(row, "prognos_kr", line, faults)
        if own is None:
            faults.append(Fault(line, "post", text, f"budgeten {budget.ar} har ingen sådan post"))
            continue
        method, why = row["metod"], str(row["skal"] or "")
        if method == "egen" and (amount is None or not why):
            told = "en egen prognos ska ha belopp och skäl"
            faults.append(Fault(line, "prognos_kr", "", told))
        forecast = None if method is None else Prognos(str(method), amount, why)
        words = Ord(str(row["kommentar"] or ""), str(row["atgard"] or ""))
        found.append(Sagt(row["tertial"], own, words, forecast))
    if faults:
        raise BadFile(name, faults)
    return found


def spara(
    store: Store, ar: int, rows: Sequence[Sagt], tertial: int, *, exempel: bool = False
) -> int:
    """Save what *rows* say of one tertial over what is there; return how many rows it was.

    Raises TertialLast, UppfoljningFel.
    """
    words = followup_store.kommentarer(store, ar, tertial)
    chosen = followup_store.prognoser(store, ar, tertial)
    own = [row for row in rows if row.tertial == tertial]
    for row in own:
        if row.ord.kommentar or row.ord.atgard:
            before = words.get(row.rad, Ord())
            said = Ord(row.ord.kommentar, row.ord.atgard, before.version, before.id)
            followup_store.satt_kommentar(store, ar, tertial, row.rad, said, exempel=exempel)
        if row.prognos:
            old = chosen.get(row.rad, Prognos())
            made = Prognos(
                row.prognos.metod, row.prognos.belopp_kr, row.prognos.skal, old.version, old.id
            )
            followup_store.satt_prognos(store, ar, tertial, row.rad, made, exempel=exempel)
    return len(own)
