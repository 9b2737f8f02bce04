"""Fee, reimbursement and months side by side; and what a swap of one turn costs."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.agreement import contract, parties
from analytics.fees import payments
from analytics.fees.terms import Question
from analytics.reference import database
from analytics.rotation.cost import year_cost
from analytics.rotation.loans import Inlan, Period
from analytics.rotation.net import net_by_party
from analytics.rotation.plan import propose
from analytics.rotation.problem import PlanFault, PlanTerms, assignment
from analytics.rotation.register import documented
from analytics.rotation.swap import swap

DB = database.shared()
ROWS = parties.party_rows(DB, contract.load())


def result_of(year):
    (found,) = payments.compute_many(DB, contract.load(), [Question(year, ROWS, {}, {})])
    return found


def test_vallentuna_paid_its_fee_in_2015_and_lent_seven_and_a_half_months():
    found = {s.party: s for s in net_by_party(documented(DB), result_of(2015))}
    assert found["0115"].fee_kr == 47_276
    assert found["0115"].months == Fraction(15, 2)
    assert (found["0115"].reimbursement_kr, found["0115"].unknown) == (0, True)
    assert not found["0114"].unknown


def test_the_sums_tie_to_the_budget_and_the_reimbursement_is_not_taken_off_the_fee():
    period = Period(date(2027, 3, 10), date(2028, 2, 20), 45)
    loans = [Inlan("x", "kommun", "0160", "Samordnare", (period,), "överenskommet", 61_003)]
    proposal = loans[0].with_changes(id="y", party="0162", status="förslag")
    result = result_of(2027)
    found = net_by_party([*loans, proposal], result)
    assert sum(s.fee_kr for s in found) + result.unfunded_kr == result.frame_kr
    cost = year_cost(loans, 2027, 1).total_kr
    assert sum(s.reimbursement_kr for s in found) == cost > 0
    debtor = next(s for s in found if s.party == "0160")
    assert debtor.fee_kr == next(p.fee_kr for p in result.parties if p.party == "0160")


def test_a_swap_shows_both_debts_and_what_it_breaks():
    asked = PlanTerms(date(2027, 1, 1), 2, locked_turns=(("0160", date(2027, 1, 1)),))
    plan = propose(assignment([], ROWS, "kommun", asked))
    made_swap = swap(plan, 0, "0162")
    # 4 turns of 3 months among 26: each owes 12/26; who takes one has served 3.
    assert made_swap.debt_before == (Fraction(12, 26) - 3, Fraction(12, 26))
    assert made_swap.debt_after == (Fraction(12, 26), Fraction(12, 26) - 3)
    assert made_swap.largest == (Fraction(12, 26),) * 2
    assert made_swap.obstacles == ("Passet är låst till 0160.",)
    assert "mindre än 1 pass" in swap(plan, 1, "0160").obstacles[0]
    with pytest.raises(PlanFault):
        swap(plan, 9, "0160")
