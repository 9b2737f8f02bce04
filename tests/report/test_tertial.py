"""The report of a tertial (K7): every figure in it is in the database, in PDF and in Word."""

import io
import re
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, strategies as st

from analytics.followup import activities, comments, forecasts, status as followup_status
from analytics.followup.activities import Activity
from analytics.followup.comments import Comment
from analytics.followup.forecasts import LineForecast
from analytics.ledger import saved_rows
from analytics.reference import database
from analytics.report import charts as report_charts, tertial as report_tertial
from analytics.report.pdf import as_pdf
from analytics.report.word import as_word
from analytics.store.posts import shared
from tests.given import pdf_files
from tests.given.followup import KONTO, YEAR, book, decide_budget

NOW = datetime(2027, 9, 10, 12, 0, 0, 999, tzinfo=UTC)
NB = "\N{NO-BREAK SPACE}"
FIGURE = re.compile(rf"(?<![\dTK–-])[−+±]?\d{{1,3}}(?:{NB}\d{{3}})*(?:,\d+)?(?:{NB}%)?(?![\d-])")
OWN = 340_001  # a forecast of one's own for the exercises
COMMENT, MEASURE = "Två övningar *slogs* ihop #eval", "=HYPERLINK: egna lokaler i höst"


def kr(text):
    return int(text.replace(NB, "").replace("−", "-").replace("+", "").replace("±", ""))


@pytest.fixture
def make_status():
    """Two tertials, the first closed; exercises cost 61 234,56 kr more than planned."""
    decide_budget(shared())
    book(
        shared(),
        ("2027-01-31", "5010", 120_000_00),
        ("2027-04-30", "5010", 80_000_25),
        ("2027-03-15", "6010", 161_234_56),
        ("2027-08-31", "5010", 199_999_75),
    )
    activities.add(
        shared(),
        [
            Activity(YEAR, "Samverkansövning", 1, "Kansliet", {1: ("klar", "Mars")}),
            Activity(
                YEAR, "Utbildning", 2, "Kansliet", {1: ("pågår", ""), 2: ("försenad", "Höst")}
            ),
        ],
        reason="prov",
    )
    for tertial in (1, 2):
        found = followup_status.status_of(database.shared(), shared(), YEAR, tertial)
        for post in found.deviating:
            said = Comment(COMMENT, MEASURE)
            comments.set_comment(shared(), YEAR, tertial, post.id, said)
        if tertial == 1:
            followup_status.close(database.shared(), shared(), YEAR, 1)
    (exercise,) = (post.id for post in found.lines if post.name == "Övning")
    forecasts.set_forecast(
        shared(), YEAR, 2, exercise, LineForecast("egen", OWN, "Anbud i augusti")
    )
    return followup_status.status_of(database.shared(), shared(), YEAR, 2)


def in_database(tertial=2):
    """Every line's figures, counted here from the ledger's rows and the decided budget."""
    budget = {"Inlån": (600_000, (200_000, 200_000, 200_000)),
              "Övning": (300_000, (100_000, 0, 200_000))}  # fmt: skip
    rows = [r for r in saved_rows.standing_rows(shared(), YEAR) if r["datum"].month <= 4 * tertial]
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


def figures(text, name):
    """The figures that follow *name* in the table of lines."""
    row = text.split("Varje post januari–augusti")[1].split(f" {name} ")[1]
    found = FIGURE.findall(row)[:7]
    return [*map(kr, found[:6]), found[6].removesuffix(f"{NB}%").replace("−", "-")]


def test_every_figure_of_the_table_in_the_pdf_is_the_ledgers(make_status):
    said = pdf_files.text(as_pdf(report_tertial.build_report(make_status, NOW), NOW))
    for name, expected in in_database().items():
        assert figures(said, name) == expected


