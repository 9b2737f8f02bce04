"""sweep: the fees for every combination of values, to the screen or a file; and how fast."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import csv, parquet

from analytics.agreement.contract import Agreement
from analytics.agreement.typed_values import parameter_value
from analytics.cli.options import choice, command, form, option
from analytics.cli.question import asking
from analytics.errors import BadCommand
from analytics.whatif.sweep import Variation, rows_of

HELP = """Räknar avgifterna för varje kombination av värden.

Svaret har en rad per fall och part: case (från 1), de varierade värdena, party, block, fee_kr och
at_ceiling, samt för hela fallet financed_kr och unfunded_kr (negativt när parterna betalar mer än
ramen). Raderna kommer i ordningen fall, block, part. Den första --vary varierar långsammast. Högst
1 000 000 fall räknas i taget."""
MEASURED = """Mäter hur fort avgifterna för 2015 räknas, i CPU-sekunder (alla trådar, medel i det
minsta av flera varv), och jämför med samma regel som en slinga i pandas, ett scenario i taget,
och som matriser i numpy. Svaren jämförs krona för krona på ett urval. Tar två minuter."""
VARY = (
    "en parameter och dess värden, till exempel rambudget_kr=5000000:9000000:1000; får anges flera "
    "gånger"
)


@command("sweep", help=HELP)
@asking("budgetåret, till exempel 2027")
@option("--vary", "NAMN=FRÅN:TILL:STEG", VARY, many=True)
@choice("--format", "FORMAT", "csv (standard) eller parquet", ("csv", "parquet"), "form")
@option("--output", "FIL", "filen att skriva; utan den skrivs csv på skärmen")
def sweep(asked, vary, form, output):
    if output is not None and not output.strip():
        raise BadCommand("--output är tomt. Ange en fil, eller ta bort flaggan.")
    if form == "parquet" and output is None:
        raise BadCommand("--format parquet kan inte visas på skärmen. Lägg till --output FIL.")
    varied = _variations(asked.agreement, vary)
    doubled = [v.parameter.id for v in varied if v.parameter.id in asked.question.parameters]
    if doubled:
        raise BadCommand(f"”{doubled[0]}” står i både --set och --vary. Ta bort den ena.")
    tables = rows_of(asked.db, asked.agreement, asked.question, varied, asked.inhabitants)
    if output is None:
        sys.stdout.flush()
        _write(tables, sys.stdout.buffer, "csv")
    else:
        _to_file(tables, Path(output), form)


def _variations(agreement: Agreement, texts: list[str]) -> list[Variation]:
    """Return what each NAME=FROM:TO:STEP says. Raises BadCommand, UnknownParameter, BadSweep."""
    example = "--vary rambudget_kr=5000000:9000000:1000"
    if not texts:
        raise BadCommand(f"Ingen parameter varieras. Lägg till --vary, som {example} (K1).")
    found: dict[str, Variation] = {}
    for text in texts:
        name, _, values = (part.strip() for part in text.partition("="))
        parts = values.split(":")
        if not name or len(parts) != 3:
            raise BadCommand(
                f"--vary ”{text[:60]}” går inte att läsa. Skriv namn=från:till:steg, som {example}."
            )
        parameter = agreement.parameter(name)
        if name in found:
            raise BadCommand(f"--vary anger ”{name}” två gånger. Ange ett spann.")
        found[name] = Variation(
            parameter, *(parameter_value(parameter, part, check=False) for part in parts)
        )
    return list(found.values())


def _to_file(tables: Iterator[pa.Table], path: Path, form: str) -> None:
    """Write all of the answer or nothing: the file is in place only when it is whole."""
    if path.exists() and not path.is_file():
        raise BadCommand(f"--output ”{path}” är ingen vanlig fil. Ange en annan fil.")
    unfinished = path.with_name(path.name + ".delvis")
    try:
        try:
            with unfinished.open("wb") as file:
                _write(tables, file, form)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        reason = "det går inte att skriva där" if path.parent.is_dir() else "mappen finns inte"
        raise BadCommand(
            f"--output ”{path}” går inte att skriva: {reason}. Ange en annan fil."
        ) from error


def _write(tables: Iterator[pa.Table], file: BinaryIO, form: str) -> None:
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


@command("benchmark", help=MEASURED)
@form("table", "json")
def benchmark(form):
    from analytics.benchmarks import fees as measure

    return measure.text(measure.measure(), form)


COMMANDS = {"sweep": sweep, "benchmark": benchmark}
