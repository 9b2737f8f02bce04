"""The page Bokföring: what is booked, what belongs nowhere, a file from preview to withdrawal."""

import io
from fractions import Fraction

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from analytics.budget import lines as budget_lines, versions
from analytics.files import export as files_export
from analytics.followup import closings
from analytics.ledger import (
    booked as ledger_booked,
    imports as ledger_imports,
    posting_rules,
    saved_rows,
)
from analytics.reference import database
from analytics.store.posts import shared
from pages.parts.frame.navigation import ROOT
from pages.parts.widgets import downloads
from tests.given.sie_files import VERIFIKAT, make_voucher, sie_file
from tests.pages.screen import button, field, table

DB = database.shared()
CSV = "Datum;Konto;Belopp;Text\n2027-03-31;5010;100,50;Hyra\n2027-05-01;6110;200;Papper\n"


def reopen(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["ar"] = "2027"
    app.run()
    app = app.switch_page("pages/bokforing.py")
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def import_text(text: str, name: str = "mars.csv") -> ledger_imports.Imported:
    return ledger_imports.import_file(DB, shared(), name, text.encode("cp437"), 2027, "prov")


def save_budget() -> str:
    """Save a budget with one line; return the line's id."""
    line = budget_lines.new_line("gemensamt", "Lokaler", 900_000)
    versions.begin(shared(), 2027, 6_500_000, Fraction(2, 3), [line], reason="prov")
    return line.id


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.error, *app.success, *app.info, *app.caption, *app.warning]
    return "\n".join(part.value for part in parts).replace("\\", "").replace("\u2060", "")


def upload(app: AppTest, content: bytes, name: str = "mars.se") -> AppTest:
    app.file_uploader[0].set_value((name, content, "text/plain"))
    return app.run()


def test_an_empty_store_says_what_to_do_first():
    app = reopen()
    assert app.title[0].value == "Bokföring"
    assert "Inget är bokfört 2027. Läs in en fil ur ekonomisystemet" in said(app)
    assert app.header[0].value == "Arbeta med bokföringen"


def test_a_year_without_rows_tells_of_those_that_have_them():
    ledger_imports.import_file(
        DB, shared(), "a.csv", CSV.replace("2027", "2026").encode(), 2026, "prov"
    )
    assert "Inget är bokfört 2027. Rader finns för 2026." in said(reopen())


def test_a_file_is_shown_first_and_read_in_with_a_reason():
    app = upload(reopen(), sie_file(*VERIFIKAT).encode("cp437"))
    assert "SIE 4, CP437 (PC8)" in said(app) and "2 är nya" in said(app)
    assert "Filen kommer från Länsstyrelsen i Stockholms län" in said(app)
    assert table(app, "Så läses de första")["rows"][0][2:5] == ["Lokalhyra", "Hyra", "6=P12"]
    assert shared().sequence() == 0

    button(app, "Läs in 2 rader").click().run()
    assert "Skriv ett skäl" in said(app) and saved_rows.standing_rows(shared()) == []
    field(app, "Skäl till inläsningen, som ”mars”").input("Mars").run()
    button(app, "Läs in 2 rader").click().run()
    assert "2 rader ur mars.se är inlästa" in said(app)
    assert not app.error and not app.exception
    assert len(saved_rows.standing_rows(shared())) == 2
    assert table(app, "Konton som ingen regel")["rows"][0][:3] == [
        "5010", "Lokalhyra", "6=P12 Övning höst",
    ]  # fmt: skip

    app = upload(app, sie_file(*VERIFIKAT).encode("cp437"))
    assert "Samma fil lästes in" in said(app) and "inget att läsa in" in said(app)


def test_every_fault_of_a_file_is_in_a_table_and_nothing_can_be_read_in():
    app = upload(reopen(), (CSV + "2027-06-01;5010;1.500;El\nx;y;1;z\n").encode(), "m.csv")
    assert "m.csv (CSV, ASCII) har 3 fel" in said(app)
    assert [row[:3] for row in table(app, "Fel i filen")["rows"]] == [
        ["4", "belopp", "1.500"], ["5", "datum", "x"], ["5", "konto", "y"],
    ]  # fmt: skip
    assert "bf_las_in" not in {b.key for b in app.button}


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", sie_file("x").encode()])
def test_a_file_that_cannot_be_read_is_told(content):
    app = upload(reopen(), content, "fel.xlsx")
    assert app.error and not app.exception
    assert "bf_las_in" not in {b.key for b in app.button}


