"""Inhabitants in the formats that SCB gives them: PX, JSON-stat 2, and the CSV of PxWeb.

Each reader gives the cells of the cube as they stand, with code and name on every axis. What they
mean is the same for all: one axis is the region, one the time, and of any other only the total
counts. Nothing is added up, and what is missing stays missing.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, product
from math import prod

from analytics.errors import BadFile
from analytics.files.code_pages import file_fault
from analytics.files.headings import plain

MOST = 200_000  # cells of a cube
LONGEST = 200  # signs of a title
REGION = {"region", "regioner", "kommun", "omrade", "regionkod"}
TIME = {"ar", "tid", "time", "year", "manad", "kvartal"}
OTHER = {"kon", "alder", "civilstand", "tabellinnehall", "contentscode", "fodelseregion"}
MISSING = {"", "..", ".", "...", "-", ":", "....", "....."}
PERIOD = re.compile(r"((?:19|20)[0-9]{2})(?:M([0-9]{2})|K([1-4]))?")
CODED = re.compile(r"([0-9]{2,4}) (\S.*)")
WIDE = re.compile(r"(.*?)\s*((?:19|20)[0-9]{2}(?:M[0-9]{2}|K[1-4])?)", re.DOTALL)
TOKEN = re.compile(r'"[^"]*"|[A-Za-z0-9_.-]+|[=;,()\[\]]')
FIGURE = re.compile(r'"[^"]*"|[^\s;",]+')
CODE_PAGES = {"utf-8": "utf-8", "iso-8859-1": "cp1252", "iso-8859-15": "iso-8859-15",
              "windows-1252": "cp1252", "437": "cp437", "850": "cp850"}  # fmt: skip

Place = tuple[str, str]  # code, name


@dataclass(slots=True)
class Cube:
    """The cells of a file: line, place on each axis, value as text. `title`: what it holds."""

    axes: list[str]
    cells: list[tuple[int, tuple[Place, ...], str]] = field(default_factory=list)
    title: str = ""


# ---- PX ----


def is_px(text: str) -> bool:
    return bool(re.match(r"\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|MATRIX)\s*=", text))


def px_text(content: bytes) -> str:
    """Return the text of a PX file in the code page that it says, or that its bytes tell."""
    head = content[:4_000].decode("latin-1")
    said = re.search(r'CODEPAGE\s*=\s*"([^"]*)"', head)
    code = CODE_PAGES.get(said[1].casefold()) if said else None
    if code is None:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            code = "cp1252" if re.search(r'CHARSET\s*=\s*"ANSI"', head) else "cp437"
    return content.decode(code, "replace")


def read_px(name: str, text: str) -> Cube:
    """Return the cube of a PX file. Raises BadFile."""
    words, start = _px_words(text)
    if start is None:
        raise file_fault(name, "", "PX-filen har inget DATA; hämta den på nytt")
    stub, heading = words.get(("STUB", ""), []), words.get(("HEADING", ""), [])
    axes = [*stub, *heading]
    places = []
    for axis in axes:
        labels = words.get(("VALUES", axis), [])
        codes = words.get(("CODES", axis), labels)
        if not labels or len(codes) != len(labels):
            raise file_fault(name, axis, "PX-filens VALUES och CODES är inte lika många")
        places.append(list(zip(codes, labels, strict=True)))
    _require_few(name, map(len, places))
    cube = Cube(axes, title=" ".join(words.get(("TITLE", ""), [])))
    line = text.count("\n", 0, start) + 1
    most = MOST * (len(stub) + 1)
    data = [found[0].strip('"') for found in islice(FIGURE.finditer(text, start), most + 1)]
    if len(data) > most:
        raise too_many(name, len(data))
    keyed = [axis for axis in stub if ("KEYS", axis) in words]
    if keyed:
        cube.cells = list(_keyed(name, words, stub, places, data, line))
        return cube
    if not axes or len(data) != prod(map(len, places)):
        raise file_fault(name, f"{len(data)} tal", "PX-filens DATA och VALUES går inte ihop")
    cube.cells = [(line, at, value) for at, value in zip(product(*places), data, strict=True)]
    return cube


def _keyed(name, words, stub, places, data, line) -> Iterator[tuple[int, tuple[Place, ...], str]]:
    """The cells of a PX file whose rows say where they belong (KEYS)."""
    wide = list(product(*places[len(stub) :]))
    step = len(stub) + len(wide)
    by_key = []
    for axis, known in zip(stub, places, strict=False):
        place = 1 if "VALUES" in [word.upper() for word in words.get(("KEYS", axis), [])] else 0
        by_key.append({one[place]: one for one in known})
    if len(data) % step:
        raise file_fault(name, f"{len(data)} tal", "PX-filens KEYS och DATA går inte ihop")
    for start in range(0, len(data), step):
        keys = data[start : start + len(stub)]
        row = [known.get(key) for known, key in zip(by_key, keys, strict=True)]
        if None in row:
            told = "PX-filens rad har en nyckel som inte finns bland dess värden"
            raise file_fault(name, ", ".join(keys)[:60], told)
        for at, value in zip(wide, data[start + len(stub) : start + step], strict=True):
            yield line, (*row, *at), value


def _px_words(text: str) -> tuple[dict[tuple[str, str], list[str]], int | None]:
    """Return what each keyword says, by keyword and axis; and where the data begins."""
    words: dict[tuple[str, str], list[str]] = {}
    keyword, axis, values, inside, after = "", "", [], False, False
    for found in TOKEN.finditer(text):
        sign = found[0]
        if sign == "=" and not after:
            after = True
            if keyword == "DATA":
                return words, found.end()
        elif sign == ";":
            words.setdefault((keyword, axis), values)
            keyword, axis, values, inside, after = "", "", [], False, False
        elif after:
            values += [sign.strip('"')] if sign not in ",()[]=" else []
        elif sign in "([":
            inside = sign == "("
        elif not keyword:
            keyword = sign.upper()
        elif inside and not axis:
            axis = sign.strip('"')
    return words, None


# ---- JSON-stat ----


def read_cube(name: str, text: str) -> Cube:
    """Return the cube of a JSON-stat 2 dataset. Raises BadFile."""
    wrong = file_fault(name, "JSON", "filen är ingen JSON-stat 2 med ett dataset")
    try:
        said = json.loads(text, parse_float=Decimal)
        axes = [str(axis) for axis in said["id"]]
        places = [_categories(said["dimension"][axis]["category"]) for axis in axes]
        values = said["value"]
        if [len(place) for place in places] != list(said["size"]) or not axes:
            raise wrong
        _require_few(name, map(len, places))
        given = values.get if isinstance(values, Mapping) else None
        if given is None and len(values) != prod(map(len, places)):
            raise wrong
        cells = [
            (1, at, _json_value(given(str(n)) if given else values[n]))
            for n, at in enumerate(product(*places))
        ]
        return Cube(axes, cells, str(said.get("label", "")))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error


def _categories(said: Mapping[str, object]) -> list[Place]:
    index, label = said.get("index", {}), said.get("label", {})
    if isinstance(index, Mapping):
        index = sorted(index, key=index.__getitem__) or list(label)
    return [(str(code), str(label.get(code, ""))) for code in index]


def _json_value(value: object) -> str:
    return "" if value is None else str(value)


# ---- PxWeb's CSV ----


def find_heading(lines: Sequence[tuple[int, Sequence[object]]]) -> int | None:
    """Return which of the first lines is the heading of PxWeb's CSV, with the region; or None."""
    for place, (_, cells) in enumerate(lines[:5]):
        titles = {plain(cell) for cell in cells}
        if titles & REGION and not titles & {"partid", "kommunkod", "datum"}:
            return place
        if _is_bare(cells):
            return place
    return None


