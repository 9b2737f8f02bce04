"""The rotation on the command line: rotation show | check | propose | import | export."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TextIO

from analytics import agreement, database, fees, parties, rotation_file, rotation_view, store
from analytics.cli_options import HELP, Parser, en, val
from analytics.errors import BadCommand
from analytics.parties import PartRad
from analytics.rotation import KATEGORIER, Inlan, Vikt
from analytics.rotation_checks import Fynd, kontrollera
from analytics.rotation_draft import hinder, med_hinder, spara_utkast
from analytics.rotation_plan import Losning, foresla
from analytics.rotation_problem import Otillganglig, Villkor, uppdrag
from analytics.rotation_proof import granska, turer
from analytics.rotation_register import alla, dag, spara
from analytics.rotation_view import VIKTER, lagen, namn, vikten
from analytics.swedish import decimal
from analytics.terms import Uppgift

OM = """Rotationen av inlånad personal (K13–K15): rotation show | check | propose | import | export.

  show     registret och vem som står på tur i varje kategori
  check    luckor och dubbelbokningar 24 månader framåt, och inlån som inte kan stämma
  propose  en plan så jämn som villkoren tillåter; --save lägger den som utkast
  import   läser in CSV eller Excel; ett fel stoppar allt
  export   skriver registret som CSV eller Excel, eller en kalender
