"""Sida: vad är bokfört, och hör varje row hemma i budgeten?"""

import streamlit as st

from analytics.budget import versions
from analytics.ledger import booked as ledger_booked, sums as ledger_sums
from analytics.reference import database
from analytics.store import posts as store_posts
from analytics.swedish import escape_markdown, whole
from pages.parts.frame import keys as frame_keys, question
from pages.parts.frame.act import LEDGER, told
from pages.parts.ledger import (
    by_hand_panel,
    charts,
    import_panel,
    row_panel,
    rule_panel,
    sums_panel,
)
from pages.parts.widgets import example_panel

ACT = {
    "fil": "Läs in rader",
    "regler": "Regler för konton",
    "rad": "Skriv eller rätta en rad",
    "inlasningar": "Inläsningar",
}
year, db, saved = question.asked().year, database.shared(), store_posts.shared()
row_panel.read_address(ACT)
months = ledger_booked.booked_months(db, saved, year)
unknown = ledger_booked.unknown_accounts(db, saved, year)
lines = versions.name_of(saved)
names = charts.names(lines)

st.title("Bokföring")
others = [] if months else ledger_booked.years_with_rows(db, saved)
st.markdown(f"**{escape_markdown(charts.answer(year, months, unknown, others))}**")
if any(post.data.get("exempel") for post in ledger_booked.list_imports(saved)):
    charts.example()
if months:
    st.metric("Konton utan regel", whole(len({k.konto for k in unknown})), width="content")
    charts.months(year, months, unknown)
    charts.target(year, ledger_booked.outcome(db, saved, year), names)
if unknown:
    st.header("Konton utan regel")
    charts.unknown(unknown, ledger_booked.objekt_names(saved))
    rule_panel.connect(saved, unknown, lines)

st.header("Arbeta med bokföringen")
st.radio(
    "Vad vill du göra?", list(ACT), key=frame_keys.LEDGER_WAY, format_func=ACT.get, horizontal=True
)
told(LEDGER)
work = st.container()
shown = []
if months:
    st.header("Rader")
    shown = row_panel.show(db, saved, year, names)
sums_panel.of_year(
    year, ledger_sums.accounts_of_year(db, saved, year), ledger_booked.konto_names(saved)
)
row_panel.write_choice(next(iter(ACT)))
with work:
    match st.session_state[frame_keys.LEDGER_WAY]:
        case "fil":
            import_panel.show(db, saved, year)
        case "regler":
            rule_panel.show(saved, lines)
        case "rad":
            by_hand_panel.row(saved, year, shown)
        case _:
            by_hand_panel.show_imports(db, saved, year)

example_panel.show()
