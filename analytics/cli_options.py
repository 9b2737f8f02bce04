"""What stands on the command line, made into a question. Every fault is one Swedish sentence."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import NoReturn, TextIO, TypeVar

from analytics import agreement, database, fees, parties, scenario_results, store
from analytics.agreement import Avtal, Parameter
from analytics.database import Database
from analytics.errors import AgreementError, BadCommand, BadInput
from analytics.fees import Resultat
from analytics.population import Antal
from analytics.question import Uppgift
from analytics.scenario_results import Fall
from analytics.scenario_store import Scenarier
from analytics.swedish import parse_decimal, parse_kronor

T = TypeVar("T")
HELP = "Skriv python -m analytics --help så visas hur det skrivs."
PART = re.compile(r"([0-9]{1,6})/([1-9][0-9]{0,5})")
YEAR = re.compile(r"[0-9]{4}")


class _Format(argparse.RawDescriptionHelpFormatter):
    """argparse's help with its English words replaced."""

    def add_usage(self, usage, actions, groups, prefix=None) -> None:
        super().add_usage(usage, actions, groups, "Användning: ")


class Parser(argparse.ArgumentParser):
    """A command's flags. Every flag is a list of texts, so that one given twice can be told."""

    def __init__(self, command: str, text: str) -> None:
        super().__init__(
            prog=f"python -m analytics {command}".strip(),
            description=text,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Format,
        )
        self.flags = self.add_argument_group("Flaggor")
        self.flags.add_argument(
            "-h", "--help", action="help", help="visar den här hjälpen och avslutar"
        )

    def flagga(self, name: str, metavar: str, text: str) -> None:
        self.flags.add_argument(name, metavar=metavar, help=text, action="append", default=[])

    def las(self, argv: Sequence[str]) -> dict[str, list[str]]:
        """Return the texts per flag. Raises BadCommand."""
        known, unknown = self.parse_known_args(list(argv))
        if unknown:
            names = [f for action in self._actions for f in action.option_strings]
            near = get_close_matches(unknown[0].partition("=")[0], names, n=1)
            hint = f"Menade du {near[0]}?" if near else HELP
            raise BadCommand(f"”{unknown[0][:60]}” är ingen flagga till {self.prog}. {hint}")
        return vars(known)

    def error(self, message: str) -> NoReturn:
        flag = re.search(r"--[a-z-]+", message)
        if flag and "expected" in message:
            raise BadCommand(f"Flaggan {flag[0]} behöver ett värde efter sig. {HELP}")
        raise BadCommand(f"Kommandoraden går inte att läsa. {HELP}")


def underkommando(
    name: str, argv: Sequence[str], commands: Mapping[str, T], om: str, out: TextIO
) -> T | None:
    """Return which of *commands* `name …` asks for; None when it asked for help, which is written.

    Raises BadCommand.
    """
    asked = argv[0] if argv else ""
    if asked in ("-h", "--help"):
        out.write(om)
        return None
    if asked not in commands:
        near = get_close_matches(asked, commands, n=1)
        hint = f"Menade du {near[0]}?" if near else f"Välj {', '.join(commands)}. {HELP}"
        what = f"Det finns inget ”{name} {asked[:40]}”." if asked else f"{name} gör vad?"
        raise BadCommand(f"{what} {hint}")
    return commands[asked]


def gemensamma(parser: Parser, year: str) -> None:
    """Add the flags that fees, explain and sweep share."""
    parser.flagga("--year", "ÅR", year)
    parser.flagga(
        "--set",
        "NAMN=VÄRDE",
        "ett annat värde på en parameter, till exempel rambudget_kr=7000000, rambudget_kr=6,5Mkr, "
        "tak_kr_per_invanare=1,60 eller kommunernas_del=1/2; får anges flera gånger",
    )
    parser.flagga(
        "--reading", "PUNKT=LÄSART", "en annan läsart, till exempel T1=fast; får anges flera gånger"
    )
    parser.flagga("--agreement", "FIL", "en annan avtalsfil (docs/agreement-file.md)")
    parser.flagga(
        "--population",
        "FIL",
        "en CSV-fil med egen folkmängd, som går före: part_id, datum, antal, kalla",
    )
    parser.flagga("--scenario", "ID", "ett sparat scenario: dess id, början av det, eller namnet")


@dataclass(frozen=True)
class Fraga:
    """What is asked, of which agreement, in which database."""

    db: Database
    avtal: Avtal
    uppgift: Uppgift
    folkmangd: Callable[[str, date], Antal]
    fall: Fall | None = None

    def resultat(self) -> Resultat:
        """Return the fees: computed, or of a frozen scenario as they were sealed."""
        if self.fall is None:
            return fees.avgifter(self.db, self.avtal, [self.uppgift], self.folkmangd)[0]
        saved = scenarier(self.db, self.avtal)
        (answer,) = scenario_results.avgifter(self.db, self.avtal, saved, [self.fall])
        if isinstance(answer, AgreementError):
            raise answer
        return answer


