"""Files of an issued run: a tagged sheet per party, and rows for the host's own system."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analytics import invoice_file, invoice_parties, invoice_store
from analytics.errors import BadFile
from analytics.errors_invoice import FakturaSaknas, UppgiftFel
from analytics.invoice_parties import Uppgift
from analytics.invoice_parties_file import KOLUMNER, las, skillnader, som_csv, som_excel
from analytics.swedish import tal
from tests import pdffiler
from tests.analytics.fakturering import ANSLUTER, LAMNAR, Prov, nummer

ROOT = Path(__file__).parents[2]
NAMN = {"0115": "Vallentuna", "polisen": "Polisen"}
EVIL = '=HYPERLINK("http://x")#evil *fet* [l](x) $x$ @a'


@pytest.fixture
def prov(tmp_path):
    return Prov(tmp_path)


@pytest.fixture
def andra(prov):
    """The second run, where a party has joined and one has left."""
    prov.utstall(prov.fryst(namn="Våren"))
    item = Uppgift(referens=EVIL, orgnr=nummer("212099990"))
    invoice_parties.spara(prov.store, "0115", "Vallentuna", item, skal="x")
    return prov.utstall(prov.fryst(ANSLUTER, LAMNAR, namn="Hösten"))


def test_every_figure_of_a_sheet_is_the_runs(prov, andra):
    runs = invoice_store.lista(prov.store, 2026)
    for part in ("0115", "trafikverket", "kustbevakningen"):
        said = pdffiler.text(invoice_file.blad(andra, part, runs))
        rows = [row for row in andra.rader if row.part == part]
        for row in rows:
            assert tal(row.belopp_kr).replace("\xa0", " ") in said.replace("\xa0", " ")
        total = tal(sum(row.belopp_kr for row in rows)).replace("\xa0", " ")
        assert f"Summa {total}" in said.replace("\xa0", " ")
    assert "−250 000" in pdffiler.text(invoice_file.blad(andra, "trafikverket", runs)).replace(
        "\xa0", " "
    )


def test_a_sheet_is_a_tagged_swedish_pdf_that_carries_its_fonts(prov, andra):
    content = invoice_file.blad(andra, "0115", [andra])
    root = pdffiler.rot(content)
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdffiler.metadata(content)
    kinds = [kind for kind, _ in pdffiler.taggar(content)]
    assert kinds.count("/Table") == 2 and "/TH" in kinds and "/H1" in kinds
    assert pdffiler.typsnitt_inbaddade(content) and all(pdffiler.typsnitt_inbaddade(content))


def test_what_someone_wrote_is_text_in_the_sheet_and_never_markup(prov, andra):
    said = pdffiler.text(invoice_file.blad(andra, "0115", [andra]))
    assert EVIL.replace('"', "") in said.replace('"', "").replace("”", "").replace("“", "")


def test_the_same_run_is_the_same_file(prov, andra):
    assert invoice_file.zip_blad(andra, [andra]) == invoice_file.zip_blad(andra, [andra])
    with zipfile.ZipFile(io.BytesIO(invoice_file.zip_blad(andra, [andra]))) as packed:
        assert len(packed.namelist()) == 37  # also who is paid back
    with pytest.raises(FakturaSaknas):
        invoice_file.blad(andra, "0000", [andra])


def test_rows_are_the_same_in_every_file_and_formulas_are_defused(prov, andra):
    swedish = list(
        csv.DictReader(
            io.StringIO(invoice_file.csv_svensk(andra).decode("utf-8-sig")), delimiter=";"
        )
    )
    machine = list(csv.DictReader(io.StringIO(invoice_file.csv_maskin(andra).decode())))
    book = load_workbook(io.BytesIO(invoice_file.excel(andra)))
    sheet = list(book.worksheets[0].iter_rows(values_only=True))
    assert (
        [int(r["Belopp, kr"]) for r in swedish]
        == [int(r["amount_kr"]) for r in machine]
        == [r[-1] for r in sheet[1:]]
        == [r.belopp_kr for r in andra.rader]
    )
    own = next(r for r in machine if r["party"] == "0115")
    assert own["buyer_reference"] == f"'{EVIL}"
    assert own["organisation_number"] == nummer("212099990")
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("form", [som_csv, som_excel])
def test_references_come_back_as_they_were_written(prov, form):
    saved = {"0115": Uppgift(referens="-REF", orgnr=nummer("212099990"), adress="Gatan 1, Örby")}
    rows = las("p.fil", form(NAMN, saved), NAMN, {"0115"})
    assert [change[0] for change in skillnader(rows, {})] == ["0115"] * 3
    assert skillnader(rows, saved) == []
    assert invoice_parties.spara_flera(prov.store, rows, NAMN, {"0115"}, skal="fil") == 1
    known = invoice_parties.alla(prov.store)
    assert invoice_parties.texter(known["0115"]) == invoice_parties.texter(saved["0115"])
    assert "polisen" not in known
    assert invoice_parties.spara_flera(prov.store, rows, NAMN, {"0115"}, skal="igen") == 0


def test_a_file_as_swedish_excel_saves_it_is_read():
    content = "part_id;referens;adress\r\n0115;Räkningen;Örnvägen 1\r\n".encode("cp1252")
    (row,) = las("p.csv", content, NAMN, {"0115"})
    assert (row["referens"], row["adress"]) == ("Räkningen", "Örnvägen 1")


def test_a_column_that_is_left_out_leaves_what_is_saved(prov):
    saved = Uppgift(referens="REF", orgnr=nummer("212099990"))
    invoice_parties.spara(prov.store, "0115", "Vallentuna", saved, skal="x")
    rows = las("p.csv", b"part_id,referens\n0115,NY\n", NAMN, set())
    assert skillnader(rows, invoice_parties.alla(prov.store)) == [
        ("0115", "Köparens referens", "REF", "NY")
    ]
    invoice_parties.spara_flera(prov.store, rows, NAMN, skal="fil")
    known = invoice_parties.alla(prov.store)["0115"]
    assert (known.referens, known.orgnr) == ("NY", nummer("212099990"))


def test_the_files_are_described_as_they_are():
    said = (ROOT / "docs" / "faktura-filer.md").read_text("utf-8")
    for column in (*invoice_file.FALT, *KOLUMNER):
        assert f"`{column.namn}`" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("0115,X,212099-9990,,,", "orgnr: ”212099-9990” godtas inte, har fel kontrollsiffra"),
        ("0115,X,,123,,", "kolumn gln"),
        ("9999,X,,,,", "kolumn part_id"),
        ("0115,X,,,,\n0115,Y,,,,", "part_id står redan på rad 2"),
    ],
)
def test_a_file_with_a_fault_saves_nothing(prov, row, said):
    content = f"part_id,referens,orgnr,gln,peppol,adress\n{row}\n".encode()
    with pytest.raises(BadFile) as told:
        las("p.csv", content, NAMN, {"0115"})
    assert said in str(told.value)


def test_the_example_is_marked_and_its_number_is_used_once(prov):
    rows = [{"part_id": part, "referens": f"EXEMPEL {part}"} for part in NAMN]
    invoice_parties.spara_flera(prov.store, rows, NAMN, skal="exempel", exempel=True)
    run = prov.fakturering.utstall(prov.fryst(), 2026, {2: None}, skal="x", exempel=True)
    assert "Exempel: påhittade uppgifter" in pdffiler.text(invoice_file.blad(run, "0115", [run]))
    assert "Exempel" in " ".join(invoice_file.om(run))
    assert invoice_parties.ta_bort_exempel(prov.store) == 2
    prov.store.ta_bort(invoice_store.SLAG, run.nummer, 1, skal="Exemplet togs bort")
    assert invoice_store.lista(prov.store) == [] and invoice_parties.alla(prov.store) == {}
    invoice_parties.spara_flera(prov.store, rows, NAMN, skal="exempel", exempel=True)
    assert prov.utstall(prov.fryst(namn="Igen")).nummer == "2026-2"


def test_a_host_without_a_number_is_refused_by_its_clause(prov):
    with pytest.raises(UppgiftFel, match="K17"):
        invoice_parties.spara_vard(prov.store, invoice_parties.Vard(namn="X"), skal="x")
