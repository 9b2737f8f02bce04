"""The report of a tertial as a file: tagged PDF, and Word, from the same content."""

from collections.abc import Mapping
from datetime import datetime

from analytics import pdf
from analytics.report_charts import Diagram
from analytics.report_content import Block, Lista, Rapport, Tabell, Underrubrik


def som_pdf(rapport: Rapport, moment: datetime) -> bytes:
    """Return the report as PDF/UA-1, its charts drawn as vectors. *moment* has a zone."""
    data = {
        "titel": rapport.titel,
        "ingress": rapport.ingress,
        "status": rapport.status,
        "fot": rapport.fot,
        "avsnitt": [
            {"rubrik": part.rubrik, "block": [_block(b) for b in part.block]}
            for part in rapport.avsnitt
        ],
    }
    return pdf.gor("rapport", data, moment)


def _block(block: Block) -> Mapping[str, object]:
    match block:
        case Tabell():
            return {
                "slag": "tabell",
                "rubrik": block.rubrik,
                "kolumner": list(block.kolumner),
                "rader": [list(row) for row in block.rader],
                "tal": list(block.tal),
                "breda": list(block.breda),
                "summa": None if block.summa is None else list(block.summa),
            }
        case Lista():
            return {"slag": "lista", "rader": list(block.rader), "numrerad": block.numrerad}
        case Underrubrik():
            return {"slag": "underrubrik", "text": block.text}
        case Diagram():
            return {
                "slag": block.slag,
                "rubrik": block.rubrik,
                "alt": block.alt,
                "data": dict(block.data),
            }
    return {"slag": "text", "text": block}
