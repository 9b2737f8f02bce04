"""The page Data: new figures by file and by hand, each vintage, and one that is taken back."""

from streamlit.testing.v1 import AppTest

from analytics.store.posts import shared
from analytics.vintages import saved
from pages.parts.frame.navigation import ROOT
from tests.given.scb_files import grown, held, px
from tests.pages.screen import button, field, table


def reopen() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    return app.switch_page("pages/data.py").run()


def upload(app: AppTest, content: bytes, name: str = "folk.px") -> AppTest:
    app.file_uploader[0].set_value((name, content, "text/plain"))
    return app.run()


def test_a_file_is_seen_read_in_and_taken_back():
    app = upload(reopen(), px(["2025"], grown(by=10)))
    assert len(table(app, "Det som filen skulle ändra")["rows"]) == 26
    field(app, "Skäl, som").input("SCB 2025, rättad")
    button(app, "Läs in 26 siffror").click().run()
    assert not app.exception and "är inlästa och gäller" in app.success[0].value
    total = sum(held("2025-12-31").values())
    assert app.metric[0].value.replace("\xa0", "") == str(total)
    app.radio(key="fm_gor").set_value("argangar").run()
    assert table(app, "Årgångar")["rows"][0][4] == "SCB 2025, rättad"
    next(s for s in app.selectbox if s.label == "Visa en årgångs siffror").select_index(0).run()
    shown = table(app, "Årgångens siffror, och de som gäller nu")["rows"]
    assert len(shown) == 26 and all(row[2] == row[3] for row in shown)
    next(s for s in app.selectbox if s.label == "Årgång att dra tillbaka").select_index(0)
    field(app, "Skäl till att den dras tillbaka").input("fel")
    button(app, "Dra tillbaka").click().run()
    assert not app.exception and saved.list_vintages(shared()) == []


def test_what_looks_wrong_is_ticked_one_by_one():
    figures = grown(by=0)
    figures["0184"] = [held("2025-12-31")["0184"] * 10]
    app = upload(reopen(), px(["2025"], figures))
    field(app, "Skäl, som").input("prov")
    button(app, "Läs in 26 siffror").click().run()
    assert "Solna" in app.error[0].value and saved.list_vintages(shared()) == []
    next(c for c in app.checkbox if "Solna" in c.label).check().run()
    button(app, "Läs in 26 siffror").click().run()
    assert not app.exception and len(saved.list_vintages(shared())) == 1


def test_a_bad_file_is_told_and_the_page_stays():
    app = upload(reopen(), b"%PDF-1.7 ...", "folk.pdf")
    assert not app.exception and "Inget är inläst" in app.error[0].value


def test_a_figure_by_hand_is_set_and_marked():
    app = reopen()
    app.radio(key="fm_gor").set_value("hand").run()
    field(app, "Datum, som").input("2025-12-31")
    field(app, "Invånare").input("12 000")
    field(app, "Skäl").input("räknat om")
    button(app, "Sätt siffran").click().run()
    assert not app.exception and "är satt till" in app.success[0].value
    (done,) = saved.list_vintages(shared())
    assert done.hand and done.figures[0].count == 12_000


def test_the_page_says_which_june_is_lacking_and_when_scb_publishes():
    """2014 has its 30 June; every year with a year's end since then lacks it."""
    said = " ".join(text.value for text in reopen().markdown)
    assert "Den saknas för 2015–2025 och uppskattas" in said
    assert "augusti" in said and "februari" in said
