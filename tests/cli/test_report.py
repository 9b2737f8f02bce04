"""followup report: a file as PDF or Word, and faults that are told."""

import json

import pytest

from analytics import store
from tests import pdffiler
from tests.analytics.uppfoljning import AR, beslutad, bokfor
from tests.kommandorad import run


def test_the_report_is_written_as_pdf_and_word(tmp_path):
    beslutad(store.shared())
    bokfor(store.shared(), ("2027-04-30", "5010", 200_000_00))
    for name in ("r.pdf", "r.docx"):
        file = tmp_path / name
        code, out, err = run("followup", "report", "--year", AR, "--tertial", 1, "--file", file)
        assert (code, err) == (0, "")
        assert json.loads(out) == {"file": str(file), "year": AR, "tertial": 1, "closed": False}
        assert file.stat().st_size > 10_000
    assert f"Tertialrapport T1 {AR}" in pdffiler.text((tmp_path / "r.pdf").read_bytes())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", AR, "--tertial", "1", "--file", "r.txt"], "ska sluta på .pdf eller .docx"),
        (["--year", AR, "--tertial", "4", "--file", "r.pdf"], "--tertial kan inte vara"),
        (["--year", AR, "--tertial", "1"], "ska sluta på"),
        (["--year", AR, "--tertial", "1", "--file", "r.pdf"], "ingen beslutad budget"),
    ],
)
def test_faults_are_told(words, said):
    code, out, err = run("followup", "report", *words)
    assert (code, out) == (2, "")
    assert said in err and len(err.splitlines()) == 1
