"""Sida: ligger varje post på plan, vad ends året på, och vad gör vi åt det?"""

import streamlit as st

from analytics.followup import status as followup_status
from analytics.followup.wording import answer, ends, finding, so_far, whole_year
from analytics.money import whole_kronor
from analytics.reference import database
from analytics.store import posts as store_posts
from analytics.swedish import delta_kr, escape_markdown, kr
from pages.parts.followup import (
    activity_panel,
    line_panel,
    report_panel,
    row_panel,
    tertial_charts,
    tertial_table,
)
from pages.parts.frame import address, keys as frame_keys, page_choice, question
from pages.parts.widgets import example_panel, theme

CHOSEN = "tertial"  # the session's and the address' key of the tertial that is shown
TERTIAL = {1: "T1, jan–apr", 2: "T2, jan–aug", 3: "T3, hela året"}

year, db, saved = question.asked().year, database.shared(), store_posts.shared()


def read_tertial(text: str) -> int:
    if text in ("1", "2", "3"):
        return int(text)
    if text:
        st.warning(
            f"Länken ber om tertial ”{escape_markdown(text[:20])}”, men det finns 1, 2 och 3 (K7)."
        )
    return followup_status.latest_tertial(db, saved, year)


page_choice.read_address(
    "tertial",
    {
        CHOSEN: (read_tertial, followup_status.latest_tertial(db, saved, year)),
        frame_keys.LINE: (lambda t: t[:80], ""),
    },
)
st.title("Tertial")
st.radio(
    "Ackumulerat till och med",
    list(TERTIAL),
    key=CHOSEN,
    format_func=lambda n: TERTIAL.get(n, n),
    horizontal=True,
)
tertial = st.session_state[CHOSEN]
status = followup_status.status_of(db, saved, year, tertial)
st.markdown(f"**{escape_markdown(answer(status))}**")
if status.example:
    st.warning("Budgeten hör till exempelåret: den är påhittad och märkt ”exempel”.")
if status.budget_number is None or not status.lines:
    line_panel.begin(status)
else:
    if status.total.forecast_kr is not None:
        left = status.frame_kr - status.total.forecast_kr
        label = "Kvar av ramen vid årets slut, " + ("utfall" if whole_year(status) else "prognos")
        st.metric(label, delta_kr(left), width="content")
    theme.show_chart(
        tertial_charts.bars(status),
        f"{finding(status)}. {answer(status)} Varje post står i tabellen nedanför.",
        heading=finding(status),
        key="stavar",
    )
    tertial_table.lines(
        status,
        lambda post: address.link_to("tertial", {CHOSEN: str(tertial), frame_keys.LINE: post}),
    )
    tertial_table.get(status)
    st.caption("Utfallet visas i hela kronor; summan är räknad på ören.")
    row_panel.show(db, saved, status)
    for note in status.notices:
        st.markdown(f"- {escape_markdown(note)}")
    if status.after:
        tertial_table.after(status)
    if status.booked:
        theme.show_chart(
            tertial_charts.line(status),
            f"{ends(status)} Utfallet är {kr(whole_kronor(status.total.outcome_ore))} mot "
            f"budgeten {kr(status.total.budget_kr)} {status.period}.",
            heading=so_far(status),
            key="linje",
            height=380,
        )
    tertial_table.parts(status)
    line_panel.inlan(status)

    st.header("Avvikelser, åtgärder och prognos")
    tertial_table.words_about(status)
    line_panel.edit_lines(saved, status)

st.header("Aktiviteter")
activity_panel.show(saved, status)

if status.lines:
    st.header("Går det ihop?")
    tertial_table.show_chain(status)
    if tertial == 3 and status.booked:
        st.header("Årets över- och underskott")
        line_panel.result(saved, status)
    st.header("Klarmarkera")
    line_panel.mark_complete(db, saved, status)
    st.header("Rapport")
    report_panel.show(status)

page_choice.write(
    "tertial", {CHOSEN: str(tertial), frame_keys.LINE: st.session_state[frame_keys.LINE]}
)

example_panel.show()
