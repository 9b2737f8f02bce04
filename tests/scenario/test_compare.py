"""Who pays more, who less and how much; what differs is told in words, and adds up."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from analytics.fees import payments
from analytics.fees.question import Question
from analytics.scenario import compare as scenario_compare, comparison_words
from analytics.scenario.dated import IN_FORCE, dated_rows, question_for, read
from analytics.scenario.errors import BadComparison
from tests.given.scenarios import AGREEMENT, DB, FRAME, KPI, LEAVES, create, scenarios


@pytest.fixture
def saved(tmp_path):
    return scenarios(tmp_path)


def compare(saved, *items, since=2027, until=None):
    return scenario_compare.compare(DB, AGREEMENT, saved, items, since, until)


def words(found):
    rows = comparison_words.differences_in_terms(AGREEMENT, found)
    return [comparison_words.sentence(row, found).replace("\xa0", " ") for row in rows]


def test_changes_are_against_the_agreement_in_force_and_add_up(saved):
    found = compare(saved, create(saved, FRAME, LEAVES))
    (u,) = found.outcome
    gone = next(p for p in u.parties if p.party == "trafikverket")

    assert (gone.before_kr, gone.after_kr, gone.delta_kr, gone.andel) == (500_000, 0, -500_000, -1)
    assert sum(p.before_kr for p in u.parties) == found.in_force.financed_kr == 6_500_000
    assert sum(p.after_kr for p in u.parties) == u.financed_kr
    assert len(u.more) + len(u.less) + len(u.equal) == len(u.parties) == 36
    assert [p.party for p in u.less] == ["trafikverket"]


def test_a_span_is_the_sum_of_its_years(saved):
    item = create(saved, KPI)
    whole = compare(saved, item, since=2027, until=2030).outcome[0]
    years = [compare(saved, item, since=year).outcome[0] for year in range(2027, 2031)]

    assert whole.frame_kr == sum(u.frame_kr for u in years)
    for p in whole.parties:
        each = [next(q for q in u.parties if q.party == p.party) for u in years]
        assert p.delta_kr == sum(q.delta_kr for q in each)
        if p.per_inhabitant is not None:
            heads = [
                u.answer[y].party(p.party).count.count
                for u, y in zip(years, whole.answer, strict=True)
            ]
            assert p.per_inhabitant == Fraction(p.delta_kr, sum(heads))


def test_what_differs_is_told_and_nothing_else(saved):
    a, b = create(saved, FRAME, name="A"), create(saved, KPI, LEAVES, name="B")

    assert words(compare(saved, a, b, until=2028)) == [
        "Rambudget (K1): 6 500 000 kr/år i Gällande avtal; 8 000 000 kr/år i A; 9 011 083 kr/år "
        "2027, 9 191 304 kr/år 2028 i B.",
        "Trafikverket (K12): betalar 2 andelar i Gällande avtal och A; inte part i B.",
    ]
    assert words(compare(saved, a, since=2026)) == []


def test_identical_scenarios_say_so_and_why(saved):
    same = [create(saved, FRAME, name=name) for name in ("A", "B")]
    idle = create(
        saved,
        {"parameter": "andel_krontak_kr", "fran": "2027-01-01", "varde": 300_000, "skal": "x"},
        name="C",
    )
    told = comparison_words.same_answer(AGREEMENT, compare(saved, *same, idle))

    assert told == [
        "Gällande avtal och C ger samma avgift för alla parter 2027, trots att de skiljer sig i "
        "Krontak per andel (K5): det ändrar ingen avgift under de läsarter och tak som gäller.",
        "A och B ger samma avgift för alla parter 2027, för de har samma villkor det året.",
    ]


def test_another_population_in_a_frozen_one_is_told(saved, monkeypatch):
    item = create(saved, FRAME)
    real = payments.Population._at
    with monkeypatch.context() as patch:
        patch.setattr(
            payments.Population,
            "_at",
            lambda self, day: {
                k: type(v)(v.count + (k == "0184"), v.status, v.rule, v.source)
                for k, v in real(self, day).items()
            },
        )
        DB.forget()
        frozen = saved.freeze(item, reason="x")
    DB.forget()

    assert (
        "Folkmängden för 2027 (K3): dagens siffror i Gällande avtal; fryst årgång, 1 kommuner har "
        "annat antal i Prov."
    ) in words(compare(saved, frozen))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "Alla 36 parter betalar lika mycket som i gällande avtal 2027."),
        (
            [LEAVES],
            "Trafikverket betalar mindre, −500 000 kr; 26 kommuner betalar lika mycket 2027.",
        ),
        ([LEAVES], "175 500 kr av ramen är ofinansierat."),
        ([FRAME], "26 kommuner och 10 övriga parter betalar mer, +1 229 374 kr tillsammans"),
        (
            [{"tolkning": "T1", "fran": "2027-01-01", "lasart": "fast", "skal": "x"}],
            "Parterna betalar 383 500 kr mer än ramen.",
        ),
    ],
)
def test_the_list_says_in_words_who_pays_more_and_less(saved, rows, says):
    found = compare(saved, create(saved, *rows))
    assert says in comparison_words.in_words(found.outcome[0], found.year).replace("\xa0", " ")


def test_one_without_an_answer_does_not_stop_the_others(saved):
    missing = create(saved, {k: v for k, v in KPI.items() if k != "sedan"}, name="Utan")
    found = compare(saved, create(saved, FRAME), missing, until=2028)

    assert [u.scenario.name for u in found.outcome] == ["Prov"]
    assert found.without[0][0] == missing and "KPI saknar ett värde för 2028" in found.without[0][1]


@pytest.mark.parametrize(("first", "last"), [(2014, 2014), (2027, 2026), (2027, 2031)])
def test_years_that_cannot_be_compared_are_refused(saved, first, last):
    with pytest.raises(BadComparison, match="Välj år från 2015 till 2030"):
        compare(saved, create(saved, FRAME), since=first, until=last)


def test_nine_scenarios_are_too_many(saved):
    items = [create(saved, FRAME, name=f"S{n}") for n in range(9)]
    with pytest.raises(BadComparison, match="9 scenarier är valda"):
        compare(saved, *items)


@given(
    kronor=st.integers(0, 20_000_000),
    ceiling=st.decimals(0, 5, places=2),
    shares=st.integers(1, 9),
    reading=st.sampled_from(["tak", "fast", "rest"]),
)
@settings(max_examples=25, deadline=None)
def test_a_scenario_is_the_same_as_asking_for_its_values(kronor, ceiling, shares, reading):
    """A scenario has no rule of its own: its fees are those of the values that it says."""
    item = read(
        DB,
        AGREEMENT,
        {
            "namn": "x",
            "andring": [
                {**FRAME, "varde": kronor},
                {
                    "parameter": "tak_kr_per_invanare",
                    "fran": "2027-01-01",
                    "varde": str(ceiling),
                    "skal": "x",
                },
                {"part": "polisen", "fran": "2027-01-01", "andelar": shares, "skal": "x"},
                {"tolkning": "T1", "fran": "2027-01-01", "lasart": reading, "skal": "x"},
            ],
        },
    )
    values = {"rambudget_kr": Fraction(kronor), "tak_kr_per_invanare": Fraction(ceiling)}
    plain = Question(2028, dated_rows(DB, AGREEMENT, item), values, {"T1": reading})
    own, asked = payments.compute_many(
        DB, AGREEMENT, [question_for(DB, AGREEMENT, item, 2028), plain]
    )
    assert own.parties == asked.parties
    found = scenario_compare.outcomes(
        item,
        {
            2028: payments.compute_many(
                DB, AGREEMENT, [question_for(DB, AGREEMENT, IN_FORCE, 2028)]
            )[0]
        },
        {2028: own},
    )
    assert sum(p.delta_kr for p in found.parties) == own.financed_kr - 6_500_000


def test_eight_scenarios_over_ten_years_are_compared_year_by_year(saved):
    """How fast is said by `benchmark`; here, that all eight and all ten years are there."""
    items = [create(saved, {**FRAME, "varde": 7_000_000 + n}, name=f"S{n}") for n in range(8)]
    found = compare(saved, *items, since=2021, until=2030)

    assert list(found.year) == list(range(2021, 2031))
    (difference,) = comparison_words.differences_in_terms(AGREEMENT, found)
    assert (difference.what, difference.clause) == ("Rambudget", "K1")
    assert len(set(difference.how.values())) == 9  # the agreement in force and all eight
