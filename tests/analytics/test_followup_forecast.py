"""The forecast is proposed by a named method, and another needs a reason (K7)."""

from fractions import Fraction

from analytics import database, followup, followup_store
from analytics.followup_store import Prognos
from analytics.store import shared
from tests.analytics.uppfoljning import AR, beslutad, bokfor

DB = database.shared()


def lage(tertial):
    return followup.lage(DB, shared(), AR, tertial)


def post(tertial, namn="Inlån"):
    return next(p for p in lage(tertial).poster if p.namn == namn)


def test_the_proposed_forecast_is_the_outcome_and_the_rest_of_the_profile():
    beslutad(shared())
    bokfor(shared(), ("2027-04-10", "5010", 180_000_00), ("2027-04-10", "6010", 90_000_00))
    assert (post(1).prognos_kr, post(1).metod) == (580_000, "profil")
    assert (post(1).takt_kr, post(1).prognos_avvikelse_kr) == (540_000, 20_000)
    assert post(1).prognos_avvikelse_del == Fraction(1, 30)
    assert post(1, "Övning").prognos_kr == 290_000


def test_months_that_are_not_booked_yet_count_as_budgeted():
    beslutad(shared())
    bokfor(shared(), ("2027-06-10", "5010", 300_000_00))  # two months of tertial 2 are missing
    assert post(2).prognos_kr == 300_000 + 100_000 + 200_000
    assert post(2).takt_kr == 600_000
    assert any("Bokfört till och med 2027-06-10" in t for t in lage(2).upplysningar)
    assert post(2).status == "bokförs ännu"  # less than planned says nothing yet
    assert post(2).kraver == ("kommentar", "åtgärd")  # but it is not closed without words
    assert not lage(2).klart_bokfort


def test_too_much_is_told_although_months_are_missing():
    beslutad(shared())
    bokfor(shared(), ("2027-06-10", "5010", 430_000_00))
    assert post(2).status == "över plan"


def test_when_the_year_is_booked_the_forecast_is_the_outcome():
    beslutad(shared())
    bokfor(shared(), ("2027-12-31", "5010", 610_000_49))
    assert (post(3).prognos_kr, post(3).metod) == (610_000, "utfall")


def test_another_method_or_an_own_forecast_is_kept_per_tertial():
    decided = beslutad(shared())
    bokfor(shared(), ("2027-04-10", "5010", 180_000_00), ("2027-08-10", "5010", 200_000_00))
    line = decided.rader[0].id
    followup_store.satt_prognos(shared(), AR, 1, line, Prognos("takt", skal="Jämn takt"))
    assert post(1).prognos_kr == 540_000
    kept = followup_store.prognoser(shared(), AR, 1)[line]
    own = Prognos("egen", 700_000, "Två inlån till", kept.version, kept.id)
    followup_store.satt_prognos(shared(), AR, 1, line, own)
    assert (post(1).prognos_kr, post(1).prognos_skal) == (700_000, "Två inlån till")
    assert post(2).metod == "profil"


def test_the_year_ends_at_one_figure_also_where_ore_are_rounded_line_by_line():
    beslutad(shared())
    bokfor(shared(), ("2027-12-31", "5010", 600_000_40), ("2027-12-31", "6010", 300_000_40))
    assert [p.prognos_kr for p in lage(3).poster] == [600_000, 300_000]
    assert lage(3).summa.prognos_kr == 900_001  # 900 000,80, as the outcome is shown
