"""Work on one scenario: its changes, one at a time, and what is done with it as a whole.

Every step is saved at once over the version that was on the screen. If someone else has saved in
between, both versions are told and nothing is overwritten.
"""

from collections.abc import Callable

import streamlit as st

from analytics import scenario_file, scenario_verify, scenario_words
from analytics.scenario import Scenario
from analytics.swedish import md
from pages.parts import keys, scenario_andring, valt, vy
from pages.parts.act import SCENARIOS, act_in_callback
from pages.parts.scenario_ny import namn
from pages.parts.table import Kolumn, tabell


def andra() -> None:
    """Choose a scenario, see its changes, work on it."""
    known = {item.id: item for item in valt.scenarier().lista(arkiverade=True)}
    if not known:
        st.markdown("Det finns inget scenario att ändra. Skapa ett först.")
        return
    if st.session_state.get(keys.SCENARIO_OPEN) not in known:
        shown = st.session_state[keys.SCENARIO]
        st.session_state[keys.SCENARIO_OPEN] = shown if shown in known else next(reversed(known))
    st.selectbox(
        "Scenario att arbeta med",
        list(known),
        key=keys.SCENARIO_OPEN,
        format_func=lambda i: f"{known[i].namn} ({_status(known[i])})",
    )
    item = known[st.session_state[keys.SCENARIO_OPEN]]
    _andringar(item)
    if item.status == "utkast" and not item.arkiverad:
        with st.expander("Lägg till en ändring", expanded=not item.andringar, key="ex_andring"):
            scenario_andring.visa(item, _act)
    _helheten(item)


def _status(item: Scenario) -> str:
    return "arkiverat" if item.arkiverad else item.status


def _andringar(item: Scenario) -> None:
    st.subheader(f"Ändringar i {md(item.namn)}", anchor=False)
    if not item.andringar:
        st.markdown("Inga ännu: scenariot är lika med gällande avtal.")
        return
    rows = [
        {
            "nr": n,
            "vad": scenario_words.andring(vy.avtal(), namn(), change),
            "skal": change.skal,
        }
        for n, change in enumerate(item.andringar, 1)
    ]
    tabell(
        rows,
        [Kolumn("vad", "Ändring"), Kolumn("skal", "Skäl")],
        "Daterade ändringar mot gällande avtal.",
        key="sc_andringar",
        sorterbar=False,
    )
    if item.status == "utkast" and not item.arkiverad:
        texts = {row["nr"]: str(row["vad"]) for row in rows}
        chosen = st.selectbox(
            "Ta bort en ändring",
            [0, *texts],
            key=f"sc_bort_{item.id}_{item.version}",
            format_func=lambda n: texts.get(n, "Ingen"),
        )
        if chosen:
            left = [c for n, c in enumerate(item.andringar, 1) if n != chosen]
            st.button(
                "Ta bort ändringen",
                key="sc_ta_bort",
                on_click=_act,
                args=(
                    item,
                    lambda s: s.andra(item, andringar=left, skal=f"Tog bort: {texts[chosen]}"),
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
        theirs, mine = valt.scenariot(item.id), valt.scenarier().tankt(item, changes)
        return scenario_words.konflikt(vy.avtal(), namn(), item, mine, theirs)

    return act_in_callback(
        SCENARIOS,
        lambda: work(valt.scenarier()),
        said,
        conflict=None if changes is None else both,
    )


def _helheten(item: Scenario) -> None:
    """Rename, copy, freeze, decide, archive, take out as a file."""
    st.subheader("Scenariot som helhet", anchor=False)
    st.text_input("Skäl, eller beslutet (vem och när)", key="sc_skal", max_chars=300)
    reason = st.session_state["sc_skal"]
    st.text_input("Nytt namn", key="sc_nytt_namn", max_chars=80)
    title = st.session_state["sc_nytt_namn"]

    def knapp(
        label: str, key: str, work: Callable[[object], Scenario], said: str, behover: str = ""
    ) -> None:
        st.button(
            label, key=f"sc_{key}", on_click=_act, args=(item, work, said), disabled=behover == "-"
        )

    with st.container(horizontal=True, gap="small"):
        if item.arkiverad:
            knapp(
                "Ta fram ur arkivet",
                "fram",
                lambda s: s.arkivera(item, False, skal=reason or "Tas fram"),
                "Scenariot är framtaget.",
            )
            return
        if item.status == "utkast":
            knapp(
                "Döp om",
                "dop",
                lambda s: s.andra(item, namn=title, skal=reason or "Nytt namn"),
                "Scenariot har fått ett nytt namn.",
            )
        knapp(
            "Kopiera",
            "kopiera",
            lambda s: s.kopiera(item, title or f"{item.namn} (kopia)", skal=reason or "Kopia"),
            "Kopian är skapad som utkast.",
        )
        if item.status == "utkast":
            knapp(
                "Frys",
                "frys",
                lambda s: s.frys(item, skal=reason or "Fryst"),
                "Scenariot är fryst: det ändrar sig inte, vad som än händer med data och program.",
            )
        if item.status == "fryst":
            knapp(
                "Beslutat",
                "besluta",
                lambda s: s.besluta(item, reason),
                "Scenariot är markerat som beslutat.",
            )
        knapp(
            "Arkivera",
            "arkivera",
            lambda s: s.arkivera(item, True, skal=reason or "Arkiverat"),
            "Scenariot är arkiverat. Länkar till det säger det, och det kan tas fram igen.",
        )
    _filer(item)


def _filer(item: Scenario) -> None:
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in item.namn.lower()).strip("-")
    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            ("TOML", lambda: scenario_file.som_toml(vy.avtal(), item), "toml", "text/plain"),
            ("JSON", lambda: scenario_file.som_json(vy.avtal(), item), "json", "application/json"),
        ):
            st.download_button(
                f"Hämta {label}",
                make,
                file_name=f"scenario-{stem}.{ending}",
                mime=mime,
                key=f"sc_hamta_{ending}",
                on_click="ignore",
            )
        if item.fryst:
            st.download_button(
                "Hämta förseglad fil",
                lambda: scenario_verify.skriv(valt.scenarier().forseglad(item)),
                file_name=f"forseglat-{stem}.json",
                mime="application/json",
                key="sc_hamta_sigill",
                on_click="ignore",
            )
    if item.fryst:
        st.caption(f"Sigill (SHA-256): {item.sigill}")
    if item.beslut:
        st.markdown(f"Beslut: {md(item.beslut)}")
