"""Sida: vilka siffror räknar vi på, varifrån, från när, och vad saknas?"""

from collections import Counter
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from analytics.errors import ended
from analytics.reference import audit, database, population as reference_population
from analytics.store import posts as store_posts
from analytics.swedish import date_text, date_words, escape_markdown, sort_key, whole
from pages.parts.frame import guard
from pages.parts.frame.act import POPULATION, told
from pages.parts.population import import_panel, vintage_panel
from pages.parts.widgets import theme
from pages.parts.widgets.figure_text import lines
from pages.parts.widgets.html_table import Column, show_table

# symbol, size and colour; an estimate is a ring around the outcome that it completes
MARK = {
    "utfall": ("circle", 8, theme.ACCENT),
    "uppskattad": ("diamond-open", 20, theme.ATTENTION),
    "prognos": ("circle-open", 8, theme.GREY),
}

ACT = {
    "fil": "Läs in en fil",
    "hand": "Sätt en siffra för hand",
    "argangar": "Årgångar",
}
db, store = database.shared(), store_posts.shared()
status = audit.data_status(db)


def coverage(rows: list[dict[str, object]]) -> go.Figure:
    """One row per series, one mark per year that has a figure: the gaps are what is missing."""
    fig = go.Figure()
    for figure_status, (symbol, size, colour) in MARK.items():
        of_status = [row for row in rows if row["status"] == figure_status]
        fig.add_scatter(
            x=[row["ar"] for row in of_status],
            y=[_on_two_lines(row) for row in of_status],
            customdata=[f"{row['antal']} av {row['av']}" for row in of_status],
            mode="markers",
            name=figure_status,
            marker={
                "symbol": symbol,
                "color": colour,
                "size": size,
                "line": {"width": 2, "color": colour},
            },
            hovertemplate="%{y}, %{x}: %{customdata} " + figure_status + "<extra></extra>",
        )
    fig.update_yaxes(
        autorange="reversed",
        categoryorder="array",
        categoryarray=list(dict.fromkeys(_on_two_lines(row) for row in rows)),
        showgrid=True,
        zeroline=False,
    )
    fig.update_xaxes(dtick=5, tickformat="d", showgrid=True, zeroline=False)
    return fig


def _on_two_lines(row: dict[str, object]) -> str:
    """The name of a series, broken at its first space, so that it fits a narrow screen."""
    return lines(*str(row["serie"]).split(" ", 1))


st.title("Data")
st.markdown(f"**{escape_markdown(audit.sentence(status))}**")
st.metric(
    f"Invånare i de {status.kommun_rows} kommunerna {date_text(status.outcome_until)} (utfall)",
    whole(status.inhabitants),
)

rows = audit.year_and_status(db)
june = sorted({row["ar"] for row in rows if row["serie"] == "Folkmängd 30 juni"})
theme.show_chart(
    coverage(rows),
    f"Vilka år varje serie har en siffra. Folkmängden den 31 december är utfall till och med "
    f"{status.outcome_until.year}. Folkmängden den 30 juni finns bara för "
    f"{', '.join(map(str, june))}. Siffrorna står i tabellen nedanför.",
    heading=f"Folkmängden 30 juni finns bara för {', '.join(map(str, june))}",
    key="tackning",
    height=430,
)
if lacking := audit.without_june(db):
    st.markdown(
        "Taket (K4) räknas på folkmängden 30 juni året före. Den saknas för "
        f"{escape_markdown(lacking)} och uppskattas då mellan årsskiftena. SCB publicerar "
        "halvårets siffror i augusti och årsskiftets i slutet av februari; läs in dem under Nya "
        "siffror."
    )
show_table(
    audit.series_list(db),
    [
        Column("serie", "Serie"),
        Column("utfall", "Utfall, år"),
        Column("uppskattad", "Uppskattat, år"),
        Column("prognos", "Prognos, år"),
    ],
    "De år som varje serie har en siffra, efter status",
    key="serier",
    sortable=False,
)

st.header("Stämmer summorna?")
show_table(
    audit.checks(db),
    [
        Column("kontroll", "Kontroll"),
        Column("granskat", "Granskat, st", whole, number=True),
        Column("avviker", "Avviker, st", whole, number=True),
        Column("besked", "Vad kontrollen fann"),
    ],
    "Kontroller av folkmängden, gjorda varje gång programmet startar",
    key="kontroller",
    sortable=False,
)
by_date = audit.by_date(db)
show_table(
    [
        row
        | {
            "delsumma": "" if row["saknas"] is None else row["delsumma"],
            "skillnad": "" if row["lanet"] is None else row["skillnad"],
        }
        for row in by_date
    ],
    [
        Column("datum", "Datum", date_text, number=True),
        Column("kommuner", "Kommuner med siffra, antal", whole, number=True),
        Column("summa", "Deras summa, invånare", whole, number=True),
        Column("delsumma", "De övrigas kända summa, invånare", whole, number=True),
        Column("lanet", "Länet enligt källan, invånare", whole, number=True),
        Column("skillnad", "Skillnad, invånare", whole, number=True),
    ],
    "Kommunernas folkmängd mot länets, per datum",
    key="summor",
    sortable=False,
)
for row in by_date:
    if row["saknas"]:
        st.markdown(
            f"Egna siffror saknas {date_text(row['datum'])} för {escape_markdown(row['saknas'])}. "
            "De uppskattas."
        )
