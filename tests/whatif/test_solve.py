"""A backwards answer is exactly what trying every krona gives, and is proved at its ends."""

from fractions import Fraction

import numpy as np
import pytest

from analytics.agreement.errors import UnknownParameter
from analytics.fees.payments import compute_many
from analytics.fees.question import Question
from analytics.whatif import frame_limits, solve as backwards
from analytics.whatif.probe import Probe, Quantity
from analytics.whatif.solve import RANGES, Condition, UnknownCondition, quantities
from tests.given.agreement import AGREEMENT, DB, ROWS, year

BEFORE = year(2026)
QUESTION = Question(2027, ROWS)
NEAR = Quantity("rambudget_kr", 1, 6_824_000, 6_825_500)


def solve(free, *conditions, question=QUESTION):
    return backwards.solve(DB, AGREEMENT, question, free, conditions, BEFORE)


def holds(condition, result):
    """The condition, tried by hand on one answer of the forward engine."""
    before = {p.party: p.fee_kr for p in BEFORE.parties}
    if condition.kind == "finansierat":
        return result.unfunded_kr <= 0
    if condition.kind == "ram_minst":
        return result.frame_kr >= condition.limit
    if condition.kind == "per_invanare":
        return all(
            Fraction(p.fee_kr, p.count.count) <= condition.limit for p in result.parties if p.count
        )
    share = condition.limit / 100 if condition.kind == "okning_procent" else None
    return all(
        p.fee_kr - before[p.party]
        <= (before[p.party] * share if share is not None else condition.limit)
        for p in result.parties
    )


@pytest.mark.parametrize(
    "conditions",
    [
        (Condition("okning_procent", Fraction(5)),),
        (Condition("okning_kr", Fraction(65_260)),),
        (Condition("per_invanare", Fraction(13726, 10000)),),
        (Condition("okning_procent", Fraction(5)), Condition("ram_minst", Fraction(6_824_700))),
    ],
    ids=lambda c: "+".join(v.kind for v in c),
)
def test_the_spans_are_what_trying_every_krona_gives(conditions, monkeypatch):
    """Rounding makes the edge ragged: a frame one krona larger can lower a fee by one krona."""
    monkeypatch.setitem(RANGES, "ram", (NEAR.den, NEAR.low, NEAR.high))
    found = solve("rambudget_kr", *conditions)
    kronor = range(NEAR.low, NEAR.high + 1)
    asked = [Question(2027, ROWS, {"rambudget_kr": Fraction(k)}) for k in kronor]
    brute = {
        r.frame_kr
        for r in compute_many(DB, AGREEMENT, asked)
        if all(holds(c, r) for c in conditions)
    }
    spans = {k for a, b in found.span for k in range(int(a.value), int(b.value) + 1)}
    assert spans == brute
    assert brute, "the case is worth nothing if no krona is allowed"


def test_the_largest_financed_frame_is_where_every_kommun_meets_its_ceiling():
    """2027: 1,50 × 2 486 253 floored per kommun is 3 729 374 kr, the half of 7 458 748."""
    ceilings = sum(p.ceiling_kr for p in year(2027).parties if p.block == "kommuner")
    found = solve("rambudget_kr", Condition("finansierat"))
    ((low, high),) = found.span

    assert ceilings == 3_729_374
    assert (low.value, high.value, high.outside) == (0, 2 * ceilings, 2 * ceilings + 1)
    assert (high.party, high.clause, high.over_kr) == ("Kommunerna", "K4", 1)
    assert backwards.verify(DB, AGREEMENT, QUESTION, "rambudget_kr", high.value).unfunded_kr == 0
    assert backwards.verify(DB, AGREEMENT, QUESTION, "rambudget_kr", high.outside).unfunded_kr == 1


def test_conditions_that_clash_are_named_with_how_far_apart_they_are():
    """At 8 Mkr the half is 4 000 000 and the ceilings carry 3 729 374: 270 626 kr are missing."""
    found = solve(
        "rambudget_kr", Condition("ram_minst", Fraction(8_000_000)), Condition("finansierat")
    )

    assert found.span == ()
    assert found.clash == ("ramen är minst 8\xa0000\xa0000 kr", "hela ramen är finansierad")
    assert found.clash_distance == 8_000_000 - 7_458_748
    assert found.clash_kr == 270_626


def test_one_condition_that_nothing_meets_clashes_alone():
    frame = Question(2027, ROWS, {"rambudget_kr": Fraction(8_000_000)})
    found = solve("tak_kr_per_invanare", Condition("okning_procent", Fraction(0)), question=frame)

    assert found.clash == ("ingen part höjs mer än 0 procent",)
    assert found.clash_kr > 0


@pytest.mark.parametrize("free", list(quantities(AGREEMENT)))
def test_every_free_quantity_is_proved_at_both_ends(free):
    conditions = (Condition("finansierat"), Condition("okning_kr", Fraction(10_000)))
    found = solve(free, *conditions)
    for low, high in found.span:
        for end in (low, high):
            inside = backwards.verify(DB, AGREEMENT, QUESTION, free, end.value)
            assert all(holds(c, inside) for c in conditions)
            if end.outside is not None:
                outside = backwards.verify(DB, AGREEMENT, QUESTION, free, end.outside)
                assert not all(holds(c, outside) for c in conditions)


def test_unknown_words_are_refused():
    with pytest.raises(UnknownCondition, match="Välj bland per_invanare"):
        solve("rambudget_kr", Condition("billigt"))
    with pytest.raises(UnknownParameter):
        solve("rambudgt_kr", Condition("finansierat"))


def test_each_kommun_meets_its_ceiling_at_the_frame_the_table_says():
    found = frame_limits.frame_limits(DB, AGREEMENT, Question(2015, ROWS), year(2015))
    sound = next(g for g in found.parties if g.party == "0183")
    transport = next(g for g in found.parties if g.party == "trafikverket")

    assert not year(2015, rambudget_kr=sound.frame_kr - 1).party("0183").at_ceiling
    assert year(2015, rambudget_kr=sound.frame_kr).party("0183").at_ceiling
    assert (sound.clause, sound.room_kr) == ("K4", 0)
    assert (transport.frame_kr, transport.room_kr) == (None, None)
    # 3 271 977 less what flooring 26 ceilings takes, twice
    assert found.largest_frame_kr == 2 * sum(
        p.ceiling_kr for p in year(2015).parties if p.block == "kommuner"
    )


def test_the_probe_finds_every_change_of_an_answer_to_the_unit():
    probe = Probe(
        db=DB,
        agreement=AGREEMENT,
        question=QUESTION,
        quantity=Quantity("rambudget_kr", 1, 0, 100_000),
    )
    (odd,) = probe.switches(
        lambda answer: ((answer.values >= 12_345) & (answer.values < 67_890))[:, None]
    )

    assert odd.runs == [(12_345, 67_889)]
    assert probe.ask(np.array([100])).fee_kr.sum() == 100
