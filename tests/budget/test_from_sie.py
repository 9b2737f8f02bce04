"""#PBUDGET becomes lines: a profile per tertial, whole kronor, the parts by account."""

import pytest

from analytics.budget import from_sie
from analytics.errors import BadFile, BadInput

HEAD = '#FLAGGA 0\n#SIETYP 4\n#RAR 0 20270101 20271231\n#KONTO 5010 "Inlånad personal"\n'
ROWS = """#PBUDGET 0 202701 5010 {} 100000.40 0
#PBUDGET 0 202705 5010 {} 100000.40 0
#PBUDGET 0 202712 5010 {} 100000.40 0
#PBUDGET 0 202703 6010 {"6" "P1"} 5000 0
#PBUDGET 0 202703 3010 {} -900000 0
#PBUDGET 0 202603 6010 {} 7 0
"""


def read(text, spans="5010", coding="cp437"):
    return from_sie.read("b.se", text.encode(coding), 2027, spans)[0]


def test_accounts_become_lines_with_a_profile_and_income_does_not():
    found = read(HEAD + ROWS)
    assert [(r.part_of_frame, r.name, r.year_kr, r.tertial_kr) for r in found] == [
        ("inlan", "5010 Inlånad personal", 300_001, (100_001, 100_000, 100_000)),
        ("gemensamt", "6010 6=P1", 5_000, (5_000, 0, 0)),
    ]


def test_a_total_beside_its_objects_is_not_counted_twice():
    """As for balances: the row without an object is the total, and what has none is the rest."""
    rows = """#PBUDGET 0 202701 6010 {} 1000 0
#PBUDGET 0 202701 6010 {"6" "P1"} 400 0
#PBUDGET 0 202701 6010 {"1" "100"} 1000 0
#PBUDGET 0 202705 6010 {} 300 0
#PBUDGET 0 202705 6010 {"6" "P1"} 300 0
"""
    assert [(r.name, r.year_kr, r.tertial_kr) for r in read(HEAD + rows)] == [
        ("6010", 600, (600, 0, 0)),
        ("6010 6=P1", 700, (400, 300, 0)),
    ]


def test_what_is_left_out_is_told():
    assert from_sie.read("b.se", (HEAD + ROWS).encode(), 2027)[1] == ["3010"]


@pytest.mark.parametrize("coding", ["cp437", "cp1252", "utf-8"])
def test_the_code_page_is_told_from_the_bytes(coding):
    assert read(HEAD + ROWS, coding=coding)[0].name == "5010 Inlånad personal"


def test_spans_of_accounts_choose_the_part():
    assert [r.part_of_frame for r in read(HEAD + ROWS, "4000-4999, 6000–6999")] == [
        "gemensamt",
        "inlan",
    ]
    assert [r.part_of_frame for r in read(HEAD + ROWS, "")] == ["gemensamt", "gemensamt"]
    with pytest.raises(BadInput):
        read(HEAD + ROWS, "femtio")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("", "ingen budget"),
        ("#PBUDGET 0 202703 6010 {} -5 0\n", "negativ"),
        ("#PBUDGET 0 202703 6010 {} x 0\n", "rad 5"),
    ],
)
def test_a_file_without_a_usable_budget_is_named(rows, says):
    with pytest.raises(BadFile, match=says):
        read(HEAD + rows)
