"""Population at a date: the figure, an estimate, or the last one carried forward, and which."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import BadFile, PopulationMissing
from analytics.reference import database, population as reference_population

MIDYEAR_2014 = date(2014, 6, 30)
FIVE = {"0114": 41_648, "0115": 31_804, "0117": 40_853, "0120": 40_177, "0187": 11_263}
DB = database.build()


def dec(year):
    return date(year, 12, 31)


@pytest.fixture
def own(tmp_path):
    def own(rows, head="part_id,datum,antal,kalla"):
        path = tmp_path / "egen.csv"
        path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
        return path

    return own


def test_the_five_missing_at_midyear_2014_are_estimated_to_their_known_sum():
    """K4: exactly these five, together 165 745; 2 181 318 in all."""
    found = reference_population.at(DB, [MIDYEAR_2014])

    assert {party: found[party, MIDYEAR_2014].count for party in FIVE} == FIVE
    assert sum(FIVE.values()) == 165_745
    assert sum(row.count for row in found.values()) == 2_181_318
    status = {party: row.status for (party, _), row in found.items()}
    assert {party for party in status if status[party] == "uppskattad"} == set(FIVE)
    assert {party for party in status if status[party] == "utfall"} == set(status) - set(FIVE)
    assert "5 parter vars siffror saknas tillsammans blir 165\xa0745" in (
        found["0187", MIDYEAR_2014].rule
    )


def test_a_published_figure_is_given_as_it_is():
    found = reference_population.at(DB, [MIDYEAR_2014, dec(2014)])

    assert found["0180", MIDYEAR_2014].count == 905_184
    assert found["0180", dec(2014)].count == 911_989
    assert found["0180", dec(2014)].status == "utfall"
    assert found["0180", dec(2014)].source.startswith("SCB, Folkmängd 31 december")


def test_between_year_ends_30_june_is_their_mean_with_halves_up():
    """Stockholm 2015: (911 989 + 923 516) / 2 = 917 752,5."""
    day = date(2015, 6, 30)
    row = reference_population.at(DB, [day])["0180", day]

    assert (row.count, row.status) == (917_753, "uppskattad")
    assert row.rule == (
        "Rätlinjigt mellan 2014-12-31 och 2015-12-31 (6 av 12 månader), avrundat till heltal."
    )


def test_after_the_last_figure_it_is_carried_forward_and_marked():
    day = dec(2029)
    row = reference_population.at(DB, [day])["0180", day]

    assert (row.count, row.status) == (999_239, "prognos")
    assert row.rule == "Senaste kända siffra, 2025-12-31, framskriven oförändrad."


def test_before_the_first_figure_there_is_none_and_the_message_says_what_to_do():
    with pytest.raises(PopulationMissing) as caught:
        reference_population.at(DB, [dec(2014), date(2010, 6, 30)])

    message = str(caught.value)
    assert message.startswith("Folkmängden den 2010-06-30 saknas för Upplands Väsby")
    assert "och 23 till: den första kända siffran är från 2010-12-31" in message
    assert "(K3)" in message
    assert "Välj ett senare budgetår" in message


def test_a_party_without_any_figure_is_missing_and_not_zero():
    with pytest.raises(PopulationMissing, match="saknas för trafikverket"):
        reference_population.at(DB, [dec(2014)], parties=["0180", "trafikverket"])


def test_many_dates_at_once_give_what_one_at_a_time_gives():
    days = [date(2011 + n // 4, (3, 6, 9, 12)[n % 4], 30) for n in range(64)]
    together = reference_population.at(DB, days)

    assert len(together) == 26 * 64
    for day in days[::9]:
        assert reference_population.at(DB, [day]).items() <= together.items()


@settings(deadline=None)
@given(
    st.dates(date(2010, 12, 31), date(2025, 12, 31)),
    st.sampled_from(["0180", "0140", "0183"]),
)
def test_an_estimate_lies_on_the_line_between_the_year_ends(day, party):
    """Checked against an evaluation in exact fractions; 2014 has a figure of its own between."""
    if day.year == 2014:
        return
    row = reference_population.at(DB, [day], parties=[party])[party, day]
    if day in (dec(day.year), dec(day.year - 1)):
        assert row.status == "utfall"
        return
    ends = reference_population.at(DB, [dec(day.year - 1), dec(day.year)], parties=[party])
    before, after = ends[party, dec(day.year - 1)].count, ends[party, dec(day.year)].count
    last = day.month if (date.fromordinal(day.toordinal() + 1)).day == 1 else day.month - 1
    exact = before + Fraction((after - before) * last, 12)
    assert row.count == (exact + Fraction(1, 2)).__floor__()
    assert row.status == "uppskattad"


def test_own_figures_go_before_the_shipped_ones(own):
    file = own(["0180,2026-12-31,1005000,Egen prognos", "0180,2014-06-30,905000,Rättad"])
    days = [MIDYEAR_2014, dec(2026), dec(2027)]
    found = reference_population.at(DB, days, file)

    assert found["0180", MIDYEAR_2014].count == 905_000
    assert found["0180", MIDYEAR_2014].rule == "Siffran för 2014-06-30 ur den egna filen."
    assert found["0180", dec(2026)].source == "Egen prognos"
    assert (found["0180", dec(2027)].count, found["0180", dec(2027)].status) == (
        1_005_000,
        "prognos",
    )
    assert found["0183", dec(2026)].status == "prognos"
    assert reference_population.at(DB, [MIDYEAR_2014])["0180", MIDYEAR_2014].count == 905_184


def test_what_rests_on_an_own_forecast_is_a_forecast(own):
    head = "kommun_kod,kommun,datum,folkmangd,status,kalla"
    file = own(["0180,Stockholm,2030-12-31,1100000,prognos,Egen"], head)
    found = reference_population.at(DB, [date(2028, 6, 30), dec(2030)], file, ["0180"])

    assert found["0180", dec(2030)].status == "prognos"
    between = found["0180", date(2028, 6, 30)]
    assert between.status == "prognos"
    assert between.count == 999_239 + (1_100_000 - 999_239) * 30 // 60 + 1  # ,5 upwards


def test_one_of_the_five_known_leaves_the_rest_of_the_sum_to_the_other_four(own):
    found = reference_population.at(DB, [MIDYEAR_2014], own(["0187,2014-06-30,11263,SCB"]))

    assert found["0187", MIDYEAR_2014].status == "utfall"
    assert sum(found[party, MIDYEAR_2014].count for party in FIVE) == 165_745
    assert "4 parter" in found["0114", MIDYEAR_2014].rule


def test_own_figures_that_use_up_the_sum_leave_the_ordinary_estimate(own):
    found = reference_population.at(DB, [MIDYEAR_2014], own(["0187,2014-06-30,165745,fel"]))

    assert found["0114", MIDYEAR_2014].rule.startswith("Rätlinjigt mellan 2013-12-31")


def test_own_figures_may_describe_another_region(own):
    file = own(["9901,2026-12-31,12000,Egen", "vast,2026-12-31,900,Egen"])
    found = reference_population.at(DB, [dec(2026)], file, ["9901", "vast"])

    assert {party: row.count for (party, _), row in found.items()} == {"9901": 12_000, "vast": 900}


def test_an_own_file_with_an_unknown_party_is_refused(own):
    with pytest.raises(BadFile, match=r"egen\.csv, rad 2, kolumn part_id: ”0181x”"):
        reference_population.at(DB, [MIDYEAR_2014], own(["0181x,2014-06-30,1,SCB"]))
    with pytest.raises(BadFile, match="finns inte i tabellen part"):
        reference_population.at(DB, [MIDYEAR_2014], own(["9999,2014-06-30,1,SCB"]))
