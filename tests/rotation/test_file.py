"""What is written can be read again, and what is wrong is named with row and column."""

import io
from datetime import date

import pytest
from icalendar import Calendar
from openpyxl import Workbook

from analytics.agreement import contract, parties
from analytics.errors import BadFile
from analytics.reference import database
from analytics.rotation.file import as_csv, as_excel, calendar, read
from analytics.rotation.loans import Inlan, Period
from analytics.rotation.register import as_rows, documented

DB = database.shared()
ROWS = parties.party_rows(DB, contract.load())
KNOWN = documented(DB)
HEAD = "inlan_id,post,part_id,roll,fran,till,procent,status,kostnad_kr,palagg_kr,anteckning,kalla"
GOOD = "a,kommun,0160,Samordnare,2027-01-01,2027-06-30,50,överenskommet,,,,avtal"


def make_file(*lines):
    return "\n".join([HEAD, *lines]).encode()


def make_book(rows, merge=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_exported_can_be_imported():
    assert read("inlan.csv", as_csv(KNOWN), ROWS) == KNOWN
    assert read("inlan.xlsx", as_excel(KNOWN), ROWS) == KNOWN
    assert read("inlan.csv", as_csv(KNOWN), ROWS, KNOWN) == []  # what is there already


def test_a_workbook_with_real_dates_and_numbers_is_read():
    own = [*GOOD.split(",")[:4], date(2027, 1, 1), date(2027, 6, 30), 50, "överenskommet"]
    (loan,) = read("x.xlsx", make_book([HEAD.split(","), [*own, 60000, None, None, "avtal"]]), ROWS)
    assert (loan.cost_kr, loan.periods) == (
        60_000, (Period(date(2027, 1, 1), date(2027, 6, 30), 50),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace(",50,", ",140,"), "rad 2, kolumn procent: ”140”"),
        (GOOD.replace(",50,", ",0,"), "rad 2, kolumn procent: ”0”"),
        (GOOD.replace("2027-06-30", "2026-06-30"), "rad 2.*slutet är före starten"),
        (GOOD.replace("0160", "9999"), "rad 2, kolumn part_id: ”9999”"),
        (GOOD.replace("kommun", "kök"), "rad 2, kolumn post: ”kök”"),
        (GOOD.replace("2027-01-01", "1/1 2027"), "rad 2, kolumn fran"),
        (GOOD + "\n" + GOOD, "rad 3, kolumn inlan_id"),
        (GOOD + "\n" + GOOD.replace("0160", "0162").replace("2027-01-01", "2027-02-01"),
         "rad 3, kolumn part_id"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_row_and_column(line, said):
    with pytest.raises(BadFile, match=said):
        read("inlan.csv", make_file(line), ROWS)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace("kommun", "trafik"),
         "rad 2, kolumn part_id: ”0160”.*K14: Täby hör till kommun"),
        (GOOD.replace("2027-01-01", "2014-01-01"), "rad 2, kolumn part_id.*K12: Täby är inte part"),
        (GOOD + "\n" + GOOD.replace("2027-01-01", "2027-06-30"),
         "rad 3, kolumn fran: ”2027-06-30”.*perioder .* överlappar"),
        (GOOD + "\n" + GOOD.replace("a,", "b,", 1).replace("0160", "0162"),
         "rad 3, kolumn fran: ”2027-01-01”.*K13: Täby och Danderyd är båda inlånade"),
        (GOOD.replace("2027-01-01", "2016-06-30"),
         "rad 2, kolumn fran.*Vallentuna och Täby är båda inlånade på posten kommun "
         "2016-06-30–2016-06-30"),
    ],
)  # fmt: skip
def test_what_the_clauses_do_not_allow_is_named_with_row_column_and_clause(line, said):
    with pytest.raises(BadFile, match=said):
        read("inlan.csv", make_file(line), ROWS, KNOWN)


