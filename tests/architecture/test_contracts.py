"""Which room may import which: the contracts in pyproject.toml, each a sentence that must hold."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess:
    """Check the contracts of the program in *folder*."""
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_contract_between_the_rooms_is_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_an_import_upwards_breaks_a_contract(tmp_path):
    for name in ("analytics", "pages"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "analytics").unlink()
    (tmp_path / "analytics").mkdir()
    for path in (ROOT / "analytics").iterdir():
        if path.name not in ("money.py", "__pycache__"):
            (tmp_path / "analytics" / path.name).symlink_to(path)
    (tmp_path / "analytics" / "money.py").write_text("from analytics.fees import payments\n")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "Imports go only downwards through the subjects BROKEN" in done.stdout