def test_no_figure_in_the_pdf_is_from_anywhere_else(make_status):
    """Amounts in text, tables, charts' axes and alt texts: each is in the database, or a tick."""
    content = as_pdf(report_tertial.build_report(make_status, NOW), NOW)
    known = {0, 900_000, 600_000, 300_000, 50_000, 5}  # the frame, its parts, the threshold
    for tertial in (1, 2):
        for figures in in_database(tertial).values():
            known |= {abs(value) for value in figures[:6]}
    known |= {900_000 - in_database()["Ramen"][4]}
    lines = in_database()
    ticks = [0, 200_000, 400_000, 500_000, 600_000, 800_000, 1_000_000]
    plan = [0, 300_000, 500_000, 900_000]
    alt_texts = " ".join(alt for _, alt in pdf_files.tags(content))
    for text in (pdf_files.text(content), alt_texts):
        found = [f for f in FIGURE.findall(text) if NB in f and "%" not in f and "," not in f]
        assert len(found) > 5
        strange = {abs(kr(f)) for f in found} - known - set(ticks) - set(plan)
        assert strange == set()
    assert {f"{abs(kr(f))}" for f in FIGURE.findall(alt_texts) if NB in f} >= {
        str(lines["Inlån"][2]), str(lines["Övning"][2]), str(lines["Övning"][4])
    }  # fmt: skip
    exact = f"{lines['Ramen'][2]:,}".replace(",", NB)
    ore = sum(r["belopp_ore"] for r in saved_rows.standing_rows(shared(), YEAR))
    assert f"{ore // 100:,}".replace(",", NB) + f",{ore % 100:02d}" in pdf_files.text(content)
    assert exact in pdf_files.text(content)


def test_the_pdf_is_tagged_swedish_and_every_chart_has_words(make_status):
    content = as_pdf(report_tertial.build_report(make_status, NOW), NOW)
    root = pdf_files.root(content)
    assert root["/Lang"] == "sv-SE" and root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf_files.metadata(content)
    assert all(pdf_files.fonts_embedded(content))
    tags = pdf_files.tags(content)
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/Table") == 6 and kinds.count("/Figure") == 2
    assert all(alt for kind, alt in tags if kind == "/Figure")
    assert kinds.count("/TH") >= 30 and {"/H1", "/H2", "/L"} <= set(kinds)
    assert b"/Subtype/Image" not in content.replace(b" ", b"")  # the charts are vectors


def test_what_someone_wrote_is_text_and_the_decision_is_proposed(make_status):
    said = pdf_files.text(as_pdf(report_tertial.build_report(make_status, NOW), NOW))
    assert COMMENT in said and MEASURE in said
    assert "Utkast: tertialet är öppet" in said
    assert f"godkänna tertialrapporten för januari–augusti {YEAR}" in said
    assert "ställa sig bakom åtgärderna för Övning" in said
    assert "notera att Utbildning är försenad" in said


def test_a_closed_tertial_is_reported_as_it_was_sealed(make_status):
    followup_status.close(database.shared(), shared(), YEAR, 2)
    before = report_tertial.build_report(
        followup_status.status_of(database.shared(), shared(), YEAR, 2), NOW
    )
    book(shared(), ("2027-06-30", "6010", 10_000_00), import_id="sent")
    after = report_tertial.build_report(
        followup_status.status_of(database.shared(), shared(), YEAR, 2), NOW
    )

    assert after.sections[:-1] == before.sections[:-1]
    said = pdf_files.text(as_pdf(after, NOW))
    assert "Siffrorna är låsta sedan tertialet klarmarkerades" in said
    assert f"Bokfört efter stängning, ingår inte: Övning 10{NB}000,00 kr." in said


def test_at_the_years_end_the_surplus_asks_for_a_decision(make_status):
    book(shared(), ("2027-12-31", "5010", 150_000_00), import_id="dec")
    found = followup_status.status_of(database.shared(), shared(), YEAR, 3)
    said = pdf_files.text(as_pdf(report_tertial.build_report(found, NOW), NOW))
    surplus = f"{600_000 - 550_000:,}".replace(",", NB) + ",00"
    assert f"besluta vad som händer med överskottet {surplus} kr i delen Ersättning" in said


