"""The report of a tertial (K7): every figure in it is in the database, in PDF and in Word."""

import dataclasses
import io
import re
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from analytics import (
    activities,
    database,
    followup,
    followup_store,
    report,
    report_charts,
    store_ledger,
)
from analytics.activities import Aktivitet
from analytics.followup_store import Ord, Prognos
from analytics.report_file import som_pdf
from analytics.report_word import som_word
from analytics.store import shared
from tests import pdffiler
from tests.analytics.uppfoljning import AR, KONTO, beslutad, bokfor

NU = datetime(2027, 9, 10, 12, 0, 0, 999, tzinfo=UTC)
NB = "\N{NO-BREAK SPACE}"
FIGURE = re.compile(rf"(?<![\dTK–-])[−+±]?\d{{1,3}}(?:{NB}\d{{3}})*(?:,\d+)?(?:{NB}%)?(?![\d-])")
OWN = 340_001  # a forecast of one's own for the exercises
COMMENT, MEASURE = "Två övningar *slogs* ihop #eval", "=HYPERLINK: egna lokaler i höst"


def kr(text):
    return int(text.replace(NB, "").replace("−", "-").replace("+", "").replace("±", ""))


@pytest.fixture
def lage():
    """Two tertials, the first closed; exercises cost 61 234,56 kr more than planned."""
    beslutad(shared())
    bokfor(
        shared(),
        ("2027-01-31", "5010", 120_000_00),
        ("2027-04-30", "5010", 80_000_25),
        ("2027-03-15", "6010", 161_234_56),
        ("2027-08-31", "5010", 199_999_75),
    )
    activities.lagg_till(
        shared(),
        [
            Aktivitet(AR, "Samverkansövning", 1, "Kansliet", {1: ("klar", "Mars")}),
            Aktivitet(AR, "Utbildning", 2, "Kansliet", {1: ("pågår", ""), 2: ("försenad", "Höst")}),
        ],
        skal="prov",
    )
    for tertial in (1, 2):
        found = followup.lage(database.shared(), shared(), AR, tertial)
        for post in found.avvikande:
            said = Ord(COMMENT, MEASURE)
            followup_store.satt_kommentar(shared(), AR, tertial, post.id, said)
        if tertial == 1:
            followup.stang(database.shared(), shared(), AR, 1)
    (exercise,) = (post.id for post in found.poster if post.namn == "Övning")
    followup_store.satt_prognos(shared(), AR, 2, exercise, Prognos("egen", OWN, "Anbud i augusti"))
    return followup.lage(database.shared(), shared(), AR, 2)


def i_databasen(tertial=2):
    """Every line's figures, counted here from the ledger's rows and the decided budget."""
    budget = {"Inlån": (600_000, (200_000, 200_000, 200_000)),
              "Övning": (300_000, (100_000, 0, 200_000))}  # fmt: skip
    rows = [r for r in store_ledger.standing_rows(shared(), AR) if r["datum"].month <= 4 * tertial]
    found = {}
    for name, (year, profile) in budget.items():
        spent = sum(r["belopp_ore"] for r in rows if r["konto"] == KONTO[name])
        to_date = sum(profile[:tertial])
        end = spent + sum(profile[tertial:]) * 100  # what is used and the rest of the budget
        if name == "Övning" and tertial == 2:
            end = OWN * 100
        found[name] = [year, to_date, spent, to_date * 100 - spent, end, year * 100 - end]
    found["Ramen"] = [sum(column) for column in zip(*found.values(), strict=True)]
    for figures in found.values():
        year = figures[0]
        figures[2:] = [round(ore / 100) for ore in figures[2:]]
        figures.append(f"{round(figures[5] / year * 100, 1):.1f}".replace(".", ","))
    return found


def siffror(text, name):
    """The figures that follow *name* in the table of lines."""
    row = text.split("Varje post januari–augusti")[1].split(f" {name} ")[1]
    found = FIGURE.findall(row)[:7]
    return [*map(kr, found[:6]), found[6].removesuffix(f"{NB}%").replace("−", "-")]


