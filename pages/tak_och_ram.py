"""Sida: hur långt kan ramen gå, vilken klausul stoppar den, och vad klarar villkoren?"""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics import database, limits, solve
from analytics.errors import AgreementError
from analytics.fees import Resultat
from analytics.limits import Granser
from analytics.solve import Losning, Villkor
from analytics.swedish import (
    decimal,
    exakt,
    kr,
    md,
    parse_decimal,
    parse_kronor,
    procent,
    sort_key,
    tal,
)
from pages.parts import theme, vy
from pages.parts.table import Kolumn, tabell

FALT = {
    "per_invanare": ("Högst kr per invånare för en kommun", parse_decimal),
    "okning_procent": ("Ingen part höjs mer än, %", parse_decimal),
    "okning_kr": ("Ingen part höjs mer än, kr", parse_kronor),
    "ram_minst": ("Ramen minst, kr", parse_kronor),
}
FRIA = {
    "rambudget_kr": ("Rambudgeten", "kr"),
    "tak_kr_per_invanare": ("Taket per invånare", "kr"),
    "andel_procent": ("En verksamhetsandel", "% av ramen"),
    "kommunernas_del": ("Kommunernas del", "av ramen"),
}


def kurva(found: Granser, now: Resultat) -> go.Figure:
    """Kronor per inhabitant against the frame, the ceiling, and where each kommun meets it."""
    top = max(found.storsta_ram_kr, now.ram_kr) * 1.15
    frames = [round(top * step / 60) for step in range(61)]
    rows = vy.flera([asked.med(parametrar=_med_ram(frame)) for frame in frames])
    people = sum(p.antal.antal for p in now.parter if p.antal)
    paid = [
        float(Fraction(sum(p.avgift_kr for p in r.parter if p.antal), people or 1)) for r in rows
    ]
    fig = go.Figure()
    fig.add_scatter(
        x=frames,
        y=paid,
        mode="lines",
        name="Kommunerna i snitt",
        line={"color": theme.ACCENT, "width": 3},
        hovertemplate="Ram %{x:,.0f} kr: %{y:.3f} kr per invånare<extra></extra>",
    )
    ceiling = Fraction(sum(p.tak_kr or 0 for p in now.parter if p.antal), people or 1)
    if ceiling:
        fig.add_scatter(
            x=[0, frames[-1]],
            y=[float(ceiling)] * 2,
            mode="lines",
            name=f"Taket i snitt, {decimal(ceiling, 3)} kr",
            line={"color": theme.ATTENTION, "dash": "dash", "width": 2},
            hoverinfo="skip",
        )
    stops = [g for g in found.parter if g.ram_kr and g.block == "kommuner"]
    if stops:
        fig.add_scatter(
            x=[g.ram_kr for g in stops],
            y=[max(paid)] * len(stops),
            mode="markers",
            name=f"Här når en kommun sitt tak ({stops[0].klausul})",
            marker={
                "symbol": "line-ns",
                "size": 16,
                "line": {"width": 2, "color": theme.ATTENTION},
            },
            text=[g.namn for g in stops],
            hovertemplate="%{text} når sitt tak vid %{x:,.0f} kr<extra></extra>",
        )
    fig.add_scatter(
        x=[now.ram_kr, now.ram_kr],
        y=[0, max(paid)],
        mode="lines",
        name=f"Ramen nu, {kr(now.ram_kr)}",
        line={"color": theme.GREY, "dash": "dot", "width": 2},
        hoverinfo="skip",
    )
    fig.update_xaxes(title="rambudget, kronor", nticks=6, rangemode="tozero")
    fig.update_yaxes(title="kr per invånare", rangemode="tozero", tickformat=".2f")
    return fig


def _med_ram(frame: int) -> tuple[tuple[str, Fraction], ...]:
    return tuple({**dict(asked.parametrar), vy.avtal().ram: Fraction(frame)}.items())


def villkor_fran_falten() -> list[Villkor]:
    """Read the conditions that are filled in; say which cannot be read."""
    found = []
    if st.checkbox("Hela ramen ska vara finansierad", value=True, key="v_finansierat"):
        found.append(Villkor("finansierat"))
    with st.container(horizontal=True, gap="medium"):
        for slag, (label, read) in FALT.items():
            with st.container(width=230, gap="xsmall"):
                text = st.text_input(
                    label, key=f"v_{slag}", placeholder="inget villkor", max_chars=40
                )
                if text.strip():
                    try:
                        found.append(Villkor(slag, Fraction(read(text.strip().rstrip(" %")))))
                    except AgreementError as error:
                        st.error(md(f"{error} Villkoret används inte."))
    return found


