"""A budget as a file: lines out and in, as CSV or Excel, strict, all or nothing.

The columns are del, namn, roll, ar_kr, t1_kr, t2_kr, t3_kr and id, which may be left out. Amounts
are whole kronor and may be written as people do: 1 200 000, with or without "kr".
"""

from collections.abc import Sequence

from analytics import table_file
from analytics.budget import DELAR, Budgetrad, prova, rad
from analytics.errors import BadFile, Fault
from analytics.errors_budget import BudgetFel
from analytics.export import Falt, csv_maskin, excel
from analytics.tables import Column, TableSpec

BELOPP = ("ar_kr", "t1_kr", "t2_kr", "t3_kr")
BUDGET = TableSpec(
    "budget",
    "budget.csv",
    (
        Column("del", values=tuple(DELAR)),
        Column("namn"),
        Column("roll", empty=True, optional=True),
        Column("ar_kr", empty=True, optional=True),
        *(Column(name, empty=True, optional=True) for name in BELOPP[1:]),
        Column("id", empty=True, optional=True),
    ),
    key=("del", "namn"),
)
FALT = [Falt(c.name, c.name, c.name) for c in BUDGET.columns]


def las(name: str, content: bytes) -> list[Budgetrad]:
    """Return the lines of a CSV or Excel file. Nothing is saved here.

    A line without an id gets a new one. Raises BadFile with line and column for every fault.
    """
    faults: list[Fault] = []
    found = []
    for line, row in table_file.las(name, content, BUDGET):
        seen = len(faults)
        amounts = [table_file.belopp(row, column, line, faults) for column in BELOPP]
        if len(faults) > seen:
            continue
        texts = [str(row[column] or "") for column in ("del", "namn", "roll", "id")]
        try:
            found.append(rad(texts[0], texts[1], amounts[0], amounts[1:], texts[2], texts[3]))
        except BudgetFel as error:
            faults.append(Fault(line, None, texts[1], " ".join(error.fel)))
    if not (found or faults):
        faults.append(Fault(1, None, "", "filen har inga poster under rubrikerna"))
    if faults:
        raise BadFile(name, faults)
    prova(found)
    return found


def rader(lines: Sequence[Budgetrad]) -> list[dict[str, object]]:
    """Return one dict per line with the columns of the file."""
    return [
        {
            "del": r.del_,
            "namn": r.namn,
            "roll": r.roll,
            "ar_kr": r.ar_kr,
            **{f"t{n}_kr": amount for n, amount in enumerate(r.tertial_kr, 1)},
            "id": r.id,
        }
        for r in lines
    ]


def som_csv(lines: Sequence[Budgetrad]) -> bytes:
    """Return the lines as CSV that can be read in again."""
    return csv_maskin(rader(lines), FALT)


def som_excel(lines: Sequence[Budgetrad], om: Sequence[str]) -> bytes:
    """Return the lines as a workbook; *om* says what they are."""
    return excel(rader(lines), FALT, "budget", om)
