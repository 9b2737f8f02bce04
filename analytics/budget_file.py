"""A budget as a file: lines out and in, as CSV, strict, all or nothing.

The columns are del, namn, roll, ar_kr, t1_kr, t2_kr, t3_kr and id, which may be left out. Amounts
are whole kronor and may be written as people do: 1 200 000, with or without "kr".
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from analytics import tables
from analytics.budget import DELAR, Budgetrad, prova, rad
from analytics.errors import BadFile, BadInput, Fault
from analytics.errors_followup import BudgetFel
from analytics.export import Falt, csv_maskin, excel
from analytics.swedish import NBSP, parse_kronor
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
    """Return the lines of a CSV file. Nothing is saved here.

    A line without an id gets a new one. Raises BadFile with line and column for every fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "budget.csv")
        path.write_bytes(_utan_fasta_mellanslag(content))
        rows = tables.read(path, BUDGET)
    faults, found = [], []
    for line, row in enumerate(rows, 2):
        amounts = {}
        for column in BELOPP:
            text = row[column]
            try:
                amounts[column] = None if text is None else parse_kronor(str(text))
            except BadInput as error:
                faults.append(Fault(line, column, str(text), _slut(str(error))))
                amounts[column] = 0
        try:
            made = rad(
                str(row["del"]),
                str(row["namn"]),
                amounts["ar_kr"],
                [amounts[c] for c in BELOPP[1:]],
                str(row["roll"] or ""),
                str(row["id"] or ""),
            )
        except BudgetFel as error:
            if not any(fault.line == line for fault in faults):
                faults.append(Fault(line, None, str(row["namn"]), " ".join(error.fel)))
        else:
            found.append(made)
    if faults:
        raise BadFile(name, faults)
    prova(found)
    return found


def _utan_fasta_mellanslag(content: bytes) -> bytes:
    """A no-break space is how programs write thousands; the reader of tables takes a plain one."""
    for space in (NBSP, "\N{NARROW NO-BREAK SPACE}"):
        content = content.replace(space.encode(), b" ")
    return content


def _slut(text: str) -> str:
    """The end of a sentence that says what is wrong with the value."""
    return text.partition("” ")[2].rstrip(".") or text.rstrip(".")


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
