"""followup: the frame through the year, from the ledger to the report (K2, K7)."""

from datetime import UTC, datetime
from pathlib import Path

from analytics import database, followup, store
from analytics.cli import ledger
from analytics.cli.options import Section, choice, form, option, reason, write_file, year
from analytics.cli.tertial_output import status_data, status_text
from analytics.errors import BadCommand
from analytics.errors_budget import BudgetSaknas

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
