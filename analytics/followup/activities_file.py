"""The year's plan as a file: activities out and in, as CSV or Excel, all or nothing (K7).

The columns are namn, tertial, roll, and t1_status, t1_anteckning to t3, which may be left out.
"""

from collections.abc import Sequence

from analytics.errors import AgreementError, BadFile, Fault
from analytics.files import table as files_table
from analytics.files.export import Field, machine_csv, restored
from analytics.followup.activities import STATUS, Activity, require_sound, require_texts
from analytics.reference.tables import Column, TableSpec

STATES = tuple((t, f"t{t}_status", f"t{t}_anteckning") for t in (1, 2, 3))
ACTIVITIES = TableSpec(
    "aktivitet",
    "aktiviteter.csv",
    (
        Column("namn"),
        Column("tertial", "heltal", low=1, high=3),
        Column("roll", empty=True, optional=True),
        *(
            column
            for _, status, note in STATES
            for column in (
                Column(status, values=STATUS, empty=True, optional=True),
                Column(note, empty=True, optional=True),
            )
        ),
    ),
    key=("namn",),
)
FIELDS = [Field(c.name, c.name, c.name) for c in ACTIVITIES.columns]


def read(
    name: str,
    content: bytes,
    year: int,
    *,
    example: bool = False,
    remarks: list[str] | None = None,
) -> list[Activity]:
    """Return the activities of a file, for *year*. Nothing is saved. *remarks*: files.table.

    Raises BadFile.
    """
    faults, found = [], []
    for line, row in files_table.read_table(name, content, ACTIVITIES, remarks=remarks):
        reported = {
            t: (str(row[status]), restored(str(row[note] or "")))
            for t, status, note in STATES
            if row[status] is not None
        }
        made = Activity(
            year,
            restored(str(row["namn"])),
            row["tertial"],
            restored(str(row["roll"] or "")),
            reported,
            example,
        )
        try:
            require_texts(made)
            found.append(require_sound(made))
        except AgreementError as error:
            faults.append(Fault(line, None, str(row["namn"]), str(error)))
    if faults:
        raise BadFile(name, faults)
    return found


def as_csv(plan: Sequence[Activity]) -> bytes:
    """Return the activities as CSV that can be read in again."""
    return machine_csv(
        [
            {
                "namn": a.name,
                "tertial": a.tertial,
                "roll": a.role,
                **{status: a.status(t) for t, status, _ in STATES},
                **{note: a.note(t) or None for t, _, note in STATES},
            }
            for a in plan
        ],
        FIELDS,
    )
