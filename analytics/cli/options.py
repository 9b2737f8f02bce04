"""Options, words and groups of the command line. Every fault is one Swedish sentence."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from analytics.errors import BadCommand
from analytics.files.code_pages import read_file

PROGRAM = "python -m analytics"
HELP = f"Skriv {PROGRAM} --help så visas hur det skrivs."
YEAR = re.compile(r"[0-9]{4}")
NO_YEAR = "Budgetåret (K10) saknas. Lägg till --year och ett år, som --year 2015."

command = partial(click.command, options_metavar="[FLAGGOR]")


class CommandGroup(click.Group):
    """A group of commands. *modules* names those that are loaded only when asked for, each as
    (the module in this package that has it in COMMANDS, its help)."""

    def __init__(self, name: str | None, text: str, modules=None) -> None:
        super().__init__(
            name,
            help=text,
            no_args_is_help=False,
            options_metavar="",
            subcommand_metavar="KOMMANDO …",
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        )
        self.modules: dict[str, tuple[str, str]] = modules or {}

    def command(self, name: str, text: str):
        """Return what makes a function the command *name* of this group."""
        return super().command(name, help=f"{text[0].upper()}{text[1:]}.", short_help=text,
                               options_metavar="[FLAGGOR]")  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._texts())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return self.commands.get(cmd_name)
        return import_module(f"{__package__}.{self.modules[cmd_name][0]}").COMMANDS[cmd_name]

    def _texts(self) -> dict[str, str]:
        eager = {name: one.short_help or one.help or "" for name, one in self.commands.items()}
        return eager | {name: text for name, (_, text) in self.modules.items()}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Kommandon"):
            formatter.write_dl(list(self._texts().items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        names = [name for name in self._texts() if name.startswith(incomplete)]
        return [CompletionItem(name) for name in names] or super().shell_complete(ctx, incomplete)

    def invoke(self, ctx: click.Context) -> object:
        if not ctx.args and not ctx._protected_args:
            self._refuse("Ett kommando saknas." if ctx.parent is None else f"{self.name} gör vad?")
        return super().invoke(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]):
        if args[0] not in self.list_commands(ctx):
            within = "kommando ”" if ctx.parent is None else f"”{self.name} "
            self._refuse(f"Det finns inget {within}{args[0][:40]}”.", args[0])
        return super().resolve_command(ctx, args)

    def _refuse(self, what: str, asked: str = "") -> NoReturn:
        names = list(self._texts())
        near = get_close_matches(asked, names, n=1)
        hint = f"Menade du {near[0]}?" if near else f"Välj {', '.join(names)}. {HELP}"
        raise BadCommand(f"{what} {hint}")


def option(
    flag: str,
    metavar: str,
    text: str,
    name: str | None = None,
    *,
    read: Callable[[str], object] = str,
    standard: object = None,
    missing: str = "",
    many: bool = False,
    words: Sequence[str] = (),
    alone: bool = False,
):
    """Return the decorator of an option that may be given once, or with *many* several times.

    *name* is the parameter's where it is not the flag's. *read* makes the text a value; *standard*
    is the value when it is left out, and with *missing* it may not be left out. *alone* lets its
    value be left out: it is then "ja".
    """

    def taken(ctx: click.Context, param: click.Parameter, texts: Sequence[str]) -> object:
        flags = {name for one in ctx.command.get_params(ctx) for name in one.opts}
        if lost := flags.intersection(texts):
            raise BadCommand(f"Flaggan {flag} behöver ett värde före {min(lost)}. {HELP}")
        if many:
            return [read(text) for text in texts]
        if len(texts) > 1:
            raise BadCommand(f"Flaggan {flag} anges {len(texts)} gånger. Ange den en gång.")
        if missing and not texts:
            raise BadCommand(missing)
        return read(texts[0]) if texts else standard

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    more = {"is_flag": False, "flag_value": "ja"} if alone else {}
    return click.option(
        *filter(None, [flag, name]), metavar=metavar, help=text, multiple=True, callback=taken,
        shell_complete=complete, **more,
    )  # fmt: skip


def needed(
    flag: str,
    metavar: str,
    text: str,
    name: str | None = None,
    *,
    read: Callable[[str], object] = str,
    missing: str = "",
):
    """Return the decorator of an option that must be given, and not empty."""
    said = missing or f"{flag} saknas. {HELP}"

    def filled(text: str) -> object:
        if not text.strip():
            raise BadCommand(said)
        return read(text)

    return option(flag, metavar, text, name, read=filled, missing=said)


def choice(
    flag: str, metavar: str, text: str, words: Sequence[str], name: str | None = None, **more
):
    """Return the decorator of an option that is one of *words*, the first where it is left out."""
    kept = {"standard": words[0], "read": partial(_one_of, flag, words), **more}
    return option(flag, metavar, text, name, words=words, **kept)


def _one_of(flag: str, words: Sequence[str], text: str) -> str:
    if text not in words:
        last = f"{', '.join(words[:-1])} eller {words[-1]}"
        raise BadCommand(f"{flag} kan inte vara ”{text[:40]}”. Välj {last}.")
    return text


def yes(flag: str, text: str):
    """Return the decorator of a flag: `--preview`, and as before `--preview ja`."""
    words = ("nej", "ja")
    return option(
        flag, "[ja]", text, read=lambda word: _one_of(flag, words, word) == "ja", standard=False,
        words=words, alone=True,
    )  # fmt: skip


def form(*words: str):
    """Return the decorator of --format."""
    first, *others = words
    text = f"{', '.join([f'{first} (standard)', *others[:-1]])} eller {others[-1]}"
    return choice("--format", "FORMAT", text, words, "form")


def year(text: str = "budgetåret, som 2026", **more: object):
    """Return the decorator of --year."""
    return option("--year", "ÅR", text, **{"read": _year, "missing": NO_YEAR, **more})


def _year(text: str) -> int:
    if not YEAR.fullmatch(text.strip()):
        raise BadCommand(
            f"Budgetåret (K10) kan inte vara ”{text[:40]}”. Skriv fyra siffror, som --year 2015."
        )
    return int(text)


def reason(text: str = "varför, i några ord"):
    """Return the decorator of --reason."""
    return option("--reason", "SKÄL", text, standard="")


def word(name: str, metavar: str, missing: str):
    """Return the decorator of the word that a command is about; *missing* begins the sentence."""

    def taken(ctx: click.Context, param: click.Parameter, text: str | None) -> str:
        if text is None:
            raise BadCommand(f"{missing} saknas. {HELP}")
        return text

    return click.argument(name, metavar=metavar, required=False, callback=taken)


def file(text: str, *, optional: bool = False):
    """Return the decorator of --file, a file that must be there."""
    more = {} if optional else {"missing": f"--file saknas. Lägg till --file och en fil. {HELP}"}
    return option("--file", "FIL", text, read=_readable, **more)


def _readable(text: str) -> Path:
    if not Path(text).is_file():
        raise BadCommand(f"--file ”{text[:80]}” finns inte. Ange en annan fil.")
    return Path(text)


def content_of(path: Path) -> bytes:
    """Return the bytes of a file. Raises BadCommand, and BadFile for one that is too large."""
    try:
        return read_file(path)
    except OSError as error:
        raise BadCommand(f"Filen ”{path}” går inte att läsa. Kontrollera namnet.") from error


def write_file(flag: str, path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadCommand(f"{flag} ”{path}” går inte att skriva. Ange en annan fil.") from error


def pair(flag: str, example: str) -> Callable[[str], tuple[str, str]]:
    """Return what reads NAME=VALUE."""

    def read(text: str) -> tuple[str, str]:
        name, _, value = (part.strip() for part in text.partition("="))
        if not name or not value:
            raise BadCommand(
                f"{flag} ”{text[:60]}” går inte att läsa. Skriv namn, likhetstecken och värde, "
                f"som {flag} {example}."
            )
        return name, value

    return read


def by_name(flag: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs by name. Raises BadCommand where one is given twice."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise BadCommand(f"{flag} anger ”{name[:40]}” två gånger. Ange ett av värdena.")
    return dict(pairs)
