"""Golden figures of the limits: how far the frame can go, T6, and the years (K1, K4, K10)."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.errors import PopulationNotPublished
from analytics.errors_agreement import NotInForce, YearOutOfRange
from tests.avtalet import AVTAL, MIDYEAR_2014, block, same_on_both, year

# ---- how far the frame can go ----


@pytest.mark.parametrize(
    ("ar", "day", "inhabitants", "frame"),
    [
        (2015, MIDYEAR_2014, 2_181_318, 6_543_954),
        (2025, date(2024, 12, 31), 2_473_307, 7_419_921),
    ],
)
def test_the_largest_frame_that_the_ceiling_carries(tmp_path, ar, day, inhabitants, frame):
    """The same population on both dates: half the frame is 1,50 × inhabitants, the frame 3,00 ×.

    An odd number of inhabitants floors a ceiling by half a krona, so that much is missing there.
    """
    other = date(ar - 1, 12, 31) if day.month == 6 else date(ar - 1, 6, 30)
    folkmangd, total = same_on_both(tmp_path, day, other)
    at, above = (
        year(ar, folkmangd=folkmangd, rambudget_kr=ram, kommunernas_del="0.5")
        for ram in (frame, frame + 2)
    )
    kommuner = [p for p in at.parter if p.block == "kommuner"]
    odd = sum(p.tak_antal.antal % 2 for p in kommuner)
    half = frame // 2  # 7 419 921 is odd: the halves are 3 709 961 and 3 709 960

    assert total == inhabitants and frame == 3 * inhabitants
    assert block(at, "kommuner").mal_kr in (half, half + frame % 2)
    assert sum(p.tak_kr for p in kommuner) == Fraction(frame, 2) - Fraction(odd, 2)
    missing = block(at, "kommuner").ofinansierat_kr
    assert missing == block(at, "kommuner").mal_kr - Fraction(frame - odd, 2)
    assert block(above, "kommuner").ofinansierat_kr == missing + 1


def test_the_frame_with_the_value_of_2015_is_stopped_by_the_ceiling():
    """KPI 313,35 → 416,75: 6 500 000 × 416,75 / 313,35 = 8,64 Mkr."""
    frame = 6_500_000 * 41_675 // 31_335
    result = year(2027, rambudget_kr=frame)

    assert round(frame / 10**6, 2) == 8.64
    assert all(p.vid_tak for p in result.parter if p.block == "kommuner")
    assert block(result, "kommuner").ofinansierat_kr > 0
    assert block(result, "ovriga").ofinansierat_kr == 0


# ---- T6 and the years ----


def test_t6_vanta_refuses_2027_and_accepts_2026():
    """31 December 2025 is published, 31 December 2026 is not."""
    assert year(2026, lasarter={"T6": "vanta"}).folkmangd() == (date(2025, 12, 31), "utfall")
    assert year(2027).folkmangd() == (date(2026, 12, 31), "prognos")
    with pytest.raises(PopulationNotPublished, match=r"den 2026-12-31 \(K3\).*T6 är ”vänta”"):
        year(2027, lasarter={"T6": "vanta"})


@pytest.mark.parametrize("ar", [2015, 2030])
def test_the_first_and_last_year_compute(ar):
    result = year(ar)
    assert result.finansierat_kr + result.ofinansierat_kr == 6_500_000
    assert len(result.parter) == 36


@pytest.mark.parametrize("ar", [2014, 2031, 0, -1, 10**6])
def test_a_year_outside_the_agreement_is_a_clear_error(ar):
    with pytest.raises(YearOutOfRange, match=rf"Budgetåret {ar} .* Välj ett år 2015–2030\."):
        year(ar)


def test_a_value_before_the_first_is_a_clear_error():
    with pytest.raises(NotInForce, match=r"Rambudget \(K1\) har inget värde den 2014-12-31"):
        AVTAL.parameter("rambudget_kr").on(date(2014, 12, 31))


def test_region_stockholm_keeps_its_identity_through_the_change_of_name():
    before, after = (year(ar).part("region-stockholm") for ar in (2018, 2019))
    assert (before.namn, after.namn) == ("Stockholms läns landsting", "Region Stockholm")
    assert before.avgift_kr == after.avgift_kr == 500_000
