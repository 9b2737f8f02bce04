"""Sida: varför är vår avgift som den är, och varför har den ändrats?"""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics.errors import ended
from analytics.fees import change, explanation
from analytics.fees.change import CAUSES, FeeChange
from analytics.fees.explanation import Step
from analytics.fees.payments import Fee, FeeResult
from analytics.reference import database
from analytics.swedish import decimal, delta_kr, escape_markdown, kr, percent, sort_key, whole
from pages.parts.frame import address, keys as frame_keys, question
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table


def choose(result: FeeResult) -> Fee | None:
    """Let the user pick a party; the address may already have done so."""
    names = {p.party: p.name for p in result.parties}
    chosen = st.session_state[frame_keys.PARTY]
    if chosen and chosen not in names:
        st.warning(
            f"”{escape_markdown(chosen)}” är ingen betalande part {result.year}. Välj en part i "
            "listan nedanför."
        )
        st.session_state[frame_keys.PARTY] = ""
    ordered = sorted(names, key=lambda party: sort_key(names[party]))
    st.selectbox(
        "Part",
        ["", *ordered],
        key=frame_keys.PARTY,
        format_func=lambda party: names.get(party, "Välj en part"),
        width=360,
        placeholder="Välj en part",
    )
    return result.party(st.session_state[frame_keys.PARTY])


def bridge(result: FeeResult, fee: Fee) -> go.Figure:
    """From the share without a ceiling, over the ceiling and what is redistributed, to the fee."""
    capped = fee.ideal_kr if fee.ceiling_kr is None else min(fee.ideal_kr, fee.ceiling_kr)
    labels = ["Andel utan tak", "Taket", "Omfördelat", f"Avgift {result.year}"]
    values = [fee.ideal_kr, capped - fee.ideal_kr, fee.fee_kr - capped, fee.fee_kr]
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


def show_steps(steps: list[Step]) -> None:
    """The arithmetic, a numbered step per clause."""
    told: set[str] = set()
    for number, step in enumerate(steps, 1):
        with st.container(key=f"steg_{number}", gap="xsmall"):
            st.markdown(
                f"**{number}. {escape_markdown(step.heading)}** ({escape_markdown(step.clause)})"
            )
            st.markdown(f"{escape_markdown(step.arithmetic)}")
            notes = [] if step.text in told else [step.text]
            told.add(step.text)
            if step.reading:
                notes.append(f"Läsart: {step.reading}.")
            for u in step.grounds:
                what = f"{u.name}: {u.value}"
                if u.status:
                    what += f" ({u.status}). {u.rule or ''}"
                notes.append(f"{what} Källa: {ended(u.source or 'saknas')}")
            if notes:
                st.caption(escape_markdown(" ".join(notes)))


