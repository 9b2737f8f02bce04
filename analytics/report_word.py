"""The report as Word: headings, tables with header rows, language sv-SE, alt texts on the charts.

Word has no drawing of its own that a program can make without Word; the charts are pictures of the
same drawing as in the PDF.
"""

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Dokument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from analytics import pdf
from analytics.pdf import synlig
from analytics.report_charts import Diagram
from analytics.report_content import Block, Lista, Rapport, Tabell, Underrubrik

SPRAK = "sv-SE"
ACCENT, INK = RGBColor(0x0B, 0x55, 0x63), RGBColor(0x16, 0x20, 0x2A)
BREDD = Cm(16.8)


def som_word(rapport: Rapport, moment: datetime) -> bytes:
    """Return the report as a docx file."""
    doc = Document()
    _stil(doc)
    _egenskaper(doc, rapport, moment)
    doc.add_heading(synlig(rapport.titel), 0)
    doc.add_paragraph().add_run(synlig(rapport.ingress)).bold = True
    doc.add_paragraph(synlig(rapport.status))
    for part in rapport.avsnitt:
        doc.add_heading(synlig(part.rubrik), 1)
        for block in part.block:
            _block(doc, block)
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _block(doc: Dokument, block: Block) -> None:
    match block:
        case Tabell():
            _tabell(doc, block)
        case Lista():
            style = "List Number" if block.numrerad else "List Bullet"
            for row in block.rader:
                doc.add_paragraph(synlig(row), style)
        case Underrubrik():
            doc.add_heading(synlig(block.text), 2)
        case Diagram():
            _bild(doc, block)
        case _:
            doc.add_paragraph(synlig(block))


def _bild(doc: Dokument, chart: Diagram) -> None:
    doc.add_paragraph(synlig(chart.rubrik), "Caption").paragraph_format.keep_with_next = True
    picture = pdf.bild("bild", {"slag": chart.slag, "data": dict(chart.data)})
    shape = doc.add_picture(io.BytesIO(picture), width=BREDD)
    shape._inline.docPr.set("descr", synlig(chart.alt))
    shape._inline.docPr.set("title", synlig(chart.rubrik))


def _tabell(doc: Dokument, table: Tabell) -> None:
    doc.add_paragraph(synlig(table.rubrik), "Caption").paragraph_format.keep_with_next = True
    made = doc.add_table(rows=0, cols=len(table.kolumner))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = True
    _rad(made, table.kolumner, table.tal, bold=True)
    head = made.rows[0]._tr.get_or_add_trPr()
    head.append(_element("w:tblHeader", {"w:val": "true"}))
    for row in table.rader:
        _rad(made, row, table.tal)
    if table.summa:
        _rad(made, table.summa, table.tal, bold=True)
    _bredder(made, table)
    _linjer(made)
    doc.add_paragraph().paragraph_format.space_after = Pt(2)


def _rad(made: Table, texts: Sequence[str], numbers: Sequence[int], bold: bool = False) -> None:
    row = made.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))
    for place, text in enumerate(texts):
        paragraph = row.cells[place].paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(synlig(text))
        run.bold = bold
        run.font.size = Pt(8.5 if len(texts) > 5 else 9.5)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _bredder(made: Table, table: Tabell) -> None:
    """Columns of figures as wide as a figure; those of running text share what is left."""
    count = len(table.kolumner)
    narrow = Cm(1.65) if count > 6 else Cm(2.7)
    fixed = [None if n in table.breda else narrow for n in range(count)]
    left = BREDD - sum(width for width in fixed if width)
    share = left // max(fixed.count(None), 1)
    for column, width in zip(made.columns, fixed, strict=True):
        column.width = width or share
        for cell in column.cells:
            cell.width = width or share


def _linjer(made: Table) -> None:
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


def _stil(doc: Dokument) -> None:
    """Language, colours, margins, and the page number in the foot."""
    for section in doc.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.1)
        section.top_margin = section.bottom_margin = Cm(2)
    fonts = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties = fonts.find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_element("w:lang", {"w:val": SPRAK, "w:eastAsia": SPRAK, "w:bidi": "ar-SA"}))
    doc.styles["Normal"].font.size = Pt(10.5)
    for name, colour in (("Title", INK), ("Heading 1", ACCENT), ("Heading 2", INK)):
        doc.styles[name].font.color.rgb = colour
    caption = doc.styles["Caption"]
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(10), True, INK


def _egenskaper(doc: Dokument, rapport: Rapport, moment: datetime) -> None:
    about = doc.core_properties
    about.title, about.language = synlig(rapport.titel), SPRAK
    about.subject = synlig(rapport.ingress)[:250]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = moment.replace(tzinfo=None, microsecond=0)
    foot = doc.sections[0].footer.paragraphs[0]
    foot.text = f"{rapport.fot} · sida "
    _falt(foot, "PAGE")


def _falt(paragraph: Paragraph, code: str) -> None:
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
