"""The register as files, out and in, strict, all or nothing; and as calendars (ICS)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Calendar, Event

from analytics.agreement.parties import PartyRow
from analytics.errors import BadFile, Fault, ended
from analytics.files.export import Field, machine_csv, restored, write_excel
from analytics.files.table import read_table
from analytics.files.table_spec import Row
from analytics.reference.sources import INLAN
from analytics.reference.tables import Column
from analytics.rotation.findings import Finding, text_faults
from analytics.rotation.loans import DAY, LINES, Inlan
from analytics.rotation.register import as_rows, from_rows, require_sound, save_new
from analytics.swedish import LARGEST

Lines = Sequence[tuple[int, Row]]
EQUAL = (
    "post", "part_id", "roll", "status", "kostnad_kr", "palagg_kr", "overlamning_dagar",
)  # fmt: skip
# What the program itself makes is wider than data/inlan.csv: loans without a role or a source.
OWN = {
    "roll": Column("roll", empty=True),
    "kalla": Column("kalla", empty=True),
    **{
        name: Column(name, "heltal", empty=True, low=0, high=LARGEST)
        for name in ("kostnad_kr", "palagg_kr")
    },
}
REGISTER = replace(INLAN, columns=tuple(OWN.get(c.name, c) for c in INLAN.columns))
TEXTS = ("roll", "anteckning", "kalla")
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
    name: str,
    content: bytes,
    rows: Sequence[PartyRow],
    standing: Sequence[Inlan] = (),
    remarks: list[str] | None = None,
) -> list[Inlan]:
    """Return the loans of a CSV, Excel or ODS file, with new ids to come. Nothing is saved here.

    Loans that *standing* has already are left out; *remarks* as in files.table. Raises BadFile
    with line and column for every fault, of form or against a clause.
    """
    found = read_table(name, content, REGISTER, {"part": {row.party_id for row in rows}}, remarks)
    for _, row in found:
        row |= {key: restored(row[key] or "") for key in TEXTS}
    _same(name, found)
    plan = save_new(from_rows(row for _, row in found), standing)
    wrong = [finding for inlan in plan for finding in text_faults(inlan)]
    wrong = wrong or require_sound(plan, rows, standing)
    if wrong:
        raise BadFile(name, [_file_fault(finding, found) for finding in wrong])
    return plan


def _file_fault(finding: Finding, found: Lines) -> Fault:
    """A finding as a fault: in the last row that has its day, else in the last of its loan."""
    own = [(line, row) for line, row in found if row["inlan_id"] in finding.inlan]
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


def _same(name: str, found: Lines) -> None:
    """The rows of one loan agree in everything but period, percent, note and source."""
    first: dict[object, Mapping[str, object]] = {}
    faults = []
    for number, row in found:
        lead = first.setdefault(row["inlan_id"], row)
        faults += [
            Fault(number, key, str(row[key]), f"inlånet {row['inlan_id']} har {lead[key]} tidigare")
            for key in EQUAL
            if row[key] != lead[key]
        ]
    if faults:
        raise BadFile(name, faults)


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
