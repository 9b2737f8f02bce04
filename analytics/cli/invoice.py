"""invoice: the basis of the invoices, twice a year (K8)."""

from pathlib import Path

from analytics import (
    agreement,
    database,
    invoice_basis,
    invoice_parties,
    invoice_parties_file,
    invoice_store,
    parties,
    store,
)
from analytics.cli import invoice_output, options
from analytics.cli.options import choice, form, needed, option, reason, year
from analytics.cli.output import one_line
from analytics.errors import BadCommand
from analytics.invoice_parties import Vard
from analytics.invoice_run import Anvant, Fakturering
from analytics.invoice_store import Korning
from analytics.scenario_store import Scenarier

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
        return invoice_output.proposal_data(made)
    return "\n".join([
        f"{made.titel} {year}, inte utställd. Underlag: {one_line(made.grund.scenario)}.",
        *([invoice_output.row_table(made.rader)] if made.rader else []),
        *(f"Hinder: {text}" for text in made.hinder),
        *(f"Att veta: {text}" for text in made.anmarkningar),
    ])  # fmt: skip


def _issued(run: Korning, form: str):
    if form == "json":
        return invoice_output.run_data(run)
    said = f"{run.nummer} {run.titel} {run.ar} är utställd och låst."
    return f"{said}\n{invoice_output.row_table(run.rader)}"


def _used(year: int) -> Anvant:
    return invoice_basis.anvant(database.shared(), store.shared(), year)


@invoice.command("show", "årets körningar, varje parts fakturor, och om varje krona går ihop")
@year()
@form("table", "json")
def show(year, form):
    runs, used = invoice_store.lista(store.shared(), year), _used(year)
    if form == "json":
        known = invoice_parties.alla(store.shared())
        return invoice_output.year_data(year, runs, used, known)
    none = f"Ingen körning är utställd för {year}."
    return invoice_output.year_text(runs, used) if runs else none


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