def show_change(found: FeeChange, before: int, after: int) -> None:
    """Why the fee differs from the year before; the parts add up exactly."""
    delta = found.after_kr - found.before_kr
    word = "höjs med" if delta > 0 else "sänks med" if delta < 0 else "är oförändrad,"
    finding = f"Avgiften {word} {kr(abs(delta))} från {before} till {after}"
    labels = [str(before), *CAUSES.values(), str(after)]
    values = [found.before_kr, *found.parts.values(), found.after_kr]
    fig = go.Figure(
        go.Waterfall(
            y=labels,
            x=values,
            orientation="h",
            measure=["absolute", *["relative"] * len(CAUSES), "total"],
            text=[kr(values[0]), *(delta_kr(v) for v in found.parts.values()), kr(values[-1])],
            textposition="auto",
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    fig.update_yaxes(autorange="reversed")
    # the change is small beside the fee: the axis shows the part of it where something happens
    low, high = _range(list(values))
    fig.update_xaxes(title="kronor (axeln börjar inte vid noll)", range=[low, high], nticks=5)
    theme.show_chart(
        fig,
        finding
        + ". "
        + ", ".join(f"{CAUSES[k]} {delta_kr(v)}" for k, v in found.parts.items())
        + ".",
        heading=finding,
        key="forandring",
        height=380,
    )
    show_table(
        [{"orsak": CAUSES[k], "kr": v} for k, v in found.parts.items()],
        [Column("orsak", "Orsak"), Column("kr", "Ändring, kr", delta_kr, number=True)],
        f"Varför avgiften skiljer sig mellan {before} och {after}. Orsakerna byts en i taget, i "
        "tabellens ordning.",
        key="orsaker",
        total={"orsak": "Hela ändringen", "kr": delta},
        sortable=False,
    )


def _range(values: list[int]) -> tuple[float, float]:
    """The span of the running total, with some air; from zero when that is nearly the same."""
    level, levels = values[0], [values[0], values[-1]]
    for step in values[1:-1]:
        level += step
        levels.append(level)
    air = max((max(levels) - min(levels)) * 0.6, max(levels) * 0.01, 1)
    return max(min(levels) - air, 0), max(levels) + air


asked = question.asked()
result = question.result(asked)
st.title("Min avgift")
fee = choose(result)
if fee is None:
    st.markdown(
        "Välj en part, så visas avgiften steg för steg med avtalets klausuler och siffror. Länken "
        "i webbläsarens adressfält visar sedan samma sak för den som får den."
    )
    show_table(
        [
            {"part": p.party, "namn": p.name, "avgift": p.fee_kr}
            for p in sorted(result.parties, key=lambda p: sort_key(p.name))
        ],
        [Column("namn", "Part"), Column("avgift", f"Avgift {asked.year}, kr", whole, number=True)],
        f"Betalande parter {asked.year}",
        key="valj_part",
        link=lambda r: address.link_to("min_avgift", {"part": str(r["part"])}),
    )
    st.stop()

steps = explanation.explain(question.agreement(), result, fee.party)
year_before = question.in_force(asked.year - 1)
sentence = f"{fee.name} betalar {kr(fee.fee_kr)} {asked.year}."
if fee.at_ceiling:
    sentence += f" Det är taket ({result.ceiling_clause(fee.block)})."
change_found = None
if asked.year > question.years_in_agreement()[0]:
    change_found = change.explain_change(
        database.shared(),
        question.agreement(),
        question.make_question(year_before),
        question.make_question(asked),
        fee.party,
        question.population(asked),
    )
    delta = change_found.after_kr - change_found.before_kr
    sentence += f" Det är {delta_kr(delta)} mot {asked.year - 1}."
st.markdown(f"**{escape_markdown(sentence)}**")
with st.container(horizontal=True, gap="large"):
    st.metric(f"Avgift {asked.year}", kr(fee.fee_kr), width="content")
    st.metric(
        "Del av ramen", percent(Fraction(fee.fee_kr, result.frame_kr or 1), 2), width="content"
    )
    if fee.count:
        st.metric(
            "Per invånare",
            f"{decimal(Fraction(fee.fee_kr, fee.count.count), 4)} kr",
            width="content",
        )

capped = fee.ceiling_kr is not None and fee.ideal_kr > fee.ceiling_kr
if capped:
    finding = f"Taket sänker avgiften med {kr(fee.ideal_kr - fee.ceiling_kr)}"
elif fee.fee_kr > fee.ideal_kr:
    finding = f"Andras tak höjer avgiften med {kr(fee.fee_kr - fee.ideal_kr)}"
else:
    finding = "Inget tak påverkar avgiften"
theme.show_chart(
    bridge(result, fee),
    f"{finding}: utan tak {kr(fee.ideal_kr)}, avgift {kr(fee.fee_kr)}.",
    heading=finding,
    key="bro",
    height=340,
)
st.header("Så räknas avgiften")
show_steps(steps)

if change_found:
    st.header(f"Varför inte som {asked.year - 1}?")
    show_change(change_found, asked.year - 1, asked.year)
    if asked.scenario or question.is_tried(asked):
        st.caption(f"{asked.year - 1} räknas enligt gällande avtal och standardläsarterna.")
else:
    st.markdown(
        f"Avtalet gäller från {asked.year} (K10). Det finns inget tidigare år att jämföra med."
    )
st.caption(escape_markdown(" ".join(question.grounds(asked, result))))
