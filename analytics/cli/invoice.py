"""invoice: the basis of the invoices, twice a year (K8). The JSON keys are a contract."""

from collections.abc import Sequence
from pathlib import Path

from analytics.agreement import contract, parties
from analytics.cli import options
from analytics.cli.options import choice, form, needed, option, reason, year
from analytics.cli.output import as_table, one_line, tell
from analytics.errors import BadCommand, ended
from analytics.invoicing import (
    basis as invoicing_basis,
    checks as invoicing_checks,
    issued as invoicing_issued,
    recipients,
    recipients_file,
)
from analytics.invoicing.amounts import FeeBasis, InvoiceRow, by_party
from analytics.invoicing.checks import InvoiceCheck, PartyStanding, TertialRow
from analytics.invoicing.issued import InvoiceRun
from analytics.invoicing.recipients import NOBODY, Host, Recipient
from analytics.invoicing.runs import Invoicing, Proposal, UsedMeans
from analytics.reference import database
from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts
from analytics.swedish import kr, whole

invoice = options.CommandGroup("invoice", "Fakturaunderlaget, två gånger om året (K8).")
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
    db, agreement = database.shared(), contract.load()
    saved = Scenarios(db, agreement, store_posts.shared())
    billing = Invoicing(db, agreement, saved, store_posts.shared())
    if credit is not None:
        if issue or scenario is not None:
            raise BadCommand("--credit går inte ihop med --issue eller --scenario. Välj det ena.")
        return _issued(billing.credit(credit, reason=reason), form)
    if year is None:
        raise BadCommand(options.NO_YEAR)
    item = None if scenario is None else saved.find(scenario)
    if issue:
        return _issued(billing.issue(item, year, _used(year), reason=reason), form)
    made = billing.proposals(item, year, _used(year))
    if form == "json":
        return proposal_data(made)
    return "\n".join([
        f"{made.title} {year}, inte utställd. Underlag: {ended(one_line(made.basis.scenario))}",
        *([row_table(made.rows)] if made.rows else []),
        *(f"Hinder: {text}" for text in made.obstacles),
        *(f"Att veta: {text}" for text in made.remarks),
    ])  # fmt: skip


def _issued(run: InvoiceRun, form: str):
    if form == "json":
        return run_data(run)
    said = f"{run.number} {run.title} {run.year} är utställd och låst."
    return f"{said}\n{row_table(run.rows)}"


def _used(year: int) -> UsedMeans:
    return invoicing_basis.used_means(database.shared(), store_posts.shared(), year)


@invoice.command("show", "årets körningar, varje parts fakturor, och om varje krona går ihop")
@year()
@form("table", "json")
def show(year, form):
    runs, used = invoicing_issued.list_runs(store_posts.shared(), year), _used(year)
    if form == "json":
        known = recipients.all_recipients(store_posts.shared())
        return year_data(year, runs, used, known)
    none = f"Ingen körning är utställd för {year}."
    return year_text(runs, used) if runs else none


@invoice.command("export", "skriver en utställd körning till en fil")
@needed("--run", "KÖRNING", "körningens nummer, som 2026-1", "number")
@needed("--file", "FIL", ".csv, .xlsx, .pdf (en parts blad) eller .zip (alla blad)", read=Path)
@option("--party", "PART", "parten som bladet gäller, för .pdf")
@choice("--flavour", "SORT", "program (standard) eller svensk, för .csv", ("program", "svensk"))
def export(number, file, party, flavour):
    from analytics.invoicing import exports as invoicing_exports

    run = invoicing_issued.get_run(store_posts.shared(), number)
    runs, ending = invoicing_issued.list_runs(store_posts.shared(), run.year), file.suffix.lower()
    if party is not None and ending != ".pdf":
        raise BadCommand("--party gäller bara ett PDF-blad. Ange en fil som slutar på .pdf.")
    match ending:
        case ".csv" if flavour == "svensk":
            content = invoicing_exports.swedish_csv(run)
        case ".csv":
            content = invoicing_exports.machine_csv(run)
        case ".xlsx":
            content = invoicing_exports.as_excel(run)
        case ".zip":
            content = invoicing_exports.zipped_sheets(run, runs)
        case ".pdf" if party and party.strip():
            content = invoicing_exports.sheet(run, party, runs)
        case ".pdf":
            raise BadCommand(f"--party saknas. {options.HELP}")
        case _:
            raise BadCommand(f"--file ”{file}” ska sluta på .csv, .xlsx, .pdf eller .zip.")
    options.write_file("--file", file, content)
    return {"file": str(file), "run": run.number, "total_kr": run.total_kr}


