"""The SQL and the evaluator in exact fractions agree, to the krona, on random cases (K1, K3–K6).

A case is generated as the relations that fees/avgifter.sql reads; several go in one statement.
"""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, find, given, settings, strategies as st

from tests.golden.random_cases import BlockRow, Case, cases, computed, expected

EXAMPLES, CASES = 320, 8  # 2 560 cases against the evaluator

many = st.lists(cases(), min_size=CASES, max_size=CASES)
relaxed = settings(max_examples=EXAMPLES, deadline=None)
fewer = settings(max_examples=60, deadline=None)


@relaxed
@given(many)
def test_the_sql_agrees_with_exact_fractions_to_the_krona(cases):
    for case, got in zip(cases, computed(cases), strict=True):
        for wanted, found in zip(expected(case), got, strict=True):
            assert found == wanted, case


small = st.tuples(st.integers(1, 4), st.none(), st.none() | st.integers(0, 9), st.none())


@fewer
@given(st.lists(st.tuples(st.integers(0, 30), st.lists(small, max_size=5)), min_size=8, max_size=8))
def test_small_cases_with_many_ties_agree(rows):
    """Few and equal numbers: every way in which amounts, remainders and ceilings can be equal."""
    found = [Case(frame, 1, (BlockRow(tuple(parties), 1),)) for frame, parties in rows]
    for case, got in zip(found, computed(found), strict=True):
        assert got == expected(case), case


@fewer
@given(many)
def test_fees_and_what_is_not_financed_are_always_the_target(cases):
    """With largest remainder, only a ceiling, a floor or a price makes them differ."""
    for case, got in zip(cases, computed(cases), strict=True):
        for b, found in zip(case.block, got, strict=True):
            assert all(type(kr) is int and kr >= 0 for kr in found.fee.values()), case
            left = found.target - found.financed
            if b.rounding != "storsta_rest" or b.price or not b.parties:
                continue
            lifted = any(floor for *_, floor in b.parties)
            stopped = any(found.at_ceiling.values())
            assert left == 0 or (left > 0 and stopped) or (left < 0 and lifted), case
        targets = sum(f.target for f, b in zip(got, case.block, strict=True) if b.after is None)
        if all(b.after is None for b in case.block):
            assert targets == case.frame, case


@fewer
@given(many)
def test_nobody_is_over_the_ceiling_and_the_stopped_pay_exactly_it(cases):
    for case, got in zip(cases, computed(cases), strict=True):
        for found in got:
            for party, ceiling in found.ceiling.items():
                assert ceiling is None or found.fee[party] <= ceiling, case
                assert not found.at_ceiling[party] or found.fee[party] == ceiling, case


@fewer
@given(many)
def test_what_ceilings_cut_off_is_carried_by_the_others(cases):
    """K3, T3: without floors, nobody who is not stopped pays less than the ideal, but a krona."""
    for case, got in zip(cases, computed(cases), strict=True):
        for b, found in zip(case.block, got, strict=True):
            if b.redistribute and not any(floor for *_, floor in b.parties):
                for party, stops in found.at_ceiling.items():
                    assert stops or found.fee[party] >= found.ideal[party] - 1, case


@fewer
@given(many, st.integers(0, 2**32))
def test_the_order_of_rows_does_not_matter(cases, seed):
    assert computed(cases, Random(seed)) == computed(cases)


@fewer
@given(many, st.integers(1, 10**6))
def test_a_larger_frame_never_lowers_a_target(cases, more):
    """Two blocks: never. Three: by the one krona that largest remainder may move between them."""
    cases = [replace(c, block=tuple(replace(b, after=None) for b in c.block)) for c in cases]
    larger = [replace(case, frame=case.frame + more) for case in cases]
    for case, before, after in zip(cases, computed(cases), computed(larger), strict=True):
        slack = 1 if len(case.block) > 2 else 0
        for old, new in zip(before, after, strict=True):
            assert new.target >= old.target - slack, case


@fewer
@given(many, st.integers(1, 1_000))
def test_a_higher_ceiling_never_raises_what_is_unfunded(cases, more):
    def raised(b: BlockRow) -> BlockRow:
        rate = b.ceiling and (b.ceiling[0] * (1_000 + more), b.ceiling[1] * 1_000, b.ceiling[2])
        rows = tuple((v, s, kr if kr is None else kr + more, g) for v, s, kr, g in b.parties)
        return replace(b, parties=rows, ceiling=rate)

    cases = [replace(c, block=tuple(replace(b, after=None) for b in c.block)) for c in cases]
    higher = [replace(case, block=tuple(map(raised, case.block))) for case in cases]
    for case, before, after in zip(cases, computed(cases), computed(higher), strict=True):
        for b, old, new in zip(case.block, before, after, strict=True):
            if b.rounding == "storsta_rest":
                assert new.target - new.financed <= old.target - old.financed, case


def stopped(case: Case) -> list[tuple[int, int, bool]]:
    """Per block that redistributes: how many are stopped, of how many, if there is a ceiling."""
    return [
        (sum(u.at_ceiling.values()), len(b.parties), any(t is not None for t in u.ceiling.values()))
        for b, u in zip(case.block, expected(case), strict=True)
        if b.redistribute
    ]


REACHED = {
    "no ceiling binds": lambda c: any(n == 0 and has for n, _, has in stopped(c)),
    "some ceilings bind": lambda c: any(0 < n < of for n, of, _ in stopped(c)),
    "all ceilings bind": lambda c: any(0 < n == of for n, of, _ in stopped(c)),
    "a floor lifts": lambda c: any(
        floor and u.fee[i] == floor > u.ideal[i]
        for b, u in zip(c.block, expected(c), strict=True)
        for i, (*_, floor) in enumerate(b.parties)
    ),
    "an empty block": lambda c: (
        c.frame > 0 and any(not b.parties and b.part_of_frame for b in c.block)
    ),
    "sixty parties": lambda c: any(len(b.parties) == 60 for b in c.block),
    "a zero frame": lambda c: c.frame == 0 and any(b.parties for b in c.block),
    "weights near 10^9": lambda c: any(v > 9 * 10**8 for b in c.block for v, *_ in b.parties),
    "a block carries the rest": lambda c: any(b.after == "andra" and b.parties for b in c.block),
}


@pytest.mark.parametrize("what", REACHED)
def test_the_generator_reaches(what):
    """The random tests would prove little if one of these never came up."""
    find(
        cases(),
        REACHED[what],
        settings=settings(max_examples=2_000, phases=[Phase.generate], database=None),
    )


def test_amounts_too_wide_for_bigint_are_still_exact():
    """10^11 kronor over weights of 10^9: the products need more than 63 bits."""
    rows = tuple((10**9 - i, 10**9 - i, None, None) for i in range(60))
    case = Case(10**11, 1, (BlockRow(rows, 1, ceiling=(5, 3, False)),))
    assert computed([case])[0] == expected(case)


def test_more_odd_kronor_than_sixty_four_still_find_their_parties():
    """200 equal parties and 150 kronor: the 150 lowest ids get one krona each."""
    case = Case(150, 1, (BlockRow(((1, None, None, None),) * 200, 1),))
    (found,) = computed([case])[0]
    assert found == expected(case)[0]
    assert [party for party, kr in sorted(found.fee.items()) if kr] == list(range(150))
