"""The year's plan as a file: activities out and in, as CSV or Excel, all or nothing (K7).

The columns are namn, tertial, roll, and t1_status, t1_anteckning to t3, which may be left out.
"""

from collections.abc import Sequence

from analytics import table_file
from analytics.activities import STATUS, Aktivitet, prova
from analytics.errors import BadFile, Fault
from analytics.errors_followup import UppfoljningFel
from analytics.export import Falt, csv_maskin
from analytics.tables import Column, TableSpec

LAGEN = tuple((t, f"t{t}_status", f"t{t}_anteckning") for t in (1, 2, 3))
AKTIVITETER = TableSpec(
    "aktivitet",
    "aktiviteter.csv",
    (
        Column("namn"),
        Column("tertial", "heltal", low=1, high=3),
        Column("roll", empty=True, optional=True),
        *(
            column
            for _, status, note in LAGEN
            for column in (
                Column(status, values=STATUS, empty=True, optional=True),
                Column(note, empty=True, optional=True),
            )
        ),
    ),
    key=("namn",),
)
FALT = [Falt(c.name, c.name, c.name) for c in AKTIVITETER.columns]


def las(name: str, content: bytes, ar: int, *, exempel: bool = False) -> list[Aktivitet]:
    """Return the activities of a file, for *ar*. Nothing is saved. Raises BadFile."""
    faults, found = [], []
    for line, row in table_file.las(name, content, AKTIVITETER):
        reported = {
            t: (str(row[status]), str(row[note] or ""))
            for t, status, note in LAGEN
            if row[status] is not None
        }
        made = Aktivitet(
            ar, str(row["namn"]), row["tertial"], str(row["roll"] or ""), reported, exempel
        )
        try:
            found.append(prova(made))
        except UppfoljningFel as error:
            faults.append(Fault(line, None, str(row["namn"]), str(error).rstrip(".")))
    if faults:
        raise BadFile(name, faults)
    return found


def som_csv(plan: Sequence[Aktivitet]) -> bytes:
    """Return the activities as CSV that can be read in again."""
    return csv_maskin(
        [
            {
                "namn": a.namn,
                "tertial": a.tertial,
                "roll": a.roll,
                **{status: a.status(t) for t, status, _ in LAGEN},
                **{note: a.anteckning(t) or None for t, _, note in LAGEN},
            }
            for a in plan
        ],
        FALT,
    )