def test_pasted_rows_and_a_chosen_code_page_are_read_too():
    app = reopen()
    app.radio(key="bf_hur").set_value("text").run()
    app.text_area[0].input("Datum\tKonto\tBelopp\tText\n2027-01-01\t5010\t5\t=1+1").run()
    field(app, "Skäl till inläsningen, som ”mars”").input("För hand").run()
    button(app, "Läs in 1 rad").click().run()
    assert [row["text"] for row in saved_rows.standing_rows(shared())] == ["=1+1"]
    app.radio(key="bf_hur").set_value("fil").run()
    app.selectbox(key="bf_kod").set_value("cp1252").run()
    app = upload(app, sie_file(*make_voucher('#TRANS 5010 {} 0 "" "Möte"')).encode("cp437"))
    assert "felkodade" in said(app)


def test_an_account_without_a_rule_is_put_on_a_line_of_the_budget():
    line = save_budget()
    import_text(CSV)
    app = reopen()
    assert "2 konton saknar regel: 2 rader, 300,50 kr" in said(app).replace("\xa0", " ")
    assert app.metric[0].value == "2"
    app.multiselect[0].set_value(["5010;"])
    next(s for s in app.selectbox if s.label == "Hör till").set_value(line)
    button(app, "Spara reglerna").click().run()
    assert "1 regel är sparad" in said(app) and app.metric[0].value == "1"
    assert table(app, "Bokfört 2027")["rows"] == [
        ["Lokaler", "100,50", "saknas", "saknas", "100,50", "1"],
        ["Utan regel", "saknas", "200,00", "saknas", "200,00", "1"],
    ]
    assert table(app, "Bokfört 2027")["marks"][1][0] == "hindrar stängning"

    app.multiselect[0].set_value(["6110;"])
    next(s for s in app.selectbox if s.label == "Hör till").set_value(posting_rules.OUTSIDE)
    button(app, "Spara reglerna").click().run()
    assert "skäl" in app.error[0].value
    app.multiselect[0].set_value(["6110;"])
    next(s for s in app.selectbox if s.label == "Hör till").set_value(posting_rules.OUTSIDE)
    next(f for f in app.text_input if f.label == "Skäl").input("betalas av värden")
    button(app, "Spara reglerna").click().run()
    assert "Varje rad hör hemma: 100,50 kr ligger" in said(app).replace("\xa0", " ")


def test_a_rule_is_added_changed_and_removed():
    save_budget()
    import_text(CSV)
    app = reopen(gor="regler")
    assert table(app, "Regler")["rows"][0][0] == "1000–2999"
    field(app, "Konto eller spann").input("5000-599")
    button(app, "Spara regeln").click().run()
    assert "olika många siffror" in app.error[0].value
    field(app, "Konto eller spann").input("5000-6999")
    chosen = next(s for s in app.selectbox if s.label == "Hör till" and s.form_id == "bf_regel_")
    chosen.set_value(posting_rules.INCOME)
    button(app, "Spara regeln").click().run()
    assert [r.accounts for r in posting_rules.all_rules(shared())] == ["1000–2999", "5000–6999"]
    app.selectbox(key="bf_regel").select_index(1).run()
    assert field(app, "Konto eller spann").value == "5000–6999"
    field(app, "Konto eller spann").input("5010")
    button(app, "Spara regeln").click().run()
    assert [r.accounts for r in posting_rules.all_rules(shared())] == ["1000–2999", "5010"]
    button(app, "Ta bort regeln").click().run()
    assert [r.accounts for r in posting_rules.all_rules(shared())] == ["1000–2999"]
    assert not app.exception


def test_rows_are_chosen_in_the_address():
    import_text(CSV)
    app = reopen(konto="61")
    assert [row[1] for row in table(app, "Alla 1 rader")["rows"]] == ["6110"]
    app = reopen(mal="utan_regel", t="1", sok="hyra")
    assert [row[2] for row in table(app, "Alla 1 rader")["rows"]] == ["Hyra"]
    app = reopen(mal="finns-inte", inlasning="finns-inte")
    assert len(app.warning) == 2 and len(table(app, "Alla 2 rader")["rows"]) == 2
    assert table(app, "Alla 2 rader")["total"][5] == "300,50"
    app = reopen(blad="99")
    assert len(table(app, "Alla 2 rader")["rows"]) == 2


def test_many_rows_are_shown_a_page_at_a_time():
    import_text("Datum;Konto;Belopp;Text\n" + "".join(
        f"2027-01-{1 + n % 28:02};5010;1;Rad {n}\n" for n in range(450)))  # fmt: skip
    app = reopen()
    assert len(table(app, "Rad 1–200 av 450")["rows"]) == 200
    button(app, "Nästa").click().run()
    button(app, "Nästa").click().run()
    assert len(table(app, "Rad 401–450 av 450")["rows"]) == 50
    assert app.query_params["blad"] == "3"
    assert button(app, "Nästa").disabled


