"""The report as Word: headings, tables with header rows, language sv-SE, alt texts on the charts.

Word has no drawing of its own that a program can make without Word; the charts are pictures of the
same drawing as in the PDF.
"""

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from analytics.files import pdf
from analytics.files.pdf import printable
from analytics.report.charts import Chart
from analytics.report.content import Block, BulletList, Report, ReportTable, Subheading

LANGUAGE = "sv-SE"
ACCENT, INK = RGBColor(0x0B, 0x55, 0x63), RGBColor(0x16, 0x20, 0x2A)
WIDTH = Cm(16.8)


def as_word(report: Report, moment: datetime) -> bytes:
    """Return the report as a docx file."""
    doc = Document()
    _style(doc)
    _properties(doc, report, moment)
    doc.add_heading(printable(report.title), 0)
    doc.add_paragraph().add_run(printable(report.lead)).bold = True
    doc.add_paragraph(printable(report.status))
    for section in report.sections:
        doc.add_heading(printable(section.heading), 1)
        for block in section.block:
            _block(doc, block)
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _block(doc: WordDocument, block: Block) -> None:
    match block:
        case ReportTable():
            _table(doc, block)
        case BulletList():
            style = "List Number" if block.numbered else "List Bullet"
            for row in block.rows:
                doc.add_paragraph(printable(row), style)
        case Subheading():
            doc.add_heading(printable(block.text), 2)
        case Chart():
            _picture(doc, block)
        case _:
            doc.add_paragraph(printable(block))


def _picture(doc: WordDocument, chart: Chart) -> None:
    doc.add_paragraph(printable(chart.heading), "Caption").paragraph_format.keep_with_next = True
    picture = pdf.make_picture("bild", {"slag": chart.kind, "data": dict(chart.data)})
    shape = doc.add_picture(io.BytesIO(picture), width=WIDTH)
    shape._inline.docPr.set("descr", printable(chart.alt))
    shape._inline.docPr.set("title", printable(chart.heading))


def _table(doc: WordDocument, table: ReportTable) -> None:
    doc.add_paragraph(printable(table.heading), "Caption").paragraph_format.keep_with_next = True
    made = doc.add_table(rows=0, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = True
    _row(made, table.columns, table.number, bold=True)
    head = made.rows[0]._tr.get_or_add_trPr()
    head.append(_element("w:tblHeader", {"w:val": "true"}))
    for row in table.rows:
        _row(made, row, table.number)
    if table.total:
        _row(made, table.total, table.number, bold=True)
    _widths(made, table)
    _lines(made)
    doc.add_paragraph().paragraph_format.space_after = Pt(2)


def _row(made: Table, texts: Sequence[str], numbers: Sequence[int], bold: bool = False) -> None:
    row = made.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))
    for place, text in enumerate(texts):
        paragraph = row.cells[place].paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(printable(text))
        run.bold = bold
        run.font.size = Pt(8.5 if len(texts) > 5 else 9.5)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widths(made: Table, table: ReportTable) -> None:
    """Columns of figures as wide as a figure; those of running text share what is left."""
    count = len(table.columns)
    narrow = Cm(1.65) if count > 6 else Cm(2.7)
    fixed = [None if n in table.wide_ones else narrow for n in range(count)]
    left = WIDTH - sum(width for width in fixed if width)
    share = left // max(fixed.count(None), 1)
    for column, width in zip(made.columns, fixed, strict=True):
        column.width = width or share
        for cell in column.cells:
            cell.width = width or share


def _lines(made: Table) -> None:
    """A thin rule under every row, and little air beside the figures."""
    borders = _element("w:tblBorders", {})
    for side in ("top", "bottom", "insideH"):
        rule = {"w:val": "single", "w:sz": "4", "w:color": "C9D0D6"}
        borders.append(_element(f"w:{side}", rule))
    properties = made._tbl.tblPr
    margins = _element("w:tblCellMar", {})
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", {"w:w": "57", "w:type": "dxa"}))
    layout = properties.find(qn("w:tblLayout"))  # the order is the format's
    layout.addprevious(borders)
    layout.addnext(margins)


def _style(doc: WordDocument) -> None:
    """Language, colours, margins, and the page number in the foot."""
    for section in doc.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.1)
        section.top_margin = section.bottom_margin = Cm(2)
    fonts = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties = fonts.find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(
        _element("w:lang", {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": "ar-SA"})
    )
    doc.styles["Normal"].font.size = Pt(10.5)
    for name, colour in (("Title", INK), ("Heading 1", ACCENT), ("Heading 2", INK)):
        doc.styles[name].font.color.rgb = colour
    caption = doc.styles["Caption"]
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(10), True, INK


def _properties(doc: WordDocument, report: Report, moment: datetime) -> None:
    about = doc.core_properties
    about.title, about.language = printable(report.title), LANGUAGE
    about.subject = printable(report.lead)[:250]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = moment.replace(tzinfo=None, microsecond=0)
    foot = doc.sections[0].footer.paragraphs[0]
    foot.text = f"{report.footer} · sida "
    _field(foot, "PAGE")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in, such as the number of the page."""
    field = _element("w:fldSimple", {"w:instr": code})
    run = _element("w:r", {})
    run.append(_element("w:t", {}))
    field.append(run)
    paragraph._p.append(field)


def _element(name: str, attributes: dict[str, str]) -> object:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
