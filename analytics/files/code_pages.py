"""What is looked at before a file is read: its size, that it is text, and in which code page.

A code page is told from the bytes that only Swedish letters leave in it, never from the name of
the file. The one that was found is shown, and another can be asked for.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import BadFile, Fault

MAX_BYTES = 40_000_000
LETTERS = "åäöÅÄÖéÉü"
# What is tried where the text is neither ASCII nor UTF-8, in the order that decides a tie.
ENCODINGS = {
    "cp1252": "Windows-1252 (Latin-1)",
    "cp437": "CP437 (PC8)",
    "mac_roman": "Mac Roman",
}
NAME = {"utf-8": "UTF-8", "utf-16": "UTF-16", "ascii": "ASCII"} | ENCODINGS
# Letters and signs of Swedish text. What else turns up is most often a wrong code page.
USUAL = re.compile(
    r"[\t\n\r\x20-\x7e\u00a0-\u00ac\u00ae-\u00f6\u00f8-\u017f\u2009\u2010-\u2015\u2018-\u201e\u2022\u2026"
    r"\u202f\u2030\u20ac\u2122\u2212]*"
)
# å that became two letters (UTF-8 read as Latin-1), or ö a quotation mark (CP437 as Windows).
TWICE = re.compile(r"Ã[¥¤¶…„–©]|[A-Za-z][„”][A-Za-z]")
LINE = re.compile(r"[^\n]*(?:\n|\Z)")  # one at a time: a file may have a million
ODD_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its code page, and lines that look wrong in it (number, line)."""

    text: str
    encoding: str
    odd: tuple[tuple[int, str], ...]

    @property
    def name(self) -> str:
        return NAME[self.encoding]


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that is no larger than one may be. Raises BadFile, OSError."""
    with path.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(path.name, path.stat().st_size)
    return content


def too_large(name: str, size: int, most: int | None = None) -> BadFile:
    """What is said of a file of *size* bytes where there may be *most*, or MAX_BYTES."""
    allowed = f"en fil får ha högst {(most or MAX_BYTES) // 10**6} MB; dela den"
    return file_fault(name, f"{size // 10**6} MB", allowed)


def require_safe(name: str, content: bytes) -> None:
    """Raise BadFile for a file that is empty or too large to be read."""
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise file_fault(name, "", "filen är tom; exportera den på nytt")


def decode(name: str, content: bytes, encoding: str | None = None, sie: bool = False) -> Decoded:
    """Return the text of *content* in *encoding* (a key of NAME), else in the one its bytes tell.

    *sie*: bytes that tell nothing are CP437, as that format says. Raises BadFile where a byte does
    not exist in the code page, and for what is no text at all.
    """
    require_safe(name, content)
    found = encoding or guess(content, sie)
    try:
        text = content.decode(_python_name(found, content))
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = content.count(b"\n", 0, start) + 1
        what = content[start : start + 1].hex()
        raise BadFile(
            name, [Fault(line, None, what, f"byten finns inte i {NAME[found]}; välj en annan "
                                           "teckentabell")]
        ) from None  # fmt: skip
    text = text.rstrip("\x1a\x00")  # how DOS ended a file, and how some programs fill it out
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise BadFile(name, [Fault(line, None, "NUL", "filen är ingen textfil")])
    return Decoded(text, found, tuple(_odd(text)))


def _python_name(found: str, content: bytes) -> str:
    """Return Python's name of a code page; of UTF-16 without a mark, in the order of its bytes."""
    if found == "utf-16":
        return utf_16(content) or found
    return "utf-8-sig" if found == "utf-8" else found


def utf_16(content: bytes) -> str | None:
    """Return Python's name of UTF-16, told by its mark or by zeros beside the first letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:8]
    if len(start) < 4 or len(content) % 2:
        return None
    even, odd = start[::2], start[1::2]
    if not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if not any(even) and all(odd) else None


def guess(content: bytes, sie: bool = False) -> str:
    """Return the code page that the bytes tell: a key of NAME."""
    if utf_16(content):
        return "utf-16"
    if content.isascii():
        return "ascii"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    seen = Counter(content.translate(None, bytes(range(128))))
    ways = ["cp437", "cp1252", "mac_roman"] if sie else list(ENCODINGS)
    return max(ways, key=lambda way: (sum(seen[c] for c in LETTERS.encode(way)), -ways.index(way)))


def _odd(text: str) -> list[tuple[int, str]]:
    if USUAL.fullmatch(text) and not TWICE.search(text):
        return []
    found = []
    for number, piece in enumerate(LINE.finditer(text), 1):
        line = piece[0]
        if not USUAL.fullmatch(line) or TWICE.search(line):
            found.append((number, line.rstrip("\n")))
            if len(found) == ODD_SHOWN:
                break
    return found


def file_fault(name: str, value: str, allowed: str) -> BadFile:
    """A fault of the file as a whole."""
    return BadFile(name, [Fault(1, None, value, allowed)])
