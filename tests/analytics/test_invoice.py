"""The rows of an invoice (K8, T5, T6): every run adds up, and two invoices are the fee."""

from hypothesis import given
from hypothesis import strategies as st

from analytics import invoice
from analytics.invoice import Forsta, Grund, per_part
from analytics.money import split_among

FEES = st.dictionaries(
    st.sampled_from([f"{n:04d}" for n in range(12)]), st.integers(0, 1_500_000), min_size=1
)
MEANS = st.integers(0, 9_000_000)
READING = st.sampled_from(["forskott", "upparbetat"])


def grund(fees, reading="forskott", day="2026-12-31", status="utfall"):
    return Grund(
        2027, "id", "Prov", "fryst", "sigill", "", sum(fees.values()), 0, fees,
        {part: f"Part {part}" for part in fees}, {"T5": reading},
        (("budgetårets start", day, status),), status == "prognos",
    )  # fmt: skip


def forsta(basis, used):
    asked = per_part(invoice.forsta(basis, used))
    return Forsta(basis.avgifter, asked, used, "folkmängden 2025-12-31 (prognos)", basis.namn)


def test_47160_kr_is_two_halves_in_advance():
    basis = grund({"0115": 47_160})
    first = forsta(basis, None)

    assert first.fakturerat == {"0115": 23_580}
    assert per_part(invoice.andra(basis, first, basis.avgifter, None)) == {"0115": 23_580}


def test_47160_kr_with_even_spending_is_31440_and_15720_of_used_means():
    basis = grund({"0115": 47_160, "rest": 6_452_840}, "upparbetat")
    first = forsta(basis, 4_333_333)

    assert first.fakturerat["0115"] == 31_440
    second = per_part(invoice.andra(basis, first, basis.avgifter, 6_500_000))
    assert second["0115"] == 15_720
    assert sum(first.fakturerat.values()) == 4_333_333


def test_the_odd_krona_is_on_the_second():
    basis = grund({"0115": 47_161})
    first = forsta(basis, None)

    assert first.fakturerat["0115"] == 23_580
    assert per_part(invoice.andra(basis, first, basis.avgifter, None))["0115"] == 23_581


def test_each_reason_for_another_fee_is_a_row_of_its_own():
    before = grund({"0115": 40_000, "gone": 9_001}, status="prognos")
    first = forsta(before, None)
    now = grund({"0115": 46_000, "new": 7_001})

    rows = invoice.andra(now, first, {"0115": 42_000, "new": 7_001}, None)
    said = {(r.part, r.slag): r.belopp_kr for r in rows}
    assert said == {
        ("0115", "halva2"): 23_000,
        ("0115", "folkmangd"): 2_000,  # half of 46 000 − 42 000
        ("0115", "villkor"): 1_000,  # half of 42 000 − 40 000
        ("new", "halva2"): 3_501,
        ("new", "ansluten"): 3_500,
        ("gone", "uttradd"): -4_500,
    }
    text = next(r.text for r in rows if r.slag == "folkmangd")
    assert "2025-12-31 (prognos), nu folkmängden 2026-12-31 (utfall)" in text


def test_a_surplus_is_given_back_and_a_deficit_is_not_invoiced():
    basis = grund({"a": 300, "b": 100})

    rows = invoice.slutavrakning(basis, {"a": 300, "b": 100}, 200)
    assert {r.part: r.belopp_kr for r in rows} == {"a": -150, "b": -50}
    assert invoice.slutavrakning(basis, {"a": 300, "b": 100}, 400) == []
    assert invoice.slutavrakning(basis, {"a": 300, "b": 100}, 401) == []


@given(FEES, MEANS)
def test_a_split_adds_up_and_never_exceeds_a_fee(fees, amount):
    shares = split_among(amount, fees)

    assert sum(shares.values()) == min(amount, sum(fees.values()))
    assert all(0 <= shares[part] <= fees[part] for part in fees)
    whole = sum(fees.values())
    for part, share in shares.items():  # never a whole krona from the exact share
        assert not whole or abs(share * whole - min(amount, whole) * fees[part]) < whole


@given(READING, FEES, FEES, FEES, MEANS, MEANS)
def test_two_invoices_are_the_fee_or_the_used_means_whatever_happened_between(
    reading, before, now, between, to_august, the_year
):
    """Parties join and leave, fees change by population and terms, used means go up or down."""
    first = forsta(grund(before, reading, status="prognos"), to_august)
    basis = grund(now, reading)
    between = {part: between.get(part, fee) for part, fee in now.items()}

    second = per_part(invoice.andra(basis, first, between, the_year))
    goal = invoice.mal(now, reading, 2, the_year)
    for part in {*before, *now}:
        both = first.fakturerat.get(part, 0) + second.get(part, 0)
        assert both == goal.get(part, 0)
    asked = sum(first.fakturerat.values()) + sum(second.values())
    whole = sum(now.values())
    assert asked == (whole if reading == "forskott" else min(the_year, whole))


@given(FEES, MEANS)
def test_after_the_settlement_what_is_invoiced_is_what_was_used(fees, used):
    basis = grund(fees)
    rows = invoice.slutavrakning(basis, fees, used)

    settled = sum(fees.values()) + sum(r.belopp_kr for r in rows)
    assert settled == min(used, sum(fees.values()))
    assert all(r.belopp_kr < 0 for r in rows)


@given(FEES, MEANS)
def test_a_credit_takes_back_every_row(fees, used):
    rows = invoice.forsta(grund(fees, "upparbetat"), used)
    back = invoice.kreditering(rows, "2027-1")

    assert [a.belopp_kr + b.belopp_kr for a, b in zip(rows, back, strict=True)] == [0] * len(rows)
    assert all("2027-1" in row.text for row in back)
