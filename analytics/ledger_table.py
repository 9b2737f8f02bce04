"""A ledger as a table, from CSV or Excel: headings found by name, each cell read strictly.

Columns: datum, konto, and belopp or debet and kredit; text, objekt, kostnadsställe, projekt,
verifikat and kontonamn where they are. docs/bokforing-filer.md lists the names they may have.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.ledger_amount import Fel, dag, ore
from analytics.swedish import datum

NAMN = {
    "datum": ("datum", "bokföringsdatum", "bokf datum", "verifikationsdatum", "verdatum",
              "transaktionsdatum", "transdatum", "date"),
    "konto": ("konto", "kontonr", "kontonummer", "account"),
    "belopp": ("belopp", "belopp kr", "belopp sek", "nettobelopp", "amount"),
    "debet": ("debet", "debit"),
    "kredit": ("kredit", "credit"),
    "text": ("text", "transaktionstext", "verifikationstext", "vertext", "beskrivning",
             "verifikattext"),
    "objekt": ("objekt",),
    "kostnadsställe": ("kostnadsställe", "kst", "resultatenhet"),
    "projekt": ("projekt", "proj", "projektnr", "projektnummer"),
    "verifikat": ("verifikat", "ver", "vernr", "verifikatnr", "verifikatnummer",
                  "verifikationsnr", "verifikationsnummer", "verifikation"),
    "kontonamn": ("kontonamn", "kontobenämning", "kontotext"),
}  # fmt: skip
KOLUMN = {name: column for column, names in NAMN.items() for name in names}
DIMENSION = {"kostnadsställe": "1", "projekt": "6"}  # as SIE numbers them
KRAVS = "rubrikerna ska vara datum, konto och belopp (eller debet och kredit)"
KONTO = re.compile(r"[0-9]{1,10}")
STYR = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
FIRST = 20  # the heading stands among the first rows of the sheet

Cells = Sequence[object]  # str, int, Decimal, date; "" for nothing


@dataclass(slots=True)
class Tabell:
    """The rows of a table as the store takes them, names of accounts, faults, remarks."""

    rader: list[dict[str, object]] = field(default_factory=list)
    konton: dict[str, str] = field(default_factory=dict)
    fel: list[Fault] = field(default_factory=list)
    anmarkningar: list[str] = field(default_factory=list)


def las(lines: Iterable[tuple[int, Cells]], ar: int) -> Tabell:
    """Return what the numbered *lines* of a table say about the year *ar*; faults are in it."""
    found, heading = Tabell(), None
    skipped: list[int] = []
    reader = None
    for number, cells in lines:
        if not any(cell != "" for cell in cells):
            continue
        if heading is None:
            heading = _rubriker(number, cells, found)
            if heading is None and found.fel:
                return found
            if heading is None:
                skipped.append(number)
                if len(skipped) > FIRST:
                    break
                continue
            reader = _Rad(heading, ar, found)
            continue
        reader.las(number, cells)
    if heading is None:
        found.fel.append(
            Fault(skipped[0] if skipped else 1, None, "", f"rubrikerna saknas; {KRAVS}")
        )
    elif not found.rader and not found.fel:
        found.fel.append(Fault(1, None, "", "under rubrikerna finns inga rader"))
    if heading and skipped:
        found.anmarkningar.insert(
            0, f"Raderna {skipped[0]}–{skipped[-1]} står ovanför rubrikerna och läses inte."
        )
    return found


def _rubriker(number: int, cells: Cells, found: Tabell) -> dict[str, int] | None:
    """Return where each column stands, or None when this is no heading."""
    places: dict[str, int] = {}
    other = []
    twice = None
    for place, cell in enumerate(cells):
        title = re.sub(r"[\s:,()_.]+", " ", str(cell)).strip().casefold()
        column = KOLUMN.get(title)
        if column is None:
            if title:
                other.append(str(cell).strip())
        elif column in places:
            twice = Fault(number, column, str(cell), "rubriken står två gånger")
        else:
            places[column] = place
    if not {"datum", "konto"} <= places.keys():
        return None
    if twice:
        found.fel.append(twice)
    if "belopp" not in places and not {"debet", "kredit"} <= places.keys():
        found.fel.append(Fault(number, "belopp", "", f"kolumnen saknas; {KRAVS}"))
    elif "belopp" in places and {"debet", "kredit"} & places.keys():
        found.fel.append(
            Fault(number, "belopp", "", "filen har både belopp och debet eller kredit; behåll en")
        )
    if found.fel:
        return None
    if other:
        shown = ", ".join(f"”{title[:40]}”" for title in other[:8])
        found.anmarkningar.append(f"Kolumner som inte läses: {shown}.")
    places["_antal"] = len(cells)
    return places


class _Rad:
    """Reads the rows under one heading into a Tabell."""

    def __init__(self, places: dict[str, int], ar: int, found: Tabell) -> None:
        self.antal = places.pop("_antal")
        self.places, self.ar, self.found = places, ar, found
        self.dagar: dict[object, date] = {}

    def las(self, number: int, cells: Cells) -> None:
        if len(cells) != self.antal and any(cell != "" for cell in cells[self.antal :]):
            told = f"raden har {len(cells)} fält men rubriken {self.antal}"
            self.found.fel.append(Fault(number, None, ";".join(map(str, cells)), told))
            return
        if len(cells) < self.antal:
            cells = [*cells, *[""] * (self.antal - len(cells))]
        wrong: list[Fault] = []
        values = {
            "datum": self._dag(number, cells, wrong),
            "konto": self._konto(number, cells, wrong),
            "text": _text(self._cell(cells, "text")),
            "belopp_ore": self._belopp(number, cells, wrong),
            "objekt": self._objekt(number, cells, wrong),
            "verifikat": _text(self._cell(cells, "verifikat")),
            "rattar": None,
        }
        if wrong:
            self.found.fel += wrong
            return
        self.found.rader.append(values)
        if name := _text(self._cell(cells, "kontonamn")):
            self.found.konton[values["konto"]] = name

    def _cell(self, cells: Cells, column: str) -> object:
        place = self.places.get(column)
        return "" if place is None else cells[place]

    def _dag(self, number: int, cells: Cells, wrong: list[Fault]) -> date | None:
        cell = self._cell(cells, "datum")
        if cell in self.dagar:
            return self.dagar[cell]
        try:
            found = dag(cell)
        except Fel as fault:
            wrong.append(Fault(number, "datum", str(cell), str(fault)))
            return None
        if found.year != self.ar:
            wrong.append(Fault(number, "datum", datum(found), f"datumet ligger utanför {self.ar}"))
            return None
        self.dagar[cell] = found
        return found

    def _konto(self, number: int, cells: Cells, wrong: list[Fault]) -> str:
        text = str(self._cell(cells, "konto")).strip()
        if not KONTO.fullmatch(text):
            wrong.append(Fault(number, "konto", text, "ett konto skrivs med 1–10 siffror"))
        return text

    def _belopp(self, number: int, cells: Cells, wrong: list[Fault]) -> int:
        if "belopp" in self.places:
            return self._ore(number, "belopp", self._cell(cells, "belopp"), wrong)
        debet, kredit = self._cell(cells, "debet"), self._cell(cells, "kredit")
        if debet == "" and kredit == "":
            wrong.append(Fault(number, "debet", "", "varken debet eller kredit har ett belopp"))
            return 0
        plus, minus = (
            0 if cell == "" else self._ore(number, name, cell, wrong)
            for name, cell in (("debet", debet), ("kredit", kredit))
        )
        return plus - minus

    def _ore(self, number: int, column: str, cell: object, wrong: list[Fault]) -> int:
        try:
            return ore(cell)
        except Fel as fault:
            wrong.append(Fault(number, column, str(cell), str(fault)))
            return 0

    def _objekt(self, number: int, cells: Cells, wrong: list[Fault]) -> str:
        parts = [_text(self._cell(cells, "objekt"))]
        for column, dimension in DIMENSION.items():
            value = _text(self._cell(cells, column))
            if ";" in value:
                wrong.append(Fault(number, column, value, "ett objekt skrivs utan semikolon"))
            parts.append(f"{dimension}={value}" if value else "")
        return ";".join(filter(None, parts))


def _text(cell: object) -> str:
    """One line of text, without control characters."""
    return STYR.sub(" ", str(cell)).strip()
