"""Sida: vad skiljer A, B och C, och för vem?"""

import streamlit as st

from analytics import compare, compare_words, database, scenario_results
from analytics.errors import AgreementError
from analytics.fees import Resultat
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_results import Fall
from analytics.swedish import delta_kr, md, tal
from pages.parts import jamforelse, scenario_andra, scenario_ny, sidval, valt, vy
from pages.parts.table import Kolumn, tabell

VAD = {
    "ny": "Nytt scenario",
    "andra": "Ändra, frys, arkivera",
    "fil": "Läs in en fil",
    "sigill": "Kontrollera en förseglad fil",
}
scenarier = valt.scenarier()
known = {item.id: item for item in scenarier.lista(arkiverade=True)}
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


def aret(text: str) -> int | None:
    years = vy.ar_i_avtalet()
    if text.isascii() and text.isdigit() and int(text) in years:
        return int(text)
    st.warning(
        f"Länken jämför till och med ”{md(text[:20])}”, men avtalet räknas {years[0]}–{years[-1]} "
        "(K10). Nu visas ett år."
    )
    return None


def skillnader(items: list[Scenario], year: int) -> dict[str, compare.Utfall | AgreementError]:
    """Return each scenario against the agreement in force, or why it has no figures."""
    cases = [Fall(item, year) for item in (GALLANDE, *items)]
    base, *answers = scenario_results.avgifter(database.shared(), vy.avtal(), scenarier, cases)
    if not isinstance(base, Resultat):
        raise base
    return {
        item.id: answer
        if isinstance(answer, AgreementError)
        else compare.utfall(item, {year: base}, {year: answer})
        for item, answer in zip(items, answers, strict=True)
    }


def rad(item: Scenario, found: compare.Utfall | AgreementError, year: int) -> dict[str, object]:
    if isinstance(found, AgreementError):
        figures = {"ram": None, "fattas": None, "ord": str(found)}
    else:
        figures = {
            "ram": found.ram_kr,
            "fattas": found.ofinansierat_kr,
            "ord": compare_words.i_ord(vy.avtal(), found, [year]),
        }
    return {
        "id": item.id,
        "namn": item.namn,
        "status": item.status,
        "andringar": len(item.andringar),
        **figures,
    }


def listan(year: int) -> None:
    """Every scenario, its status, and in words who pays more and who less."""
    st.header("Alla scenarier")
    found = skillnader(list(live.values()), year)
    tabell(
        [rad(item, found[i], year) for i, item in live.items()],
        [
            Kolumn("namn", "Scenario"),
            Kolumn("status", "Status"),
            Kolumn("ord", f"Vem betalar mer, vem mindre {year}"),
            Kolumn("ram", f"Ram {year}, kr", tal, tal=True),
            Kolumn("fattas", "Ofinansierat, kr", tal, tal=True),
            Kolumn("andringar", "Ändringar, antal", tal, tal=True),
        ],
        f"Sparade scenarier mot gällande avtal {year}. Välj ett namn för att se det i hela appen.",
        key="sc_lista",
        lank=lambda r: vy.adress("fordelning", scenario=str(r["id"])),
        framhav=lambda r: r["id"] == st.session_state["scenario"],
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


year = st.session_state["ar"]
sidval.synka("scenarier", {"jamfor": (lanken, list(live)[: compare.MOST]), "till": (aret, None)})
st.session_state["jamfor"] = [i for i in st.session_state["jamfor"] if i in live]
if st.session_state["till"] is not None and st.session_state["till"] < year:
    st.session_state["till"] = None

st.title("Scenarier")
answer = st.container()
found = None
if live:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.multiselect(
            f"Jämför (högst {compare.MOST}; gällande avtal är alltid med)",
            list(live),
            key="jamfor",
            format_func=lambda i: live[i].namn,
            max_selections=compare.MOST,
            placeholder="Välj scenarier",
        )
        st.selectbox(
            "Till och med",
            [None, *range(year + 1, vy.ar_i_avtalet()[-1] + 1)],
            key="till",
            format_func=lambda y: f"{year} (ett år)" if y is None else str(y),
            width=170,
        )
    chosen = [live[i] for i in st.session_state["jamfor"]]
    if chosen:
        found = compare.jamfor(
            database.shared(), vy.avtal(), scenarier, chosen, year, st.session_state["till"]
        )
sidval.skriv(
    "scenarier",
    {
        "jamfor": ",".join(st.session_state["jamfor"]),
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
    listan(year)

st.header("Arbeta med scenarier")
st.session_state.setdefault("sc_vad", "ny")
st.radio("Vad vill du göra?", list(VAD), key="sc_vad", format_func=VAD.__getitem__, horizontal=True)
scenario_ny.sagt()
{
    "ny": scenario_ny.ny,
    "andra": scenario_andra.andra,
    "fil": scenario_ny.fil,
    "sigill": scenario_ny.kontrollera,
}[st.session_state["sc_vad"]]()
