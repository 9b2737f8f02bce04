"""What the documents name is there: every path, module, function and query, every room, clause."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
ARCHITECTURE, CONTRIBUTING = ROOT / "docs" / "architecture.md", ROOT / "CONTRIBUTING.md"
FOLDERS = r"(?:analytics|pages|tests|docs|data)"
PATH = re.compile(rf"(?<![\w/.=])({FOLDERS}/[\w./*-]*[\w/*])")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
ENDINGS = (".py", ".sql", ".md", ".toml", ".csv", ".css", ".js", ".txt", ".in", ".po", ".db")
PARTS = re.compile(r"^(\w+) as (?:materialized )?\(", re.MULTILINE)
# Made when the program is used.
OTHERS = {"var/samverkan.db"}


def prose(document: Path) -> str:
    """Return the text of a document without its blocks of code."""
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"^    .*$", "", text, flags=re.MULTILINE)


def quoted(document: Path) -> set[str]:
    """Return what stands in `…` outside the blocks of code."""
    return set(re.findall(r"`([^`\n]+)`", prose(document))) - OTHERS


def is_path(text: str) -> bool:
    return " " not in text and ("/" in text or text.endswith(ENDINGS))


def is_there(text: str) -> bool:
    return any(ROOT.glob(text.rstrip("/")))


@cache
def names() -> frozenset[str]:
    """Return every module, query, function, class, constant, method and field by its full name."""
    found = set()
    for folder in ("analytics", "pages", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found |= {module, *(f"{module}.{name}" for name in defined(path.read_text("utf-8")))}
        for path in (ROOT / folder).rglob("*.sql"):
            query = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found |= {
                query,
                *(f"{query}.{name}" for name in PARTS.findall(path.read_text("utf-8"))),
            }
    return frozenset(found)


def defined(source: str) -> set[str]:
    found = set()
    for node in ast.parse(source).body:
        found |= named(node)
        if isinstance(node, ast.ClassDef):
            inner = {name for part in node.body for name in named(part)}
            found |= {f"{node.name}.{name}" for name in inner}
    return found


def named(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.Assign(targets=targets):
            inner = [one for target in targets for one in ast.walk(target)]
            return {one.id for one in inner if isinstance(one, ast.Name)}
    return set()


def is_known(text: str) -> bool:
    """Whether *text*, such as `payments.compute_many`, is the end of a full name."""
    return any(name == text or name.endswith(f".{text}") for name in names())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_exists(document):
    found = set(PATH.findall(document.read_text("utf-8")))
    assert [path for path in sorted(found) if not is_there(path)] == []


@pytest.mark.parametrize("document", [ARCHITECTURE, CONTRIBUTING], ids=lambda path: path.name)
def test_every_path_and_name_in_quotes_exists(document):
    said = quoted(document)
    paths = {text for text in said if is_path(text)}
    dotted = {text for text in said - paths if NAME.fullmatch(text)}
    assert paths and dotted
    assert [text for text in sorted(paths) if not is_there(text)] == []
    assert [text for text in sorted(dotted) if not is_known(text)] == []


def picture() -> dict[str, int]:
    """Return the rooms in the picture, each with its line: what stands below is imported."""
    text = ARCHITECTURE.read_text("utf-8").partition("\n    analytics/\n")[2].partition("\n\n")[0]
    return {
        room: number
        for number, line in enumerate(text.splitlines())
        for room in re.findall(r"([a-z]+)/", line)
    }


@pytest.mark.parametrize("folder", ["analytics", "pages/parts"])
def test_every_room_and_area_has_its_line(folder):
    rooms = {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}
    text = ARCHITECTURE.read_text("utf-8")
    assert set(re.findall(rf"^\| `{folder}/(\w+)/` \|", text, re.MULTILINE)) == rooms
    if folder == "analytics":
        assert set(picture()) == rooms - {"cli"}


def test_the_picture_is_in_the_order_of_the_imports():
    place, wrong = picture(), set()
    for path in (ROOT / "analytics").glob("*/**/*.py"):
        room = path.relative_to(ROOT).parts[1]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            other = module.removeprefix("analytics.").partition(".")[0]
            if other in place and other != room and place[other] <= place.get(room, -1):
                wrong.add((room, other))
    assert wrong == set()


def test_every_clause_has_its_line_on_the_map():
    lines = re.findall(r"^\| (K\d+) ", ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    assert lines == [f"K{number}" for number in range(1, 20)]


def test_every_recipe_is_short_enough_to_follow():
    recipes = CONTRIBUTING.read_text("utf-8").partition("## Recipes")[2].partition("\n## ")[0]
    lengths = [len(part.strip().splitlines()) for part in recipes.split("\n### ")[1:]]
    assert len(lengths) == 5 and max(lengths) <= 1 + 10


def test_a_name_that_is_not_there_is_found():
    assert is_known("payments.compute_many") and is_known("Store.writing")
    assert is_known("avgifter.med_tak") and not is_known("avgifter.med_golv")
    assert not is_known("payments.compute_most") and not is_there("analytics/fees/fees.sql")
    assert is_there("analytics/fees/*.sql")