def test_word_says_the_same_with_headings_header_rows_language_and_alt_texts(make_status):
    made = report_tertial.build_report(make_status, NOW)
    doc = Document(io.BytesIO(as_word(made, NOW)))
    tables = [
        b
        for section in made.sections
        for b in section.block
        if isinstance(b, report_tertial.ReportTable)
    ]
    assert len(doc.tables) == len(tables) == 6
    for shown, meant in zip(doc.tables, tables, strict=True):
        cells = [tuple(cell.text for cell in row.cells) for row in shown.rows]
        assert cells == [meant.columns, *meant.rows, *([meant.total] if meant.total else [])]
        assert shown.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    headings = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.heading for section in made.sections]
    defaults = doc.styles.element.find(qn("w:docDefaults"))
    assert [e.get(qn("w:val")) for e in defaults.iter(qn("w:lang"))] == ["sv-SE"]
    assert doc.core_properties.language == "sv-SE" and doc.core_properties.title == made.title
    charts = [b for p in made.sections for b in p.block if isinstance(b, report_charts.Chart)]
    pictures = [s._inline.docPr.get("descr") for s in doc.inline_shapes]
    assert pictures == [chart.alt for chart in charts]
    paragraphs = [p.text for p in doc.paragraphs]
    assert f"Varför: {COMMENT}" in paragraphs


def test_an_empty_year_has_a_report_that_says_what_is_missing():
    found = followup_status.status_of(database.shared(), shared(), YEAR, 1)
    said = pdf_files.text(as_pdf(report_tertial.build_report(found, NOW), NOW))
    assert "Ingen budget är beslutad" in said and "saknas" in said
    assert as_word(report_tertial.build_report(found, NOW), NOW)


@given(st.lists(st.integers(-(10**9), 10**10), min_size=1, max_size=8))
def test_an_axis_holds_every_value_in_few_round_steps(values):
    axis = report_charts._axis(values)
    ticks = [tick["kr"] for tick in axis["axel"]]
    assert axis["fran"] == ticks[0] <= min([0, *values])
    assert axis["till"] == ticks[-1] >= max(values)
    assert 0 in ticks and len(ticks) <= 8
    step = ticks[1] - ticks[0]
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_the_charts_are_drawn_from_the_same_figures(make_status):
    charts = [
        b
        for section in report_tertial.build_report(make_status, NOW).sections
        for b in section.block
        if isinstance(b, report_charts.Chart)
    ]
    bars, line = (chart.data for chart in charts)
    expected = in_database()
    for group in bars["grupper"]:
        for row in group["rader"]:
            year, to_date, spent, _, end, _, _ = expected[row["namn"]]
            drawn = (row["budget"], row["hittills"], row["utfall"], row["prognos"])
            assert drawn == (year, to_date, spent, end)
    assert line["utfall"][-1] == [243, expected["Ramen"][2]]  # 31 August is day 243
    assert line["prognos"][-1] == [365, expected["Ramen"][4]]
    assert [amount for _, amount in line["budget"]] == [0, 300_000, 500_000, 900_000]


def test_any_sign_in_a_comment_can_be_reported(make_status):
    for post in make_status.deviating:
        known = comments.comments(shared(), YEAR, 2)[post.id]
        (post_saved,) = [p for p in shared().list_all("kommentar") if p.id == known.id]
        said = {**post_saved.data, "kommentar": "Före \x07 1\ufe0f\u20e3 😀 efter"}
        shared().save("kommentar", said, reason="x", post_id=known.id, version=known.version)
    made = report_tertial.build_report(
        followup_status.status_of(database.shared(), shared(), YEAR, 2), NOW
    )
    said = pdf_files.text(as_pdf(made, NOW))
    assert "Varför: Före" in said and "efter" in said
    assert figures(said, "Ramen") == in_database()["Ramen"]
    assert "😀 efter" in " ".join(
        p.text for p in Document(io.BytesIO(as_word(made, NOW))).paragraphs
    )
