"""Opens the app with scenarios in its store, and reads what a page says."""

from streamlit.testing.v1 import AppTest

from analytics.agreement import contract
from analytics.reference import database
from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts
from pages.parts.frame.navigation import ROOT

NB = "\xa0"


def link(**address: str) -> AppTest:
    """Follow a link to the start page."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in {"ar": "2027", **address}.items():
        app.query_params[key] = value
    return app.run()


def reopen(page: str = "scenarier", **address: str) -> AppTest:
    return link(**address).switch_page(f"pages/{page}.py").run()


def text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.warning, app.error, app.success)
    shown = [element.value for kind in kinds for element in kind]
    return " ".join(shown).replace("\\", "").replace(NB, " ").replace("\N{WORD JOINER}", "")


def open_scenarios() -> Scenarios:
    return Scenarios(database.shared(), contract.load(), store_posts.shared())


def create(saved, *rows, name="Åtta miljoner"):
    return saved.create(name, rows, reason="prov")
