"""python -m analytics scenario | compare | verify. The JSON keys are a contract."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from analytics import agreement, cli_scenario_output, database, parties, scenario_file
from analytics import compare as comparison
from analytics import scenario_verify as verification
from analytics.cli_options import HELP, Parser, ar, en, par, scenarier, val
from analytics.errors import BadCommand
from analytics.errors_scenario import SealBroken
from analytics.scenario_store import Scenarier

OM = """Sparade scenarier. Kommandon:

  scenario list                     alla, med status; --archived tar med de arkiverade
  scenario show ID                  ändringarna, en per rad
  scenario create NAMN              ett utkast: --from ID, --set, --reading, --since, --reason
  scenario edit ID                  ett utkast: --name, --set, --reading, --since, --reason
  scenario freeze ID                förseglar scenariot; --output FIL skriver den förseglade filen
  scenario decide ID                markerar ett fryst scenario som beslutat; --reason är beslutet
  scenario archive ID               lägger undan det; scenario restore ID tar fram det
  scenario verify ID                kontrollerar ett fryst scenarios sigill
  scenario export ID                scenariofilen; --format toml (standard) eller json, --output FIL
  scenario import FIL               ett utkast ur en scenariofil; --name ger det ett annat namn

ID är id:t, början av det (minst sex tecken) eller namnet."""
SPAN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


def scenario(argv: Sequence[str], out: TextIO) -> None:
    """Run one of the scenario commands. Raises AgreementError."""
    command = argv[0] if argv else ""
    if command in ("-h", "--help"):
        out.write(OM + "\n")
        return
    if command not in COMMANDS:
        near = get_close_matches(command, COMMANDS, n=1)
        hint = f"Menade du {near[0]}?" if near else f"Välj {', '.join(COMMANDS)}."
        what = f"Det finns inget kommando ”scenario {command[:40]}”." if command else "Vad?"
        raise BadCommand(f"{what} {hint}")
    takes, flags = FLAGS[command]
    parser = Parser(f"scenario {command}", OM)
    for name, text in flags.items():
        parser.flagga(name, "VÄRDE", text)
    if command == "list":
        parser.flags.add_argument("--archived", action="store_true", help="också de arkiverade")
    given, rest = _ord(argv[1:], takes)
    COMMANDS[command](_lagret(), given, parser.las(rest), out)


def _ord(argv: Sequence[str], takes: str) -> tuple[str, list[str]]:
    """Split the word that the command is about from its flags. Raises BadCommand."""
    if not takes:
        return "", list(argv)
    if not argv or argv[0].startswith("--"):
        raise BadCommand(f"{takes} saknas. {HELP}")
    return argv[0], list(argv[1:])


def _lagret() -> Scenarier:
    return scenarier(database.shared(), agreement.load())


def _namn() -> dict[str, str]:
    rows = parties.rader(database.shared(), agreement.load())
    return {row.part_id: row.namn for row in rows}


def _list(saved: Scenarier, _: str, flags: dict, out: TextIO) -> None:
    found = saved.lista(arkiverade=bool(flags["archived"]))
    out.write(cli_scenario_output.lista(found, val(flags, "format", ("table", "json"))) + "\n")


def _show(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    item = saved.sok(text)
    form = val(flags, "format", ("table", "json"))
    out.write(cli_scenario_output.visa(agreement.load(), _namn(), item, form) + "\n")


def _andringar(flags: dict) -> list[dict[str, object]]:
    """Return the changes that --set and --reading say, from --since on."""
    since = en(flags, "since")
    reason = en(flags, "reason") or "Från kommandoraden"
    values = par(flags, "set", "rambudget_kr=7000000")
    readings = par(flags, "reading", "T1=fast")
    if (values or readings) and since is None:
        raise BadCommand("Från när? Lägg till --since och en dag, som --since 2027-01-01 (K10).")
    rows: list[dict[str, object]] = [
        {"parameter": name, "fran": since, "varde": text, "skal": reason} for name, text in values
    ]
    return rows + [
        {"tolkning": point, "fran": since, "lasart": reading, "skal": reason}
        for point, reading in readings
    ]


def _create(saved: Scenarier, name: str, flags: dict, out: TextIO) -> None:
    parent = en(flags, "from")
    made = saved.skapa(
        name,
        _andringar(flags),
        skal=en(flags, "reason") or "Nytt scenario",
        foralder=None if parent is None else saved.sok(parent),
    )
    out.write(f"{made.id}\n")


def _edit(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    item = saved.sok(text)
    new = _andringar(flags)
    made = saved.andra(
        item,
        namn=en(flags, "name"),
        andringar=[*item.andringar, *new] if new else None,
        skal=en(flags, "reason") or "Ändrat",
    )
    out.write(f"{made.id} version {made.version}\n")


def _freeze(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    made = saved.frys(saved.sok(text), skal=en(flags, "reason") or "Fryst")
    if (target := en(flags, "output")) is not None:
        _till_fil(target, verification.skriv(saved.forseglad(made)))
    out.write(f"{made.id} {made.sigill}\n")


def _decide(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    made = saved.besluta(saved.sok(text), en(flags, "reason") or "")
    out.write(f"{made.id} {made.status}\n")


def _arkiv(put_away: bool) -> Callable[[Scenarier, str, dict, TextIO], None]:
    def run(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
        reason = en(flags, "reason") or ("Arkiverat" if put_away else "Framtaget")
        made = saved.arkivera(saved.sok(text), put_away, skal=reason)
        out.write(f"{made.id}\n")

    return run


def _verify(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    item = saved.sok(text)
    if not item.fryst:
        raise BadCommand(f"”{item.namn}” är inte fryst och har inget sigill. Frys det först.")
    _svara(saved.forseglad(item), None, val(flags, "format", ("table", "json")), out)


def _export(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    item = saved.sok(text)
    make = {"toml": scenario_file.som_toml, "json": scenario_file.som_json}
    content = make[val(flags, "format", ("toml", "json"))](agreement.load(), item)
    if (target := en(flags, "output")) is not None:
        _till_fil(target, content)
    else:
        out.write(content.decode("utf-8"))


def _import(saved: Scenarier, text: str, flags: dict, out: TextIO) -> None:
    path = Path(text)
    title, rows = scenario_file.las(agreement.load(), _fran_fil(path), path.name)
    made = saved.skapa(en(flags, "name") or title, rows, skal=f"Inläst ur {path.name}"[:300])
    out.write(f"{made.id}\n")


def compare(argv: Sequence[str], out: TextIO) -> None:
    """Compare scenarios with the agreement in force. Raises AgreementError."""
    parser = Parser(
        "compare", "Scenarier mot gällande avtal: vad som skiljer, vem som betalar mer."
    )
    parser.flagga("--scenario", "ID", "ett scenario; anges en gång för varje, högst åtta")
    parser.flagga("--year", "ÅR", "ett år, som 2027, eller ett spann, som 2027-2030")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form = val(flags, "format", ("table", "json"))
    first, last = _spann(en(flags, "year"))
    saved, avtal = _lagret(), agreement.load()
    items = [saved.sok(text) for text in flags["scenario"]]
    found = comparison.jamfor(database.shared(), avtal, saved, items, first, last)
    out.write(cli_scenario_output.jamforelse(avtal, found, form) + "\n")


def _spann(text: str | None) -> tuple[int, int]:
    if text is not None and (found := SPAN.fullmatch(text.strip())):
        return int(found[1]), int(found[2] or found[1])
    if text is None:
        return ar(None), 0
    raise BadCommand(f"--year kan inte vara ”{text[:40]}”. Skriv som 2027 eller 2027-2030.")


def verify(argv: Sequence[str], out: TextIO) -> None:
    """Check a sealed file. Raises BadInput, and SealBroken after saying everything that differs."""
    parser = Parser("verify", "Kontrollerar en förseglad scenariofil: verify FIL")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    given, rest = ("", list(argv)) if argv[:1] in (["-h"], ["--help"]) else _ord(argv, "Filen")
    flags = parser.las(rest)
    path = Path(given)
    content = _fran_fil(path)
    document = verification.las(content, path.name)
    _svara(document, content, val(flags, "format", ("table", "json")), out)


def _svara(document: dict, content: bytes | None, form: str, out: TextIO) -> None:
    found = verification.kontrollera(database.shared(), agreement.load(), document, content)
    out.write(cli_scenario_output.kontroll(found, form) + "\n")
    if not found.stammer:
        raise SealBroken(found.namn, [*found.brutet, *map(str, found.avvikelser)])


def _fran_fil(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadCommand(f"Filen ”{path}” går inte att läsa. Kontrollera namnet.") from error


def _till_fil(target: str, content: bytes) -> None:
    try:
        Path(target).write_bytes(content)
    except OSError as error:
        raise BadCommand(f"--output ”{target}” går inte att skriva. Ange en annan fil.") from error


FORMAT = {"--format": "table (standard) eller json"}
REASON = {"--reason": "skälet, som står i händelseloggen"}
CHANGES = {
    "--set": "NAMN=VÄRDE, ett nytt värde från --since; får anges flera gånger",
    "--reading": "PUNKT=LÄSART, en läsart från --since; får anges flera gånger",
    "--since": "dagen då ändringarna börjar gälla, som 2027-01-01",
}
# Each command's word (what it is about) and its flags.
FLAGS: dict[str, tuple[str, dict[str, str]]] = {
    "list": ("", FORMAT),
    "show": ("Scenariot", FORMAT),
    "create": ("Namnet", {"--from": "scenariot att utgå från", **CHANGES, **REASON}),
    "edit": ("Scenariot", {"--name": "ett nytt namn", **CHANGES, **REASON}),
    "freeze": ("Scenariot", {"--output": "filen för det förseglade scenariot", **REASON}),
    "decide": ("Scenariot", REASON),
    "archive": ("Scenariot", REASON),
    "restore": ("Scenariot", REASON),
    "verify": ("Scenariot", FORMAT),
    "export": ("Scenariot", {"--format": "toml (standard) eller json", "--output": "filen"}),
    "import": ("Filen", {"--name": "ett annat namn än filens"}),
}
COMMANDS: dict[str, Callable[[Scenarier, str, dict, TextIO], None]] = {
    "list": _list,
    "show": _show,
    "create": _create,
    "edit": _edit,
    "freeze": _freeze,
    "decide": _decide,
    "archive": _arkiv(True),
    "restore": _arkiv(False),
    "verify": _verify,
    "export": _export,
    "import": _import,
}
