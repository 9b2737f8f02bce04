"""Freezing: all that a scenario's fees depend on, and the fees, in one document with a seal.

The document has three parts: content_of (what is sealed), kontroll (a short sum per row of it, so
that a changed row can be named) and sigill (the SHA-256 of the two, in one way of writing). See
docs/scenario-file.md.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from analytics import version
from analytics.agreement.contract import SHIPPED, Agreement
from analytics.agreement.parties import party_to_data
from analytics.errors import AgreementError
from analytics.fees import payments
from analytics.fees.payments import FeeResult
from analytics.reference.database import Database
from analytics.reference.population import Count
from analytics.scenario import dated as scenario_dated
from analytics.scenario.changes import fraction_text
from analytics.scenario.dated import Scenario
from analytics.scenario.errors import SealBroken
from analytics.store import json_text

FORMAT = 1


def seal(
    db: Database, agreement: Agreement, item: Scenario, moment: datetime, reason: str
) -> dict[str, object]:
    """Return the sealed document of *item*: every year of the agreement, computed now."""
    return with_sigill(content_of(db, agreement, item, moment, reason))


def with_sigill(content: Mapping[str, object]) -> dict[str, object]:
    sums = {path: _short(row) for path, row in document_rows(content)}
    return {"innehall": content, "kontroll": sums, "sigill": _sigill(content, sums)}


def verify_sigill(document: Mapping[str, object], known: str | None = None) -> None:
    """Raise SealBroken where the document is not what was sealed; *known* is the seal expected."""
    broken = broken_ones(document)
    if not broken and known is not None and document["sigill"] != known:
        broken = ["Sigillet är inte det som scenariot fick när det frystes."]
    if broken:
        raise SealBroken(str(document["innehall"].get("namn", "")), broken)


def broken_ones(document: Mapping[str, object]) -> list[str]:
    """Return a sentence for each row of the document that is not as it was sealed."""
    content, sums = document["innehall"], document["kontroll"]
    now = {path: _short(row) for path, row in document_rows(content)}
    wrong = [f"{_place(p)} är ändrad." for p in now if p in sums and sums[p] != now[p]]
    wrong += [f"{_place(p)} är tillagd." for p in now if p not in sums]
    wrong += [f"{_place(p)} är borttagen." for p in sums if p not in now]
    if document["sigill"] != _sigill(content, sums) and not wrong:
        wrong.append("Själva sigillet är ändrat; innehållet stämmer med sina kontrollsummor.")
    return wrong


def document_rows(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield the document's rows: each value, or group of values, that holds no other group."""
    if isinstance(value, Mapping) and any(isinstance(v, Mapping) for v in value.values()):
        for key, inner in value.items():
            yield from document_rows(inner, f"{path}/{key}" if path else key)
    else:
        yield path, value


def content_of(
    db: Database, agreement: Agreement, item: Scenario, moment: datetime, reason: str
) -> dict[str, object]:
    """Return everything that the fees of *item* depend on, and the fees, as JSON of the store."""
    people = _People()
    return {
        "format": FORMAT,
        "namn": item.name,
        "id": item.id,
        "foralder": item.parent,
        "fryst": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "skal": reason,
        "andring": {
            str(number): row
            for number, row in enumerate(scenario_dated.to_post(item)["andring"], 1)
        },
        "avtal": {
            "id": agreement.id,
            "namn": agreement.name,
            "fil": agreement_file_sigill(),
        },
        "program": {
            "version": version.program(),
            "data": version.data(),
            "motor": str(version.ENGINE),
        },
        "part": {
            f"{row.party_id} {row.since}": party_to_data(row)
            for row in scenario_dated.dated_rows(db, agreement, item)
        },
        "ar": {
            str(year): _year_data(db, agreement, item, year, people)
            for year in range(agreement.since.year, agreement.through + 1)
        },
        **people.data(),
    }


