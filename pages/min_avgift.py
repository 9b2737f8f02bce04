"""Sida: varför är vår avgift som den är, och varför har den ändrats?"""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics import change, database, explain
from analytics.change import ORSAKER, Forandring
from analytics.explain import Steg
from analytics.fees import Avgift, Resultat
from analytics.swedish import decimal, delta_kr, kr, md, procent, sort_key, tal
from pages.parts import keys, theme, vy
from pages.parts.table import Kolumn, tabell


def valj(result: Resultat) -> Avgift | None:
    """Let the user pick a party; the address may already have done so."""
    names = {p.part: p.namn for p in result.parter}
    chosen = st.session_state[keys.PARTY]
    if chosen and chosen not in names:
        st.warning(
            f"”{md(chosen)}” är ingen betalande part {result.year}. Välj en part i listan nedanför."
        )
        st.session_state[keys.PARTY] = ""
    ordered = sorted(names, key=lambda part: sort_key(names[part]))
    st.selectbox(
        "Part",
        ["", *ordered],
        key=keys.PARTY,
        format_func=lambda part: names.get(part, "Välj en part"),
        width=360,
        placeholder="Välj en part",
    )
    return result.part(st.session_state[keys.PARTY])


def bro(result: Resultat, fee: Avgift) -> go.Figure:
    """From the share without a ceiling, over the ceiling and what is redistributed, to the fee."""
    capped = fee.ideal_kr if fee.tak_kr is None else min(fee.ideal_kr, fee.tak_kr)
    labels = ["Andel utan tak", "Taket", "Omfördelat", f"Avgift {result.year}"]
    values = [fee.ideal_kr, capped - fee.ideal_kr, fee.avgift_kr - capped, fee.avgift_kr]
    fig = go.Figure(
        go.Waterfall(
            x=labels,
            y=values,
            measure=["absolute", "relative", "relative", "total"],
            text=[kr(values[0]), delta_kr(values[1]), delta_kr(values[2]), kr(values[3])],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )
    fig.update_yaxes(
        rangemode="tozero", title="kronor", nticks=5, range=[0, max(values) * 1.15 or 1]
    )
    return fig


def visa_steg(steps: list[Steg]) -> None:
    """The arithmetic, a numbered step per clause."""
    told: set[str] = set()
    for number, step in enumerate(steps, 1):
        with st.container(key=f"steg_{number}", gap="xsmall"):
            st.markdown(f"**{number}. {md(step.rubrik)}** ({md(step.klausul)})")
            st.markdown(f"{md(step.rakning)}")
            notes = [] if step.text in told else [step.text]
            told.add(step.text)
            if step.lasart:
                notes.append(f"Läsart: {step.lasart}.")
            for u in step.underlag:
                what = f"{u.namn}: {u.varde}"
                if u.status:
                    what += f" ({u.status}). {u.regel or ''}"
                notes.append(f"{what} Källa: {u.kalla or 'saknas'}.")
            if notes:
                st.caption(md(" ".join(notes)))


def visa_forandring(found: Forandring, before: int, after: int) -> None:
    """Why the fee differs from the year before; the parts add up exactly."""
    delta = found.efter_kr - found.fore_kr
    word = "höjs med" if delta > 0 else "sänks med" if delta < 0 else "är oförändrad,"
    finding = f"Avgiften {word} {kr(abs(delta))} från {before} till {after}"
    labels = [str(before), *ORSAKER.values(), str(after)]
    values = [found.fore_kr, *found.delar.values(), found.efter_kr]
    fig = go.Figure(
        go.Waterfall(
            y=labels,
            x=values,
            orientation="h",
            measure=["absolute", *["relative"] * len(ORSAKER), "total"],
            text=[kr(values[0]), *(delta_kr(v) for v in found.delar.values()), kr(values[-1])],
            textposition="auto",
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.update_yaxes(autorange="reversed")
    # the change is small beside the fee: the axis shows the part of it where something happens
    low, high = _omfang(list(values))
    fig.update_xaxes(title="kronor (axeln börjar inte vid noll)", range=[low, high], nticks=5)
    theme.diagram(
        fig,
        finding
        + ". "
        + ", ".join(f"{ORSAKER[k]} {delta_kr(v)}" for k, v in found.delar.items())
        + ".",
        rubrik=finding,
        key="forandring",
        height=380,
    )
    tabell(
        [{"orsak": ORSAKER[k], "kr": v} for k, v in found.delar.items()],
        [Kolumn("orsak", "Orsak"), Kolumn("kr", "Ändring, kr", delta_kr, tal=True)],
        f"Varför avgiften skiljer sig mellan {before} och {after}. Orsakerna byts en i taget, i "
        "tabellens ordning.",
        key="orsaker",
        summa={"orsak": "Hela ändringen", "kr": delta},
        sorterbar=False,
    )


def _omfang(values: list[int]) -> tuple[float, float]:
    """The span of the running total, with some air; from zero when that is nearly the same."""
    level, levels = values[0], [values[0], values[-1]]
    for step in values[1:-1]:
        level += step
        levels.append(level)
    air = max((max(levels) - min(levels)) * 0.6, max(levels) * 0.01, 1)
    return max(min(levels) - air, 0), max(levels) + air


asked = vy.fraga()
result = vy.resultat(asked)
st.title("Min avgift")
fee = valj(result)
if fee is None:
    st.markdown(
        "Välj en part, så visas avgiften steg för steg med avtalets klausuler och siffror. Länken "
        "i webbläsarens adressfält visar sedan samma sak för den som får den."
    )
    tabell(
        [
            {"part": p.part, "namn": p.namn, "avgift": p.avgift_kr}
            for p in sorted(result.parter, key=lambda p: sort_key(p.namn))
        ],
        [Kolumn("namn", "Part"), Kolumn("avgift", f"Avgift {asked.ar}, kr", tal, tal=True)],
        f"Betalande parter {asked.ar}",
        key="valj_part",
        lank=lambda r: vy.adress("min_avgift", {"part": str(r["part"])}),
    )
    st.stop()

steps = explain.steg(vy.avtal(), result, fee.part)
year_before = vy.gallande(asked.ar - 1)
sentence = f"{fee.namn} betalar {kr(fee.avgift_kr)} {asked.ar}."
if fee.vid_tak:
    sentence += f" Det är taket ({result.ceiling_clause(fee.block)})."
change_found = None
if asked.ar > vy.ar_i_avtalet()[0]:
    change_found = change.forandring(
        database.shared(),
        vy.avtal(),
        vy.uppgift(year_before),
        vy.uppgift(asked),
        fee.part,
        vy.folkmangd(asked),
    )
    delta = change_found.efter_kr - change_found.fore_kr
    sentence += f" Det är {delta_kr(delta)} mot {asked.ar - 1}."
st.markdown(f"**{md(sentence)}**")
with st.container(horizontal=True, gap="large"):
    st.metric(f"Avgift {asked.ar}", kr(fee.avgift_kr), width="content")
    st.metric(
        "Del av ramen", procent(Fraction(fee.avgift_kr, result.ram_kr or 1), 2), width="content"
    )
    if fee.antal:
        st.metric(
            "Per invånare",
            f"{decimal(Fraction(fee.avgift_kr, fee.antal.antal), 4)} kr",
            width="content",
        )

capped = fee.tak_kr is not None and fee.ideal_kr > fee.tak_kr
if capped:
    finding = f"Taket sänker avgiften med {kr(fee.ideal_kr - fee.tak_kr)}"
elif fee.avgift_kr > fee.ideal_kr:
    finding = f"Andras tak höjer avgiften med {kr(fee.avgift_kr - fee.ideal_kr)}"
else:
    finding = "Inget tak påverkar avgiften"
theme.diagram(
    bro(result, fee),
    f"{finding}: utan tak {kr(fee.ideal_kr)}, avgift {kr(fee.avgift_kr)}.",
    rubrik=finding,
    key="bro",
    height=340,
)
st.header("Så räknas avgiften")
visa_steg(steps)

if change_found:
    st.header(f"Varför inte som {asked.ar - 1}?")
    visa_forandring(change_found, asked.ar - 1, asked.ar)
    if asked.scenario or vy.provas(asked):
        st.caption(f"{asked.ar - 1} räknas enligt gällande avtal och standardläsarterna.")
else:
    st.markdown(
        f"Avtalet gäller från {asked.ar} (K10). Det finns inget tidigare år att jämföra med."
    )
st.caption(md(" ".join(vy.underlag(asked, result))))
