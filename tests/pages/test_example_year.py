"""The example year on the pages: one click in from any of them, marked, one click out."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.example import year as example_year
from analytics.store import posts as store_posts
from pages.parts.frame.navigation import ROOT

PAGES = ["budget", "bokforing", "tertial", "fakturaunderlag"]


def reopen(page, year="2026"):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["ar"] = year
    return app.run().switch_page(f"pages/{page}.py").run()


@pytest.mark.parametrize("page", PAGES)
def test_it_is_put_in_and_taken_out_from_every_page_that_it_fills(page):
    app = reopen(page, "2028")
    app = app.button(key="exempel_in").click().run()
    assert not app.exception and not app.error
    assert app.session_state["ar"] == 2026
    assert any("exempel" in w.value for w in app.warning)

    app = app.button(key="exempel_ut").click().run()
    assert not app.exception and not app.error
    assert not example_year.is_loaded(store_posts.shared())
    assert not app.warning


@pytest.mark.parametrize("page", [*PAGES, "laget", "rotation", "scenarier", "data"])
def test_every_page_runs_with_the_example_in(page):
    app = reopen("budget")
    app.button(key="exempel_in").click().run()
    app = app.switch_page(f"pages/{page}.py").run()
    assert not app.exception and not app.error


def test_a_year_of_ones_own_is_told_and_left_alone():
    app = reopen("budget")
    app.button(key="exempel_in").click().run()
    saved = store_posts.shared()
    (mark,) = saved.list_all(example_year.KIND)
    saved.remove(example_year.KIND, mark.id, mark.version, reason="nu är året vårt eget")
    app = app.run()
    app = app.button(key="exempel_in").click().run()
    assert "en budget för 2026 finns redan" in app.error[0].value
