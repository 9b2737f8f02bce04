"""The recipients' references as a file: CSV and Excel out, and in, strict, all or nothing."""

from collections.abc import Collection, Mapping, Sequence

from analytics import table_file
from analytics.errors import BadFile, Fault
from analytics.errors_invoice import UppgiftFel
from analytics.export import FARLIGA, Falt, csv_maskin, excel
from analytics.invoice_parties import FALT, INGEN, TEXTER, TITEL, Uppgift, prova, rader, texter
from analytics.tables import Column, Row, TableSpec

SPEC = TableSpec(
    "partuppgift",
    "partuppgifter.csv",
    (
        Column("part_id", "id", references="part"),
        *(Column(key, empty=True, optional=key != "referens") for key in TEXTER),
    ),
    ("part_id",),
    ignored=("namn",),
)
KOLUMNER = [FALT[0], Falt("namn", "namn", "namn"), *FALT[1:]]
KOLUMNER = [Falt(column.nyckel, column.namn, column.namn) for column in KOLUMNER]


def som_csv(namn: Mapping[str, str], known: Mapping[str, Uppgift]) -> bytes:
    """Return the references of the parties in *namn* as CSV; it can be read in again."""
    return csv_maskin(_rader(namn, known), KOLUMNER)


def som_excel(namn: Mapping[str, str], known: Mapping[str, Uppgift]) -> bytes:
    """Return the same as a workbook whose first sheet can be read in again."""
    about = [
        "Mottagarnas uppgifter för fakturorna (K8). Tomt fält: saknas.",
        "Referensen är en kod eller en roll, aldrig en persons namn.",
    ]
    return excel(_rader(namn, known), KOLUMNER, "partuppgifter", about)


def las(name: str, content: bytes, namn: Mapping[str, str], kommuner: Collection[str]) -> list[Row]:
    """Return the rows of a CSV file in any code page, or of Excel. Nothing is saved here.

    A column that is left out, or empty in every row, is left out of the rows too: what is saved
    stays. Raises BadFile with line and column for every fault, also of check digits.
    """
    faults, found = [], []
    lines = table_file.las(name, content, SPEC, {"part": set(namn)})
    given = [key for key in TEXTER if any(row[key] for _, row in lines)]
    for line, full in lines:
        row = {key: full[key] for key in ("part_id", *given)}
        for key in given:
            # what the export wrote with an apostrophe in front of is read without it
            text = row[key] or ""
            row[key] = text[1:] if text[:1] == "'" and text[1:].startswith(FARLIGA) else text
            try:
                prova(namn[row["part_id"]], {key: row[key]}, row["part_id"] in kommuner)
            except UppgiftFel as error:
                said = error.fel[0].removeprefix(f"{TITEL[key]}: ").rstrip(".")
                faults.append(Fault(line, key, row[key], said.partition("” ")[2] or said))
        found.append(row)
    if faults:
        raise BadFile(name, faults)
    return found


def skillnader(
    rows: Sequence[Row], known: Mapping[str, Uppgift]
) -> list[tuple[str, str, str, str]]:
    """Return what the rows would change: (part, title of the field, before, after)."""
    found = []
    for row in rows:
        before = texter(known.get(row["part_id"], INGEN))
        after = prova(row["part_id"], {key: row[key] for key in TEXTER if key in row})
        found += [
            (row["part_id"], TITEL[key], before[key], after[key])
            for key in after
            if before[key] != after[key]
        ]
    return found


def _rader(namn: Mapping[str, str], known: Mapping[str, Uppgift]) -> list[dict[str, str]]:
    return [{"namn": namn[row["part_id"]], **row} for row in rader(namn, known)]
