"""Do what a page is asked to do, say what came of it, and show who was first: the one way.

What came of it is said once, where the area has its told, in the run that follows. When somebody
else saved first, the conflict says what is written and what is saved; what the form rested on is
forgotten, so that it begins anew from what is saved. Any other fault is shown where the form is,
and what was typed stays in it.
"""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from analytics.budget.errors import LineChanged
from analytics.errors import AgreementError
from analytics.store.errors import Conflict
from analytics.swedish import escape_markdown

T = TypeVar("T")
CONFLICTS = (Conflict, LineChanged)
# the areas, each with a place of its own where it tells
BUDGET, LEDGER, TERTIAL, PLAN, SCENARIOS, ROTATION, INVOICES, PARTIES, EXAMPLE, POPULATION = (
    "_told_budget _told_ledger _told_tertial _told_plan _told_scenarios _told_rotation "
    "_told_invoices _told_parties _told_example _told_population"
).split()


def told(area: str) -> None:
    """Show what the last act of the area came to, once."""
    if last := st.session_state.pop(area, None):
        text, is_wrong = last
        (st.error if is_wrong else st.success)(escape_markdown(text))


def act(
    area: str, work: Callable[[], T], said: str | Callable[[T], str] = "", *forget: str
) -> None:
    """Do *work* and run again, with *said* told.

    *said*: in words, or made of what *work* gave; empty where the page shows it anyway.
    *forget*: what the form rested on, by its keys in the session.
    """
    done, error = _do(work, forget)
    if error is not None and not isinstance(error, CONFLICTS):
        st.error(escape_markdown(str(error)))
        return
    _say(area, done, error, said)
    st.rerun()


def act_in_callback(
    area: str,
    work: Callable[[], T],
    said: str | Callable[[T], str] = "",
    *forget: str,
    conflict: Callable[[], str] | None = None,
) -> bool:
    """Do *work* in a callback, which cannot draw, so that a fault is told too; True when done.

    *conflict* says in words of its own what the other saved and what one was about to save.
    """
    done, error = _do(work, forget)
    is_conflict = isinstance(error, CONFLICTS)
    _say(area, done, conflict() if conflict and is_conflict else error, said)
    return error is None


def _do(work: Callable[[], T], forget: tuple[str, ...]) -> tuple[T | None, AgreementError | None]:
    try:
        done, error = work(), None
    except AgreementError as caught:
        done, error = None, caught
    if error is None or isinstance(error, CONFLICTS):
        for key in forget:
            st.session_state.pop(key, None)
    return done, error


def _say(area: str, done: T | None, fault: object, said: str | Callable[[T], str]) -> None:
    text = str(fault) if fault is not None else said(done) if callable(said) else said
    if text:
        st.session_state[area] = (text, fault is not None)
