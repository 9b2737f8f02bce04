"""The recipients' references as a file: CSV out, and CSV in, strict, all or nothing."""

import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from analytics import tables
from analytics.errors import AgreementError, BadFile, Fault
from analytics.export import FARLIGA, csv_maskin
from analytics.invoice_parties import FALT, TEXTER, TITEL, Uppgift, prova, rader
from analytics.tables import Column, Row, TableSpec

SPEC = TableSpec(
    "partuppgift",
    "partuppgifter.csv",
    (
        Column("part_id", "id", references="part"),
        *(Column(key, empty=True, optional=key != "referens") for key in TEXTER),
    ),
    ("part_id",),
)


def som_csv(parter: Sequence[str], known: Mapping[str, Uppgift]) -> bytes:
    """Return the references as CSV, one row per party; it can be read in again."""
    return csv_maskin(rader(parter, known), FALT)


def las(name: str, content: bytes, namn: Mapping[str, str], kommuner: Collection[str]) -> list[Row]:
    """Return the rows of a CSV file. Nothing is saved here.

    Raises BadFile with line and column for every fault, also of check digits.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "fil.csv")
        path.write_bytes(content)
        found = tables.read(path, SPEC, {"part": set(namn)})
    faults = []
    for line, row in enumerate(found, 2):
        for key in TEXTER:
            # what the export wrote with an apostrophe in front of is read without it
            text = row[key] or ""
            row[key] = text[1:] if text[:1] == "'" and text[1:].startswith(FARLIGA) else text
            try:
                prova(namn[row["part_id"]], {key: row[key]}, row["part_id"] in kommuner)
            except AgreementError as error:
                said = error.fel[0].removeprefix(f"{TITEL[key]}: ").rstrip(".")
                faults.append(Fault(line, key, row[key], said))
    if faults:
        raise BadFile(name, faults)
    return found
