"""Draws a comparison: what differs in words, the dot plot of change per party, the tables."""

from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from analytics.files.export import Field
from analytics.scenario import comparison_words
from analytics.scenario.compare import CaseOutcome, Comparison, Difference
from analytics.swedish import decimal, delta_kr, escape_markdown, kr, percent, sort_key, whole
from pages.parts.frame import address, keys as frame_keys, question
from pages.parts.widgets import downloads, theme
from pages.parts.widgets.html_table import Column, show_table

MARKS = (
    ("circle", theme.ACCENT),
    ("diamond", theme.ATTENTION),
    ("square", theme.CATEGORY_COLOUR["kommun"]),
    ("triangle-up", theme.CATEGORY_COLOUR["blåljus"]),
    ("cross", theme.CATEGORY_COLOUR["trafik"]),
    ("x", theme.GREY),
    ("star", theme.INK),
    ("circle-open", theme.ACCENT),
)
MEASURES = {"kr": "kr", "procent": "%", "inv": "kr per invånare och år"}


def span(found: Comparison) -> str:
    first, last = found.year[0], found.year[-1]
    return str(first) if first == last else f"{first}–{last}"


def with_sign(value: Fraction | None, text: str) -> str:
    return f"+{text}" if value is not None and value > 0 and text.strip("0,\xa0%") else text


def show(found: Comparison) -> None:
    """Everything about one comparison, in the order it is read."""
    _differences(found)
    st.header("Vem betalar mer, vem mindre?")
    in_words(found)
    if not found.outcome:
        return
    _total(found)
    _dots(found)
    _parties(found)


def _differences(found: Comparison) -> None:
    st.header("Det här skiljer dem åt")
    rows = comparison_words.differences_in_terms(question.agreement(), found)
    if rows:
        st.markdown(
            "\n".join(f"- {escape_markdown(comparison_words.sentence(row, found))}" for row in rows)
        )
    else:
        st.markdown(escape_markdown(f"Inget: alla har samma villkor {span(found)}."))
    for sentence in comparison_words.same_answer(question.agreement(), found):
        st.markdown(escape_markdown(sentence))


def in_words(found: Comparison) -> None:
    """For each scenario: who pays more, who less and how much; or why it has no figures."""
    for u in found.outcome:
        words = comparison_words.in_words(u, found.year)
        st.markdown(
            f"**{escape_markdown(u.scenario.name)}** ({escape_markdown(u.scenario.status)}). "
            f"{escape_markdown(words)}"
        )
    for item, why in found.without:
        st.warning(escape_markdown(f"”{item.name}” kan inte räknas {span(found)}: {why}"))


def _total(found: Comparison) -> None:
    rows = [
        {
            "id": u.scenario.id,
            "namn": u.scenario.name,
            "status": u.scenario.status if u.scenario.id else "gäller",
            "ram": u.frame_kr,
            "finansierat": u.financed_kr,
            "ofinansierat": u.unfunded_kr,
            "mer": len(u.more),
            "mindre": len(u.less),
            "lika": len(u.equal),
        }
        for u in (found.in_force, *found.outcome)
    ]
    show_table(
        rows,
        [
            Column("namn", "Scenario"),
            Column("status", "Status"),
            Column("ram", "Ram, kr", whole, number=True),
            Column("finansierat", "Finansierat, kr", whole, number=True),
            Column("ofinansierat", "Ofinansierat, kr", whole, number=True),
            Column("mer", "Betalar mer, antal", whole, number=True),
            Column("mindre", "Betalar mindre, antal", whole, number=True),
            Column("lika", "Oförändrat, antal", whole, number=True),
        ],
        f"Ram och utfall {span(found)} mot gällande avtal. Välj ett namn för att se scenariot i "
        "hela appen.",
        key="jamfor_summa",
        link=lambda r: address.link_to("fordelning", {"scenario": str(r["id"])}),
        highlight=lambda r: r["id"] == st.session_state[frame_keys.SCENARIO],
    )


def _ordered(found: Comparison) -> list[tuple[str, str]]:
    """Every party with a fee in force, the most changed last (which is on top of the chart)."""
    most: dict[tuple[str, str], Fraction] = {}
    for p in (p for u in found.outcome for p in u.parties if p.andel is not None):
        known = most.get((p.party, p.block), Fraction(0))
        most[p.party, p.block] = max(known, p.andel, key=abs)
    names = _name(found)
    return sorted(most, key=lambda key: (most[key], sort_key(names[key])))


def _name(found: Comparison) -> dict[tuple[str, str], str]:
    return {(p.party, p.block): p.name for u in found.outcome for p in u.parties}


