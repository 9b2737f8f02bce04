"""Freezing: all that a scenario's fees depend on, and the fees, in one document with a seal.

The document has three parts: innehall (what is sealed), kontroll (a short sum per row of it, so
that a changed row can be named) and sigill (the SHA-256 of the two, in one way of writing). See
docs/scenario-file.md.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from analytics import fees, scenario, store_json, version
from analytics.agreement import SHIPPED, Avtal
from analytics.database import Database
from analytics.errors import AgreementError
from analytics.errors_scenario import SealBroken
from analytics.fees import Resultat
from analytics.parties import party_to_data
from analytics.population import Antal
from analytics.scenario import Scenario
from analytics.scenario_changes import bratal

FORMAT = 1


def forsegla(
    db: Database, avtal: Avtal, item: Scenario, moment: datetime, skal: str
) -> dict[str, object]:
    """Return the sealed document of *item*: every year of the agreement, computed now."""
    return med_sigill(innehall(db, avtal, item, moment, skal))


def med_sigill(content: Mapping[str, object]) -> dict[str, object]:
    sums = {path: _kort(row) for path, row in rader(content)}
    return {"innehall": content, "kontroll": sums, "sigill": _sigill(content, sums)}


def prova_sigillet(document: Mapping[str, object], known: str | None = None) -> None:
    """Raise SealBroken where the document is not what was sealed; *known* is the seal expected."""
    broken = brutna(document)
    if not broken and known is not None and document["sigill"] != known:
        broken = ["Sigillet är inte det som scenariot fick när det frystes."]
    if broken:
        raise SealBroken(str(document["innehall"].get("namn", "")), broken)


def brutna(document: Mapping[str, object]) -> list[str]:
    """Return a sentence for each row of the document that is not as it was sealed."""
    content, sums = document["innehall"], document["kontroll"]
    now = {path: _kort(row) for path, row in rader(content)}
    wrong = [f"{_plats(p)} är ändrad." for p in now if p in sums and sums[p] != now[p]]
    wrong += [f"{_plats(p)} är tillagd." for p in now if p not in sums]
    wrong += [f"{_plats(p)} är borttagen." for p in sums if p not in now]
    if document["sigill"] != _sigill(content, sums) and not wrong:
        wrong.append("Själva sigillet är ändrat; innehållet stämmer med sina kontrollsummor.")
    return wrong


def rader(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the document's rows: each value, or group of values, that holds no other group."""
    if isinstance(value, Mapping) and any(isinstance(v, Mapping) for v in value.values()):
        for key, inner in value.items():
            yield from rader(inner, f"{path}/{key}" if path else key)
    else:
        yield path, value


def innehall(
    db: Database, avtal: Avtal, item: Scenario, moment: datetime, skal: str
) -> dict[str, object]:
    """Return everything that the fees of *item* depend on, and the fees, as JSON of the store."""
    folk = _Folk()
    return {
        "format": FORMAT,
        "namn": item.namn,
        "id": item.id,
        "foralder": item.foralder,
        "fryst": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "skal": skal,
        "andring": {
            str(number): row for number, row in enumerate(scenario.till_post(item)["andring"], 1)
        },
        "avtal": {
            "id": avtal.id,
            "namn": avtal.namn,
            "fil": avtalsfil(),
        },
        "program": {
            "version": version.program(),
            "data": version.data(),
            "motor": str(version.ENGINE),
        },
        "part": {
            f"{row.part_id} {row.fran}": party_to_data(row)
            for row in scenario.rader(db, avtal, item)
        },
        "ar": {
            str(year): _aret(db, avtal, item, year, folk)
            for year in range(avtal.fran.year, avtal.till_och_med + 1)
        },
        **folk.data(),
    }


