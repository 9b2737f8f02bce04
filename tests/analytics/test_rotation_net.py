"""Fee, reimbursement and months side by side; and what a swap of one turn costs."""

from datetime import date
from fractions import Fraction

import pytest

from analytics import agreement, database, fees, parties
from analytics.rotation import Inlan, Period
from analytics.rotation_cost import arskostnad
from analytics.rotation_net import stallning
from analytics.rotation_plan import foresla
from analytics.rotation_problem import PlanFel, Villkor, uppdrag
from analytics.rotation_register import dokumenterade
from analytics.rotation_swap import byt
from analytics.terms import Uppgift

DB = database.shared()
ROWS = parties.rader(DB, agreement.load())


def resultat(year):
    (found,) = fees.avgifter(DB, agreement.load(), [Uppgift(year, ROWS, {}, {})])
    return found


def test_vallentuna_paid_its_fee_in_2015_and_lent_seven_and_a_half_months():
    found = {s.part: s for s in stallning(dokumenterade(DB), resultat(2015))}
    assert found["0115"].avgift_kr == 47_276
    assert found["0115"].manader == Fraction(15, 2)
    assert (found["0115"].ersattning_kr, found["0115"].okand) == (0, True)
    assert not found["0114"].okand


def test_the_sums_tie_to_the_budget_and_the_reimbursement_is_not_taken_off_the_fee():
    period = Period(date(2027, 3, 10), date(2028, 2, 20), 45)
    loans = [Inlan("x", "kommun", "0160", "Samordnare", (period,), "överenskommet", 61_003)]
    proposal = loans[0].med(id="y", part="0162", status="förslag")
    result = resultat(2027)
    found = stallning([*loans, proposal], result)
    assert sum(s.avgift_kr for s in found) + result.ofinansierat_kr == result.ram_kr
    cost = arskostnad(loans, 2027, 1).summa_kr
    assert sum(s.ersattning_kr for s in found) == cost > 0
    taby = next(s for s in found if s.part == "0160")
    assert taby.avgift_kr == next(p.avgift_kr for p in result.parter if p.part == "0160")


def test_a_swap_shows_both_debts_and_what_it_breaks():
    asked = Villkor(date(2027, 1, 1), 2, lasta=(("0160", date(2027, 1, 1)),))
    plan = foresla(uppdrag([], ROWS, "kommun", asked))
    swap = byt(plan, 0, "0162")
    # 4 turns of 3 months among 26: each owes 12/26; who takes one has served 3.
    assert swap.skuld_fore == (Fraction(12, 26) - 3, Fraction(12, 26))
    assert swap.skuld_efter == (Fraction(12, 26), Fraction(12, 26) - 3)
    assert swap.storsta == (Fraction(12, 26),) * 2
    assert swap.hinder == ("Passet är låst till 0160.",)
    assert "mindre än 1 pass" in byt(plan, 1, "0160").hinder[0]
    with pytest.raises(PlanFel):
        byt(plan, 9, "0160")
