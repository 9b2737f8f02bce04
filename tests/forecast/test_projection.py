"""A forecast starts from what is known, says how it was made, and has been tried on the past."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from analytics.fees.payments import compute_many
from analytics.fees.question import Question
from analytics.forecast import projection, sensitivity, uncertainty
from analytics.forecast.projection import (
    CARRIED,
    DAMPED,
    METHODS,
    SCB,
    Projection,
    UnknownMethod,
)
from tests.given.agreement import AGREEMENT, DB, ROWS


def test_a_known_date_is_the_known_figure_whatever_the_method():
    for method in METHODS:
        assert Projection(DB, method)("0183", date(2025, 12, 31)).status == "utfall"
        assert Projection(DB, method)("0183", date(2014, 6, 30)).count == 43_192


def test_carried_forward_is_the_last_known_figure():
    found = Projection(DB, CARRIED)("0183", date(2029, 12, 31))

    assert (found.count, found.status) == (57_000, "prognos")


def test_the_damped_trend_by_hand():
    """100 → 150 over five years is 10 a year of 100: a rate of 1/10. A tenth less each year:

    2026: 150 × (1 + 0,09) = 163,5 → 164; 2027: 163,5 × (1 + 0,081) = 176,7435 → 177.
    """
    history = dict(zip(range(2020, 2026), (100, 110, 120, 130, 140, 150), strict=True))

    assert projection.year_end(history, 2026, DAMPED) == 164
    assert projection.year_end(history, 2027, DAMPED) == 177


def test_scbs_change_is_read_between_its_points_from_the_last_known_year():
    """2024 = 1, 2029 = 1,05, 2034 = 1,08: 2025 is 1,01 and 2027 is 1,03. From 1 000 in 2025:

    1 000 × 1,03 / 1,01 = 1 019,8 → 1 020; 2030 is 1,056: 1 045,5 → 1 046.
    """
    points = [(2024, Fraction(1)), (2029, Fraction(105, 100)), (2034, Fraction(108, 100))]

    assert projection.year_end({2025: 1000}, 2027, SCB, points) == 1020
    assert projection.year_end({2025: 1000}, 2030, SCB, points) == 1046


def test_midyear_is_the_mean_of_its_year_ends_halves_up():
    walk = Projection(DB, DAMPED)
    ends = [walk("0183", date(y, 12, 31)).count for y in (2027, 2028)]

    assert walk("0183", date(2028, 6, 30)).count == (sum(ends) + 1) // 2


def test_a_method_of_its_own_for_one_kommun_leaves_the_others():
    mixed = Projection(DB, DAMPED, {"0183": CARRIED})

    assert mixed("0183", date(2028, 12, 31)).count == 57_000
    plain = Projection(DB, DAMPED)
    assert mixed("0180", date(2028, 12, 31)) == plain("0180", date(2028, 12, 31))


def test_an_unknown_method_is_refused():
    with pytest.raises(UnknownMethod, match="framskriven, dampad, scb"):
        Projection(DB, "gissning")


def test_the_backtest_counts_what_it_tried():
    """Year-ends 2010–2025: origins 2015–2024 for one year ahead are 10 × 26 trials; SCB has one."""
    found = {(f.method, f.horizon): f for f in projection.backtest(DB)}

    assert found[CARRIED, 1].count == 260
    assert found[SCB, 1].count == 26 and (SCB, 2) not in found
    assert found[DAMPED, 4].mean_error < found[CARRIED, 4].mean_error
    assert found[CARRIED, 4].skew < 0  # a growing county


def test_the_halves_add_up_in_every_draw_and_the_seed_repeats_it():
    asked = [Question(y, ROWS, {"rambudget_kr": Fraction(7_400_001)}) for y in (2027, 2030)]
    drawn = uncertainty.simulate(DB, AGREEMENT, asked, DAMPED, 300, seed=7)
    again = uncertainty.simulate(DB, AGREEMENT, asked, DAMPED, 300, seed=7)
    other = uncertainty.simulate(DB, AGREEMENT, asked, DAMPED, 300, seed=8)

    assert (drawn.fee_kr.sum(axis=2) + drawn.unfunded_kr == 7_400_001).all()
    assert (drawn.fee_kr == again.fee_kr).all()
    assert (drawn.fee_kr != other.fee_kr).any()
    low, middle, high = drawn.interval()
    assert (low <= middle).all() and (middle <= high).all()
    assert ((drawn.ceiling_probability() >= 0) & (drawn.ceiling_probability() <= 1)).all()


def test_a_draw_is_paid_for_as_the_engine_pays_for_it():
    """The drawn inhabitants of one draw, given to the forward engine, give the same fees."""
    asked = Question(2028, ROWS, {"rambudget_kr": Fraction(7_450_000)})
    drawn = uncertainty.simulate(DB, AGREEMENT, [asked], DAMPED, 40, seed=3)
    history, scb = projection.history(DB), projection.scb_pace(DB)
    parties = sorted(history)
    people = uncertainty.draw(history, scb, parties, dict.fromkeys(parties, DAMPED), 2025, 2, 40, 3)
    ends = {p: people[17, :, n] for n, p in enumerate(parties)}

    def given(party, day):
        end = {2025 + k: int(v) for k, v in enumerate(ends[party])}
        count = end[2027] if day.month == 12 else (end[2026] + end[2027] + 1) // 2
        return projection.Count(count, "prognos", "", "")

    result = compute_many(DB, AGREEMENT, [asked], given)[0]
    fees = {p.party: p.fee_kr for p in result.parties}
    assert [fees[p] for p, _, _ in drawn.parties] == drawn.fee_kr[17, 0].tolist()


def test_what_moves_together_keeps_moving_together():
    """Two kommuner that always grow alike are drawn alike."""
    history = {p: {y: 1000 * (y - 2000) ** 2 for y in range(2010, 2026)} for p in ("a", "b")}
    drawn = uncertainty.draw(history, {}, ["a", "b"], dict.fromkeys("ab", DAMPED), 2025, 3, 50, 1)

    assert (drawn[:, :, 0] == drawn[:, :, 1]).all()
    assert len(np.unique(drawn[:, 3, 0])) > 5


def test_intervals_are_tried_on_the_past_and_the_hit_rate_is_told():
    found = {t.horizon: t for t in sensitivity.hit_rate(DB, DAMPED, count=200)}

    assert found[1].count == 260
    assert 0.6 < found[1].hits / found[1].count < 0.95


def test_the_frame_moves_a_fee_as_much_as_the_split_and_the_percent_not_at_all():
    asked = Question(2027, ROWS)
    found = {k.parameter: k for k in sensitivity.sensitivity(DB, AGREEMENT, asked, "0183", DAMPED)}

    assert found["rambudget_kr"].high_kr > found["rambudget_kr"].low_kr
    assert found["rambudget_kr"].low_kr == found["kommunernas_del"].low_kr
    assert found["andel_procent"].low_kr == found["andel_procent"].high_kr


def test_the_backtest_in_kronor_by_hand_for_one_year():
    """Carried forward from 2024, 2026's fees are the frame's half by the inhabitants of 2024."""
    found = projection.fee_errors(DB, AGREEMENT, ROWS, CARRIED, 1, [2026])
    history = projection.history(DB)
    now, then = ({p: h[y] for p, h in history.items()} for y in (2025, 2024))
    half = 3_250_000
    off = sum(
        abs(
            Fraction(half * now[p], sum(now.values()))
            - Fraction(half * then[p], sum(then.values()))
        )
        for p in now
    )

    assert abs(found[2026] - off) < len(now)  # a krona of rounding per party
