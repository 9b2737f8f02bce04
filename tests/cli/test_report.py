"""followup report: a file as PDF or Word, and faults that are told."""

import json

import pytest

from analytics.store import posts as store_posts
from tests.given import pdf_files
from tests.given.command_line import run
from tests.given.followup import YEAR, book, decide_budget


def test_the_report_is_written_as_pdf_and_word(tmp_path):
    decide_budget(store_posts.shared())
    book(store_posts.shared(), ("2027-04-30", "5010", 200_000_00))
    for name in ("r.pdf", "r.docx"):
        file = tmp_path / name
        code, out, err = run("followup", "report", "--year", YEAR, "--tertial", 1, "--file", file)
        assert (code, err) == (0, "")
        assert json.loads(out) == {"file": str(file), "year": YEAR, "tertial": 1, "closed": False}
        assert file.stat().st_size > 10_000
    assert f"Tertialrapport T1 {YEAR}" in pdf_files.text((tmp_path / "r.pdf").read_bytes())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", YEAR, "--tertial", "1", "--file", "r.txt"], "ska sluta på .pdf eller .docx"),
        (["--year", YEAR, "--tertial", "4", "--file", "r.pdf"], "--tertial kan inte vara"),
        (["--year", YEAR, "--tertial", "1"], "ska sluta på"),
        (["--year", YEAR, "--tertial", "1", "--file", "r.pdf"], "ingen beslutad budget"),
    ],
)
def test_faults_are_told(words, said):
    code, out, err = run("followup", "report", *words)
    assert (code, out) == (2, "")
    assert said in err and len(err.splitlines()) == 1
