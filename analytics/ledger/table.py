"""A ledger as a table, from CSV or Excel: headings found by name, each cell read strictly.

Columns: datum, konto, and belopp or debit and credit; text, objekt, kostnadsställe, projekt,
verksamhet, verifikat and kontonamn where they are. docs/bokforing-filer.md lists their names.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from analytics.errors import Fault
from analytics.files.export import restored
from analytics.files.headings import (
    is_sum_alone,
    is_sum_word,
    listed,
    near,
    plain,
    sums_told,
)
from analytics.ledger.amount import AmountFault, read_day, read_ore
from analytics.ledger.row import LedgerRow

NAME = {
    "datum": ("datum", "bokföringsdatum", "bokf datum", "verifikationsdatum", "verdatum",
              "transaktionsdatum", "transdatum", "bokf dat", "verdat", "date"),
    "konto": ("konto", "kontonr", "kontonummer", "kontokod", "account"),
    "belopp": ("belopp", "belopp kr", "belopp sek", "nettobelopp", "amount"),
    "debet": ("debet", "debit"),
    "kredit": ("kredit", "credit"),
    "text": ("text", "transaktionstext", "verifikationstext", "vertext", "beskrivning",
             "verifikattext"),
    "objekt": ("objekt",),
    "kostnadsställe": ("kostnadsställe", "kostnadsställenr", "kst", "kstnr", "resultatenhet",
                       "ansvar", "ansvarskod"),
    "projekt": ("projekt", "proj", "projnr", "projektnr", "projektnummer", "projektkod"),
    "verksamhet": ("verksamhet", "verksamhetskod", "verksamhetsnr"),
    "verifikat": ("verifikat", "ver", "vernr", "vernummer", "verifikatnr", "verifikatnummer",
                  "verifikationsnr", "verifikationsnummer", "verifikation"),
    "rättar": ("rättar", "rattar"),
    "inläsning": ("inläsning", "inlasning"),
    "kontonamn": ("kontonamn", "kontobenämning", "kontotext"),
}  # fmt: skip
COLUMN = {plain(name): column for column, names in NAME.items() for name in names}
# as SIE numbers them; verksamhet has no number of its own there
DIMENSION = {"kostnadsställe": "1", "projekt": "6", "verksamhet": "verksamhet"}
REQUIRED = (
    "rubrikerna ska vara datum, konto och belopp (eller debet och kredit); dessutom läses text, "
    "objekt, kostnadsställe, projekt, verksamhet, verifikat och kontonamn"
)
KONTO = re.compile(r"[0-9]{1,10}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
KEY = re.compile(r"[0-9a-f]{64}")
FIRST = 20  # the heading stands among the first rows of the sheet
MOST_FAULTS = 10_000  # then the reading stops

AMOUNTS = ("belopp", "debet", "kredit")
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
    skipped: list[tuple[int, Cells]] = []
    sums: list[int] = []
    reader = None
    for number, cells in lines:
        if not any(cell != "" for cell in cells):
            continue
        if heading is None:
            heading = _headings(number, cells, found)
            if heading is None and found.faults:
                return found
            if heading is None:
                skipped.append((number, cells))
                if len(skipped) > FIRST:
                    break
                continue
            reader = _Row(heading, year, found)
            continue
        if reader.is_sum(cells):
            sums.append(number)
        else:
            reader.read(number, cells)
        if len(found.faults) > MOST_FAULTS:
            found.remarks.append(f"Läsningen slutade på rad {number}: felen är för många.")
            break
    if heading is None:
        found.faults.append(_no_heading(skipped))
    elif not found.rows and not found.faults:
        found.faults.append(Fault(1, None, "", "under rubrikerna finns inga rader"))
    if heading and skipped:
        found.remarks.insert(
            0, f"Raderna {skipped[0][0]}–{skipped[-1][0]} står ovanför rubrikerna och läses inte."
        )
    found.remarks += sums_told(sums)
    return found


def _no_heading(rows: Sequence[tuple[int, Cells]]) -> Fault:
    """What is said of a file without headings: the row that is most like them, and what is near."""
    if not rows:
        return Fault(1, None, "", f"rubrikerna saknas; {REQUIRED}")
    line, cells = max(rows, key=lambda row: _likeness(row[1]))
    titles = [cell for cell in cells if cell != ""]
    has = [column for column in (COLUMN.get(plain(cell)) for cell in titles) if column]
    told = f"rubrikerna saknas; {REQUIRED}; raden har {listed(titles)}{near(titles, COLUMN, has)}"
    return Fault(line, None, "", told)


def _likeness(cells: Cells) -> tuple[int, int]:
    """How like headings a row is: known names, then texts that are no figures."""
    texts = [cell for cell in cells if type(cell) is str and cell and not cell[0].isdigit()]
    return sum(plain(cell) in COLUMN for cell in texts), len(texts)


def _headings(number: int, cells: Cells, found: LedgerColumns) -> dict[str, int] | None:
    """Return where each column stands, or None when this is no heading."""
    places: dict[str, int] = {}
    other = []
    twice = None
    for place, cell in enumerate(cells):
        column = COLUMN.get(plain(cell))
        if column is None:
            if plain(cell):
                other.append(str(cell).strip())
        elif column not in places:
            places[column] = place
        elif plain(cell) == plain(cells[places[column]]):
            twice = Fault(number, column, str(cell), "rubriken står två gånger")
        else:  # two names of one column: the more usual is read, and the other is told
            first, second = sorted((places[column], place), key=lambda at: _rank(column, cells[at]))
            places[column] = first
            other.append(str(cells[second]).strip())
    if not {"datum", "konto"} <= places.keys():
        return None
    if twice:
        found.faults.append(twice)
    if "belopp" not in places and not {"debet", "kredit"} <= places.keys():
        told = (
            f"kolumnen saknas; {REQUIRED}; raden har {listed(cells)}{near(other, COLUMN, places)}"
        )
        found.faults.append(Fault(number, "belopp", "", told))
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


def _rank(column: str, title: object) -> int:
    return [plain(name) for name in NAME[column]].index(plain(title))


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

    def is_sum(self, cells: Cells) -> bool:
        """Return whether a row is a sum: it says so and lacks a day or an account, or has an amount
        and neither, or has both but no voucher and no other text."""
        if self._at(cells, "inläsning") != "":  # the product's own file has no sums
            return False
        keys = [self._at(cells, "datum"), self._at(cells, "konto")]
        left = [key for key in keys if key != "" and not is_sum_word(key)]
        if len(left) == 2:
            return is_sum_alone(self._at(cells, "text")) and self._at(cells, "verifikat") == ""
        if any(map(is_sum_word, cells)):
            return True
        return not left and any(self._at(cells, column) != "" for column in AMOUNTS)

    def _at(self, cells: Cells, column: str) -> object:
        place = self.places.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

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
