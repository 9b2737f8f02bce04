"""invoice: the basis of the invoices, twice a year (K8). The JSON keys are a contract."""

from collections.abc import Sequence
from pathlib import Path

from analytics import (
    agreement,
    database,
    invoice_basis,
    invoice_checks,
    invoice_parties,
    invoice_parties_file,
    invoice_store,
    parties,
    store,
)
from analytics.cli import options
from analytics.cli.options import choice, form, needed, option, reason, year
from analytics.cli.output import as_table, one_line
from analytics.errors import BadCommand
from analytics.invoice import Grund, Rad, per_part
from analytics.invoice_checks import Kontroll, Stallning, Tertialrad
from analytics.invoice_parties import INGEN, Uppgift, Vard
from analytics.invoice_run import Anvant, Fakturering, Forslag
from analytics.invoice_store import Korning
from analytics.scenario_store import Scenarier
from analytics.swedish import kr, tal

invoice = options.Section("invoice", "Fakturaunderlaget, två gånger om året (K8).")
COMMANDS = {"invoice": invoice}
HOST = {"name": "namn", "organisation": "orgnr", "contact": "referens", "gln": "gln",
        "peppol": "peppol", "address": "adress"}  # fmt: skip


@invoice.command("run", "nästa körning som den skulle bli, eller en kreditering av den senaste")
@year(missing="")
@option("--scenario", "ID", "ett fryst eller beslutat: id, början av det, namn")
@options.yes("--issue", "ställer ut körningen och låser den")
@option("--credit", "KÖRNING", "krediterar den senaste körningen, som 2026-2")
@reason("vem som beslutat, eller varför den krediteras")
@form("table", "json")
def run(year, scenario, issue, credit, reason, form):
    db, avtal = database.shared(), agreement.load()
    saved = Scenarier(db, avtal, store.shared())
    billing = Fakturering(db, avtal, saved, store.shared())
    if credit is not None:
        if issue or scenario is not None:
            raise BadCommand("--credit går inte ihop med --issue eller --scenario. Välj det ena.")
        return _issued(billing.kreditera(credit, skal=reason), form)
    if year is None:
        raise BadCommand(options.NO_YEAR)
    item = None if scenario is None else saved.sok(scenario)
    if issue:
        return _issued(billing.utstall(item, year, _used(year), skal=reason), form)
    made = billing.forslag(item, year, _used(year))
    if form == "json":
        return proposal_data(made)
    return "\n".join([
        f"{made.titel} {year}, inte utställd. Underlag: {one_line(made.grund.scenario)}.",
        *([row_table(made.rader)] if made.rader else []),
        *(f"Hinder: {text}" for text in made.hinder),
        *(f"Att veta: {text}" for text in made.anmarkningar),
    ])  # fmt: skip


def _issued(run: Korning, form: str):
    if form == "json":
        return run_data(run)
    said = f"{run.nummer} {run.titel} {run.ar} är utställd och låst."
    return f"{said}\n{row_table(run.rader)}"


def _used(year: int) -> Anvant:
    return invoice_basis.anvant(database.shared(), store.shared(), year)


@invoice.command("show", "årets körningar, varje parts fakturor, och om varje krona går ihop")
@year()
@form("table", "json")
def show(year, form):
    runs, used = invoice_store.lista(store.shared(), year), _used(year)
    if form == "json":
        known = invoice_parties.alla(store.shared())
        return year_data(year, runs, used, known)
    none = f"Ingen körning är utställd för {year}."
    return year_text(runs, used) if runs else none


