"""A scenario as a file, TOML or JSON: out to a colleague, and in again. docs/scenario-file.md.

A file is read strictly and as a whole: every fault is listed, and nothing is saved here.
"""

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal

from analytics.agreement.contract import Agreement
from analytics.errors import BadInput
from analytics.scenario.changes import to_data
from analytics.scenario.dated import Scenario
from analytics.scenario.errors import BadScenario
from analytics.scenario.values import unknown_keys

FORMAT = 1
FIELDS = ("format", "avtal", "namn", "andring")
LARGEST = 1_000_000  # bytes
WAY_OUT = "Välj en scenariofil i TOML eller JSON, som den här sidan kan hämta."


def as_toml(agreement: Agreement, item: Scenario) -> bytes:
    """Return the scenario as a TOML file."""
    lines = [
        "# Ett scenario är en lista daterade ändringar i avtalet, aldrig en kopia av det.",
        "",
        f"format = {FORMAT}",
        f"avtal = {_toml(agreement.id)}",
        f"namn = {_toml(item.name)}",
    ]
    for change in item.changes:
        lines += ["", "[[andring]]"]
        for key, value in to_data(change).items():
            written = str(value) if key == "fran" else _toml(value)
            lines.append(f"{key} = {written}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def as_json(agreement: Agreement, item: Scenario) -> bytes:
    """Return the scenario as a JSON file with the same keys."""
    document = {
        "format": FORMAT,
        "avtal": agreement.id,
        "namn": item.name,
        "andring": [to_data(change) for change in item.changes],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read(agreement: Agreement, content: bytes, name: str) -> tuple[str, list[Mapping[str, object]]]:
    """Return the name and the changes in a file, not yet checked against the agreement.

    Raises BadInput for what is no scenario file and BadScenario, with every fault, for one that
    says more than it may.
    """
    document = _document(content, name)
    if "innehall" in document and "sigill" in document:
        raise BadInput(
            name,
            "är ett förseglat scenario",
            "Kontrollera det under Kontrollera en förseglad fil, eller läs in scenariofilen.",
        )
    faults = unknown_keys(map(str, document), FIELDS)
    if document.get("format", FORMAT) != FORMAT:
        faults.append(f"Formatet {document['format']} är okänt. Programmet läser format {FORMAT}.")
    if document.get("avtal", agreement.id) != agreement.id:
        faults.append(
            f"Filen gäller avtalet ”{str(document['avtal'])[:60]}”, men här räknas "
            f"”{agreement.id}”."
        )
    title = document.get("namn")
    if not isinstance(title, str) or not title.strip():
        faults.append("Namnet saknas. Lägg till namn.")
    rows = document.get("andring", [])
    if not isinstance(rows, list):
        faults.append("Fältet andring är ingen lista. Skriv varje ändring som en egen post.")
    if faults:
        raise BadScenario(str(title or name), faults)
    return title, rows


def _document(content: bytes, name: str) -> Mapping[str, object]:
    if len(content) > LARGEST:
        raise BadInput(name, "är större än 1 MB", WAY_OUT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(name, f"är inte text i UTF-8 (byte {error.start})", WAY_OUT) from error
    as_json = text.lstrip().startswith("{")
    try:
        if as_json:
            document = json.loads(
                text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once
            )
        else:
            document = tomllib.loads(text, parse_float=Decimal)
        json.dumps(document, default=str, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        kind = "JSON" if as_json else "TOML"
        raise BadInput(name, f"går inte att läsa som {kind} ({_where(error)})", WAY_OUT) from error
    return document


def _where(error: Exception) -> str:
    """Say where in the file the fault is; the libraries say it in English."""
    if isinstance(error, json.JSONDecodeError):
        return f"rad {error.lineno}, kolumn {error.colno}"
    found = str(error)
    if "at line" in found:
        where = found.partition("(at line ")[2].rstrip(")")
        return "rad " + where.replace(" column ", " kolumn ")
    return found if found.startswith(("nyckeln", "talet")) else "felet är i filens slut"


def _refuse(written: str) -> None:
    raise ValueError(f"talet {written} är inget tal")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"nyckeln ”{next(k for k in keys if keys.count(k) > 1)}” står två gånger")
    return found


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
