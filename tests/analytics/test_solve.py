"""A backwards answer is exactly what trying every krona gives, and is proved at its ends."""

from fractions import Fraction

import numpy as np
import pytest

from analytics import limits, solve
from analytics.errors_agreement import UnknownParameter
from analytics.fees import avgifter
from analytics.probe import Sond, Storhet
from analytics.question import Uppgift
from analytics.solve import STORHETER, UnknownCondition, Villkor
from tests.avtalet import AVTAL, DB, RADER, year

FORE = year(2026)
FRAGA = Uppgift(2027, RADER)
NARA = Storhet("rambudget_kr", 1, 6_824_000, 6_825_500)


def los(fri, *conditions, uppgift=FRAGA):
    return solve.los(DB, AVTAL, uppgift, fri, conditions, FORE)


def haller(condition, result):
    """The condition, tried by hand on one answer of the forward engine."""
    before = {p.part: p.avgift_kr for p in FORE.parter}
    if condition.slag == "finansierat":
        return result.ofinansierat_kr <= 0
    if condition.slag == "ram_minst":
        return result.ram_kr >= condition.grans
    if condition.slag == "per_invanare":
        return all(
            Fraction(p.avgift_kr, p.antal.antal) <= condition.grans
            for p in result.parter
            if p.antal
        )
    share = condition.grans / 100 if condition.slag == "okning_procent" else None
    return all(
        p.avgift_kr - before[p.part]
        <= (before[p.part] * share if share is not None else condition.grans)
        for p in result.parter
    )


@pytest.mark.parametrize(
    "conditions",
    [
        (Villkor("okning_procent", Fraction(5)),),
        (Villkor("okning_kr", Fraction(65_260)),),
        (Villkor("per_invanare", Fraction(13726, 10000)),),
        (Villkor("okning_procent", Fraction(5)), Villkor("ram_minst", Fraction(6_824_700))),
    ],
    ids=lambda c: "+".join(v.slag for v in c),
)
def test_the_spans_are_what_trying_every_krona_gives(conditions, monkeypatch):
    """Rounding makes the edge ragged: a frame one krona larger can lower a fee by one krona."""
    monkeypatch.setitem(STORHETER, "rambudget_kr", NARA)
    found = los("rambudget_kr", *conditions)
    kronor = range(NARA.lag, NARA.hog + 1)
    asked = [Uppgift(2027, RADER, {"rambudget_kr": Fraction(k)}) for k in kronor]
    brute = {r.ram_kr for r in avgifter(DB, AVTAL, asked) if all(haller(c, r) for c in conditions)}
    spans = {k for a, b in found.spann for k in range(int(a.varde), int(b.varde) + 1)}
    assert spans == brute
    assert brute, "the case is worth nothing if no krona is allowed"


def test_the_largest_financed_frame_is_where_every_kommun_meets_its_ceiling():
    """2027: 1,50 × 2 486 253 floored per kommun is 3 729 374 kr, the half of 7 458 748."""
    ceilings = sum(p.tak_kr for p in year(2027).parter if p.block == "kommuner")
    found = los("rambudget_kr", Villkor("finansierat"))
    ((low, high),) = found.spann

    assert ceilings == 3_729_374
    assert (low.varde, high.varde, high.utanfor) == (0, 2 * ceilings, 2 * ceilings + 1)
    assert (high.part, high.klausul, high.over_kr) == ("Kommunerna", "K4", 1)
    assert solve.verifiera(DB, AVTAL, FRAGA, "rambudget_kr", high.varde).ofinansierat_kr == 0
    assert solve.verifiera(DB, AVTAL, FRAGA, "rambudget_kr", high.utanfor).ofinansierat_kr == 1


def test_conditions_that_clash_are_named_with_how_far_apart_they_are():
    """At 8 Mkr the half is 4 000 000 and the ceilings carry 3 729 374: 270 626 kr are missing."""
    found = los("rambudget_kr", Villkor("ram_minst", Fraction(8_000_000)), Villkor("finansierat"))

    assert found.spann == ()
    assert found.krock == ("ramen är minst 8\xa0000\xa0000 kr", "hela ramen är finansierad")
    assert found.krock_avstand == 8_000_000 - 7_458_748
    assert found.krock_kr == 270_626


def test_one_condition_that_nothing_meets_clashes_alone():
    frame = Uppgift(2027, RADER, {"rambudget_kr": Fraction(8_000_000)})
    found = los("tak_kr_per_invanare", Villkor("okning_procent", Fraction(0)), uppgift=frame)

    assert found.krock == ("ingen part höjs mer än 0 procent",)
    assert found.krock_kr > 0


@pytest.mark.parametrize("fri", list(STORHETER))
def test_every_free_quantity_is_proved_at_both_ends(fri):
    conditions = (Villkor("finansierat"), Villkor("okning_kr", Fraction(10_000)))
    found = los(fri, *conditions)
    for low, high in found.spann:
        for end in (low, high):
            inside = solve.verifiera(DB, AVTAL, FRAGA, fri, end.varde)
            assert all(haller(c, inside) for c in conditions)
            if end.utanfor is not None:
                outside = solve.verifiera(DB, AVTAL, FRAGA, fri, end.utanfor)
                assert not all(haller(c, outside) for c in conditions)


def test_unknown_words_are_refused():
    with pytest.raises(UnknownCondition, match="Välj bland per_invanare"):
        los("rambudget_kr", Villkor("billigt"))
    with pytest.raises(UnknownParameter):
        los("rambudgt_kr", Villkor("finansierat"))


def test_each_kommun_meets_its_ceiling_at_the_frame_the_table_says():
    found = limits.granser(DB, AVTAL, Uppgift(2015, RADER), year(2015))
    sund = next(g for g in found.parter if g.part == "0183")
    trafik = next(g for g in found.parter if g.part == "trafikverket")

    assert not year(2015, rambudget_kr=sund.ram_kr - 1).part("0183").vid_tak
    assert year(2015, rambudget_kr=sund.ram_kr).part("0183").vid_tak
    assert (sund.klausul, sund.utrymme_kr) == ("K4", 0)
    assert (trafik.ram_kr, trafik.utrymme_kr) == (None, None)
    # 3 271 977 less what flooring 26 ceilings takes, twice
    assert found.storsta_ram_kr == 2 * sum(
        p.tak_kr for p in year(2015).parter if p.block == "kommuner"
    )


def test_the_probe_finds_every_change_of_an_answer_to_the_unit():
    sond = Sond(DB, AVTAL, FRAGA, Storhet("rambudget_kr", 1, 0, 100_000))
    (odd,) = sond.byten(lambda svar: ((svar.varden >= 12_345) & (svar.varden < 67_890))[:, None])

    assert odd.ja == [(12_345, 67_889)]
    assert sond.fraga(np.array([100])).avgift_kr.sum() == 100
