"""Sida: vad är bokfört, och hör varje rad hemma i budgeten?"""

import streamlit as st

from analytics import budget_store, database, ledger, store
from analytics.swedish import md, tal
from pages.parts import (
    bokforing_bild,
    bokforing_hand,
    bokforing_in,
    bokforing_rader,
    bokforing_regler,
    exempelar,
    keys,
    vy,
)
from pages.parts.act import LEDGER, told

GOR = {
    "fil": "Läs in rader",
    "regler": "Regler för konton",
    "rad": "Skriv eller rätta en rad",
    "inlasningar": "Inläsningar",
}
year, db, saved = vy.fraga().ar, database.shared(), store.shared()
bokforing_rader.synka(GOR)
months = ledger.manader(db, saved, year)
unknown = ledger.okanda(db, saved, year)
lines = budget_store.namn(saved)
names = bokforing_bild.namnen(lines)

st.title("Bokföring")
others = [] if months else ledger.ar_med_rader(db, saved)
st.markdown(f"**{md(bokforing_bild.svar(year, months, unknown, others))}**")
if any(post.data.get("exempel") for post in ledger.importer(saved)):
    bokforing_bild.exempel()
if months:
    st.metric("Konton utan regel", tal(len({k.konto for k in unknown})), width="content")
    bokforing_bild.manader(year, months, unknown)
    bokforing_bild.mal(year, ledger.utfall(db, saved, year), names)
if unknown:
    st.header("Konton utan regel")
    bokforing_bild.okanda(unknown, ledger.objektnamn(saved))
    bokforing_regler.koppla(saved, unknown, lines)

st.header("Arbeta med bokföringen")
st.radio("Vad vill du göra?", list(GOR), key=keys.LEDGER_WAY, format_func=GOR.get, horizontal=True)
told(LEDGER)
work = st.container()
shown = []
if months:
    st.header("Rader")
    shown = bokforing_rader.visa(db, saved, year, names)
bokforing_rader.skriv(next(iter(GOR)))
with work:
    match st.session_state[keys.LEDGER_WAY]:
        case "fil":
            bokforing_in.visa(db, saved, year)
        case "regler":
            bokforing_regler.visa(saved, lines)
        case "rad":
            bokforing_hand.rad(saved, year, shown)
        case _:
            bokforing_hand.importer(db, saved, year)

exempelar.visa()
