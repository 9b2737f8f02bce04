"""Sida: hur långt kan ramen gå, vilken clause stoppar den, och vad klarar villkoren?"""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics.errors import AgreementError
from analytics.fees.payments import FeeResult
from analytics.reference import database
from analytics.swedish import (
    decimal,
    escape_markdown,
    exact,
    kr,
    parse_decimal,
    parse_kronor,
    percent,
    sort_key,
    whole,
)
from analytics.whatif import frame_limits, solve as backwards, wording
from analytics.whatif.frame_limits import FrameLimits
from analytics.whatif.solve import Condition, Solution
from pages.parts.frame import address, question
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table

FIELDS = {
    "per_invanare": ("Högst kr per invånare för en kommun", parse_decimal),
    "okning_procent": ("Ingen part höjs mer än, %", parse_decimal),
    "okning_kr": ("Ingen part höjs mer än, kr", parse_kronor),
    "ram_minst": ("Ramen minst, kr", parse_kronor),
}
FREE = {
    "ram": ("Rambudgeten", "kr"),
    "tak": ("Taket per invånare", "kr"),
    "procent": ("En verksamhetsandel", "% av ramen"),
    "del": ("Kommunernas del", "av ramen"),
}


def curve(found: FrameLimits, now: FeeResult) -> go.Figure:
    """Kronor per inhabitant against the frame, the ceiling, and where each kommun meets it."""
    top = max(found.largest_frame_kr, now.frame_kr) * 1.15
    frames = [round(top * step / 60) for step in range(61)]
    rows = question.results_by_year(
        [asked.with_changes(parameters=_with_frame(frame)) for frame in frames]
    )
    people = sum(p.count.count for p in now.parties if p.count)
    paid = [float(Fraction(sum(p.fee_kr for p in r.parties if p.count), people or 1)) for r in rows]
    fig = go.Figure()
    fig.add_scatter(
        x=frames,
        y=paid,
        mode="lines",
        name="Kommunerna i snitt",
        line={"color": theme.ACCENT, "width": 3},
        hovertemplate="Ram %{x:,.0f} kr: %{y:.3f} kr per invånare<extra></extra>",
    )
    ceiling = Fraction(sum(p.ceiling_kr or 0 for p in now.parties if p.count), people or 1)
    if ceiling:
        fig.add_scatter(
            x=[0, frames[-1]],
            y=[float(ceiling)] * 2,
            mode="lines",
            name=f"Taket i snitt, {decimal(ceiling, 3)} kr",
            line={"color": theme.ATTENTION, "dash": "dash", "width": 2},
            hoverinfo="skip",
        )
    stops = [g for g in found.parties if g.frame_kr and g.block == "kommuner"]
    if stops:
        fig.add_scatter(
            x=[g.frame_kr for g in stops],
            y=[max(paid)] * len(stops),
            mode="markers",
            name=f"Här når en kommun sitt tak ({stops[0].clause})",
            marker={
                "symbol": "line-ns",
                "size": 16,
                "line": {"width": 2, "color": theme.ATTENTION},
            },
            text=[g.name for g in stops],
            hovertemplate="%{text} når sitt tak vid %{x:,.0f} kr<extra></extra>",
        )
    fig.add_scatter(
        x=[now.frame_kr, now.frame_kr],
        y=[0, max(paid)],
        mode="lines",
        name=f"Ramen nu, {kr(now.frame_kr)}",
        line={"color": theme.GREY, "dash": "dot", "width": 2},
        hoverinfo="skip",
    )
    fig.update_xaxes(title="rambudget, kronor", nticks=6, rangemode="tozero")
    fig.update_yaxes(title="kr per invånare", rangemode="tozero", tickformat=".2f")
    return fig


def _with_frame(frame: int) -> tuple[tuple[str, Fraction], ...]:
    return tuple({**dict(asked.parameters), question.agreement().frame: Fraction(frame)}.items())


def conditions_from_fields() -> list[Condition]:
    """Read the conditions that are filled in; say which cannot be read."""
    found = []
    if st.checkbox("Hela ramen ska vara finansierad", value=True, key="v_finansierat"):
        found.append(Condition("finansierat"))
    with st.container(horizontal=True, gap="medium"):
        for kind, (label, read) in FIELDS.items():
            with st.container(width=230, gap="xsmall"):
                text = st.text_input(
                    label, key=f"v_{kind}", placeholder="inget villkor", max_chars=40
                )
                if text.strip():
                    try:
                        found.append(Condition(kind, Fraction(read(text.strip().rstrip(" %")))))
                    except AgreementError as error:
                        st.error(escape_markdown(f"{error} Villkoret används inte."))
    return found


def show_answer(answer: Solution, unit: str) -> None:
    st.markdown(f"**{escape_markdown(_sentence(answer, unit))}**")
    if not answer.span:
        return
    rows = []
    for low, high in answer.span[:5]:
        for word, end in (("Lägst", low), ("Högst", high)):
            proof = backwards.verify(
                database.shared(),
                question.agreement(),
                question.make_question(asked),
                answer.quantity,
                end.value,
                people,
            )
            rows.append(
                {
                    "ande": word,
                    "varde": exact(end.value),
                    "finansierat": proof.financed_kr,
                    "rest": proof.unfunded_kr,
                    "utanfor": "" if end.outside is None else exact(end.outside),
                    "bryts": end.condition or "inget villkor; gränsen för vad som prövas",
                    "part": end.party or "",
                    "klausul": end.clause or "",
                    "over": "" if end.over_kr is None else end.over_kr,
                }
            )
    show_table(
        rows,
        [
            Column("ande", "Ände"),
            Column("varde", f"Värde, {unit}", number=True),
            Column("finansierat", "Finansieras där, kr", whole, number=True),
            Column("rest", "Ofinansierat där, kr", whole, number=True),
            Column("utanfor", "Ett steg utanför", number=True),
            Column("bryts", "Då bryts"),
            Column("part", "För"),
            Column("klausul", "Klausul"),
            Column("over", "Med, kr", whole, number=True),
        ],
        "Svaret prövat i ändarna och ett steg utanför, med samma beräkning som avgifterna",
        key="bevis",
        sortable=False,
    )


