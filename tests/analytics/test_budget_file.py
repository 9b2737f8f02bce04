"""A budget file is read whole or not at all, and says where it is wrong."""

import pytest

from analytics import budget_file
from analytics.budget import rad
from analytics.errors import BadFile
from analytics.errors_followup import BudgetFel

HEAD = "del;namn;roll;ar_kr;t1_kr;t2_kr;t3_kr\n"


def las(text, coding="utf-8"):
    return budget_file.las("budget.csv", text.encode(coding))


def test_amounts_are_read_as_people_write_them():
    nb = "\xa0"
    found = las(
        HEAD
        + f"inlan;Blåljus;Samordningschef;1{nb}200{nb}000;;;\n"
        + "gemensamt;Övning;;;100 000 kr;0;50 tkr\n"
    )
    assert [(r.namn, r.ar_kr, r.tertial_kr) for r in found] == [
        ("Blåljus", 1_200_000, (400_000, 400_000, 400_000)),
        ("Övning", 150_000, (100_000, 0, 50_000)),
    ]
    assert found[0].roll == "Samordningschef"
    assert found[0].id != found[1].id


def test_what_is_written_out_reads_back_the_same():
    lines = [rad("inlan", "=1+1", 7, roll="@roll"), rad("gemensamt", "Resor, mat", 5)]
    back = budget_file.las("b.csv", budget_file.som_csv(lines))
    assert [(r.id, r.ar_kr, r.tertial_kr) for r in back] == [
        (r.id, r.ar_kr, r.tertial_kr) for r in lines
    ]
    assert back[0].namn == "'=1+1"  # a formula leaves as text


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
        las(text)
    assert says in str(caught.value).replace("\xa0", " ")


def test_every_fault_is_told_at_once():
    with pytest.raises(BadFile) as caught:
        las(HEAD + "inlan;A;;x;y;;\ninlan;B;;-5;;;\n")
    assert [(f.line, f.column) for f in caught.value.faults] == [
        (2, "ar_kr"),
        (2, "t1_kr"),
        (3, None),
    ]


def test_another_code_page_is_named_and_not_guessed():
    with pytest.raises(BadFile, match="UTF-8"):
        las(HEAD + "inlan;Blåljus;;5;;;\n", "cp1252")


def test_lines_of_the_same_name_in_other_letters_are_refused():
    with pytest.raises(BudgetFel, match="heter"):
        las(HEAD + "inlan;A;;5;;;\ninlan;a;;5;;;\n")
