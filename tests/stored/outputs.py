"""What a store says by every way out of the program: commands, links, and the files of the pages.

The same functions made the expected answers with version 0.3.0 and ask today's program for them.
"""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.cli import program

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "fees": "fees --year 2015 --format json",
    "fees_set": "fees --year 2027 --set rambudget_kr=8Mkr --reading T1=fast --format json",
    "fees_frozen": "fees --year 2028 --scenario {frozen} --format json",
    "fees_draft": "fees --year 2029 --scenario {draft} --format csv",
    "explain": "explain --year 2027 --party 0183 --scenario {decided} --format json",
    "solve": "solve --year 2027 --free rambudget_kr --condition per_invanare=1,45 --format json",
    "forecast": "forecast --to 2030 --format json",
    "scenarios": "scenario list --archived",
    "scenario_draft": "scenario show {draft}",
    "scenario_toml": "scenario export {draft}",
    "scenario_json": "scenario export {draft} --format json",
    "scenario_seal": "scenario verify {frozen} --format json",
    "verify": "verify {sealed} --format json",
    "compare": "compare --scenario {frozen} --scenario {decided} --year 2027-2028 --format json",
    "rotation": "rotation show --date 2027-09-01 --format json",
    "rotation_check": "rotation check --date 2027-01-01 --format json",
    "followup_open": "followup show --year 2027 --tertial 2 --format json",
    "followup_closed": "followup show --year 2027 --tertial 1 --format json",
    "followup_csv": "followup show --year 2026 --tertial 1 --format csv",
    "imports": "followup imports --format json",
    "rules": "followup rules",
    "invoices": "invoice show --year 2027 --format json",
    "invoices_example": "invoice show --year 2026 --format json",
    "invoice_next": "invoice run --year 2027 --scenario {decided} --format json",
    "host": "invoice host",
}
FILES = {
    "sweep.csv": "sweep --year 2027 --vary rambudget_kr=6500000:7500000:500000 --output {file}",
    "rotation.csv": "rotation export --file {file}",
    "rotation.xlsx": "rotation export --file {file}",
    "rotation.ics": "rotation export --party 0184 --file {file}",
    "invoice.csv": "invoice export --run 2027-1 --file {file}",
    "invoice_svensk.csv": "invoice export --run 2027-2 --flavour svensk --file {file}",
    "invoice.xlsx": "invoice export --run 2027-3 --file {file}",
}
LINKS = (
    ("laget", {"ar": "2027", "scenario": "{decided}"}),
    ("fordelning", {"ar": "2027", "ram": "8 Mkr", "tak": "1,60", "part": "0180"}),
    ("fordelning", {"ar": "2028", "scenario": "{frozen}", "T2": "krontak"}),
    ("min_avgift", {"ar": "2027", "scenario": "{decided}", "part": "0183", "del": "50"}),
    ("tolkningar", {"ar": "2027", "T5": "upparbetat", "procent": "2", "krontak": "100000"}),
    ("scenarier", {"ar": "2027", "jamfor": "{frozen},{decided}", "till": "2028"}),
    ("tak_och_ram", {"ar": "2027", "scenario": "{frozen}"}),
    (
        "mandatperioden",
        {
            "ar": "2027",
            "antal_alt": "2",
            "takt": "3,0",
            "a0_namn": "Egen",
            "a1_ram": "Växer med egen årstakt",
        },
    ),
    ("rotation", {"ar": "2027"}),
    ("budget", {"ar": "2027"}),
    ("bokforing", {"ar": "2027", "gor": "regler", "t": "1", "sok": "tolk"}),
    ("bokforing", {"ar": "2027", "mal": "{line}", "t": "2"}),
    ("tertial", {"ar": "2027", "tertial": "1", "post": "{line}"}),
    ("tertial", {"ar": "2026", "tertial": "1"}),
    ("fakturaunderlag", {"ar": "2027", "underlag": "{decided}"}),
)
BY_DAY = ("laget", "rotation", "mandatperioden")  # what they say depends on the day
KINDS = (".csv", ".xlsx", ".ics")  # what is compared of the files; the others are made of the same


def command(name: str, known: Mapping[str, str]) -> str:
    """Return what a command prints; *known* fills in ids and files."""
    return _run(COMMANDS[name], known)


def file(name: str, known: Mapping[str, str], folder: Path) -> bytes:
    """Return the file that a command writes."""
    path = folder / name
    _run(FILES[name], {**known, "file": str(path)})
    return path.read_bytes()


def _run(line: str, known: Mapping[str, str]) -> str:
    out, err = io.StringIO(), io.StringIO()
    assert program.main([word.format_map(known) for word in line.split()], out, err) == 0, (
        err.getvalue()
    )
    return out.getvalue()


def link(page: str, query: Mapping[str, str]) -> tuple[dict[str, object], dict[str, bytes]]:
    """Open a page by a link; return what the address became, the figures of its sentences and how
    many warnings it gives, and the files that it lets one download, by name."""
    found: dict[str, bytes] = {}

    def keep(label: str, data: object, file_name: str, *_: object, **__: object) -> bool:
        found[file_name] = data() if callable(data) else data
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "download_button", keep)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.query_params["ar"] = query["ar"]
        app = app.run().switch_page(f"pages/{page}.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
    assert not app.exception, app.exception[0].value
    asked = dict(app.query_params).items()
    answer: dict[str, object] = {
        "address": {k: v[0] if isinstance(v, list) else v for k, v in asked}
    }
    if page not in BY_DAY:
        said = " ".join(m.value for m in app.markdown[:8]).replace("\\", "")
        said = said.replace("\N{NO-BREAK SPACE}", "").replace("\N{WORD JOINER}", "")
        answer["figures"] = re.findall(r"[0-9]{4,}", said)
        answer["warnings"] = len(app.warning)
    files = {name: as_bytes(content) for name, content in found.items() if name.endswith(KINDS)}
    return answer, files


def as_bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content


def cells(workbook: bytes) -> bytes:
    """Return every cell of a workbook as JSON: its value, and how a number is shown."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheets = {
        sheet.title: [[(str(cell.value), cell.number_format) for cell in row] for row in sheet]
        for sheet in book
    }
    return json.dumps(sheets, ensure_ascii=False, indent=0).encode()


def comparable(name: str, content: bytes) -> bytes:
    """Return a file's bytes without the moment that it was made."""
    if name.endswith(".xlsx"):
        return cells(content)
    return re.sub(rb"DTSTAMP:[0-9TZ]+", b"DTSTAMP:", content) if name.endswith(".ics") else content
