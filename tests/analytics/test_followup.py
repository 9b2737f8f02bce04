"""Given a budget and these rows, the tertial says exactly this (K2, K7)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import (
    activities,
    agreement,
    budget_store,
    database,
    followup,
    followup_store,
    kontering,
    parties,
    rotation_register,
)
from analytics.activities import Aktivitet
from analytics.budget import med_rad, rad
from analytics.followup_rows import Troskel, Vantat
from analytics.followup_store import Ord, Prognos
from analytics.kontering import Regel
from analytics.money import whole_kronor
from analytics.rotation import Inlan, Period
from analytics.store import shared
from tests.analytics.uppfoljning import AR, beslutad, bokfor

DB = database.shared()


def lage(tertial, ar=AR):
    return followup.lage(DB, shared(), ar, tertial)


def post(tertial, namn="Inlån"):
    return next(p for p in lage(tertial).poster if p.namn == namn)


def rows(tertial):
    return [(p.namn, p.budget_kr, p.utfall_ore, p.avvikelse_ore) for p in lage(tertial).poster]


# ---- budget and outcome ----


def test_it_accumulates_to_each_tertial_and_what_is_not_booked_is_not_zero():
    beslutad(shared())
    bokfor(
        shared(),
        ("2027-04-30", "5010", 180_000_00),  # the last day of tertial 1
        ("2027-05-01", "5010", 230_000_50),  # the first of tertial 2
        ("2027-02-01", "6010", 75_000_00),
    )
    assert rows(1) == [
        ("Inlån", 200_000, 180_000_00, 20_000_00),
        ("Övning", 100_000, 75_000_00, 25_000_00),
    ]
    assert rows(2) == [
        ("Inlån", 400_000, 410_000_50, -10_000_50),
        ("Övning", 100_000, 75_000_00, 25_000_00),  # nothing more booked, in a tertial that is
    ]
    assert rows(3) == [("Inlån", 600_000, None, None), ("Övning", 300_000, None, None)]
    assert lage(3).summa.utfall_ore is None
    assert lage(3).summa.prognos_kr is None


def test_the_empty_app_says_what_is_missing_and_invents_nothing():
    found = lage(1)
    assert found.poster == ()
    assert (found.ram_kr, found.summa.utfall_ore, found.summa.prognos_kr) == (None, None, None)
    assert "ingen beslutad budget" in found.hinder[0]
    assert any("Inget är bokfört" in h for h in found.hinder)


def test_a_cost_without_a_budget_is_a_line_of_its_own_and_is_told():
    decided = beslutad(shared())
    kontering.spara(shared(), Regel("", "7000", "7000", "", "okänd-post"))
    bokfor(shared(), ("2027-01-05", "7000", 5_000_00))
    found = next(p for p in lage(1).poster if p.id == "okänd-post")
    assert (found.budget_kr, found.utfall_ore, found.avvikelse_ore) == (0, 5_000_00, -5_000_00)
    assert any("finns inte i budgeten" in text for text in lage(1).upplysningar)
    assert found.kraver == ("kommentar", "åtgärd")
    assert decided.rad("okänd-post") is None


def test_income_and_what_is_outside_the_frame_stand_beside_the_lines_never_in_them():
    beslutad(shared())
    kontering.spara(shared(), Regel("", "3000", "3999", "", "intakt"))
    bokfor(
        shared(),
        ("2027-01-10", "3010", -450_000_00),
        ("2027-01-10", "1930", 450_000_00),
        ("2027-01-20", "5010", 1_00),
    )
    found = lage(1)
    assert found.summa.utfall_ore == 1_00
    assert (found.intakter_ore, found.utanfor_ore) == (-450_000_00, 450_000_00)


def test_income_alone_does_not_make_a_tertial_booked():
    beslutad(shared())
    kontering.spara(shared(), Regel("", "3000", "3999", "", "intakt"))
    bokfor(shared(), ("2027-01-10", "3010", -450_000_00))
    assert not lage(1).bokfort


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["5010", "6010", "9999"]),
                          st.integers(-10**9, 10**9)), min_size=1, max_size=25))  # fmt: skip
def test_every_ore_of_the_ledger_is_on_a_line_or_among_the_unknown(tmp_path_factory, booked):
    from analytics.store import Store

    own = Store(f"sqlite:///{tmp_path_factory.mktemp('lager') / 'lager.db'}")
    beslutad(own)
    bokfor(own, *((f"{AR}-{month:02}-15", konto, ore) for month, konto, ore in booked))
    for tertial in (1, 2, 3):
        found = followup.lage(DB, own, AR, tertial)
        so_far = sum(ore for month, _, ore in booked if (month + 3) // 4 <= tertial)
        if found.bokfort:
            assert found.summa.utfall_ore + found.okant_ore == so_far
            assert sum(p.utfall_ore for p in found.poster) == found.summa.utfall_ore
            assert sum(d.utfall_ore for d in found.delar) == found.summa.utfall_ore
            assert sum(found.manader_ore) == found.summa.utfall_ore
        else:
            assert not any((month + 3) // 4 == tertial for month, _, _ in booked)
    own.stang()


# ---- threshold ----


@pytest.mark.parametrize(
    ("deviation_ore", "over"),
    [(4_999_99, False), (5_000_00, False), (5_000_01, True), (-5_000_00, False), (-5_000_01, True)],
)
def test_five_percent_is_not_above_and_an_ore_more_is(deviation_ore, over):
    assert Troskel().over(deviation_ore, 100_000) is over


@pytest.mark.parametrize(
    ("deviation_ore", "over"),
    [(49_999_99, False), (50_000_00, False), (50_000_01, True), (-50_000_01, True)],
)
def test_fifty_thousand_kronor_is_not_above_and_an_ore_more_is(deviation_ore, over):
    assert Troskel().over(deviation_ore, 10_000_000) is over


def test_an_unknown_deviation_is_not_above_and_any_cost_without_budget_is():
    assert not Troskel().over(None, 0)
    assert not Troskel().over(0, 0)
    assert Troskel().over(-1, 0)


@pytest.mark.parametrize(
    ("ore", "status", "needs"),
    [
        (190_000_00, "på plan", ()),
        (189_999_99, "under plan", ("kommentar", "åtgärd")),
        (210_000_00, "på plan", ()),
        (210_000_01, "över plan", ("kommentar", "åtgärd")),
    ],
)
def test_a_line_is_on_plan_up_to_the_threshold(ore, status, needs):
    beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", ore))
    assert (post(1).status, post(1).kraver) == (status, needs)


def test_a_forecast_above_the_threshold_is_told_although_the_tertial_is_on_plan():
    decided = beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", 200_000_00))
    line = decided.rader[0].id
    followup_store.satt_prognos(shared(), AR, 1, line, Prognos("egen", 630_000, "x"))
    assert post(1).status == "på plan"  # exactly 5 % over
    saved = followup_store.prognoser(shared(), AR, 1)[line]
    followup_store.satt_prognos(
        shared(), AR, 1, line, Prognos("egen", 630_001, "x", saved.version, saved.id)
    )
    assert post(1).status == "prognos över budget"


def test_words_remove_what_is_required_one_by_one_and_the_threshold_can_be_set():
    decided = beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", 150_000_00))
    line = decided.rader[0].id
    saved = followup_store.satt_kommentar(shared(), AR, 1, line, Ord("Vakant till mars"))
    assert post(1).kraver == ("åtgärd",)
    followup_store.satt_kommentar(
        shared(), AR, 1, line, Ord("Vakant till mars", "Ingen", saved.version, saved.id)
    )
    assert post(1).kraver == ()
    followup_store.satt_troskel(shared(), "30", "60 000", skal="Chefsgruppen")
    assert post(1).status == "på plan"


# ---- the rest ----


def test_the_page_opens_on_the_latest_tertial_whose_last_month_is_booked():
    beslutad(shared())
    kontering.spara(shared(), Regel("", "3000", "3999", "", "intakt"))
    seen = []
    for day in ("2027-03-31", "2027-04-01", "2027-07-31", "2027-08-01", "2027-12-01"):
        bokfor(shared(), (day, "5010", 1_00))
        seen.append(followup.senaste(DB, shared(), AR))
    assert seen == [1, 1, 1, 2, 3]
    bokfor(shared(), ("2028-12-31", "3010", -1_00))
    assert followup.senaste(DB, shared(), AR + 1) == 1  # income alone is nothing to follow up


def test_the_rotation_register_says_what_loans_are_expected_to_cost_beside_the_outcome():
    beslutad(shared())
    assert lage(1).vantat is None
    span = (Period(date(2027, 1, 1), date(2027, 6, 30), 50),)
    agreed = Inlan("", "blåljus", "polisen", "Samordnare", span, "överenskommet", 60_000, 6_000)
    unknown = Inlan("", "trafik", "trafikverket", "Samordnare", span, "överenskommet")
    rows = parties.rader(DB, agreement.load())
    rotation_register.spara(DB, shared(), rows, [agreed, unknown], "prov")
    assert lage(1).vantat == Vantat(132_000, 198_000, True)  # 4 and 6 half months of 66 000
    assert lage(2).vantat.hittills_kr == 198_000
    assert lage(1).summa.utfall_ore is None  # expected is not booked


def test_a_new_version_of_the_budget_is_what_counts_from_then_on():
    decided = beslutad(shared())
    bokfor(shared(), ("2027-04-30", "5010", 200_000_00))
    draft = budget_store.ny_version(shared(), AR, skal="Ändrat")
    moved = med_rad(draft, rad("inlan", "Inlån", None, (0, 0, 600_000), rad_id=decided.rader[0].id))
    budget_store.besluta(shared(), budget_store.spara(shared(), moved, skal="x"), skal="beslut")
    assert (lage(1).budget_nummer, post(1).budget_kr) == (2, 0)


def test_activities_stand_beside_the_money_and_what_is_done_stays_done():
    done = Aktivitet(AR, "Övning", 1, "Samordningschef", {1: ("klar", "I mars")})
    later = Aktivitet(AR, "Utbildning", 3)
    activities.lagg_till(shared(), [done, later], skal="x")
    assert [(a.namn, a.status) for a in lage(1).aktiviteter] == [
        ("Övning", "klar"),
        ("Utbildning", None),
    ]
    assert [(a.status, a.anteckning) for a in lage(2).aktiviteter] == [
        ("klar", "I mars"),
        (None, ""),
    ]
    assert not any("saknar status" in h for h in lage(2).hinder)
    assert any("Utbildning saknar status" in h for h in lage(3).hinder)


@pytest.mark.parametrize(("ore", "kr"), [(49, 0), (50, 1), (-49, 0), (-50, -1), (None, None)])
def test_ore_are_shown_in_kronor_with_halves_away_from_zero(ore, kr):
    assert whole_kronor(ore) == kr
