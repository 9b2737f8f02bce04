"""The command line: python -m analytics COMMAND, one of COMMANDS below.

Exit codes: 0 done; 2 wrong input, with one Swedish sentence on stderr that names the value, the
clause and the way out; 1 a fault in the program. A traceback is never shown.
"""

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, TextIO

import pyarrow as pa
from pyarrow import csv, parquet

from analytics import (
    benchmark,
    cli_followup,
    cli_invoice,
    cli_output,
    cli_planning,
    cli_rotation,
    cli_scenario,
    sweep,
)
from analytics.agreement import Avtal
from analytics.cli_options import HELP, Parser, en, fraga, gemensamma, val, varde
from analytics.errors import AgreementError, BadCommand
from analytics.explain import steg
from analytics.sweep import Variation

OM = """Räknar ut vad parterna betalar enligt överenskommelsen, och varför.

Kommandon:
  fees       vad varje part betalar ett år
  explain    varför en part betalar det den betalar, steg för steg med klausul
  sweep      avgifterna för många värden på en eller flera parametrar
  solve      vilka värden som klarar villkor, till kronan
  forecast   kommunernas folkmängd framåt, och hur fel metoderna har haft
  scenario   sparade scenarier: list, show, create, edit, freeze, decide, archive, export, import
  compare    scenarier mot gällande avtal: vad som skiljer, vem som betalar mer
  verify     kontrollerar en förseglad scenariofil
  rotation   vem lånar ut personal, vem står på tur, och en plan (K13–K15)
  followup   bokföring in, budget, utfall, prognos: import, show, close, report (K2, K7)
  invoice    fakturaunderlaget två gånger om året: run, show, export, parties, host (K8)
  benchmark  hur fort det räknas, jämfört med samma regel i pandas och numpy

Skriv python -m analytics KOMMANDO --help för flaggorna.
"""
SWEEP = """Räknar avgifterna för varje kombination av värden.

Svaret har en rad per fall och part: case (från 1), de varierade värdena, party, block, fee_kr och
at_ceiling, samt för hela fallet financed_kr och unfunded_kr (negativt när parterna betalar mer än
ramen). Raderna kommer i ordningen fall, block, part. Den första --vary varierar långsammast. Högst
1 000 000 fall räknas i taget."""


