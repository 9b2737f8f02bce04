"""Every command: Swedish help by -h and --help that does nothing else, and faults that exit 2."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from analytics.cli.program import COMPLETE, PROGRAM, ROOT
from analytics.store import posts as store_posts
from tests.given.command_line import run

HOME = Path(__file__).parents[2]
LOCALE = HOME / "analytics" / "cli" / "locale" / "sv" / "LC_MESSAGES"
# Words of click, and others that no Swedish text has; names of flags and formats are not words.
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|this|message|exit|error|try|missing|no such|"
    r"invalid|value|required|requires|unexpected|did|you|mean|one of|the|and|is not|choose|file)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"python -m analytics[ a-z]*|--?[a-z][a-z-]*|^ +[a-z]+(?= )|[a-z]+_[a-z_]+", re.MULTILINE
)


def walk(command=ROOT, path=()):
    """Every group and command with the words that call it."""
    context = click.Context(command, info_name=PROGRAM)
    found = [(path, command)]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found += walk(command.get_command(context, name), (*path, name))
    return found


COMMANDS = dict(walk())
LEAVES = {path: c for path, c in COMMANDS.items() if not isinstance(c, click.Group)}
GROUPS = [path for path in COMMANDS if path not in LEAVES]
NAME = " ".join


def english(text: str) -> list[str]:
    names = {word for path in COMMANDS for word in path}
    return [w for w in ENGLISH.findall(NAMES.sub(" ", text)) if w.lower() not in names]


def refused(*argv):
    code, out, err = run(*argv)
    assert (code, out) == (2, ""), (argv, code, out, err)
    assert err.count("\n") == 1 and err.endswith((".\n", "?\n")), err
    assert not english(re.sub("”[^”]*”", "", err)) and "Traceback" not in err, err
    return err


@pytest.mark.parametrize("path", COMMANDS, ids=NAME)
def test_help_is_swedish_by_both_flags_and_writes_nothing(path):
    _, first, err = run(*path, "--help")
    assert run(*path, "-h") == (0, first, "") and err == ""
    assert first.startswith(f"Användning: {' '.join([PROGRAM, *path])}")
    assert english(first) == []
    assert store_posts.shared().sequence() == 0


@pytest.mark.parametrize("path", LEAVES, ids=NAME)
def test_help_wins_over_what_the_command_would_do(path):
    given = ["-h"] if any(isinstance(p, click.Argument) for p in LEAVES[path].params) else []
    code, out, err = run(*path, *given, "--help")
    assert (code, err) == (0, "") and out.startswith("Användning")
    assert store_posts.shared().sequence() == 0


@pytest.mark.parametrize("path", LEAVES, ids=NAME)
def test_faults_of_the_line_are_one_swedish_sentence(path):
    assert "”--hittepå” är ingen flagga" in refused(*path, "--hittepå")
    for param in LEAVES[path].params:
        if not isinstance(param, click.Option):
            continue
        flag = param.opts[0]
        if param.metavar != "[ja]":
            assert f"{flag} behöver ett värde" in refused(*path, flag)
            assert f"{flag} behöver ett värde före" in refused(*path, flag, "--help")
        elif param.metavar == "[ja]":
            assert f"{flag} kan inte vara ”kanske”" in refused(*path, flag, "kanske")
        if flag == "--format":
            assert "--format kan inte vara ”xml”. Välj " in refused(*path, flag, "xml")
    assert store_posts.shared().sequence() == 0


@pytest.mark.parametrize("path", GROUPS, ids=NAME)
def test_a_group_without_a_command_or_with_a_wrong_one_names_those_there_are(path):
    assert "Välj " in refused(*path)
    assert "Välj " in refused(*path, "zzz")
    nearly = COMMANDS[path].list_commands(None)[0]
    assert f"Menade du {nearly}?" in refused(*path, nearly + "x")


@pytest.mark.parametrize("given", [("--preview",), ("--preview", "ja")])
def test_a_flag_is_on_alone_or_with_yes_and_off_with_no(given, tmp_path):
    words = ("followup", "import", "--year", 2027, "--file", tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text(
        "datum,konto,belopp,verifikat,text\n2027-01-01,5010,1.00,A1,x\n", "utf-8"
    )
    code, out, err = run(*words, *given)
    assert (code, err) == (0, "") and "Inget är sparat." in out
    assert "skäl" in refused(*words, "--preview", "nej")


def test_a_file_that_the_system_refuses_is_told_in_a_sentence():
    said = refused("followup", "import", "--year", 2027, "--file", "å" * 300)
    assert "går inte att läsa" in said or "finns inte" in said


def test_a_scenario_is_never_named_by_a_flag():
    assert run("scenario", "create", "-h")[0] == 0
    assert "”-x” är ingen flagga" in refused("scenario", "create", "-x")
    assert store_posts.shared().sequence() == 0


def test_the_catalogue_is_made_from_its_source():
    made = io.BytesIO()
    with (LOCALE / "messages.po").open("rb") as source:
        write_mo(made, read_po(source))
    made.seek(0)
    with (LOCALE / "messages.mo").open("rb") as shipped:
        given = [(m.id, m.string) for m in read_mo(shipped) if m.id]
    assert given == [(m.id, m.string) for m in read_mo(made) if m.id]


def _python(code: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, *code.split("|")],
        cwd=HOME, env={**os.environ, **env}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_only_what_a_command_needs_is_loaded():
    heavy = ("streamlit", "ortools", "typst", "docx", "pandas", "analytics.benchmarks")
    for argv, free in (
        (["-h"], (*heavy, "duckdb", "sqlalchemy", "pyarrow")),
        (["invoice", "show", "--year", "2027"], heavy),
        (["followup", "show", "--help"], heavy),
        (["rotation", "show", "--help"], heavy),
    ):
        code = f"import sys; from analytics.cli.program import main; main({argv})\n"
        code += f"print('LOADED', [m for m in {free} if m in sys.modules])"
        assert _python(f"-c|{code}").endswith("LOADED []\n"), argv


def test_the_shell_is_given_a_command_that_completes_itself():
    script = _python("-m|analytics", **{COMPLETE: "bash_source"})
    assert "samverkan()" in script and "complete" in script
    for words, number, expected in (
        ("samverkan inv", "1", "invoice"),
        ("samverkan invoice sh", "2", "show"),
        ("samverkan invoice show --fo", "3", "--format"),
        ("samverkan invoice show --format j", "4", "json"),
    ):
        asked = {COMPLETE: "bash_complete", "COMP_WORDS": words, "COMP_CWORD": number}
        assert expected in _python("-m|analytics", **asked)
