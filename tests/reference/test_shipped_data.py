"""What ships in data/: complete, sourced, and equal to the figures it was taken from."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from analytics.reference import database
from analytics.reference.database import DATA
from analytics.reference.sources import SHIPPED

# The sum of the 26 kommuner on 31 December, added up from the source outside the program.
TOTALS = {
    2010: 2_054_343,
    2011: 2_091_473,
    2012: 2_127_006,
    2013: 2_163_042,
    2014: 2_198_044,
    2015: 2_231_439,
    2016: 2_269_060,
    2017: 2_308_143,
    2018: 2_344_124,
    2019: 2_377_081,
    2020: 2_391_990,
    2021: 2_415_139,
    2022: 2_440_027,
    2023: 2_454_821,
    2024: 2_473_307,
    2025: 2_486_253,
}
MISSING_2014 = {"0114", "0115", "0117", "0120", "0187"}


@pytest.fixture(scope="module")
def db():
    return database.build()


def rows(db, text):
    with db.cursor() as cursor:
        return cursor.execute(text).fetchall()


def in_file(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_kommun_has_a_figure_on_every_31_december(db):
    found = rows(db, "select part_id, datum from folkmangd where month(datum) = 12")
    kommun_rows = {row["part_id"] for row in in_file("parter.csv") if row["grupp"] == "kommun"}

    assert len(kommun_rows) == 26
    assert sorted(found) == sorted((k, date(y, 12, 31)) for k in kommun_rows for y in TOTALS)


def test_the_26_add_up_to_what_the_source_adds_up_to(db):
    sums = rows(
        db,
        "select year(datum), sum(antal)::bigint from folkmangd "
        "where month(datum) = 12 group by all",
    )

    assert dict(sums) == TOTALS


def test_30_june_2014_has_21_of_the_kommun_list_and_the_five_are_known_as_a_sum(db):
    known = dict(rows(db, "select part_id, antal from folkmangd where datum = '2014-06-30'"))
    known_as_a_sum = rows(db, "select part_id, antal, datum from folkmangd_delsumma")

    assert len(known) == 21
    assert not MISSING_2014 & set(known)
    assert {party_id for party_id, _, _ in known_as_a_sum} == MISSING_2014
    assert {(count, day) for _, count, day in known_as_a_sum} == {(165_745, date(2014, 6, 30))}
    assert sum(known.values()) + 165_745 == 2_181_318


def test_every_figure_in_the_file_is_in_the_database_unchanged(db):
    loaded = {(p, str(d)): n for p, d, n in rows(db, "select part_id, datum, antal from folkmangd")}

    assert loaded == {
        (row["part_id"], row["datum"]): int(row["antal"]) for row in in_file("folkmangd.csv")
    }
    assert len(loaded) == 26 * 16 + 21


def test_37_actors_in_october_2015_and_13_paying_shares(db):
    """26 kommuner and 11 others; Kustbevakningen takes part without paying."""
    at = "select *, row_number() over (partition by part_id order by fran desc) as nr from part"
    in_force = f"from ({at} where fran <= '{{}}') where nr = 1 and deltar"
    october = in_force.format("2015-10-01")

    assert rows(db, f"select count(*) {october}") == [(37,)]
    assert rows(db, f"select sum(andelar)::int {october} and betalar") == [(13,)]
    assert rows(db, f"select sum(andelar)::int {october}") == [(14,)]
    assert rows(db, f"select count(*) {in_force.format('2015-09-30')}") == [(36,)]
    doubles = rows(db, f"select part_id {october} and andelar = 2 order by part_id")
    assert doubles == [("lansstyrelsen",), ("region-stockholm",), ("trafikverket",)]


def test_the_county_council_keeps_its_identity_through_the_change_of_name(db):
    named = rows(db, "select fran, namn from part where part_id = 'region-stockholm' order by fran")

    assert named == [
        (date(2015, 1, 1), "Stockholms läns landsting"),
        (date(2019, 1, 1), "Region Stockholm"),
    ]


def test_a_proposed_category_says_that_it_is_an_assumption(db):
    silent = rows(
        db,
        "select namn from part where grupp = 'ovrig' and kategori is not null "
        "and kalla not like '%antagande%'",
    )

    assert silent == []
    assert rows(db, "select part_id from part where kategori is null") == [("lansstyrelsen",)]


def test_indices_keep_their_decimals_and_their_status(db):
    index = {
        (year, name): (percent, status)
        for year, name, percent, status in rows(
            db, "select ar, index_namn, procent, status from prisindex"
        )
    }

    assert len(index) == 36
    assert index[2023, "KPI"] == (Decimal("8.50"), "utfall")
    assert index[2014, "KPI"] == (Decimal("-0.20"), "utfall")
    assert index[2027, "KPI"] == (Decimal("2.00"), "prognos")
    assert sorted(year for year, name in index if name == "PKV") == [2015, 2016, 2017, 2018]
    assert rows(db, "select period, niva from prisniva order by period") == [
        ("2015", Decimal("313.35")),
        ("2024-11", Decimal("416.75")),
    ]


def test_every_kommun_has_a_projected_change_over_5_and_10_years(db):
    found = rows(
        db,
        "select horisont_ar, count(distinct part_id), min(basar), max(basar) "
        "from folkmangd_forandring group by all order by all",
    )

    assert found == [(5, 26, 2024, 2024), (10, 26, 2024, 2024)]


def test_every_file_in_data_is_in_the_register_and_every_entry_has_its_file():
    files = {p.relative_to(DATA).as_posix() for p in DATA.rglob("*") if p.is_file()}

    assert {row["fil"] for row in in_file("kallor.csv")} == files


def test_the_register_names_the_table_of_every_file_that_is_read():
    register = {row["fil"]: row["tabell"] for row in in_file("kallor.csv") if row["tabell"]}

    assert register == {spec.file: spec.name for spec in SHIPPED}


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_no_row_of_any_table_may_leave_out_where_it_comes_from(spec):
    source = {column.name: column for column in spec.columns}[
        "utgivare" if spec.name == "kalla" else "kalla"
    ]

    assert not source.empty
    assert not source.optional
