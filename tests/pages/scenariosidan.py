"""Opens the app with scenarios in its store, and reads what a page says."""

from streamlit.testing.v1 import AppTest

from analytics import agreement, database, store
from analytics.scenario_store import Scenarier
from pages.parts.nav import ROOT

NB = "\xa0"


def lank(**address: str) -> AppTest:
    """Follow a link to the start page."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in {"ar": "2027", **address}.items():
        app.query_params[key] = value
    return app.run()


def oppna(page: str = "scenarier", **address: str) -> AppTest:
    return lank(**address).switch_page(f"pages/{page}.py").run()


def text(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.warning, app.error, app.success)
    shown = [element.value for kind in kinds for element in kind]
    return " ".join(shown).replace("\\", "").replace(NB, " ").replace("\N{WORD JOINER}", "")


def lagret() -> Scenarier:
    return Scenarier(database.shared(), agreement.load(), store.shared())


def skapa(saved, *rows, namn="Åtta miljoner"):
    return saved.skapa(namn, rows, skal="prov")
