"""The follow-up on the command line: followup import | show | close | report | …"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from analytics import cli_followup_output, cli_ledger, database, followup, store
from analytics.cli_options import Parser, ar, en, underkommando, val
from analytics.cli_output import som_json
from analytics.errors import BadCommand
from analytics.errors_followup import BudgetSaknas
from analytics.report import rapport
from analytics.report_file import som_pdf
from analytics.report_word import som_word

OM = """Uppföljningen av ramen genom året (K2, K7): followup import | show | close | report …

  import   läser in bokförda rader ur SIE, CSV eller Excel; ett fel stoppar allt
  imports  inläsningarna som gäller
  withdraw drar tillbaka en inläsning; raderna räknas inte längre
  rules    reglerna för vart konton hör, eller nya regler ur en fil
  show     budget, utfall, prognos, aktiviteter och vad som hindrar klarmarkering
  close    klarmarkerar ett tertial: siffrorna låses och förseglas
  reopen   öppnar ett klarmarkerat tertial igen, med ett skäl
  report   rapporten som tillgänglig PDF eller Word
"""
TERTIAL = ("1", "2", "3")


def kor(argv: Sequence[str], out: TextIO) -> None:
    """Run `followup` with what follows it. Raises AgreementError."""
    if run := underkommando("followup", argv, COMMANDS, OM, out):
        run(argv[1:], out)


def _show(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("followup show", "Var varje post står till och med ett tertial (K7).")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026")
    parser.flagga("--tertial", "NUMMER", "1, 2 eller 3 (standard: det senast bokförda)")
    parser.flagga("--format", "FORMAT", "table (standard), json eller csv")
    flags = parser.las(argv)
    form, year = val(flags, "format", ("table", "json", "csv")), ar(en(flags, "year"))
    db, saved = database.shared(), store.shared()
    chosen = _tertial(flags) if flags["tertial"] else followup.senaste(db, saved, year)
    out.write(cli_followup_output.visa(followup.lage(db, saved, year, chosen), form) + "\n")


def _close(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("followup close", "Klarmarkerar ett tertial, om inget hindrar det (K7).")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026")
    parser.flagga("--tertial", "NUMMER", "1, 2 eller 3")
    parser.flagga("--reason", "SKÄL", "vem som klarmarkerar, i några ord")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, year = val(flags, "format", ("table", "json")), ar(en(flags, "year"))
    chosen, reason = _tertial(flags), en(flags, "reason", "")
    closed = followup.stang(database.shared(), store.shared(), year, chosen, skal=reason)
    if form == "json":
        out.write(som_json(cli_followup_output.som_objekt(closed)) + "\n")
    else:
        out.write(f"Tertial {chosen} {year} är klarmarkerat och låst.\n")


def _reopen(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("followup reopen", "Öppnar ett klarmarkerat tertial igen; loggen minns det.")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026")
    parser.flagga("--tertial", "NUMMER", "1, 2 eller 3")
    parser.flagga("--reason", "SKÄL", "varför det öppnas")
    flags = parser.las(argv)
    year, chosen = ar(en(flags, "year")), _tertial(flags)
    followup.oppna(store.shared(), year, chosen, skal=en(flags, "reason", ""))
    out.write(f"Tertial {chosen} {year} är öppet igen.\n")


def _report(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("followup report", "Tertialets rapport som tillgänglig PDF eller Word (K7).")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026")
    parser.flagga("--tertial", "NUMMER", "1, 2 eller 3")
    parser.flagga("--file", "FIL", "filen att skriva: slutar på .pdf eller .docx")
    flags = parser.las(argv)
    year, chosen = ar(en(flags, "year")), _tertial(flags)
    path = Path(en(flags, "file", "").strip())
    make = {".pdf": som_pdf, ".docx": som_word}.get(path.suffix.lower())
    if make is None:
        raise BadCommand(f"--file ”{path}” ska sluta på .pdf eller .docx.")
    lage = followup.lage(database.shared(), store.shared(), year, chosen)
    if not lage.poster:
        raise BudgetSaknas(year)
    moment = datetime.now(UTC)
    content = make(rapport(lage, moment), moment)
    try:
        path.write_bytes(content)
    except OSError:
        raise BadCommand(f"--file ”{path}” går inte att skriva. Ange en annan fil.") from None
    said = {"file": str(path), "year": year, "tertial": chosen, "closed": lage.last}
    out.write(som_json(said) + "\n")


def _tertial(flags: dict[str, list[str]]) -> int:
    if not flags["tertial"]:
        raise BadCommand("Tertialet saknas. Lägg till --tertial 1, 2 eller 3 (K7).")
    return int(val(flags, "tertial", TERTIAL))


COMMANDS: dict[str, Callable[[Sequence[str], TextIO], None]] = {
    "import": cli_ledger.las_in,
    "imports": cli_ledger.inlasningar,
    "withdraw": cli_ledger.dra_tillbaka,
    "rules": cli_ledger.regler,
    "show": _show,
    "close": _close,
    "reopen": _reopen,
    "report": _report,
}
