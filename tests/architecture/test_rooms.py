"""The house: what a room loads, how large it is, its queries asked for, its clauses quoted."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent for path in (ROOT / "analytics").glob("*/__init__.py"))
AREAS = sorted(path.parent for path in (ROOT / "pages" / "parts").glob("*/__init__.py"))
MOST_IN_A_ROOM = 17  # about 15, and the file that says what the room answers
HEAVY = {"sqlalchemy", "ortools", "typst", "streamlit", "plotly", "alembic", "docx"}


@pytest.mark.parametrize(
    "room", [*ROOMS, *AREAS], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_room_says_what_it_answers_and_exports_nothing(room):
    tree = ast.parse((room / "__init__.py").read_text("utf-8"))
    exported = [n for n in tree.body if isinstance(n, ast.ImportFrom) and "analytics" in n.module]
    assert exported == [] and (len(tree.body) == 1 or room.name == "cli")
    said = ast.get_docstring(tree)
    assert "?" in said or room in AREAS, "it begins with the question that the room answers"
    assert len(list(room.glob("*.py"))) <= MOST_IN_A_ROOM


def test_nothing_but_the_ground_lies_outside_a_room():
    assert len(list((ROOT / "analytics").glob("*.py"))) <= 8
    assert len(list((ROOT / "pages" / "parts").glob("*.py"))) <= 4


def test_no_module_is_named_after_its_room_or_repeats_it():
    wrong = [
        path.relative_to(ROOT).as_posix()
        for room in [*ROOMS, *AREAS]
        for path in room.glob("*.py")
        if path.stem == room.name or path.stem.startswith(f"{room.name}_")
    ]
    assert wrong == []


def test_a_class_has_one_meaning():
    names = Counter(
        node.name
        for path in (ROOT / "analytics").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("analytics.fees.payments", HEAVY),
        ("analytics.agreement.contract", HEAVY),
        ("analytics.cli.program", {"streamlit", "plotly", "ortools", "typst", "docx"}),
        ("analytics.store.posts", {"streamlit", "plotly", "ortools", "typst", "docx", "duckdb"}),
    ],
)
def test_a_room_loads_no_more_than_it_needs(module, forbidden):
    code = f"import sys, {module}; print(*sorted({forbidden!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_every_query_is_asked_for_and_every_asked_query_is_there():
    queries = [path.stem for path in (ROOT / "analytics").rglob("*.sql")]
    code = [path.read_text("utf-8") for path in (ROOT / "analytics").rglob("*.py")]
    assert len(queries) == len(set(queries))
    for name in queries:
        assert any(f'"{name}"' in text for text in code), f"nobody asks for {name}.sql"
    asked = {name for text in code for name in re.findall(r'\.query\(\s*"(\w+)"', text)}
    assert asked - set(queries) == set()


def test_a_clause_quoted_in_the_fees_is_quoted_as_the_agreement_says_it():
    agreement = ROOT / "data" / "agreements" / "samverkan_stockholmsregionen.toml"
    clauses = tomllib.loads(agreement.read_text("utf-8"))["klausul"]
    text = (ROOT / "analytics" / "fees" / "avgifter.sql").read_text("utf-8")
    quoted = re.findall(r"(K\d+) ”([^”]+)”", " ".join(text.replace("\n-- ", " ").split()))
    assert {clause for clause, _ in quoted} == {"K3", "K4", "K5"}
    for clause, words in quoted:
        assert words in clauses[clause]["text"], f"{clause} does not say ”{words}”"
