"""An error of the domain is shown as written; a programming error shows nothing of itself."""

from streamlit.testing.v1 import AppTest

from analytics.swedish import md
from pages.parts import guard


def domain():
    from analytics.errors import AgreementError
    from pages.parts import guard

    with guard.vakt():
        raise AgreementError("Folkmängden *saknas* (K4).")


def programming():
    from pages.parts import guard

    @guard.fragment
    def part():
        raise ZeroDivisionError("secret detail")

    part()


def stopping():
    import streamlit as st

    from pages.parts import guard

    with guard.vakt():
        st.stop()


def test_a_domain_error_is_shown_with_its_words_escaped():
    page = AppTest.from_function(domain, default_timeout=30).run()
    assert "*saknas*" not in page.error[0].value
    assert page.error[0].value == md("Folkmängden *saknas* (K4).")
    assert not page.exception


def test_a_programming_error_in_a_fragment_is_logged_and_told_in_swedish(caplog):
    page = AppTest.from_function(programming, default_timeout=30).run()
    assert [error.value for error in page.error] == [guard.PROGRAMFEL]
    assert not page.exception
    assert "secret detail" in caplog.text


def test_a_page_may_stop_itself():
    page = AppTest.from_function(stopping, default_timeout=30).run()
    assert not page.error
    assert not page.exception
