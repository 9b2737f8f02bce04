"""A ledger as a table, from CSV or Excel: headings found by name, each cell read strictly.

Columns: datum, konto, and belopp or debit and credit; text, objekt, kostnadsställe, projekt,
verifikat and kontonamn where they are. docs/bokforing-filer.md lists the names they may have.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.files.export import restored
from analytics.ledger.amount import AmountFault, read_day, read_ore
from analytics.ledger.row import LedgerRow

NAME = {
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
    "rättar": ("rättar", "rattar"),
    "kontonamn": ("kontonamn", "kontobenämning", "kontotext"),
}  # fmt: skip
COLUMN = {name: column for column, names in NAME.items() for name in names}
DIMENSION = {"kostnadsställe": "1", "projekt": "6"}  # as SIE numbers them
REQUIRED = "rubrikerna ska vara datum, konto och belopp (eller debet och kredit)"
KONTO = re.compile(r"[0-9]{1,10}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
KEY = re.compile(r"[0-9a-f]{64}")
FIRST = 20  # the heading stands among the first rows of the sheet

Cells = Sequence[object]  # str, int, Decimal, date; "" for nothing


@dataclass(slots=True)
class LedgerColumns:
    """The rows of a table as the store takes them, names of accounts, faults, remarks."""

    rows: list[LedgerRow] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read(lines: Iterable[tuple[int, Cells]], year: int) -> LedgerColumns:
    """Return what the numbered *lines* of a table say about the year *year*; faults are in it."""
    found, heading = LedgerColumns(), None
    skipped: list[int] = []
    reader = None
    for number, cells in lines:
        if not any(cell != "" for cell in cells):
            continue
        if heading is None:
            heading = _headings(number, cells, found)
            if heading is None and found.faults:
                return found
            if heading is None:
                skipped.append(number)
                if len(skipped) > FIRST:
                    break
                continue
            reader = _Row(heading, year, found)
            continue
        reader.read(number, cells)
    if heading is None:
        found.faults.append(
            Fault(skipped[0] if skipped else 1, None, "", f"rubrikerna saknas; {REQUIRED}")
        )
    elif not found.rows and not found.faults:
        found.faults.append(Fault(1, None, "", "under rubrikerna finns inga rader"))
    if heading and skipped:
        found.remarks.insert(
            0, f"Raderna {skipped[0]}–{skipped[-1]} står ovanför rubrikerna och läses inte."
        )
    return found


def _headings(number: int, cells: Cells, found: LedgerColumns) -> dict[str, int] | None:
    """Return where each column stands, or None when this is no heading."""
    places: dict[str, int] = {}
    other = []
    twice = None
    for place, cell in enumerate(cells):
        title = re.sub(r"[\s:,()_.]+", " ", str(cell)).strip().casefold()
        column = COLUMN.get(title)
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
        found.faults.append(twice)
    if "belopp" not in places and not {"debet", "kredit"} <= places.keys():
        found.faults.append(Fault(number, "belopp", "", f"kolumnen saknas; {REQUIRED}"))
    elif "belopp" in places and {"debet", "kredit"} & places.keys():
        found.faults.append(
            Fault(number, "belopp", "", "filen har både belopp och debet eller kredit; behåll en")
        )
    if found.faults:
        return None
    if other:
        shown = ", ".join(f"”{title[:40]}”" for title in other[:8])
        found.remarks.append(f"Kolumner som inte läses: {shown}.")
    places["_antal"] = len(cells)
    return places


class _Row:
    """Reads the rows under one heading into a LedgerColumns. Days, accounts and objects that have
    been read once are known: a ledger has few of them."""

    def __init__(self, places: dict[str, int], year: int, found: LedgerColumns) -> None:
        self.count = places.pop("_antal")
        self.places, self.year, self.found = places, year, found
        self.known: dict[tuple[str, object], object] = {}
        self.objekt = [
            (column, DIMENSION.get(column, ""), places[column])
            for column in ("objekt", *DIMENSION)
            if column in places
        ]

    def read(self, number: int, cells: Cells) -> None:
        if len(cells) > self.count and any(cell != "" for cell in cells[self.count :]):
            told = f"raden har {len(cells)} fält men rubriken {self.count}"
            self.found.faults.append(Fault(number, None, ";".join(map(str, cells)), told))
            return
        if len(cells) < self.count:
            cells = [*cells, *[""] * (self.count - len(cells))]
        places, faults = self.places, len(self.found.faults)
        row = LedgerRow(
            day=self._known(number, "datum", cells[places["datum"]], self._day),
            konto=self._known(number, "konto", cells[places["konto"]], _konto),
            text=_text(cells[places["text"]]) if "text" in places else "",
            amount_ore=self._amount(number, cells),
            objekt=self._objekt(number, cells) if self.objekt else "",
            verifikat=_text(cells[places["verifikat"]]) if "verifikat" in places else "",
            corrects=self._corrected(number, cells) if "rättar" in places else None,
        )
        if len(self.found.faults) > faults:
            return
        self.found.rows.append(row)
        if "kontonamn" in places and (name := _text(cells[places["kontonamn"]])):
            self.found.accounts[row.konto] = name

    def _known(
        self, number: int, column: str, cell: object, read: Callable[[object], object]
    ) -> object:
        """Return what *read* makes of a cell; a fault is noted, and told again for the next row."""
        found = self.known.get((column, cell))
        if found is None:
            try:
                found = self.known[column, cell] = read(cell)
            except AmountFault as fault:
                self.found.faults.append(Fault(number, column, str(cell), str(fault)))
        return found

    def _day(self, cell: object) -> date:
        found = read_day(cell)
        if found.year != self.year:
            raise AmountFault(f"datumet ligger utanför {self.year}")
        return found

    def _amount(self, number: int, cells: Cells) -> int:
        places = self.places
        if "belopp" in places:
            return self._ore(number, "belopp", cells[places["belopp"]])
        debit, credit = cells[places["debet"]], cells[places["kredit"]]
        if debit == "" and credit == "":
            told = "varken debet eller kredit har ett belopp"
            self.found.faults.append(Fault(number, "debet", "", told))
        return self._ore(number, "debet", debit or 0) - self._ore(number, "kredit", credit or 0)

    def _ore(self, number: int, column: str, cell: object) -> int:
        try:
            return read_ore(cell)
        except AmountFault as fault:
            self.found.faults.append(Fault(number, column, str(cell), str(fault)))
            return 0

    def _corrected(self, number: int, cells: Cells) -> str | None:
        """Return the key of the row that this one corrects, as the product's own file has it."""
        key = _text(cells[self.places["rättar"]])
        if key and not KEY.fullmatch(key):
            told = "kolumnen har nyckeln till en rad, 64 tecken ur en fil som programmet skrev"
            self.found.faults.append(Fault(number, "rättar", key, told))
        return key or None

    def _objekt(self, number: int, cells: Cells) -> str:
        parts = []
        for column, dimension, place in self.objekt:
            value = _text(cells[place])
            if dimension and ";" in value:
                told = "ett objekt skrivs utan semikolon"
                self.found.faults.append(Fault(number, column, value, told))
            if value:
                parts.append(f"{dimension}={value}" if dimension else value)
        return parts[0] if len(parts) == 1 else ";".join(parts)


def _konto(cell: object) -> str:
    text = str(cell).strip()
    if not KONTO.fullmatch(text):
        raise AmountFault("ett konto skrivs med 1–10 siffror")
    return text


def _text(cell: object) -> str:
    """One line of text, without control characters."""
    if type(cell) is str and cell.isprintable():
        return restored(cell.strip())
    return restored(CONTROL.sub(" ", str(cell)).strip())