@pytest.mark.parametrize(("days", "refused"), [(15, True), (16, False), (17, False)])
def test_an_overlap_is_refused_unless_it_is_a_handover(days, refused):
    head = HEAD + ",overlamning_dagar"
    rows = [GOOD + ",", GOOD.replace("a,", "b,", 1).replace("0160", "0162") + f",{days}"]
    rows[1] = rows[1].replace("2027-01-01", "2027-06-15").replace("06-30,50", "12-31,50")
    content = "\n".join([head, *rows]).encode()
    if refused:  # 15–30 June is 16 days
        with pytest.raises(BadFile, match="2027-06-30–2027-06-30"):
            read("inlan.csv", content, ROWS)
    else:
        assert [i.handover for i in read("inlan.csv", content, ROWS)] == [0, days]


@pytest.mark.parametrize(("days", "refused"), [("31", False), ("32", True), ("-1", True)])
def test_a_handover_is_at_most_a_month(days, refused):
    content = f"{HEAD},overlamning_dagar\n{GOOD},{days}".encode()
    if refused:
        with pytest.raises(BadFile, match="rad 2, kolumn overlamning_dagar"):
            read("inlan.csv", content, ROWS)
    else:
        assert read("inlan.csv", content, ROWS)[0].handover == 31


def test_merged_headers_formulas_and_what_is_no_workbook_are_refused():
    head = HEAD.split(",")
    with pytest.raises(BadFile, match=r"rad 1, kolumn B: ”B1:C1”.*sammanfogade"):
        read("x.xlsx", make_book([head, GOOD.split(",")], "B1:C1"), ROWS)
    with pytest.raises(BadFile, match=r"rad 2, kolumn A: ”formel”.*i stället för formeln"):
        read("x.xlsx", make_book([head, ["=1+1"]]), ROWS)
    with pytest.raises(BadFile, match="inte att läsa som en arbetsbok"):
        read("x.xlsx", make_book([head])[:-40], ROWS)


def test_a_calendar_library_opens_the_file_of_one_party_and_of_all():
    names = {"0115": "Vallentuna", "0160": "Täby"}
    spring = Period(date(2027, 1, 1), date(2027, 6, 30), 50)
    plan = [*KNOWN, Inlan("t", "kommun", "0160", "Samordnare", (spring,), "förslag")]
    (event,) = Calendar.from_ical(calendar(plan, names, "0160")).walk("VEVENT")
    assert event["dtstart"].dt == date(2027, 1, 1)
    assert event["dtend"].dt == date(2027, 7, 1)  # the day after the last
    assert event["summary"] == "Täby: Deltidstjänst, kommun, 50 %"
    assert event["status"] == "TENTATIVE"
    every = Calendar.from_ical(calendar(plan, names)).walk("VEVENT")
    assert len(every) == len(as_rows(plan)) == 3
    assert len({e["uid"] for e in every}) == 3


def test_an_id_may_begin_with_a_digit_as_those_that_the_store_makes():
    loan_id = "79ea14cf-197e-49f3-92ca-86781c33516b"
    (loan,) = read("inlan.csv", make_file(GOOD.replace("a,", f"{loan_id},", 1)), ROWS)
    assert (loan.id, loan.party) == (loan_id, "0160")
    assert read("inlan.csv", as_csv([loan]), ROWS) == read("x", as_excel([loan]), ROWS) == [loan]


def test_the_register_saved_by_swedish_excel_is_read_and_its_code_page_told():
    told: list[str] = []
    text = "\r\n".join([HEAD, GOOD.replace("avtal", "Påhittat")]).replace(",", ";")
    (loan,) = read("inlan.csv", text.encode("cp1252"), ROWS, (), told)
    assert (loan.source, loan.status) == ("Påhittat", "överenskommet")
    assert told == ["Filen är läst som Windows-1252 (Latin-1) med semikolon mellan fälten."]


def test_codes_that_a_spreadsheet_has_made_figures_are_read_back():
    (loan,) = read("x.csv", make_file(GOOD.replace("0160", "160")), ROWS)
    assert loan.party == "0160"
