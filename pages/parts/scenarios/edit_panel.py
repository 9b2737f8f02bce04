"""Work on one scenario: its changes, one at a time, and what is done with it as a whole.

Every step is saved at once over the version that was on the screen. If someone else has saved in
between, both versions are told and nothing is overwritten.
"""

from collections.abc import Callable

import streamlit as st

from analytics.scenario import file as scenario_file, verify as scenario_verify, wording
from analytics.scenario.dated import Scenario
from analytics.swedish import escape_markdown
from pages.parts.frame import chosen as frame_chosen, keys as frame_keys, question
from pages.parts.frame.act import SCENARIOS, act_in_callback
from pages.parts.scenarios import change_form
from pages.parts.scenarios.create_panel import name
from pages.parts.widgets.html_table import Column, show_table

# the session's keys
WHY, NEW_NAME = "sc_skal", "sc_nytt_namn"


def edit() -> None:
    """Choose a scenario, see its changes, work on it."""
    known = {item.id: item for item in frame_chosen.scenarios().list_all(archived=True)}
    if not known:
        st.markdown("Det finns inget scenario att ändra. Skapa ett först.")
        return
    if st.session_state.get(frame_keys.SCENARIO_OPEN) not in known:
        shown = st.session_state[frame_keys.SCENARIO]
        st.session_state[frame_keys.SCENARIO_OPEN] = (
            shown if shown in known else next(reversed(known))
        )
    st.selectbox(
        "Scenario att arbeta med",
        list(known),
        key=frame_keys.SCENARIO_OPEN,
        format_func=lambda i: f"{known[i].name} ({_status(known[i])})",
    )
    item = known[st.session_state[frame_keys.SCENARIO_OPEN]]
    _changes(item)
    if item.status == "utkast" and not item.archived:
        with st.expander("Lägg till en ändring", expanded=not item.changes, key="ex_andring"):
            change_form.show(item, _act)
    _whole_scenario(item)


def _status(item: Scenario) -> str:
    return "arkiverat" if item.archived else item.status


def _changes(item: Scenario) -> None:
    st.subheader(f"Ändringar i {escape_markdown(item.name)}", anchor=False)
    if not item.changes:
        st.markdown("Inga ännu: scenariot är lika med gällande avtal.")
        return
    rows = [
        {
            "nr": n,
            "vad": wording.describe_change(question.agreement(), name(), change),
            "skal": change.reason,
        }
        for n, change in enumerate(item.changes, 1)
    ]
    show_table(
        rows,
        [Column("vad", "Ändring"), Column("skal", "Skäl")],
        "Daterade ändringar mot gällande avtal.",
        key="sc_andringar",
        sortable=False,
    )
    if item.status == "utkast" and not item.archived:
        texts = {row["nr"]: str(row["vad"]) for row in rows}
        chosen = st.selectbox(
            "Ta bort en ändring",
            [0, *texts],
            key=f"sc_bort_{item.id}_{item.version}",
            format_func=lambda n: texts.get(n, "Ingen"),
        )
        if chosen:
            left = [c for n, c in enumerate(item.changes, 1) if n != chosen]
            st.button(
                "Ta bort ändringen",
                key="sc_ta_bort",
                on_click=_act,
                args=(
                    item,
                    lambda s: s.edit(item, changes=left, reason=f"Tog bort: {texts[chosen]}"),
                    "Ändringen är borttagen.",
                    left,
                ),
            )


def _act(
    item: Scenario,
    work: Callable[[object], Scenario],
    said: str,
    changes: list | None = None,
) -> bool:
    """Do *work* and say so; say what is wrong, or who was first, with both values."""

    def both() -> str:
        theirs, mine = (
            frame_chosen.get_scenario(item.id),
            frame_chosen.scenarios().preview_edit(item, changes),
        )
        return wording.describe_conflict(question.agreement(), name(), item, mine, theirs)

    return act_in_callback(
        SCENARIOS,
        lambda: work(frame_chosen.scenarios()),
        said,
        conflict=None if changes is None else both,
    )


def _whole_scenario(item: Scenario) -> None:
    """Rename, copy, freeze, decide, archive, take out as a file."""
    st.subheader("Scenariot som helhet", anchor=False)
    st.text_input("Skäl, eller beslutet (vem och när)", key=WHY, max_chars=300)
    reason = st.session_state[WHY]
    st.text_input("Nytt namn", key=NEW_NAME, max_chars=80)
    title = st.session_state[NEW_NAME]

    def button(
        label: str, key: str, work: Callable[[object], Scenario], said: str, needs: str = ""
    ) -> None:
        st.button(
            label, key=f"sc_{key}", on_click=_act, args=(item, work, said), disabled=needs == "-"
        )

    with st.container(horizontal=True, gap="small"):
        if item.archived:
            button(
                "Ta fram ur arkivet",
                "fram",
                lambda s: s.archive(item, False, reason=reason or "Tas fram"),
                "Scenariot är framtaget.",
            )
            return
        if item.status == "utkast":
            button(
                "Döp om",
                "dop",
                lambda s: s.edit(item, name=title, reason=reason or "Nytt namn"),
                "Scenariot har fått ett nytt namn.",
            )
        button(
            "Kopiera",
            "kopiera",
            lambda s: s.copy(item, title or f"{item.name} (kopia)", reason=reason or "Kopia"),
            "Kopian är skapad som utkast.",
        )
        if item.status == "utkast":
            button(
                "Frys",
                "frys",
                lambda s: s.freeze(item, reason=reason or "Fryst"),
                "Scenariot är fryst: det ändrar sig inte, vad som än händer med data och program.",
            )
        if item.status == "fryst":
            button(
                "Beslutat",
                "besluta",
                lambda s: s.decide(item, reason),
                "Scenariot är markerat som beslutat.",
            )
        button(
            "Arkivera",
            "arkivera",
            lambda s: s.archive(item, True, reason=reason or "Arkiverat"),
            "Scenariot är arkiverat. Länkar till det säger det, och det kan tas fram igen.",
        )
    _files(item)


def _files(item: Scenario) -> None:
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in item.name.lower()).strip("-")
    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            (
                "TOML",
                lambda: scenario_file.as_toml(question.agreement(), item),
                "toml",
                "text/plain",
            ),
            (
                "JSON",
                lambda: scenario_file.as_json(question.agreement(), item),
                "json",
                "application/json",
            ),
        ):
            st.download_button(
                f"Hämta {label}",
                make,
                file_name=f"scenario-{stem}.{ending}",
                mime=mime,
                key=f"sc_hamta_{ending}",
                on_click="ignore",
            )
        if item.frozen:
            st.download_button(
                "Hämta förseglad fil",
                lambda: scenario_verify.as_file(frame_chosen.scenarios().sealed(item)),
                file_name=f"forseglat-{stem}.json",
                mime="application/json",
                key="sc_hamta_sigill",
                on_click="ignore",
            )
    if item.frozen:
        st.caption(f"Sigill (SHA-256): {item.sigill}")
    if item.decision:
        st.markdown(f"Beslut: {escape_markdown(item.decision)}")