def visa_svar(answer: Losning, unit: str) -> None:
    st.markdown(f"**{md(_mening(answer, unit))}**")
    if not answer.spann:
        return
    rows = []
    for low, high in answer.spann[:5]:
        for word, end in (("Lägst", low), ("Högst", high)):
            proof = solve.verifiera(
                database.shared(), vy.avtal(), vy.uppgift(asked), answer.storhet, end.varde, people
            )
            rows.append(
                {
                    "ande": word,
                    "varde": exakt(end.varde),
                    "finansierat": proof.finansierat_kr,
                    "rest": proof.ofinansierat_kr,
                    "utanfor": "" if end.utanfor is None else exakt(end.utanfor),
                    "bryts": end.villkor or "inget villkor; gränsen för vad som prövas",
                    "part": end.part or "",
                    "klausul": end.klausul or "",
                    "over": "" if end.over_kr is None else end.over_kr,
                }
            )
    tabell(
        rows,
        [
            Kolumn("ande", "Ände"),
            Kolumn("varde", f"Värde, {unit}", tal=True),
            Kolumn("finansierat", "Finansieras där, kr", tal, tal=True),
            Kolumn("rest", "Ofinansierat där, kr", tal, tal=True),
            Kolumn("utanfor", "Ett steg utanför", tal=True),
            Kolumn("bryts", "Då bryts"),
            Kolumn("part", "För"),
            Kolumn("klausul", "Klausul"),
            Kolumn("over", "Med, kr", tal, tal=True),
        ],
        "Svaret prövat i ändarna och ett steg utanför, med samma beräkning som avgifterna",
        key="bevis",
        sorterbar=False,
    )


def _mening(answer: Losning, unit: str) -> str:
    """The answer in words; spans of a few kronor at the edge are told as such."""
    if len(answer.spann) > 1:
        low, high = answer.spann[0]
        return (
            f"Alla villkor är uppfyllda för {exakt(low.varde)}–{exakt(high.varde)} {unit}. "
            f"Därutöver finns {len(answer.spann) - 1} kortare spann upp till "
            f"{exakt(answer.spann[-1][1].varde)} {unit}, där avrundningen till hela kronor avgör."
        )
    return solve.beskriv(answer, unit)


asked = vy.fraga()
now = vy.resultat(asked)
people = vy.folkmangd(asked)
found = limits.granser(database.shared(), vy.avtal(), vy.uppgift(asked), now, people)
st.title("Tak och ram")
room = found.storsta_ram_kr - now.ram_kr
first = min((g for g in found.parter if g.ram_kr), key=lambda g: g.ram_kr, default=None)
sentence = f"Den största ram som är helt finansierad {asked.ar} är {kr(found.storsta_ram_kr)}"
sentence += f", {kr(abs(room))} {'över' if room >= 0 else 'under'} dagens {kr(now.ram_kr)}."
if found.stoppas_av:
    sentence += f" Därefter stoppar {found.stoppas_av}."
if first:
    sentence += f" Först vid taket är {first.namn}, vid {kr(first.ram_kr)}."
st.markdown(f"**{md(sentence)}**")
st.metric("Största ram utan ofinansierat", kr(found.storsta_ram_kr))
finding = (
    f"{found.stoppas_av} stoppar ramen vid {kr(found.storsta_ram_kr)}"
    if found.stoppas_av
    else "Inget tak stoppar ramen i det spann som prövas"
)
theme.diagram(
    kurva(found, now),
    f"{finding}. Kommunerna betalar mer per invånare med större ram tills alla står vid taket. "
    "Varje kommuns gräns står i tabellen.",
    rubrik=finding,
    key="kurva",
    height=420,
)
tabell(
    [
        {
            "part": g.part,
            "namn": g.namn,
            "avgift": g.avgift_kr,
            "utrymme": "" if g.utrymme_kr is None else g.utrymme_kr,
            "andel": "" if g.utrymme is None else g.utrymme,
            "ram": "" if g.ram_kr is None else g.ram_kr,
            "klausul": g.klausul if g.ram_kr else "",
        }
        for g in sorted(found.parter, key=lambda g: (g.ram_kr or 10**12, sort_key(g.namn)))
    ],
    [
        Kolumn("namn", "Part"),
        Kolumn("avgift", f"Avgift {asked.ar}, kr", tal, tal=True),
        Kolumn("utrymme", "Utrymme till taket, kr", tal, tal=True),
        Kolumn("andel", "Utrymme, %", lambda v: procent(v, 1), tal=True),
        Kolumn("ram", "Ram där taket nås, kr", tal, tal=True),
        Kolumn("klausul", "Klausul"),
    ],
    "Vid vilken ram varje part först stoppas av sitt tak. Tomt: taket följer ramen och nås inte.",
    key="granser",
    lank=lambda r: vy.adress("min_avgift", {"part": str(r["part"])}),
    hojd=560,
)

st.header("Räkna baklänges")
st.markdown(
    "Välj vad som ska vara fritt och vilka villkor som ska hålla. Svaret är alla värden som klarar "
    f"villkoren, till kronan. Höjningar räknas från gällande avtal {asked.ar - 1}."
    if asked.ar > vy.ar_i_avtalet()[0]
    else "Välj vad som ska vara fritt och vilka villkor som ska hålla. Svaret är alla värden som "
    "klarar villkoren, till kronan. Höjningar räknas från gällande avtal samma år."
)
free = st.radio(
    "Fritt",
    list(FRIA),
    key="v_fri",
    format_func=lambda name: FRIA[name][0],
    horizontal=True,
)
conditions = villkor_fran_falten()
before = max(asked.ar - 1, vy.ar_i_avtalet()[0])
base = vy.resultat(vy.Fraga(before, (), tuple(vy.avtal().lasarter().items())))
if conditions:
    visa_svar(
        solve.los(database.shared(), vy.avtal(), vy.uppgift(asked), free, conditions, base, people),
        FRIA[free][1],
    )
else:
    st.markdown("Fyll i minst ett villkor.")
st.caption(md(" ".join(vy.underlag(asked, now)) + " Ramar upp till 50 Mkr prövas."))