def avtalsfil() -> str:
    """Return the seal of the agreement as a file: its rules are there, not in the document."""
    return hashlib.sha256(SHIPPED.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _aret(
    db: Database, avtal: Avtal, item: Scenario, year: int, folk: "_Folk"
) -> dict[str, object]:
    try:
        (result,) = fees.avgifter(db, avtal, [scenario.uppgift(db, avtal, item, year)])
    except AgreementError as error:
        return {"fel": str(error)}
    folk.lagg_till(result)
    return {
        "parametrar": parametrar(avtal, result),
        "lasarter": dict(result.lasarter),
        **svar(result),
    }


def parametrar(avtal: Avtal, result: Resultat) -> dict[str, str]:
    """Return all values of the year: the scenario's where it has one, else the agreement's."""
    own, day = result.villkor.uppgift.parametrar, date(result.year, 1, 1)
    return {name: bratal(own.get(name, p.on(day))) for name, p in avtal.parametrar.items()}


def svar(result: Resultat) -> dict[str, object]:
    """Return the year's fees and sums as JSON of the store."""
    return {
        "summa": {
            "ram_kr": result.ram_kr,
            "finansierat_kr": result.finansierat_kr,
            "ofinansierat_kr": result.ofinansierat_kr,
        },
        "block": {
            block.id: {
                "namn": block.namn,
                "klausul": block.klausul,
                "mal_kr": block.mal_kr,
                "finansierat_kr": block.finansierat_kr,
                "vikt": bratal(block.vikt),
                "fri_vikt": bratal(block.fri_vikt),
                "fria_kr": block.fria_kr,
            }
            for block in result.block
        },
        "avgift": {
            f"{p.part} {p.block}": {
                "part": p.part,
                "block": p.block,
                "namn": p.namn,
                "vikt": bratal(p.vikt),
                "ideal_kr": p.ideal_kr,
                "tak_kr": p.tak_kr,
                "avgift_kr": p.avgift_kr,
                "vid_tak": p.vid_tak,
            }
            for p in result.parter
        },
    }


class _Folk:
    """The population figures used, by date and party; long sentences are kept once."""

    def __init__(self) -> None:
        self._antal: dict[str, dict[str, dict[str, object]]] = {}
        self._texter: dict[str, str] = {}

    def lagg_till(self, result: Resultat) -> None:
        for block in result.villkor.block:
            for andel in block.andelar:
                for name, antal in ((block.datum, andel.antal), (block.tak_datum, andel.tak_antal)):
                    if name and antal:
                        day = result.villkor.datum[name].isoformat()
                        self._en(day, andel.part.part_id, antal)

    def _en(self, day: str, part: str, antal: Antal) -> None:
        self._antal.setdefault(day, {})[part] = {
            "antal": antal.antal,
            "status": antal.status,
            "regel": self._text(antal.regel),
            "kalla": self._text(antal.kalla),
        }

    def _text(self, sentence: str) -> str:
        return self._texter.setdefault(sentence, str(len(self._texter) + 1))

    def data(self) -> dict[str, object]:
        texts = {number: {"text": sentence} for sentence, number in self._texter.items()}
        return {"folkmangd": self._antal, "text": texts}


def folkmangd(content: Mapping[str, object]) -> dict[tuple[str, date], Antal]:
    """Return the sealed population figures by party and date."""
    texts = {number: row["text"] for number, row in content["text"].items()}
    return {
        (part, date.fromisoformat(day)): Antal(
            row["antal"], row["status"], texts[row["regel"]], texts[row["kalla"]]
        )
        for day, parts in content["folkmangd"].items()
        for part, row in parts.items()
    }


def _kort(row: object) -> str:
    return store_json.sigill(row)[:16]


def _sigill(content: object, sums: object) -> str:
    return store_json.sigill({"innehall": content, "kontroll": sums})


def _plats(path: str) -> str:
    """Say in words where in the document a row is."""
    parts = path.split("/")
    if parts[0] == "ar" and len(parts) == 4:
        return f"Raden {parts[3]} under {parts[2]} för budgetåret {parts[1]}"
    if parts[0] == "ar" and len(parts) > 1:
        return f"Raden {' '.join(parts[2:]) or 'fel'} för budgetåret {parts[1]}"
    if parts[0] == "folkmangd":
        return f"Folkmängden {' för '.join(parts[1:])}"
    return f"Raden {' '.join(parts)}"
