"""One way to do, to say and to show a conflict; and a session's key in one place."""

import ast
from collections import defaultdict

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame.navigation import ROOT


def page(fault: str = "", in_callback: bool = False) -> None:
    import streamlit as st

    from analytics.errors import BadInput
    from analytics.store.errors import Conflict
    from pages.parts.frame.act import PLAN, act, act_in_callback, told

    faults = {
        "conflict": Conflict(None, None, [("Året", "mitt *", "ditt")]),
        "fault": BadInput("x", "går inte", "Skriv ett tal."),
    }

    def work() -> int:
        if fault:
            raise faults[fault]
        return 7

    def called() -> None:
        act_in_callback(PLAN, work, lambda n: f"{n} rader *är* inlästa.", "opened")

    told(PLAN)
    st.session_state.setdefault("opened", 0)
    st.session_state["opened"] += 1
    if in_callback:
        st.button("Gör", on_click=called)
    elif st.button("Gör"):
        act(PLAN, work, lambda n: f"{n} rader *är* inlästa.", "opened")


def pressed(**how) -> AppTest:
    app = AppTest.from_function(page, kwargs=how).run()
    return app.button[0].click().run()


@pytest.mark.parametrize("in_callback", [False, True])
def test_what_was_done_is_said_once_as_it_is_written(in_callback):
    app = pressed(in_callback=in_callback)
    assert [s.value for s in app.success] == [r"7 rader \*är\* inlästa\."]
    assert app.session_state["opened"] == 1  # forgotten, and opened anew
    assert not app.run().success


@pytest.mark.parametrize("in_callback", [False, True])
def test_a_conflict_says_both_values_and_the_form_begins_anew(in_callback):
    app = pressed(fault="conflict", in_callback=in_callback)
    (said,) = (e.value.replace("\\", "") for e in app.error)
    assert "Året: du skrev ”mitt *”, sparat är ”ditt”" in said
    assert app.session_state["opened"] == 1
    assert not app.run().error


@pytest.mark.parametrize("in_callback", [False, True])
def test_another_fault_is_told_and_what_was_opened_stays(in_callback):
    app = pressed(fault="fault", in_callback=in_callback)
    assert len(app.error) == 1
    assert app.session_state["opened"] == 2
    assert not app.success


def test_a_session_key_that_several_modules_read_is_a_constant():
    """A literal in two modules is a spelling that only works while both are changed at once."""
    seen = defaultdict(set)
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Subscript(value=held, slice=ast.Constant(value=str(key))):
                    pass
                case ast.Call(
                    func=ast.Attribute(value=held), args=[ast.Constant(value=str(key)), *_]
                ):
                    pass
                case _:
                    continue
            if ast.unparse(held) in ("st.session_state", "state"):
                seen[key].add(path.name)
    assert {key: files for key, files in seen.items() if len(files) > 1} == {}
