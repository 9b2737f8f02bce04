"""compare and verify: scenarios beside the agreement, and sealed files. JSON keys: a contract."""

import re
from pathlib import Path

import click

from analytics import agreement, compare, compare_words, database, scenario_verify, store
from analytics.cli.options import command, form, option, word, year
from analytics.cli.output import as_json, as_table, one_line
from analytics.compare import Jamforelse, Utfall
from analytics.errors import BadCommand
from analytics.errors_scenario import SealBroken
from analytics.scenario_changes import bratal
from analytics.scenario_store import Scenarier
from analytics.scenario_verify import Kontroll
from analytics.swedish import SAKNAS, decimal, delta_kr, procent, tal

SPAN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
SHOWN = 40  # differences spelled out in text
HEAD = ["Part", "Namn", "Gällande, kr", "Skillnad, kr", "%", "kr/invånare"]


def scenarios() -> Scenarier:
    """Return the scenarios of the store."""
    return Scenarier(database.shared(), agreement.load(), store.shared())


def _span(text: str) -> tuple[int, int]:
    if found := SPAN.fullmatch(text.strip()):
        return int(found[1]), int(found[2] or found[1])
    raise BadCommand(f"--year kan inte vara ”{text[:40]}”. Skriv som 2027 eller 2027-2030.")


@command("compare", help="Scenarier mot gällande avtal: vad som skiljer, vem som betalar mer.")
@option("--scenario", "ID", "ett scenario; anges en gång för varje, högst åtta", many=True)
@year("ett år, som 2027, eller ett spann, som 2027-2030", read=_span)
@form("table", "json")
def comparing(scenario, year, form):
    saved, avtal = scenarios(), agreement.load()
    items = [saved.sok(text) for text in scenario]
    found = compare.jamfor(database.shared(), avtal, saved, items, *year)
    rows = [compare_words.mening(row, found) for row in compare_words.olikheter(avtal, found)]
    same = compare_words.lika(avtal, found)
    if form == "json":
        return {
            "years": list(found.ar), "differences": rows, "identical": same,
            "in_force": _outcome(found.gallande),
            "scenarios": [_outcome(u) for u in found.utfall],
            "not_computed": [
                {"id": item.id, "name": item.namn, "reason": why} for item, why in found.utan
            ],
        }  # fmt: skip
    return "\n".join([
        "Det här skiljer dem åt:",
        *([f"- {one_line(row)}" for row in rows] or ["- Inget."]),
        *map(one_line, same),
        *(f"{one_line(item.namn)} kan inte räknas: {why}" for item, why in found.utan),
        *(line for u in found.utfall for line in _table(u, found)),
    ])  # fmt: skip


def _table(u: Utfall, found: Jamforelse) -> list[str]:
    cells = [
        [p.part, one_line(p.namn), tal(p.fore_kr), delta_kr(p.delta_kr),
         "" if p.andel is None else procent(p.andel, 1),
         "" if p.per_inv is None else decimal(p.per_inv, 4)]
        for p in u.parter
    ]  # fmt: skip
    words = one_line(compare_words.i_ord(u, found.ar))
    return ["", f"{one_line(u.scenario.namn)}: {words}", as_table([HEAD, *cells], {2, 3, 4, 5})]


def _outcome(u: Utfall) -> dict[str, object]:
    return {
        "id": u.scenario.id, "name": u.scenario.namn, "status": u.scenario.status,
        "frame_kr": u.ram_kr, "financed_kr": u.finansierat_kr, "unfunded_kr": u.ofinansierat_kr,
        "more": len(u.mer), "less": len(u.mindre), "unchanged": len(u.lika),
        "parties": [
            {
                "party": p.part, "name": p.namn, "block": p.block, "in_force_kr": p.fore_kr,
                "fee_kr": p.efter_kr, "change_kr": p.delta_kr,
                "change_share": None if p.andel is None else bratal(p.andel),
                "change_kr_per_inhabitant": None if p.per_inv is None else bratal(p.per_inv),
            }
            for p in u.parter
        ],
    }  # fmt: skip


@command("verify", help="Kontrollerar en förseglad scenariofil.")
@word("file", "FIL", "Filen")
@form("table", "json")
def verify(file, form):
    path = Path(file)
    content = content_of(path)
    return check(scenario_verify.las(content, path.name), content, form)


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadCommand(f"Filen ”{path}” går inte att läsa. Kontrollera namnet.") from error


def check(document: dict, content: bytes | None, form: str):
    """Return what a sealed file says of itself. Raises SealBroken, after writing what differs."""
    found = scenario_verify.kontrollera(database.shared(), agreement.load(), document, content)
    answer = _checked(found) if form == "json" else _check_text(found)
    if found.stammer:
        return answer
    click.echo(answer if isinstance(answer, str) else as_json(answer))
    raise SealBroken(found.namn, [*found.brutet, *map(str, found.avvikelser)])


def _checked(found: Kontroll) -> dict[str, object]:
    return {
        "name": found.namn, "seal": found.sigill, "frozen": found.fryst, "valid": found.stammer,
        "broken": list(found.brutet),
        "recomputed_differs": [
            {"where": a.plats, "file": a.i_filen, "recomputed": a.raknat} for a in found.avvikelser
        ],
        "changed_since": list(found.sedan_dess),
    }  # fmt: skip


def _check_text(found: Kontroll) -> str:
    lines = [f"{one_line(found.namn)}, fryst {one_line(found.fryst) or SAKNAS}"]
    if found.stammer:
        lines.append("Sigillet stämmer, och avgifterna blir desamma när de räknas om.")
    wrong = [*found.brutet, *found.avvikelser]
    lines += [f"- {one_line(str(row))}" for row in wrong[:SHOWN]]
    if len(wrong) > SHOWN:
        lines.append(f"- och {len(wrong) - SHOWN} till; --format json visar alla.")
    if found.sedan_dess:
        lines.append("Ändrat sedan frysningen; de frysta avgifterna gäller ändå:")
        lines += [f"- {one_line(row)}" for row in found.sedan_dess]
    return "\n".join(lines)


COMMANDS = {"compare": comparing, "verify": verify}
