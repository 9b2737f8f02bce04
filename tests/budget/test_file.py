"""A budget file is read whole or not at all, and says where it is wrong."""

import pytest

from analytics.budget import file as budget_file
from analytics.budget.errors import BudgetFault
from analytics.budget.lines import new_line
from analytics.errors import BadFile

HEAD = "del;namn;roll;ar_kr;t1_kr;t2_kr;t3_kr\n"


def read(text, coding="utf-8"):
    return budget_file.read("budget.csv", text.encode(coding))


def test_amounts_are_read_as_people_write_them():
    nb = "\xa0"
    found = read(
        HEAD
        + f"inlan;Blåljus;Samordningschef;1{nb}200{nb}000;;;\n"
        + "gemensamt;Övning;;;100 000 kr;0;50 tkr\n"
    )
    assert [(r.name, r.year_kr, r.tertial_kr) for r in found] == [
        ("Blåljus", 1_200_000, (400_000, 400_000, 400_000)),
        ("Övning", 150_000, (100_000, 0, 50_000)),
    ]
    assert found[0].role == "Samordningschef"
    assert found[0].id != found[1].id


def test_what_is_written_out_reads_back_the_same():
    lines = [new_line("inlan", "=1+1", 7, role="@roll"), new_line("gemensamt", "Resor, mat", 5)]
    back = budget_file.read("b.csv", budget_file.as_csv(lines))
    assert back == lines
    assert b"'=1+1" in budget_file.as_csv(lines)  # a formula leaves as text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "filen är tom"),
        (HEAD + "inlan;A;;1.500;;;\n", "rad 2, kolumn ar_kr: ”1.500”"),
        (HEAD + "inlan;A;;1,5;;;\n", "rad 2, kolumn ar_kr: ”1,5”"),
        (HEAD + "inlan;A;;100;50;20;20\n", "rad 2: ”A”"),
        (HEAD + "resor;A;;100;;;\n", "rad 2, kolumn del: ”resor”"),
        (HEAD + "inlan;A;;1;;;\ninlan;A;;1;;;\n", "rad 3"),
        ("del;namn;belopp\ninlan;A;1\n", "kolumn belopp"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(text, says):
    with pytest.raises(BadFile) as caught:
        read(text)
    assert says in str(caught.value).replace("\xa0", " ")


def test_every_fault_is_told_at_once():
    with pytest.raises(BadFile) as caught:
        read(HEAD + "inlan;A;;x;y;;\ninlan;B;;-5;;;\n")
    assert [(f.line, f.column) for f in caught.value.faults] == [
        (2, "ar_kr"),
        (2, "t1_kr"),
        (3, None),
    ]


@pytest.mark.parametrize("coding", ["cp1252", "cp437", "utf-8-sig", "utf-16"])
def test_every_code_page_that_excel_and_others_write_is_read(coding):
    found = read(HEAD + "inlan;Blåljus på övning;;5;;;\n", coding)
    assert found[0].name == "Blåljus på övning"


def test_an_excel_file_is_read_and_its_lines_are_told_as_they_stand():
    lines = [new_line("inlan", "Blåljus", 7), new_line("gemensamt", "Övning", 5)]
    back = budget_file.read("b.xlsx", budget_file.as_excel(lines, ["prov"]))
    assert [(r.id, r.year_kr) for r in back] == [(r.id, r.year_kr) for r in lines]


def test_lines_are_counted_as_they_stand_also_after_empty_ones():
    with pytest.raises(BadFile, match="rad 4, kolumn ar_kr"):
        read(HEAD + "inlan;A;;5;;;\n\ninlan;B;;x;;;\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"PK\x03\x04skrap", "b.csv"), (b"\x00\x01\x02", "b.csv"), (b" \n ", "filen är tom")],
)
def test_what_is_no_table_is_named(content, says):
    with pytest.raises(BadFile, match=says):
        budget_file.read("b.csv", content)


@pytest.mark.parametrize("text", ["del;namn;ar_kr\n", "del;namn;ar_kr\n;;\n\n"])
def test_a_file_without_lines_is_refused_and_does_not_empty_the_draft(text):
    with pytest.raises(BadFile, match="inga poster"):
        budget_file.read("b.csv", text.encode())


def test_lines_of_the_same_name_in_other_letters_are_refused():
    with pytest.raises(BudgetFault, match="heter"):
        read(HEAD + "inlan;A;;5;;;\ninlan;a;;5;;;\n")
