"""The invoicing basis on the command line: invoice run | show | export | parties | host."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from analytics import (
    agreement,
    cli_invoice_output,
    database,
    invoice_basis,
    invoice_file,
    invoice_parties,
    invoice_parties_file,
    invoice_store,
    parties,
    store,
)
from analytics.cli_options import HELP, Parser, ar, en, scenarier, underkommando, val
from analytics.cli_output import rad, som_json
from analytics.errors import BadCommand
from analytics.invoice_parties import Vard
from analytics.invoice_run import Anvant, Fakturering
from analytics.invoice_store import Korning

OM = """Fakturaunderlaget, två gånger om året (K8): invoice run | show | export | parties | host.

  run      nästa körning som den skulle bli; --issue ja ställer ut den, --credit tar tillbaka en
  show     årets körningar, varje parts fakturor, och om varje krona går ihop
  export   en utställd körning som CSV, Excel, ett PDF-blad för en part eller alla blad i en zip
  parties  läser in parternas referenser ur CSV eller Excel; ett fel stoppar allt
  host     vem som ställer ut fakturorna: samverkan har inget organisationsnummer (K17)
"""


VARDFLAGGOR = {
    "--name": "namn",
    "--organisation": "orgnr",
    "--contact": "referens",
    "--gln": "gln",
    "--peppol": "peppol",
    "--address": "adress",
}


def kor(argv: Sequence[str], out: TextIO) -> None:
    """Run `invoice` with what follows it. Raises AgreementError."""
    if run := underkommando("invoice", argv, COMMANDS, OM, out):
        run(argv[1:], out)


def _fakturering() -> Fakturering:
    db, avtal = database.shared(), agreement.load()
    return Fakturering(db, avtal, scenarier(db, avtal), store.shared())


def _run(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("invoice run", "Nästa körning, eller en kreditering av den senaste.")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026")
    parser.flagga("--scenario", "ID", "ett fryst eller beslutat scenario: id, början av det, namn")
    parser.flagga("--issue", "JA", "ja ställer ut körningen och låser den")
    parser.flagga("--credit", "KÖRNING", "krediterar den senaste körningen, som 2026-2")
    parser.flagga("--reason", "SKÄL", "vem som beslutat, eller varför den krediteras")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, issue = val(flags, "format", ("table", "json")), val(flags, "issue", ("nej", "ja"))
    reason, credit = en(flags, "reason", ""), en(flags, "credit")
    billing = _fakturering()
    if credit is not None:
        if flags["issue"] or flags["scenario"]:
            raise BadCommand(
                "--credit går inte ihop med --issue eller --scenario. Ta bort den ena."
            )
        _skriv(billing.kreditera(credit, skal=reason), form, out)
        return
    year = ar(en(flags, "year"))
    used = _anvant(year)
    sought = en(flags, "scenario")
    saved = scenarier(database.shared(), agreement.load())
    item = None if sought is None else saved.sok(sought)
    if issue == "ja":
        _skriv(billing.utstall(item, year, used, skal=reason), form, out)
        return
    made = billing.forslag(item, year, used)
    if form == "json":
        out.write(som_json(cli_invoice_output.forslag_json(made)) + "\n")
        return
    out.write(f"{made.titel} {year}, inte utställd. Underlag: {rad(made.grund.scenario)}.\n")
    if made.rader:
        out.write(cli_invoice_output.rader_text(made.rader) + "\n")
    out.writelines(f"Hinder: {text}\n" for text in made.hinder)
    out.writelines(f"Att veta: {text}\n" for text in made.anmarkningar)


def _skriv(run: Korning, form: str, out: TextIO) -> None:
    if form == "json":
        out.write(som_json(cli_invoice_output.korning_json(run)) + "\n")
        return
    out.write(f"{run.nummer} {run.titel} {run.ar} är utställd och låst.\n")
    out.write(cli_invoice_output.rader_text(run.rader) + "\n")


def _show(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("invoice show", "Årets körningar, och om varje krona går ihop.")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, year = val(flags, "format", ("table", "json")), ar(en(flags, "year"))
    runs, used = invoice_store.lista(store.shared(), year), _anvant(year)
    if form == "json":
        known = invoice_parties.alla(store.shared())
        out.write(som_json(cli_invoice_output.aret_json(year, runs, used, known)) + "\n")
    elif runs:
        out.write(cli_invoice_output.aret_text(runs, used) + "\n")
    else:
        out.write(f"Ingen körning är utställd för {year}.\n")


def _export(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("invoice export", "Skriver en utställd körning till en fil.")
    parser.flagga("--run", "KÖRNING", "körningens nummer, som 2026-1")
    parser.flagga("--file", "FIL", "slutar på .csv, .xlsx, .pdf (en part) eller .zip (alla blad)")
    parser.flagga("--party", "PART", "parten som bladet gäller, för .pdf")
    parser.flagga("--flavour", "SORT", "program (standard) eller svensk, för .csv")
    flags = parser.las(argv)
    path, party = Path(_kravs(flags, "file")), en(flags, "party")
    flavour = val(flags, "flavour", ("program", "svensk"))
    run = invoice_store.hamta(store.shared(), _kravs(flags, "run"))
    runs = invoice_store.lista(store.shared(), run.ar)
    ending = path.suffix.lower()
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
        case ".pdf":
            content = invoice_file.blad(run, _kravs(flags, "party"), runs)
        case _:
            raise BadCommand(f"--file ”{path}” ska sluta på .csv, .xlsx, .pdf eller .zip.")
    try:
        path.write_bytes(content)
    except OSError:
        raise BadCommand(f"--file ”{path}” går inte att skriva. Ange en annan fil.") from None
    out.write(som_json({"file": str(path), "run": run.nummer, "total_kr": run.summa_kr}) + "\n")


def _parties(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("invoice parties", "Läser in parternas referenser, alla eller inga.")
    parser.flagga("--file", "FIL", "CSV eller Excel: part_id, referens, orgnr, gln, peppol, adress")
    parser.flagga("--reason", "SKÄL", "varför, i några ord")
    flags = parser.las(argv)
    path, why = Path(_kravs(flags, "file")), _kravs(flags, "reason")
    if not path.is_file():
        raise BadCommand(f"--file ”{path}” finns inte. Ange en annan fil.")
    rows = parties.rader(database.shared(), agreement.load())
    names = {row.part_id: row.namn for row in rows}
    municipal = {row.part_id for row in rows if row.grupp == "kommun"}
    found = invoice_parties_file.las(path.name, path.read_bytes(), names, municipal)
    changed = invoice_parties.spara_flera(store.shared(), found, names, municipal, skal=why)
    out.write(som_json({"rows": len(found), "changed": changed}) + "\n")


def _host(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("invoice host", "Visar eller anger värden som ställer ut fakturorna (K17).")
    for flag, key in VARDFLAGGOR.items():
        parser.flagga(flag, "TEXT", invoice_parties.TITEL[key].lower())
    parser.flagga("--reason", "SKÄL", "varför, i några ord")
    flags = parser.las(argv)
    known = invoice_parties.vard(store.shared()) or Vard()
    given = {
        key: text
        for flag, key in VARDFLAGGOR.items()
        if (text := en(flags, flag.removeprefix("--"))) is not None
    }
    if given:
        why = _kravs(flags, "reason")
        texts = invoice_parties.texter(known) | given | {"exempel": known.exempel}
        host = invoice_parties.host_from_data(texts, known.id, known.version)
        invoice_parties.spara_vard(store.shared(), host, skal=why)
        known = invoice_parties.vard(store.shared())
    texts = invoice_parties.texter(known)
    said = {flag.removeprefix("--"): texts[key] or None for flag, key in VARDFLAGGOR.items()}
    out.write(som_json(said) + "\n")


COMMANDS: dict[str, Callable[[Sequence[str], TextIO], None]] = {
    "run": _run,
    "show": _show,
    "export": _export,
    "parties": _parties,
    "host": _host,
}


def _anvant(year: int) -> Anvant:
    return invoice_basis.anvant(database.shared(), store.shared(), year)


def _kravs(flags: dict[str, list[str]], name: str) -> str:
    text = en(flags, name)
    if not text or not text.strip():
        raise BadCommand(f"--{name} saknas. {HELP}")
    return text
