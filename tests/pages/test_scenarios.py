"""Scenarios on their page and through the app: made, edited by two, compared, frozen, linked to."""

from datetime import date

import pytest

from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts
from tests.given.scenarios import FRAME, KPI, LEAVES
from tests.pages.scenario_page import NB, create, link, open_scenarios, reopen, text
from tests.pages.screen import tables


@pytest.fixture
def saved() -> Scenarios:
    return open_scenarios()


def test_without_scenarios_the_page_says_so_and_offers_to_make_one():
    app = reopen()

    assert not app.exception
    assert "Inget scenario är sparat, så gällande avtal gäller ensamt." in text(app)
    assert "scenario" not in {box.key for box in app.selectbox}
    assert app.text_input(key="sc_namn").value == ""


def test_what_is_tried_becomes_a_scenario_that_the_whole_app_shows(saved):
    app = reopen(ram="8 Mkr", T3="ofinansierat")
    app.text_input(key="sc_namn").set_value("Åtta miljoner").run()
    app.button(key="sc_skapa").click().run()
    (item,) = saved.list_all()

    assert "Scenariot ”Åtta miljoner” är skapat som utkast." in text(app)
    assert app.query_params["scenario"] == item.id
    assert "ram" not in app.query_params and "T3" not in app.query_params
    app.switch_page("pages/fordelning.py").run()
    assert "**Åtta miljoner** (utkast, ej beslutat)" in text(app)
    assert "= ramen 8 000 000 kr." in text(app)
    assert "avvikande tolkning: T3 Ofinansierat" in text(app)
    assert "Scenariot: 8 000 000 kr/år" in text(app)


@pytest.mark.parametrize("name", ["", "Gällande avtal", "åtta MILJONER"])
def test_a_name_that_will_not_do_is_told_and_nothing_is_made(saved, name):
    create(saved, FRAME)
    app = reopen()
    app.text_input(key="sc_namn").set_value(name).run()
    app.button(key="sc_skapa").click().run()

    assert len(saved.list_all()) == 1
    assert "går inte att använda" in app.error[0].value


