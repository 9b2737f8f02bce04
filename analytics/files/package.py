"""A workbook as the zip of XML that it is: looked through first, then read in bounded pieces.

What the list of parts says is weighed before anything is unpacked, and no part is ever whole in
memory: it goes through the parser piece by piece, and stops where it becomes too much.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pyexpat import ExpatError, ParserCreate, XMLParserType

from analytics.errors import BadFile, OtherKind
from analytics.files.code_pages import file_fault
from analytics.files.recognise import PROTECTED

MAX_UNPACKED = 300_000_000
MAX_PART = 200_000_000
MAX_PARTS = 2_000
MAX_DEPTH = 100  # elements within each other
MAX_TOKEN = 4_000_000  # bytes of one tag or comment, which the parser holds whole
SMALL = 5_000_000  # bytes of a part that only lists what there is
MOST_ELEMENTS = 50_000  # in such a part
PIECE = 1 << 18
WAY_OUT = "spara arbetsboken som xlsx på nytt, eller som CSV"
TOO_LARGE = "arbetsboken blir för stor när den packas upp; dela den per månad"
# What the packages say of a zip or an XML that is broken.
BROKEN = (
    zipfile.BadZipFile, zlib.error, ExpatError, EOFError, NotImplementedError, RuntimeError,
    LookupError, OSError, ValueError,
)  # fmt: skip


class Package:
    """The parts of a zip. Raises BadFile for what is broken, protected, or would be too much."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        if content.count(b"PK\x01\x02") > 2 * MAX_PARTS:
            raise file_fault(name, f"över {MAX_PARTS} delar", TOO_LARGE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN as error:
            raise self.broken() from error
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
            size = f"{unpacked // 10**6} MB i {len(parts)} delar"
            raise file_fault(name, size, TOO_LARGE)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for part in parts:
            key = part.filename.replace("\\", "/").lstrip("/").casefold()
            if key in self._parts:
                told = f"två delar av arbetsboken har samma namn; {WAY_OUT}"
                raise file_fault(name, part.filename, told)
            if part.flag_bits & 1:
                raise OtherKind(name, *PROTECTED)
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.broken()  # what cannot be unpacked in bounded pieces
            self._parts[key] = part

    def __contains__(self, part: str) -> bool:
        return part.lstrip("/").casefold() in self._parts

    def broken(self) -> BadFile:
        return file_fault(self.name, "", f"filen går inte att läsa som en arbetsbok; {WAY_OUT}")

    def pieces(self, part: str, limit: int = MAX_PART) -> Iterator[bytes]:
        """Yield a part's bytes, never more than *limit* in all. Raises BadFile."""
        found = self._parts.get(part.lstrip("/").casefold())
        if found is None:
            raise self.broken()
        if found.file_size > limit:
            size = f"{part}: {found.file_size // 10**6} MB"
            raise file_fault(self.name, size, TOO_LARGE)
        try:
            with self._zip.open(found) as opened:
                while piece := opened.read(PIECE):
                    yield piece
        except BROKEN as error:
            raise self.broken() from error

    def parse(self, part: str, parser: XMLParserType, limit: int = MAX_PART) -> Iterator[None]:
        """Put a part through *parser*, and pause after every piece. Raises BadFile.

        The part may have no DTD, is at most MAX_DEPTH deep and has no endless tag.
        """
        fed = 0
        for piece in self.pieces(part, limit):
            fed += len(piece)
            self._feed(parser, piece, False)
            if fed - parser.CurrentByteIndex > MAX_TOKEN:
                raise file_fault(
                    self.name, part, f"en del av arbetsboken tar aldrig slut; {WAY_OUT}"
                )
            yield
        self._feed(parser, b"", True)
        yield

    def _feed(self, parser: XMLParserType, piece: bytes, last: bool) -> None:
        try:
            parser.Parse(piece, last)
        except BROKEN as error:
            raise self.broken() from error

    def check_rest(self, parsed: set[str]) -> None:
        """Raise BadFile if a part that nobody has *parsed* is not what the list says."""
        done = {part.casefold() for part in parsed}
        for part in self._parts.keys() - done:
            for _ in self.pieces(part, MAX_UNPACKED):
                pass

    def parser(self) -> XMLParserType:
        """Return a parser for one part that refuses a DTD, so that nothing in it can grow."""

        def refuse(*_: object) -> None:
            told = "arbetsboken har en DTD, som ingen arbetsbok ska ha"
            raise file_fault(self.name, "DTD", told)

        made = ParserCreate()
        made.buffer_text = True
        made.StartDoctypeDeclHandler = refuse
        return made


def elements(package: Package, part: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part with their attributes, in order. Raises BadFile."""
    found: list[tuple[str, dict[str, str]]] = []
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH or len(found) > MOST_ELEMENTS:
            raise package.broken()
        found.append((local(tag), attributes))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = package.parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    for _ in package.parse(part, parser, SMALL):
        pass
    return found


def local(tag: str) -> str:
    """Return the name of an element without its prefix."""
    return tag.rpartition(":")[2]
