"""Somebody's own figures of inhabitants, in the product's own columns or as SCB gives them."""

import calendar
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.errors import BadFile, Fault
from analytics.files import code_pages, recognise
from analytics.files.headings import plain
from analytics.files.opened import is_news
from analytics.files.table import MAX_BYTES, lines_of, rows_of
from analytics.files.table_spec import Row
from analytics.reference import statistics_file
from analytics.reference.sources import OWN_POPULATION
from analytics.reference.statistics_file import Cube, Place

HEADING = ["part_id", "datum", "antal", "kalla"]
# The first two digits of a Swedish kommun's code: its county.
COUNTIES = {f"{n:02}" for n in (1, *range(3, 11), *range(12, 15), *range(17, 26))}
TOTALS = {"totalt", "total", "tot", "samtliga", "samtligaaldrar", "totaltalder", "totaltkon",
          "bada", "badakonen", "totaltsamtligaaldrar"}  # fmt: skip
NAMED = 5
Lines = list[tuple[int, list[object]]]


@dataclass(slots=True, kw_only=True)
class PopulationFile:
    """What a file says: rows as OWN_POPULATION has them, remarks, the county's own sum by day
    (its row is no kommun), and the names that it has for the codes."""

    rows: list[Row]
    remarks: list[str]
    county: dict[date, int]
    names: dict[str, str]


def read(file: Path, known: Collection[str], remarks: list[str] | None = None) -> list[Row]:
    """Return the rows of a population file, as OWN_POPULATION has them; *known*: the ids.

    *remarks* is given what the reader should know: the date that a year means, kommuner of other
    counties, which are not counted, and another code page than UTF-8. Raises BadFile.
    """
    found = read_content(file.name, _content(file), known)
    if remarks is not None:
        remarks += found.remarks
    return found.rows


def read_content(name: str, content: bytes, known: Collection[str]) -> PopulationFile:
    """Return what the bytes of a population file say; *known*: the ids. Raises BadFile."""
    said: list[str] = []
    names: dict[str, str] = {}
    lines, is_sheet = _lines(name, content, said, names)
    county: dict[date, int] = {}
    lines = _without_others(lines, known, said, county)
    if len(lines) < 2:
        told = "ingen rad i filen gäller en part som räknas efter invånare"
        raise BadFile(name, [Fault(1, None, "", f"{told}{'; ' if said else ''}{' '.join(said)}")])
    rows, sums = rows_of(name, lines, OWN_POPULATION, {"part": known}, is_sheet)
    return PopulationFile(
        rows=[row for _, row in rows], remarks=[*said, *sums], county=county, names=names
    )


def _content(file: Path) -> bytes:
    try:
        return code_pages.read_file(file)
    except (OSError, ValueError):
        allowed = "filen finns inte eller får inte läsas"
        raise BadFile(file.name, [Fault(1, None, str(file), allowed)]) from None


def _lines(name: str, content: bytes, said: list[str], names: dict[str, str]) -> tuple[Lines, bool]:
    """Return the lines with the product's own headings first, whatever format they came in."""
    if len(content) <= MAX_BYTES and recognise.kind_of(name, content) == recognise.TEXT:
        head = recognise.head_of(content)
        if statistics_file.is_px(head):
            return _own(
                name, statistics_file.read_px(name, statistics_file.px_text(content)), said, names
            )
        if head.startswith("{"):
            text = code_pages.decode(name, content).text
            return _own(name, statistics_file.read_cube(name, text), said, names)
    opened, lines = lines_of(name, content)
    said += filter(is_news, opened.told)
    start = statistics_file.find_heading(lines)
    if start is None:
        return lines, opened.form != "CSV"
    return _own(name, statistics_file.read_lines(lines, start), said, names)


