"""The audit finds what is missing, what does not add up, and what changes too fast."""

from datetime import date

import pytest

from analytics.reference import audit, database, tables
from analytics.reference.database import DATA
from analytics.reference.sources import POPULATION, SHIPPED

KOMMUN_ROWS = {row["part_id"] for row in tables.read(DATA / "parter.csv", SHIPPED[0])}


@pytest.fixture
def changed():
    """A database where the rows of folkmangd have been passed through a function."""

    def changed(change):
        db = database.build()
        rows = tables.read(DATA / POPULATION.file, POPULATION, {"part": KOMMUN_ROWS})
        db.replace(POPULATION, change(rows))
        return db

    return changed


def without(party_id, day):
    return lambda rows: [r for r in rows if (r["part_id"], r["datum"]) != (party_id, day)]


def instead(party_id, day, count):
    return lambda rows: [
        row | {"antal": count} if (row["part_id"], row["datum"]) == (party_id, day) else row
        for row in rows
    ]


def deviating(db):
    return {row["nr"]: row["besked"] for row in audit.checks(db) if row["avviker"]}


def test_the_shipped_figures_pass_every_check():
    rows = audit.checks(database.build())

    assert [(row["granskat"], row["avviker"]) for row in rows] == [
        (416, 0),
        (6, 0),
        (437, 0),
        (390, 0),
    ]
    assert rows[3]["besked"] == "Störst: Sundbyberg 2015, 4,6 procent"


def test_the_answer_names_dates_counts_and_sums():
    assert audit.sentence(audit.data_status(database.build())) == (
        "Folkmängden är utfall till och med 2025-12-31 för alla 26 kommuner; 5 värden för "
        "2014-06-30 är uppskattade; kommunernas summa är länets kända folkmängd på alla 6 datum "
        "som går att kontrollera."
    )


def test_a_missing_figure_is_found_and_moves_the_last_complete_date(changed):
    db = changed(without("0140", date(2025, 12, 31)))
    found = audit.data_status(db)

    assert deviating(db) == {1: "Nykvarn 2025"}
    assert found.outcome_until == date(2024, 12, 31)
    assert found.estimated == {date(2014, 6, 30): 5, date(2025, 12, 31): 1}
    assert "1 värde för 2025-12-31 är uppskattat;" in audit.sentence(found)


def test_one_inhabitant_too_many_is_found_against_the_county(changed):
    db = changed(instead("0180", date(2014, 6, 30), 905_185))

    assert deviating(db) == {2: "2014-06-30"}
    assert audit.data_status(db).deviates == (date(2014, 6, 30),)
    assert "skiljer sig från länets kända folkmängd 2014-06-30." in audit.sentence(
        audit.data_status(db)
    )


def test_a_figure_twice_on_the_same_date_is_found(changed):
    db = changed(lambda rows: [*rows, rows[-1]])

    assert deviating(db)[3] == "0192 2025-12-31"


def test_a_change_of_more_than_five_percent_is_found(changed):
    """46 110 on 2015-12-31; 5 % of it is 2 305,5, so 48 416 is above and 48 415 rounds to it."""
    above = deviating(changed(instead("0183", date(2016, 12, 31), 48_500)))
    below = deviating(changed(instead("0183", date(2016, 12, 31), 48_415)))

    assert above == {4: "Störst: Sundbyberg 2016, 5,2 procent"}
    assert below == {}


def test_each_date_is_held_against_the_county_where_that_is_known():
    rows = {row["datum"]: row for row in audit.by_date(database.build())}
    midyear = rows[date(2014, 6, 30)]

    assert (midyear["summa"], midyear["delsumma"], midyear["i_allt"]) == (
        2_015_573,
        165_745,
        2_181_318,
    )
    assert midyear["saknas"] == "Upplands Väsby, Vallentuna, Österåker, Värmdö, Vaxholm"
    assert {day for day, row in rows.items() if row["skillnad"] == 0} == {
        date(2014, 6, 30),
        *(date(year, 12, 31) for year in (2014, 2015, 2022, 2023, 2024)),
    }
    assert rows[date(2013, 12, 31)]["skillnad"] is None


def test_series_tell_outcome_from_estimate_and_forecast():
    rows = {row["serie"]: row for row in audit.series_list(database.build())}

    assert list(rows["Folkmängd 31 december"].values())[1:] == ["2010–2025", "", ""]
    assert list(rows["Folkmängd 30 juni"].values())[1:] == ["2014 (21 av 26)", "2014 (5 av 26)", ""]
    assert rows["KPIF"]["utfall"] == "2012–2013, 2015, 2020, 2023"
    assert rows["PKV"]["prognos"] == "2017–2018"


def test_the_change_of_boundary_is_told():
    [row] = audit.border_changes(database.build())

    assert (row["datum"], row["fran"], row["till"], row["antal"]) == (
        date(2011, 1, 1),
        "Vaxholm",
        "Lidingö",
        154,
    )


def test_the_register_counts_the_rows_of_every_table():
    rows = {row["tabell"]: row["rader"] for row in audit.tables(database.build())}

    assert {spec.name: rows[spec.name] for spec in SHIPPED} == {
        spec.name: len((DATA / spec.file).read_text("utf-8").splitlines()) - 1 for spec in SHIPPED
    }
