"""Sida: vad betalar varje part, och går det ihop med ramen?"""

from fractions import Fraction

import streamlit as st

from analytics.fees.payments import Fee
from analytics.files.export import Field
from analytics.swedish import (
    date_text,
    decimal,
    delta_kr,
    escape_markdown,
    kr,
    percent,
    sort_key,
    whole,
)
from pages.parts.fees import kommun_map
from pages.parts.frame import address, controls, keys as frame_keys, question
from pages.parts.widgets import bar_charts, downloads, theme
from pages.parts.widgets.html_table import Column, show_table
from pages.parts.widgets.sentences import gap, summary


def span(low: Fraction, high: Fraction) -> str:
    """Print a span, or one figure where two decimals tell no difference."""
    first, last = decimal(low, 4), decimal(high, 4)
    return first if first == last else f"{first}–{last}"


NAME = {"kommuner": "Kommun", "ovriga": "Övrig aktör"}

st.title("Fördelning")
answer = st.container()
with st.expander("Pröva andra värden", expanded=True):
    controls.values()
with st.expander("Pröva andra läsarter av avtalet"):
    controls.readings()
    st.button("Återställ allt till avtalet", key="ater_allt", on_click=address.reset)

asked = question.asked()
result = question.result(asked)
in_force = question.result(question.in_force(asked.year))
with answer:
    st.markdown(f"**{escape_markdown(summary(result))}**")
    with st.container(horizontal=True, gap="large"):
        for block in result.block:
            st.metric(
                escape_markdown(f"{block.name} ({block.clause})"),
                kr(block.financed_kr),
                width="content",
            )
        st.metric(
            "Ofinansierat" if result.unfunded_kr >= 0 else "Mer än ramen",
            kr(abs(result.unfunded_kr)),
            width="content",
        )

day = result.population()
kommun_rows = [p for p in result.parties if p.count]
others = [p for p in result.parties if not p.count]
left, right = st.columns([3, 2], gap="large")
if kommun_rows:
    rates = sorted((Fraction(p.fee_kr, p.count.count), p.name) for p in kommun_rows)
    held = [p for p in kommun_rows if p.at_ceiling]
    finding = (
        f"{len(held)} av {len(kommun_rows)} kommuner står vid taket"
        if held
        else f"Kommunerna betalar {span(rates[0][0], rates[-1][0])} kr per invånare"
    )
    with left:
        theme.show_chart(
            bar_charts.per_inhabitant(kommun_rows, result.ceiling_clause(kommun_rows[0].block)),
            f"{finding}. Lägst är {rates[0][1]} med {decimal(rates[0][0], 4)} kr per invånare och "
            f"högst {rates[-1][1]} med {decimal(rates[-1][0], 4)} kr. Alla värden står i tabellen.",
            heading=finding,
            key="per_invanare",
            height=720,
        )
if others:
    unit = min(p.fee_kr / p.weight for p in others)
    finding = f"En verksamhetsandel kostar {kr(int(unit))}"
    with right:
        theme.show_chart(
            bar_charts.bars(others),
            f"{finding}. " + " ".join(f"{p.name} betalar {kr(p.fee_kr)}." for p in others),
            heading=finding,
            key="ovriga",
            height=460,
        )


def with_status(p: Fee) -> str | None:
    """The status of a party's own figure, where it is not the one in the heading."""
    return p.count.status if p.count and day and p.count.status != day[1] else None


def row(p: Fee) -> dict[str, object]:
    before = in_force.party(p.party)
    return {
        "part": p.party,
        "namn": p.name,
        "block": NAME.get(p.block, p.block),
        "invanare": p.count.count if p.count else "",
        "status": p.count.status if p.count else "",
        "egen_status": with_status(p),
        "andelar": "" if p.count else p.weight,
        "ideal": p.ideal_kr,
        "tak": "" if p.ceiling_kr is None else p.ceiling_kr,
        "avgift": p.fee_kr,
        "skillnad": p.fee_kr - (before.fee_kr if before else 0),
        "per_inv": Fraction(p.fee_kr, p.count.count) if p.count else "",
        "andel": Fraction(p.fee_kr, result.frame_kr or 1),
        "vid_tak": p.at_ceiling,
    }


rows = sorted((row(p) for p in result.parties), key=lambda r: (r["block"], sort_key(r["namn"])))
st.header("Alla parter")
show_table(
    rows,
    [
        Column("namn", "Part", mark_of=lambda r: "vid taket" if r["vid_tak"] else None),
        Column("avgift", "Avgift, kr", whole, number=True),
        Column("skillnad", "Mot gällande avtal, kr", delta_kr, number=True),
        Column("ideal", "Utan tak, kr", whole, number=True),
        Column("tak", "Tak, kr", whole, number=True),
        Column("per_inv", "Kr per invånare", lambda v: decimal(v, 4), number=True),
        Column("andel", "Del av ramen", lambda v: percent(v, 2), number=True),
        Column(
            "invanare",
            f"Invånare {date_text(day[0])} ({day[1]})" if day else "Invånare",
            whole,
            number=True,
            mark_of=lambda r: r["egen_status"],
        ),
        Column(
            "andelar", "Andelar, antal", lambda v: decimal(v, 0 if v == int(v) else 2), number=True
        ),
    ],
    f"Avgifter {asked.year} för alla parter. Välj ett namn för att se hur avgiften räknas.",
    key="parter",
    link=lambda r: address.link_to("min_avgift", {"part": str(r["part"])}),
    highlight=lambda r: r["part"] == st.session_state[frame_keys.PARTY],
    total={
        "namn": "Alla parter",
        "avgift": result.financed_kr,
        "skillnad": result.financed_kr - in_force.financed_kr,
        "ideal": sum(p.ideal_kr for p in result.parties),
        "tak": "",
        "per_inv": "",
        "andel": Fraction(result.financed_kr, result.frame_kr or 1),
        "invanare": sum(p.count.count for p in kommun_rows),
        "andelar": sum((p.weight for p in others), Fraction(0)),
    },
)
st.markdown(
    f"Avgifter {kr(result.financed_kr)} + ofinansierat {kr(result.unfunded_kr)} = ramen "
    f"{kr(result.frame_kr)}."
)
downloads.buttons(
    [{k: None if v == "" else v for k, v in row.items()} for row in rows],
    [
        Field("part", "Id", "party"),
        Field("namn", "Part", "name"),
        Field("block", "Block", "block"),
        Field("invanare", f"Invånare {date_text(day[0])}" if day else "Invånare", "inhabitants"),
        Field("status", "Folkmängdens status", "inhabitants_status"),
        Field("andelar", "Andelar, antal", "shares", 2),
        Field("ideal", "Utan tak, kr", "ideal_kr"),
        Field("tak", "Tak, kr", "ceiling_kr"),
        Field("avgift", "Avgift, kr", "fee_kr"),
        Field("skillnad", "Mot gällande avtal, kr", "change_kr"),
        Field("per_inv", "Kr per invånare", "kr_per_inhabitant", 6),
        Field("andel", "Del av ramen", "share_of_frame", 6),
    ],
    f"avgifter-{asked.year}",
    f"Avgifter {asked.year}",
    question.grounds(asked, result),
)
st.caption(escape_markdown(" ".join([f"{gap(result)}.", *question.grounds(asked, result)])))
if kommun_rows:
    st.header("Karta")
    before = None
    if asked.year > question.years_in_agreement()[0]:
        before = question.result(question.in_force(asked.year - 1))
    kommun_map.show(kommun_rows, before)
