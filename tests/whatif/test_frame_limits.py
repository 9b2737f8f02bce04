"""With fewer than twelve shares no frame covers the other parties' half (K5, T1)."""

from fractions import Fraction

import pytest

from analytics.fees.question import Question
from analytics.whatif import wording
from analytics.whatif.frame_limits import frame_limits
from tests.given.agreement import AGREEMENT, DB, ROWS, without, year


def limits(rows):
    return frame_limits(DB, AGREEMENT, Question(2015, rows), year(2015, rows=rows))


def test_eleven_shares_leave_a_hole_that_is_named_with_what_would_cover_it():
    """11 shares of 4,3 % are 47,3 % of 6 500 000; the half is 50 %: 2,7 % or 175 500 is missing.
    12 shares of 4,3 % are 51,6 %, and 11 shares carry the half at 50 / 11 = 4,55 % each."""
    hole = limits(without("trafikverket")).hole
    assert (hole.missing_kr, hole.weight, hole.needed_weight) == (175_500, 11, 12)
    assert (hole.share, hole.borne) == (Fraction(1, 2), Fraction(473, 1000))
    assert (hole.ceiling, hole.needed_ceiling) == (Fraction(43, 1000), Fraction(1, 22))
    said = wording.describe_hole(hole, 6_500_000)
    for part in ("Ingen ram", "175\xa0500\xa0kr", "11 andelar", "12 andelar", "4,55\xa0%", "K5"):
        assert part in said


@pytest.mark.parametrize(
    ("leaving", "has_hole"),
    [((), False), (("sos-alarm",), False), (("sos-alarm", "polisen"), True)],
)
def test_twelve_shares_cover_the_half_and_eleven_do_not(leaving, has_hole):
    rows = without(*leaving) if leaving else ROWS
    found = limits(rows)
    assert (found.hole is not None) == has_hole
    assert (found.largest_frame_kr > 1_000_000) != has_hole


def test_a_ceiling_in_kronor_is_no_hole_for_a_smaller_frame_is_covered():
    now = year(2015, rambudget_kr=8_000_000, readings={"T2": "krontak"})
    asked = Question(2015, ROWS, {"rambudget_kr": Fraction(8_000_000)}, {"T2": "krontak"})
    assert frame_limits(DB, AGREEMENT, asked, now).hole is None
