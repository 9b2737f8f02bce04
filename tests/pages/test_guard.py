"""An error of the domain is shown as written; a programming error shows nothing of itself."""

from streamlit.testing.v1 import AppTest

from analytics.swedish import escape_markdown
from pages.parts.frame import guard


def domain():
    from analytics.errors import AgreementError
    from pages.parts.frame import guard

    with guard.guarded():
        raise AgreementError("Folkmängden *saknas* (K4).")


def programming():
    from pages.parts.frame import guard

    @guard.fragment
    def failing():
        raise ZeroDivisionError("secret detail")

    failing()


def stopping():
    import streamlit as st

    from pages.parts.frame import guard

    with guard.guarded():
        st.stop()


def test_a_domain_error_is_shown_with_its_words_escaped():
    page = AppTest.from_function(domain, default_timeout=30).run()
    assert "*saknas*" not in page.error[0].value
    assert page.error[0].value == escape_markdown("Folkmängden *saknas* (K4).")
    assert not page.exception


def test_a_programming_error_in_a_fragment_is_logged_and_told_in_swedish(caplog):
    page = AppTest.from_function(programming, default_timeout=30).run()
    assert [error.value for error in page.error] == [guard.PROGRAM_FAULT]
    assert not page.exception
    assert "secret detail" in caplog.text


def test_a_page_may_stop_itself():
    page = AppTest.from_function(stopping, default_timeout=30).run()
    assert not page.error
    assert not page.exception