@invoice.command("export", "skriver en utställd körning till en fil")
@needed("--run", "KÖRNING", "körningens nummer, som 2026-1", "number")
@needed("--file", "FIL", ".csv, .xlsx, .pdf (en parts blad) eller .zip (alla blad)", read=Path)
@option("--party", "PART", "parten som bladet gäller, för .pdf")
@choice("--flavour", "SORT", "program (standard) eller svensk, för .csv", ("program", "svensk"))
def export(number, file, party, flavour):
    from analytics import invoice_file

    run = invoice_store.hamta(store.shared(), number)
    runs, ending = invoice_store.lista(store.shared(), run.ar), file.suffix.lower()
    if party is not None and ending != ".pdf":
        raise BadCommand("--party gäller bara ett PDF-blad. Ange en fil som slutar på .pdf.")
    match ending:
        case ".csv" if flavour == "svensk":
            content = invoice_file.csv_svensk(run)
        case ".csv":
            content = invoice_file.csv_maskin(run)
        case ".xlsx":
            content = invoice_file.excel(run)
        case ".zip":
            content = invoice_file.zip_blad(run, runs)
        case ".pdf" if party and party.strip():
            content = invoice_file.blad(run, party, runs)
        case ".pdf":
            raise BadCommand(f"--party saknas. {options.HELP}")
        case _:
            raise BadCommand(f"--file ”{file}” ska sluta på .csv, .xlsx, .pdf eller .zip.")
    options.write_file("--file", file, content)
    return {"file": str(file), "run": run.nummer, "total_kr": run.summa_kr}


@invoice.command("parties", "läser in parternas referenser, alla eller inga")
@options.file("CSV eller Excel: part_id, referens, orgnr, gln, peppol, adress")
@needed("--reason", "SKÄL", "varför, i några ord")
def references(file, reason):
    rows = parties.rader(database.shared(), agreement.load())
    names = {row.part_id: row.namn for row in rows}
    municipal = {row.part_id for row in rows if row.grupp == "kommun"}
    found = invoice_parties_file.las(file.name, file.read_bytes(), names, municipal)
    changed = invoice_parties.spara_flera(store.shared(), found, names, municipal, skal=reason)
    return {"rows": len(found), "changed": changed}


@invoice.command("host", "visar eller anger värden som ställer ut fakturorna (K17)")
@reason()
def host(reason, **said):
    known = invoice_parties.vard(store.shared()) or Vard()
    given = {HOST[flag]: text for flag, text in said.items() if text is not None}
    if given:
        if not reason.strip():
            raise BadCommand(f"--reason saknas. {options.HELP}")
        texts = invoice_parties.texter(known) | given | {"exempel": known.exempel}
        new = invoice_parties.host_from_data(texts, known.id, known.version)
        invoice_parties.spara_vard(store.shared(), new, skal=reason)
        known = invoice_parties.vard(store.shared())
    texts = invoice_parties.texter(known)
    return {flag: texts[key] or None for flag, key in HOST.items()}


for _flag, _key in HOST.items():
    host = option(f"--{_flag}", "TEXT", invoice_parties.TITEL[_key].lower())(host)


def run_data(run: Korning) -> dict[str, object]:
    """Return an issued run."""
    return {
        "run": run.nummer, "year": run.ar, "round": run.omgang, "credits": run.krediterar,
        "issued": run.utstalld.strftime("%Y-%m-%dT%H:%M:%SZ"), "reason": run.skal,
        "example": run.exempel, "seal": run.sigill, "seal_holds": run.hel,
        "used_kr": run.anvant_kr, "total_kr": run.summa_kr, "basis": _basis(run.grund),
        "rows": [_row(row) for row in run.rader],
    }  # fmt: skip


def proposal_data(made: Forslag) -> dict[str, object]:
    """Return the next run as it would be issued now."""
    return {
        "run": None, "year": made.grund.ar, "round": made.omgang, "issued": None,
        "used_kr": made.anvant_kr, "total_kr": made.summa_kr, "basis": _basis(made.grund),
        "rows": [_row(row) for row in made.rader], "obstacles": list(made.hinder),
        "remarks": list(made.anmarkningar),
    }  # fmt: skip


def year_data(
    year: int, runs: Sequence[Korning], used: Anvant, known: dict[str, Uppgift]
) -> dict[str, object]:
    """Return a year: runs, every party's invoices, the checks, and what recipients lack."""
    state = invoice_checks.stallning(runs, None, used)
    basis = invoice_checks.grund(runs, None)
    return {
        "year": year, "basis": None if basis is None else _basis(basis),
        "runs": [run_data(run) | {"rows": len(run.rader)} for run in runs],
        "parties": [_party(s, known.get(s.part, INGEN)) for s in state],
        "checks": [_check(k) for k in invoice_checks.kontroller(runs, None, used)],
        "tertials": [_tertial(t) for t in invoice_checks.tertialer(runs, None, used)],
    }  # fmt: skip


