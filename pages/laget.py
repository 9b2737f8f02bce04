"""Sida: är året finansierat, på vilka villkor, och vad händer härnäst?"""

from datetime import date

import plotly.graph_objects as go
import streamlit as st

from analytics import (
    arshjul,
    budget_store,
    database,
    followup,
    parties,
    rotation_register,
    rotation_view,
    store,
)
from analytics.fees import Resultat
from analytics.followup_words import arets_rad
from analytics.swedish import datum, kr, md, procent, tal
from pages.parts import nav, theme, vy
from pages.parts.mening import lucka, sammanfattning
from pages.parts.table import Kolumn, tabell

asked = vy.fraga()
result = vy.resultat(asked)


def halvor(result: Resultat) -> go.Figure:
    """What each block should finance, and how much of it the parties pay."""
    names = [block.namn for block in result.block][::-1]
    paid = [min(block.finansierat_kr, block.mal_kr) for block in result.block][::-1]
    gap = [max(block.ofinansierat_kr, 0) for block in result.block][::-1]
    over = [max(-block.ofinansierat_kr, 0) for block in result.block][::-1]
    fig = go.Figure()
    for values, label, colour, pattern in (
        (paid, "Betalas av parterna", theme.ACCENT, ""),
        (gap, "Ofinansierat", theme.ATTENTION, "/"),
        (over, "Över målet", theme.GREY, "."),
    ):
        if any(values):
            fig.add_bar(
                y=names,
                x=values,
                orientation="h",
                name=label,
                marker={"color": colour, "pattern": {"shape": pattern}},
                text=[kr(v) if v else "" for v in values],
                textposition="auto",
                hovertemplate="%{y}: %{x:,.0f} kr " + label.lower() + "<extra></extra>",
            )
    fig.update_layout(barmode="stack", showlegend=len(fig.data) > 1)
    fig.update_xaxes(rangemode="tozero", title="kronor", nticks=5)
    return fig


def omvarlden() -> list[str]:
    """Say whether the kansli is staffed today, and whether the year is on budget."""
    db, saved = database.shared(), store.shared()
    rows = parties.rader(db, vy.avtal())
    loans, names = rotation_register.alla(db, saved), rotation_view.namn(rows)
    lines = [rotation_view.bemanning(loans, date.today(), names)]  # noqa: DTZ011
    if budget_store.gallande(saved, asked.ar) is not None:
        tertial = followup.senaste(db, saved, asked.ar)
        lines.append(arets_rad(followup.lage(db, saved, asked.ar, tertial)))
    return lines


st.title("Läget")
st.markdown(f"**{md(sammanfattning(result))}**")
with st.container(horizontal=True, gap="large"):
    st.metric("Rambudget (K1)", kr(result.ram_kr), width="content")
    st.metric("Betalas av parterna", kr(result.finansierat_kr), width="content")
    word = "Ofinansierat" if result.ofinansierat_kr >= 0 else "Mer än ramen"
    st.metric(word, kr(abs(result.ofinansierat_kr)), width="content")

for line in omvarlden():
    st.markdown(md(line))

theme.diagram(
    halvor(result),
    f"{lucka(result)}. "
    + " ".join(
        f"{block.namn} ska finansiera {kr(block.mal_kr)} och betalar {kr(block.finansierat_kr)}."
        for block in result.block
    ),
    rubrik=lucka(result),
    key="halvor",
    height=230,
)
tabell(
    [
        {
            "block": block.namn,
            "klausul": block.klausul,
            "parter": sum(p.block == block.id for p in result.parter),
            "mal": block.mal_kr,
            "betalas": block.finansierat_kr,
            "rest": block.ofinansierat_kr,
            "tak": sum(p.vid_tak for p in result.parter if p.block == block.id),
        }
        for block in result.block
    ],
    [
        Kolumn("block", "Block"),
        Kolumn("klausul", "Klausul"),
        Kolumn("parter", "Betalande parter, antal", tal, tal=True),
        Kolumn("mal", "Ska finansiera, kr", tal, tal=True),
        Kolumn("betalas", "Betalas, kr", tal, tal=True),
        Kolumn("rest", "Ofinansierat, kr", tal, tal=True),
        Kolumn("tak", "Vid sitt tak, antal", tal, tal=True),
    ],
    f"Vad varje block finansierar {asked.ar}",
    key="block",
    summa={
        "block": "Ramen",
        "klausul": "K1",
        "parter": len(result.parter),
        "mal": sum(block.mal_kr for block in result.block),
        "betalas": result.finansierat_kr,
        "rest": result.ofinansierat_kr,
        "tak": sum(p.vid_tak for p in result.parter),
    },
    sorterbar=False,
)

st.header("Vad vill du veta?")
with st.container(key="dorrar"):
    for sida in nav.PAGES[1:]:
        with st.container(gap="xxsmall"):
            st.page_link(sida.fil, label=f"**{sida.titel}**")
            st.markdown(sida.fraga)

st.header("Så är avtalet läst")
tabell(
    [
        {
            "punkt": f"{t.id} {t.fraga}",
            "klausul": t.klausul,
            "lasart": t.lasarter[dict(asked.lasarter)[t.id]].namn,
            "text": t.lasarter[dict(asked.lasarter)[t.id]].text,
            "avviker": "avviker" if dict(asked.lasarter)[t.id] != t.standard else "standard",
        }
        for t in vy.avtal().tolkningar.values()
    ],
    [
        Kolumn("punkt", "Öppen punkt"),
        Kolumn("klausul", "Klausul"),
        Kolumn("lasart", "Läsart"),
        Kolumn("avviker", "Mot standard"),
        Kolumn("text", "Innebär"),
    ],
    "Öppna punkter i avtalet och de läsarter som resultatet bygger på",
    key="lasarter",
    sorterbar=False,
)

st.header("Vad händer härnäst?")
today = date.today()  # noqa: DTZ011
tabell(
    [
        {
            "datum": f"omkring {datum(h.datum)}" if h.ungefar else datum(h.datum),
            "vad": h.vad,
            "klausul": h.klausul or "",
            "dagar": (h.datum - today).days,
        }
        for h in arshjul.kommande(today, 7)
    ],
    [
        Kolumn("datum", "Datum"),
        Kolumn("vad", "Vad"),
        Kolumn("klausul", "Klausul"),
        Kolumn("dagar", "Om, dagar", tal, tal=True),
    ],
    f"De närmaste datumen i avtalets kalender, räknat från {datum(today)}",
    key="kalender",
    sorterbar=False,
)
share = vy.avtal().parametrar["inlan_del"].on(date(asked.ar, 1, 1))
st.markdown(
    f"Av ramen går {procent(share, 1)} till ersättning för inlånad personal och resten till "
    f"gemensamt arbete (K2). {md(vy.avtal().klausuler['K10'].text)}"
)
