"""Golden figures of the limits: how far the frame can go, T6, and the years (K1, K4, K10)."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.agreement.errors import NotInForce, YearOutOfRange
from analytics.errors import PopulationNotPublished
from tests.given.agreement import AGREEMENT, MIDYEAR_2014, block, same_on_both, year

# ---- how far the frame can go ----


@pytest.mark.parametrize(
    ("budget_year", "day", "inhabitants", "frame"),
    [
        (2015, MIDYEAR_2014, 2_181_318, 6_543_954),
        (2025, date(2024, 12, 31), 2_473_307, 7_419_921),
    ],
)
def test_the_largest_frame_that_the_ceiling_carries(tmp_path, budget_year, day, inhabitants, frame):
    """The same population on both dates: half the frame is 1,50 × inhabitants, the frame 3,00 ×.

    An odd number of inhabitants floors a ceiling by half a krona, so that much is missing there.
    """
    other = date(budget_year - 1, 12, 31) if day.month == 6 else date(budget_year - 1, 6, 30)
    population, total = same_on_both(tmp_path, day, other)
    at, above = (
        year(budget_year, population=population, rambudget_kr=largest, kommunernas_del="0.5")
        for largest in (frame, frame + 2)
    )
    kommun_rows = [p for p in at.parties if p.block == "kommuner"]
    odd = sum(p.ceiling_count.count % 2 for p in kommun_rows)
    half = frame // 2  # 7 419 921 is odd: the halves are 3 709 961 and 3 709 960

    assert total == inhabitants and frame == 3 * inhabitants
    assert block(at, "kommuner").target_kr in (half, half + frame % 2)
    assert sum(p.ceiling_kr for p in kommun_rows) == Fraction(frame, 2) - Fraction(odd, 2)
    missing = block(at, "kommuner").unfunded_kr
    assert missing == block(at, "kommuner").target_kr - Fraction(frame - odd, 2)
    assert block(above, "kommuner").unfunded_kr == missing + 1


def test_the_frame_with_the_value_of_2015_is_stopped_by_the_ceiling():
    """KPI 313,35 → 416,75: 6 500 000 × 416,75 / 313,35 = 8,64 Mkr."""
    frame = 6_500_000 * 41_675 // 31_335
    result = year(2027, rambudget_kr=frame)

    assert round(frame / 10**6, 2) == 8.64
    assert all(p.at_ceiling for p in result.parties if p.block == "kommuner")
    assert block(result, "kommuner").unfunded_kr > 0
    assert block(result, "ovriga").unfunded_kr == 0


# ---- T6 and the years ----


def test_t6_vanta_refuses_2027_and_accepts_2026():
    """31 December 2025 is published, 31 December 2026 is not."""
    assert year(2026, readings={"T6": "vanta"}).population() == (date(2025, 12, 31), "utfall")
    assert year(2027).population() == (date(2026, 12, 31), "prognos")
    with pytest.raises(PopulationNotPublished, match=r"den 2026-12-31 \(K3\).*T6 är ”vänta”"):
        year(2027, readings={"T6": "vanta"})


@pytest.mark.parametrize("budget_year", [2015, 2030])
def test_the_first_and_last_year_compute(budget_year):
    result = year(budget_year)
    assert result.financed_kr + result.unfunded_kr == 6_500_000
    assert len(result.parties) == 36


@pytest.mark.parametrize("budget_year", [2014, 2031, 0, -1, 10**6])
def test_a_year_outside_the_agreement_is_a_clear_error(budget_year):
    with pytest.raises(
        YearOutOfRange, match=rf"Budgetåret {budget_year} .* Välj ett år 2015–2030\."
    ):
        year(budget_year)


def test_a_value_before_the_first_is_a_clear_error():
    with pytest.raises(NotInForce, match=r"Rambudget \(K1\) har inget värde den 2014-12-31"):
        AGREEMENT.parameter("rambudget_kr").on(date(2014, 12, 31))


def test_region_stockholm_keeps_its_identity_through_the_change_of_name():
    before, after = (year(budget_year).party("region-stockholm") for budget_year in (2018, 2019))
    assert (before.name, after.name) == ("Stockholms läns landsting", "Region Stockholm")
    assert before.fee_kr == after.fee_kr == 500_000
