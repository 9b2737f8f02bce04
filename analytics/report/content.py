"""What a report is made of: sections of paragraphs, lists, tables and charts, all text already."""

from dataclasses import dataclass

from analytics.report.charts import Chart


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`number`: the places of the columns that are figures, `wide_ones`: of those that take what is
    left. `total`: a last row set apart."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    number: tuple[int, ...] = ()
    total: tuple[str, ...] | None = None
    wide_ones: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class BulletList:
    rows: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    text: str


Block = str | ReportTable | BulletList | Subheading | Chart


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    block: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`lead` is the answer in a few sentences, `status` whether it may still change."""

    title: str
    lead: str
    status: str
    footer: str
    sections: tuple[Section, ...]
