"""New scenarios: from the agreement in force, another one, what is being tried, or a file."""

from datetime import date

import streamlit as st

from analytics.agreement import parties
from analytics.characters import visible
from analytics.errors import AgreementError
from analytics.reference.database import shared as database
from analytics.scenario import (
    compare as scenario_compare,
    file as scenario_file,
    verify as scenario_verify,
    wording,
)
from analytics.scenario.changes import ReadingChange, ValueChange, against
from analytics.scenario.dated import IN_FORCE, Scenario
from analytics.scenario.errors import BadScenario
from analytics.swedish import escape_markdown
from pages.parts.frame import address, chosen as frame_chosen, keys as frame_keys, question
from pages.parts.frame.act import SCENARIOS, act_in_callback

# the session's keys: a new scenario, one from a file, and a sealed file to verify
NAME, PARENT, WITH_TRIED, WHY = "sc_namn", "sc_fran", "sc_med", "sc_skal_ny"
FILE, NAME_IN_FILE, SEALED_FILE = "sc_fil", "sc_namn_fil", "sc_sigill"


def name() -> dict[str, str]:
    """Return every party's latest name by id."""
    return {row.party_id: row.name for row in parties.party_rows(database(), question.agreement())}


def tried() -> list[ValueChange | ReadingChange]:
    """Return what is being tried on top of what is shown, as changes from the year's beginning."""
    asked = question.asked()
    start, reason = date(asked.year, 1, 1), f"Prövat på sidorna för {asked.year}"
    readings = question.basis()[1]
    changes: list[ValueChange | ReadingChange] = [
        ValueChange(n, start, v, reason) for n, v in asked.parameters
    ]
    return changes + [
        ReadingChange(t, start, r, reason) for t, r in asked.readings if readings[t] != r
    ]


def new() -> None:
    """The form for a new scenario."""
    known = {item.id: item for item in frame_chosen.scenarios().list_all()}
    trying = tried()
    st.text_input("Namn", key=NAME, max_chars=80)
    st.selectbox(
        "Utgå från",
        ["", *known],
        key=PARENT,
        format_func=lambda i: known[i].name if i else IN_FORCE.name,
    )
    if trying:
        words = "; ".join(wording.describe_change(question.agreement(), name(), c) for c in trying)
        st.checkbox(
            f"Ta med det som prövas nu: {escape_markdown(words)}", key=WITH_TRIED, value=True
        )
    st.text_input("Skäl", key=WHY, max_chars=300)
    st.button("Skapa scenariot", key="sc_skapa", type="primary", on_click=_create, args=(trying,))


def _create(trying: list[ValueChange | ReadingChange]) -> None:
    state = st.session_state
    changes = trying if state.get(WITH_TRIED) else []

    def make() -> Scenario:
        parent = frame_chosen.get_scenario(state[PARENT])
        made = frame_chosen.scenarios().create(
            state[NAME],
            _replaced(parent, changes),
            reason=state[WHY] or "Nytt scenario",
            parent=parent if parent.id else None,
            inherited=False,
        )
        if changes:
            address.reset()
        return _show_new(made)

    act_in_callback(
        SCENARIOS,
        make,
        lambda made: f"Scenariot ”{made.name}” är skapat som utkast. Lägg till ändringar nedan.",
    )


def _replaced(parent: Scenario, changes: list[ValueChange | ReadingChange]) -> list[object]:
    """The parent's changes with *changes* in the place of those about the same thing and day."""
    taken = {(against(c), c.since) for c in changes}
    return [*(c for c in parent.changes if (against(c), c.since) not in taken), *changes]


def _show_new(made: Scenario) -> Scenario:
    state = st.session_state
    state[frame_keys.SCENARIO] = state[frame_keys.SCENARIO_OPEN] = made.id
    state[frame_keys.SCENARIO_WAY] = "andra"
    others = [i for i in state.get(frame_keys.COMPARED, []) if i != made.id]
    state[frame_keys.COMPARED] = [*others, made.id][-scenario_compare.MOST :]
    for key in (NAME, WHY, NAME_IN_FILE):
        if key in state:
            state[key] = ""
    return made


def file() -> None:
    """Read a scenario file: what it says is shown first, and all of it is saved or nothing."""
    st.file_uploader("Scenariofil, TOML eller JSON", key=FILE, max_upload_size=1)
    given = st.session_state.get(FILE)
    if given is None:
        st.caption("Filens innehåll visas innan något sparas. Formatet: docs/scenario-file.md.")
        return
    try:
        title, rows = scenario_file.read(question.agreement(), given.getvalue(), given.name)
        title = st.text_input("Namn", value=title, key=NAME_IN_FILE, max_chars=80) or title
        if there := frame_chosen.scenarios().same(title, rows):
            st.markdown(
                f"Scenariot ”{escape_markdown(there.name)}” finns redan, med samma ändringar. "
                "Skriv ett annat namn om det ska läsas in som ett till."
            )
            return
        draft = frame_chosen.scenarios().check(title, rows)
    except AgreementError as error:
        st.error(escape_markdown(f"{error} Inget är inläst."))
        for fault in error.faults if isinstance(error, BadScenario) else ():
            st.markdown(f"- {escape_markdown(fault)}")
        return
    st.markdown(
        f"Filen skapar utkastet **{escape_markdown(draft.name)}** med {len(draft.changes)} "
        "ändringar:"
    )
    for change in draft.changes:
        words = wording.describe_change(question.agreement(), name(), change)
        st.markdown(f"- {escape_markdown(words)}. Skäl: {escape_markdown(change.reason)}")
    st.button(
        "Läs in allt",
        key="sc_las_in",
        type="primary",
        on_click=_import_file,
        args=(title, rows, given.name),
    )


def _import_file(title: str, rows: list, name: str) -> None:
    reason = f"Inläst ur {visible(name[:80])}"
    act_in_callback(
        SCENARIOS,
        lambda: _show_new(frame_chosen.scenarios().create(title, rows, reason=reason)),
        lambda made: f"Scenariot ”{made.name}” är inläst som utkast.",
    )


def verify() -> None:
    """Check a sealed file: is it as it was, are its figures right, what has changed since."""
    st.file_uploader("Förseglad fil, JSON", key=SEALED_FILE, max_upload_size=20)
    given = st.session_state.get(SEALED_FILE)
    if given is None:
        st.caption("Ett fryst scenario kan hämtas som förseglad fil. Här kontrolleras den.")
        return
    content = given.getvalue()
    try:
        document = scenario_verify.read(content, given.name)
        found = scenario_verify.verify(database(), question.agreement(), document, content)
    except AgreementError as error:
        st.error(escape_markdown(str(error)))
        return
    if found.ties_out:
        st.success(
            f"”{escape_markdown(found.name)}”, fryst {escape_markdown(found.frozen[:10])}, är som "
            "det förseglades, och "
            "avgifterna blir desamma när de räknas om."
        )
    else:
        count = len(found.broken) + len(found.deviations)
        st.error(f"”{escape_markdown(found.name)}” stämmer inte: {count} avvikelser.")
    st.markdown(
        "\n".join(
            f"- {escape_markdown(str(row))}" for row in (*found.broken, *found.deviations)[:50]
        )
    )
    if found.since_then:
        st.markdown("Ändrat sedan frysningen; de frysta avgifterna gäller ändå:")
        st.markdown("\n".join(f"- {escape_markdown(row)}" for row in found.since_then))
    st.caption(f"Sigill (SHA-256): {escape_markdown(found.sigill)}")