def main(argv: Sequence[str], out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Run the command in *argv*; return the exit code."""
    for stream in (out, err):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(list(argv), out)
    except AgreementError as error:
        err.write(f"{error}\n")
        return 2
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 0
    except KeyboardInterrupt:
        err.write("Avbrutet.\n")
        return 130
    except Exception as error:  # noqa: BLE001 - the user is never shown a stack trace
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, rad {last.lineno}"
        err.write(
            f"Programmet har ett fel ({type(error).__name__} i {where}), och inget räknades. "
            "Anmäl det, med kommandot som du skrev.\n"
        )
        return 1


def _run(argv: list[str], out: TextIO) -> int:
    command = argv[0] if argv else ""
    if command in ("-h", "--help"):
        out.write(OM)
        return 0
    if command not in COMMANDS:
        near = get_close_matches(command, COMMANDS, n=1)
        hint = f"Menade du {near[0]}?" if near else f"Välj {', '.join(COMMANDS)}. {HELP}"
        what = f"Det finns inget kommando ”{command[:40]}”." if command else "Ett kommando saknas."
        raise BadCommand(f"{what} {hint}")
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(out):
        COMMANDS[command](argv[1:], out)
    return 0


def _fees(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("fees", "Vad varje part betalar ett år.")
    gemensamma(parser, "budgetåret, till exempel 2015")
    parser.flagga("--format", "FORMAT", "table (standard), json eller csv")
    flags = parser.las(argv)
    form = val(flags, "format", cli_output.FORMAT)
    asked = fraga(flags)
    result = asked.resultat()
    out.write(cli_output.fees(asked.avtal, result, form) + "\n")


def _explain(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("explain", "Varför en part betalar det den betalar, steg för steg.")
    gemensamma(parser, "budgetåret, till exempel 2015")
    parser.flagga(
        "--party", "PART", "partens id: en kommunkod som 0183, eller till exempel polisen"
    )
    parser.flagga("--format", "FORMAT", "table (standard), json eller csv")
    flags = parser.las(argv)
    form = val(flags, "format", cli_output.FORMAT)
    party = en(flags, "party")
    if not party:
        raise BadCommand("Parten saknas. Lägg till --party och ett id, som --party 0183 (K3).")
    asked = fraga(flags)
    result = asked.resultat()
    steps = steg(asked.avtal, result, party)
    out.write(cli_output.explain(asked.avtal, result, party, steps, form) + "\n")


def _sweep(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("sweep", SWEEP)
    gemensamma(parser, "budgetåret, till exempel 2027")
    parser.flagga(
        "--vary",
        "NAMN=FRÅN:TILL:STEG",
        "en parameter och dess värden, till exempel rambudget_kr=5000000:9000000:1000; "
        "får anges flera gånger",
    )
    parser.flagga("--format", "FORMAT", "csv (standard) eller parquet")
    parser.flagga("--output", "FIL", "filen att skriva; utan den skrivs csv på skärmen")
    flags = parser.las(argv)
    form, target = val(flags, "format", ("csv", "parquet")), en(flags, "output")
    if target is not None and not target.strip():
        raise BadCommand("--output är tomt. Ange en fil, eller ta bort flaggan.")
    if form == "parquet" and target is None:
        raise BadCommand("--format parquet kan inte visas på skärmen. Lägg till --output FIL.")
    asked = fraga(flags)
    varied = _variationer(asked.avtal, flags["vary"])
    doubled = [v.parameter.id for v in varied if v.parameter.id in asked.uppgift.parametrar]
    if doubled:
        raise BadCommand(f"”{doubled[0]}” står i både --set och --vary. Ta bort den ena.")
    tables = sweep.rader(asked.db, asked.avtal, asked.uppgift, varied, asked.folkmangd)
    if target is None:
        out.flush()
        _skriv(tables, getattr(out, "buffer", out), "csv")
    else:
        _till_fil(tables, Path(target), form)


def _variationer(avtal: Avtal, texts: Sequence[str]) -> list[Variation]:
    """Return what each NAME=FROM:TO:STEP says. Raises BadCommand, UnknownParameter, BadSweep."""
    if not texts:
        raise BadCommand(
            "Ingen parameter varieras. Lägg till --vary, som "
            "--vary rambudget_kr=5000000:9000000:1000 (K1)."
        )
    found: dict[str, Variation] = {}
    for text in texts:
        name, _, values = (part.strip() for part in text.partition("="))
        parts = values.split(":")
        if not name or len(parts) != 3:
            raise BadCommand(
                f"--vary ”{text[:60]}” går inte att läsa. Skriv namn=från:till:steg, som "
                "rambudget_kr=5000000:9000000:1000."
            )
        parameter = avtal.parameter(name)
        if name in found:
            raise BadCommand(f"--vary anger ”{name}” två gånger. Ange ett spann.")
        start, stop, step = (varde(parameter, part, prova=False) for part in parts)
        found[name] = Variation(parameter, start, stop, step)
    return list(found.values())


def _till_fil(tables: Iterator[pa.Table], path: Path, form: str) -> None:
    """Write all of the answer or nothing: the file is in place only when it is whole."""
    if path.exists() and not path.is_file():
        raise BadCommand(f"--output ”{path}” är ingen vanlig fil. Ange en annan fil.")
    part = path.with_name(path.name + ".delvis")
    try:
        try:
            with part.open("wb") as file:
                _skriv(tables, file, form)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = "det går inte att skriva där" if path.parent.is_dir() else "mappen finns inte"
        raise BadCommand(
            f"--output ”{path}” går inte att skriva: {reason}. Ange en annan fil."
        ) from error


def _skriv(tables: Iterator[pa.Table], file: BinaryIO, form: str) -> None:
    first = next(tables)
    options = csv.WriteOptions(quoting_style="needed")
    with (
        parquet.ParquetWriter(file, first.schema)
        if form == "parquet"
        else csv.CSVWriter(file, first.schema, write_options=options)
    ) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)


def _benchmark(argv: Sequence[str], out: TextIO) -> None:
    parser = Parser("benchmark", benchmark.OM)
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form = val(flags, "format", ("table", "json"))
    out.write(benchmark.text(benchmark.mat(), form) + "\n")


COMMANDS: dict[str, Callable[[Sequence[str], TextIO], None]] = {
    "fees": _fees,
    "explain": _explain,
    "sweep": _sweep,
    "solve": cli_planning.kor_solve,
    "forecast": cli_planning.kor_forecast,
    "scenario": cli_scenario.scenario,
    "compare": cli_scenario.compare,
    "verify": cli_scenario.verify,
    "rotation": cli_rotation.kor,
    "followup": cli_followup.kor,
    "invoice": cli_invoice.kor,
    "benchmark": _benchmark,
}