def _is_bare(cells: Sequence[object]) -> bool:
    """Return whether a heading is PxWeb's in a workbook: nothing over the regions, then years."""
    rest = [str(cell).strip() for cell in cells[1:]]
    return bool(rest) and cells[0] == "" and all(map(PERIOD.fullmatch, rest))


def read_lines(lines: Sequence[tuple[int, Sequence[object]]], start: int) -> Cube:
    """Return the cube of PxWeb's CSV, wide or long; its heading is line number *start*."""
    titles = [str(cell).strip()[:LONGEST] for cell in lines[start][1]]
    titles[0] = titles[0] or "region"
    named = REGION | TIME | OTHER
    axes = [n for n, title in enumerate(titles) if plain(title) in named]
    values = [n for n, title in enumerate(titles) if n not in axes and title]
    wide = {n: found for n in values if (found := WIDE.fullmatch(titles[n]))}
    cube = Cube([*(titles[n] for n in axes), "innehåll", *(["tid"] if wide else [])])
    cube.title = ", ".join(dict.fromkeys(wide[n][1] if n in wide else titles[n] for n in values))
    for line, cells in lines[start + 1 :]:
        row = [str(cell).strip() for cell in cells] + [""] * (len(titles) - len(cells))
        if not any(row[1:]) and not CODED.fullmatch(row[0]):
            continue  # a note under the table
        at = tuple(_place(row[n]) for n in axes)
        for n in values:
            content = wide[n][1] if n in wide else titles[n]
            time = ((wide[n][2], ""),) if n in wide else (("", ""),) if wide else ()
            cube.cells.append((line, (*at, ("", content), *time), row[n]))
    return cube


def _place(text: str) -> Place:
    found = CODED.fullmatch(text)
    return (found[1], found[2]) if found else (text, text)


def _require_few(name: str, sizes: Iterable[int]) -> None:
    if (count := prod(sizes)) > MOST:
        raise too_many(name, count)


def too_many(name: str, count: int) -> BadFile:
    return file_fault(
        name, f"{count} tal", f"högst {MOST} tal läses; ta bara ut länets kommuner och totalen"
    )
