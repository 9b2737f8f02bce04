"""The answers of scenario, compare and verify as text and JSON. The JSON keys are a contract."""

from collections.abc import Mapping, Sequence

from analytics import compare_words, scenario_words
from analytics.agreement import Avtal
from analytics.cli_output import rad, som_json, tabell
from analytics.compare import Jamforelse, Utfall
from analytics.scenario import Scenario
from analytics.scenario_changes import bratal, till_data
from analytics.scenario_verify import Kontroll
from analytics.swedish import SAKNAS, decimal, delta_kr, procent, tal

SHOWN = 40  # differences spelled out in text


def scenario_json(item: Scenario) -> dict[str, object]:
    return {
        "id": item.id,
        "name": item.namn,
        "status": item.status,
        "archived": item.arkiverad,
        "parent": item.foralder,
        "version": item.version,
        "changed": None if item.andrad is None else item.andrad.isoformat(timespec="seconds"),
        "seal": item.sigill,
        "decision": item.beslut,
        "changes": [till_data(change) for change in item.andringar],
    }


def lista(items: Sequence[Scenario], form: str) -> str:
    if form == "json":
        return som_json([scenario_json(item) for item in items])
    if not items:
        return "Inget scenario är sparat. Skapa ett med scenario create NAMN."
    rows = [["Id", "Status", "Ändringar", "Namn"]]
    rows += [
        [
            item.id,
            "arkiverat" if item.arkiverad else item.status,
            str(len(item.andringar)),
            rad(item.namn),
        ]
        for item in items
    ]
    return "\n".join(tabell(rows, right={2}))


def visa(avtal: Avtal, namn: Mapping[str, str], item: Scenario, form: str) -> str:
    if form == "json":
        return som_json(scenario_json(item))
    lines = [f"{rad(item.namn)} ({'arkiverat' if item.arkiverad else item.status})"]
    for change in item.andringar:
        words = scenario_words.andring(avtal, namn, change)
        lines.append(f"- {rad(words)}. Skäl: {rad(change.skal)}")
    if not item.andringar:
        lines.append("Inga ändringar: scenariot är lika med gällande avtal.")
    if item.sigill:
        lines.append(f"Sigill (SHA-256): {item.sigill}")
    if item.beslut:
        lines.append(f"Beslut: {rad(item.beslut)}")
    return "\n".join(lines)


def jamforelse(avtal: Avtal, found: Jamforelse, form: str) -> str:
    rows = compare_words.olikheter(avtal, found)
    if form == "json":
        return som_json(
            {
                "years": list(found.ar),
                "differences": [compare_words.mening(row, found) for row in rows],
                "identical": compare_words.lika(avtal, found),
                "in_force": _utfall(found.gallande),
                "scenarios": [_utfall(u) for u in found.utfall],
                "not_computed": [
                    {"id": item.id, "name": item.namn, "reason": why} for item, why in found.utan
                ],
            }
        )
    lines = ["Det här skiljer dem åt:"]
    lines += [f"- {rad(compare_words.mening(row, found))}" for row in rows] or ["- Inget."]
    lines += [rad(text) for text in compare_words.lika(avtal, found)]
    lines += [f"{rad(item.namn)} kan inte räknas: {why}" for item, why in found.utan]
    for u in found.utfall:
        lines += ["", f"{rad(u.scenario.namn)}: {rad(compare_words.i_ord(u, found.ar))}"]
        cells = [["Part", "Namn", "Gällande, kr", "Skillnad, kr", "%", "kr/invånare"]]
        cells += [
            [
                p.part,
                rad(p.namn),
                tal(p.fore_kr),
                delta_kr(p.delta_kr),
                "" if p.andel is None else procent(p.andel, 1),
                "" if p.per_inv is None else decimal(p.per_inv, 4),
            ]
            for p in u.parter
        ]
        lines += tabell(cells, right={2, 3, 4, 5})
    return "\n".join(lines)


def _utfall(u: Utfall) -> dict[str, object]:
    return {
        "id": u.scenario.id,
        "name": u.scenario.namn,
        "status": u.scenario.status,
        "frame_kr": u.ram_kr,
        "financed_kr": u.finansierat_kr,
        "unfunded_kr": u.ofinansierat_kr,
        "more": len(u.mer),
        "less": len(u.mindre),
        "unchanged": len(u.lika),
        "parties": [
            {
                "party": p.part,
                "name": p.namn,
                "block": p.block,
                "in_force_kr": p.fore_kr,
                "fee_kr": p.efter_kr,
                "change_kr": p.delta_kr,
                "change_share": None if p.andel is None else bratal(p.andel),
                "change_kr_per_inhabitant": None if p.per_inv is None else bratal(p.per_inv),
            }
            for p in u.parter
        ],
    }


def kontroll(found: Kontroll, form: str) -> str:
    if form == "json":
        return som_json(
            {
                "name": found.namn,
                "seal": found.sigill,
                "frozen": found.fryst,
                "valid": found.stammer,
                "broken": list(found.brutet),
                "recomputed_differs": [
                    {"where": a.plats, "file": a.i_filen, "recomputed": a.raknat}
                    for a in found.avvikelser
                ],
                "changed_since": list(found.sedan_dess),
            }
        )
    lines = [f"{rad(found.namn)}, fryst {rad(found.fryst) or SAKNAS}"]
    if found.stammer:
        lines.append("Sigillet stämmer, och avgifterna blir desamma när de räknas om.")
    wrong = [*found.brutet, *found.avvikelser]
    lines += [f"- {rad(str(row))}" for row in wrong[:SHOWN]]
    if len(wrong) > SHOWN:
        lines.append(f"- och {len(wrong) - SHOWN} till; --format json visar alla.")
    if found.sedan_dess:
        lines.append("Ändrat sedan frysningen; de frysta avgifterna gäller ändå:")
        lines += [f"- {rad(row)}" for row in found.sedan_dess]
    return "\n".join(lines)
