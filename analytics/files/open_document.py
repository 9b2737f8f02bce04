"""A workbook in OpenDocument (ODS): the first sheet that can be seen, as files.workbook reads one.

Cells and rows are said once and repeated: what is empty is only counted, and what is not is given
again, up to the same limits.
"""

from collections.abc import Iterator

from analytics.errors import BadFile, Fault, OtherKind
from analytics.files import cell_values
from analytics.files.code_pages import file_fault
from analytics.files.package import MAX_DEPTH, SMALL, Package, local
from analytics.files.recognise import PROTECTED
from analytics.files.sheet_reader import (
    COLUMNS,
    LONGEST_CELL,
    MAX_CELLS,
    MAX_TEXT,
    MOST_FAULTS,
    ROWS,
)
from analytics.files.workbook import Sheet

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
CELLS = {"table-cell", "covered-table-cell"}
NOT_TEXT = {"annotation", "tracked-changes"}
MOST_SHEETS = 1_000


def read(name: str, content: bytes) -> Sheet:
    """Return the first sheet that can be seen. Raises BadFile, also while its rows are read."""
    package = Package(name, content)
    if MANIFEST in package and b"encryption-data" in b"".join(package.pieces(MANIFEST, SMALL)):
        raise OtherKind(name, *PROTECTED)
    listed = _Sheets(package)
    package.check_rest({CONTENT, MANIFEST})
    seen = [name for name, hidden in listed.found if not hidden]
    if not seen:
        told = "arbetsboken har inget synligt blad; visa bladet och spara på nytt"
        raise file_fault(name, "", told)
    place = next(n for n, (_, hidden) in enumerate(listed.found) if not hidden)
    return Sheet(
        _Rows(package, place).rows(),
        seen[0],
        [name for n, (name, _) in enumerate(listed.found) if n != place],
        [name for name, hidden in listed.found if hidden],
    )


class _Sheets:
    """The sheets of the workbook in order: name, and whether it is hidden by its style."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.found: list[tuple[str, bool]] = []
        self.hidden: set[str] = set()
        self.style = ""
        self.depth = 0
        parser = package.parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        for _ in package.parse(CONTENT, parser):
            pass

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH or len(self.found) > MOST_SHEETS:
            raise self.package.broken()
        match local(tag):
            case "style":
                self.style = attributes.get("style:name", "")
            case "table-properties" if attributes.get("table:display") == "false":
                self.hidden.add(self.style)
            case "table":
                style = attributes.get("table:style-name", "")
                self.found.append((attributes.get("table:name", ""), style in self.hidden))

    def _end(self, _: str) -> None:
        self.depth -= 1


class _Rows:
    """Handles the elements of one sheet, the one at *place*."""

    def __init__(self, package: Package, place: int) -> None:
        self.package, self.left = package, place
        self.faults: list[Fault] = []
        self.done: list[tuple[int, list[object]]] = []
        self.text: list[str] = []
        self.row: list[object] = []
        self.cell: dict[str, str] | None = None
        self.number = self.column = self.depth = self.cells = self.weight = 0
        self.repeat = 1
        self.paragraphs = self.silent = 0
        self.inside = False

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        parser = self.package.parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        for _ in self.package.parse(CONTENT, parser):
            if sum(map(len, self.text)) > LONGEST_CELL:
                raise self._too_large("en cell utan slut")
            yield from self._repeated()
        if self.faults:
            raise BadFile(self.package.name, sorted(self.faults, key=lambda fault: fault.line))

    def _repeated(self) -> Iterator[tuple[int, list[object]]]:
        for number, row, times in self.done:
            for n in range(times):
                yield number + n, row
        self.done.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.package.broken()
        name = local(tag)
        if name == "table":
            self.inside = self.left == 0
            self.left -= 1
        elif not self.inside:
            return
        elif name == "table-row":
            self.repeat = self._times(attributes.get("table:number-rows-repeated", "1"), ROWS)
            self.row, self.column = [], 0
        elif name in CELLS:
            self.cell, self.paragraphs = attributes, 0
            self.text.clear()
        elif name in NOT_TEXT:
            self.silent += 1
        elif self.cell is not None and not self.silent:
            self._piece(name, attributes)

    def _piece(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self.paragraphs += 1
            if self.paragraphs > 1:
                self.text.append("\n")
        elif name == "s":
            self.text.append(" " * self._times(attributes.get("text:c", "1"), 1_000))
        elif name in ("tab", "line-break"):
            self.text.append(" ")

    def _characters(self, text: str) -> None:
        if self.paragraphs and self.cell is not None and not self.silent:
            self.text.append(text)

    def _end(self, tag: str) -> None:
        self.depth -= 1
        name = local(tag)
        if not self.inside:
            return
        if name in CELLS and self.cell is not None:
            self._cell(self.cell)
            self.cell = None
        elif name in NOT_TEXT:
            self.silent -= 1
        elif name == "table-row":
            self._row()
        elif name == "table":
            self.inside = False

    def _row(self) -> None:
        if self.row:
            self.cells += len(self.row) * (self.repeat - 1)
            self._require_few()
            self.done.append((self.number + 1, self.row, self.repeat))
        self.number += self.repeat

    def _cell(self, attributes: dict[str, str]) -> None:
        times = self._times(attributes.get("table:number-columns-repeated", "1"), COLUMNS)
        value = self._value(attributes, "".join(self.text))
        if "table:formula" in attributes:
            self._fault("formel", "skriv värdet i stället för formeln")
        for span in ("table:number-columns-spanned", "table:number-rows-spanned"):
            if attributes.get(span, "1") != "1":
                self._fault(f"{attributes[span]} celler"[:30], "cellerna är sammanfogade; dela dem")
                break
        if value != "":
            if self.column + times > COLUMNS:
                raise self._too_large(f"över {COLUMNS} kolumner")
            self.row.extend([""] * (self.column - len(self.row)))
            self.row.extend([value] * times)
            self.cells += times
            self.weight += len(value) * 4 * self.repeat if isinstance(value, str) else 0
            self._require_few()
        self.column += times

    def _value(self, attributes: dict[str, str], shown: str) -> object:
        match attributes.get("office:value-type"):
            case "float" | "percentage" | "currency":
                return cell_values.number(attributes.get("office:value", shown))
            case "date":
                return cell_values.iso_day(attributes.get("office:date-value", shown))
            case "boolean":
                return cell_values.other("b", attributes.get("office:boolean-value", shown))
            case _:
                return cell_values.text(attributes.get("office:string-value", shown))

    def _times(self, text: str, most: int) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 8 and 0 < int(text) <= most):
            raise self.package.broken()
        return int(text)

    def _require_few(self) -> None:
        if self.cells > MAX_CELLS or self.weight > MAX_TEXT:
            raise self._too_large(f"över {MAX_CELLS} celler")

    def _fault(self, value: str, allowed: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            column = cell_values.letters(self.column)
            self.faults.append(Fault(self.number + 1, column, value, allowed))

    def _too_large(self, what: str) -> BadFile:
        told = "bladet är för stort; dela det, eller ta bort tomma rader och kolumner"
        return file_fault(self.package.name, what, told)
