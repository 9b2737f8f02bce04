"""Everything a programmer reads is English, but for the words in docs/ordlista.md."""

import ast
import re
from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "ordlista.md"
CODE = ["app.py", "start.py", "analytics", "pages", "tests"]
ADDRESSES = {path.stem for path in (ROOT / "pages").glob("*.py")}
# What no word list holds: the short forms that Python programmers read as words.
SHORT = set(
    "db id ids url cli st sa np pd pa go args kwargs argv init num den utc uuid ascii iso kwds eq "
    "nb "
    "regex exc func util utils todo config env src dir tmp enum params param metadata pragma"
    " repr str int bool len dict tuple datetime timedelta timezone dataclass asdict".split()
)


@cache
def glossary(heading: str) -> frozenset[str]:
    """Return the words under a heading of docs/ordlista.md: of a table's first column and of what
    stands in `…`."""
    text = GLOSSARY.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|([^|]+)\|([^|]*)\|", text, re.MULTILINE)
    first = " ".join(f"{word} {more if ';' in more else ''}" for word, more in rows)
    return frozenset(
        re.findall(r"[a-zåäö0-9]+", f"{first} {' '.join(re.findall('`([^`]*)`', text))}")
    )


@cache
def english() -> frozenset[str]:
    return frozenset(SpellChecker(language="en").word_frequency.words())


def names(source: str) -> set[tuple[str, int]]:
    """Return every name that *source* gives to something, with its line."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.add((node.name, node.lineno))
            case ast.arg():
                found.add((node.arg, node.lineno))
            case ast.Name(ctx=ast.Store()):
                found.add((node.id, node.lineno))
            case ast.Attribute(ctx=ast.Store()):
                found.add((node.attr, node.lineno))
            case ast.alias(asname=str(name)):
                found.add((name, node.lineno))
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                found.add((name, node.lineno))
    return found


def words(name: str) -> list[str]:
    """Split a name where its words meet: `FeeResult`, `fee_result`, `FEE_RESULT`."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-zåäö]+|[A-Z]+(?![a-z])", name)]


def foreign(name: str) -> list[str]:
    """Return the words of *name* that are neither English nor in docs/ordlista.md."""
    kept = glossary("Svenska ord som står kvar") | glossary("Fackets förkortningar") | SHORT
    refused = glossary("Svenska ord som också är engelska") - kept
    return [
        word
        for word in words(name)
        if len(word) > 1 and word not in kept and (word in refused or word not in english())
    ]


def test_every_name_is_english_or_in_the_word_list():
    wrong = {}
    for place in CODE:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            where = file.relative_to(ROOT).as_posix()
            if "migrations/versions" in where:
                continue
            if file.stem not in ADDRESSES and foreign(file.stem):
                wrong[where] = foreign(file.stem)
            for name, line in names(file.read_text("utf-8")):
                if foreign(name):
                    wrong[f"{where}:{line} {name}"] = foreign(name)
    assert wrong == {}


def test_a_swedish_name_is_found_and_an_english_or_a_kept_one_is_not():
    assert foreign("hamta_avgift") == ["hamta", "avgift"]
    assert foreign("LasVal") == ["las", "val"]
    assert foreign("tertial_kr") == foreign("FeeResult") == foreign("inlan_share") == []
    assert names("def f(skal):\n    with a as lage:\n        x.spara = skal") == {
        ("f", 1), ("skal", 1), ("lage", 2), ("spara", 3),
    }  # fmt: skip
