"""The program: what every command is called, and what happens when one fails.

A command returns its answer, text or what becomes JSON. Exit codes: 0 done; 2 wrong input, with
one Swedish sentence on stderr that names the value, the clause and the way out; 1 a fault in the
program. A traceback is never shown.
"""

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click
from click.shell_completion import BashComplete

from analytics.cli.options import PROGRAM, CommandGroup
from analytics.errors import AgreementError

ROOT = CommandGroup(
    None,
    "Räknar ut vad parterna betalar enligt överenskommelsen, och varför.",
    {
        "fees": ("fees", "vad varje part betalar ett år"),
        "explain": ("fees", "varför en part betalar det den betalar, steg för steg med klausul"),
        "sweep": ("sweep", "avgifterna för många värden på en eller flera parametrar"),
        "solve": ("planning", "vilka värden som klarar villkor, till kronan"),
        "forecast": ("planning", "kommunernas folkmängd framåt, och hur fel metoderna har haft"),
        "scenario": ("scenario", "sparade scenarier: skapa, ändra, frysa, besluta, lägga undan"),
        "compare": ("compare", "scenarier mot gällande avtal: vad som skiljer, vem betalar mer"),
        "verify": ("compare", "kontrollerar en förseglad scenariofil"),
        "rotation": ("rotation", "vem lånar ut personal, vem står på tur, en plan (K13–K15)"),
        "population": (
            "population",
            "folkmängd in, i årgångar, och vad som gäller en dag",
        ),
        "followup": ("followup", "bokföring in, budget, utfall, prognos, rapport (K2, K7)"),
        "invoice": ("invoice", "fakturaunderlaget två gånger om året (K8)"),
        "benchmark": ("sweep", "hur fort det räknas, jämfört med pandas och numpy"),
    },
)
COMPLETE = "_SAMVERKAN_COMPLETE"
# What the shell is told: a command `samverkan` that runs this program, and how it is completed.
BASH = f'samverkan() {{ "{sys.executable}" -m analytics "$@"; }}\n' + (
    BashComplete.source_template.replace(" $1)", f' "{sys.executable}" -m analytics)')
)


def main(argv: Sequence[str], out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Run the command in *argv*; return the exit code."""
    for stream in (out, err):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            _run(list(argv), out)
    except click.exceptions.Exit:
        pass  # help is written
    except click.ClickException as error:
        said = error.format_message().replace("'", "")
        said += "" if said.endswith("?") else f" Skriv {_asked(error)} --help, så visas flaggorna."
        err.write(" ".join(said.split()) + "\n")
        return 2
    except AgreementError as error:
        err.write(f"{error}\n")
        return 2
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    except OSError as error:
        what = f"Filen ”{str(error.filename)[:80]}”" if error.filename else "Svaret"
        err.write(f"{what} går inte att läsa eller skriva. Kontrollera namn och rättigheter.\n")
        return 2
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
    return 0


def _asked(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return PROGRAM if context is None else context.command_path


def _run(argv: list[str], out: TextIO) -> None:
    if asked := os.environ.get(COMPLETE):
        shell = BashComplete(ROOT, {}, "samverkan", COMPLETE)
        shell.source_template = BASH
        out.write((shell.source() if asked == "bash_source" else shell.complete()) + "\n")
        return
    if not {"-h", "--help"} & set(argv):
        from analytics.store import posts
        from analytics.vintages import refresh

        refresh.follow(posts.shared())
    with ROOT.make_context(PROGRAM, argv) as context:
        answer = ROOT.invoke(context)
    if answer is not None:
        from analytics.cli.output import as_json

        out.write((answer if isinstance(answer, str) else as_json(answer)) + "\n")