@pytest.mark.parametrize("sheet", ["0", "2", "9" * 30])
def test_a_link_to_a_page_that_is_not_there_shows_the_first(sheet):
    import_text(CSV)
    app = reopen(blad=sheet)
    assert not app.exception
    assert len(table(app, "Alla 2 rader")["rows"]) == 2


def test_a_row_is_written_by_hand_and_corrected_by_new_rows():
    app = reopen(gor="rad")
    written = {
        "Datum": "2027-03-01", "Konto": "5010", "Text": "Kvitto", "Skäl": "saknades",
        "Belopp, kr (kostnad är plus)": "1.500",
    }  # fmt: skip
    for label, value in written.items():
        field(app, label).input(value)
    button(app, "Lägg till raden").click().run()
    assert (
        "tusental eller decimaler" in app.error[0].value
        and saved_rows.standing_rows(shared()) == []
    )
    field(app, "Belopp, kr (kostnad är plus)").input("1 500,00")
    button(app, "Lägg till raden").click().run()
    assert "Raden 2027-03-01 på konto 5010 är bokförd" in said(app)

    app.selectbox(key="bf_ratta").set_value(saved_rows.standing_rows(shared())[0]["nyckel"]).run()
    fields = [f for f in app.text_input if f.label == "Belopp, kr (kostnad är plus)"]
    assert fields[1].value == "1\xa0500,00"
    fields[1].input("1 400,00")
    field(app, "Skäl till rättelsen").input("fel belopp")
    button(app, "Rätta raden").click().run()
    assert "är rättad med nya rader" in said(app)
    assert [row["belopp_ore"] for row in saved_rows.standing_rows(shared())] == [
        150_000,
        -150_000,
        140_000,
    ]
    assert [m[0] for m in table(app, "Alla 3 rader")["marks"]] == [None, "rättelse", "rättelse"]


def test_imports_are_listed_and_withdrawn_with_a_reason():
    import_text(CSV)
    app = reopen(gor="inlasningar")
    row = table(app, "Inläsningar")["rows"][0]
    assert row[8] == "prov"
    assert row[1:8] == ["mars.csv", "CSV", "ASCII", "2027-03-31–2027-05-01", "2", "2", "0"]
    button(app, "Dra tillbaka").click().run()
    assert "Välj den som ska" in app.error[0].value
    next(s for s in app.selectbox if s.label == "Inläsning att dra tillbaka").select_index(0)
    button(app, "Dra tillbaka").click().run()
    assert "skäl" in app.error[0].value
    next(s for s in app.selectbox if s.label == "Inläsning att dra tillbaka").select_index(0)
    field(app, "Skäl till att den dras tillbaka").input("fel fil")
    button(app, "Dra tillbaka").click().run()
    assert "tillbakadragen" in said(app) and saved_rows.standing_rows(shared()) == []


def test_the_example_is_marked_wherever_it_is_shown():
    ledger_imports.import_file(DB, shared(), "a.csv", CSV.encode(), 2027, "prov", example=True)
    app = reopen(gor="inlasningar")
    assert any("påhittat" in w.value for w in app.warning)
    assert table(app, "Inläsningar")["marks"][0][0] == "exempel"
    assert [m[0] for m in table(app, "Alla 2 rader")["marks"]] == ["exempel"] * 2
    assert len(ledger_booked.list_imports(shared())) == 1


def test_new_rows_in_a_closed_tertial_are_told_before_they_are_read_in(monkeypatch):
    monkeypatch.setattr(closings, "is_closed", lambda store, year, tertial: tertial == 1)
    app = upload(reopen(), CSV.encode(), "m.csv")
    assert "1 nya rader ligger i tertial 1, som är klarmarkerat" in said(app)
    assert "bf_las_in" in {b.key for b in app.button}


def test_a_formula_in_a_text_is_defused_in_every_file(monkeypatch):
    made = {}
    monkeypatch.setattr(
        downloads,
        "buttons",
        lambda rows, columns, *_: made.update(rows=rows(), columns=columns(rows())),
    )
    import_text(
        "Datum;Konto;Belopp;Text;Projekt\n2027-01-01;5010;-1,50;\"=cmd|' /C calc'!A0\";@x\n"
    )
    reopen()
    lines = files_export.swedish_csv(made["rows"], made["columns"]).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("2027-01-01;5010;'=cmd|' /C calc'!A0;6=@x;;-1,50;Utan regel")
    book = openpyxl.load_workbook(
        io.BytesIO(files_export.write_excel(made["rows"], made["columns"], "B", []))
    )
    cells = [cell for row in book["B"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert [c.value for c in cells if c.data_type == "n" and c.value is not None] == [-1.5]
