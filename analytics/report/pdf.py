"""The report of a tertial as a file: tagged PDF, and Word, from the same content."""

from collections.abc import Mapping
from datetime import datetime

from analytics.files import pdf
from analytics.report.charts import Chart
from analytics.report.content import Block, BulletList, Report, ReportTable, Subheading


def as_pdf(report: Report, moment: datetime) -> bytes:
    """Return the report as PDF/UA-1, its charts drawn as vectors. *moment* has a zone."""
    data = {
        "titel": report.title,
        "ingress": report.lead,
        "status": report.status,
        "fot": report.footer,
        "avsnitt": [
            {"rubrik": section.heading, "block": [_block(b) for b in section.block]}
            for section in report.sections
        ],
    }
    return pdf.make_pdf("rapport", data, moment)


def _block(block: Block) -> Mapping[str, object]:
    match block:
        case ReportTable():
            return {
                "slag": "tabell",
                "rubrik": block.heading,
                "kolumner": list(block.columns),
                "rader": [list(row) for row in block.rows],
                "tal": list(block.number),
                "breda": list(block.wide_ones),
                "summa": None if block.total is None else list(block.total),
            }
        case BulletList():
            return {"slag": "lista", "rader": list(block.rows), "numrerad": block.numbered}
        case Subheading():
            return {"slag": "underrubrik", "text": block.text}
        case Chart():
            return {
                "slag": block.kind,
                "rubrik": block.heading,
                "alt": block.alt,
                "data": dict(block.data),
            }
    return {"slag": "text", "text": block}
