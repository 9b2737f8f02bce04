"""A scenario changes what it says, from the day it says, and nothing else."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from analytics.agreement import parties
from analytics.fees import payments
from analytics.fees.question import Question
from analytics.reference.prices import IndexMissing
from analytics.scenario import dated as scenario_dated
from analytics.scenario.changes import to_data
from analytics.scenario.dated import IN_FORCE
from analytics.scenario.errors import BadScenario
from tests.given.scenarios import AGREEMENT, DB, FRAME, KPI, LEAVES

FRAMES = "rambudget_kr"


def draft(*rows, name="Prov"):
    return scenario_dated.read(DB, AGREEMENT, {"namn": name, "andring": list(rows)})


def fee(item, year):
    return payments.compute_many(
        DB, AGREEMENT, [scenario_dated.question_for(DB, AGREEMENT, item, year)]
    )[0]


def frame(item, year):
    return scenario_dated.parameters_in(DB, AGREEMENT, item, year).get(FRAMES)


def test_the_scenario_in_force_has_no_changes():
    asked = scenario_dated.question_for(DB, AGREEMENT, IN_FORCE, 2027)

    assert (asked.parameters, asked.readings) == ({}, {})
    assert asked.rows == parties.party_rows(DB, AGREEMENT)


@given(
    kronor=st.integers(0, 10**9),
    first=st.integers(2016, 2029),
    later=st.integers(1, 10),
)
@settings(max_examples=40, deadline=None)
def test_a_change_holds_from_its_day_and_nowhere_else(kronor, first, later):
    second = min(first + later, 2030)
    rows = [{**FRAME, "fran": f"{second}-01-01", "varde": 7_000_000}] if second > first else []
    item = draft(*rows, {**FRAME, "fran": f"{first}-01-01", "varde": kronor})

    assert frame(item, first) == kronor
    assert frame(item, first - 1) is None
    if rows:
        assert frame(item, second - 1) == kronor
        assert frame(item, second) == frame(item, 2030) == 7_000_000
    assert AGREEMENT.parameters[FRAMES].on(date(first, 1, 1)) == 6_500_000, "avtalet flyttade sig"


def test_a_frame_that_follows_kpi_since_2015_is_worked_out_by_hand():
    """KPI 2016–2027 in data: 1,0 1,8 2,0 1,8 0,5 2,2 8,4 8,5 2,8 0,7 1,8 2,0 percent."""
    factor = Fraction(1)
    for percent in ("1.0", "1.8", "2.0", "1.8", "0.5", "2.2", "8.4", "8.5", "2.8", "0.7", "1.8"):
        factor *= 1 + Fraction(percent) / 100
    item = draft(KPI)

    exact = 6_500_000 * factor * Fraction(102, 100)
    assert frame(item, 2027) == round(exact)
    assert frame(item, 2028) == round(exact * Fraction(102, 100))
    assert frame(item, 2026) is None


def test_a_year_that_the_index_has_no_figure_for_is_missing_and_never_guessed():
    item = draft({k: v for k, v in KPI.items() if k != "sedan"})

    assert frame(item, 2027) == 9_011_083
    with pytest.raises(IndexMissing, match="KPI saknar ett värde för 2028"):
        frame(item, 2028)


def test_a_rate_of_ones_own_counts_from_the_year_before():
    item = draft({**FRAME, "varde": None, "takt": "2,5"})

    assert frame(item, 2027) == 6_662_500
    assert frame(item, 2028) == 6_829_063  # 6 829 062,5: halves up


def test_an_indexed_ceiling_is_in_whole_ore():
    """1,50 × 1,03³ = 1,6390905."""
    item = draft(
        {"parameter": "tak_kr_per_invanare", "fran": "2027-01-01", "takt": "3", "skal": "x"}
    )
    assert scenario_dated.parameters_in(DB, AGREEMENT, item, 2029)[
        "tak_kr_per_invanare"
    ] == Fraction("1.64")


def test_a_reading_is_chosen_from_its_year_on():
    item = draft({"tolkning": "T1", "fran": "2028-01-01", "lasart": "fast", "skal": "x"})

    assert fee(item, 2027).readings["T1"] == "tak"
    assert fee(item, 2028).readings["T1"] == "fast"


def test_trafikverket_leaves_and_what_it_paid_is_missing_as_the_agreement_says():
    """avtal.md: 11 shares, 279 500 per share, 175 500 unfunded."""
    result = fee(draft({**LEAVES, "fran": "2015-01-01"}), 2015)

    assert result.party("trafikverket") is None
    assert result.party("polisen").fee_kr == 279_500
    assert result.unfunded_kr == 175_500


def test_a_party_that_leaves_is_still_there_the_day_before():
    item = draft(LEAVES)
    assert fee(item, 2026).party("trafikverket") is not None
    assert fee(item, 2027).party("trafikverket") is None


def test_kustbevakningen_pays_one_of_fourteen_shares():
    item = draft({"part": "kustbevakningen", "fran": "2027-07-01", "deltar": True, "skal": "x"})
    paid = fee(item, 2027)
    by_month = Question(2027, scenario_dated.dated_rows(DB, AGREEMENT, item), {}, {"T4": "manader"})
    (months,) = payments.compute_many(DB, AGREEMENT, [by_month])

    assert paid.party("kustbevakningen").fee_kr == 232_143
    assert months.party("kustbevakningen").fee_kr == 120_370
    assert months.party("polisen").fee_kr == 240_741


def test_changed_shares_stay_through_a_partys_later_change_of_name():
    """Landstinget became Region Stockholm 2019; its shares were changed before that."""
    item = draft({"part": "region-stockholm", "fran": "2016-01-01", "andelar": 3, "skal": "x"})

    assert [fee(item, y).party("region-stockholm").weight for y in (2015, 2018, 2020)] == [2, 3, 3]
    assert fee(item, 2020).party("region-stockholm").name == "Region Stockholm"


def test_a_new_party_joins_with_its_shares():
    item = draft(
        {
            "part": "lfv",
            "fran": "2027-01-01",
            "namn": "Luftfartsverket",
            "grupp": "ovrig",
            "andelar": 2,
            "deltar": True,
            "skal": "K12",
        },
        {"part": "lfv", "fran": "2029-01-01", "deltar": False, "skal": "lämnar igen"},
    )

    assert fee(item, 2027).party("lfv").fee_kr == fee(item, 2027).party("trafikverket").fee_kr
    assert fee(item, 2026).party("lfv") is None and fee(item, 2029).party("lfv") is None


def test_a_scenario_that_empties_a_block_leaves_its_half_unfunded():
    others = [row for row in parties.party_rows(DB, AGREEMENT) if row.group == "ovrig" and row.pays]
    ids = sorted({row.party_id for row in others})
    rows = [{"part": i, "fran": "2027-01-01", "deltar": False, "skal": "x"} for i in ids]
    result = fee(draft(*rows), 2027)

    assert result.unfunded_kr == 3_250_000
    assert {p.block for p in result.parties} == {"kommuner"}


# ---- what cannot be ----


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({**FRAME, "parameter": "rambudget"}, "Menade du ”rambudget_kr”?"),
        ({**FRAME, "varde": "hej"}, "Rambudget (K1): ”hej” går inte att läsa"),
        ({**FRAME, "varde": "-5"}, "Rambudget (K1) kan inte vara −5"),
        ({**FRAME, "varde": "1,500"}, "kan läsas på två sätt"),
        ({**FRAME, "varde": 1.5}, "är inget tal"),
        ({**FRAME, "fran": "2027-07-01"}, "avgiften är för ett helt kalenderår (K10)"),
        ({**FRAME, "fran": "1999-01-01"}, "avtalet räknas 2015–2030 (K10)"),
        ({**FRAME, "fran": "2027-02-30"}, "”2027-02-30” går inte att läsa"),
        ({**FRAME, "fran": None}, "datumet saknas"),
        ({**FRAME, "skal": " "}, "skälet saknas"),
        ({**FRAME, "takt": "2"}, "precis ett av värde, takt"),
        ({**FRAME, "vrde": "2"}, "Fältet ”vrde” finns inte. Menade du ”varde”?"),
        ({**KPI, "index": "KPX"}, "Det finns inget index ”KPX”. Välj bland KPI, KPIF, PKV."),
        ({**KPI, "basar": 2027}, "basåret 2027 passar inte"),
        ({**FRAME, "varde": None, "takt": "51"}, "takten 51 % per år tas inte emot"),
        ({**KPI, "parameter": "andel_procent"}, "räknas inte upp år för år"),
        ({"tolkning": "T1", "fran": "2027-01-01", "lasart": "x", "skal": "x"}, "”T1=x” finns inte"),
        ({"tolkning": "T9", "fran": "2027-01-01", "lasart": "x", "skal": "x"}, "”T9=x” finns inte"),
        ({**LEAVES, "part": "trafikverkt"}, "Menade du ”trafikverket”?"),
        ({**LEAVES, "deltar": "nej"}, "deltar kan inte vara ”nej”"),
        ({**LEAVES, "deltar": None}, "får inga nya villkor"),
        ({**LEAVES, "betalar": True}, "kan inte betala utan att delta"),
        ({"part": "0180", "fran": "2027-01-01", "andelar": 2, "skal": "x"}, "inte betalar efter"),
        ({"part": "polisen", "fran": "2027-01-01", "andelar": 0, "skal": "x"}, "Skriv 1–100"),
        (
            {"part": "habo", "fran": "2027-01-01", "namn": "Håbo", "grupp": "kommun", "skal": "x"},
            "dess folkmängd finns inte i data",
        ),
        ({"skal": "x"}, "säger inte vad den ändrar"),
        ("hej", "är inte en post"),
    ],
)
def test_a_change_that_cannot_be_is_named_with_the_way_out(row, says):
    with pytest.raises(BadScenario) as told:
        draft(FRAME | {"fran": "2029-01-01"}, row)
    assert says in str(told.value)
    assert "Ändring 2:" in str(told.value)


def test_every_fault_is_told_at_once():
    with pytest.raises(BadScenario) as told:
        draft({**FRAME, "varde": "x"}, {**LEAVES, "part": "y"}, FRAME, {**FRAME}, name=" ")
    assert len(told.value.faults) == 4
    assert "ändras två gånger" in told.value.faults[-1]


def test_an_index_that_takes_a_value_beyond_its_limit_is_refused_with_the_year():
    with pytest.raises(BadScenario, match=r"Rambudget \(K1\) kan inte vara"):
        draft(
            {**FRAME, "fran": "2016-01-01", "varde": "99 999 999 999"},
            {**FRAME, "varde": None, "takt": "50"},
        )


changes = st.lists(
    st.one_of(
        st.builds(
            lambda year, kr: {**FRAME, "fran": f"{year}-01-01", "varde": kr},
            st.integers(2015, 2030),
            st.integers(0, 10**10),
        ),
        st.builds(
            lambda year, r: {"tolkning": "T3", "fran": f"{year}-01-01", "lasart": r, "skal": "s"},
            st.integers(2015, 2030),
            st.sampled_from(["omfordela", "ofinansierat"]),
        ),
        st.builds(
            lambda day, n: {"part": "polisen", "fran": day.isoformat(), "andelar": n, "skal": "s"},
            st.dates(date(2015, 1, 1), date(2030, 12, 31)),
            st.integers(1, 100),
        ),
        st.builds(
            lambda year, rate: {**KPI, "fran": f"{year}-01-01", "basar": 2015, "sedan": rate},
            st.integers(2016, 2030),
            st.integers(-5, 5),
        ),
    ),
    max_size=6,
    unique_by=lambda row: (str(row.get("parameter") or row.get("part") or "T3"), row["fran"]),
)


@given(changes)
@settings(max_examples=40, deadline=None)
def test_what_is_written_down_is_read_back_whatever_the_order(rows):
    item = draft(*rows)
    again = draft(*reversed([to_data(change) for change in item.changes]))
    assert again == item