"""


@dataclass(frozen=True)
class _Underlag:
    rows: tuple[PartRad, ...]
    plan: list[Inlan]
    names: dict[str, str]


def kor(argv: Sequence[str], out: TextIO) -> None:
    """Run `rotation` with what follows it. Raises AgreementError."""
    command = argv[0] if argv else ""
    if command in ("-h", "--help"):
        out.write(OM)
        return
    if command not in COMMANDS:
        what = f"Det finns inget ”rotation {command[:40]}”." if command else "rotation gör vad?"
        raise BadCommand(f"{what} Välj {', '.join(COMMANDS)}. {HELP}")
    db = database.shared()
    rows = parties.rader(db, agreement.load())
    given = _Underlag(rows, alla(db, store.shared()), namn(rows))
    COMMANDS[command](argv[1:], out, given)


def _show(argv: Sequence[str], out: TextIO, given: _Underlag) -> None:
    parser = Parser("rotation show", "Registret, och vem som står på tur.")
    parser.flagga("--date", "DATUM", "dagen, som 2027-01-01 (standard: i dag)")
    parser.flagga("--weight", "HUR", "lika (standard), invanare eller avgift")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, day = val(flags, "format", ("table", "json")), _dagen(flags)
    state = lagen(given.plan, given.rows, day, _vikt(flags, given, day.year))
    if form == "json":
        _json(out, {
            "date": str(day),
            "loans": [_inlan(i) for i in given.plan],
            "categories": [
                {
                    "category": s.kategori,
                    "now": [i.part for i in s.nu],
                    "next_agreed": s.sedan.part if s.sedan else None,
                    "next_by_debt": s.pa_tur.part if s.pa_tur else None,
                    "debt_months": _tal(s.pa_tur.skuld) if s.pa_tur else None,
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


def _check(argv: Sequence[str], out: TextIO, given: _Underlag) -> None:
    parser = Parser("rotation check", "Luckor, dubbelbokningar och inlån som inte kan stämma.")
    parser.flagga("--date", "DATUM", "första dagen, som 2027-01-01 (standard: i dag)")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form = val(flags, "format", ("table", "json"))
    found = kontrollera(given.plan, given.rows, _dagen(flags), given.names)
    if form == "json":
        _json(out, {"findings": [_fynd(f) for f in found]})
        return
    out.write("".join(f"{f.klausul}  {f.text}\n" for f in found) or "Inga anmärkningar.\n")


def _propose(argv: Sequence[str], out: TextIO, given: _Underlag) -> None:
    parser = Parser("rotation propose", "En plan så jämn som villkoren tillåter (K14).")
    parser.flagga("--start", "DATUM", "den första i en månad, som 2027-01-01")
    parser.flagga("--years", "ANTAL", "1–10 år (standard 4)")
    parser.flagga("--length", "MÅNADER", "passets längd (standard 6)")
    parser.flagga("--percent", "PROCENT", "passets omfattning (standard 50)")
    parser.flagga("--gap", "ANTAL", "minst så många pass mellan två av samma part (standard 1)")
    parser.flagga("--category", "KATEGORI", "kommun, blåljus eller trafik (standard alla)")
    parser.flagga("--weight", "HUR", "lika (standard), invanare eller avgift")
    parser.flagga("--unavailable", "PART=FRÅN:TILL", "kan inte; får anges flera gånger")
    parser.flagga("--pin", "PART=DATUM", "låst till passet den dagen; får anges flera gånger")
    parser.flagga("--time-limit", "SEKUNDER", "per kategori (standard 30)")
    parser.flagga("--save", "JA", "ja lägger planen som utkast")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, save = val(flags, "format", ("table", "json")), val(flags, "save", ("nej", "ja"))
    if not en(flags, "start"):
        raise BadCommand("Planens början saknas. Lägg till --start, som --start 2027-01-01 (K14).")
    asked = Villkor(
        dag(en(flags, "start")), _heltal(flags, "years", 4), _heltal(flags, "length", 6),
        _heltal(flags, "percent", 50), _heltal(flags, "gap", 1),
    )  # fmt: skip
    saved = med_hinder(asked, hinder(store.shared()))
    asked = Villkor(
        asked.start, asked.ar, asked.pass_manader, asked.procent, asked.mellanrum,
        (*saved.otillganglig, *(_hinder(text, given) for text in flags["unavailable"])),
        (*saved.lasta, *(_last(text, given) for text in flags["pin"])),
    )  # fmt: skip
    limit = _heltal(flags, "time_limit", 30)
    weight = _vikt(flags, given, asked.start.year)
    chosen = val(flags, "category", ("alla", *KATEGORIER))
    found = [
        foresla(uppdrag(given.plan, given.rows, k, asked, weight), limit)
        for k in KATEGORIER
        if chosen in ("alla", k)
    ]
    faults = [f for one in found for f in granska(one, given.plan, given.rows, asked, weight)]
    if faults:
        raise BadCommand("Planen håller inte kontrollen (K14): " + " ".join(faults))
    if save == "ja":
        spara_utkast(store.shared(), asked, found, val(flags, "weight", tuple(VIKTER)), None)
    if form == "json":
        _json(out, {"plans": [_losning(one, asked) for one in found]})
        return
    for one in found:
        out.write(f"{one.problem.kategori}: {one.mening}\n")
        out.writelines(f"  {i.fran}–{i.till}  {given.names[i.part]}\n" for i in turer(one, asked))


def _import(argv: Sequence[str], out: TextIO, given: _Underlag) -> None:
    parser = Parser("rotation import", "Läser in inlån ur CSV eller Excel, alla eller inga.")
    parser.flagga("--file", "FIL", "en fil med kolumnerna i data/inlan.csv")
    parser.flagga("--reason", "SKÄL", "varför, i några ord")
    flags = parser.las(argv)
    path, why = Path(_kravs(flags, "file")), _kravs(flags, "reason")
    if not path.is_file():
        raise BadCommand(f"--file ”{path}” finns inte. Ange en annan fil.")
    new = rotation_file.las(path.name, path.read_bytes(), given.rows)
    spara(store.shared(), given.rows, new, why)
    _json(out, {"saved": len(new)})


def _export(argv: Sequence[str], out: TextIO, given: _Underlag) -> None:
    parser = Parser("rotation export", "Skriver registret eller en kalender till en fil.")
    parser.flagga("--file", "FIL", "filen att skriva: slutar på .csv, .xlsx eller .ics")
    parser.flagga("--party", "PART", "bara partens kalender, för .ics")
    flags = parser.las(argv)
    path, party = Path(_kravs(flags, "file")), en(flags, "party")
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
    _json(out, {"file": str(path), "loans": len(given.plan)})


COMMANDS: dict[str, Callable[[Sequence[str], TextIO, _Underlag], None]] = {
    "show": _show,
    "check": _check,
    "propose": _propose,
    "import": _import,
    "export": _export,
}


def _vikt(flags: dict[str, list[str]], given: _Underlag, year: int) -> Vikt:
    how = val(flags, "weight", tuple(VIKTER))
    if how == "lika":
        return vikten(how, None)
    db, avtal = database.shared(), agreement.load()
    (result,) = fees.avgifter(db, avtal, [Uppgift(year, given.rows, {}, {})])
    return rotation_view.vikten(how, result)


def _dagen(flags: dict[str, list[str]]) -> date:
    text = en(flags, "date")
    return dag(text) if text else datetime.now(UTC).date()


def _heltal(flags: dict[str, list[str]], name: str, default: int) -> int:
    text = en(flags, name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise BadCommand(
            f"--{name.replace('_', '-')} ”{text[:40]}” är inget heltal. Skriv siffror."
        )
    return int(text)


def _kravs(flags: dict[str, list[str]], name: str) -> str:
    text = en(flags, name)
    if not text or not text.strip():
        raise BadCommand(f"--{name} saknas. {HELP}")
    return text


def _hinder(text: str, given: _Underlag) -> Otillganglig:
    part, _, span = text.partition("=")
    first, _, last = span.partition(":")
    return Otillganglig(_part(part, given), dag(first), dag(last), "kommandoraden")


def _last(text: str, given: _Underlag) -> tuple[str, date]:
    part, _, day = text.partition("=")
    return _part(part, given), dag(day)


def _part(text: str, given: _Underlag) -> str:
    if text not in given.names:
        raise BadCommand(f"Parten ”{text[:40]}” finns inte (K14). Ange ett id, som 0160.")
    return text


def _tal(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value)


def _inlan(i: Inlan) -> dict[str, object]:
    return {
        "id": i.id, "post": i.post, "party": i.part, "role": i.roll, "status": i.status,
        "cost_kr": i.kostnad_kr, "overhead_kr": i.palagg_kr, "example": i.exempel,
        "periods": [{"from": str(p.fran), "to": str(p.till), "percent": p.procent}
                    for p in i.perioder],
    }  # fmt: skip


def _fynd(f: Fynd) -> dict[str, object]:
    return {
        "check": f.kontroll, "clause": f.klausul, "error": f.fel, "text": f.text,
        "from": str(f.fran) if f.fran else None, "to": str(f.till) if f.till else None,
        "loans": list(f.inlan),
    }  # fmt: skip


def _losning(one: Losning, asked: Villkor) -> dict[str, object]:
    return {
        "category": one.problem.kategori, "proven": one.bevisad, "sentence": one.mening,
        "at_least_without": one.minst_utan, "without": list(one.utan), "moved": one.flyttade,
        "vacant": one.val.count(None),
        "turns": [{"from": str(i.fran), "to": str(i.till), "party": i.part}
                  for i in turer(one, asked)],
        "debts_months": {p: _tal(debt) for p, debt in one.skulder.items()},
    }  # fmt: skip


def _json(out: TextIO, value: object) -> None:
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
