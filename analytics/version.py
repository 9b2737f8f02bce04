"""Which program and which data made a figure."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def program() -> str:
    """Return the program's version, such as "0.1.0"."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


@cache
def data(folder: Path = ROOT / "data") -> str:
    """Return 12 hexadecimal digits that change when any file in *folder* changes."""
    seal = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if "__pycache__" in path.parts:
            continue
        content = path.read_bytes().replace(b"\r\n", b"\n")
        seal.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode())
        seal.update(content)
    return seal.hexdigest()[:12]
