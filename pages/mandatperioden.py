"""Sida: vad måste beslutas när, och vad är möjligt de närmaste fyra åren?"""

from datetime import date

import streamlit as st

from analytics import arshjul, database, term
from analytics.swedish import datum, decimal, delta_kr, kr, md, sort_key, tal
from analytics.term import Utfall
from pages.parts import alternativ, keys, mandatbilder, osakerhet, theme, vy
from pages.parts.table import Kolumn, tabell


def okar(outcome: Utfall) -> list[tuple[str, int]]:
    """Return who pays more in the last year than today, by how much, the largest first."""
    before = {p.part: p.avgift_kr for p in today.parter}
    last = outcome.ar[-1].resultat
    rows = [(p.namn, p.avgift_kr - before.get(p.part, 0)) for p in last.parter]
    return sorted([row for row in rows if row[1] > 0], key=lambda row: -row[1])


def svar(outcome: Utfall) -> str:
    """Say what happens under one option: what stops it, what is missing, who pays more."""
    name, stop, more = outcome.alternativ.namn, outcome.forsta_stopp, okar(outcome)
    if stop:
        missing = stop.resultat.ofinansierat_kr
        text = (
            f"{name}: {stop.stopp[1]} stoppar ramen redan {stop.year}. {kr(missing)} fattas då "
            f"och {kr(outcome.ofinansierat_kr)} under hela perioden."
        )
    else:
        text = f"{name}: ingen klausul stoppar ramen {years[0]}–{years[-1]}."
    if more:
        text += (
            f" {len(more)} av {len(today.parter)} parter betalar mer {years[-1]} än {this_year}."
        )
    return text


def kriterier(outcome: Utfall) -> dict[str, object]:
    stop, more, last = outcome.forsta_stopp, okar(outcome), outcome.ar[-1]
    return {
        "namn": outcome.alternativ.namn,
        "forsta": outcome.ar[0].ram_kr,
        "sista": last.ram_kr,
        "real": last.realvarde_kr,
        "tak": last.tak,
        "stopp": f"{stop.year}, {stop.stopp[1]}" if stop else "ingen",
        "fattas": outcome.ofinansierat_kr,
        "fler": len(more),
        "mest": f"{more[0][0]} {delta_kr(more[0][1])}" if more else "ingen",
        "status": last.status,
    }


asked = vy.fraga()
this_year = min(max(date.today().year, vy.ar_i_avtalet()[0]), vy.ar_i_avtalet()[-1])  # noqa: DTZ011
start = next(y for y in range(2015, 2100, 4) if y + 3 >= max(asked.ar, this_year + 1))
years = [y for y in range(start, start + 4) if y in vy.ar_i_avtalet()]
today = vy.resultat(vy.Fraga(this_year, (), tuple(vy.avtal().lasarter().items())))
st.title("Mandatperioden")
answer = st.container()
with st.container(key="alternativen"):
    st.header("Alternativen")
    rate = alternativ.takt()
    options = alternativ.valj(years, rate)
outcomes = term.rakna(database.shared(), vy.avtal(), vy.uppgift(asked).rader, options, years, rate)
with answer:
    if not outcomes:
        st.markdown("**Inget alternativ går att räkna. Rätta det som är markerat nedanför.**")
        st.stop()
    worst = max(outcomes, key=lambda o: o.ofinansierat_kr)
    st.markdown(f"**{md(svar(worst))}**")
    st.metric(
        md(f"Fattas {years[0]}–{years[-1]}, {worst.alternativ.namn}"), kr(worst.ofinansierat_kr)
    )
    finding = (
        f"{worst.forsta_stopp.stopp[1]} stoppar ”{worst.alternativ.namn}” från "
        f"{worst.forsta_stopp.year}"
        if worst.forsta_stopp
        else "Alla alternativ är helt finansierade"
    )
    theme.diagram(
        mandatbilder.ramar(outcomes),
        f"{finding}. " + " ".join(svar(outcome) for outcome in outcomes),
        rubrik=finding,
        key="ramar",
        height=400,
    )
    tabell(
        [kriterier(outcome) for outcome in outcomes],
        [
            Kolumn("namn", "Alternativ"),
            Kolumn("forsta", f"Ram {years[0]}, kr", tal, tal=True),
            Kolumn("sista", f"Ram {years[-1]}, kr", tal, tal=True),
            Kolumn("real", f"Ram {years[-1]} i 2015 års priser, kr", tal, tal=True),
            Kolumn("tak", f"Tak {years[-1]}, kr per invånare", lambda v: decimal(v, 2), tal=True),
            Kolumn("stopp", "Stoppas först"),
            Kolumn("fattas", "Fattas i perioden, kr", tal, tal=True),
            Kolumn("fler", f"Betalar mer än {this_year}, antal", tal, tal=True),
            Kolumn("mest", "Höjs mest"),
            Kolumn("status", "Indexets status"),
        ],
        f"Alternativen {years[0]}–{years[-1]} på samma mått. Det som fattas betalas av ingen.",
        key="kriterier",
        sorterbar=False,
    )

