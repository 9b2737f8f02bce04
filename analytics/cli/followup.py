"""followup: the frame through the year, from the ledger to the report (K2, K7).

The JSON keys are a contract; money is whole kronor or öre.
"""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from analytics import database, followup, store
from analytics.cli import ledger
from analytics.cli.options import Section, choice, form, option, reason, write_file, year
from analytics.cli.output import as_csv, as_table, one_line
from analytics.errors import BadCommand
from analytics.errors_budget import BudgetSaknas
from analytics.followup_columns import TITLES, printed
from analytics.followup_rows import Delsumma, Postlage, Tertiallage
from analytics.followup_words import svar

group = Section("followup", "Uppföljningen av ramen genom året (K2, K7).")
COMMANDS = {"followup": group}
for _command in (ledger.read_in, ledger.imports, ledger.withdraw, ledger.rules):
    group.add_command(_command)
NUMBERS = ("1", "2", "3")
MISSING = "Tertialet saknas. Lägg till --tertial 1, 2 eller 3 (K7)."
TERTIAL = choice("--tertial", "NUMMER", "1, 2 eller 3", NUMBERS, missing=MISSING)


@group.command("show", "budget, utfall, prognos, aktiviteter och vad som hindrar klarmarkering")
@year()
@choice("--tertial", "NUMMER", "1, 2 eller 3 (standard: det senast bokförda)", NUMBERS,
        standard=None)  # fmt: skip
@form("table", "json", "csv")
def show(year, tertial, form):
    db, saved = database.shared(), store.shared()
    chosen = int(tertial) if tertial else followup.senaste(db, saved, year)
    return status_text(followup.lage(db, saved, year, chosen), form)


@group.command("close", "klarmarkerar ett tertial: siffrorna låses och förseglas")
@year()
@TERTIAL
@reason("vem som klarmarkerar, i några ord")
@form("table", "json")
def close(year, tertial, reason, form):
    closed = followup.stang(database.shared(), store.shared(), year, int(tertial), skal=reason)
    said = f"Tertial {tertial} {year} är klarmarkerat och låst."
    return status_data(closed) if form == "json" else said


@group.command("reopen", "öppnar ett klarmarkerat tertial igen; loggen minns det")
@year()
@TERTIAL
@reason("varför det öppnas")
def reopen(year, tertial, reason):
    followup.oppna(store.shared(), year, int(tertial), skal=reason)
    return f"Tertial {tertial} {year} är öppet igen."


@group.command("report", "rapporten som tillgänglig PDF eller Word")
@year()
@TERTIAL
@option("--file", "FIL", "filen att skriva: slutar på .pdf eller .docx", read=Path)
def report(year, tertial, file):
    from analytics.report import rapport
    from analytics.report_file import som_pdf
    from analytics.report_word import som_word

    ending = "" if file is None else file.suffix.lower()
    if ending not in (".pdf", ".docx"):
        raise BadCommand(f"--file ”{file or ''}” ska sluta på .pdf eller .docx.")
    status = followup.lage(database.shared(), store.shared(), year, int(tertial))
    if not status.poster:
        raise BudgetSaknas(year)
    moment = datetime.now(UTC)
    make = som_pdf if ending == ".pdf" else som_word
    write_file("--file", file, make(rapport(status, moment), moment))
    return {"file": str(file), "year": year, "tertial": int(tertial), "closed": status.last}


HEAD = ["Post", *TITLES, "Status"]


def status_text(status: Tertiallage, form: str):
    """Return the tertial in *form*: table, json or csv."""
    if form == "json":
        return status_data(status)
    if form == "csv":
        rows = [_line(p) | {"missing": " ".join(p.kraver)} for p in status.poster]
        return as_csv(rows, ["id"])
    lines = [one_line(svar(status)), ""]
    if status.poster:
        cells = [HEAD, *(_cells(p, p.status) for p in status.poster)]
        cells += [_cells(d, "") for d in (*status.delar, status.summa)]
        lines += [as_table(cells, right={1, 2, 3, 4, 5, 6, 7}), ""]
    lines += [
        f"{one_line(a.namn)} (T{a.planerad}): {a.status or 'saknas'}" for a in status.aktiviteter
    ]
    lines += [f"Hinder: {one_line(text)}" for text in status.hinder]
    lines += [f"Att veta: {one_line(text)}" for text in status.upplysningar]
    return "\n".join(lines).rstrip()


