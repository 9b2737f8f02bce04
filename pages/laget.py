"""Sida: är året finansierat, på vilka villkor, och vad händer härnäst?"""

from datetime import date

import plotly.graph_objects as go
import streamlit as st

from analytics.agreement import parties
from analytics.budget import versions
from analytics.fees.payments import FeeResult
from analytics.followup import status as followup_status
from analytics.followup.wording import row_of_year
from analytics.reference import database
from analytics.rotation import register as rotation_register, view
from analytics.store import posts as store_posts
from analytics.swedish import date_text, escape_markdown, kr, percent, whole
from analytics.term import calendar
from pages.parts.frame import navigation, question
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table
from pages.parts.widgets.sentences import gap, summary

asked = question.asked()
result = question.result(asked)


def halves(result: FeeResult) -> go.Figure:
    """What each block should finance, and how much of it the parties pay."""
    names = [block.name for block in result.block][::-1]
    paid = [min(block.financed_kr, block.target_kr) for block in result.block][::-1]
    gap = [max(block.unfunded_kr, 0) for block in result.block][::-1]
    over = [max(-block.unfunded_kr, 0) for block in result.block][::-1]
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


def surroundings() -> list[str]:
    """Say whether the kansli is staffed today, and whether the year is on budget."""
    db, saved = database.shared(), store_posts.shared()
    rows = parties.party_rows(db, question.agreement())
    loans, names = rotation_register.all_inlan(db, saved), view.name_of(rows)
    lines = [view.staffing(loans, date.today(), names)]  # noqa: DTZ011
    if versions.decided_budget(saved, asked.year) is not None:
        tertial = followup_status.latest_tertial(db, saved, asked.year)
        lines.append(row_of_year(followup_status.status_of(db, saved, asked.year, tertial)))
    return lines


st.title("Läget")
st.markdown(f"**{escape_markdown(summary(result))}**")
with st.container(horizontal=True, gap="large"):
    st.metric("Rambudget (K1)", kr(result.frame_kr), width="content")
    st.metric("Betalas av parterna", kr(result.financed_kr), width="content")
    word = "Ofinansierat" if result.unfunded_kr >= 0 else "Mer än ramen"
    st.metric(word, kr(abs(result.unfunded_kr)), width="content")

for line in surroundings():
    st.markdown(escape_markdown(line))

theme.show_chart(
    halves(result),
    f"{gap(result)}. "
    + " ".join(
        f"{block.name} ska finansiera {kr(block.target_kr)} och betalar {kr(block.financed_kr)}."
        for block in result.block
    ),
    heading=gap(result),
    key="halvor",
    height=230,
)
show_table(
    [
        {
            "block": block.name,
            "klausul": block.clause,
            "parter": sum(p.block == block.id for p in result.parties),
            "mal": block.target_kr,
            "betalas": block.financed_kr,
            "rest": block.unfunded_kr,
            "tak": sum(p.at_ceiling for p in result.parties if p.block == block.id),
        }
        for block in result.block
    ],
    [
        Column("block", "Block"),
        Column("klausul", "Klausul"),
        Column("parter", "Betalande parter, antal", whole, number=True),
        Column("mal", "Ska finansiera, kr", whole, number=True),
        Column("betalas", "Betalas, kr", whole, number=True),
        Column("rest", "Ofinansierat, kr", whole, number=True),
        Column("tak", "Vid sitt tak, antal", whole, number=True),
    ],
    f"Vad varje block finansierar {asked.year}",
    key="block",
    total={
        "block": "Ramen",
        "klausul": "K1",
        "parter": len(result.parties),
        "mal": sum(block.target_kr for block in result.block),
        "betalas": result.financed_kr,
        "rest": result.unfunded_kr,
        "tak": sum(p.at_ceiling for p in result.parties),
    },
    sortable=False,
)

st.header("Vad vill du veta?")
with st.container(key="dorrar"):
    for page in navigation.PAGES[1:]:
        with st.container(gap="xxsmall"):
            st.page_link(page.file, label=f"**{page.title}**")
            st.markdown(page.ask)

st.header("Så är avtalet läst")
show_table(
    [
        {
            "punkt": f"{t.id} {t.ask}",
            "klausul": t.clause,
            "lasart": t.readings[dict(asked.readings)[t.id]].name,
            "text": t.readings[dict(asked.readings)[t.id]].text,
            "avviker": "avviker" if dict(asked.readings)[t.id] != t.standard else "standard",
        }
        for t in question.agreement().open_points.values()
    ],
    [
        Column("punkt", "Öppen punkt"),
        Column("klausul", "Klausul"),
        Column("lasart", "Läsart"),
        Column("avviker", "Mot standard"),
        Column("text", "Innebär"),
    ],
    "Öppna punkter i avtalet och de läsarter som resultatet bygger på",
    key="lasarter",
    sortable=False,
)

st.header("Vad händer härnäst?")
today = date.today()  # noqa: DTZ011
show_table(
    [
        {
            "datum": f"omkring {date_text(h.day)}" if h.roughly else date_text(h.day),
            "vad": h.what,
            "klausul": h.clause or "",
            "dagar": (h.day - today).days,
        }
        for h in calendar.upcoming(today, 7)
    ],
    [
        Column("datum", "Datum"),
        Column("vad", "Vad"),
        Column("klausul", "Klausul"),
        Column("dagar", "Om, dagar", whole, number=True),
    ],
    f"De närmaste datumen i avtalets kalender, räknat från {date_text(today)}",
    key="kalender",
    sortable=False,
)
share = question.share_for_inlan(date(asked.year, 1, 1))
st.markdown(
    f"Av ramen går {percent(share, 1)} till ersättning för inlånad personal och resten till "
    f"gemensamt arbete (K2). {escape_markdown(question.agreement().clauses['K10'].text)}"
)
