"""Sida: ligger varje post på plan, vad slutar året på, och vad gör vi åt det?"""

import streamlit as st

from analytics import database, followup, store
from analytics.followup_words import fynd, hela_aret, hittills, slutar, svar
from analytics.money import whole_kronor
from analytics.swedish import delta_kr, kr, md
from pages.parts import (
    aktiviteter,
    exempelar,
    keys,
    sidval,
    tertialarbete,
    tertialbild,
    tertialrader,
    tertialrapport,
    tertialtabell,
    theme,
    vy,
)

TERTIAL = {1: "T1, jan–apr", 2: "T2, jan–aug", 3: "T3, hela året"}

year, db, saved = vy.fraga().ar, database.shared(), store.shared()


def tertialet(text: str) -> int:
    if text in ("1", "2", "3"):
        return int(text)
    if text:
        st.warning(f"Länken ber om tertial ”{md(text[:20])}”, men det finns 1, 2 och 3 (K7).")
    return followup.senaste(db, saved, year)


sidval.synka(
    "tertial",
    {"tertial": (tertialet, followup.senaste(db, saved, year)), keys.LINE: (lambda t: t[:80], "")},
)
st.title("Tertial")
st.radio(
    "Ackumulerat till och med",
    list(TERTIAL),
    key="tertial",
    format_func=lambda n: TERTIAL.get(n, n),
    horizontal=True,
)
tertial = st.session_state["tertial"]
lage = followup.lage(db, saved, year, tertial)
st.markdown(f"**{md(svar(lage))}**")
if lage.exempel:
    st.warning("Budgeten hör till exempelåret: den är påhittad och märkt ”exempel”.")
if lage.budget_nummer is None or not lage.poster:
    tertialarbete.borja(lage)
else:
    if lage.summa.prognos_kr is not None:
        left = lage.ram_kr - lage.summa.prognos_kr
        label = "Kvar av ramen vid årets slut, " + ("utfall" if hela_aret(lage) else "prognos")
        st.metric(label, delta_kr(left), width="content")
    theme.diagram(
        tertialbild.stavar(lage),
        f"{fynd(lage)}. {svar(lage)} Varje post står i tabellen nedanför.",
        rubrik=fynd(lage),
        key="stavar",
    )
    tertialtabell.poster(
        lage, lambda post: vy.adress("tertial", {"tertial": str(tertial), "post": post})
    )
    tertialtabell.hamta(lage)
    st.caption("Utfallet visas i hela kronor; summan är räknad på ören.")
    tertialrader.visa(db, saved, lage)
    for note in lage.upplysningar:
        st.markdown(f"- {md(note)}")
    if lage.efter:
        tertialtabell.efter(lage)
    if lage.bokfort:
        theme.diagram(
            tertialbild.linje(lage),
            f"{slutar(lage)} Utfallet är {kr(whole_kronor(lage.summa.utfall_ore))} mot "
            f"budgeten {kr(lage.summa.budget_kr)} {lage.period}.",
            rubrik=hittills(lage),
            key="linje",
            height=380,
        )
    tertialtabell.delar(lage)
    tertialarbete.inlan(lage)

    st.header("Avvikelser, åtgärder och prognos")
    tertialtabell.ord_om(lage)
    tertialarbete.skriv(saved, lage)

st.header("Aktiviteter")
aktiviteter.visa(saved, lage)

if lage.poster:
    st.header("Går det ihop?")
    tertialtabell.kedjan(lage)
    if tertial == 3 and lage.bokfort:
        st.header("Årets över- och underskott")
        tertialarbete.resultat(saved, lage)
    st.header("Klarmarkera")
    tertialarbete.klarmarkera(db, saved, lage)
    st.header("Rapport")
    tertialrapport.visa(lage)

sidval.skriv("tertial", {"tertial": str(tertial), keys.LINE: st.session_state[keys.LINE]})

exempelar.visa()
