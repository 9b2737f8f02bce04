"""Sida: vilka clauses kan läsas på flera sätt, och vad är varje läsart värd?"""

import plotly.graph_objects as go
import streamlit as st

from analytics.agreement.contract import OpenPoint
from analytics.errors import AgreementError
from analytics.fees.payments import FeeResult
from analytics.swedish import delta_kr, escape_markdown, kr, sort_key, whole
from pages.parts.frame import address, controls, keys as frame_keys, question
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table

asked = question.asked()


def show_answer(open_point: OpenPoint) -> dict[str, FeeResult | AgreementError]:
    """Return the result of each reading, all else as shown; or why it gives none."""
    found: dict[str, FeeResult | AgreementError] = {}
    for reading in open_point.readings:
        try:
            found[reading] = question.result(asked.with_reading(open_point.id, reading))
        except AgreementError as error:
            found[reading] = error
    return found


def span(open_point: OpenPoint) -> int:
    """Return the most that the choice of reading moves any one party, in kronor."""
    results = [r for r in show_answer(open_point).values() if isinstance(r, FeeResult)]
    fees = [{p.party: p.fee_kr for p in r.parties} for r in results]
    parties = set().union(*fees)
    return max(
        (max(f.get(p, 0) for f in fees) - min(f.get(p, 0) for f in fees) for p in parties),
        default=0,
    )


def values(points: list[OpenPoint]) -> go.Figure:
    """For each reading, how much the parties pay against the frame."""
    fig = go.Figure()
    labels, paid, colours = [], [], []
    for point in points:
        for reading, result in show_answer(point).items():
            if isinstance(result, FeeResult):
                labels.append(f"{point.id} {point.readings[reading].name}")
                paid.append(result.financed_kr)
                chosen = dict(asked.readings)[point.id] == reading
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


points = [t for t in question.agreement().open_points.values() if t.holds == "avgift"]
moved = {t.id: span(t) for t in points}
largest = max(points, key=lambda t: moved[t.id])
st.title("Tolkningar")
if moved[largest.id]:
    st.markdown(
        f"**Avtalet kan läsas på flera sätt i {len(question.agreement().open_points)} punkter. "
        "Mest betyder "
        f"{escape_markdown(largest.id)} {asked.year}: {escape_markdown(largest.ask)} Valet "
        "flyttar upp till "
        f"{kr(moved[largest.id])} för en part.**"
    )
else:
    st.markdown(f"**Inget val av läsart ändrar någon parts avgift {asked.year}.**")
shown = [t for t in points if moved[t.id]]
if shown:
    theme.show_chart(
        values(shown),
        f"Vad parterna betalar tillsammans under varje läsart av "
        f"{', '.join(t.id for t in shown)}. Beloppen står i tabellerna.",
        heading=f"{len(shown)} av {len(points)} öppna punkter ändrar vad någon betalar "
        f"{asked.year}",
        key="lasarter_belopp",
        height=90 + 44 * sum(len(t.readings) for t in shown),
    )


def show(open_point: OpenPoint) -> None:
    """One open point: choose, and see every reading side by side."""
    st.header(escape_markdown(f"{open_point.id}: {open_point.ask}"))
    st.markdown(
        escape_markdown(
            f"{open_point.clause}: {question.agreement().clauses[open_point.clause].text}"
        )
    )
    if open_point.holds != "avgift":
        for reading in open_point.readings.values():
            default = " (standard)" if reading.id == open_point.standard else ""
            st.markdown(
                f"**{escape_markdown(reading.name)}{default}.** {escape_markdown(reading.text)}"
            )
        st.markdown("Valet gäller faktureringen och ändrar inte årets avgifter.")
        return
    controls.reading(open_point.id)
    found = show_answer(open_point)
    for reading, result in found.items():
        if isinstance(result, AgreementError):
            st.markdown(
                f"Läsarten {escape_markdown(open_point.readings[reading].name)}: "
                f"{escape_markdown(str(result))}"
            )
    results = {r: v for r, v in found.items() if isinstance(v, FeeResult)}
    base = results.get(open_point.standard)
    if not base or len(results) < 2:
        return
    fees = {r: {p.party: p.fee_kr for p in v.parties} for r, v in results.items()}
    names = {p.party: p.name for v in results.values() for p in v.parties}
    changed = {p for p in names if len({fees[r].get(p) for r in results}) > 1}
    if not changed and len({v.unfunded_kr for v in results.values()}) == 1:
        st.markdown(f"Läsarterna ger samma avgift för alla parter {asked.year}.")
        return
    titles = {r: open_point.readings[r].name for r in results}
    others = [r for r in results if r != open_point.standard]
    columns = [Column("namn", "Part")]
    columns += [
        Column(
            r,
            f"{titles[r]}{' (standard)' if r == open_point.standard else ''}, kr",
            whole,
            number=True,
        )
        for r in results
    ]
    columns += [
        Column(f"d_{r}", f"{titles[r]} mot standard, kr", delta_kr, number=True) for r in others
    ]

    def row(name: str, amounts: dict[str, int]) -> dict[str, object]:
        return {
            "namn": name,
            **amounts,
            **{f"d_{r}": amounts[r] - amounts[open_point.standard] for r in others},
        }

    rows = [
        {"part": party, **row(names[party], {r: fees[r].get(party, 0) for r in results})}
        for party in sorted(names, key=lambda party: sort_key(names[party]))
    ]
    unfunded = row("Ofinansierat", {r: v.unfunded_kr for r, v in results.items()})
    show_table(
        [*rows, {"part": "", **unfunded}],
        columns,
        f"{open_point.id}: varje läsart i kronor {asked.year}, alla parter. {len(changed)} av "
        f"{len(names)} parter berörs.",
        key=f"tabell_{open_point.id}",
        highlight=lambda r: bool(r["part"]) and r["part"] == st.session_state[frame_keys.PARTY],
        link=lambda r: (
            address.link_to("min_avgift", {"part": str(r["part"])}) if r["part"] else None
        ),
        total=row("Ramen", {r: v.frame_kr for r, v in results.items()}),
        height=520,
    )


for open_point in question.agreement().open_points.values():
    show(open_point)
st.button("Återställ allt till avtalet", key="ater_allt", on_click=address.reset)
