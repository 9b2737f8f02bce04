"""The register as files: CSV and Excel in and out, strict, all or nothing; calendars as ICS."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar, Event
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from analytics.agreement.parties import PartyRow
from analytics.errors import BadFile, Fault, ended
from analytics.files.export import Field, machine_csv, restored, write_excel
from analytics.reference import tables
from analytics.reference.sources import INLAN
from analytics.reference.tables import Column
from analytics.rotation.checks import Finding, text_faults
from analytics.rotation.loans import DAY, LINES, Inlan
from analytics.rotation.register import as_rows, from_rows, require_sound, save_new
from analytics.swedish import LARGEST

MAX_UNPACKED = 50_000_000
EQUAL = (
    "post", "part_id", "roll", "status", "kostnad_kr", "palagg_kr", "overlamning_dagar",
)  # fmt: skip
# What the program itself makes is wider than data/inlan.csv: ids of its own, and loans without a
# role or a source.
OWN = {
    "inlan_id": Column("inlan_id"),
    "roll": Column("roll", empty=True),
    "kalla": Column("kalla", empty=True),
    **{
        name: Column(name, "heltal", empty=True, low=0, high=LARGEST)
        for name in ("kostnad_kr", "palagg_kr")
    },
}
REGISTER = replace(INLAN, columns=tuple(OWN.get(c.name, c) for c in INLAN.columns))
TEXTS = ("inlan_id", "roll", "anteckning", "kalla")
FIELDS = [Field(c.name, c.name, c.name) for c in INLAN.columns]


def as_csv(plan: Sequence[Inlan]) -> bytes:
    """Return the register as CSV with the columns of data/inlan.csv; it can be read in again."""
    return machine_csv(as_rows(plan), FIELDS)


def as_excel(plan: Sequence[Inlan]) -> bytes:
    """Return the register as a workbook whose first sheet can be read in again."""
    about = ["Inlånad personal (K13–K15). En rad per inlån och omfattning.", "Tomt fält: saknas."]
    empty = [{k: "" if v is None else v for k, v in row.items()} for row in as_rows(plan)]
    return write_excel(empty, FIELDS, "inlan", about)


def read(
    name: str, content: bytes, rows: Sequence[PartyRow], standing: Sequence[Inlan] = ()
) -> list[Inlan]:
    """Return the loans of a CSV or Excel file, with new ids to come. Nothing is saved here.

    Loans that *standing* has already are left out. Raises BadFile with line and column for every
    fault, of form or against a clause.
    """
    if name.lower().endswith((".xlsx", ".xlsm")):
        content = _excel_to_csv(name, content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "fil.csv")
        path.write_bytes(content)
        found = tables.read(path, REGISTER, {"part": {row.party_id for row in rows}})
    for row in found:
        row |= {key: restored(row[key] or "") for key in TEXTS}
    _same(name, found)
    plan = save_new(from_rows(found), standing)
    wrong = [finding for inlan in plan for finding in text_faults(inlan)]
    wrong = wrong or require_sound(plan, rows, standing)
    if wrong:
        raise BadFile(name, [_file_faults(finding, found) for finding in wrong])
    return plan


def _file_faults(finding: Finding, found: Sequence[Mapping[str, object]]) -> Fault:
    """A finding as a fault: in the last row that has its day, else in the last of its loan."""
    own = [(line, row) for line, row in enumerate(found, 2) if row["inlan_id"] in finding.inlan]
    about = [
        (line, row)
        for line, row in own
        if finding.since
        and (row["fran"] <= finding.since <= row["till"] or row["fran"] == finding.since)
    ]
    line, row = (about or own)[-1]
    return Fault(
        line,
        finding.field,
        str(row[finding.field]),
        f"{finding.clause}: {finding.text.rstrip('.')}",
    )


def _same(name: str, found: Sequence[Mapping[str, object]]) -> None:
    """The rows of one loan agree in everything but period, percent, note and source."""
    first: dict[object, Mapping[str, object]] = {}
    faults = []
    for number, row in enumerate(found, 2):
        lead = first.setdefault(row["inlan_id"], row)
        faults += [
            Fault(number, key, str(row[key]), f"inlånet {row['inlan_id']} har {lead[key]} tidigare")
            for key in EQUAL
            if row[key] != lead[key]
        ]
    if faults:
        raise BadFile(name, faults)


def _excel_to_csv(name: str, content: bytes) -> bytes:
    if len(content) > tables.MAX_BYTES:
        raise _whole_number(
            name, f"{len(content)} byte", f"en fil får ha högst {tables.MAX_BYTES} byte"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise _whole_number(name, "", "arbetsboken blir för stor när den packas upp")
        book = load_workbook(io.BytesIO(content), data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise _whole_number(name, "", "filen är ingen arbetsbok i formatet xlsx") from None
    sheet = book.worksheets[0]
    if sheet.merged_cells.ranges:
        span = min(sheet.merged_cells.ranges, key=lambda r: (r.min_row, r.min_col))
        raise BadFile(name, [Fault(span.min_row, span.coord, str(span.start_cell.value or ""),
                                   "sammanfogade celler går inte att läsa; dela dem")])  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for line, row in enumerate(sheet.iter_rows(), 1):
        writer.writerow([_cell(name, line, cell) for cell in row])
    return out.getvalue().encode("utf-8")


def _cell(name: str, line: int, cell) -> str:
    value = cell.value
    if cell.data_type == "f":
        raise BadFile(name, [Fault(line, cell.column_letter, str(value), "skriv värdet, ingen "
                                   "formel")])  # fmt: skip
    if isinstance(value, datetime):
        return str(value.date()) if value.time().isoformat() == "00:00:00" else str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _whole_number(name: str, value: str, allowed: str) -> BadFile:
    return BadFile(name, [Fault(1, None, value, allowed)])


def calendar(
    plan: Sequence[Inlan], names: Mapping[str, str], part: str | None = None,
    now: datetime | None = None,
) -> bytes:  # fmt: skip
    """Return the loans of *part*, or of all, as an iCalendar file with whole days.

    One event per period; DTEND is the day after, as the format has it. A proposal is TENTATIVE.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Samverkanskalkylen//Rotation//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Inlån: {names[part] if part else 'alla parter'}")
    stamp = now or datetime.now(UTC)
    for inlan in plan:
        if part is not None and inlan.party != part:
            continue
        for number, period in enumerate(inlan.periods):
            event = Event()
            event.add("uid", f"{inlan.id}-{number}@samverkanskalkylen")
            event.add("dtstamp", stamp)
            event.add("dtstart", period.since)
            event.add("dtend", period.until + DAY)
            marks = " (exempel)" * inlan.example
            event.add(
                "summary",
                f"{names.get(inlan.party, inlan.party)}: {LINES[inlan.post]}, {period.percent} %"
                f"{marks}",
            )
            event.add("status", "TENTATIVE" if inlan.status == "förslag" else "CONFIRMED")
            event.add("transp", "TRANSPARENT")
            event.add("description", f"{ended(inlan.role)} {inlan.status.capitalize()} (K14).")
            calendar.add_component(event)
    return calendar.to_ical()
