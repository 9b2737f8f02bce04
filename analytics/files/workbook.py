"""A workbook in Excel's format: which sheet is read, and where in the package its parts are.

The first sheet that can be seen is read, and named; the others are named too. How a sheet is read
is in files.sheet_reader.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from analytics.files import cell_values
from analytics.files.code_pages import file_fault
from analytics.files.package import Package, elements, local
from analytics.files.sheet_reader import SheetReader

LINKS = "_rels/.rels"
SEEN = ("", "visible")


@dataclass(slots=True)
class Sheet:
    """A sheet as rows of cells: text, int, Decimal or date; "" for nothing. `rows` raises BadFile.

    others: the names of sheets that are not read; hidden: those of them that cannot be seen.
    """

    rows: Iterator[tuple[int, list[object]]]
    name: str
    others: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> Sheet:
    """Return the first sheet that can be seen. Raises BadFile, also while its rows are read."""
    package = Package(name, content)
    book = _target(package, LINKS, "/officeDocument", "xl/workbook.xml")
    links = _links(package, book)
    sheets, from_1904 = [], False
    for tag, attributes in elements(package, book):
        if tag == "sheet":
            about = {local(key): value for key, value in attributes.items()}
            kind, part = links.get(about.get("id", ""), ("", ""))
            sheets.append((about.get("name", ""), about.get("state", ""), kind, part))
        elif tag == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true", "on")
    if not sheets:
        raise package.broken()
    seen = [s for s in sheets if s[1] in SEEN and s[2] in ("worksheet", "")]
    if not seen:
        told = "arbetsboken har inget synligt blad med celler; visa bladet och spara på nytt"
        raise file_fault(name, sheets[0][0], told)
    parts = {kind: part for kind, part in links.values() if kind != "worksheet"}
    shared = parts.get("sharedStrings", "xl/sharedStrings.xml")
    styles = parts.get("styles", "xl/styles.xml")
    package.check_rest({shared, styles, seen[0][3]})
    reader = SheetReader(package, cell_values.read_styles(package, styles), from_1904)
    if shared in package:
        reader.read_strings(shared)
    return Sheet(
        reader.rows(seen[0][3]),
        seen[0][0],
        [s[0] for s in sheets if s is not seen[0]],
        [s[0] for s in sheets if s[1] not in SEEN],
    )


def _links(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: the last word of the kind, and the part, by its id."""
    folder, file = posixpath.split(part)
    where = f"{folder}/_rels/{file}.rels"
    found = {}
    for tag, link in elements(package, where):
        if tag == "Relationship" and link.get("TargetMode") != "External":
            target = link.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], path)
    return found


def _target(package: Package, links: str, kind: str, usual: str) -> str:
    """Return the part that *links* names for *kind*, else the usual one."""
    if links not in package:
        return usual
    for tag, link in elements(package, links):
        if tag == "Relationship" and link.get("Type", "").endswith(kind):
            return posixpath.normpath(link.get("Target", "").lstrip("/")) or usual
    return usual
