"""start.py: what a new user meets when something is missing, taken or too old."""

import ast
import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import start

START = Path(start.__file__)


def test_an_old_python_can_read_it_and_is_told_what_is_needed(monkeypatch):
    ast.parse(START.read_text("utf-8"), feature_version=(3, 6))
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(START))
    assert "behöver Python 3.11 eller nyare" in stopped.value.code
    assert "Python 3.9" in stopped.value.code


def test_only_the_standard_library_is_imported():
    tree = ast.parse(START.read_text("utf-8"))
    names = {
        alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_taken_port_is_named_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, str(START), "--port", str(port), "--no-browser"],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={"PYTHONIOENCODING": "utf-8"},
        )
    assert done.returncode == 1
    assert f"Port {port} är upptagen" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_cannot_be_is_refused(port):
    with pytest.raises(start.Stop, match="finns inte"):
        start.check_port(port)


def test_a_python_without_venv_is_told_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(start, "READY", tmp_path / "none")
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(start.Stop, match=r"sudo apt install python3\.\d+-venv"):
        start.make_venv()


@pytest.fixture
def place(monkeypatch, tmp_path):
    """A root with two requirement files and a pip that only notes what it is asked."""
    asked = []
    (tmp_path / "tests").mkdir()
    (tmp_path / start.RUN).write_text("a", "utf-8")
    (tmp_path / start.TEST).write_text("b", "utf-8")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path)
    pip = SimpleNamespace(returncode=0, stderr="", stdout="")
    monkeypatch.setattr(start.subprocess, "run", lambda command, **_: asked.append(command) or pip)
    return SimpleNamespace(root=tmp_path, asked=asked, pip=pip)


def test_what_has_not_changed_is_not_installed_again(place):
    start.install(start.RUN)
    start.install(start.RUN)
    assert len(place.asked) == 1
    (place.root / start.RUN).write_text("a==2", "utf-8")
    start.install(start.RUN, start.TEST)
    assert len(place.asked) == 2
    assert all("--require-hashes" in command for command in place.asked)


def test_a_failed_installation_is_told_and_tried_again_next_time(place):
    place.pip.returncode, place.pip.stderr = 1, "No route to host"
    with pytest.raises(start.Stop, match="No route to host"):
        start.install(start.RUN)
    place.pip.returncode = 0
    start.install(start.RUN)
    assert len(place.asked) == 2


@pytest.mark.parametrize("name", ["requirements", "tests/requirements"])
def test_every_pin_has_a_hash_and_every_wish_is_pinned(name):
    text = (START.parent / f"{name}.txt").read_text("utf-8")
    pins = [line for line in text.splitlines() if "==" in line]
    assert pins
    for block in text.split("\n\n")[0].replace("\\\n", "").splitlines():
        if "==" in block:
            assert "--hash=sha256:" in block, block
    wished = [
        re.sub(r"\[.*?\]", "", line.split()[0])  # an extra is pinned as a package of its own
        for line in (START.parent / f"{name}.in").read_text("utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    ]
    assert [wish for wish in wished if not any(pin.startswith(wish) for pin in pins)] == []


def test_the_tables_are_read_before_anyone_is_let_in_and_a_fault_is_told(tmp_path):
    def read(code):
        asked = [sys.executable, "-c", code]
        return subprocess.run(asked, cwd=START.parent, capture_output=True, text=True, check=False)

    whole = read(start.CHECK_TABLES)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "", "")
    empty = start.CHECK_TABLES.replace(
        "build()", f"build(__import__('pathlib').Path({str(tmp_path)!r}))"
    )
    broken = read(empty)
    assert broken.returncode == 1 and "parter.csv" in broken.stderr
    assert "Traceback" not in broken.stderr


@pytest.mark.parametrize("module", start.TOOLS.values())
def test_every_tool_is_there(module):
    path = START.parent / f"{module.replace('.', '/')}.py"
    assert "__main__" in path.read_text("utf-8")
