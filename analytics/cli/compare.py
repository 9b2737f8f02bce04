"""compare and verify: scenarios beside the agreement, and sealed files. JSON keys: a contract."""

import re
from pathlib import Path

import click

from analytics.agreement import contract
from analytics.cli.options import command, content_of, form, option, word, year
from analytics.cli.output import as_json, as_table, one_line
from analytics.errors import BadCommand
from analytics.reference import database
from analytics.scenario import (
    compare as scenario_compare,
    comparison_words,
    verify as scenario_verify,
)
from analytics.scenario.changes import fraction_text
from analytics.scenario.compare import CaseOutcome, Comparison
from analytics.scenario.errors import SealBroken
from analytics.scenario.saved import Scenarios
from analytics.scenario.verify import Verification
from analytics.store import posts as store_posts
from analytics.swedish import MISSING, decimal, delta_kr, percent, whole

SPAN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
SHOWN = 40  # differences spelled out in text
HEAD = ["Part", "Namn", "Gällande, kr", "Skillnad, kr", "%", "kr/invånare"]


def scenarios() -> Scenarios:
    """Return the scenarios of the store."""
    return Scenarios(database.shared(), contract.load(), store_posts.shared())


def _span(text: str) -> tuple[int, int]:
    if found := SPAN.fullmatch(text.strip()):
        return int(found[1]), int(found[2] or found[1])
    raise BadCommand(f"--year kan inte vara ”{text[:40]}”. Skriv som 2027 eller 2027-2030.")


@command("compare", help="Scenarier mot gällande avtal: vad som skiljer, vem som betalar mer.")
@option("--scenario", "ID", "ett scenario; anges en gång för varje, högst åtta", many=True)
@year("ett år, som 2027, eller ett spann, som 2027-2030", read=_span)
@form("table", "json")
def comparing(scenario, year, form):
    saved, agreement = scenarios(), contract.load()
    items = [saved.find(text) for text in scenario]
    found = scenario_compare.compare(database.shared(), agreement, saved, items, *year)
    rows = [
        comparison_words.sentence(row, found)
        for row in comparison_words.differences_in_terms(agreement, found)
    ]
    same = comparison_words.same_answer(agreement, found)
    if form == "json":
        return {
            "years": list(found.year), "differences": rows, "identical": same,
            "in_force": _outcome(found.in_force),
            "scenarios": [_outcome(u) for u in found.outcome],
            "not_computed": [
                {"id": item.id, "name": item.name, "reason": why} for item, why in found.without
            ],
        }  # fmt: skip
    return "\n".join([
        "Det här skiljer dem åt:",
        *([f"- {one_line(row)}" for row in rows] or ["- Inget."]),
        *map(one_line, same),
        *(f"{one_line(item.name)} kan inte räknas: {why}" for item, why in found.without),
        *(line for u in found.outcome for line in _table(u, found)),
    ])  # fmt: skip


def _table(u: CaseOutcome, found: Comparison) -> list[str]:
    cells = [
        [p.party, one_line(p.name), whole(p.before_kr), delta_kr(p.delta_kr),
         "" if p.andel is None else percent(p.andel, 1),
         "" if p.per_inhabitant is None else decimal(p.per_inhabitant, 4)]
        for p in u.parties
    ]  # fmt: skip
    words = one_line(comparison_words.in_words(u, found.year))
    return ["", f"{one_line(u.scenario.name)}: {words}", as_table([HEAD, *cells], {2, 3, 4, 5})]


def _outcome(u: CaseOutcome) -> dict[str, object]:
    return {
        "id": u.scenario.id, "name": u.scenario.name, "status": u.scenario.status,
        "frame_kr": u.frame_kr, "financed_kr": u.financed_kr, "unfunded_kr": u.unfunded_kr,
        "more": len(u.more), "less": len(u.less), "unchanged": len(u.equal),
        "parties": [
            {
                "party": p.party, "name": p.name, "block": p.block, "in_force_kr": p.before_kr,
                "fee_kr": p.after_kr, "change_kr": p.delta_kr,
                "change_share": None if p.andel is None else fraction_text(p.andel),
                "change_kr_per_inhabitant": None if p.per_inhabitant is None
                else fraction_text(p.per_inhabitant),
            }
            for p in u.parties
        ],
    }  # fmt: skip


@command("verify", help="Kontrollerar en förseglad scenariofil.")
@word("file", "FIL", "Filen")
@form("table", "json")
def verify(file, form):
    path = Path(file)
    content = content_of(path)
    return check(scenario_verify.read(content, path.name), content, form)


def check(document: dict, content: bytes | None, form: str):
    """Return what a sealed file says of itself. Raises SealBroken, after writing what differs."""
    found = scenario_verify.verify(database.shared(), contract.load(), document, content)
    answer = _checked(found) if form == "json" else _check_text(found)
    if found.ties_out:
        return answer
    click.echo(answer if isinstance(answer, str) else as_json(answer))
    raise SealBroken(found.name, [*found.broken, *map(str, found.deviations)])


def _checked(found: Verification) -> dict[str, object]:
    return {
        "name": found.name, "seal": found.sigill, "frozen": found.frozen, "valid": found.ties_out,
        "broken": list(found.broken),
        "recomputed_differs": [
            {"where": a.place, "file": a.in_file, "recomputed": a.computed}
            for a in found.deviations
        ],
        "changed_since": list(found.since_then),
    }  # fmt: skip


def _check_text(found: Verification) -> str:
    lines = [f"{one_line(found.name)}, fryst {one_line(found.frozen) or MISSING}"]
    if found.ties_out:
        lines.append("Sigillet stämmer, och avgifterna blir desamma när de räknas om.")
    wrong = [*found.broken, *found.deviations]
    lines += [f"- {one_line(str(row))}" for row in wrong[:SHOWN]]
    if len(wrong) > SHOWN:
        lines.append(f"- och {len(wrong) - SHOWN} till; --format json visar alla.")
    if found.since_then:
        lines.append("Ändrat sedan frysningen; de frysta avgifterna gäller ändå:")
        lines += [f"- {one_line(row)}" for row in found.since_then]
    return "\n".join(lines)


COMMANDS = {"compare": comparing, "verify": verify}
