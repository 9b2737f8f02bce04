"""Files of an issued run: a tagged sheet per party, and rows for the host's own system."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analytics.errors import BadFile
from analytics.invoicing import exports as invoicing_exports, issued as invoicing_issued, recipients
from analytics.invoicing.errors import InvoiceMissing, RecipientFault
from analytics.invoicing.recipients import Recipient
from analytics.invoicing.recipients_file import COLUMNS, as_csv, as_excel, differences, read
from analytics.swedish import whole
from tests.given import pdf_files
from tests.given.invoicing import JOINS, LEAVES, Sample, number

ROOT = Path(__file__).parents[2]
NAME = {"0115": "Vallentuna", "polisen": "Polisen"}
EVIL = '=HYPERLINK("http://x")#evil *fet* [l](x) $x$ @a'


@pytest.fixture
def sample(tmp_path):
    return Sample(tmp_path)


@pytest.fixture
def edit(sample):
    """The second run, where a party has joined and one has left."""
    sample.issue(sample.frozen(name="Våren"))
    item = Recipient(reference=EVIL, orgnr=number("212099990"))
    recipients.save(sample.store, "0115", "Vallentuna", item, reason="x")
    return sample.issue(sample.frozen(JOINS, LEAVES, name="Hösten"))


def test_every_figure_of_a_sheet_is_the_runs(sample, edit):
    runs = invoicing_issued.list_runs(sample.store, 2026)
    for party in ("0115", "trafikverket", "kustbevakningen"):
        said = pdf_files.text(invoicing_exports.sheet(edit, party, runs))
        rows = [row for row in edit.rows if row.party == party]
        for row in rows:
            assert whole(row.amount_kr).replace("\xa0", " ") in said.replace("\xa0", " ")
        total = whole(sum(row.amount_kr for row in rows)).replace("\xa0", " ")
        assert f"Summa {total}" in said.replace("\xa0", " ")
    assert "−250 000" in pdf_files.text(
        invoicing_exports.sheet(edit, "trafikverket", runs)
    ).replace("\xa0", " ")


def test_a_sheet_is_a_tagged_swedish_pdf_that_carries_its_fonts(sample, edit):
    content = invoicing_exports.sheet(edit, "0115", [edit])
    root = pdf_files.root(content)
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf_files.metadata(content)
    kinds = [kind for kind, _ in pdf_files.tags(content)]
    assert kinds.count("/Table") == 2 and "/TH" in kinds and "/H1" in kinds
    assert pdf_files.fonts_embedded(content) and all(pdf_files.fonts_embedded(content))


def test_what_someone_wrote_is_text_in_the_sheet_and_never_markup(sample, edit):
    said = pdf_files.text(invoicing_exports.sheet(edit, "0115", [edit]))
    assert EVIL.replace('"', "") in said.replace('"', "").replace("”", "").replace("“", "")


def test_the_same_run_is_the_same_file(sample, edit):
    assert invoicing_exports.zipped_sheets(edit, [edit]) == invoicing_exports.zipped_sheets(
        edit, [edit]
    )
    with zipfile.ZipFile(io.BytesIO(invoicing_exports.zipped_sheets(edit, [edit]))) as packed:
        assert len(packed.namelist()) == 37  # also who is paid back
    with pytest.raises(InvoiceMissing):
        invoicing_exports.sheet(edit, "0000", [edit])


def test_rows_are_the_same_in_every_file_and_formulas_are_defused(sample, edit):
    swedish = list(
        csv.DictReader(
            io.StringIO(invoicing_exports.swedish_csv(edit).decode("utf-8-sig")), delimiter=";"
        )
    )
    machine = list(csv.DictReader(io.StringIO(invoicing_exports.machine_csv(edit).decode())))
    book = load_workbook(io.BytesIO(invoicing_exports.as_excel(edit)))
    sheet = list(book.worksheets[0].iter_rows(values_only=True))
    assert (
        [int(r["Belopp, kr"]) for r in swedish]
        == [int(r["amount_kr"]) for r in machine]
        == [r[-1] for r in sheet[1:]]
        == [r.amount_kr for r in edit.rows]
    )
    own = next(r for r in machine if r["party"] == "0115")
    assert own["buyer_reference"] == f"'{EVIL}"
    assert own["organisation_number"] == number("212099990")
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("form", [as_csv, as_excel])
def test_references_come_back_as_they_were_written(sample, form):
    saved = {
        "0115": Recipient(reference="-REF", orgnr=number("212099990"), address="Gatan 1, Örby")
    }
    rows = read("p.fil", form(NAME, saved), NAME, {"0115"})
    assert [change[0] for change in differences(rows, {})] == ["0115"] * 3
    assert differences(rows, saved) == []
    assert recipients.save_many(sample.store, rows, NAME, {"0115"}, reason="fil") == 1
    known = recipients.all_recipients(sample.store)
    assert recipients.texts(known["0115"]) == recipients.texts(saved["0115"])
    assert "polisen" not in known
    assert recipients.save_many(sample.store, rows, NAME, {"0115"}, reason="igen") == 0


def test_a_file_as_swedish_excel_saves_it_is_read():
    content = "part_id;referens;adress\r\n0115;Räkningen;Örnvägen 1\r\n".encode("cp1252")
    (row,) = read("p.csv", content, NAME, {"0115"})
    assert (row["referens"], row["adress"]) == ("Räkningen", "Örnvägen 1")


def test_a_column_that_is_left_out_leaves_what_is_saved(sample):
    saved = Recipient(reference="REF", orgnr=number("212099990"))
    recipients.save(sample.store, "0115", "Vallentuna", saved, reason="x")
    rows = read("p.csv", b"part_id,referens\n0115,NY\n", NAME, set())
    assert differences(rows, recipients.all_recipients(sample.store)) == [
        ("0115", "Köparens referens", "REF", "NY")
    ]
    recipients.save_many(sample.store, rows, NAME, reason="fil")
    known = recipients.all_recipients(sample.store)["0115"]
    assert (known.reference, known.orgnr) == ("NY", number("212099990"))


def test_the_files_are_described_as_they_are():
    said = (ROOT / "docs" / "faktura-filer.md").read_text("utf-8")
    for column in (*invoicing_exports.FIELDS, *COLUMNS):
        assert f"`{column.name}`" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0115,X,212099-9990,,,", "orgnr: ”212099-9990” godtas inte, har fel kontrollsiffra"),
        ("0115,X,,123,,", "kolumn gln"),
        ("9999,X,,,,", "kolumn part_id"),
        ("0115,X,,,,\n0115,Y,,,,", "part_id står redan på rad 2"),
    ],
)
def test_a_file_with_a_fault_saves_nothing(sample, row, said):
    content = f"part_id,referens,orgnr,gln,peppol,adress\n{row}\n".encode()
    with pytest.raises(BadFile) as told:
        read("p.csv", content, NAME, {"0115"})
    assert said in str(told.value)


def test_the_example_is_marked_and_its_number_is_used_once(sample):
    rows = [{"part_id": party, "referens": f"EXEMPEL {party}"} for party in NAME]
    recipients.save_many(sample.store, rows, NAME, reason="exempel", example=True)
    run = sample.invoicing.issue(sample.frozen(), 2026, {2: None}, reason="x", example=True)
    assert "Exempel: påhittade uppgifter" in pdf_files.text(
        invoicing_exports.sheet(run, "0115", [run])
    )
    assert "Exempel" in " ".join(invoicing_exports.about(run))
    assert recipients.remove_example(sample.store) == 2
    sample.store.remove(invoicing_issued.KIND, run.number, 1, reason="Exemplet togs bort")
    assert (
        invoicing_issued.list_runs(sample.store) == []
        and recipients.all_recipients(sample.store) == {}
    )
    recipients.save_many(sample.store, rows, NAME, reason="exempel", example=True)
    assert sample.issue(sample.frozen(name="Igen")).number == "2026-2"


def test_a_host_without_a_number_is_refused_by_its_clause(sample):
    with pytest.raises(RecipientFault, match="K17"):
        recipients.save_host(sample.store, recipients.Host(name="X"), reason="x")
