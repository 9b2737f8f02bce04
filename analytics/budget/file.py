"""A budget as a file: lines out and in, as CSV or Excel, strict, all or nothing.

The columns are del, namn, roll, ar_kr, t1_kr, t2_kr, t3_kr and id, which may be left out. Amounts
are whole kronor and may be written as people do: 1 200 000, with or without "kr".
"""

from collections.abc import Sequence

from analytics.budget.errors import BudgetFault
from analytics.budget.lines import PARTS, BudgetLine, new_line, require_sound
from analytics.errors import BadFile, Fault
from analytics.files import table as files_table
from analytics.files.export import Field, machine_csv, restored, write_excel
from analytics.reference.tables import Column, TableSpec

AMOUNT = ("ar_kr", "t1_kr", "t2_kr", "t3_kr")
BUDGET = TableSpec(
    "budget",
    "budget.csv",
    (
        Column("del", values=tuple(PARTS)),
        Column("namn"),
        Column("roll", empty=True, optional=True),
        Column("ar_kr", empty=True, optional=True),
        *(Column(name, empty=True, optional=True) for name in AMOUNT[1:]),
        Column("id", empty=True, optional=True),
    ),
    key=("del", "namn"),
)
FIELDS = [Field(c.name, c.name, c.name) for c in BUDGET.columns]


def read(name: str, content: bytes, remarks: list[str] | None = None) -> list[BudgetLine]:
    """Return the lines of a CSV, Excel or ODS file. Nothing is saved here. *remarks*: files.table.

    A line without an id gets a new one. Raises BadFile with line and column for every fault.
    """
    faults: list[Fault] = []
    found = []
    for line, row in files_table.read_table(name, content, BUDGET, remarks=remarks):
        seen = len(faults)
        amounts = [files_table.read_amount(row, column, line, faults) for column in AMOUNT]
        if len(faults) > seen:
            continue
        texts = [restored(str(row[column] or "")) for column in ("del", "namn", "roll", "id")]
        try:
            found.append(new_line(texts[0], texts[1], amounts[0], amounts[1:], texts[2], texts[3]))
        except BudgetFault as error:
            faults.append(Fault(line, None, texts[1], " ".join(error.faults)))
    if not (found or faults):
        faults.append(Fault(1, None, "", "filen har inga poster under rubrikerna"))
    if faults:
        raise BadFile(name, faults)
    require_sound(found)
    return found


def as_rows(lines: Sequence[BudgetLine]) -> list[dict[str, object]]:
    """Return one dict per line with the columns of the file."""
    return [
        {
            "del": r.part_of_frame,
            "namn": r.name,
            "roll": r.role,
            "ar_kr": r.year_kr,
            **{f"t{n}_kr": amount for n, amount in enumerate(r.tertial_kr, 1)},
            "id": r.id,
        }
        for r in lines
    ]


def as_csv(lines: Sequence[BudgetLine]) -> bytes:
    """Return the lines as CSV that can be read in again."""
    return machine_csv(as_rows(lines), FIELDS)


def as_excel(lines: Sequence[BudgetLine], about: Sequence[str]) -> bytes:
    """Return the lines as a workbook; *about* says what they are."""
    return write_excel(as_rows(lines), FIELDS, "budget", about)
