"""Golden figures of the agreement: worked by hand from its clauses, and to the krona (K1–K12)."""

from datetime import date
from fractions import Fraction

import pytest

from tests.given.agreement import (
    DOUBLE,
    MIDYEAR_2014,
    SINGLE,
    block,
    fee,
    joined,
    same_on_both,
    without,
    year,
)

# ---- 2015 as it was agreed ----


def test_2015_with_every_reading_at_its_default():
    """6,5 Mkr: two halves of 3 250 000; 3 250 000 / 13 shares = 250 000 exactly.

    Kommunerna: 3 250 000 / 2 198 044 inhabitants = 1,4786 kr. Sundbyberg 44 090 × 1,4786 = 65 191
    and Nykvarn 9 815 × 1,4786 = 14 512 are over 1,50 × 43 192 = 64 788 and 1,50 × 9 634 = 14 451.
    The 24 others share 3 250 000 − 79 239 = 3 170 761 over 2 144 139: Stockholm 911 989 × 1,478804
    = 1 348 653, Vallentuna 31 969 × 1,478804 = 47 276, just under 50 000 as was expected.
    """
    result = year()
    kommun_rows, others = result.block

    assert [(b.target_kr, b.financed_kr) for b in result.block] == [(3_250_000, 3_250_000)] * 2
    assert (result.financed_kr, result.unfunded_kr) == (6_500_000, 0)
    assert fee(result, *SINGLE) == [250_000] * 7
    assert fee(result, *DOUBLE) == [500_000] * 3
    assert fee(result, "0180", "0115", "0183", "0140") == [1_348_653, 47_276, 64_788, 14_451]
    assert [p.party for p in result.parties if p.at_ceiling] == ["0140", "0183"]
    assert [result.party(p).ideal_kr for p in ("0183", "0140")] == [65_191, 14_512]
    assert (kommun_rows.weight, others.weight) == (2_198_044, 13)
    assert (kommun_rows.free_kr, kommun_rows.free_weight) == (3_170_761, 2_144_139)
    assert result.population() == (date(2014, 12, 31), "utfall")
    assert result.population(ceiling=True) == (MIDYEAR_2014, "uppskattad")


def test_the_ceiling_in_all_is_21_977_above_the_half():
    """K4: 1,50 × 2 181 318 = 3 271 977; each odd number of inhabitants loses half a krona."""
    ceilings = [p for p in year().parties if p.block == "kommuner"]
    exact = sum(Fraction("1.5") * p.ceiling_count.count for p in ceilings)
    odd = sum(p.ceiling_count.count % 2 for p in ceilings)

    assert exact == 3_271_977 == 3_250_000 + 21_977
    assert sum(p.ceiling_kr for p in ceilings) == exact - Fraction(odd, 2)


def test_parties_come_by_block_then_id():
    ids = [p.party for p in year().parties]
    assert ids[:26] == sorted(ids[:26]) and ids[26:] == sorted((*SINGLE, *DOUBLE))


# ---- T1 and T2: 4,3 percent and 280 000 kr ----


@pytest.mark.parametrize(
    ("reading", "share", "others", "kommun_rows", "unfunded"),
    [
        ("tak", 250_000, 3_250_000, 3_250_000, 0),
        # 4,3 % × 6 500 000 = 279 500; × 13 = 3 633 500, 383 500 over the half
        ("fast", 279_500, 3_633_500, 3_250_000, -383_500),
        # kommunerna carry 6 500 000 − 3 633 500 = 2 866 500
        ("rest", 279_500, 3_633_500, 2_866_500, 0),
    ],
)
def test_t1_with_13_shares(reading, share, others, kommun_rows, unfunded):
    result = year(readings={"T1": reading})

    assert fee(result, "polisen", "trafikverket") == [share, 2 * share]
    assert [b.financed_kr for b in result.block] == [kommun_rows, others]
    assert result.unfunded_kr == unfunded
    assert block(result, "kommuner").unfunded_kr == 0
    assert block(result, "ovriga").unfunded_kr == unfunded


@pytest.mark.parametrize(
    ("reading", "single", "others", "kommun_rows", "unfunded"),
    [
        ("tak", 232_143, 3_250_000, 3_250_000, 0),
        # 14 × 279 500 = 3 913 000, 663 000 over the half
        ("fast", 279_500, 3_913_000, 3_250_000, -663_000),
        ("rest", 279_500, 3_913_000, 2_587_000, 0),
    ],
)
def test_t1_with_14_shares(reading, single, others, kommun_rows, unfunded):
    """3 250 000 / 14 = 232 142,86."""
    result = year(rows=joined(date(2015, 1, 1)), readings={"T1": reading})

    assert fee(result, *SINGLE, "kustbevakningen") == [single] * 8
    assert [b.financed_kr for b in result.block] == [kommun_rows, others]
    assert result.unfunded_kr == unfunded


def test_14_shares_add_up_to_the_krona():
    """Doubles 464 285,71: 8 × 232 142 + 3 × 464 285 leaves 9 kronor; 8 to the singles (remainder
    6/7), one to the first double (5/7)."""
    result = year(rows=joined(date(2015, 1, 1)))
    assert fee(result, *DOUBLE) == [464_286, 464_285, 464_285]


