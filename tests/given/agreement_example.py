"""The example in docs/agreement-file.md, as the files that a reader would make of it."""

import re
from pathlib import Path

DOC = (Path(__file__).parents[2] / "docs" / "agreement-file.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", DOC, re.DOTALL)[1]
PEOPLE = re.search(r"```csv\n(.*?)```", DOC, re.DOTALL)[1]
