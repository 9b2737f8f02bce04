"""Sida: vad skiljer A, B och C, och för vem?"""

import streamlit as st

from analytics import compare, database
from analytics.swedish import delta_kr, md
from pages.parts import jamforelse, keys, scenario_andra, scenario_ny, sidval, valt, vy
from pages.parts.act import SCENARIOS, told

VAD = {
    "ny": "Nytt scenario",
    "andra": "Ändra, frys, arkivera",
    "fil": "Läs in en fil",
    "sigill": "Kontrollera en förseglad fil",
}
scenarier = valt.scenarier()
known = {item.id: item for item in scenarier.lista(arkiverade=True)}
for fault in scenarier.olasliga():
    st.warning(md(str(fault)))
live = {i: item for i, item in known.items() if not item.arkiverad}


def lanken(text: str) -> list[str]:
    """Return the scenarios that a link asks for; say which are gone."""
    found = []
    for scenario_id in text.split(",")[: compare.MOST]:
        item = known.get(scenario_id)
        if item is None:
            st.warning(
                f"Länken jämför scenariot ”{md(scenario_id[:60])}”, som inte finns här. Be den som "
                "skickade länken om en ny."
            )
        elif item.arkiverad:
            st.warning(
                f"Länken jämför scenariot ”{md(item.namn)}”, som är arkiverat och därför inte "
                "visas. Ta fram det ur arkivet längre ned på sidan."
            )
        else:
            found.append(scenario_id)
    return found


def aret(text: str) -> int:
    years = vy.ar_i_avtalet()
    if text.isascii() and text.isdigit() and int(text) in years:
        return int(text)
    st.warning(
        f"Länken jämför till och med ”{md(text[:20])}”, men avtalet räknas {years[0]}–{years[-1]} "
        "(K10). Nu visas ett år."
    )
    return 0


def ovriga(years: tuple[int, ...], shown: list[str]) -> None:
    """In words, the scenarios that are not in the comparison."""
    rest = [item for i, item in live.items() if i not in shown]
    if not rest:
        return
    with st.expander(f"Scenarier som inte jämförs ({len(rest)})"):
        for start in range(0, len(rest), compare.MOST):
            jamforelse.i_ord(
                compare.jamfor(
                    database.shared(),
                    vy.avtal(),
                    scenarier,
                    rest[start : start + compare.MOST],
                    years[0],
                    years[-1],
                )
            )


def svar(found: compare.Jamforelse) -> str:
    """The page's answer in a sentence."""
    moved = [u for u in found.utfall if u.mer or u.mindre]
    if not moved:
        return f"Ingen part betalar annat än i gällande avtal {jamforelse.spann(found)}."
    most = max(moved, key=lambda u: sum(abs(p.delta_kr) for p in u.parter))
    total = most.finansierat_kr - found.gallande.finansierat_kr
    return (
        f"{len(moved)} av {len(found.utfall)} scenarier ändrar vad någon betalar "
        f"{jamforelse.spann(found)}. Mest ändrar {most.scenario.namn}: {len(most.mer)} parter "
        f"betalar mer och {len(most.mindre)} mindre, {delta_kr(total)} tillsammans."
    )


year = st.session_state[keys.YEAR]
sidval.synka("scenarier", {keys.COMPARED: (lanken, list(live)[: compare.MOST]), "till": (aret, 0)})
st.session_state[keys.COMPARED] = [i for i in st.session_state[keys.COMPARED] if i in live]
if st.session_state["till"] <= year:
    st.session_state["till"] = 0

st.title("Scenarier")
answer = st.container()
found = None
if live:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.multiselect(
            f"Jämför (högst {compare.MOST}; gällande avtal är alltid med)",
            list(live),
            key=keys.COMPARED,
            format_func=lambda i: live[i].namn,
            max_selections=compare.MOST,
            placeholder="Välj scenarier",
        )
        st.selectbox(
            "Till och med",
            [0, *range(year + 1, vy.ar_i_avtalet()[-1] + 1)],
            key="till",
            format_func=lambda y: f"{year} (ett år)" if y == 0 else str(y),
            width=170,
        )
    chosen = [live[i] for i in st.session_state[keys.COMPARED]]
    if chosen:
        found = compare.jamfor(
            database.shared(), vy.avtal(), scenarier, chosen, year, st.session_state["till"] or year
        )
sidval.skriv(
    "scenarier",
    {
        keys.COMPARED: ",".join(st.session_state[keys.COMPARED]),
        "till": str(st.session_state["till"] or ""),
    },
)
with answer:
    if found:
        st.markdown(f"**{md(svar(found))}**")
    elif live:
        st.markdown("**Välj minst ett scenario att jämföra med gällande avtal.**")
    else:
        st.markdown(
            "**Inget scenario är sparat, så gällande avtal gäller ensamt.** Ett scenario är en "
            "lista daterade ändringar med skäl: i ramen, taken, läsarterna eller parterna."
        )
if found:
    jamforelse.visa(found)
if live:
    ovriga(
        tuple(range(year, (st.session_state["till"] or year) + 1)), st.session_state[keys.COMPARED]
    )

st.header("Arbeta med scenarier")
st.session_state.setdefault(keys.SCENARIO_WAY, "ny")
st.radio(
    "Vad vill du göra?",
    list(VAD),
    key=keys.SCENARIO_WAY,
    format_func=VAD.__getitem__,
    horizontal=True,
)
told(SCENARIOS)
{
    "ny": scenario_ny.ny,
    "andra": scenario_andra.andra,
    "fil": scenario_ny.fil,
    "sigill": scenario_ny.kontrollera,
}[st.session_state[keys.SCENARIO_WAY]]()
