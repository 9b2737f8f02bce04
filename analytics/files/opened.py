"""The one way in for a table: what a user picks becomes rows of cells, or is told what it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analytics.files import csv_rows, open_document, recognise, workbook
from analytics.files.code_pages import Decoded, decode
from analytics.files.workbook import Sheet

OTHERS_NAMED = 5
READ_AS, SHEET = "Filen är läst som", "Bladet "
USUAL = (f"{READ_AS} UTF-8 ", f"{READ_AS} ASCII ", SHEET)


@dataclass(slots=True)
class Opened:
    """A table as it is read, row by row; `rows` raises BadFile for what is found on the way.

    form: Excel, ODS or CSV. code_page, separator: of a text, in words. remarks: which sheet is
    read, and lines that look wrongly decoded.
    """

    rows: Iterator[tuple[int, list[object]]]
    form: str
    code_page: str = ""
    separator: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """How the file was read, and what is odd in it, in sentences."""
        if self.form != "CSV":
            return list(self.remarks)
        way = f"{READ_AS} {self.code_page} med {self.separator} mellan fälten."
        return [way, *self.remarks]


def open_table(name: str, content: bytes, encoding: str | None = None) -> Opened:
    """Return the table in a file; *encoding* as in code_pages.decode. Raises BadFile."""
    match recognise.kind_of(name, content):
        case recognise.XLSX:
            sheet = workbook.read(name, content)
            return Opened(sheet.rows, "Excel", remarks=[_sheet(sheet)])
        case recognise.ODS:
            sheet = open_document.read(name, content)
            return Opened(sheet.rows, "ODS", remarks=[_sheet(sheet)])
    text = decode(name, content, encoding)
    return Opened(
        csv_rows.rows(name, text.text),
        "CSV",
        text.name,
        csv_rows.SEPARATORS[csv_rows.separator_of(text.text)],
        odd(text),
    )


def is_news(remark: str) -> bool:
    """Return whether a remark says more than that a file was read as most are."""
    return not remark.startswith(USUAL)


def _sheet(sheet: Sheet) -> str:
    if not sheet.others:
        return f"{SHEET}”{sheet.name}” läses."
    what = "första synliga" if sheet.hidden else "första"
    told = f"Bara det {what} bladet, ”{sheet.name}”, läses; det finns {len(sheet.others)} till"
    if sheet.hidden:
        names = ", ".join(f"”{name}”" for name in sheet.hidden[:OTHERS_NAMED])
        told += f", dolt är {names}"
    return f"{told}."


def odd(text: Decoded) -> list[str]:
    """Return a remark on lines that look wrongly decoded, or none."""
    if not text.odd:
        return []
    lines = "; ".join(f"rad {number}: {line.strip()[:60]}" for number, line in text.odd)
    return [
        f"Tecknen ser felkodade ut i {text.name} ({lines}). Välj en annan teckentabell om å, ä och "
        "ö är fel."
    ]
