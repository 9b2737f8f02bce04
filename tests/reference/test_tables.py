"""A bad row stops with file, line, column, value and what is allowed."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.characters import visible
from analytics.errors import BadFile
from analytics.reference import database, tables
from analytics.reference.sources import OWN_POPULATION, PARTY, POPULATION
from analytics.reference.tables import Column, TableSpec

HEAD = "part_id,datum,antal,kalla\n"
KNOWN = {"part": {"0180", "0183"}}


@pytest.fixture
def read(tmp_path):
    def read(text, spec=POPULATION):
        path = tmp_path / "prov.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return tables.read(path, spec, KNOWN)

    return read


def refused(read, text, spec=POPULATION):
    with pytest.raises(BadFile) as caught:
        read(text, spec)
    return caught.value


def test_a_row_becomes_typed_values(read):
    assert read(HEAD + "0180,2014-06-30,905184,SCB\n") == [
        {"part_id": "0180", "datum": date(2014, 6, 30), "antal": 905_184, "kalla": "SCB"}
    ]


@pytest.mark.parametrize(
    ("row", "column", "value", "allowed"),
    [
        ("180,2014-06-30,1,SCB", "part_id", "180", "kommunkod"),
        ("9999,2014-06-30,1,SCB", "part_id", "9999", "finns inte i tabellen part"),
        ("0180,2014-06-31,1,SCB", "datum", "2014-06-31", "2014-06-30"),
        ("0180,20140630,1,SCB", "datum", "20140630", "2014-06-30"),
        ("0180,30/6 2014,1,SCB", "datum", "30/6 2014", "2014-06-30"),
        ("0180,2014-06-30,1.0,SCB", "antal", "1.0", "heltal"),
        ("0180,2014-06-30,1e3,SCB", "antal", "1e3", "heltal"),
        ("0180,2014-06-30,nan,SCB", "antal", "nan", "heltal"),
        ("0180,2014-06-30,905 184,SCB", "antal", "905 184", "heltal"),
        ("0180,2014-06-30,٣,SCB", "antal", "٣", "heltal"),
        ("0180,2014-06-30,007,SCB", "antal", "007", "heltal"),
        ("0180,2014-06-30,0,SCB", "antal", "0", "minst 1"),
        ("0180,2014-06-30,-5,SCB", "antal", "-5", "minst 1"),
        ("0180,2014-06-30,99999999999999999999,SCB", "antal", "99999999999999999999", "heltal"),
        ("0180,2014-06-30,,SCB", "antal", "", "heltal"),
        ("0180,2014-06-30,1,", "kalla", "", "text"),
        ("0180,2014-06-30,1, SCB", "kalla", " SCB", "text"),
        ("0180,2014-06-30,1,S\x07CB", "kalla", "S\x07CB", "styrtecken"),
    ],
)
def test_a_bad_value_is_named_with_line_and_column(read, row, column, value, allowed):
    error = refused(read, HEAD + "0183,2014-06-30,43192,SCB\n" + row + "\n")

    [fault] = error.faults
    assert (fault.line, fault.column, fault.value) == (3, column, value)
    assert allowed in fault.allowed
    assert f"prov.csv, rad 3, kolumn {column}: ”{visible(value)}”" in str(error)
    assert "Rätta filen" in str(error)


def test_all_faults_are_listed_and_no_row_is_returned(read):
    error = refused(read, HEAD + "".join(f"0180,2014-06-{d:02},x,SCB\n" for d in range(1, 9)))

    assert [fault.line for fault in error.faults] == list(range(2, 10))
    assert str(error).count("kolumn antal") == 5
    assert "Ytterligare 3 fel finns i filen." in str(error)


def test_two_rows_with_the_same_key_name_both_lines(read):
    error = refused(read, HEAD + "0180,2014-06-30,1,a\n0183,2014-06-30,1,a\n0180,2014-06-30,2,b\n")

    [fault] = error.faults
    assert fault.line == 4
    assert "står redan på rad 2" in fault.allowed


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "filen är tom"),
        ("part_id,datum,antal\n", 1, "rubrikerna ska vara part_id, datum, antal, kalla"),
        ("part_id,datum,antal,kalla,extra\n", 1, "rubrikerna ska vara"),
        ("part_id,datum,antal,antal,kalla\n", 1, "rubrikerna ska vara"),
        (HEAD + "0180,2014-06-30,1\n", 2, "raden har 3 fält men rubriken 4"),
        (HEAD + "0180,2014-06-30,1,a,b\n", 2, "raden har 5 fält men rubriken 4"),
        (HEAD + '0180,2014-06-30,1,"SCB\n', 2, "citattecken"),
        (HEAD.encode() + "0180,2014-06-30,1,Väsby\n".encode("latin-1"), 2, "UTF-8"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(read, text, line, says):
    error = refused(read, text)

    assert error.faults[0].line == line
    assert says in str(error)


def test_a_file_that_is_missing_or_too_big_is_refused(read, tmp_path, monkeypatch):
    with pytest.raises(BadFile, match="filen finns inte"):
        tables.read(tmp_path / "saknas.csv", POPULATION)
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    assert "högst 10 byte" in str(refused(read, HEAD))


def test_bom_semicolons_windows_lines_and_blank_lines_are_read(read):
    text = "\ufeffpart_id;datum;antal;kalla\r\n\r\n0180;2014-06-30;1;SCB\r\n"

    assert [row["antal"] for row in read(text)] == [1]


def test_the_line_is_right_after_a_field_of_two_lines(read):
    error = refused(read, HEAD + '0180,2014-06-30,1,"a\nb"\n0183,2014-06-30,x,SCB\n')

    assert [fault.line for fault in error.faults] == [2, 4]


def test_decimals_are_exact_and_counted(read):
    spec = TableSpec("t", "", (Column("p", "decimal", places=2, low=-100),), key=("p",))

    assert read("p\n-0.2\n3.00\n", spec) == [{"p": Decimal("-0.2")}, {"p": Decimal("3.00")}]
    for wrong in ("1,5", "1.234", "1.", ".5", "1e2", "inf", "-100.01"):
        assert refused(read, f'p\n"{wrong}"\n', spec).faults[0].value == wrong


def test_own_population_may_use_other_headings_and_leave_status_out(read):
    [row] = read("kommun_kod,kommun,datum,folkmangd,kalla\n0180,Stockholm,2026-12-31,5,x\n",
                 OWN_POPULATION)  # fmt: skip

    assert (row["part_id"], row["antal"], row["status"]) == ("0180", 5, None)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "0180,2015-01-01,Stockholm,kommun,ja,ja,1,kommun,x,2015-01-01",
            "efter invånare (K3) och har inga andelar",
        ),
        ("x,2015-01-01,X,ovrig,ja,ja,,trafik,x,2015-01-01", "ska ha andelar (K5, K6)"),
        ("x,2015-01-01,X,ovrig,nej,ja,1,trafik,x,2015-01-01", "kan inte betala"),
        ("x,2015-01-01,X,ovrig,ja,Ja,1,trafik,x,2015-01-01", "ja eller nej"),
        ("x,2015-01-01,X,annan,ja,ja,1,trafik,x,2015-01-01", "kommun, ovrig"),
        ("x,2015-01-01,X,ovrig,ja,ja,1,polis,x,2015-01-01", "kommun, blåljus, trafik, eller tomt"),
    ],
)
def test_a_party_that_contradicts_itself_is_refused(read, row, says):
    head = ",".join(column.name for column in PARTY.columns) + "\n"

    assert says in str(refused(read, head + row + "\n", PARTY))


def test_a_bad_row_in_the_data_folder_stops_the_database(tmp_path):
    for file in database.DATA.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "folkmangd.csv").open("a", encoding="utf-8") as file:
        file.write("0180,2026-12-31,en miljon,SCB\n")

    with pytest.raises(BadFile, match=r"folkmangd\.csv, rad 439, kolumn antal: ”en miljon”"):
        database.build(tmp_path)
