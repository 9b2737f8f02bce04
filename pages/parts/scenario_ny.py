"""New scenarios: from the agreement in force, another one, what is being tried, or a file."""

from datetime import date

import streamlit as st

from analytics import compare, parties, scenario_file, scenario_verify, scenario_words
from analytics.database import shared as databas
from analytics.errors import AgreementError
from analytics.errors_scenario import BadScenario
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_changes import Lasval, Varde, gentemot
from analytics.swedish import md
from pages.parts import keys, valt, vy
from pages.parts.act import SCENARIOS, act_in_callback


def namn() -> dict[str, str]:
    """Return every party's latest name by id."""
    return {row.part_id: row.namn for row in parties.rader(databas(), vy.avtal())}


def provat() -> list[Varde | Lasval]:
    """Return what is being tried on top of what is shown, as changes from the year's beginning."""
    asked = vy.fraga()
    start, reason = date(asked.ar, 1, 1), f"Prövat på sidorna för {asked.ar}"
    readings = vy.grund()[1]
    changes: list[Varde | Lasval] = [Varde(n, start, v, reason) for n, v in asked.parametrar]
    return changes + [Lasval(t, start, r, reason) for t, r in asked.lasarter if readings[t] != r]


def ny() -> None:
    """The form for a new scenario."""
    known = {item.id: item for item in valt.scenarier().lista()}
    trying = provat()
    st.text_input("Namn", key="sc_namn", max_chars=80)
    st.selectbox(
        "Utgå från",
        ["", *known],
        key="sc_fran",
        format_func=lambda i: known[i].namn if i else GALLANDE.namn,
    )
    if trying:
        words = "; ".join(scenario_words.andring(vy.avtal(), namn(), c) for c in trying)
        st.checkbox(f"Ta med det som prövas nu: {md(words)}", key="sc_med", value=True)
    st.text_input("Skäl", key="sc_skal_ny", max_chars=300)
    st.button("Skapa scenariot", key="sc_skapa", type="primary", on_click=_skapa, args=(trying,))


def _skapa(trying: list[Varde | Lasval]) -> None:
    state = st.session_state
    changes = trying if state.get("sc_med") else []

    def make() -> Scenario:
        parent = valt.scenariot(state["sc_fran"])
        made = valt.scenarier().skapa(
            state["sc_namn"],
            _ersatt(parent, changes),
            skal=state["sc_skal_ny"] or "Nytt scenario",
            foralder=parent if parent.id else None,
            arvda=False,
        )
        if changes:
            vy.aterstall()
        return _visa_nytt(made)

    act_in_callback(
        SCENARIOS,
        make,
        lambda made: f"Scenariot ”{made.namn}” är skapat som utkast. Lägg till ändringar nedan.",
    )


def _ersatt(parent: Scenario, changes: list[Varde | Lasval]) -> list[object]:
    """The parent's changes with *changes* in the place of those about the same thing and day."""
    taken = {(gentemot(c), c.fran) for c in changes}
    return [*(c for c in parent.andringar if (gentemot(c), c.fran) not in taken), *changes]


def _visa_nytt(made: Scenario) -> Scenario:
    state = st.session_state
    state[keys.SCENARIO] = state[keys.SCENARIO_OPEN] = made.id
    state[keys.SCENARIO_WAY] = "andra"
    others = [i for i in state.get(keys.COMPARED, []) if i != made.id]
    state[keys.COMPARED] = [*others, made.id][-compare.MOST :]
    for key in ("sc_namn", "sc_skal_ny", "sc_namn_fil"):
        if key in state:
            state[key] = ""
    return made


def fil() -> None:
    """Read a scenario file: what it says is shown first, and all of it is saved or nothing."""
    st.file_uploader("Scenariofil, TOML eller JSON", key="sc_fil", max_upload_size=1)
    given = st.session_state.get("sc_fil")
    if given is None:
        st.caption("Filens innehåll visas innan något sparas. Formatet: docs/scenario-file.md.")
        return
    try:
        title, rows = scenario_file.las(vy.avtal(), given.getvalue(), given.name)
        title = st.text_input("Namn", value=title, key="sc_namn_fil", max_chars=80) or title
        draft = valt.scenarier().prova(title, rows)
    except AgreementError as error:
        st.error(md(f"{error} Inget är inläst."))
        for fault in error.fel if isinstance(error, BadScenario) else ():
            st.markdown(f"- {md(fault)}")
        return
    st.markdown(f"Filen skapar utkastet **{md(draft.namn)}** med {len(draft.andringar)} ändringar:")
    for change in draft.andringar:
        words = scenario_words.andring(vy.avtal(), namn(), change)
        st.markdown(f"- {md(words)}. Skäl: {md(change.skal)}")
    st.button(
        "Läs in allt",
        key="sc_las_in",
        type="primary",
        on_click=_las_in,
        args=(title, rows, given.name),
    )


def _las_in(title: str, rows: list, name: str) -> None:
    reason = f"Inläst ur {name[:80]}"
    act_in_callback(
        SCENARIOS,
        lambda: _visa_nytt(valt.scenarier().skapa(title, rows, skal=reason)),
        lambda made: f"Scenariot ”{made.namn}” är inläst som utkast.",
    )


def kontrollera() -> None:
    """Check a sealed file: is it as it was, are its figures right, what has changed since."""
    st.file_uploader("Förseglad fil, JSON", key="sc_sigill", max_upload_size=20)
    given = st.session_state.get("sc_sigill")
    if given is None:
        st.caption("Ett fryst scenario kan hämtas som förseglad fil. Här kontrolleras den.")
        return
    content = given.getvalue()
    try:
        document = scenario_verify.las(content, given.name)
        found = scenario_verify.kontrollera(databas(), vy.avtal(), document, content)
    except AgreementError as error:
        st.error(md(str(error)))
        return
    if found.stammer:
        st.success(
            f"”{md(found.namn)}”, fryst {md(found.fryst[:10])}, är som det förseglades, och "
            "avgifterna blir desamma när de räknas om."
        )
    else:
        count = len(found.brutet) + len(found.avvikelser)
        st.error(f"”{md(found.namn)}” stämmer inte: {count} avvikelser.")
    st.markdown("\n".join(f"- {md(str(row))}" for row in (*found.brutet, *found.avvikelser)[:50]))
    if found.sedan_dess:
        st.markdown("Ändrat sedan frysningen; de frysta avgifterna gäller ändå:")
        st.markdown("\n".join(f"- {md(row)}" for row in found.sedan_dess))
    st.caption(f"Sigill (SHA-256): {md(found.sigill)}")