show_table(
    [row for row in by_date if row["kalla"]],
    [
        Column("datum", "Datum", date_text, number=True),
        Column("kalla", "Källa för länets folkmängd"),
    ],
    "Varifrån länets folkmängd är hämtad",
    key="lanskallor",
    sortable=False,
)
for change in audit.border_changes(db):
    st.markdown(
        f"Gränsändring {date_words(change['datum'])}: {whole(change['antal'])} invånare flyttades "
        f"från {escape_markdown(change['fran'])} till {escape_markdown(change['till'])}. "
        "Siffrorna före och efter går "
        "därför inte att jämföra rakt av för de två kommunerna."
    )
st.markdown(
    "Från och med 2025 lägger SCB in ett litet slumpfel i sin statistik, så kommunernas summa "
    "behöver inte vara länets. Fördelningen delar därför alltid med summan av parternas egna tal."
)

st.header("Folkmängd vid ett datum")


def days() -> list[date]:
    """The dates that K3 and K4 ask for, the latest first, to a year after the last figure."""
    years = range(2014, status.outcome_until.year + 2)
    return [date(year, *day) for year in reversed(years) for day in ((12, 31), (6, 30))]


@guard.fragment
def at_date() -> None:
    day = st.selectbox(
        "Datum",
        days(),
        index=days().index(status.outcome_until),
        format_func=date_text,
        key="datum",
        bind="query-params",
        width=240,
    )
    found = reference_population.at(db, [day])
    name = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    show_table(
        [
            {
                "kommun": name[party_id],
                "antal": row.count,
                "status": row.status,
            }
            for (party_id, _), row in sorted(
                found.items(), key=lambda item: sort_key(name[item[0][0]])
            )
        ],
        [
            Column("kommun", "Kommun"),
            Column("antal", "Invånare, antal", whole, number=True),
            Column("status", "Status"),
        ],
        f"Folkmängd per kommun {date_text(day)}",
        key="folkmangd",
        total={
            "kommun": "Alla kommuner",
            "antal": sum(row.count for row in found.values()),
            "status": "",
        },
    )
    ways = Counter((row.status, row.rule, row.source) for row in found.values())
    for (figure_status, rule, source), count in ways.items():
        st.markdown(
            f"{whole(count)} av {whole(len(found))} {escape_markdown(figure_status)}: "
            f"{escape_markdown(rule)} Källa: {escape_markdown(ended(source))}"
        )


st.markdown(
    "Fördelningen (K3) räknas på 31 december före budgetåret och taket (K4) på 30 juni året före. "
    "Ett datum utan publicerad siffra uppskattas mellan sina grannar, och efter den sista siffran "
    "skrivs den fram oförändrad som prognos."
)
at_date()

st.header("Nya siffror")
told(POPULATION)
way = st.radio("Vad vill du göra?", list(ACT), format_func=ACT.get, horizontal=True, key="fm_gor")
match way:
    case "fil":
        import_panel.show(db, store)
    case "hand":
        vintage_panel.by_hand(db, store)
    case _:
        vintage_panel.show(db, store)

st.header("Register över filerna")
st.markdown(
    "Allt som programmet räknar på ligger i mappen data/. Licensen är den som källan anger; där "
    "siffran har kommit i andra hand och förmedlaren inte anger någon står det så."
)
files = [
    row
    | {
        "saknas": row["saknas"] or "inget",
        "rader": "" if row["rader"] is None else row["rader"],  # the agreement is not a table
    }
    for row in audit.tables(db)
]
show_table(
    files,
    [
        Column("titel", "Innehåll"),
        Column("avser", "Avser"),
        Column("rader", "Rader, antal", whole, number=True),
        Column("senast", "Senaste siffra", date_text, number=True),
        Column("saknas", "Vad som saknas"),
        Column("nasta", "När nästa väntas"),
    ],
    "Datafilerna och vad som saknas i dem",
    key="filer",
    sortable=False,
)
show_table(
    files,
    [
        Column("titel", "Innehåll"),
        Column("utgivare", "Utgivare"),
        Column("licens", "Licens"),
        Column("fil", "Fil"),
    ],
    "Datafilernas utgivare och licens",
    key="licenser",
)
