"""Who pays more, who less and how much; what differs is told in words, and adds up."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import compare, compare_words, fees
from analytics.errors_scenario import BadComparison
from analytics.question import Uppgift
from analytics.scenario import GALLANDE, las, rader, uppgift
from tests.analytics.scenarierna import AVTAL, DB, KPI, LAMNAR, RAM, scenarier, skapa


@pytest.fixture
def saved(tmp_path):
    return scenarier(tmp_path)


def jamfor(saved, *items, fran=2027, till=None):
    return compare.jamfor(DB, AVTAL, saved, items, fran, till)


def words(found):
    rows = compare_words.olikheter(AVTAL, found)
    return [compare_words.mening(row, found).replace("\xa0", " ") for row in rows]


def test_changes_are_against_the_agreement_in_force_and_add_up(saved):
    found = jamfor(saved, skapa(saved, RAM, LAMNAR))
    (u,) = found.utfall
    gone = next(p for p in u.parter if p.part == "trafikverket")

    assert (gone.fore_kr, gone.efter_kr, gone.delta_kr, gone.andel) == (500_000, 0, -500_000, -1)
    assert sum(p.fore_kr for p in u.parter) == found.gallande.finansierat_kr == 6_500_000
    assert sum(p.efter_kr for p in u.parter) == u.finansierat_kr
    assert len(u.mer) + len(u.mindre) + len(u.lika) == len(u.parter) == 36
    assert [p.part for p in u.mindre] == ["trafikverket"]


def test_a_span_is_the_sum_of_its_years(saved):
    item = skapa(saved, KPI)
    whole = jamfor(saved, item, fran=2027, till=2030).utfall[0]
    years = [jamfor(saved, item, fran=year).utfall[0] for year in range(2027, 2031)]

    assert whole.ram_kr == sum(u.ram_kr for u in years)
    for p in whole.parter:
        each = [next(q for q in u.parter if q.part == p.part) for u in years]
        assert p.delta_kr == sum(q.delta_kr for q in each)
        if p.per_inv is not None:
            heads = [
                u.svar[y].part(p.part).antal.antal for u, y in zip(years, whole.svar, strict=True)
            ]
            assert p.per_inv == Fraction(p.delta_kr, sum(heads))


def test_what_differs_is_told_and_nothing_else(saved):
    a, b = skapa(saved, RAM, namn="A"), skapa(saved, KPI, LAMNAR, namn="B")

    assert words(jamfor(saved, a, b, till=2028)) == [
        "Rambudget (K1): 6 500 000 kr/år i Gällande avtal; 8 000 000 kr/år i A; 9 011 083 kr/år "
        "2027, 9 191 304 kr/år 2028 i B.",
        "Trafikverket (K12): betalar 2 andelar i Gällande avtal och A; inte part i B.",
    ]
    assert words(jamfor(saved, a, fran=2026)) == []


def test_identical_scenarios_say_so_and_why(saved):
    same = [skapa(saved, RAM, namn=name) for name in ("A", "B")]
    idle = skapa(
        saved,
        {"parameter": "andel_krontak_kr", "fran": "2027-01-01", "varde": 300_000, "skal": "x"},
        namn="C",
    )
    told = compare_words.lika(AVTAL, jamfor(saved, *same, idle))

    assert told == [
        "Gällande avtal och C ger samma avgift för alla parter 2027, trots att de skiljer sig i "
        "Krontak per andel (K5): det ändrar ingen avgift under de läsarter och tak som gäller.",
        "A och B ger samma avgift för alla parter 2027, för de har samma villkor det året.",
    ]


def test_another_population_in_a_frozen_one_is_told(saved, monkeypatch):
    item = skapa(saved, RAM)
    real = fees.Folkmangd._vid
    with monkeypatch.context() as patch:
        patch.setattr(
            fees.Folkmangd,
            "_vid",
            lambda self, day: {
                k: type(v)(v.antal + (k == "0184"), v.status, v.regel, v.kalla)
                for k, v in real(self, day).items()
            },
        )
        DB.forget()
        frozen = saved.frys(item, skal="x")
    DB.forget()

    assert (
        "Folkmängden för 2027 (K3): dagens siffror i Gällande avtal; fryst årgång, 1 kommuner har "
        "annat antal i Prov."
    ) in words(jamfor(saved, frozen))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "Alla 36 parter betalar lika mycket som i gällande avtal 2027."),
        (
            [LAMNAR],
            "Trafikverket betalar mindre, −500 000 kr; 26 kommuner betalar lika mycket 2027.",
        ),
        ([LAMNAR], "175 500 kr av ramen är ofinansierat."),
        ([RAM], "26 kommuner och 10 övriga parter betalar mer, +1 229 374 kr tillsammans"),
        (
            [{"tolkning": "T1", "fran": "2027-01-01", "lasart": "fast", "skal": "x"}],
            "Parterna betalar 383 500 kr mer än ramen.",
        ),
    ],
)
def test_the_list_says_in_words_who_pays_more_and_less(saved, rows, says):
    found = jamfor(saved, skapa(saved, *rows))
    assert says in compare_words.i_ord(found.utfall[0], found.ar).replace("\xa0", " ")


def test_one_without_an_answer_does_not_stop_the_others(saved):
    missing = skapa(saved, {k: v for k, v in KPI.items() if k != "sedan"}, namn="Utan")
    found = jamfor(saved, skapa(saved, RAM), missing, till=2028)

    assert [u.scenario.namn for u in found.utfall] == ["Prov"]
    assert found.utan[0][0] == missing and "KPI saknar ett värde för 2028" in found.utan[0][1]


@pytest.mark.parametrize(("first", "last"), [(2014, 2014), (2027, 2026), (2027, 2031)])
def test_years_that_cannot_be_compared_are_refused(saved, first, last):
    with pytest.raises(BadComparison, match="Välj år från 2015 till 2030"):
        jamfor(saved, skapa(saved, RAM), fran=first, till=last)


def test_nine_scenarios_are_too_many(saved):
    items = [skapa(saved, RAM, namn=f"S{n}") for n in range(9)]
    with pytest.raises(BadComparison, match="9 scenarier är valda"):
        jamfor(saved, *items)


@given(
    kronor=st.integers(0, 20_000_000),
    ceiling=st.decimals(0, 5, places=2),
    shares=st.integers(1, 9),
    reading=st.sampled_from(["tak", "fast", "rest"]),
)
@settings(max_examples=25, deadline=None)
def test_a_scenario_is_the_same_as_asking_for_its_values(kronor, ceiling, shares, reading):
    """A scenario has no rule of its own: its fees are those of the values that it says."""
    item = las(
        DB,
        AVTAL,
        {
            "namn": "x",
            "andring": [
                {**RAM, "varde": kronor},
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
    plain = Uppgift(2028, rader(DB, AVTAL, item), values, {"T1": reading})
    own, asked = fees.avgifter(DB, AVTAL, [uppgift(DB, AVTAL, item, 2028), plain])
    assert own.parter == asked.parter
    found = compare.utfall(
        item,
        {2028: fees.avgifter(DB, AVTAL, [uppgift(DB, AVTAL, GALLANDE, 2028)])[0]},
        {2028: own},
    )
    assert sum(p.delta_kr for p in found.parter) == own.finansierat_kr - 6_500_000


def test_eight_scenarios_over_ten_years_are_compared_year_by_year(saved):
    """How fast is said by `benchmark`; here, that all eight and all ten years are there."""
    items = [skapa(saved, {**RAM, "varde": 7_000_000 + n}, namn=f"S{n}") for n in range(8)]
    found = jamfor(saved, *items, fran=2021, till=2030)

    assert list(found.ar) == list(range(2021, 2031))
    (difference,) = compare_words.olikheter(AVTAL, found)
    assert (difference.vad, difference.klausul) == ("Rambudget", "K1")
    assert len(set(difference.hur.values())) == 9  # the agreement in force and all eight