def _cells(row: Postlage | Delsumma, status: str) -> list[str]:
    return [one_line(row.namn), *printed(row), status]


def status_data(status: Tertiallage) -> dict[str, object]:
    """Return everything about the tertial under stable keys."""
    return {
        "year": status.ar, "tertial": status.tertial, "from": status.fran.isoformat(),
        "to": status.till.isoformat(), "status": "closed" if status.last else "open",
        "closed_at": status.stangd, "example": status.exempel,
        "budget_version": status.budget_nummer, "frame_kr": status.ram_kr,
        "booked_to": status.bokfort_till,
        "threshold": {
            "percent": str(status.troskel.procent),
            "amount_kr": status.troskel.belopp_kr,
        },
        "lines": [_line(p) | {"missing": list(p.kraver)} for p in status.poster],
        "parts": [_sum(d) for d in status.delar], "total": _sum(status.summa),
        "unknown_accounts": [
            {
                "account": o.konto, "object": o.objekt, "name": o.namn,
                "amount_ore": o.belopp_ore, "rows": o.rader,
            }
            for o in status.okanda
        ],
        "income_ore": status.intakter_ore,
        "outside_ore": status.utanfor_ore,
        "expected_loans": None
        if status.vantat is None
        else {
            "to_date_kr": status.vantat.hittills_kr, "year_kr": status.vantat.ar_kr,
            "some_unknown": status.vantat.utan_kostnad,
        },
        "activities": [
            {
                "id": a.id, "name": a.namn, "role": a.roll, "planned_tertial": a.planerad,
                "status": a.status, "note": a.anteckning,
            }
            for a in status.aktiviteter
        ],
        "blocking": list(status.hinder),
        "notes": list(status.upplysningar),
        "booked_after_closing": [
            {"id": e.id, "name": e.namn, "amount_ore": e.belopp_ore} for e in status.efter
        ],
        "decisions": [
            {"part": b.del_, "amount_ore": b.belopp_ore, "decision": b.beslut, "at": b.nar}
            for b in status.beslut
        ],
    }  # fmt: skip


def _line(p: Postlage) -> dict[str, object]:
    return {
        "id": p.id, "part": p.del_, "name": p.namn, "role": p.roll,
        **_amounts(p),
        "forecast_method": p.metod, "forecast_reason": p.prognos_skal,
        "last_forecast_kr": p.forra_prognos_kr, "rows": p.rader, "status": p.status,
        "comment": p.kommentar, "measure": p.atgard,
    }  # fmt: skip


def _sum(d: Delsumma) -> dict[str, object]:
    return {"part": d.del_, "name": d.namn, "share_kr": d.mal_kr, **_amounts(d)}


def _amounts(row: Postlage | Delsumma) -> dict[str, object]:
    return {
        "budget_year_kr": row.budget_ar_kr, "budget_to_date_kr": row.budget_kr,
        "outcome_ore": row.utfall_ore, "deviation_ore": row.avvikelse_ore,
        "forecast_kr": row.prognos_kr, "forecast_deviation_kr": row.prognos_avvikelse_kr,
        "forecast_deviation_percent": _percent(row.prognos_avvikelse_del),
    }  # fmt: skip


def _percent(share: Fraction | None) -> str | None:
    """A share as percent with one decimal and a point, as text: a float is not exact."""
    if share is None:
        return None
    tenths = (abs(share) * 2000 + 1) // 2
    sign = "-" if share < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"