st.header("År för år")
tabell(
    [
        {
            "namn": outcome.alternativ.namn,
            "ar": str(year.year),
            "ram": year.ram_kr,
            "finansierat": year.resultat.finansierat_kr,
            "fattas": year.resultat.ofinansierat_kr,
            "stopp": year.stopp[1] if year.stopp else "",
            "folk": year.resultat.folkmangd()[1] if year.resultat.folkmangd() else "",
        }
        for outcome in outcomes
        for year in outcome.ar
    ],
    [
        Kolumn("namn", "Alternativ"),
        Kolumn("ar", "År"),
        Kolumn("ram", "Ram, kr", tal, tal=True),
        Kolumn("finansierat", "Finansieras, kr", tal, tal=True),
        Kolumn("fattas", "Fattas, kr", tal, tal=True),
        Kolumn("stopp", "Klausul"),
        Kolumn("folk", "Folkmängdens status"),
    ],
    "Ram, finansiering och det som fattas per år",
    key="ar_for_ar",
)
for outcome in outcomes:
    st.markdown(md(svar(outcome)))

st.header("Avgift per part och år")
names = [outcome.alternativ.namn for outcome in outcomes]
which = st.selectbox("Alternativ", range(len(names)), format_func=lambda n: names[n], width=330)
shown = outcomes[min(which, len(outcomes) - 1)]
before = {p.part: p.avgift_kr for p in today.parter}
fees = {year.year: {p.part: p for p in year.resultat.parter} for year in shown.ar}
parties = {p.part: p.namn for year in shown.ar for p in year.resultat.parter}
tabell(
    [
        {
            "part": part,
            "namn": parties[part],
            "nu": before.get(part),
            **{str(y): fees[y][part].avgift_kr if part in fees[y] else 0 for y in years},
            "andring": fees[years[-1]][part].avgift_kr - before.get(part, 0),
            "vid_tak": any(part in fees[y] and fees[y][part].vid_tak for y in years),
        }
        for part in sorted(parties, key=lambda part: sort_key(parties[part]))
    ],
    [
        Kolumn("namn", "Part", marke=lambda r: "vid taket" if r["vid_tak"] else None),
        Kolumn("nu", f"{this_year}, kr", tal, tal=True),
        *(Kolumn(str(y), f"{y}, kr", tal, tal=True) for y in years),
        Kolumn("andring", f"{years[-1]} mot {this_year}, kr", delta_kr, tal=True),
    ],
    f"Avgifter under ”{shown.alternativ.namn}”. ”Vid taket” minst ett av åren.",
    key="avgifter",
    hojd=560,
    framhav=lambda r: r["part"] == st.session_state[keys.PARTY],
)
theme.diagram(
    mandatbilder.sma(outcomes, this_year, before),
    "En liten bild per part med avgiften per år under varje alternativ, i kronor med egen skala. "
    "Värdena står i tabellen ovanför.",
    rubrik="Avgiften per år för varje part, egen skala i varje ruta",
    key="sma",
    height=mandatbilder.hojd(outcomes),
)

st.header("Hur säkert är det?")
osakerhet.visa(shown, vy.uppgift(asked).rader)

st.header("Vad måste beslutas när?")
events = [e for y in (start - 1, start) for e in arshjul.i_aret(y)]
notice = date(start, 6, 30)
tabell(
    [
        {
            "datum": f"omkring {datum(e.datum)}" if e.ungefar else datum(e.datum),
            "vad": e.vad,
            "klausul": e.klausul or "",
            "fore": (notice - e.datum).days,
        }
        for e in events
        if e.datum <= notice
    ],
    [
        Kolumn("datum", "Datum"),
        Kolumn("vad", "Vad"),
        Kolumn("klausul", "Klausul"),
        Kolumn("fore", f"Dagar före {datum(notice)}", tal, tal=True),
    ],
    f"Beslutskalendern bakåt från {datum(notice)}, sista dag att lämna inför {start + 1} (K11)",
    key="beslutskalender",
    sorterbar=False,
)
st.markdown(
    f"En ram som höjs i november {start - 1} kan ingen lämna före utgången av {start}: sista dag "
    f"för uppsägning inför {start} var {datum(date(start - 1, 6, 30))} (K11)."
)
