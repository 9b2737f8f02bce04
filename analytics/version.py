"""Which program and which data made a figure."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

# The engines that have computed fees, by number: the seal of the fees of a grid of questions
# (tests/fees/test_engine_number.py). When any fee becomes another a row is added, none is changed.
ENGINES = {
    1: "18afc89c97bbfef32fe851e6be42a12b8450d73eacddf9a025d0359ffbc20cfd",
}
ENGINE = max(ENGINES)
# Until version 0.3 a seal named the engine by a hash of its files. These gave the fees of engine 1.
HASHED_ENGINES = {
    "42320106b702950f2ddef684fb144c56558a5fb0c0fb2898c54e68ee01413d68": 1,  # 0.2.0
    "8e43764c69862cceddec454ad7d18e209906ef9bcd75c33991e1a9e5a1b6b12d": 1,  # 0.3.0
    "5492f6a539d51cf4b3c4c01adece0d49227de89b51d8c03e7f6d90a063336d3d": 1,  # 0.3.0, corrected
}


def engine(sealed: str) -> str:
    """Return the number of the engine that a seal names; of one never released, what it says."""
    return str(HASHED_ENGINES.get(sealed, sealed[:12]))


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
