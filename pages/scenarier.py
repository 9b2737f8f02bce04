"""Sida: vad skiljer A, B och C, och för vem?"""

import streamlit as st

from analytics.reference import database
from analytics.scenario import compare as scenario_compare
from analytics.swedish import delta_kr, escape_markdown
from pages.parts.frame import chosen as frame_chosen, keys as frame_keys, page_choice, question
from pages.parts.frame.act import SCENARIOS, told
from pages.parts.scenarios import comparison_panel, create_panel, edit_panel

WHAT = {
    "ny": "Nytt scenario",
    "andra": "Ändra, frys, arkivera",
    "fil": "Läs in en fil",
    "sigill": "Kontrollera en förseglad fil",
}
scenarios = frame_chosen.scenarios()
known = {item.id: item for item in scenarios.list_all(archived=True)}
for fault in scenarios.unreadable():
    st.warning(escape_markdown(str(fault)))
live = {i: item for i, item in known.items() if not item.archived}
UNTIL = "till"  # the session's and the address' key: the last year of the comparison


def read_link(text: str) -> list[str]:
    """Return the scenarios that a link asks for; say which are gone."""
    found = []
    for scenario_id in text.split(",")[: scenario_compare.MOST]:
        item = known.get(scenario_id)
        if item is None:
            st.warning(
                f"Länken jämför scenariot ”{escape_markdown(scenario_id[:60])}”, som inte finns "
                "här. Be den som "
                "skickade länken om en ny."
            )
        elif item.archived:
            st.warning(
                f"Länken jämför scenariot ”{escape_markdown(item.name)}”, som är arkiverat och "
                "därför inte "
                "visas. Ta fram det ur arkivet längre ned på sidan."
            )
        else:
            found.append(scenario_id)
    return found


def read_year(text: str) -> int:
    years = question.years_in_agreement()
    if text.isascii() and text.isdigit() and int(text) in years:
        return int(text)
    st.warning(
        f"Länken jämför till och med ”{escape_markdown(text[:20])}”, men avtalet räknas "
        f"{years[0]}–{years[-1]} "
        "(K10). Nu visas ett år."
    )
    return 0


def others(years: tuple[int, ...], shown: list[str]) -> None:
    """In words, the scenarios that are not in the comparison."""
    remainder = [item for i, item in live.items() if i not in shown]
    if not remainder:
        return
    with st.expander(f"Scenarier som inte jämförs ({len(remainder)})"):
        for start in range(0, len(remainder), scenario_compare.MOST):
            comparison_panel.in_words(
                scenario_compare.compare(
                    database.shared(),
                    question.agreement(),
                    scenarios,
                    remainder[start : start + scenario_compare.MOST],
                    years[0],
                    years[-1],
                )
            )


def show_answer(found: scenario_compare.Comparison) -> str:
    """The page's answer in a sentence."""
    moved = [u for u in found.outcome if u.more or u.less]
    if not moved:
        return f"Ingen part betalar annat än i gällande avtal {comparison_panel.span(found)}."
    most = max(moved, key=lambda u: sum(abs(p.delta_kr) for p in u.parties))
    total = most.financed_kr - found.in_force.financed_kr
    return (
        f"{len(moved)} av {len(found.outcome)} scenarier ändrar vad någon betalar "
        f"{comparison_panel.span(found)}. Mest ändrar {most.scenario.name}: {len(most.more)} "
        "parter "
        f"betalar mer och {len(most.less)} mindre, {delta_kr(total)} tillsammans."
    )


year = st.session_state[frame_keys.YEAR]
page_choice.read_address(
    "scenarier",
    {frame_keys.COMPARED: (read_link, list(live)[: scenario_compare.MOST]), UNTIL: (read_year, 0)},
)
st.session_state[frame_keys.COMPARED] = [
    i for i in st.session_state[frame_keys.COMPARED] if i in live
]
if st.session_state[UNTIL] <= year:
    st.session_state[UNTIL] = 0

st.title("Scenarier")
answer = st.container()
found = None
if live:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.multiselect(
            f"Jämför (högst {scenario_compare.MOST}; gällande avtal är alltid med)",
            list(live),
            key=frame_keys.COMPARED,
            format_func=lambda i: live[i].name,
            max_selections=scenario_compare.MOST,
            placeholder="Välj scenarier",
        )
        st.selectbox(
            "Till och med",
            [0, *range(year + 1, question.years_in_agreement()[-1] + 1)],
            key=UNTIL,
            format_func=lambda y: f"{year} (ett år)" if y == 0 else str(y),
            width=170,
        )
    chosen = [live[i] for i in st.session_state[frame_keys.COMPARED]]
    if chosen:
        found = scenario_compare.compare(
            database.shared(),
            question.agreement(),
            scenarios,
            chosen,
            year,
            st.session_state[UNTIL] or year,
        )
page_choice.write(
    "scenarier",
    {
        frame_keys.COMPARED: ",".join(st.session_state[frame_keys.COMPARED]),
        UNTIL: str(st.session_state[UNTIL] or ""),
    },
)
with answer:
    if found:
        st.markdown(f"**{escape_markdown(show_answer(found))}**")
    elif live:
        st.markdown("**Välj minst ett scenario att jämföra med gällande avtal.**")
    else:
        st.markdown(
            "**Inget scenario är sparat, så gällande avtal gäller ensamt.** Ett scenario är en "
            "lista daterade ändringar med skäl: i ramen, taken, läsarterna eller parterna."
        )
if found:
    comparison_panel.show(found)
if live:
    others(
        tuple(range(year, (st.session_state[UNTIL] or year) + 1)),
        st.session_state[frame_keys.COMPARED],
    )

st.header("Arbeta med scenarier")
st.session_state.setdefault(frame_keys.SCENARIO_WAY, "ny")
st.radio(
    "Vad vill du göra?",
    list(WHAT),
    key=frame_keys.SCENARIO_WAY,
    format_func=WHAT.__getitem__,
    horizontal=True,
)
told(SCENARIOS)
{
    "ny": create_panel.new,
    "andra": edit_panel.edit,
    "fil": create_panel.file,
    "sigill": create_panel.verify,
}[st.session_state[frame_keys.SCENARIO_WAY]]()
