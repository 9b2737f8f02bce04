"""The answers of `invoice` as table and JSON. The JSON keys are a contract."""

from collections.abc import Sequence

from analytics import invoice_checks, invoice_parties, invoice_store
from analytics.cli.output import as_table, one_line
from analytics.invoice import Grund, Rad, per_part
from analytics.invoice_checks import Kontroll, Stallning, Tertialrad
from analytics.invoice_parties import INGEN, Uppgift
from analytics.invoice_run import Anvant, Forslag
from analytics.invoice_store import Korning
from analytics.swedish import kr, tal


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
