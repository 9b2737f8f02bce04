"""Sida: vad måste beslutas när, och vad är möjligt de närmaste fyra åren?"""

from datetime import date

import streamlit as st

from analytics.reference import database
from analytics.swedish import date_text, decimal, delta_kr, escape_markdown, kr, sort_key, whole
from analytics.term import calendar, options as term_options
from analytics.term.options import OptionOutcome
from pages.parts.frame import keys as frame_keys, question
from pages.parts.term import charts, option_form, uncertainty_panel
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table


def increases(outcome: OptionOutcome) -> list[tuple[str, int]]:
    """Return who pays more in the last year than today, by how much, the largest first."""
    before = {p.party: p.fee_kr for p in today.parties}
    last = outcome.year[-1].result
    rows = [(p.name, p.fee_kr - before.get(p.party, 0)) for p in last.parties]
    return sorted([row for row in rows if row[1] > 0], key=lambda row: -row[1])


def show_answer(outcome: OptionOutcome) -> str:
    """Say what happens under one option: what stops it, what is missing, who pays more."""
    name, stop, more = outcome.option.name, outcome.first_stop, increases(outcome)
    if stop:
        missing = stop.result.unfunded_kr
        text = (
            f"{name}: {stop.stop[1]} stoppar ramen redan {stop.year}. {kr(missing)} fattas då "
            f"och {kr(outcome.unfunded_kr)} under hela perioden."
        )
    else:
        text = f"{name}: ingen klausul stoppar ramen {years[0]}–{years[-1]}."
    if more:
        text += (
            f" {len(more)} av {len(today.parties)} parter betalar mer {years[-1]} än {this_year}."
        )
    return text


def criteria(outcome: OptionOutcome) -> dict[str, object]:
    stop, more, last = outcome.first_stop, increases(outcome), outcome.year[-1]
    return {
        "namn": outcome.option.name,
        "forsta": outcome.year[0].frame_kr,
        "sista": last.frame_kr,
        "real": last.real_value_kr,
        "tak": last.ceiling,
        "stopp": f"{stop.year}, {stop.stop[1]}" if stop else "ingen",
        "fattas": outcome.unfunded_kr,
        "fler": len(more),
        "mest": f"{more[0][0]} {delta_kr(more[0][1])}" if more else "ingen",
        "status": last.status,
    }


asked = question.asked()
first, *_, last = question.years_in_agreement()
this_year = min(max(date.today().year, first), last)  # noqa: DTZ011
start = next(y for y in range(2015, 2100, 4) if y + 3 >= max(asked.year, this_year + 1))
years = [y for y in range(start, start + 4) if y in question.years_in_agreement()]
today = question.result(
    question.ViewQuestion(this_year, (), tuple(question.agreement().readings().items()))
)
st.title("Mandatperioden")
answer = st.container()
with st.container(key="alternativen"):
    st.header("Alternativen")
    rate = option_form.pace()
    options = option_form.choose(years, rate)
outcomes = term_options.compute(
    database.shared(),
    question.agreement(),
    question.make_question(asked).rows,
    options,
    years,
    rate,
)
with answer:
    if not outcomes:
        st.markdown("**Inget alternativ går att räkna. Rätta det som är markerat nedanför.**")
        st.stop()
    worst = max(outcomes, key=lambda o: o.unfunded_kr)
    st.markdown(f"**{escape_markdown(show_answer(worst))}**")
    st.metric(
        escape_markdown(f"Fattas {years[0]}–{years[-1]}, {worst.option.name}"),
        kr(worst.unfunded_kr),
    )
    finding = (
        f"{worst.first_stop.stop[1]} stoppar ”{worst.option.name}” från {worst.first_stop.year}"
        if worst.first_stop
        else "Alla alternativ är helt finansierade"
    )
    theme.show_chart(
        charts.frames(outcomes),
        f"{finding}. " + " ".join(show_answer(outcome) for outcome in outcomes),
        heading=finding,
        key="ramar",
        height=400,
    )
    show_table(
        [criteria(outcome) for outcome in outcomes],
        [
            Column("namn", "Alternativ"),
            Column("forsta", f"Ram {years[0]}, kr", whole, number=True),
            Column("sista", f"Ram {years[-1]}, kr", whole, number=True),
            Column("real", f"Ram {years[-1]} i 2015 års priser, kr", whole, number=True),
            Column(
                "tak", f"Tak {years[-1]}, kr per invånare", lambda v: decimal(v, 2), number=True
            ),
            Column("stopp", "Stoppas först"),
            Column("fattas", "Fattas i perioden, kr", whole, number=True),
            Column("fler", f"Betalar mer än {this_year}, antal", whole, number=True),
            Column("mest", "Höjs mest"),
            Column("status", "Indexets status"),
        ],
        f"Alternativen {years[0]}–{years[-1]} på samma mått. Det som fattas betalas av ingen.",
        key="kriterier",
        sortable=False,
    )

