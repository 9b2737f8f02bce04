"""The recipients' references as a file: CSV and Excel out, and in, strict, all or nothing."""

from collections.abc import Collection, Mapping, Sequence

from analytics.errors import BadFile, Fault
from analytics.files import table as files_table
from analytics.files.export import Field, machine_csv, restored, write_excel
from analytics.invoicing.errors import RecipientFault
from analytics.invoicing.recipients import (
    FIELDS,
    NOBODY,
    TEXTS,
    TITLE,
    Recipient,
    as_rows,
    require_sound,
    texts,
)
from analytics.reference.tables import Column, Row, TableSpec

SPEC = TableSpec(
    "partuppgift",
    "partuppgifter.csv",
    (
        Column("part_id", "id", references="part"),
        *(Column(key, empty=True, optional=key != "referens") for key in TEXTS),
    ),
    ("part_id",),
    ignored=("namn",),
)
COLUMNS = [FIELDS[0], Field("namn", "namn", "namn"), *FIELDS[1:]]
COLUMNS = [Field(column.key, column.name, column.name) for column in COLUMNS]


def as_csv(name: Mapping[str, str], known: Mapping[str, Recipient]) -> bytes:
    """Return the references of the parties in *name* as CSV; it can be read in again."""
    return machine_csv(_rows(name, known), COLUMNS)


def as_excel(name: Mapping[str, str], known: Mapping[str, Recipient]) -> bytes:
    """Return the same as a workbook whose first sheet can be read in again."""
    about = [
        "Mottagarnas uppgifter för fakturorna (K8). Tomt fält: saknas.",
        "Referensen är en kod eller en roll, aldrig en persons namn.",
    ]
    return write_excel(_rows(name, known), COLUMNS, "partuppgifter", about)


def read(
    file_name: str,
    content: bytes,
    name: Mapping[str, str],
    kommun_rows: Collection[str],
    remarks: list[str] | None = None,
) -> list[Row]:
    """Return the rows of a CSV, Excel or ODS file. Nothing is saved here. *remarks*: files.table.

    A column that is left out, or empty in every row, is left out of the rows too: what is saved
    stays. Raises BadFile with line and column for every fault, also of check digits.
    """
    faults, found = [], []
    lines = files_table.read_table(file_name, content, SPEC, {"part": set(name)}, remarks)
    given = [key for key in TEXTS if any(row[key] for _, row in lines)]
    for line, full in lines:
        row = {key: full[key] for key in ("part_id", *given)}
        for key in given:
            row[key] = restored(row[key] or "")
            try:
                require_sound(name[row["part_id"]], {key: row[key]}, row["part_id"] in kommun_rows)
            except RecipientFault as error:
                said = error.faults[0].removeprefix(f"{TITLE[key]}: ").rstrip(".")
                faults.append(Fault(line, key, row[key], said.partition("” ")[2] or said))
        found.append(row)
    if faults:
        raise BadFile(file_name, faults)
    return found


def differences(
    rows: Sequence[Row], known: Mapping[str, Recipient]
) -> list[tuple[str, str, str, str]]:
    """Return what the rows would change: (part, title of the field, before, after)."""
    found = []
    for row in rows:
        before = texts(known.get(row["part_id"], NOBODY))
        after = require_sound(row["part_id"], {key: row[key] for key in TEXTS if key in row})
        found += [
            (row["part_id"], TITLE[key], before[key], after[key])
            for key in after
            if before[key] != after[key]
        ]
    return found


def _rows(name: Mapping[str, str], known: Mapping[str, Recipient]) -> list[dict[str, str]]:
    return [{"namn": name[row["part_id"]], **row} for row in as_rows(name, known)]
