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
    assert from_sie.read("b.se", (HEAD + ROWS).encode(), 2027)[1] == [
        "Konton som inte är kostnader lästes inte: 3010."
    ]


def test_a_negative_account_is_taken_off_the_one_beside_it_and_the_total_stays():
    """A discount of 60 on 5190 is taken off 5110 (two digits alike), not off the larger 6010:
    5110 is 500 less 60; its profile is of January 500 and December -60, and so all in January."""
    rows = """#PBUDGET 0 202701 5110 {} 500 0
#PBUDGET 0 202712 5190 {} -60 0
#PBUDGET 0 202701 6010 {} 9000 0
"""
    lines, remarks = from_sie.read("b.se", (HEAD + rows).encode(), 2027, "")
    assert [(r.name, r.year_kr, r.tertial_kr) for r in lines] == [
        ("5110", 440, (440, 0, 0)), ("6010", 9_000, (9_000, 0, 0)),
    ]  # fmt: skip
    assert remarks == ["5190 har en negativ budget, −60\xa0kr, som är avdragen från 5110."]


@pytest.mark.parametrize(("other", "read_in"), [(59, False), (60, True), (61, True)])
def test_what_no_account_can_bear_is_refused(other, read_in):
    rows = f"#PBUDGET 0 202701 5110 {{}} {other} 0\n#PBUDGET 0 202701 5190 {{}} -60 0\n"
    if read_in:
        assert sum(line.year_kr for line in read(HEAD + rows, "")) == other - 60
    else:
        with pytest.raises(BadFile, match="5190"):
            read(HEAD + rows, "")


def test_a_tertial_that_is_negative_in_a_positive_year_keeps_the_year():
    rows = "#PBUDGET 0 202701 5110 {} 500 0\n#PBUDGET 0 202706 5110 {} -60 0\n"
    (line,) = read(HEAD + rows, "")
    assert (line.year_kr, line.tertial_kr) == (440, (440, 0, 0))


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
