"""A population file as people have it: in the product's columns, or as SCB gives it."""

import json
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import BadFile
from analytics.reference import database, population, population_file, statistics_file
from tests.given import workbooks

DB = database.build()
KNOWN = {"0114", "0115", "0180", "9901", "vast"}
OWN = "part_id,datum,antal,kalla\n"
DAY = date(2025, 12, 31)
WIDE = '"region","Folkmängd 2024","Folkmängd 2025"\n"0114 Upplands Väsby",50000,51000\n'
LONG = (
    '"region","tabellinnehåll","år","Folkmängd"\n"0114 Upplands Väsby","Folkmängd","2025",51000\n'
)
PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
TITLE="Folkmängd efter region och år";
STUB="region";
HEADING="år";
VALUES("region")="Upplands Väsby","Vallentuna; med semikolon";
VALUES("år")="2025";
CODES("region")="0114","0115";
DATA=
51000\x20
36000 ;
"""
CUBE = {
    "version": "2.0", "class": "dataset", "id": ["Region", "Tid"], "size": [2, 2],
    "dimension": {
        "Region": {"category": {"index": {"0115": 1, "0114": 0}, "label": {"0114": "Väsby"}}},
        "Tid": {"category": {"index": ["2024", "2025"]}},
    },
    "value": [50000, 51000, None, 36000],
}  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Return {(part, day): count} of a file with this content, and the remarks."""

    def read(content, name="folk.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        remarks = []
        rows = population_file.read(path, KNOWN, remarks)
        return {(r["part_id"], r["datum"]): r["antal"] for r in rows}, remarks

    return read


def refused(read, content) -> str:
    with pytest.raises(BadFile) as caught:
        read(content)
    return str(caught.value)


def test_the_products_own_columns_in_another_code_page_are_read_and_told(read):
    found, remarks = read((OWN + "0114,2025-12-31,51000,SCB folkmängd\n").encode("cp1252"))
    assert found == {("0114", DAY): 51_000}
    assert "Windows-1252" in remarks[0]
    assert read(OWN + "0114,2025-12-31,51000,SCB folkmängd\n")[1] == []


def test_the_products_own_columns_in_excel_are_read(read):
    book = workbooks.book_of_rows(
        ("part_id", "datum", "antal", "kalla"), ("0114", DAY, 51_000, "SCB"), ("115", DAY, 2, "x")
    )
    assert read(book, "folk.xlsx")[0] == {("0114", DAY): 51_000, ("0115", DAY): 2}


@pytest.mark.parametrize("code", ["utf-8", "cp1252", "utf-16"])
def test_the_csv_of_scb_is_read_wide_and_long_and_its_date_is_told(read, code):
    found, remarks = read(WIDE.encode(code))
    assert found == {("0114", date(2024, 12, 31)): 50_000, ("0114", DAY): 51_000}
    assert "31 december" in remarks[-1]
    found, remarks = read(LONG.encode(code))
    assert found == {("0114", DAY): 51_000}
    assert "31 december" in remarks[-1]


def test_the_workbook_of_scb_has_a_title_and_nothing_over_its_regions(read):
    book = workbooks.book_of_rows(
        ("Folkmängd efter region och år",), (), ("", "2024", "2025"),
        ("0114 Upplands Väsby", 50_000, 51_000), (), ("Källa: SCB",),
    )  # fmt: skip
    found, remarks = read(book, "folk.xlsx")
    assert found == {("0114", date(2024, 12, 31)): 50_000, ("0114", DAY): 51_000}
    assert "31 december" in remarks[-1]


@pytest.mark.parametrize(
    ("period", "day"),
    [("2025", DAY), ("2025K2", date(2025, 6, 30)), ("2024M02", date(2024, 2, 29))],
)
def test_a_period_is_its_last_day(read, period, day):
    assert set(read(f"region;{period}\n0114 Upplands Väsby;51 000\n")[0]) == {("0114", day)}


def test_figures_of_the_first_of_november_are_of_that_day(read):
    found, remarks = read('"region","Folkmängden den 1 november 2025"\n"0114 Väsby",51000\n')
    assert (set(found), "1 november" in remarks[0]) == ({("0114", date(2025, 11, 1))}, True)


def test_px_is_read_by_its_codes(read):
    for code in ("cp1252", "utf-8"):
        found, remarks = read(PX.encode(code), "folk.px")
        assert found == {("0114", DAY): 51_000, ("0115", DAY): 36_000}
        assert "Folkmängd efter region och år" in remarks[0]
    said = PX.replace('CHARSET="ANSI"', 'CHARSET="ANSI";\nCODEPAGE="iso-8859-15"')
    assert len(read(said.encode("iso-8859-15"))[0]) == 2


def test_px_with_keys_has_only_the_rows_that_it_says(read):
    keyed = PX.replace("DATA=\n51000 \n36000 ;", 'KEYS("region")=CODES;\nDATA=\n"0115",36000 ;')
    assert read(keyed)[0] == {("0115", DAY): 36_000}
    assert "nyckel" in refused(read, keyed.replace('"0115",36000', '"0116",36000'))


def test_what_is_missing_stays_missing_and_is_told(read):
    found, remarks = read(PX.replace("36000", '".."'))
    assert found == {("0114", DAY): 51_000}
    assert remarks[-1] == "1 uppgifter saknas i filen, och är inte noll."
    found, remarks = read(json.dumps(CUBE))
    assert ("0115", date(2024, 12, 31)) not in found and len(found) == 3


def test_a_cube_in_json_is_read_in_all_its_ways_to_write_values(read):
    wanted = {("0114", date(2024, 12, 31)): 50_000, ("0114", DAY): 51_000, ("0115", DAY): 36_000}
    sparse = {**CUBE, "value": {"0": 50000, "1": 51000, "3": 36000.0}}
    for said in (CUBE, sparse):
        assert read(json.dumps(said), "folk.json")[0] == wanted
    for broken in ({**CUBE, "size": [1, 1]}, {**CUBE, "value": [1]}, {"version": "2.0"}, {"id": 1}):
        assert "JSON-stat" in refused(read, json.dumps(broken))
    assert "JSON-stat" in refused(read, "{" + "[" * 100_000)


@pytest.mark.parametrize("value", ["51000,5", "51000.25", "många", "0", "-5"])
def test_a_count_is_a_whole_number_of_people(read, value):
    assert "kolumn antal" in refused(read, f"region;2025\n0114 Väsby;{value}\n")


def test_a_file_by_sex_is_read_by_its_total_or_refused(read):
    head = "region;kön;2025\n"
    lines = "0114 V;män;25000\n0114 V;kvinnor;26000\n"
    assert "uppdelad på kön" in refused(read, head + lines)
    assert read(head + lines + "0114 V;totalt;51000\n")[0] == {("0114", DAY): 51_000}


def test_a_kommun_twice_with_different_figures_is_refused_with_both_lines(read):
    for text in (
        OWN + "0114,2025-12-31,51000,SCB\n0114,2025-12-31,51001,SCB\n",
        "region;2025\n0114 Väsby;51000\n0114 Väsby;51001\n",
    ):
        said = refused(read, text)
        assert "rad 3" in said and "står redan på rad 2" in said


@pytest.mark.parametrize("code", ["1480", "0380", "2580"])
def test_a_kommun_of_another_county_is_told_apart_and_not_counted(read, code):
    found, remarks = read(OWN + f"0114,2025-12-31,51000,SCB\n{code},2025-12-31,600000,SCB\n")
    assert (found, code in remarks[0]) == ({("0114", DAY): 51_000}, True)
    found, remarks = read(f"region;2025\n00 Riket;9\n01 Länet;8\n{code} X;7\n0114 Väsby;51000\n")
    assert found == {("0114", DAY): 51_000}
    assert all(place in " ".join(remarks) for place in ("00", "01", code))
    assert "ingen rad i filen gäller" in refused(read, OWN + f"{code},2025-12-31,6,SCB\n")


@pytest.mark.parametrize("code", ["9999", "0199", "011", "polisen", "0181x"])
def test_a_code_that_is_no_kommun_elsewhere_is_a_fault(read, code):
    assert "kolumn part_id" in refused(read, OWN + f"{code},2025-12-31,1,SCB\n")


def test_headings_that_are_missing_are_told(read):
    said = refused(read, "kod;dag;invånare\n0114;2025-12-31;1\n")
    assert "part_id/kommun_kod, datum, antal/folkmangd, kalla" in said and "”kod”" in said


def test_more_than_can_be_meant_is_refused(read, monkeypatch):
    monkeypatch.setattr(statistics_file, "MOST", 3)
    assert "högst 3 tal" in refused(read, json.dumps(CUBE))
    assert "högst 3 tal" in refused(read, "region;2022;2023;2024;2025\n0114 V;1;2;3;4\n")


def test_population_at_a_date_takes_any_of_them(tmp_path):
    for name, content in (("a.csv", WIDE.encode("cp1252")), ("b.px", PX.encode("cp1252")),
                          ("c.json", json.dumps(CUBE).encode())):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        found = population.at(DB, [DAY], path)["0114", DAY]
        assert (found.count, found.status) == (51_000, "utfall")


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["", OWN, WIDE, LONG, PX, json.dumps(CUBE), "{"]), st.data())
def test_any_bytes_are_read_or_told(tmp_path_factory, start, data):
    content = start.encode("cp1252")
    at = data.draw(st.integers(0, len(content)))
    content = content[:at] + data.draw(st.binary(max_size=30)) + content[at:]
    path = tmp_path_factory.getbasetemp() / "fuzz"
    path.write_bytes(content)
    try:
        population_file.read(path, KNOWN)
    except BadFile as error:
        assert str(error)