def test_every_figure_of_the_table_in_the_pdf_is_the_ledgers(lage):
    said = pdffiler.text(som_pdf(report.rapport(lage, NU), NU))
    for name, expected in i_databasen().items():
        assert siffror(said, name) == expected


def test_no_figure_in_the_pdf_is_from_anywhere_else(lage):
    """Amounts in text, tables, charts' axes and alt texts: each is in the database, or a tick."""
    content = som_pdf(report.rapport(lage, NU), NU)
    known = {0, 900_000, 600_000, 300_000, 50_000, 5}  # the frame, its parts, the threshold
    for tertial in (1, 2):
        for figures in i_databasen(tertial).values():
            known |= {abs(value) for value in figures[:6]}
    known |= {900_000 - i_databasen()["Ramen"][4]}
    lines = i_databasen()
    ticks = [0, 200_000, 400_000, 500_000, 600_000, 800_000, 1_000_000]
    plan = [0, 300_000, 500_000, 900_000]
    alts = " ".join(alt for _, alt in pdffiler.taggar(content))
    for text in (pdffiler.text(content), alts):
        found = [f for f in FIGURE.findall(text) if NB in f and "%" not in f and "," not in f]
        assert len(found) > 5
        strange = {abs(kr(f)) for f in found} - known - set(ticks) - set(plan)
        assert strange == set()
    assert {f"{abs(kr(f))}" for f in FIGURE.findall(alts) if NB in f} >= {
        str(lines["Inlån"][2]), str(lines["Övning"][2]), str(lines["Övning"][4])
    }  # fmt: skip
    exact = f"{lines['Ramen'][2]:,}".replace(",", NB)
    ore = sum(r["belopp_ore"] for r in store_ledger.standing_rows(shared(), AR))
    assert f"{ore // 100:,}".replace(",", NB) + f",{ore % 100:02d}" in pdffiler.text(content)
    assert exact in pdffiler.text(content)


def test_the_pdf_is_tagged_swedish_and_every_chart_has_words(lage):
    content = som_pdf(report.rapport(lage, NU), NU)
    root = pdffiler.rot(content)
    assert root["/Lang"] == "sv-SE" and root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdffiler.metadata(content)
    assert all(pdffiler.typsnitt_inbaddade(content))
    tags = pdffiler.taggar(content)
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/Table") == 6 and kinds.count("/Figure") == 2
    assert all(alt for kind, alt in tags if kind == "/Figure")
    assert kinds.count("/TH") >= 30 and {"/H1", "/H2", "/L"} <= set(kinds)
    assert b"/Subtype/Image" not in content.replace(b" ", b"")  # the charts are vectors


def test_what_someone_wrote_is_text_and_the_decision_is_proposed(lage):
    said = pdffiler.text(som_pdf(report.rapport(lage, NU), NU))
    assert COMMENT in said and MEASURE in said
    assert "Utkast: tertialet är öppet" in said
    assert f"godkänna tertialrapporten för januari–augusti {AR}" in said
    assert "ställa sig bakom åtgärderna för Övning" in said
    assert "notera att Utbildning är försenad" in said


def test_a_closed_tertial_is_reported_as_it_was_sealed(lage):
    followup.stang(database.shared(), shared(), AR, 2)
    before = report.rapport(followup.lage(database.shared(), shared(), AR, 2), NU)
    bokfor(shared(), ("2027-06-30", "6010", 10_000_00), import_id="sent")
    after = report.rapport(followup.lage(database.shared(), shared(), AR, 2), NU)

    assert after.avsnitt[:-1] == before.avsnitt[:-1]
    said = pdffiler.text(som_pdf(after, NU))
    assert "Siffrorna är låsta sedan tertialet klarmarkerades" in said
    assert f"Bokfört efter stängning, ingår inte: Övning 10{NB}000,00 kr." in said


