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
QUERIES = {path.stem for path in (ROOT / "analytics").rglob("*.sql")}
# What no word list holds: British spellings, and what Python programmers read as words.
BRITISH = set("colour colours flavour organisation recognise recognised".split())
SHORT = set(
    "db id ids url urls cli sa np pd pa st go pio args kwargs argv init getitem num den utc "
    "uuid kwds  regex exc func util utils todo config env src dir tmp enum params param "
    "metadata pragma ascii  repr str int bool len dict tuple datetime timedelta timezone "
    "dataclass asdict nb iso eq seq  analytics app apps nav ctx cmd metavar backtest alt venv "
    "sep bigint rgb nbsp mib ppi rng checksum sha dtd  runtime postgres autofit stderr "
    "returncode traceback docstrings encodings loopback goto  untrusted unescaped screenshots "
    "doctype decl gantt monkeypatch conftest caplog pytestmark whatif".split()
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
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                found.add((name, node.lineno))
    return found


def words(name: str) -> list[str]:
    """Split a name where its words meet: `FeeResult`, `fee_result`, `FEE_RESULT`."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-zåäö]+|[A-Z]+(?![a-z])", name)]


@cache
def known(in_a_sentence: bool) -> frozenset[str]:
    """Return every word that a name may have; a sentence may name data, and inflect its words."""
    kept = glossary("Svenska ord som står kvar") | glossary("Fackets förkortningar")
    refused = glossary("Svenska ord som också är engelska") - kept
    words = kept | SHORT | BRITISH | (english() - refused)
    if in_a_sentence:
        words |= glossary("Namn ur data i testens meningar") | {f"{word}s" for word in words}
    return frozenset(words)


def foreign(name: str) -> list[str]:
    """Return the words of *name* that are neither English nor in docs/ordlista.md.

    A test's name is a sentence: it may also name a page, a query, a party or a reading, and have a
    plural or a genitive of a word that is kept.
    """
    sentence = name.startswith("test_")
    for stem in sorted(ADDRESSES | QUERIES, key=len, reverse=True) if sentence else ():
        name = f"_{name}_".replace(f"_{stem}_", "_")
    return [word for word in words(name) if len(word) > 1 and word not in known(sentence)]


def test_every_name_is_english_or_in_the_word_list():
    wrong = {}
    for place in CODE:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            where = file.relative_to(ROOT)
            if "versions" in where.parts:  # a migration is never changed
                continue
            rooms = [part for part in where.with_suffix("").parts if part not in ADDRESSES]
            for room in rooms:
                if foreign(room):
                    wrong[f"{where}: {room}"] = foreign(room)
            for name, line in names(file.read_text("utf-8")):
                if foreign(name):
                    wrong[f"{where}:{line} {name}"] = foreign(name)
    assert wrong == {}


def test_a_swedish_name_is_found_and_an_english_or_a_kept_one_is_not():
    assert foreign("hamta_avgift") == ["hamta", "avgift"]
    assert foreign("LasVal") == ["las", "val"]
    assert foreign("tertial_kr") == foreign("FeeResult") == foreign("inlan_share") == []
    assert foreign("test_tak_och_ram_shows_what_a_tertials_budget_is") == []
    assert foreign("tak_och_ram") == ["tak", "och", "ram"]


def test_every_kind_of_name_is_read():
    source = """
import os as a1
class B1:
    c1: int = 0
def d1(e1, /, f1, *g1, h1=0, **i1):
    with f1 as j1, e1:
        f1.k1 = [l1 for l1 in g1 if (m1 := l1)]
    try:
        lambda n1: n1
    except OSError as o1:
        pass
    for p1, (q1, *r1) in g1:
        match p1:
            case [s1, *t1] | {"x": s1, **t1}:
                global u1
                u1 = 0
"""
    assert {name for name, _ in names(source)} == {
        f"{letter}1" for letter in "aBcdefghijklmnopqrstu"
    }