def row_table(rows: Sequence[Rad]) -> str:
    """Return rows as a table of text with their sum."""
    cells = [["Part", "Vad", "Klausul", "Belopp, kr"]]
    cells += [[one_line(r.namn), one_line(r.text), r.klausul, tal(r.belopp_kr)] for r in rows]
    cells.append(
        ["Summa", f"{len(per_part(rows))} parter", "", tal(sum(r.belopp_kr for r in rows))]
    )
    return as_table(cells, right={3})


def year_text(runs: Sequence[Korning], used: Anvant) -> str:
    """Return a year as text: the runs, every party, the checks."""
    taken = invoice_store.krediterade(list(runs))
    lines = []
    for run in runs:
        marks = [f"krediterad av {taken[run.nummer]}"] if run.nummer in taken else []
        marks += ["exempel"] * run.exempel + ["sigillet stämmer inte"] * (not run.hel)
        said = [run.nummer, run.titel, kr(run.summa_kr), f"{run.utstalld:%Y-%m-%d}", *marks]
        lines.append("  ".join(said))
    cells = [["Part", "Avgift, kr", "Faktura 1, kr", "Faktura 2, kr", "Slut, kr", "Kvar, kr"]]
    for s in invoice_checks.stallning(runs, None, used):
        amounts = (s.avgift_kr, *s.faktura_kr, s.slut_kr, s.kvar_kr)
        cells.append([one_line(s.namn), *("–" if a is None else tal(a) for a in amounts)])
    lines += ["", as_table(cells, right={1, 2, 3, 4, 5}), ""]
    for k in invoice_checks.kontroller(runs, None, used):
        sums = "" if k.ska_kr is None or k.ar_kr is None else f": {kr(k.ska_kr)} = {kr(k.ar_kr)}"
        lines.append(f"{k.status}  {k.vad} ({k.klausul}){sums}. {k.text}".rstrip())
    return "\n".join(lines)


def _basis(basis: Grund) -> dict[str, object]:
    return {
        "scenario": basis.scenario_id, "name": basis.scenario, "status": basis.status,
        "seal": basis.sigill, "frame_kr": basis.ram_kr, "fees_kr": basis.finansierat_kr,
        "unfunded_kr": basis.ofinansierat_kr, "readings": dict(basis.lasarter),
        "population": [
            {"for": what, "date": day, "status": status} for what, day, status in basis.folkmangd
        ],
        "preliminary": basis.preliminar,
    }  # fmt: skip


def _row(row: Rad) -> dict[str, object]:
    return {
        "party": row.part, "name": row.namn, "kind": row.slag, "text": row.text,
        "clause": row.klausul, "amount_kr": row.belopp_kr,
    }  # fmt: skip


def _party(s: Stallning, known: Uppgift) -> dict[str, object]:
    return {
        "party": s.part, "name": s.namn, "fee_kr": s.avgift_kr, "first_kr": s.faktura_kr[0],
        "second_kr": s.faktura_kr[1], "settlement_kr": s.slut_kr, "total_kr": s.summa_kr,
        "difference_kr": s.kvar_kr, "missing": known.saknas(),
        "references": invoice_parties.texter(known),
    }  # fmt: skip


def _check(k: Kontroll) -> dict[str, object]:
    return {
        "what": k.vad, "clause": k.klausul, "expected_kr": k.ska_kr, "found_kr": k.ar_kr,
        "status": k.status, "text": k.text,
    }  # fmt: skip


def _tertial(t: Tertialrad) -> dict[str, object]:
    return {
        "name": t.namn, "used_kr": t.anvant_kr, "used_to_date_kr": t.anvant_hittills_kr,
        "invoice": t.faktura, "invoiced_to_date_kr": t.fakturerat_hittills_kr,
        "difference_kr": t.skillnad_kr,
    }  # fmt: skip
