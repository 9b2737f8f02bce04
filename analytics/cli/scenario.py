"""scenario: drafts made, changed, frozen and decided. The JSON keys are a contract."""

from pathlib import Path

from analytics import agreement, database, parties, scenario_file, scenario_verify
from analytics.cli.compare import check, content_of, scenarios
from analytics.cli.options import (
    Section,
    by_name,
    form,
    option,
    pair,
    reason,
    word,
    write_file,
    yes,
)
from analytics.cli.output import as_table, one_line
from analytics.errors import BadCommand
from analytics.scenario import Scenario
from analytics.scenario_changes import till_data
from analytics.scenario_words import andring

scenario = Section(
    "scenario", "Sparade scenarier. ID är id:t, minst sex tecken av det, eller namn."
)
COMMANDS = {"scenario": scenario}
ONE = word("chosen", "ID", "Scenariot")
WHY = reason("skälet, som står i händelseloggen")
OUTPUT = option("--output", "FIL", "filen att skriva", read=Path)


def changes(command):
    """Give a command --set, --reading and --since."""
    for flag in (
        option("--since", "DATUM", "dagen då ändringarna börjar gälla, som 2027-01-01"),
        option("--reading", "PUNKT=LÄSART", "en läsart från --since; får anges flera gånger",
               "readings", read=pair("--reading", "T1=fast"), many=True),
        option("--set", "NAMN=VÄRDE", "ett nytt värde från --since; får anges flera gånger",
               "values", read=pair("--set", "rambudget_kr=7000000"), many=True),
    ):  # fmt: skip
        command = flag(command)
    return command


def _changes(values, readings, since, reason) -> list[dict[str, object]]:
    """Return the changes that --set and --reading say, from --since on."""
    if (values or readings) and since is None:
        raise BadCommand("Från när? Lägg till --since och en dag, som --since 2027-01-01 (K10).")
    kept = {"fran": since, "skal": reason or "Från kommandoraden"}
    return [
        *(
            {"parameter": name, "varde": text, **kept}
            for name, text in by_name("--set", values).items()
        ),
        *({"tolkning": t, "lasart": r, **kept} for t, r in by_name("--reading", readings).items()),
    ]


@scenario.command("list", "alla, med status")
@yes("--archived", "också de arkiverade")
@form("table", "json")
def listed(archived, form):
    items = scenarios().lista(arkiverade=archived)
    if form == "json":
        return [_data(item) for item in items]
    if not items:
        return "Inget scenario är sparat. Skapa ett med scenario create NAMN."
    rows = [
        [item.id, _status(item), str(len(item.andringar)), one_line(item.namn)] for item in items
    ]
    return as_table([["Id", "Status", "Ändringar", "Namn"], *rows], right={2})


@scenario.command("show", "ändringarna, en per rad")
@ONE
@form("table", "json")
def show(chosen, form):
    item, avtal = scenarios().sok(chosen), agreement.load()
    if form == "json":
        return _data(item)
    names = {row.part_id: row.namn for row in parties.rader(database.shared(), avtal)}
    lines = [f"{one_line(item.namn)} ({_status(item)})"]
    for change in item.andringar:
        words = one_line(andring(avtal, names, change))
        lines.append(f"- {words}. Skäl: {one_line(change.skal)}")
    if not item.andringar:
        lines.append("Inga ändringar: scenariot är lika med gällande avtal.")
    if item.sigill:
        lines.append(f"Sigill (SHA-256): {item.sigill}")
    if item.beslut:
        lines.append(f"Beslut: {one_line(item.beslut)}")
    return "\n".join(lines)


@scenario.command("create", "ett utkast, av gällande avtal eller ett annat scenario")
@word("name", "NAMN", "Namnet")
@option("--from", "ID", "scenariot att utgå från", "parent")
@changes
@WHY
def create(name, parent, values, readings, since, reason):
    saved = scenarios()
    rows = _changes(values, readings, since, reason)
    above = None if parent is None else saved.sok(parent)
    return saved.skapa(name, rows, skal=reason or "Nytt scenario", foralder=above).id


@scenario.command("edit", "ett utkast får ett annat namn eller fler ändringar")
@ONE
@option("--name", "NAMN", "ett nytt namn")
@changes
@WHY
def edit(chosen, name, values, readings, since, reason):
    saved = scenarios()
    item, new = saved.sok(chosen), _changes(values, readings, since, reason)
    rows = [*item.andringar, *new] if new else None
    made = saved.andra(item, namn=name, andringar=rows, skal=reason or "Ändrat")
    return f"{made.id} version {made.version}"


@scenario.command("freeze", "förseglar scenariot, och skriver den förseglade filen")
@ONE
@OUTPUT
@WHY
def freeze(chosen, output, reason):
    saved = scenarios()
    made = saved.frys(saved.sok(chosen), skal=reason or "Fryst")
    if output is not None:
        write_file("--output", output, scenario_verify.skriv(saved.forseglad(made)))
    return f"{made.id} {made.sigill}"


@scenario.command("decide", "markerar ett fryst scenario som beslutat; --reason är beslutet")
@ONE
@WHY
def decide(chosen, reason):
    made = scenarios().besluta(scenarios().sok(chosen), reason)
    return f"{made.id} {made.status}"


@scenario.command("archive", "lägger undan ett scenario")
@ONE
@WHY
def archive(chosen, reason):
    return scenarios().arkivera(scenarios().sok(chosen), True, skal=reason or "Arkiverat").id


@scenario.command("restore", "tar fram ett scenario som är undanlagt")
@ONE
@WHY
def restore(chosen, reason):
    return scenarios().arkivera(scenarios().sok(chosen), False, skal=reason or "Framtaget").id


@scenario.command("verify", "kontrollerar ett fryst scenarios sigill")
@ONE
@form("table", "json")
def verify(chosen, form):
    item = scenarios().sok(chosen)
    if not item.fryst:
        raise BadCommand(f"”{item.namn}” är inte fryst och har inget sigill. Frys det först.")
    return check(scenarios().forseglad(item), None, form)


@scenario.command("export", "scenariofilen")
@ONE
@form("toml", "json")
@OUTPUT
def export(chosen, form, output):
    make = scenario_file.som_toml if form == "toml" else scenario_file.som_json
    content = make(agreement.load(), scenarios().sok(chosen))
    if output is None:
        return content.decode("utf-8").removesuffix("\n")
    return write_file("--output", output, content)


@scenario.command("import", "ett utkast ur en scenariofil")
@word("file", "FIL", "Filen")
@option("--name", "NAMN", "ett annat namn än filens")
def read_in(file, name):
    path = Path(file)
    title, rows = scenario_file.las(agreement.load(), content_of(path), path.name)
    return scenarios().skapa(name or title, rows, skal=f"Inläst ur {path.name}"[:300]).id


def _status(item: Scenario) -> str:
    return "arkiverat" if item.arkiverad else item.status


def _data(item: Scenario) -> dict[str, object]:
    return {
        "id": item.id, "name": item.namn, "status": item.status, "archived": item.arkiverad,
        "parent": item.foralder, "version": item.version,
        "changed": None if item.andrad is None else item.andrad.isoformat(timespec="seconds"),
        "seal": item.sigill, "decision": item.beslut,
        "changes": [till_data(change) for change in item.andringar],
    }  # fmt: skip
