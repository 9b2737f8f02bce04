"""What the user sees when something goes wrong.

An error of the domain is shown as it is written; anything else is logged and told in a sentence.
Streamlit's own signals (rerun, stop) are BaseException and pass through.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from analytics.errors import AgreementError
from analytics.swedish import escape_markdown

P = ParamSpec("P")

log = logging.getLogger("samverkanskalkylen")

PROGRAM_FAULT = (
    "Något gick fel i programmet, och sidan kunde inte visas. Felet är noterat i programmets "
    "logg. Ladda om sidan, eller gå tillbaka till det du gjorde före; händer det igen, "
    "berätta för den som sköter programmet vad du gjorde."
)


def show(error: Exception) -> bool:
    """Show an AgreementError with its own words; log anything else and say so in Swedish.

    Returns True, which tells Streamlit that the error has been shown.
    """
    if isinstance(error, AgreementError):
        st.error(escape_markdown(str(error)))
    else:
        log.error("A page stopped on a programming error", exc_info=error)
        st.error(PROGRAM_FAULT)
    return True


@contextmanager
def guarded() -> Iterator[None]:
    """Show what goes wrong within, and go on after it. Errors in callbacks come to show itself."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 – show logs what is not of the domain
        show(error)


def fragment(function: Callable[P, None], run_every: float | None = None) -> Callable[P, None]:
    """st.fragment with the same guard: a fragment that runs again does so outside app.py.

    With *run_every* it also runs by itself, with so many seconds between.
    """

    @wraps(function)
    def run_guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        with guarded():
            function(*args, **kwargs)

    return st.fragment(run_guarded, run_every=run_every)