@invoice.command("parties", "läser in parternas referenser, alla eller inga")
@options.file("CSV, Excel eller ODS: part_id, referens, orgnr, gln, peppol, adress")
@needed("--reason", "SKÄL", "varför, i några ord")
def references(file, reason):
    rows = parties.party_rows(database.shared(), contract.load())
    names = {row.party_id: row.name for row in rows}
    municipal = {row.party_id for row in rows if row.group == "kommun"}
    remarks: list[str] = []
    content = options.content_of(file)
    found = recipients_file.read(file.name, content, names, municipal, remarks)
    changed = recipients.save_many(store_posts.shared(), found, names, municipal, reason=reason)
    for party, told in recipients.remarks(
        recipients.all_recipients(store_posts.shared()), names
    ).items():
        remarks += [ended(f"{names[party]}: {text}") for text in told]
    tell(remarks)
    return {"rows": len(found), "changed": changed}


@invoice.command("host", "visar eller anger värden som ställer ut fakturorna (K17)")
@reason()
def host(reason, **said):
    known = recipients.host(store_posts.shared()) or Host()
    given = {HOST[flag]: text for flag, text in said.items() if text is not None}
    if given:
        if not reason.strip():
            raise BadCommand(f"--reason saknas. {options.HELP}")
        texts = recipients.texts(known) | given | {"exempel": known.example}
        new = recipients.host_from_data(texts, known.id, known.version)
        recipients.save_host(store_posts.shared(), new, reason=reason)
        known = recipients.host(store_posts.shared())
    texts = recipients.texts(known)
    tell([ended(text) for text in (known.doubt(), known.person()) if text])
    return {flag: texts[key] or None for flag, key in HOST.items()}


for _flag, _key in HOST.items():
    host = option(f"--{_flag}", "TEXT", recipients.TITLE[_key].lower())(host)


def run_data(run: InvoiceRun) -> dict[str, object]:
    """Return an issued run."""
    return {
        "run": run.number, "year": run.year, "round": run.round_number, "credits": run.credited,
        "issued": run.issued.strftime("%Y-%m-%dT%H:%M:%SZ"), "reason": run.reason,
        "example": run.example, "seal": run.sigill, "seal_holds": run.whole,
        "used_kr": run.used_kr, "total_kr": run.total_kr, "basis": _basis(run.basis),
        "rows": [_row(row) for row in run.rows],
    }  # fmt: skip


def proposal_data(made: Proposal) -> dict[str, object]:
    """Return the next run as it would be issued now."""
    return {
        "run": None, "year": made.basis.year, "round": made.round_number, "issued": None,
        "used_kr": made.used_kr, "total_kr": made.total_kr, "basis": _basis(made.basis),
        "rows": [_row(row) for row in made.rows], "obstacles": list(made.obstacles),
        "remarks": list(made.remarks),
    }  # fmt: skip


def year_data(
    year: int, runs: Sequence[InvoiceRun], used: UsedMeans, known: dict[str, Recipient]
) -> dict[str, object]:
    """Return a year: runs, every party's invoices, the checks, and what recipients lack."""
    state = invoicing_checks.standings(runs, None, used)
    basis = invoicing_checks.basis_check(runs, None)
    return {
        "year": year, "basis": None if basis is None else _basis(basis),
        "runs": [run_data(run) | {"rows": len(run.rows)} for run in runs],
        "parties": [_party(s, known.get(s.party, NOBODY)) for s in state],
        "checks": [_check(k) for k in invoicing_checks.run_checks(runs, None, used)],
        "tertials": [_tertial(t) for t in invoicing_checks.tertial_rows(runs, None, used)],
    }  # fmt: skip


