"""What unpacks to far too much is refused, and no file takes more memory than a page can give.

Memory is measured in a process of its own, by the most that it has held since the file was opened.
"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.errors import BadFile
from analytics.files import package
from analytics.files.opened import open_table
from tests.given import packages, workbooks
from tests.given.packages import SHEET, STRINGS, with_part

ROOT = Path(__file__).parents[2]
BOOK = workbooks.book_of_rows(("Datum", "Konto", "Belopp"), ("2027-01-01", "5010", 1))
START = f'<worksheet xmlns="{packages.MAIN}"><sheetData>'.encode()
END = b"</sheetData></worksheet>"
TEXTS = f'<sst xmlns="{packages.MAIN}">'.encode()
MOST_MB = 300
# The child reads the file given as the pages do, and says how many MB it took, and what came of it.
CHILD = """
import sys
from analytics.budget import file as budget_file
from analytics.errors import AgreementError
from analytics.ledger import file as ledger_file
def held():
    lines = open("/proc/self/status").read().splitlines()
    return int(next(x for x in lines if x.startswith("VmHWM")).split()[1]) // 1024
content = open(sys.argv[1], "rb").read()
before = held()
try:
    found = ledger_file.read("fil", content, 2027)
    said = f"{len(found.rows)} rader"
except AgreementError as error:
    said = str(error)
try:
    budget_file.read("fil", content)
except AgreementError:
    pass
print(held() - before, said)
"""


def many(piece: bytes, count: int, start: bytes = START, end: bytes = END) -> Iterator[bytes]:
    yield start
    for _ in range(count // 1_000):
        yield piece * 1_000
    yield end


def numbered(count: int, row: bytes, start: bytes = START, end: bytes = END) -> Iterator[bytes]:
    """Yield *count* rows, each with its own number in it."""
    yield start
    for number in range(0, count, 1_000):
        yield b"".join(row % n for n in range(number, number + 1_000))
    yield end


def sheet(pieces: Iterator[bytes]) -> bytes:
    return with_part(BOOK, SHEET, pieces)


def said_smaller() -> bytes:
    """A sheet of 40 MB that says it is of a thousand bytes."""
    content = sheet(many(b"<row><c/></row>", 2_000_000))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = packed.getinfo(SHEET).file_size
    return content.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def full_of_parts() -> bytes:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as packed:
        for number in range(package.MAX_PARTS):
            packed.writestr(f"xl/media/{number}", b"")
    return out.getvalue()


ROW = b'<row><c t="inlineStr"><is><t>2027-01-01</t></is></c><c><v>5010</v></c><c><v>1.5</v></c>'
HEAD = "".join(
    f'<c t="inlineStr"><is><t>{title}</t></is></c>' for title in ("Datum", "Konto", "Belopp")
).encode()
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a sheet of 2 GB": (lambda: sheet(many(b"<row><c><v>1</v></c></row>", 80_000_000)), "för stor"),
    "tiny cells": (lambda: sheet(many(b"<row>%s</row>" % (b"<c/>" * 10), 400_000)), "för stort"),
    "texts without end": (
        lambda: with_part(BOOK, STRINGS, many(b"<si/>", 1_100_000, TEXTS, b"</sst>")), "för stort"),
    "long texts": (
        lambda: with_part(BOOK, STRINGS, many(
            "<si><t>😀{}</t></si>".format("a" * 60).encode(), 600_000, TEXTS, b"</sst>")),
        "för mycket text"),
    "one text in many cells": (
        lambda: with_part(
            sheet(many(b'<row><c t="s"><v>0</v></c></row>', 10_000)), STRINGS,
            [TEXTS, b"<si><t>", b"a\n" * 15_000, b"</t></si></sst>"]), "för mycket text"),
    "nested elements": (lambda: sheet(many(b"<a>", 10_000_000)), "arbetsbok"),
    "nested cells": (lambda: sheet(many(b"<row><c><v>", 10_000_000)), "adresser|arbetsbok"),
    "nested values": (lambda: sheet(many(b"<v>", 10_000_000)), "arbetsbok"),
    "one tag": (lambda: sheet(many(b"x", 50_000_000, START + b'<row a="')), "slut"),
    "one cell": (
        lambda: sheet(many(b"x", 50_000_000, START + b'<row><c t="str"><v>')), "slut"),
    "a comment": (lambda: sheet(many(b"x", 50_000_000, START + b"<!--", b"-->" + END)), "slut"),
    "a part larger than it says": (said_smaller, "arbetsbok"),
    "parts": (full_of_parts, "delar"),
    "a packing without bounds": (
        lambda: BOOK.replace(b"\x08\x00\x00\x00!", b"\x0c\x00\x00\x00!"), "arbetsbok"),
    "separators": (lambda: b"Datum;Konto;Belopp\n" + b";" * 30_000_000, "fält"),
    "lines": (lambda: b"Datum;Konto;Belopp\n" + b"\n" * 30_000_000, "rader"),
    "one field": (lambda: b"x" * 30_000_000, "fält"),
}  # fmt: skip
READ: dict[str, Callable[[], bytes]] = {
    "rows": lambda: sheet(numbered(400_000, ROW + b"<c><v>%d</v></c></row>", START + b"<row>" + HEAD
                                   + b"</row>")),
    "texts": lambda: sheet(numbered(
        100_000, ROW + '<c t="inlineStr"><is><t>😀 möten i %%salen %d</t></is></c></row>'.encode(),
        START + b"<row>" + HEAD + b'<c t="inlineStr"><is><t>Text</t></is></c></row>')),
    "shared texts": lambda: with_part(BOOK, STRINGS, numbered(
        900_000, b"<si><t>a%d</t></si>", TEXTS, b"</sst>")),
    "csv": lambda: b"".join(numbered(
        600_000, "2027-01-01;5010;%d,50;Möte 😀\n".encode(), b"Datum;Konto;Belopp;Text\n", b"")),
    "faults": lambda: b"".join(numbered(
        900_000, b"x%d;y;z\n", b"Datum;Konto;Belopp\n", b"")),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_unpacks_to_far_too_much_is_refused_with_little_memory(kind, tmp_path):
    make, said = REFUSED[kind]
    content = make()
    with pytest.raises(BadFile, match=said):
        list(open_table("fil", content).rows)
    taken, _ = taken_by(content, tmp_path)
    assert taken < MOST_MB / 2


@pytest.mark.parametrize("kind", READ)
def test_the_largest_files_that_are_read_take_less_than_a_page_can_give(kind, tmp_path):
    taken, said = taken_by(READ[kind](), tmp_path)
    assert taken < MOST_MB and said


def taken_by(content: bytes, folder: Path) -> tuple[int, str]:
    """Return how many MB the file takes to read beside its own bytes, and what came of it."""
    path = folder / "fil"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    taken, _, said = done.stdout.partition(" ")
    return int(taken), said
