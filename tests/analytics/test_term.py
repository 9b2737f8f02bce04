"""Four years under an index: what the frame becomes, what stops it, and what is missing."""

from fractions import Fraction

import pytest

from analytics import prices, term
from analytics.forecast import FRAMSKRIVEN
from analytics.prices import IndexMissing
from analytics.term import EGNA, INDEX, TAK, TAKT, Alternativ, BadOption, Bana
from tests.avtalet import AVTAL, DB, RADER

YEARS = range(2027, 2031)
TVA = Fraction(2, 100)


def rakna(*options, antagen=TVA):
    return term.rakna(DB, AVTAL, RADER, options, YEARS, antagen)


def test_kpi_from_2015_to_2024_by_hand():
    """1,010 · 1,018 · 1,020 · 1,018 · 1,005 · 1,022 · 1,084 · 1,085 · 1,028 = 1,32583…"""
    changes = prices.andringar(DB, "KPI", 2015, 2024)
    product = Fraction(1)
    for percent in ("1.0", "1.8", "2.0", "1.8", "0.5", "2.2", "8.4", "8.5", "2.8"):
        product *= 1 + Fraction(percent) / 100

    assert prices.faktor(changes) == product
    assert prices.svagast(changes) == "utfall"
    # near the level that the sources give for November 2024: 416,75 / 313,35 = 1,3300
    assert abs(product / (Fraction("416.75") / Fraction("313.35")) - 1) < Fraction(1, 100)


def test_a_year_without_a_figure_is_missing_until_a_rate_is_typed():
    with pytest.raises(IndexMissing, match="KPI saknar ett värde för 2028; källan slutar 2027"):
        prices.andringar(DB, "KPI", 2015, 2030)
    with pytest.raises(IndexMissing, match="PKV saknar ett värde för 2019"):
        prices.andringar(DB, "PKV", 2015, 2020)
    found = prices.andringar(DB, "KPI", 2015, 2030, TVA)
    assert [c.status for c in found[-4:]] == ["prognos", "antagen", "antagen", "antagen"]
    assert prices.svagast(found) == "antagen"


def test_kpi_since_2015_is_stopped_by_k4_in_2027():
    """6 500 000 × KPI 2016–2027 = 9 011 083; half is 4 505 542 and the ceilings 3 729 374."""
    (outcome,) = rakna(Alternativ("KPI", Bana(INDEX, takt=TVA), metod=FRAMSKRIVEN))
    first = outcome.ar[0]

    assert first.ram_kr == 9_011_083
    assert outcome.forsta_stopp is first and first.stopp == ("Kommunerna", "K4")
    assert first.resultat.ofinansierat_kr == 4_505_542 - 3_729_374
    assert first.realvarde_kr == 6_500_000
    assert outcome.ofinansierat_kr == sum(y.resultat.ofinansierat_kr for y in outcome.ar)


def test_a_ceiling_that_follows_the_same_index_carries_the_frame():
    path = Bana(INDEX, takt=TVA)
    (outcome,) = rakna(Alternativ("båda", path, path, FRAMSKRIVEN))

    assert outcome.forsta_stopp is None
    assert outcome.ar[0].tak == Fraction(208, 100)  # 1,50 × 1,38632 = 2,0795, whole öre


def test_an_unchanged_frame_loses_value_and_stops_nowhere():
    (outcome,) = rakna(Alternativ("i dag"))

    assert [y.ram_kr for y in outcome.ar] == [6_500_000] * 4
    assert outcome.ar[0].realvarde_kr > outcome.ar[3].realvarde_kr
    assert outcome.forsta_stopp is None and outcome.ofinansierat_kr == 0


def test_own_figures_need_a_value_for_every_year():
    own = {y: Fraction(7_000_000) for y in YEARS}
    (outcome,) = rakna(Alternativ("egna", Bana(EGNA, egna=own)))
    assert {y.ram_kr for y in outcome.ar} == {7_000_000}
    del own[2029]
    with pytest.raises(BadOption, match="saknar ett eget värde för 2029"):
        rakna(Alternativ("egna", Bana(EGNA, egna=own)))
    with pytest.raises(BadOption, match="Välj fast, index, takt eller egna"):
        rakna(Alternativ("fel", Bana("gissa")))


def test_real_value_is_missing_where_no_index_reaches():
    outcome = rakna(Alternativ("i dag"), antagen=None)[0]

    assert [y.realvarde_kr is None for y in outcome.ar] == [False, True, True, True]


def test_rounding_to_kronor_and_ore_is_half_up():
    assert prices.uppraknad(3, Fraction(1, 2)) == 2
    value, status = term.vid(DB, AVTAL, Bana(), TAK, 2027, hela=False)
    assert (value, status) == (Fraction(3, 2), "beslutad")


def test_a_rate_of_ones_own_by_hand():
    """6 500 000 × 1,03² = 6 895 850 in 2028, from 2026; before the start it is the start value."""
    path = Bana(TAKT, fran=2026, takt=Fraction(3, 100))
    (outcome,) = rakna(Alternativ("tre procent", path))

    assert outcome.ar[1].ram_kr == 6_895_850
    assert outcome.ar[1].status == "antagen"
    with pytest.raises(BadOption, match="egna årstakten saknas"):
        rakna(Alternativ("ingen", Bana(TAKT)))


def test_a_method_for_one_kommun_moves_its_fee_and_the_others():
    plain, mixed = rakna(
        Alternativ("alla", metod="dampad"),
        Alternativ("en", metod="dampad", egna_metoder={"0183": FRAMSKRIVEN}),
    )
    before, after = plain.ar[3].resultat, mixed.ar[3].resultat

    assert after.part("0183").antal.antal == 57_000 < before.part("0183").antal.antal
    assert after.part("0183").avgift_kr < before.part("0183").avgift_kr
    assert after.part("0180").avgift_kr > before.part("0180").avgift_kr
