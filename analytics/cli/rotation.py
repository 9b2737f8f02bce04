"""rotation: who lends staff, and whose turn it is (K13–K15). The JSON keys are a contract."""

from datetime import UTC, datetime
from pathlib import Path

from analytics import rotation_file, store
from analytics.cli.options import Section, file, form, needed, option, write_file
from analytics.cli.register import WEIGHT, exact, register, weight_of
from analytics.errors import BadCommand
from analytics.rotation import Inlan
from analytics.rotation_checks import Fynd, kontrollera
from analytics.rotation_register import dag, spara
from analytics.rotation_view import lagen
from analytics.swedish import decimal

PLAN = "en plan så jämn som villkoren tillåter; --save lägger den som utkast"
group = Section(
    "rotation", "Rotationen av inlånad personal (K13–K15).", {"propose": ("propose", PLAN)}
)
COMMANDS = {"rotation": group}


def _day(text: str):
    """Return the decorator of --date."""
    return option("--date", "DATUM", f"{text}, som 2027-01-01 (standard: i dag)", "day", read=dag)


@group.command("show", "registret och vem som står på tur i varje kategori")
@_day("dagen")
@WEIGHT
@form("table", "json")
def show(day, weight, form):
    given, day = register(), day or datetime.now(UTC).date()
    state = lagen(given.plan, given.rows, day, weight_of(weight, given, day.year))
    if form == "json":
        return {
            "date": str(day),
            "loans": [_loan(i) for i in given.plan],
            "categories": [
                {
                    "category": s.kategori, "now": [i.part for i in s.nu],
                    "next_agreed": s.sedan.part if s.sedan else None,
                    "next_by_debt": s.pa_tur.part if s.pa_tur else None,
                    "debt_months": exact(s.pa_tur.skuld) if s.pa_tur else None,
                }
                for s in state
            ],
        }  # fmt: skip
    lines = []
    for i in given.plan:
        spans = "; ".join(f"{p.fran}–{p.till} {p.procent} %" for p in i.perioder)
        mark = "  exempel" * i.exempel
        lines.append(f"{i.post}  {given.names[i.part]}  {spans}  {i.status}{mark}")
    for s in state:
        now = ", ".join(given.names[i.part] for i in s.nu) or "ingen"
        who = given.names[s.pa_tur.part] if s.pa_tur else "ingen"
        debt = f" (skyldig {decimal(s.pa_tur.skuld, 2)} månader)" if s.pa_tur else ""
        lines.append(f"{s.kategori}: inlånad {day} {now}; på tur {who}{debt}")
    return "\n".join(lines)


@group.command("check", "luckor och dubbelbokningar 24 månader framåt, och omöjliga inlån")
@_day("första dagen")
@form("table", "json")
def check(day, form):
    given = register()
    found = kontrollera(given.plan, given.rows, day or datetime.now(UTC).date(), given.names)
    if form == "json":
        return {"findings": [_finding(f) for f in found]}
    return "\n".join(f"{f.klausul}  {f.text}" for f in found) or "Inga anmärkningar."


@group.command("import", "läser in inlån ur CSV eller Excel, alla eller inga")
@file("en fil med kolumnerna i data/inlan.csv")
@needed("--reason", "SKÄL", "varför, i några ord")
def read_in(file, reason):
    given = register()
    new = rotation_file.las(file.name, file.read_bytes(), given.rows, given.plan)
    spara(given.db, store.shared(), given.rows, new, reason)
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
            content = rotation_file.som_csv(given.plan)
        case ".xlsx":
            content = rotation_file.som_excel(given.plan)
        case ".ics":
            content = rotation_file.kalender(given.plan, given.names, party)
        case _:
            raise BadCommand(f"--file ”{file}” ska sluta på .csv, .xlsx eller .ics.")
    write_file("--file", file, content)
    return {"file": str(file), "loans": len(given.plan)}


def _loan(i: Inlan) -> dict[str, object]:
    return {
        "id": i.id, "post": i.post, "party": i.part, "role": i.roll, "status": i.status,
        "cost_kr": i.kostnad_kr, "overhead_kr": i.palagg_kr, "example": i.exempel,
        "handover_days": i.overlamning,
        "periods": [{"from": str(p.fran), "to": str(p.till), "percent": p.procent}
                    for p in i.perioder],
    }  # fmt: skip


def _finding(f: Fynd) -> dict[str, object]:
    return {
        "check": f.kontroll, "clause": f.klausul, "error": f.fel, "text": f.text,
        "from": str(f.fran) if f.fran else None, "to": str(f.till) if f.till else None,
        "loans": list(f.inlan),
    }  # fmt: skip
