"""The cells of one sheet in Excel's format, row by row as the part is unpacked.

A figure is taken with the 15 digits that Excel keeps, never as a float; a formula or a merged cell
is a fault, for its value is what somebody's Excel last made of it. Nothing is set aside for what
is empty.
"""

import sys
from collections.abc import Callable, Iterator

from analytics.errors import BadFile, Fault
from analytics.files import cell_values
from analytics.files.code_pages import file_fault
from analytics.files.package import MAX_DEPTH, MAX_PART, Package, local

MAX_CELLS = 2_000_000
MAX_STRINGS = 1_000_000
MAX_SHARED = 60_000_000  # bytes of the part with the texts of cells
MAX_TEXT = 100_000_000  # bytes of memory for texts, also where many cells share one
SHORT = 24  # a text up to so many characters is not weighed
LONGEST_CELL = 1_000_000  # signs; Excel itself holds 32 767
MOST_FAULTS = 10_000
COLUMNS, ROWS = 16_384, 1_048_576
TEXT_TYPES = {"str", "inlineStr"}
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class SheetReader:
    """Handles the elements of the texts and of a sheet. What a cell holds is made when it ends.

    Every cell passes through here, so what is asked for each is kept to a minimum: the signs go
    straight to `text`, which is emptied where an element that matters begins.
    """

    def __init__(self, package: Package, styles: cell_values.Styles, from_1904: bool) -> None:
        self.package, self.styles, self.from_1904 = package, styles, from_1904
        self.strings: list[str] = []
        self.done: list[tuple[int, list[object]]] = []
        self.faults: list[Fault] = []
        self.text: list[str] = []
        self.row: list[object] = []
        self.number = self.depth = self.cells = self.weight = 0
        self.digits, self.in_row = "", False
        self.cell: dict[str, str] | None = None
        self.value: str | None = None
        self.in_phonetic = self.has_formula = False
        self.places: dict[str, int] = {}
        self.days: dict[tuple[str, str], object] = {}

    def read_strings(self, part: str) -> None:
        for _ in self._parse(part, self._string, self._string_end, MAX_SHARED):
            pass
        self.value, self.depth = None, 0

    def rows(self, part: str) -> Iterator[tuple[int, list[object]]]:
        for _ in self._parse(part, self._start, self._end):
            yield from self.done
            self.done.clear()
        if self.faults:
            raise BadFile(self.package.name, sorted(self.faults, key=lambda fault: fault.line))

    def _parse(self, part: str, start: Start, end: End, limit: int = MAX_PART) -> Iterator[None]:
        """Put a part through *start* and *end*, which see the names without a prefix."""
        parser = self.package.parser()
        parser.CharacterDataHandler = self.text.append

        def root(tag: str, attributes: dict[str, str]) -> None:
            if ":" in tag:
                parser.StartElementHandler = lambda tag, found: start(local(tag), found)
                parser.EndElementHandler = lambda tag: end(local(tag))
            else:
                parser.StartElementHandler, parser.EndElementHandler = start, end

        parser.StartElementHandler = root
        for _ in self.package.parse(part, parser, limit):
            if sum(map(len, self.text)) > LONGEST_CELL:
                raise self._too_large("en cell utan slut")
            if self.cells > MAX_CELLS:
                raise self._too_large(f"över {MAX_CELLS} celler")
            yield

    def _string(self, tag: str, _: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.package.broken()
        if tag == "si":
            self.value = ""
        elif tag == "rPh":
            self.in_phonetic = True
        self.text.clear()

    def _string_end(self, tag: str) -> None:
        self.depth -= 1
        if tag == "t":
            self._piece()
        elif tag == "rPh":
            self.in_phonetic = False
        elif tag == "si":
            if len(self.strings) >= MAX_STRINGS:
                raise self._too_large(f"över {MAX_STRINGS} texter")
            self.strings.append(self._weighed(cell_values.text(self.value or "")))
            self.value = None

    def _piece(self) -> None:
        if not self.in_phonetic:
            self.value = (self.value or "") + "".join(self.text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "v":
            if self.value is not None:
                raise self.package.broken()
            self.value = ""
            self.text.clear()
        elif tag == "c":
            if self.cell is not None:
                raise self.package.broken()
            self.cell = attributes
        elif tag == "row":
            self._row(attributes)
        else:
            self._other(tag, attributes)

    def _other(self, tag: str, attributes: dict[str, str]) -> None:
        self.text.clear()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.package.broken()
        if tag == "f":
            self.has_formula = True
        elif tag == "rPh":
            self.in_phonetic = True
        elif tag == "mergeCell":
            self._merged(attributes.get("ref", ""))

    def _row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r", "")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
        if self.in_row or (text and not self.number < number <= ROWS):
            raise self._odd(text)
        self.number = number or self.number + 1
        if len(self.row) > COLUMNS:
            raise self._too_large(f"över {COLUMNS} kolumner")
        self.digits, self.in_row, self.row = str(self.number), True, []

    def _end(self, tag: str) -> None:
        if tag == "v":
            self.value = "".join(self.text)
        elif tag == "c":
            self._cell()
        elif tag == "row":
            self.text.clear()
            self.done.append((self.number, self.row))
            self.in_row = False
        else:
            self.depth -= 1
            if tag == "t":
                self._piece()
            elif tag == "rPh":
                self.in_phonetic = False

    def _cell(self) -> None:
        attributes, text, row = self.cell or {}, self.value, self.row
        self.cell = self.value = None
        self.cells += 1
        place = attributes.get("r")
        column = len(row)
        if place is not None:
            found = self.places.get(place[: -len(self.digits)])
            if found is None or not place.endswith(self.digits):
                found = self._column(place)
            if found != column:
                if found < column:
                    raise self._odd(place)
                column = found
        if self.has_formula:
            self.has_formula = False
            told = "skriv värdet i stället för formeln"
            self._fault(Fault(self.number, cell_values.letters(column), "formel", told))
        if not text:
            if place is None:
                row.append("")
            return
        if column > len(row):
            row.extend([""] * (column - len(row)))
        kind = attributes.get("t")
        if kind is None and "s" not in attributes:
            row.append(cell_values.number(text))
        else:
            row.append(self._value(kind, attributes, text))

    def _column(self, place: str) -> int:
        """Return the column of "C12". Raises BadFile if the cell is not of this row."""
        at = place.rstrip("0123456789")
        column = cell_values.column_number(at)
        if column is None or column >= COLUMNS or place[len(at) :] != self.digits:
            raise self._odd(place)
        self.places[at] = column
        return column

    def _value(self, kind: str | None, attributes: dict[str, str], text: str) -> object:
        if kind == "s":
            clean = text.strip()
            if not (clean.isascii() and clean.isdecimal() and len(clean) < 9):
                raise self.package.broken()
            if int(clean) >= len(self.strings):
                raise self.package.broken()
            return self._weighed(self.strings[int(clean)])
        if kind in TEXT_TYPES:
            return self._weighed(cell_values.text(text))
        if kind not in (None, "n"):
            return cell_values.other(kind, text)
        style = self.styles.kind(attributes.get("s", ""))
        if not style:
            return cell_values.number(text)
        day = self.days.get((text, style))
        if day is None:
            day = self.days[text, style] = cell_values.moment(text, style, self.from_1904)
        return day

    def _weighed(self, text: str) -> str:
        if len(text) > SHORT:
            self.weight += sys.getsizeof(text)
            if self.weight > MAX_TEXT:
                raise self._too_large("för mycket text")
        return text

    def _merged(self, span: str) -> None:
        first = span.partition(":")[0]
        at = first.rstrip("0123456789")
        line = first[len(at) :]
        told = "cellerna är sammanfogade; dela dem"
        self._fault(Fault(int(line) if 0 < len(line) < 9 else 1, at[:3], span[:30], told))

    def _fault(self, fault: Fault) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)

    def _odd(self, place: str) -> BadFile:
        told = "cellernas adresser går inte att läsa; spara arbetsboken som xlsx på nytt"
        return BadFile(self.package.name, [Fault(max(self.number, 1), None, place[:20], told)])

    def _too_large(self, what: str) -> BadFile:
        told = "bladet är för stort; dela det, eller ta bort tomma rader och kolumner"
        return file_fault(self.package.name, what, told)
