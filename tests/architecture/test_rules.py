"""The house rules that a machine can check, beside the contracts in pyproject.toml."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKIP = {".venv", ".git", ".hypothesis", "node_modules", "__pycache__", "var"}
SUFFIXES = {".py", ".sql", ".js", ".css", ".toml", ".md", ".txt", ".in", ".csv", ".yml", ""}
MAX_LINES = 300
SQL = re.compile(
    r"\bselect\b[\s\S]+\bfrom\b|\binsert\s+into\b|\bupdate\b[\s\S]+\bset\b|\bdelete\s+from\b"
    r"|\bcreate\s+(or\s+replace\s+)?(table|view)\b",
    re.IGNORECASE,
)


def files(*folders: str, suffix: str = ".py") -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}"))


def shipped() -> list[Path]:
    """Every text file of the product."""
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.suffix in SUFFIXES
        and not any(
            name in SKIP or name.endswith("_cache") for name in path.relative_to(ROOT).parts
        )
    )


def opens_duckdb(source: str) -> bool:
    """True when *source* calls duckdb.connect, under any name it imports it by."""
    tree = ast.parse(source)
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "connect" and _is_duckdb(node.value))
        or (isinstance(node, ast.ImportFrom) and node.module == "duckdb")
        for node in ast.walk(tree)
    )


def _is_duckdb(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"duckdb", "ddb"}


def sql_in(source: str) -> list[str]:
    """Return the strings of *source*, docstrings apart, that read as SQL."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and SQL.search(node.value)
    ]


def caught(source: str) -> set[str]:
    """Return the names of what *source* catches; "" for a bare except."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler):
            types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            found |= {ast.unparse(kind).rpartition(".")[2] if kind else "" for kind in types}
    return found


def test_data_has_no_code():
    assert files("data") == []


def test_only_database_opens_duckdb():
    opened = [
        path
        for path in [ROOT / "app.py", *files("pages", "analytics")]
        if opens_duckdb(path.read_text("utf-8"))
    ]
    assert [path.relative_to(ROOT).as_posix() for path in opened] in (
        [],
        ["analytics/reference/database.py"],
    )


def test_pages_write_no_sql():
    for path in [ROOT / "app.py", *files("pages")]:
        assert not sql_in(path.read_text("utf-8")), path


def test_pages_catch_errors_of_the_domain_and_nothing_wider():
    trees = [ast.parse(p.read_text("utf-8")) for p in (ROOT / "analytics").rglob("errors.py")]
    domain = {n.name for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    for path in [ROOT / "app.py", *files("pages")]:
        wider = caught(path.read_text("utf-8")) - domain
        allowed = {"Exception"} if path.name == "guard.py" else set()
        assert wider <= allowed, f"{path} catches {sorted(wider - allowed)}"


def test_no_module_is_a_drawer_for_odds_and_ends():
    names = {path.stem for path in files("pages", "analytics", "tests")}
    assert not names & {"utils", "util", "helpers", "misc", "common"}


def test_no_file_is_too_long_to_read():
    code = [ROOT / "app.py", ROOT / "start.py", *files("pages", "analytics", "tests")]
    code += [*files("pages", suffix=".js"), *files("pages", suffix=".css")]
    code += files("analytics", suffix=".sql")
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in code
        if (lines := len(path.read_text("utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


# Written with a bar in each, so that this file does not contain what it looks for.
NOWHERE = [
    word.replace("|", "")
    for word in (
        *("/ro|ot/", "/ho|me/", "/Us|ers/", "/t|mp/", "/wo|rk/", "/o|pt/", "C:\\Us|ers"),
        *("py|pi.org", "python|hosted.org", "npm|js.org", "../sha|red"),
    )
]
NOT_IN_PAGES = ["unsafe_allow_html", "number_input", "innerHTML"]


def test_no_path_of_a_machine_and_no_registry_is_named():
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in shipped()
        for word in NOWHERE
        if word in path.read_text("utf-8")
    ]
    assert found == []


def test_pages_use_no_command_that_lets_data_become_markup_or_money_a_float():
    code = [ROOT / "app.py", *files("pages"), *files("pages", suffix=".js")]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in code
        for word in NOT_IN_PAGES
        if word in path.read_text("utf-8")
    ]
    assert found == []


def test_html_is_set_from_a_file_only():
    for path in [ROOT / "app.py", *files("pages")]:
        calls = re.findall(r"st\.html\(([^)]*)\)", path.read_text("utf-8"))
        assert all(call.startswith("HERE /") for call in calls), path


def test_the_guards_see_what_they_look_for():
    assert opens_duckdb("import duckdb\nduckdb.connect()")
    assert not opens_duckdb("import duckdb\nduckdb.Error")
    assert sql_in("x = 'SELECT part_id FROM part'")
    assert not sql_in('"""Select one row from each."""\nx = "Välj en part"')
    assert caught("try:\n    f()\nexcept (errors.A, B):\n    pass\nexcept:\n    pass") == {
        "A",
        "B",
        "",
    }
