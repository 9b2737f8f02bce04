"""The rows of an invoice (K8, T5, T6): every run adds up, and two invoices are the fee."""

from hypothesis import given, strategies as st

from analytics.invoicing import amounts as invoicing_amounts
from analytics.invoicing.amounts import FeeBasis, FirstInvoice, by_party
from analytics.money import split_among

FEES = st.dictionaries(
    st.sampled_from([f"{n:04d}" for n in range(12)]), st.integers(0, 1_500_000), min_size=1
)
MEANS = st.integers(0, 9_000_000)
READING = st.sampled_from(["forskott", "upparbetat"])


def make_basis(fees, reading="forskott", day="2026-12-31", status="utfall"):
    return FeeBasis(
        year=2027, scenario_id="id", scenario="Prov", status="fryst", sigill="sigill", decision="",
        frame_kr=sum(fees.values()), unfunded_kr=0, fees=fees,
        name={party: f"Part {party}" for party in fees}, readings={"T5": reading},
        population=(("budgetårets start", day, status),), preliminary=status == "prognos",
    )  # fmt: skip


def make_first(known, used):
    asked = by_party(invoicing_amounts.first_invoice(known, used))
    return FirstInvoice(
        fees=known.fees,
        invoiced=asked,
        used_kr=used,
        population="folkmängden 2025-12-31 (prognos)",
        name=known.name,
    )


def test_47160_kr_is_two_halves_in_advance():
    known = make_basis({"0115": 47_160})
    sent = make_first(known, None)

    assert sent.invoiced == {"0115": 23_580}
    assert by_party(invoicing_amounts.second_invoice(known, sent, known.fees, None)) == {
        "0115": 23_580
    }


def test_47160_kr_with_even_spending_is_31440_and_15720_of_used_means():
    known = make_basis({"0115": 47_160, "rest": 6_452_840}, "upparbetat")
    sent = make_first(known, 4_333_333)

    assert sent.invoiced["0115"] == 31_440
    second = by_party(invoicing_amounts.second_invoice(known, sent, known.fees, 6_500_000))
    assert second["0115"] == 15_720
    assert sum(sent.invoiced.values()) == 4_333_333


def test_the_odd_krona_is_on_the_second():
    known = make_basis({"0115": 47_161})
    sent = make_first(known, None)

    assert sent.invoiced["0115"] == 23_580
    assert (
        by_party(invoicing_amounts.second_invoice(known, sent, known.fees, None))["0115"] == 23_581
    )


def test_each_reason_for_another_fee_is_a_row_of_its_own():
    before = make_basis({"0115": 40_000, "gone": 9_001}, status="prognos")
    sent = make_first(before, None)
    now = make_basis({"0115": 46_000, "new": 7_001})

    rows = invoicing_amounts.second_invoice(now, sent, {"0115": 42_000, "new": 7_001}, None)
    said = {(r.party, r.kind): r.amount_kr for r in rows}
    assert said == {
        ("0115", "halva2"): 23_000,
        ("0115", "folkmangd"): 2_000,  # half of 46 000 − 42 000
        ("0115", "villkor"): 1_000,  # half of 42 000 − 40 000
        ("new", "halva2"): 3_501,
        ("new", "ansluten"): 3_500,
        ("gone", "uttradd"): -4_500,
    }
    text = next(r.text for r in rows if r.kind == "folkmangd")
    assert "2025-12-31 (prognos), nu folkmängden 2026-12-31 (utfall)" in text


def test_a_surplus_is_given_back_and_a_deficit_is_not_invoiced():
    known = make_basis({"a": 300, "b": 100})

    rows = invoicing_amounts.settlement(known, {"a": 300, "b": 100}, 200)
    assert {r.party: r.amount_kr for r in rows} == {"a": -150, "b": -50}
    assert invoicing_amounts.settlement(known, {"a": 300, "b": 100}, 400) == []
    assert invoicing_amounts.settlement(known, {"a": 300, "b": 100}, 401) == []


@given(FEES, MEANS)
def test_a_split_adds_up_and_never_exceeds_a_fee(fees, amount):
    shares = split_among(amount, fees)

    assert sum(shares.values()) == min(amount, sum(fees.values()))
    assert all(0 <= shares[party] <= fees[party] for party in fees)
    whole = sum(fees.values())
    for party, share in shares.items():  # never a whole krona from the exact share
        assert not whole or abs(share * whole - min(amount, whole) * fees[party]) < whole


@given(READING, FEES, FEES, FEES, MEANS, MEANS)
def test_two_invoices_are_the_fee_or_the_used_means_whatever_happened_between(
    reading, before, now, between, to_august, year_fee
):
    """Parties join and leave, fees change by population and terms, used means go up or down."""
    sent = make_first(make_basis(before, reading, status="prognos"), to_august)
    known = make_basis(now, reading)
    between = {party: between.get(party, fee) for party, fee in now.items()}

    second = by_party(invoicing_amounts.second_invoice(known, sent, between, year_fee))
    goal = invoicing_amounts.target_amounts(now, reading, 2, year_fee)
    for party in {*before, *now}:
        both = sent.invoiced.get(party, 0) + second.get(party, 0)
        assert both == goal.get(party, 0)
    asked = sum(sent.invoiced.values()) + sum(second.values())
    whole = sum(now.values())
    assert asked == (whole if reading == "forskott" else min(year_fee, whole))


@given(FEES, MEANS)
def test_after_the_settlement_what_is_invoiced_is_what_was_used(fees, used):
    known = make_basis(fees)
    rows = invoicing_amounts.settlement(known, fees, used)

    settled = sum(fees.values()) + sum(r.amount_kr for r in rows)
    assert settled == min(used, sum(fees.values()))
    assert all(r.amount_kr < 0 for r in rows)


@given(FEES, MEANS)
def test_a_credit_takes_back_every_row(fees, used):
    rows = invoicing_amounts.first_invoice(make_basis(fees, "upparbetat"), used)
    back = invoicing_amounts.crediting(rows, "2027-1")

    assert [a.amount_kr + b.amount_kr for a, b in zip(rows, back, strict=True)] == [0] * len(rows)
    assert all("2027-1" in row.text for row in back)
