"""The rotation on the command line: rotation show | check | propose | import | export."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from analytics import agreement, cli_rotation_propose, database, parties, rotation_file, store
from analytics.cli_options import Parser, en, underkommando, val
from analytics.cli_rotation_input import Underlag, dagen, kravs, skriv_json, tal, vikt
from analytics.errors import BadCommand
from analytics.rotation import Inlan
from analytics.rotation_checks import Fynd, kontrollera
from analytics.rotation_register import alla, spara
from analytics.rotation_view import lagen, namn
from analytics.swedish import decimal

OM = """Rotationen av inlånad personal (K13–K15): rotation show | check | propose | import | export.

  show     registret och vem som står på tur i varje kategori
  check    luckor och dubbelbokningar 24 månader framåt, och inlån som inte kan stämma
  propose  en plan så jämn som villkoren tillåter; --save lägger den som utkast
  import   läser in CSV eller Excel; ett fel stoppar allt
  export   skriver registret som CSV eller Excel, eller en kalender
"""


def kor(argv: Sequence[str], out: TextIO) -> None:
    """Run `rotation` with what follows it. Raises AgreementError."""
    run = underkommando("rotation", argv, COMMANDS, OM, out)
    if run is None:
        return
    db = database.shared()
    rows = parties.rader(db, agreement.load())
    given = Underlag(db, rows, alla(db, store.shared()), namn(rows))
    run(argv[1:], out, given)


def _show(argv: Sequence[str], out: TextIO, given: Underlag) -> None:
    parser = Parser("rotation show", "Registret, och vem som står på tur.")
    parser.flagga("--date", "DATUM", "dagen, som 2027-01-01 (standard: i dag)")
    parser.flagga("--weight", "HUR", "lika (standard), invanare eller avgift")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, day = val(flags, "format", ("table", "json")), dagen(flags)
    state = lagen(given.plan, given.rows, day, vikt(flags, given, day.year))
    if form == "json":
        skriv_json(out, {
            "date": str(day),
            "loans": [_inlan(i) for i in given.plan],
            "categories": [
                {
                    "category": s.kategori,
                    "now": [i.part for i in s.nu],
                    "next_agreed": s.sedan.part if s.sedan else None,
                    "next_by_debt": s.pa_tur.part if s.pa_tur else None,
                    "debt_months": tal(s.pa_tur.skuld) if s.pa_tur else None,
                }
                for s in state
            ],
        })  # fmt: skip
        return
    for i in given.plan:
        spans = "; ".join(f"{p.fran}–{p.till} {p.procent} %" for p in i.perioder)
        mark = "  exempel" * i.exempel
        out.write(f"{i.post}  {given.names[i.part]}  {spans}  {i.status}{mark}\n")
    for s in state:
        now = ", ".join(given.names[i.part] for i in s.nu) or "ingen"
        who = given.names[s.pa_tur.part] if s.pa_tur else "ingen"
        debt = f" (skyldig {decimal(s.pa_tur.skuld, 2)} månader)" if s.pa_tur else ""
        out.write(f"{s.kategori}: inlånad {day} {now}; på tur {who}{debt}\n")


def _check(argv: Sequence[str], out: TextIO, given: Underlag) -> None:
    parser = Parser("rotation check", "Luckor, dubbelbokningar och inlån som inte kan stämma.")
    parser.flagga("--date", "DATUM", "första dagen, som 2027-01-01 (standard: i dag)")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form = val(flags, "format", ("table", "json"))
    found = kontrollera(given.plan, given.rows, dagen(flags), given.names)
    if form == "json":
        skriv_json(out, {"findings": [_fynd(f) for f in found]})
        return
    out.write("".join(f"{f.klausul}  {f.text}\n" for f in found) or "Inga anmärkningar.\n")


def _import(argv: Sequence[str], out: TextIO, given: Underlag) -> None:
    parser = Parser("rotation import", "Läser in inlån ur CSV eller Excel, alla eller inga.")
    parser.flagga("--file", "FIL", "en fil med kolumnerna i data/inlan.csv")
    parser.flagga("--reason", "SKÄL", "varför, i några ord")
    flags = parser.las(argv)
    path, why = Path(kravs(flags, "file")), kravs(flags, "reason")
    if not path.is_file():
        raise BadCommand(f"--file ”{path}” finns inte. Ange en annan fil.")
    new = rotation_file.las(path.name, path.read_bytes(), given.rows, given.plan)
    spara(given.db, store.shared(), given.rows, new, why)
    skriv_json(out, {"saved": len(new)})


def _export(argv: Sequence[str], out: TextIO, given: Underlag) -> None:
    parser = Parser("rotation export", "Skriver registret eller en kalender till en fil.")
    parser.flagga("--file", "FIL", "filen att skriva: slutar på .csv, .xlsx eller .ics")
    parser.flagga("--party", "PART", "bara partens kalender, för .ics")
    flags = parser.las(argv)
    path, party = Path(kravs(flags, "file")), en(flags, "party")
    if party is not None and party not in given.names:
        raise BadCommand(f"Parten ”{party[:40]}” finns inte (K14). Ange ett id, som 0160.")
    match path.suffix.lower():
        case ".csv":
            content = rotation_file.som_csv(given.plan)
        case ".xlsx":
            content = rotation_file.som_excel(given.plan)
        case ".ics":
            content = rotation_file.kalender(given.plan, given.names, party)
        case _:
            raise BadCommand(f"--file ”{path}” ska sluta på .csv, .xlsx eller .ics.")
    try:
        path.write_bytes(content)
    except OSError:
        raise BadCommand(f"--file ”{path}” går inte att skriva. Ange en annan fil.") from None
    skriv_json(out, {"file": str(path), "loans": len(given.plan)})


COMMANDS: dict[str, Callable[[Sequence[str], TextIO, Underlag], None]] = {
    "show": _show,
    "check": _check,
    "propose": cli_rotation_propose.kor,
    "import": _import,
    "export": _export,
}


def _inlan(i: Inlan) -> dict[str, object]:
    return {
        "id": i.id, "post": i.post, "party": i.part, "role": i.roll, "status": i.status,
        "cost_kr": i.kostnad_kr, "overhead_kr": i.palagg_kr, "example": i.exempel,
        "handover_days": i.overlamning,
        "periods": [{"from": str(p.fran), "to": str(p.till), "percent": p.procent}
                    for p in i.perioder],
    }  # fmt: skip


def _fynd(f: Fynd) -> dict[str, object]:
    return {
        "check": f.kontroll, "clause": f.klausul, "error": f.fel, "text": f.text,
        "from": str(f.fran) if f.fran else None, "to": str(f.till) if f.till else None,
        "loans": list(f.inlan),
    }  # fmt: skip