def _sentence(answer: Solution, unit: str) -> str:
    """The answer in words; spans of a few kronor at the edge are told as such."""
    if len(answer.span) > 1:
        low, high = answer.span[0]
        return (
            f"Alla villkor är uppfyllda för {exact(low.value)}–{exact(high.value)} {unit}. "
            f"Därutöver finns {len(answer.span) - 1} kortare spann upp till "
            f"{exact(answer.span[-1][1].value)} {unit}, där avrundningen till hela kronor avgör."
        )
    return wording.describe(answer, unit)


asked = question.asked()
now = question.result(asked)
people = question.population(asked)
found = frame_limits.frame_limits(
    database.shared(), question.agreement(), question.make_question(asked), now, people
)
st.title("Tak och ram")
room = found.largest_frame_kr - now.frame_kr
first = min((g for g in found.parties if g.frame_kr), key=lambda g: g.frame_kr, default=None)
sentence = f"Den största ram som är helt finansierad {asked.year} är {kr(found.largest_frame_kr)}"
sentence += f", {kr(abs(room))} {'över' if room >= 0 else 'under'} dagens {kr(now.frame_kr)}."
if found.hole:
    sentence = wording.describe_hole(found.hole, now.frame_kr)
elif found.stopped_by:
    sentence += f" Därefter stoppar {found.stopped_by}."
if first:
    sentence += f" Först vid taket är {first.name}, vid {kr(first.frame_kr)}."
st.markdown(f"**{escape_markdown(sentence)}**")
if found.hole:
    st.metric("Saknas vid ramen", kr(found.hole.missing_kr))
else:
    st.metric("Största ram utan ofinansierat", kr(found.largest_frame_kr))
finding = (
    f"{found.hole.clause} lämnar {kr(found.hole.missing_kr)} utan betalare"
    if found.hole
    else f"{found.stopped_by} stoppar ramen vid {kr(found.largest_frame_kr)}"
    if found.stopped_by
    else "Inget tak stoppar ramen i det spann som prövas"
)
theme.show_chart(
    curve(found, now),
    f"{finding}. Kommunerna betalar mer per invånare med större ram tills alla står vid taket. "
    "Varje kommuns gräns står i tabellen.",
    heading=finding,
    key="kurva",
    height=420,
)
show_table(
    [
        {
            "part": g.party,
            "namn": g.name,
            "avgift": g.fee_kr,
            "utrymme": "" if g.room_kr is None else g.room_kr,
            "andel": "" if g.room is None else g.room,
            "ram": "" if g.frame_kr is None else g.frame_kr,
            "klausul": g.clause if g.frame_kr else "",
        }
        for g in sorted(found.parties, key=lambda g: (g.frame_kr or 10**12, sort_key(g.name)))
    ],
    [
        Column("namn", "Part"),
        Column("avgift", f"Avgift {asked.year}, kr", whole, number=True),
        Column("utrymme", "Utrymme till taket, kr", whole, number=True),
        Column("andel", "Utrymme, %", lambda v: percent(v, 1), number=True),
        Column("ram", "Ram där taket nås, kr", whole, number=True),
        Column("klausul", "Klausul"),
    ],
    "Vid vilken ram varje part först stoppas av sitt tak. Tomt: taket följer ramen och nås inte.",
    key="granser",
    link=lambda r: address.link_to("min_avgift", {"part": str(r["part"])}),
    height=560,
)

st.header("Räkna baklänges")
st.markdown(
    "Välj vad som ska vara fritt och vilka villkor som ska hålla. Svaret är alla värden som klarar "
    f"villkoren, till kronan. Höjningar räknas från gällande avtal {asked.year - 1}."
    if asked.year > question.years_in_agreement()[0]
    else "Välj vad som ska vara fritt och vilka villkor som ska hålla. Svaret är alla värden som "
    "klarar villkoren, till kronan. Höjningar räknas från gällande avtal samma år."
)
free = st.radio(
    "Fritt",
    list(FREE),
    key="v_fri",
    format_func=lambda role: FREE[role][0],
    horizontal=True,
)
conditions = conditions_from_fields()
before = max(asked.year - 1, question.years_in_agreement()[0])
base = question.result(
    question.ViewQuestion(before, (), tuple(question.agreement().readings().items()))
)
if conditions:
    show_answer(
        backwards.solve(
            database.shared(),
            question.agreement(),
            question.make_question(asked),
            question.parameter_of(free).id,
            conditions,
            base,
            people,
        ),
        FREE[free][1],
    )
else:
    st.markdown("Fyll i minst ett villkor.")
st.caption(
    escape_markdown(" ".join(question.grounds(asked, now)) + " Ramar upp till 50 Mkr prövas.")
)