def row_table(rows: Sequence[InvoiceRow]) -> str:
    """Return rows as a table of text with their sum."""
    cells = [["Part", "Vad", "Klausul", "Belopp, kr"]]
    cells += [[one_line(r.name), one_line(r.text), r.clause, whole(r.amount_kr)] for r in rows]
    cells.append(
        ["Summa", f"{len(by_party(rows))} parter", "", whole(sum(r.amount_kr for r in rows))]
    )
    return as_table(cells, right={3})


def year_text(runs: Sequence[InvoiceRun], used: UsedMeans) -> str:
    """Return a year as text: the runs, every party, the checks."""
    taken = invoicing_issued.credited_numbers(list(runs))
    lines = []
    for run in runs:
        marks = [f"krediterad av {taken[run.number]}"] if run.number in taken else []
        marks += ["exempel"] * run.example + ["sigillet stämmer inte"] * (not run.whole)
        said = [run.number, run.title, kr(run.total_kr), f"{run.issued:%Y-%m-%d}", *marks]
        lines.append("  ".join(said))
    cells = [["Part", "Avgift, kr", "Faktura 1, kr", "Faktura 2, kr", "Slut, kr", "Kvar, kr"]]
    for s in invoicing_checks.standings(runs, None, used):
        amounts = (s.fee_kr, *s.invoice_kr, s.end_kr, s.left_kr)
        cells.append([one_line(s.name), *("–" if a is None else whole(a) for a in amounts)])
    lines += ["", as_table(cells, right={1, 2, 3, 4, 5}), ""]
    for k in invoicing_checks.run_checks(runs, None, used):
        sums = (
            "" if k.due_kr is None or k.year_kr is None else f": {kr(k.due_kr)} = {kr(k.year_kr)}"
        )
        lines.append(f"{k.status}  {k.what} ({k.clause}){sums}. {k.text}".rstrip())
    return "\n".join(lines)


def _basis(basis: FeeBasis) -> dict[str, object]:
    return {
        "scenario": basis.scenario_id, "name": basis.scenario, "status": basis.status,
        "seal": basis.sigill, "frame_kr": basis.frame_kr, "fees_kr": basis.financed_kr,
        "unfunded_kr": basis.unfunded_kr, "readings": dict(basis.readings),
        "population": [
            {"for": what, "date": day, "status": status} for what, day, status in basis.population
        ],
        "preliminary": basis.preliminary,
    }  # fmt: skip


def _row(row: InvoiceRow) -> dict[str, object]:
    return {
        "party": row.party, "name": row.name, "kind": row.kind, "text": row.text,
        "clause": row.clause, "amount_kr": row.amount_kr,
    }  # fmt: skip


def _party(s: PartyStanding, known: Recipient) -> dict[str, object]:
    return {
        "party": s.party, "name": s.name, "fee_kr": s.fee_kr, "first_kr": s.invoice_kr[0],
        "second_kr": s.invoice_kr[1], "settlement_kr": s.end_kr, "total_kr": s.total_kr,
        "difference_kr": s.left_kr, "missing": known.missing(),
        "references": recipients.texts(known),
    }  # fmt: skip


def _check(k: InvoiceCheck) -> dict[str, object]:
    return {
        "what": k.what, "clause": k.clause, "expected_kr": k.due_kr, "found_kr": k.year_kr,
        "status": k.status, "text": k.text,
    }  # fmt: skip


def _tertial(t: TertialRow) -> dict[str, object]:
    return {
        "name": t.name, "used_kr": t.used_kr, "used_to_date_kr": t.used_so_far_kr,
        "invoice": t.invoice, "invoiced_to_date_kr": t.invoiced_so_far_kr,
        "difference_kr": t.difference_kr,
    }  # fmt: skip
