"""scenario: drafts made, changed, frozen and decided. The JSON keys are a contract."""

from pathlib import Path

from analytics.agreement import contract, parties
from analytics.characters import visible
from analytics.cli.compare import check, scenarios
from analytics.cli.options import (
    CommandGroup,
    by_name,
    content_of,
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
from analytics.reference import database
from analytics.scenario import file as scenario_file, verify as scenario_verify
from analytics.scenario.changes import to_data
from analytics.scenario.dated import Scenario
from analytics.scenario.wording import describe_change

scenario = CommandGroup(
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
    items = scenarios().list_all(archived=archived)
    if form == "json":
        return [_data(item) for item in items]
    if not items:
        return "Inget scenario är sparat. Skapa ett med scenario create NAMN."
    rows = [[item.id, _status(item), str(len(item.changes)), one_line(item.name)] for item in items]
    return as_table([["Id", "Status", "Ändringar", "Namn"], *rows], right={2})


@scenario.command("show", "ändringarna, en per rad")
@ONE
@form("table", "json")
def show(chosen, form):
    item, agreement = scenarios().find(chosen), contract.load()
    if form == "json":
        return _data(item)
    names = {row.party_id: row.name for row in parties.party_rows(database.shared(), agreement)}
    lines = [f"{one_line(item.name)} ({_status(item)})"]
    for change in item.changes:
        words = one_line(describe_change(agreement, names, change))
        lines.append(f"- {words}. Skäl: {one_line(change.reason)}")
    if not item.changes:
        lines.append("Inga ändringar: scenariot är lika med gällande avtal.")
    if item.sigill:
        lines.append(f"Sigill (SHA-256): {item.sigill}")
    if item.decision:
        lines.append(f"Beslut: {one_line(item.decision)}")
    return "\n".join(lines)


@scenario.command("create", "ett utkast, av gällande avtal eller ett annat scenario")
@word("name", "NAMN", "Namnet")
@option("--from", "ID", "scenariot att utgå från", "parent")
@changes
@WHY
def create(name, parent, values, readings, since, reason):
    saved = scenarios()
    rows = _changes(values, readings, since, reason)
    above = None if parent is None else saved.find(parent)
    return saved.create(name, rows, reason=reason or "Nytt scenario", parent=above).id


@scenario.command("edit", "ett utkast får ett annat namn eller fler ändringar")
@ONE
@option("--name", "NAMN", "ett nytt namn")
@changes
@WHY
def edit(chosen, name, values, readings, since, reason):
    saved = scenarios()
    item, new = saved.find(chosen), _changes(values, readings, since, reason)
    rows = [*item.changes, *new] if new else None
    made = saved.edit(item, name=name, changes=rows, reason=reason or "Ändrat")
    return f"{made.id} version {made.version}"


@scenario.command("freeze", "förseglar scenariot, och skriver den förseglade filen")
@ONE
@OUTPUT
@WHY
def freeze(chosen, output, reason):
    saved = scenarios()
    made = saved.freeze(saved.find(chosen), reason=reason or "Fryst")
    if output is not None:
        write_file("--output", output, scenario_verify.as_file(saved.sealed(made)))
    return f"{made.id} {made.sigill}"


@scenario.command("decide", "markerar ett fryst scenario som beslutat; --reason är beslutet")
@ONE
@WHY
def decide(chosen, reason):
    made = scenarios().decide(scenarios().find(chosen), reason)
    return f"{made.id} {made.status}"


@scenario.command("archive", "lägger undan ett scenario")
@ONE
@WHY
def archive(chosen, reason):
    return scenarios().archive(scenarios().find(chosen), True, reason=reason or "Arkiverat").id


@scenario.command("restore", "tar fram ett scenario som är undanlagt")
@ONE
@WHY
def restore(chosen, reason):
    return scenarios().archive(scenarios().find(chosen), False, reason=reason or "Framtaget").id


@scenario.command("verify", "kontrollerar ett fryst scenarios sigill")
@ONE
@form("table", "json")
def verify(chosen, form):
    item = scenarios().find(chosen)
    if not item.frozen:
        raise BadCommand(f"”{item.name}” är inte fryst och har inget sigill. Frys det först.")
    return check(scenarios().sealed(item), None, form)


@scenario.command("export", "scenariofilen")
@ONE
@form("toml", "json")
@OUTPUT
def export(chosen, form, output):
    make = scenario_file.as_toml if form == "toml" else scenario_file.as_json
    content = make(contract.load(), scenarios().find(chosen))
    if output is None:
        return content.decode("utf-8").removesuffix("\n")
    return write_file("--output", output, content)


@scenario.command("import", "ett utkast ur en scenariofil")
@word("file", "FIL", "Filen")
@option("--name", "NAMN", "ett annat namn än filens")
def read_in(file, name):
    path = Path(file)
    title, rows = scenario_file.read(contract.load(), content_of(path), path.name)
    saved = scenarios()
    if there := saved.same(name or title, rows):
        return f"{there.id} finns redan, med samma namn och ändringar. Inget sparades."
    return saved.create(name or title, rows, reason=f"Inläst ur {visible(path.name)}"[:300]).id


def _status(item: Scenario) -> str:
    return "arkiverat" if item.archived else item.status


def _data(item: Scenario) -> dict[str, object]:
    return {
        "id": item.id, "name": item.name, "status": item.status, "archived": item.archived,
        "parent": item.parent, "version": item.version,
        "changed": None if item.changed is None else item.changed.isoformat(timespec="seconds"),
        "seal": item.sigill, "decision": item.decision,
        "changes": [to_data(change) for change in item.changes],
    }  # fmt: skip