def test_at_the_years_end_the_surplus_asks_for_a_decision(lage):
    bokfor(shared(), ("2027-12-31", "5010", 150_000_00), import_id="dec")
    found = followup.lage(database.shared(), shared(), AR, 3)
    said = pdffiler.text(som_pdf(report.rapport(found, NU), NU))
    surplus = f"{600_000 - 550_000:,}".replace(",", NB) + ",00"
    assert f"besluta vad som händer med överskottet {surplus} kr i delen Ersättning" in said


def test_word_says_the_same_with_headings_header_rows_language_and_alt_texts(lage):
    made = report.rapport(lage, NU)
    doc = Document(io.BytesIO(som_word(made, NU)))
    tables = [b for part in made.avsnitt for b in part.block if isinstance(b, report.Tabell)]
    assert len(doc.tables) == len(tables) == 6
    for shown, meant in zip(doc.tables, tables, strict=True):
        cells = [tuple(cell.text for cell in row.cells) for row in shown.rows]
        assert cells == [meant.kolumner, *meant.rader, *([meant.summa] if meant.summa else [])]
        assert shown.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    headings = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert headings == [part.rubrik for part in made.avsnitt]
    defaults = doc.styles.element.find(qn("w:docDefaults"))
    assert [e.get(qn("w:val")) for e in defaults.iter(qn("w:lang"))] == ["sv-SE"]
    assert doc.core_properties.language == "sv-SE" and doc.core_properties.title == made.titel
    charts = [b for p in made.avsnitt for b in p.block if isinstance(b, report_charts.Diagram)]
    pictures = [s._inline.docPr.get("descr") for s in doc.inline_shapes]
    assert pictures == [chart.alt for chart in charts]
    paragraphs = [p.text for p in doc.paragraphs]
    assert f"Varför: {COMMENT}" in paragraphs


def test_an_empty_year_has_a_report_that_says_what_is_missing():
    found = followup.lage(database.shared(), shared(), AR, 1)
    said = pdffiler.text(som_pdf(report.rapport(found, NU), NU))
    assert "Ingen budget är beslutad" in said and "saknas" in said
    assert som_word(report.rapport(found, NU), NU)


@given(st.lists(st.integers(-(10**9), 10**10), min_size=1, max_size=8))
def test_an_axis_holds_every_value_in_few_round_steps(values):
    axis = report_charts._axel(values)
    ticks = [tick["kr"] for tick in axis["axel"]]
    assert axis["fran"] == ticks[0] <= min([0, *values])
    assert axis["till"] == ticks[-1] >= max(values)
    assert 0 in ticks and len(ticks) <= 8
    step = ticks[1] - ticks[0]
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_the_charts_are_drawn_from_the_same_figures(lage):
    charts = [
        b
        for part in report.rapport(lage, NU).avsnitt
        for b in part.block
        if isinstance(b, report_charts.Diagram)
    ]
    bars, line = (chart.data for chart in charts)
    expected = i_databasen()
    for group in bars["grupper"]:
        for row in group["rader"]:
            year, to_date, spent, _, end, _, _ = expected[row["namn"]]
            drawn = (row["budget"], row["hittills"], row["utfall"], row["prognos"])
            assert drawn == (year, to_date, spent, end)
    assert line["utfall"][-1] == [243, expected["Ramen"][2]]  # 31 August is day 243
    assert line["prognos"][-1] == [365, expected["Ramen"][4]]
    assert [amount for _, amount in line["budget"]] == [0, 300_000, 500_000, 900_000]


def test_any_sign_in_a_comment_can_be_reported(lage):
    for post in lage.avvikande:
        known = followup_store.kommentarer(shared(), AR, 2)[post.id]
        said = dataclasses.replace(known, kommentar="Före \x07 1\ufe0f\u20e3 😀 efter")
        followup_store.satt_kommentar(shared(), AR, 2, post.id, said)
    made = report.rapport(followup.lage(database.shared(), shared(), AR, 2), NU)
    said = pdffiler.text(som_pdf(made, NU))
    assert "Varför: Före" in said and "efter" in said
    assert siffror(said, "Ramen") == i_databasen()["Ramen"]
    assert "😀 efter" in " ".join(
        p.text for p in Document(io.BytesIO(som_word(made, NU))).paragraphs
    )
