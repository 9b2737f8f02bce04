"""The format of docs/agreement-file.md: its example runs; a fault names key, line and way out."""

import re
from pathlib import Path

import pytest

from analytics.agreement import contract, parties
from analytics.agreement.errors import BadAgreement
from analytics.errors import AgreementError
from analytics.fees import payments
from analytics.fees.terms import Question
from analytics.reference import database
from tests.given.agreement_example import DOC, EXAMPLE, PEOPLE

ROOT = Path(__file__).parents[2]
DB = database.shared()


@pytest.fixture
def write(tmp_path):
    def write(text, name="avtal.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write


@pytest.mark.parametrize("column", [1, 2])
def test_the_example_in_the_documentation_gives_the_fees_it_shows(write, column):
    table = [
        [cell.strip() for cell in row.strip("| \n").split("|")]
        for row in re.search(r"\| part \| A=ingen.*?\n\n", DOC, re.DOTALL)[0].splitlines()
        if row
    ]
    reading = table[0][column].partition("=")[2]
    shown = {row[0]: int(row[column]) for row in table[2:]}
    agreement = contract.load(write(EXAMPLE))
    asked = Question(2027, parties.party_rows(DB, agreement), {}, {"A": reading})
    people = payments.counts_for(DB, agreement, write(PEOPLE, "invanare.csv"))
    (result,) = payments.compute_many(DB, agreement, [asked], people)

    got = {p.party: p.fee_kr for p in result.parties} | {"ofinansierat": result.unfunded_kr}
    assert got == shown


def test_every_word_that_the_reader_takes_is_in_the_documentation():
    """A key that the format gains must be described."""
    source = "".join(
        path.read_text("utf-8") for path in sorted((ROOT / "analytics" / "agreement").glob("*.py"))
    )
    keys = set(
        re.findall(
            r'\.(?:text|choice|integer|day|number|list_of|table|pair_of|yes_or_no)\("(\w+)"', source
        )
    )
    assert len(keys) > 30
    assert {key for key in keys if not re.search(rf"[`\[.]{key}\b|\b{key} =", DOC)} == set()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "rad 1: format saknas"),
        (b"\x00\x01\x02\xff\xfe", "filen är inte UTF-8. Tillåtet är text i UTF-8."),
        (b"PK\x03\x04" * 10, "raden går inte att läsa som TOML"),
        (b"x = 1\n" * 200_000, "filen är större än 1 MB"),
        (b"x = " + b"[" * 100_000, "raden går inte att läsa som TOML"),
        (b"x = " + b"9" * 10_000, "raden går inte att läsa som TOML"),
        (b"format = 2\n", "rad 1: format har värdet ”2”. Tillåtet är ett heltal från 1 till 1."),
        (EXAMPLE.partition("[[block]]")[0].encode(), "block saknas. Tillåtet är minst ett [[block"),
        (b"block = 3\n" + EXAMPLE.partition("[[block]]")[0].encode(), "block har värdet ”3”"),
    ],
    ids=["empty", "bytes", "zip", "large", "deep", "digits", "format", "no block", "block = 3"],
)
def test_a_file_that_is_no_agreement_is_told_in_words(write, data, what):
    with pytest.raises(BadAgreement) as caught:
        contract.load(write(data))
    assert what in str(caught.value)


@pytest.mark.parametrize("name", ["finns_inte.toml", ".", "/dev/zero"])
def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path, name):
    with pytest.raises(BadAgreement, match=r"går inte att öppna|är större än 1 MB"):
        contract.load(tmp_path / name)


def test_a_line_taken_away_is_an_agreement_or_a_clear_error_never_a_fault_of_ours(write):
    """Every line of the shipped file and of the example, one at a time."""
    for text in (EXAMPLE, contract.SHIPPED.read_text("utf-8")):
        lines = text.splitlines()
        for number in range(len(lines)):
            remainder = "\n".join(lines[:number] + lines[number + 1 :])
            try:
                contract.load.__wrapped__(write(remainder))
            except AgreementError as error:
                assert "Tillåtet är" in str(error)