def test_a_change_is_read_back_before_it_is_saved(saved):
    item = create(saved, FRAME)
    app = reopen(scenario=item.id)
    app.radio(key="sc_vad").set_value("andra").run()
    assert app.button(key="sa_lagg_till").disabled
    app.selectbox(key="sa_vad").set_value("p_tak_kr_per_invanare").run()
    app.text_input(key="sa_varde").set_value("1,75").run()
    app.text_input(key="sa_skal").set_value("Annars stoppar taket").run()
    assert "Läses som: Tak per invånare (K4) blir 1,75 kr/invånare/år från 2027-01-01." in text(app)
    app.button(key="sa_lagg_till").click().run()

    assert "Ändringen är sparad." in text(app)
    assert len(saved.get(item.id).changes) == 2
    assert app.text_input(key="sa_varde").value == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("hej", "går inte att läsa"),
        ("1,500", "på två sätt"),
        ("-1", "kan inte vara"),
        ("1e5", "går"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_and_cannot_be_saved(saved, typed, says):
    app = reopen(scenario=create(saved).id)
    app.radio(key="sc_vad").set_value("andra").run()
    app.text_input(key="sa_varde").set_value(typed).run()
    app.text_input(key="sa_skal").set_value("skäl").run()

    assert says in text(app)
    assert app.button(key="sa_lagg_till").disabled


def test_an_index_path_shows_every_year_and_the_one_that_lacks_data(saved):
    app = reopen(scenario=create(saved).id)
    app.radio(key="sc_vad").set_value("andra").run()
    app.radio(key="sa_hur").set_value("index").run()
    app.text_input(key="sa_skal").set_value("realt").run()
    assert "2027: 9 011 083 kr/år" in text(app)
    assert "2028: KPI saknar ett värde för 2028" in text(app)
    app.text_input(key="sa_sedan").set_value("2,0").run()
    assert "2030: 9 562 633 kr/år" in text(app)


def test_a_party_leaves_and_a_new_one_joins(saved):
    item = create(saved)
    app = reopen(scenario=item.id)
    app.radio(key="sc_vad").set_value("andra").run()
    app.selectbox(key="sa_vad").set_value("part").run()
    app.selectbox(key="sa_part").set_value("trafikverket").run()
    app.selectbox(key="sa_hander").set_value("ut").run()
    app.text_input(key="sa_skal").set_value("uppsägning").run()
    assert "Trafikverket (K12) lämnar från 2027-01-01" in text(app)
    app.button(key="sa_lagg_till").click().run()
    app.selectbox(key="sa_part").set_value("ny part").run()
    app.text_input(key="sa_namn").set_value("Luftfartsverket Öst").run()
    app.text_input(key="sa_andelar").set_value("2").run()
    app.text_input(key="sa_skal").set_value("ansluter").run()
    app.button(key="sa_lagg_till").click().run()

    parties = [change.party for change in saved.get(item.id).changes]
    assert parties == ["luftfartsverket-ost", "trafikverket"]
    assert not app.exception


def test_of_two_editors_the_second_is_told_and_sees_both(saved):
    item = create(saved, FRAME)
    both = [reopen(scenario=item.id) for _ in range(2)]
    for app, value in zip(both, ("1,75", "1,95"), strict=True):
        app.radio(key="sc_vad").set_value("andra").run()
        app.selectbox(key="sa_vad").set_value("p_tak_kr_per_invanare").run()
        app.text_input(key="sa_varde").set_value(value).run()
        app.text_input(key="sa_skal").set_value("mitt").run()
    for app in both:
        app.button(key="sa_lagg_till").click().run()

    told = text(both[1])
    assert "Någon annan sparade ”Åtta miljoner” medan du hade det öppet" in told
    assert "Den andra la till: Tak per invånare (K4) blir 1,75 kr/invånare/år" in told
    assert "Du la till: Tak per invånare (K4) blir 1,95 kr/invånare/år" in told
    assert both[1].text_input(key="sa_varde").value == "1,95"
    assert [c.value for c in saved.get(item.id).changes[1:]] == [1.75]


def test_a_change_is_taken_away(saved):
    item = create(saved, FRAME, LEAVES)
    app = reopen(scenario=item.id)
    app.radio(key="sc_vad").set_value("andra").run()
    app.selectbox(key=f"sc_bort_{item.id}_1").set_value(1).run()
    app.button(key="sc_ta_bort").click().run()

    assert [c.party for c in saved.get(item.id).changes] == ["trafikverket"]


def test_a_scenario_is_renamed_copied_frozen_decided_and_archived(saved):
    item = create(saved, FRAME)
    app = reopen(scenario=item.id)
    app.radio(key="sc_vad").set_value("andra").run()
    app.text_input(key="sc_nytt_namn").set_value("Nio").run()
    app.button(key="sc_dop").click().run()
    app.text_input(key="sc_nytt_namn").set_value("Tio").run()
    app.button(key="sc_kopiera").click().run()
    assert [s.name for s in saved.list_all()] == ["Nio", "Tio"]
    app.button(key="sc_frys").click().run()
    assert "sc_lagg_till" not in {b.key for b in app.button}
    app.button(key="sc_besluta").click().run()
    assert "Beslutet saknas" in app.error[0].value
    app.text_input(key="sc_skal").set_value("Chefsgruppen 2026-11-20").run()
    app.button(key="sc_besluta").click().run()
    assert saved.get(item.id).status == "beslutat"
    assert "**Nio** (beslutat)" in text(app)
    app.button(key="sc_arkivera").click().run()
    assert saved.get(item.id).archived
    assert [e.what for e in store_posts.shared().history("scenario", item.id)].count("ändrad") == 4
    assert not app.exception


def test_a_frozen_scenario_is_explained_and_shown_on_every_page(saved):
    item = saved.freeze(create(saved, FRAME), reason="x")
    app = reopen("min_avgift", scenario=item.id, part="trafikverket")

    assert app.metric[0].value.replace(NB, " ") == "615 385 kr"
    assert "**Åtta miljoner** (fryst, ej beslutat)" in text(app)
    for page in ("laget", "fordelning", "tolkningar", "tak_och_ram", "mandatperioden"):
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception and not app.error, page


def test_a_link_reproduces_the_comparison(saved):
    items = [
        create(saved, FRAME),
        create(saved, KPI, name="KPI"),
        create(saved, LEAVES, name="Utan"),
    ]
    app = reopen(jamfor=f"{items[2].id},{items[1].id}", till="2029")

    assert app.multiselect(key="jamfor").value == [items[2].id, items[1].id]
    assert app.selectbox(key="till").value == 2029
    shown = text(app)
    assert (
        "Trafikverket (K12): betalar 2 andelar i Gällande avtal och KPI; inte part i Utan." in shown
    )
    assert shown.index("Trafikverket (K12)") < shown.index("Trafikverket betalar mindre")
    found = tables(app)["Skillnad mot gällande avtal 2027–2029, alla parter."]
    rows = {row[0]: row for row in found["rows"]}
    assert rows["Trafikverket"][2].replace(NB, " ") == "−1 500 000 kr"
    app.multiselect(key="jamfor").set_value([items[0].id]).run()
    assert app.query_params["jamfor"] == items[0].id
    app.switch_page("pages/fordelning.py").run()
    app.switch_page("pages/scenarier.py").run()
    assert app.multiselect(key="jamfor").value == [items[0].id]


def test_a_link_to_something_archived_or_unknown_says_so_and_shows_the_agreement(saved):
    item = saved.archive(create(saved, FRAME), True, reason="x")
    app = link(scenario=item.id)
    day = date.today().year  # noqa: DTZ011

    assert f"Länken visar scenariot ”Åtta miljoner”, som arkiverades {day}" in text(app)
    assert "**Gällande avtal**" in text(app)
    assert "Länken ber om scenariot ”finns-inte”, som inte finns här" in text(
        link(scenario="finns-inte")
    )
    app = reopen(jamfor=f"{item.id},också-borta", till="1999")
    told = text(app)
    assert "Länken jämför scenariot ”Åtta miljoner”, som är arkiverat" in told
    assert "Länken jämför scenariot ”också-borta”, som inte finns" in told
    assert "till och med ”1999”" in told
    assert not app.exception


def test_a_year_without_data_is_told_on_every_page(saved):
    item = create(saved, {k: v for k, v in KPI.items() if k != "sedan"}, name="Utan takt")
    app = reopen(scenario=item.id, ar="2028")
    assert "”Utan takt” kan inte räknas 2028: KPI saknar ett värde för 2028" in text(app)
    app.switch_page("pages/fordelning.py").run()
    assert "KPI saknar ett värde för 2028" in text(app)
    assert not app.exception


def test_readings_of_a_scenario_follow_the_year_and_ones_own_choice_stays(saved):
    item = create(saved, {"tolkning": "T1", "fran": "2028-01-01", "lasart": "fast", "skal": "x"})
    app = reopen("tolkningar", scenario=item.id)
    assert app.radio(key="T1").value == "tak"
    app.selectbox(key="ar").set_value(2028).run()
    assert app.radio(key="T1").value == "fast" and "T1" not in app.query_params
    app.radio(key="T3").set_value("ofinansierat").run()
    assert "Prövning, ej beslutad" in text(app)
    app.selectbox(key="scenario").set_value("").run()
    assert app.radio(key="T1").value == "tak"
    assert app.radio(key="T3").value == "ofinansierat"


@pytest.mark.parametrize("name", ["<b>x</b>", "*fet* [a](http://b)", "=1+1", ":red[x]", "$x^2$"])
def test_a_name_is_shown_as_it_stands(saved, name):
    item = create(saved, FRAME, name=name)
    app = reopen(scenario=item.id)
    app.radio(key="sc_vad").set_value("andra").run()

    assert not app.exception
    assert name in text(app)
    assert all(f"**{name}**" not in m.value for m in app.markdown)
