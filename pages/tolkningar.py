"""Sida: vilka klausuler kan läsas på flera sätt, och vad är varje läsart värd?"""

import plotly.graph_objects as go
import streamlit as st

from analytics.agreement import Tolkning
from analytics.errors import AgreementError
from analytics.fees import Resultat
from analytics.swedish import delta_kr, kr, md, sort_key, tal
from pages.parts import keys, kontroller, theme, vy
from pages.parts.table import Kolumn, tabell

asked = vy.fraga()


def svar(tolkning: Tolkning) -> dict[str, Resultat | AgreementError]:
    """Return the result of each reading, all else as shown; or why it gives none."""
    found: dict[str, Resultat | AgreementError] = {}
    for reading in tolkning.lasarter:
        try:
            found[reading] = vy.resultat(asked.med_lasart(tolkning.id, reading))
        except AgreementError as error:
            found[reading] = error
    return found


def spann(tolkning: Tolkning) -> int:
    """Return the most that the choice of reading moves any one party, in kronor."""
    results = [r for r in svar(tolkning).values() if isinstance(r, Resultat)]
    fees = [{p.part: p.avgift_kr for p in r.parter} for r in results]
    parties = set().union(*fees)
    return max(
        (max(f.get(p, 0) for f in fees) - min(f.get(p, 0) for f in fees) for p in parties),
        default=0,
    )


def varden(points: list[Tolkning]) -> go.Figure:
    """For each reading, how much the parties pay against the frame."""
    fig = go.Figure()
    labels, paid, colours = [], [], []
    for point in points:
        for reading, result in svar(point).items():
            if isinstance(result, Resultat):
                labels.append(f"{point.id} {point.lasarter[reading].namn}")
                paid.append(result.finansierat_kr)
                chosen = dict(asked.lasarter)[point.id] == reading
                colours.append(theme.ACCENT if chosen else theme.ACCENT_LIGHT)
    fig.add_bar(
        y=labels,
        x=paid,
        orientation="h",
        marker={"color": colours},
        text=[kr(v) for v in paid],
        textposition="inside",
        insidetextanchor="start",
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    fig.data[0].textfont.color = [
        theme.WHITE if colour == theme.ACCENT else theme.INK for colour in colours
    ]
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(rangemode="tozero", title="kronor; mörk stapel är vald", nticks=5)
    return fig


points = [t for t in vy.avtal().tolkningar.values() if t.galler == "avgift"]
moved = {t.id: spann(t) for t in points}
largest = max(points, key=lambda t: moved[t.id])
st.title("Tolkningar")
if moved[largest.id]:
    st.markdown(
        f"**Avtalet kan läsas på flera sätt i {len(vy.avtal().tolkningar)} punkter. Mest betyder "
        f"{md(largest.id)} {asked.ar}: {md(largest.fraga)} Valet flyttar upp till "
        f"{kr(moved[largest.id])} för en part.**"
    )
else:
    st.markdown(f"**Inget val av läsart ändrar någon parts avgift {asked.ar}.**")
shown = [t for t in points if moved[t.id]]
if shown:
    theme.diagram(
        varden(shown),
        f"Vad parterna betalar tillsammans under varje läsart av "
        f"{', '.join(t.id for t in shown)}. Beloppen står i tabellerna.",
        rubrik=f"{len(shown)} av {len(points)} öppna punkter ändrar vad någon betalar {asked.ar}",
        key="lasarter_belopp",
        height=90 + 44 * sum(len(t.lasarter) for t in shown),
    )


def visa(tolkning: Tolkning) -> None:
    """One open point: choose, and see every reading side by side."""
    st.header(md(f"{tolkning.id}: {tolkning.fraga}"))
    st.markdown(md(f"{tolkning.klausul}: {vy.avtal().klausuler[tolkning.klausul].text}"))
    if tolkning.galler != "avgift":
        for reading in tolkning.lasarter.values():
            default = " (standard)" if reading.id == tolkning.standard else ""
            st.markdown(f"**{md(reading.namn)}{default}.** {md(reading.text)}")
        st.markdown("Valet gäller faktureringen och ändrar inte årets avgifter.")
        return
    kontroller.lasart(tolkning.id)
    found = svar(tolkning)
    for reading, result in found.items():
        if isinstance(result, AgreementError):
            st.markdown(f"Läsarten {md(tolkning.lasarter[reading].namn)}: {md(str(result))}")
    results = {r: v for r, v in found.items() if isinstance(v, Resultat)}
    base = results.get(tolkning.standard)
    if not base or len(results) < 2:
        return
    fees = {r: {p.part: p.avgift_kr for p in v.parter} for r, v in results.items()}
    names = {p.part: p.namn for v in results.values() for p in v.parter}
    changed = {p for p in names if len({fees[r].get(p) for r in results}) > 1}
    if not changed and len({v.ofinansierat_kr for v in results.values()}) == 1:
        st.markdown(f"Läsarterna ger samma avgift för alla parter {asked.ar}.")
        return
    titles = {r: tolkning.lasarter[r].namn for r in results}
    others = [r for r in results if r != tolkning.standard]
    columns = [Kolumn("namn", "Part")]
    columns += [
        Kolumn(
            r, f"{titles[r]}{' (standard)' if r == tolkning.standard else ''}, kr", tal, tal=True
        )
        for r in results
    ]
    columns += [
        Kolumn(f"d_{r}", f"{titles[r]} mot standard, kr", delta_kr, tal=True) for r in others
    ]

    def rad(name: str, amounts: dict[str, int]) -> dict[str, object]:
        return {
            "namn": name,
            **amounts,
            **{f"d_{r}": amounts[r] - amounts[tolkning.standard] for r in others},
        }

    rows = [
        {"part": part, **rad(names[part], {r: fees[r].get(part, 0) for r in results})}
        for part in sorted(names, key=lambda part: sort_key(names[part]))
    ]
    unfunded = rad("Ofinansierat", {r: v.ofinansierat_kr for r, v in results.items()})
    tabell(
        [*rows, {"part": "", **unfunded}],
        columns,
        f"{tolkning.id}: varje läsart i kronor {asked.ar}, alla parter. {len(changed)} av "
        f"{len(names)} parter berörs.",
        key=f"tabell_{tolkning.id}",
        framhav=lambda r: bool(r["part"]) and r["part"] == st.session_state[keys.PARTY],
        lank=lambda r: vy.adress("min_avgift", {"part": str(r["part"])}) if r["part"] else None,
        summa=rad("Ramen", {r: v.ram_kr for r, v in results.items()}),
        hojd=520,
    )


for tolkning in vy.avtal().tolkningar.values():
    visa(tolkning)
st.button("Återställ allt till avtalet", key="ater_allt", on_click=vy.aterstall)
