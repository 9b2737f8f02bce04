"""What a director reads on the fee pages is what the agreement says, in Swedish, and adds up."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame.navigation import ROOT
from tests.pages.screen import tables

NB = "\xa0"


def reopen(page: str = "", **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    return app.switch_page(f"pages/{page}.py").run() if page else app


def text(app: AppTest) -> str:
    shown = [m.value for m in app.markdown] + [c.value for c in app.caption]
    return " ".join(shown).replace("\\", "").replace(NB, " ")


def table_rows(app: AppTest, caption: str) -> dict[str, list[str]]:
    found = next(t for name, t in tables(app).items() if name.startswith(caption))
    return {row[0]: [cell.replace(NB, " ") for cell in row] for row in found["rows"]}


def test_laget_says_first_whether_the_year_is_financed():
    shown = text(reopen(ar="2015"))

    assert "Hela ramen 2015 är finansierad: 26 kommuner och 10 övriga aktörer betalar" in shown
    assert "Nykvarn och Sundbyberg står vid taket i K4." in shown
    assert "Gällande avtal" in shown


def test_fordelning_shows_every_party_and_adds_up_to_the_frame():
    app = reopen("fordelning", ar="2015")
    rows = table_rows(app, "Avgifter 2015")

    assert len(rows) == 36
    assert rows["Sundbyberg"][1] == "64 788"
    assert rows["Stockholm"][1] == "1 348 653"
    assert rows["Trafikverket"][1] == "500 000"
    found = next(t for name, t in tables(app).items() if name.startswith("Avgifter 2015"))
    assert found["total"][1].replace(NB, " ") == "6 500 000"
    assert "= ramen 6 500 000 kr." in text(app)


@pytest.mark.parametrize(
    ("address", "fee", "says"),
    [
        ({"part": "0183", "ar": "2015"}, "64 788 kr", "Det är taket (K4)."),
        (
            {"part": "brandkaren-attunda", "ar": "2026", "ram": "8 Mkr", "T2": "krontak"},
            "280 000 kr",
            "Det är taket (K5).",
        ),
        ({"part": "0183", "ar": "2015", "T1": "rest"}, "57 498 kr", "T1 Fast pris, kommunerna bär"),
        (
            {"part": "trafikverket", "ar": "2027", "ram": "8 Mkr"},
            "615 385 kr",
            "Rambudget 8 000 000",
        ),
        (
            {"part": "trafikverket", "ar": "2027", "ram": "8 Mkr", "T1": "fast"},
            "688 000 kr",
            "× 2 =",
        ),
        (
            {"part": "trafikverket", "ar": "2027", "ram": "8 Mkr", "T1": "fast", "T2": "krontak"},
            "560 000 kr",
            "280 000 kr",
        ),
    ],
)
def test_a_link_shows_a_partys_fee_with_its_reason(address, fee, says):
    """8 Mkr: 4 000 000 × 2 / 13 = 615 384,6; 4,3 % × 8 000 000 × 2 = 688 000; at most 280 000 × 2.

    T1 rest 2015: 2 866 500 × 44 090 / 2 198 044 = 57 498,4.
    """
    app = reopen("min_avgift", **address)

    assert app.metric[0].value.replace(NB, " ") == fee
    assert says in text(app)


def test_the_parts_of_a_change_add_up_to_it():
    app = reopen("min_avgift", part="0180", ar="2027", ram="8 Mkr")
    rows = table_rows(app, "Varför avgiften skiljer sig")
    kronor = [int(r[1].translate(str.maketrans("−", "-", "±+ kr"))) for r in rows.values()]

    assert kronor[0] == 189_917
    assert sum(kronor) == 192_665


def test_a_reading_chosen_on_its_page_carries_through_the_app():
    app = reopen("tolkningar", ar="2015")
    app.radio(key="T3").set_value("ofinansierat").run()
    assert "avvikande tolkning: T3 Ofinansierat" in text(app)

    app.switch_page("pages/fordelning.py").run()
    assert "464 kr av ramen" in text(app)
    assert app.query_params["T3"] == "ofinansierat"
    app.button(key="ater_allt").click().run()
    assert "464" not in text(app)
    assert "T3" not in app.query_params


def test_tolkningar_shows_every_reading_side_by_side():
    rows = table_rows(reopen("tolkningar", ar="2015"), "T1:")

    assert rows["Polisen Region Stockholm"][1:4] == ["250 000", "279 500", "279 500"]
    assert rows["Ofinansierat"][1:4] == ["0", "−383 500", "0"]


def test_t6_vanta_says_why_there_is_no_fee_and_leaves_a_way_back():
    app = reopen("tolkningar", ar="2027", T6="vanta")

    assert "Avgifterna för 2027 räknas inte ännu" in text(app) + " ".join(
        e.value for e in app.error
    )
    app.radio(key="T6").set_value("preliminar").run()
    assert not app.exception
    assert "2027 räknas inte ännu" not in " ".join(e.value for e in app.error)


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("ram", "8 Mkr", "Prövas: 8 000 000 kr/år"),
        ("ram", "8 000 000", "Prövas: 8 000 000 kr/år"),
        ("tak", "1,60", "Prövas: 1,6 kr/invånare/år"),
        ("tak", "1.60", "Prövas: 1,6 kr/invånare/år"),
        ("del", "60 %", "Prövas: 60 % av ramen"),
        ("procent", "4,3", "Avtalet: 4,3 % av ramen"),
    ],
)
def test_a_control_reads_back_what_it_understood(field, typed, shown):
    app = reopen("fordelning", ar="2027")
    app.text_input(key=field).set_value(typed).run()

    assert shown in text(app)
    assert not app.error


@pytest.mark.parametrize(
    "typed", ["hej", "-5", "−1", "1e9", "nan", "1,500", "6,5.0", "9" * 30, "=1+1"]
)
@pytest.mark.parametrize("field", ["ram", "del", "tak", "procent"])
def test_a_control_says_what_it_cannot_read_and_uses_the_agreement(field, typed):
    app = reopen("fordelning", ar="2027")
    app.text_input(key=field).set_value(typed).run()

    assert not app.exception
    assert "Avtalets värde används" in app.error[0].value
    assert "Gällande avtal" in text(app)


def test_a_link_with_what_does_not_exist_says_so_and_shows_something_sound():
    app = reopen(ar="1999", T1="hittepå", part="atlantis")
    said = " ".join(w.value for w in app.warning).replace("\\", "")

    assert "budgetåret ”1999”" in said
    assert "läsarten ”hittepå” i T1" in said
    app.switch_page("pages/min_avgift.py").run()
    assert "”atlantis” är ingen betalande part" in app.warning[0].value
    assert not app.exception


def test_every_year_of_the_agreement_can_be_shown():
    app = reopen("fordelning", ar="2015")
    for year in (2016, 2019, 2026, 2027, 2030):
        app.selectbox(key="ar").set_value(year).run()
        assert not app.exception and not app.error, year
        assert len(table_rows(app, f"Avgifter {year}")) == 36