st.header("År för år")
show_table(
    [
        {
            "namn": outcome.option.name,
            "ar": str(year.year),
            "ram": year.frame_kr,
            "finansierat": year.result.financed_kr,
            "fattas": year.result.unfunded_kr,
            "stopp": year.stop[1] if year.stop else "",
            "folk": year.result.population()[1] if year.result.population() else "",
        }
        for outcome in outcomes
        for year in outcome.year
    ],
    [
        Column("namn", "Alternativ"),
        Column("ar", "År"),
        Column("ram", "Ram, kr", whole, number=True),
        Column("finansierat", "Finansieras, kr", whole, number=True),
        Column("fattas", "Fattas, kr", whole, number=True),
        Column("stopp", "Klausul"),
        Column("folk", "Folkmängdens status"),
    ],
    "Ram, finansiering och det som fattas per år",
    key="ar_for_ar",
)
for outcome in outcomes:
    st.markdown(escape_markdown(show_answer(outcome)))

st.header("Avgift per part och år")
names = [outcome.option.name for outcome in outcomes]
which = st.selectbox("Alternativ", range(len(names)), format_func=lambda n: names[n], width=330)
shown = outcomes[min(which, len(outcomes) - 1)]
before = {p.party: p.fee_kr for p in today.parties}
fees = {year.year: {p.party: p for p in year.result.parties} for year in shown.year}
parties = {p.party: p.name for year in shown.year for p in year.result.parties}
show_table(
    [
        {
            "part": party,
            "namn": parties[party],
            "nu": before.get(party),
            **{str(y): fees[y][party].fee_kr if party in fees[y] else 0 for y in years},
            "andring": fees[years[-1]][party].fee_kr - before.get(party, 0),
            "vid_tak": any(party in fees[y] and fees[y][party].at_ceiling for y in years),
        }
        for party in sorted(parties, key=lambda party: sort_key(parties[party]))
    ],
    [
        Column("namn", "Part", mark_of=lambda r: "vid taket" if r["vid_tak"] else None),
        Column("nu", f"{this_year}, kr", whole, number=True),
        *(Column(str(y), f"{y}, kr", whole, number=True) for y in years),
        Column("andring", f"{years[-1]} mot {this_year}, kr", delta_kr, number=True),
    ],
    f"Avgifter under ”{shown.option.name}”. ”Vid taket” minst ett av åren.",
    key="avgifter",
    height=560,
    highlight=lambda r: r["part"] == st.session_state[frame_keys.PARTY],
)
theme.show_chart(
    charts.small_multiples(outcomes, this_year, before),
    "En liten bild per part med avgiften per år under varje alternativ, i kronor med egen skala. "
    "Värdena står i tabellen ovanför.",
    heading="Avgiften per år för varje part, egen skala i varje ruta",
    key="sma",
    height=charts.height(outcomes),
)

st.header("Hur säkert är det?")
uncertainty_panel.show(shown, question.make_question(asked).rows)

st.header("Vad måste beslutas när?")
events = [e for y in (start - 1, start) for e in calendar.events_in_year(y)]
notice = date(start, 6, 30)
show_table(
    [
        {
            "datum": f"omkring {date_text(e.day)}" if e.roughly else date_text(e.day),
            "vad": e.what,
            "klausul": e.clause or "",
            "fore": (notice - e.day).days,
        }
        for e in events
        if e.day <= notice
    ],
    [
        Column("datum", "Datum"),
        Column("vad", "Vad"),
        Column("klausul", "Klausul"),
        Column("fore", f"Dagar före {date_text(notice)}", whole, number=True),
    ],
    f"Beslutskalendern bakåt från {date_text(notice)}, sista dag att lämna inför {start + 1} (K11)",
    key="beslutskalender",
    sortable=False,
)
st.markdown(
    f"En ram som höjs i november {start - 1} kan ingen lämna före utgången av {start}: sista dag "
    f"för uppsägning inför {start} var {date_text(date(start - 1, 6, 30))} (K11)."
)
