"""The benchmark of the ledger measures the same rows in three kinds of files."""

import pytest

from analytics.benchmarks import ledger as benchmarks_ledger
from analytics.ledger import file as ledger_file


@pytest.mark.parametrize("kind", benchmarks_ledger.FILES)
def test_every_kind_of_file_says_the_same_rows(kind):
    found = ledger_file.read(kind, benchmarks_ledger.FILES[kind](240), benchmarks_ledger.YEAR)
    assert (found.format.partition(" ")[0], found.faults) == (kind, [])
    assert [
        (r.day, int(r.konto), r.amount_ore, r.text, r.objekt, r.verifikat) for r in found.rows
    ] == [
        (day, konto, ore, text, f"6={project}", voucher)
        for day, konto, ore, text, project, voucher in benchmarks_ledger.make_rows(240)
    ]


def test_every_step_is_measured_and_printed():
    found = benchmarks_ledger.measure(400)
    assert [(row["kind"], row["rows"]) for row in found["files"]] == [
        ("SIE", 400), ("CSV", 400), ("Excel", 400),
    ]  # fmt: skip
    for row in found["files"]:
        steps = sum(row[name] for name in ("read_s", "preview_s", "save_s", "load_s"))
        assert steps == row["import_s"] > 0
    text = "\n".join(benchmarks_ledger.text(found))
    assert "400 rader" in text and "utfall per post" in text and "Excel" in text
