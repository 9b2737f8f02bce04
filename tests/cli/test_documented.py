"""What README and docs/ say that one can write is run, and the columns they name are those read."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from analytics.agreement import contract, parties
from analytics.budget import file as budget_file
from analytics.example import files as example_files, year as example_year
from analytics.followup import activities_file
from analytics.invoicing import exports, recipients, recipients_file
from analytics.ledger import booked, posting_rules_file, table
from analytics.ledger.sie import header, reader
from analytics.reference import database
from analytics.store import posts as store_posts
from tests.given import agreement_example
from tests.given.command_line import run
from tests.given.scb_files import grown, px

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"^    (?:\.venv/bin/)?python -m analytics (.+)$", re.MULTILINE)
LONG = {"benchmark"}  # only its help is asked for


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(name: str) -> list[list[str]]:
    return [shlex.split(line) for line in COMMAND.findall(text_of(name))]


def columns(name: str, heading: str) -> list[list[str]]:
    """Return the rows, cell by cell, of the first table under a heading of docs/."""
    part = text_of(name).partition(f"## {heading}")[2]
    rows = re.search(r"^\|.*?(?=\n\n|\Z)", part, re.MULTILINE | re.DOTALL)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def named(name: str, heading: str) -> list[str]:
    return re.findall(r"`([^`]+)`", " ".join(row[0] for row in columns(name, heading)))


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    """The example year in the store, and the files that the documents name in the folder."""
    monkeypatch.chdir(tmp_path)
    db, agreement = database.shared(), contract.load()
    store, rows = store_posts.shared(), parties.party_rows(db, agreement)
    example_year.load(db, agreement, store, rows)
    shutil.copy(example_files.MAJ_AUG, "huvudbok.se")
    names = {row.party_id: row.name for row in rows}
    given = recipients_file.as_csv(names, recipients.all_recipients(store))
    Path("partuppgifter.csv").write_bytes(given)
    rules = re.search(r"((?:^    .*,.*\n)+)", text_of("docs/bokforing-filer.md"), re.MULTILINE)[1]
    Path("regler.csv").write_text(re.sub("^    ", "", rules, flags=re.MULTILINE), "utf-8")
    Path("folkmangd.px").write_bytes(px(["2025"], grown()))
    Path("mitt_avtal.toml").write_text(agreement_example.EXAMPLE, "utf-8")
    Path("invanare.csv").write_text(agreement_example.PEOPLE, "utf-8")
    return store


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ("README.md", 18),
        ("docs/bokforing-filer.md", 6),
        ("docs/faktura-filer.md", 6),
        ("docs/agreement-file.md", 1),
    ],
)
def test_every_command_of_a_document_runs_as_it_stands(prepared, document, count):
    asked = commands(document)
    assert len(asked) == count
    for words in asked:
        imports = booked.list_imports(prepared)
        given = [imports[0].id if word == "ID" else word for word in words]
        if words[0] in LONG:
            given = [*words, "--help"]
        code, out, err = run(*given)
        assert (code, err) == (0, ""), (words, err)
        written = [words[words.index(f) + 1] for f in ("--output", "--file") if f in words]
        assert out or written, words
        assert all(Path(file).stat().st_size for file in written), words


def test_the_sealed_file_is_checked_by_the_command_that_its_document_gives(prepared):
    run("scenario", "create", "Prov", "--set", "rambudget_kr=8 Mkr", "--since", "2027-01-01")
    run("scenario", "freeze", "Prov", "--output", "FIL")
    (words,) = commands("docs/scenario-file.md")
    assert run(*words)[0] == 0


def test_the_columns_of_budget_and_activities_are_those_read():
    where = "docs/budget-filer.md"
    read = [column.name for column in budget_file.BUDGET.columns]
    assert sorted(named(where, "Budgetens poster")) == sorted(read)
    read = [column.name for column in activities_file.ACTIVITIES.columns]
    assert sorted(named(where, "Verksamhetsplanens aktiviteter")) == sorted(read)


def test_the_headings_and_labels_of_a_ledger_are_those_read():
    where, told = "docs/bokforing-filer.md", {}
    for first, _, cell in columns(where, "CSV och Excel"):
        accepted = re.sub(r" \(.*?\)", "", cell)
        for name, words in zip(first.split(", "), accepted.split("; "), strict=True):
            told[name] = {re.sub(r"[ .]+", " ", word).casefold() for word in words.split(", ")}
    assert told == {name: set(words) for name, words in table.NAME.items()}
    part = text_of(where).partition("Det som läses: ")[2].partition("Andra etiketter")[0]
    assert set(re.findall(r"#[A-Z]+", part)) == {*reader.VOUCHER, *header.RECORDS, *header.BALANCES}


def test_the_columns_of_the_rules_are_those_read():
    text = text_of("docs/bokforing-filer.md")
    read = [column.name for column in posting_rules_file.RULES.columns]
    assert f"    {','.join(read)}\n" in text


def test_the_columns_of_an_invoice_file_and_of_the_references_are_those_written_and_read():
    where = "docs/faktura-filer.md"
    assert named(where, "Ut: en utställd körning") == [field.name for field in exports.FIELDS]
    read = [column.name for column in recipients_file.SPEC.columns]
    told = named(where, "In: mottagarnas uppgifter")
    assert sorted(told) == sorted([*read, *recipients_file.SPEC.ignored])
