"""rotation: who lends staff, and whose turn it is (K13–K15). The JSON keys are a contract."""

from datetime import UTC, datetime
from pathlib import Path

from analytics.cli.options import CommandGroup, content_of, file, form, needed, option, write_file
from analytics.cli.output import tell
from analytics.cli.register import WEIGHT, exact, register, weight_of
from analytics.errors import BadCommand
from analytics.rotation import file as rotation_file
from analytics.rotation.checks import Finding, check_register
from analytics.rotation.loans import Inlan
from analytics.rotation.register import save
from analytics.rotation.view import standings
from analytics.store import posts as store_posts
from analytics.swedish import decimal, parse_day

PLAN = "en plan så jämn som villkoren tillåter; --save lägger den som utkast"
group = CommandGroup(
    "rotation", "Rotationen av inlånad personal (K13–K15).", {"propose": ("propose", PLAN)}
)
COMMANDS = {"rotation": group}


def _day(text: str):
    """Return the decorator of --date."""
    return option(
        "--date", "DATUM", f"{text}, som 2027-01-01 (standard: i dag)", "day", read=parse_day
    )


@group.command("show", "registret och vem som står på tur i varje kategori")
@_day("dagen")
@WEIGHT
@form("table", "json")
def show(day, weight, form):
    given, day = register(), day or datetime.now(UTC).date()
    state = standings(given.plan, given.rows, day, weight_of(weight, given, day.year))
    if form == "json":
        return {
            "date": str(day),
            "loans": [_loan(i) for i in given.plan],
            "categories": [
                {
                    "category": s.category, "now": [i.party for i in s.now],
                    "next_agreed": s.coming.party if s.coming else None,
                    "next_by_debt": s.next_in_turn.party if s.next_in_turn else None,
                    "debt_months": exact(s.next_in_turn.debt) if s.next_in_turn else None,
                }
                for s in state
            ],
        }  # fmt: skip
    lines = []
    for i in given.plan:
        spans = "; ".join(f"{p.since}–{p.until} {p.percent} %" for p in i.periods)
        mark = "  exempel" * i.example
        lines.append(f"{i.post}  {given.names[i.party]}  {spans}  {i.status}{mark}")
    for s in state:
        now = ", ".join(given.names[i.party] for i in s.now) or "ingen"
        who = given.names[s.next_in_turn.party] if s.next_in_turn else "ingen"
        debt = f" (skyldig {decimal(s.next_in_turn.debt, 2)} månader)" if s.next_in_turn else ""
        lines.append(f"{s.category}: inlånad {day} {now}; på tur {who}{debt}")
    return "\n".join(lines)


@group.command("check", "luckor och dubbelbokningar 24 månader framåt, och omöjliga inlån")
@_day("första dagen")
@form("table", "json")
def check(day, form):
    given = register()
    found = check_register(given.plan, given.rows, day or datetime.now(UTC).date(), given.names)
    if form == "json":
        return {"findings": [_finding(f) for f in found]}
    return "\n".join(f"{f.clause}  {f.text}" for f in found) or "Inga anmärkningar."


@group.command("import", "läser in inlån ur CSV, Excel eller ODS, alla eller inga")
@file("en fil med kolumnerna i data/inlan.csv")
@needed("--reason", "SKÄL", "varför, i några ord")
def read_in(file, reason):
    given = register()
    remarks: list[str] = []
    new = rotation_file.read(file.name, content_of(file), given.rows, given.plan, remarks)
    save(given.db, store_posts.shared(), given.rows, new, reason)
    tell(remarks)
    return {"saved": len(new)}


@group.command("export", "skriver registret som CSV eller Excel, eller en kalender")
@needed("--file", "FIL", "filen att skriva: slutar på .csv, .xlsx eller .ics", read=Path)
@option("--party", "PART", "bara partens kalender, för .ics")
def export(file, party):
    given = register()
    if party is not None:
        given.party(party)
    match file.suffix.lower():
        case ".csv":
            content = rotation_file.as_csv(given.plan)
        case ".xlsx":
            content = rotation_file.as_excel(given.plan)
        case ".ics":
            content = rotation_file.calendar(given.plan, given.names, party)
        case _:
            raise BadCommand(f"--file ”{file}” ska sluta på .csv, .xlsx eller .ics.")
    write_file("--file", file, content)
    return {"file": str(file), "loans": len(given.plan)}


def _loan(i: Inlan) -> dict[str, object]:
    return {
        "id": i.id, "post": i.post, "party": i.party, "role": i.role, "status": i.status,
        "cost_kr": i.cost_kr, "overhead_kr": i.overhead_kr, "example": i.example,
        "handover_days": i.handover,
        "periods": [{"from": str(p.since), "to": str(p.until), "percent": p.percent}
                    for p in i.periods],
    }  # fmt: skip


def _finding(f: Finding) -> dict[str, object]:
    return {
        "check": f.check, "clause": f.clause, "error": f.is_fault, "text": f.text,
        "from": str(f.since) if f.since else None, "to": str(f.until) if f.until else None,
        "loans": list(f.inlan),
    }  # fmt: skip
