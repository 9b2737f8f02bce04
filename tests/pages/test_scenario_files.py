"""Scenario files and sealed files on the page: shown before anything is saved, all or nothing."""

import pytest

from analytics.scenario import verify as scenario_verify
from analytics.scenario.saved import Scenarios
from tests.given.scenarios import FRAME
from tests.pages.scenario_page import create, open_scenarios, reopen, text


@pytest.fixture
def saved() -> Scenarios:
    return open_scenarios()


TOML = b'namn = "Ur fil"\n[[andring]]\nparameter = "rambudget_kr"\nfran = 2027-01-01\n'


def test_a_file_is_shown_before_it_is_taken_in(saved):
    app = reopen()
    app.radio(key="sc_vad").set_value("fil").run()
    content = TOML + 'varde = 8_000_000\nskal = "Förslag"\n'.encode()
    app.file_uploader(key="sc_fil").set_value(("förslag.toml", content, "text/plain")).run()
    assert "Rambudget (K1) blir 8 000 000 kr/år från 2027-01-01. Skäl: Förslag" in text(app)
    assert saved.list_all() == []
    app.button(key="sc_las_in").click().run()

    assert [item.name for item in saved.list_all()] == ["Ur fil"]
    assert "är inläst som utkast" in text(app)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (TOML.replace(b"rambudget", b"rambudgt") + b'varde = 1\nskal = "x"\n', "”rambudget_kr”"),
        (b"\xff\xfe", "inte text i UTF-8"),
        (b"PK\x03\x04", "går inte att läsa som TOML"),
    ],
)
def test_a_file_with_faults_is_told_and_nothing_is_taken_in(saved, content, says):
    app = reopen()
    app.radio(key="sc_vad").set_value("fil").run()
    app.file_uploader(key="sc_fil").set_value(("fil.toml", content, "text/plain")).run()

    assert says in text(app) and "Inget är inläst." in text(app)
    assert "sc_las_in" not in {button.key for button in app.button}
    assert saved.list_all() == [] and not app.exception


def test_a_sealed_file_is_checked_on_the_page(saved):
    document = scenario_verify.as_file(saved.sealed(saved.freeze(create(saved, FRAME), reason="x")))
    app = reopen()
    app.radio(key="sc_vad").set_value("sigill").run()
    app.file_uploader(key="sc_sigill").set_value(("f.json", document, "text/plain")).run()
    assert "är som det förseglades" in app.success[0].value
    changed = document.replace(b'"avgift_kr": 1348653', b'"avgift_kr": 1348654', 1)
    app.file_uploader(key="sc_sigill").set_value(("f.json", changed, "text/plain")).run()
    assert "2015, avgift Stockholm avgift_kr: filen säger 1348654" in text(app)
