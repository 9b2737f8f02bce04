"""Four years under an index: what the frame becomes, what stops it, and what is missing."""

from fractions import Fraction

import pytest

from analytics.forecast.projection import CARRIED
from analytics.reference import prices
from analytics.reference.prices import IndexMissing
from analytics.term import options as term_options
from analytics.term.options import INDEX, OWN, PACE, BadOption, FramePath, TermOption
from tests.given.agreement import AGREEMENT, DB, ROWS

YEARS = range(2027, 2031)
TWO = Fraction(2, 100)


def computed(*options, assumed=TWO):
    return term_options.compute(DB, AGREEMENT, ROWS, options, YEARS, assumed)


def test_kpi_from_2015_to_2024_by_hand():
    """1,010 · 1,018 · 1,020 · 1,018 · 1,005 · 1,022 · 1,084 · 1,085 · 1,028 = 1,32583…"""
    changes = prices.year_changes(DB, "KPI", 2015, 2024)
    product = Fraction(1)
    for percent in ("1.0", "1.8", "2.0", "1.8", "0.5", "2.2", "8.4", "8.5", "2.8"):
        product *= 1 + Fraction(percent) / 100

    assert prices.factor(changes) == product
    assert prices.weakest(changes) == "utfall"
    # near the level that the sources give for November 2024: 416,75 / 313,35 = 1,3300
    assert abs(product / (Fraction("416.75") / Fraction("313.35")) - 1) < Fraction(1, 100)


def test_a_year_without_a_figure_is_missing_until_a_rate_is_typed():
    with pytest.raises(IndexMissing, match="KPI saknar ett värde för 2028; källan slutar 2027"):
        prices.year_changes(DB, "KPI", 2015, 2030)
    with pytest.raises(IndexMissing, match="PKV saknar ett värde för 2019"):
        prices.year_changes(DB, "PKV", 2015, 2020)
    found = prices.year_changes(DB, "KPI", 2015, 2030, TWO)
    assert [c.status for c in found[-4:]] == ["prognos", "antagen", "antagen", "antagen"]
    assert prices.weakest(found) == "antagen"


def test_kpi_since_2015_is_stopped_by_k4_in_2027():
    """6 500 000 × KPI 2016–2027 = 9 011 083; half is 4 505 542 and the ceilings 3 729 374."""
    (outcome,) = computed(TermOption("KPI", FramePath(INDEX, pace=TWO), method=CARRIED))
    first = outcome.year[0]

    assert first.frame_kr == 9_011_083
    assert outcome.first_stop is first and first.stop == ("Kommunerna", "K4")
    assert first.result.unfunded_kr == 4_505_542 - 3_729_374
    assert first.real_value_kr == 6_500_000
    assert outcome.unfunded_kr == sum(y.result.unfunded_kr for y in outcome.year)


def test_a_ceiling_that_follows_the_same_index_carries_the_frame():
    path = FramePath(INDEX, pace=TWO)
    (outcome,) = computed(TermOption("båda", path, path, CARRIED))

    assert outcome.first_stop is None
    assert outcome.year[0].ceiling == Fraction(208, 100)  # 1,50 × 1,38632 = 2,0795, whole öre


def test_an_unchanged_frame_loses_value_and_stops_nowhere():
    (outcome,) = computed(TermOption("i dag"))

    assert [y.frame_kr for y in outcome.year] == [6_500_000] * 4
    assert outcome.year[0].real_value_kr > outcome.year[3].real_value_kr
    assert outcome.first_stop is None and outcome.unfunded_kr == 0


def test_own_figures_need_a_value_for_every_year():
    own = {y: Fraction(7_000_000) for y in YEARS}
    (outcome,) = computed(TermOption("egna", FramePath(OWN, own=own)))
    assert {y.frame_kr for y in outcome.year} == {7_000_000}
    del own[2029]
    with pytest.raises(BadOption, match="saknar ett eget värde för 2029"):
        computed(TermOption("egna", FramePath(OWN, own=own)))
    with pytest.raises(BadOption, match="Välj fast, index, takt eller egna"):
        computed(TermOption("fel", FramePath("gissa")))


def test_real_value_is_missing_where_no_index_reaches():
    outcome = computed(TermOption("i dag"), assumed=None)[0]

    assert [y.real_value_kr is None for y in outcome.year] == [False, True, True, True]


def test_rounding_to_kronor_and_ore_is_half_up():
    assert prices.indexed(3, Fraction(1, 2)) == 2
    value, status = term_options.year_of(
        DB, AGREEMENT, FramePath(), AGREEMENT.roles["tak"], 2027, whole_number=False
    )
    assert (value, status) == (Fraction(3, 2), "beslutad")


def test_a_rate_of_ones_own_by_hand():
    """6 500 000 × 1,03² = 6 895 850 in 2028, from 2026; before the start it is the start value."""
    path = FramePath(PACE, since=2026, pace=Fraction(3, 100))
    (outcome,) = computed(TermOption("tre procent", path))

    assert outcome.year[1].frame_kr == 6_895_850
    assert outcome.year[1].status == "antagen"
    with pytest.raises(BadOption, match="egna årstakten saknas"):
        computed(TermOption("ingen", FramePath(PACE)))


def test_a_method_for_one_kommun_moves_its_fee_and_the_others():
    plain, mixed = computed(
        TermOption("alla", method="dampad"),
        TermOption("en", method="dampad", own_methods={"0183": CARRIED}),
    )
    before, after = plain.year[3].result, mixed.year[3].result

    assert after.party("0183").count.count == 57_000 < before.party("0183").count.count
    assert after.party("0183").fee_kr < before.party("0183").fee_kr
    assert after.party("0180").fee_kr > before.party("0180").fee_kr