def _own(name: str, cube: Cube, said: list[str], names: dict[str, str]) -> tuple[Lines, bool]:
    """Return a cube as lines with the product's own headings; *names* is given its names."""
    if len(cube.cells) > statistics_file.MOST:
        raise statistics_file.too_many(name, len(cube.cells))
    region = _axis(cube, statistics_file.REGION)
    time = _axis(cube, statistics_file.TIME)
    if region is None or time is None:
        missing = "region" if region is None else "år"
        raise BadFile(name, [Fault(1, None, ", ".join(cube.axes), f"uppgiften {missing} saknas")])
    cells = cube.cells
    for axis in range(len(cube.axes)):
        if axis not in (region, time):
            cells = _total(name, cube.axes[axis], axis, cells)
    source = f"SCB, {cube.title or 'Folkmängd'} ({name})"
    source = "".join(sign if sign.isprintable() else " " for sign in source)[:200].strip()
    lines: Lines = [(1, list(HEADING))]
    missing = 0
    november = "1november" in plain(cube.title)
    for line, at, value in cells:
        if value in statistics_file.MISSING:
            missing += 1
            continue
        day = _day(at[time], november) or at[time][0]
        names[at[region][0]] = at[region][1]
        lines.append((line, [at[region][0], str(day), _whole(value), source]))
    when = "1 november" if november else "den sista dagen, som 31 december"
    said.append(f"Filen är läst som SCB:s: {cube.title or 'Folkmängd'}; ett år räknas {when}.")
    if missing:
        said.append(f"{missing} uppgifter saknas i filen, och är inte noll.")
    return lines, False


def _axis(cube: Cube, names: Collection[str]) -> int | None:
    return next((n for n, axis in enumerate(cube.axes) if plain(axis) in names), None)


def _total(name: str, title: str, axis: int, cells: Sequence) -> list:
    """Return the cells of the only place on an axis, or of its total; else raises BadFile."""
    places = dict.fromkeys(at[axis] for _, at, _ in cells)
    if len(places) > 1:
        people = [p for p in places if plain(p[1]) in ("folkmangd", "folkmangden", "antal")]
        totals = [p for p in places if {plain(p[0]), plain(p[1])} & TOTALS] or people
        if len(totals) != 1:
            shown = ", ".join(_shown(place) for place in list(places)[:NAMED])
            told = f"filen är uppdelad på {title}; ta ut den igen med bara totalen"
            raise BadFile(name, [Fault(1, title, shown, told)])
        return [cell for cell in cells if cell[1][axis] == totals[0]]
    return list(cells)


def _shown(place: Place) -> str:
    return place[1] or place[0]


def _day(time: Place, november: bool) -> date | None:
    """Return the last day of a year, quarter or month; or 1 November, where that is counted."""
    for text in time:
        if found := statistics_file.PERIOD.fullmatch(text.strip()):
            year = int(found[1])
            if november and not (found[2] or found[3]):
                return date(year, 11, 1)
            month = int(found[2] or int(found[3] or 4) * 3)
            if 1 <= month <= 12:
                return date(year, month, calendar.monthrange(year, month)[1])
    return None


def _whole(value: str) -> str:
    """Return a whole number as the column has it: without spaces, and without ",0"."""
    clean = "".join(value.split())
    whole, _, rest = clean.replace(",", ".").partition(".")
    return whole if whole.lstrip("-").isdecimal() and not rest.strip("0") else clean


def _without_others(
    lines: Lines, known: Collection[str], said: list[str], county: dict[date, int]
) -> Lines:
    """Return the lines without kommuner of other counties and sums of counties, which are told.

    *county* is given the own county's sum by day.
    """
    titles = [plain(cell) for cell in lines[0][1]]
    place = next((titles.index(key) for key in ("partid", "kommunkod") if key in titles), None)
    if place is None:
        return lines
    own = {code[:2] for code in known if len(code) == 4 and code.isdecimal()}
    others: dict[str, None] = {}
    kept = lines[:1]
    for number, cells in lines[1:]:
        code = str(cells[place]).strip() if place < len(cells) else ""
        code = f"0{code}" if len(code) == 3 and code.isdecimal() else code
        is_county = len(code) == 2 and code.isdecimal() and len(lines[0][1]) == len(HEADING)
        if code not in known and (is_county or _is_elsewhere(code, own)):
            others[code] = None
            if code in own and len(cells) == len(HEADING):
                with suppress(ValueError):
                    county[date.fromisoformat(str(cells[1]))] = int(str(cells[2]))
        else:
            kept.append((number, cells))
    if others:
        shown = ", ".join(list(others)[:NAMED]) + (" …" if len(others) > NAMED else "")
        said.append(f"Utanför länets kommuner, och räknas inte: {shown}.")
    return kept


def _is_elsewhere(code: str, own: Collection[str]) -> bool:
    """Return whether a code is that of a kommun in another county."""
    is_code = len(code) == 4 and code.isascii() and code.isdecimal()
    return is_code and code[:2] in COUNTIES and code[:2] not in own
