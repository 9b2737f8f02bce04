"""What a report is made of: sections of paragraphs, lists, tables and charts, all text already."""

from dataclasses import dataclass

from analytics.report_charts import Diagram


@dataclass(frozen=True, slots=True)
class Tabell:
    """`tal`: the places of the columns that are figures, `breda`: of those that take what is left.
    `summa`: a last row set apart."""

    rubrik: str
    kolumner: tuple[str, ...]
    rader: tuple[tuple[str, ...], ...]
    tal: tuple[int, ...] = ()
    summa: tuple[str, ...] | None = None
    breda: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Lista:
    rader: tuple[str, ...]
    numrerad: bool = False


@dataclass(frozen=True, slots=True)
class Underrubrik:
    text: str


Block = str | Tabell | Lista | Underrubrik | Diagram


@dataclass(frozen=True, slots=True)
class Avsnitt:
    rubrik: str
    block: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rapport:
    """`ingress` is the answer in a few sentences, `status` whether it may still change."""

    titel: str
    ingress: str
    status: str
    fot: str
    avsnitt: tuple[Avsnitt, ...]