def scenarier(db: Database, avtal: Avtal) -> Scenarier:
    """Return the scenarios of the store."""
    return Scenarier(db, avtal, store.shared())


def fraga(flags: dict[str, list[str]]) -> Fraga:
    """Return the question that the flags ask. Raises AgreementError."""
    year = ar(en(flags, "year"))
    file, own = en(flags, "agreement"), en(flags, "population")
    avtal = agreement.load() if file is None else agreement.load(_fil("agreement", file))
    readings = dict(par(flags, "reading", "T1=fast"))
    avtal.lasarter(readings)
    values = {
        name: varde(avtal.parameter(name), text)
        for name, text in par(flags, "set", "rambudget_kr=7000000")
    }
    db = database.shared()
    chosen = en(flags, "scenario")
    if chosen is not None:
        if file is not None or own is not None:
            raise BadCommand(
                "--scenario går inte ihop med --agreement eller --population: ett scenario gäller "
                "programmets avtal och folkmängd. Ta bort den ena flaggan."
            )
        saved = scenarier(db, avtal)
        fall = Fall(saved.sok(chosen), year, values, readings)
        asked = scenario_results.uppgift(db, avtal, saved, fall)
        counted = scenario_results.folkmangd(db, saved, fall.scenario)
        return Fraga(db, avtal, asked, counted, fall)
    return Fraga(
        db,
        avtal,
        Uppgift(year, parties.rader(db, avtal), values, readings),
        fees.antalen_for(db, avtal, None if own is None else _fil("population", own)),
    )


def en(flags: dict[str, list[str]], name: str, default: str | None = None) -> str | None:
    """Return the one value of a flag that may be given once. Raises BadCommand if it is twice."""
    texts = flags[name]
    if len(texts) > 1:
        raise BadCommand(f"Flaggan --{name} anges {len(texts)} gånger. Ange den en gång.")
    return texts[0] if texts else default


def val(flags: dict[str, list[str]], name: str, allowed: Sequence[str]) -> str:
    """Return the flag's value, one of *allowed*; the first where it is not given."""
    text = en(flags, name, allowed[0])
    if text not in allowed:
        raise BadCommand(
            f"--{name} kan inte vara ”{text[:40]}”. Välj {', '.join(allowed[:-1])} eller "
            f"{allowed[-1]}."
        )
    return text


def varde(parameter: Parameter, text: str, prova: bool = True) -> Fraction:
    """Return *text* as the parameter's value, exactly, in Swedish or machine decimals.

    Raises BadCommand, naming the parameter and its clause, and where *prova* BadParameter.
    """
    try:
        value = LASARE[parameter.slag](text)
    except BadInput as error:
        raise BadCommand(f"{parameter.namn} ({parameter.klausul}): {error}") from error
    return parameter.prova(value) if prova else value


def _del(text: str) -> Fraction:
    """A share of one: 0,5, 1/2 or 50 %."""
    if found := PART.fullmatch(text.strip()):
        return Fraction(int(found[1]), int(found[2]))
    percent = text.rstrip().endswith("%")
    return Fraction(parse_decimal(text, "%")) / (100 if percent else 1)


LASARE: dict[str, Callable[[str], Fraction]] = {
    "kronor": lambda text: Fraction(parse_kronor(text)),
    "del": _del,
    "sats": lambda text: Fraction(parse_decimal(text, "kr")),
    "procent": lambda text: Fraction(parse_decimal(text, "%")),
}


def ar(text: str | None) -> int:
    if text is None:
        raise BadCommand("Budgetåret (K10) saknas. Lägg till --year och ett år, som --year 2015.")
    if not YEAR.fullmatch(text.strip()):
        raise BadCommand(
            f"Budgetåret (K10) kan inte vara ”{text[:40]}”. Skriv fyra siffror, som --year 2015."
        )
    return int(text)


def par(flags: dict[str, list[str]], flag: str, example: str) -> list[tuple[str, str]]:
    """Return the name=value pairs of a flag that may be given many times."""
    pairs = []
    for text in flags[flag]:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise BadCommand(
                f"--{flag} ”{text[:60]}” går inte att läsa. Skriv namn, likhetstecken och värde, "
                f"som --{flag} {example}."
            )
        if name.strip() in dict(pairs):
            raise BadCommand(
                f"--{flag} anger ”{name.strip()[:40]}” två gånger. Ange ett av värdena."
            )
        pairs.append((name.strip(), value.strip()))
    return pairs


def _fil(flag: str, text: str) -> Path:
    if not text.strip():
        raise BadCommand(f"--{flag} är tomt. Ange en fil, eller ta bort flaggan.")
    return Path(text)