@pytest.mark.parametrize(
    ("frame", "follows", "krontak"),
    [
        (6_511_627, 279_999, 279_999),  # 4,3 % = 279 999,96
        (6_511_628, 280_000, 280_000),  # 4,3 % = 280 000,004
        (6_511_652, 280_001, 280_000),  # 4,3 % = 280 001,04
        (8_000_000, 344_000, 280_000),
        (5_000_000, 215_000, 215_000),  # the lower of the two: 4,3 % goes on counting
    ],
)
def test_t2_krontak_binds_above_6_511_628(frame, follows, krontak):
    for reading, ceiling in (("foljer", follows), ("krontak", krontak)):
        result = year(rambudget_kr=frame, readings={"T2": reading})
        assert {result.party(p).ceiling_kr for p in SINGLE} == {ceiling}
        assert all(p.fee_kr <= p.ceiling_kr for p in result.parties)


def test_t2_krontak_with_11_shares_keeps_both_ceilings():
    """5 Mkr and 11 shares: 2 500 000 / 11 = 227 273 is over 4,3 % = 215 000, under 280 000."""
    result = year(rows=without("trafikverket"), rambudget_kr=5_000_000, readings={"T2": "krontak"})
    assert fee(result, "polisen", "lansstyrelsen") == [215_000, 430_000]
    assert result.unfunded_kr == 2_500_000 - 11 * 215_000


def test_t1_fast_and_t2_krontak_stop_the_price_at_280_000():
    """8 Mkr: 4,3 % = 344 000, stopped at 280 000; 13 × 280 000 = 3 640 000 of 4 000 000."""
    result = year(rambudget_kr=8_000_000, readings={"T1": "fast", "T2": "krontak"})
    assert fee(result, "polisen", "trafikverket") == [280_000, 560_000]
    assert block(result, "ovriga").unfunded_kr == 360_000


# ---- T3 and T4 ----


def test_t3_ofinansierat_leaves_464_kr():
    """Sundbyberg 65 191 − 64 788 = 403 and Nykvarn 14 512 − 14 451 = 61."""
    result = year(readings={"T3": "ofinansierat"})

    assert fee(result, "0183", "0140") == [64_788, 14_451]
    assert result.unfunded_kr == 403 + 61 == 464
    assert fee(result, "0180") == [1_348_455]  # 911 989 × 3 250 000 / 2 198 044


def test_t4_a_share_from_1_july():
    """helar: 14 shares · manader: 13,5 shares; 3 250 000 / 13,5 = 240 740,74, half 120 370,37."""
    rows = joined(date(2015, 7, 1))

    whole = year(rows=rows)
    assert fee(whole, *SINGLE, "kustbevakningen") == [232_143] * 8

    months = year(rows=rows, readings={"T4": "manader"})
    assert fee(months, *SINGLE) == [240_741] * 7
    assert fee(months, *DOUBLE) == [481_481] * 3
    assert fee(months, "kustbevakningen") == [120_370]
    assert block(months, "ovriga").weight == Fraction("13.5")
    assert months.financed_kr == whole.financed_kr == 6_500_000


def test_kustbevakningen_is_a_party_that_does_not_pay_until_it_is_recorded():
    result = year(2016)
    assert result.party("kustbevakningen") is None
    assert "kustbevakningen" in {p.party_id for p in result.terms.parties}
    assert len(result.terms.parties) == 37


# ---- parties that leave ----


def test_12_shares_are_a_third_of_a_krona_and_still_add_up():
    """270 833,33 and 541 666,67: 6 × 270 833 + 3 × 541 666 = 3 249 996 leaves 4 kronor; the doubles
    first (remainder 2/3), then the single with the lowest id."""
    result = year(rows=without("polisen"))

    assert fee(result, *DOUBLE) == [541_667] * 3
    assert fee(result, *(p for p in SINGLE if p != "polisen")) == [270_834] + [270_833] * 5
    assert block(result, "ovriga").financed_kr == 3_250_000


@pytest.mark.parametrize("leaves", [("trafikverket",), ("polisen", "sos-alarm")])
def test_11_shares_leave_a_hole_of_175_500(leaves):
    """50 % / 4,3 % = 11,63 shares: 11 × 279 500 = 3 074 500."""
    result = year(rows=without(*leaves))

    assert fee(result, "forsvarsmakten", "lansstyrelsen") == [279_500, 559_000]
    assert result.unfunded_kr == block(result, "ovriga").unfunded_kr == 175_500
    assert all(p.at_ceiling for p in result.parties if p.block == "ovriga")


def test_stockholm_leaves(tmp_path):
    """The population of 30 June 2014 on both dates: 2 181 318 − 905 184 = 1 276 134 inhabitants;
    3 250 000 / 1 276 134 = 2,546754 kr each; at 1,50 they carry 1 914 201; 1 335 799 is missing."""
    population, _ = same_on_both(tmp_path, MIDYEAR_2014, date(2014, 12, 31))
    result = year(rows=without("0180"), population=population)
    kommun_rows = block(result, "kommuner")
    odd = sum(p.ceiling_count.count % 2 for p in result.parties if p.block == "kommuner")

    assert kommun_rows.weight == 1_276_134
    assert round(Fraction(3_250_000) / kommun_rows.weight, 6) == Fraction("2.546754")
    assert kommun_rows.financed_kr == 1_914_201 - Fraction(odd, 2)
    assert kommun_rows.unfunded_kr == 1_335_799 + Fraction(odd, 2)
    assert sum(p.at_ceiling for p in result.parties) == 25