def agreement_file_sigill() -> str:
    """Return the seal of the agreement as a file: its rules are there, not in the document."""
    return hashlib.sha256(SHIPPED.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _year_data(
    db: Database, agreement: Agreement, item: Scenario, year: int, people: "_People"
) -> dict[str, object]:
    try:
        (result,) = payments.compute_many(
            db, agreement, [scenario_dated.question_for(db, agreement, item, year)]
        )
    except AgreementError as error:
        return {"fel": str(error)}
    people.add(result)
    return {
        "parametrar": parameters_data(agreement, result),
        "lasarter": dict(result.readings),
        **answer_data(result),
    }


def parameters_data(agreement: Agreement, result: FeeResult) -> dict[str, str]:
    """Return all values of the year: the scenario's where it has one, else the agreement's."""
    own, day = result.terms.question.parameters, date(result.year, 1, 1)
    return {
        name: fraction_text(own.get(name, p.on(day))) for name, p in agreement.parameters.items()
    }


def answer_data(result: FeeResult) -> dict[str, object]:
    """Return the year's fees and sums as JSON of the store."""
    return {
        "summa": {
            "ram_kr": result.frame_kr,
            "finansierat_kr": result.financed_kr,
            "ofinansierat_kr": result.unfunded_kr,
        },
        "block": {
            block.id: {
                "namn": block.name,
                "klausul": block.clause,
                "mal_kr": block.target_kr,
                "finansierat_kr": block.financed_kr,
                "vikt": fraction_text(block.weight),
                "fri_vikt": fraction_text(block.free_weight),
                "fria_kr": block.free_kr,
            }
            for block in result.block
        },
        "avgift": {
            f"{p.party} {p.block}": {
                "part": p.party,
                "block": p.block,
                "namn": p.name,
                "vikt": fraction_text(p.weight),
                "ideal_kr": p.ideal_kr,
                "tak_kr": p.ceiling_kr,
                "avgift_kr": p.fee_kr,
                "vid_tak": p.at_ceiling,
            }
            for p in result.parties
        },
    }


class _People:
    """The population figures used, by date and party; long sentences are kept once."""

    def __init__(self) -> None:
        self._count: dict[str, dict[str, dict[str, object]]] = {}
        self._texts: dict[str, str] = {}

    def add(self, result: FeeResult) -> None:
        for block in result.terms.block:
            for andel in block.shares:
                for name, count in (
                    (block.day, andel.count),
                    (block.ceiling_date, andel.ceiling_count),
                ):
                    if name and count:
                        day = result.terms.day[name].isoformat()
                        self._one(day, andel.party.party_id, count)

    def _one(self, day: str, party: str, count: Count) -> None:
        self._count.setdefault(day, {})[party] = {
            "antal": count.count,
            "status": count.status,
            "regel": self._text(count.rule),
            "kalla": self._text(count.source),
        }

    def _text(self, sentence: str) -> str:
        return self._texts.setdefault(sentence, str(len(self._texts) + 1))

    def data(self) -> dict[str, object]:
        texts = {number: {"text": sentence} for sentence, number in self._texts.items()}
        return {"folkmangd": self._count, "text": texts}


def population_data(content: Mapping[str, object]) -> dict[tuple[str, date], Count]:
    """Return the sealed population figures by party and date."""
    texts = {number: row["text"] for number, row in content["text"].items()}
    return {
        (party, date.fromisoformat(day)): Count(
            row["antal"], row["status"], texts[row["regel"]], texts[row["kalla"]]
        )
        for day, parties in content["folkmangd"].items()
        for party, row in parties.items()
    }


def _short(row: object) -> str:
    return json_text.sigill(row)[:16]


def _sigill(content: object, sums: object) -> str:
    return json_text.sigill({"innehall": content, "kontroll": sums})


def _place(path: str) -> str:
    """Say in words where in the document a row is."""
    parts = path.split("/")
    if parts[0] == "ar" and len(parts) == 4:
        return f"Raden {parts[3]} under {parts[2]} för budgetåret {parts[1]}"
    if parts[0] == "ar" and len(parts) > 1:
        return f"Raden {' '.join(parts[2:]) or 'fel'} för budgetåret {parts[1]}"
    if parts[0] == "folkmangd":
        return f"Folkmängden {' för '.join(parts[1:])}"
    return f"Raden {' '.join(parts)}"