def _dots(found: Comparison) -> None:
    """One row per party, one mark per scenario: the change in percent, on one scale for all."""
    order, names = _ordered(found), _name(found)
    fig = go.Figure()
    for n, (u, (symbol, colour)) in enumerate(zip(found.outcome, MARKS, strict=False)):
        by_party = {(p.party, p.block): p for p in u.parties}
        shown = [key for key in order if key in by_party and by_party[key].andel is not None]
        fig.add_scatter(
            x=[float(by_party[key].andel * 100) for key in shown],
            y=[names[key] for key in shown],
            mode="markers",
            name=u.scenario.name,
            marker={"symbol": symbol, "color": colour, "size": 18 - 11 * n // len(MARKS)},
            customdata=[delta_kr(by_party[key].delta_kr) for key in shown],
            hovertemplate="%{y}: %{customdata}, %{x:.1f} %<extra></extra>",
        )
    fig.add_vline(x=0, line={"color": theme.GREY, "width": 1})
    fig.update_yaxes(categoryorder="array", categoryarray=[names[k] for k in order], showgrid=True)
    fig.update_xaxes(title="ändring av avgiften mot gällande avtal, procent", ticksuffix=" %")
    fig.update_layout(showlegend=True)
    finding = _finding(found)
    theme.show_chart(
        fig,
        f"{finding}. Varje part är en rad, varje scenario ett märke. Alla värden står i tabellen.",
        heading=finding,
        key="jamfor_punkter",
        height=140 + 22 * len(order),
    )
    new = sorted({names[key] for key in names if key not in order}, key=sort_key)
    without = (
        f" {', '.join(new)} har ingen avgift i gällande avtal och därför ingen procent." * bool(new)
    )
    st.caption(
        escape_markdown(
            f"Märken som ligger på varandra är lika; det minsta ligger överst.{without}"
        )
    )


def _finding(found: Comparison) -> str:
    changed = [(p, u) for u in found.outcome for p in u.parties if p.andel]
    if not changed:
        return f"Ingen part betalar annat än i dag {span(found)}"
    p, u = max(changed, key=lambda pair: abs(pair[0].andel))
    change = with_sign(p.andel, percent(p.andel, 1))
    return f"Störst ändring {span(found)}: {p.name} {change} i {u.scenario.name}"


def _parties(found: Comparison) -> None:
    st.header("Alla parter")
    measures = list(MEASURES)
    if len(found.outcome) > 2:
        chosen = st.radio(
            "Visa skillnaden i",
            measures,
            format_func=lambda m: MEASURES[m],
            horizontal=True,
            key="jamfor_matt",
        )
        measures = [chosen]
    names = _name(found)
    before = {(p.party, p.block): p.before_kr for u in found.outcome for p in u.parties}
    rows = []
    for key in sorted(names, key=lambda k: (k[1], sort_key(names[k]))):
        row: dict[str, object] = {"part": key[0], "namn": names[key], "fore": before[key]}
        for n, u in enumerate(found.outcome):
            p = next((p for p in u.parties if (p.party, p.block) == key), None)
            row |= _measures(n, p)
        rows.append(row)
    columns = [
        Column("namn", "Part"),
        Column("fore", f"Gällande avtal {span(found)}, kr", whole, number=True),
    ]
    for n, u in enumerate(found.outcome):
        columns += [_column(n, u, measure) for measure in measures]
    total = {"namn": "Alla parter", "fore": found.in_force.financed_kr}
    for n, u in enumerate(found.outcome):
        totals = u.financed_kr - found.in_force.financed_kr
        share = Fraction(totals, found.in_force.financed_kr or 1)
        total |= {f"kr{n}": totals, f"procent{n}": share, f"inv{n}": ""}
    show_table(
        rows,
        columns,
        f"Skillnad mot gällande avtal {span(found)}, alla parter.",
        key="jamfor_parter",
        highlight=lambda r: r["part"] == st.session_state[frame_keys.PARTY],
        link=lambda r: address.link_to("min_avgift", {"part": str(r["part"])}),
        total=total,
        height=640,
    )
    _files(found, rows)


def _measures(n: int, p: Difference | None) -> dict[str, object]:
    return {
        f"kr{n}": p.delta_kr if p else 0,
        f"procent{n}": "" if p is None or p.andel is None else p.andel,
        f"inv{n}": "" if p is None or p.per_inhabitant is None else p.per_inhabitant,
    }


def _column(n: int, u: CaseOutcome, measure: str) -> Column:
    prints = {
        "kr": delta_kr,
        "procent": lambda v: with_sign(v, percent(v, 1)),
        "inv": lambda v: with_sign(v, decimal(v, 4)),
    }
    return Column(
        f"{measure}{n}", f"{u.scenario.name}, {MEASURES[measure]}", prints[measure], number=True
    )


def _files(found: Comparison, rows: list[dict[str, object]]) -> None:
    fields = [
        Field("part", "Id", "party"),
        Field("namn", "Part", "name"),
        Field("fore", "Gällande avtal, kr", "in_force_kr"),
    ]
    for n, u in enumerate(found.outcome):
        fields += [
            Field(f"kr{n}", f"{u.scenario.name}, kr", f"change_kr_{n + 1}"),
            Field(f"procent{n}", f"{u.scenario.name}, andel", f"change_share_{n + 1}", 6),
            Field(f"inv{n}", f"{u.scenario.name}, kr per invånare", f"change_per_inh_{n + 1}", 6),
        ]
    about = [f"{question.agreement().name}, {span(found)}, mot gällande avtal."]
    rows_out = comparison_words.differences_in_terms(question.agreement(), found)
    about += [comparison_words.sentence(row, found) for row in rows_out]
    for u in found.outcome:
        about.append(f"{u.scenario.name}: {kr(u.frame_kr)} i ram, {u.scenario.status}.")
    downloads.buttons(
        [{k: None if v == "" else v for k, v in row.items()} for row in rows],
        fields,
        f"jamforelse-{found.year[0]}-{found.year[-1]}",
        "Jämförelse",
        about,
    )
