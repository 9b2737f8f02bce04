"""Sida: vilka siffror räknar vi på, varifrån, från när, och vad saknas?"""

from collections import Counter
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from analytics import audit, database, population
from analytics.swedish import datum, datum_ord, md, sort_key, tal
from pages.parts import guard, theme
from pages.parts.table import Kolumn, tabell

# symbol, size and colour; an estimate is a ring around the outcome that it completes
MARKE = {
    "utfall": ("circle", 8, theme.ACCENT),
    "uppskattad": ("diamond-open", 20, theme.ATTENTION),
    "prognos": ("circle-open", 8, theme.GREY),
}

db = database.shared()
lage = audit.lage(db)


def tackning(rows: list[dict[str, object]]) -> go.Figure:
    """One row per series, one mark per year that has a figure: the gaps are what is missing."""
    fig = go.Figure()
    for status, (symbol, size, colour) in MARKE.items():
        of_status = [row for row in rows if row["status"] == status]
        fig.add_scatter(
            x=[row["ar"] for row in of_status],
            y=[_pa_tva_rader(row) for row in of_status],
            customdata=[f"{row['antal']} av {row['av']}" for row in of_status],
            mode="markers",
            name=status,
            marker={
                "symbol": symbol,
                "color": colour,
                "size": size,
                "line": {"width": 2, "color": colour},
            },
            hovertemplate="%{y}, %{x}: %{customdata} " + status + "<extra></extra>",
        )
    fig.update_yaxes(
        autorange="reversed",
        categoryorder="array",
        categoryarray=list(dict.fromkeys(_pa_tva_rader(row) for row in rows)),
        showgrid=True,
        zeroline=False,
    )
    fig.update_xaxes(dtick=5, tickformat="d", showgrid=True, zeroline=False)
    return fig


def _pa_tva_rader(row: dict[str, object]) -> str:
    """The name of a series, broken at its first space, so that it fits a narrow screen."""
    return str(row["serie"]).replace(" ", "<br>", 1)


st.title("Data")
st.markdown(f"**{md(audit.mening(lage))}**")
st.metric(
    f"Invånare i de {lage.kommuner} kommunerna {datum(lage.utfall_till)} (utfall)",
    tal(lage.invanare),
)

rows = audit.ar_och_status(db)
juni = sorted({row["ar"] for row in rows if row["serie"] == "Folkmängd 30 juni"})
theme.diagram(
    tackning(rows),
    f"Vilka år varje serie har en siffra. Folkmängden den 31 december är utfall till och med "
    f"{lage.utfall_till.year}. Folkmängden den 30 juni finns bara för "
    f"{', '.join(map(str, juni))}. Siffrorna står i tabellen nedanför.",
    rubrik=f"Folkmängden 30 juni finns bara för {', '.join(map(str, juni))}",
    key="tackning",
    height=430,
)
tabell(
    audit.serier(db),
    [
        Kolumn("serie", "Serie"),
        Kolumn("utfall", "Utfall, år"),
        Kolumn("uppskattad", "Uppskattat, år"),
        Kolumn("prognos", "Prognos, år"),
    ],
    "De år som varje serie har en siffra, efter status",
    key="serier",
    sorterbar=False,
)

st.header("Stämmer summorna?")
tabell(
    audit.kontroller(db),
    [
        Kolumn("kontroll", "Kontroll"),
        Kolumn("granskat", "Granskat, st", tal, tal=True),
        Kolumn("avviker", "Avviker, st", tal, tal=True),
        Kolumn("besked", "Vad kontrollen fann"),
    ],
    "Kontroller av folkmängden, gjorda varje gång programmet startar",
    key="kontroller",
    sorterbar=False,
)
per_datum = audit.per_datum(db)
tabell(
    [
        row
        | {
            "delsumma": "" if row["saknas"] is None else row["delsumma"],
            "skillnad": "" if row["lanet"] is None else row["skillnad"],
        }
        for row in per_datum
    ],
    [
        Kolumn("datum", "Datum", datum, tal=True),
        Kolumn("kommuner", "Kommuner med siffra, antal", tal, tal=True),
        Kolumn("summa", "Deras summa, invånare", tal, tal=True),
        Kolumn("delsumma", "De övrigas kända summa, invånare", tal, tal=True),
        Kolumn("lanet", "Länet enligt källan, invånare", tal, tal=True),
        Kolumn("skillnad", "Skillnad, invånare", tal, tal=True),
    ],
    "Kommunernas folkmängd mot länets, per datum",
    key="summor",
    sorterbar=False,
)
for row in per_datum:
    if row["saknas"]:
        st.markdown(
            f"Egna siffror saknas {datum(row['datum'])} för {md(row['saknas'])}. De uppskattas."
        )
tabell(
    [row for row in per_datum if row["kalla"]],
    [Kolumn("datum", "Datum", datum, tal=True), Kolumn("kalla", "Källa för länets folkmängd")],
    "Varifrån länets folkmängd är hämtad",
    key="lanskallor",
    sorterbar=False,
)
for andring in audit.gransandringar(db):
    st.markdown(
        f"Gränsändring {datum_ord(andring['datum'])}: {tal(andring['antal'])} invånare flyttades "
        f"från {md(andring['fran'])} till {md(andring['till'])}. Siffrorna före och efter går "
        "därför inte att jämföra rakt av för de två kommunerna."
    )
st.markdown(
    "Från och med 2025 lägger SCB in ett litet slumpfel i sin statistik, så kommunernas summa "
    "behöver inte vara länets. Fördelningen delar därför alltid med summan av parternas egna tal."
)

st.header("Folkmängd vid ett datum")


def dagar() -> list[date]:
    """The dates that K3 and K4 ask for, the latest first, to a year after the last figure."""
    years = range(2014, lage.utfall_till.year + 2)
    return [date(year, *day) for year in reversed(years) for day in ((12, 31), (6, 30))]


@guard.fragment
def vid_datum() -> None:
    dag = st.selectbox(
        "Datum",
        dagar(),
        index=dagar().index(lage.utfall_till),
        format_func=datum,
        key="datum",
        bind="query-params",
        width=240,
    )
    found = population.at(db, [dag])
    namn = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    tabell(
        [
            {
                "kommun": namn[part_id],
                "antal": row.antal,
                "status": row.status,
            }
            for (part_id, _), row in sorted(
                found.items(), key=lambda item: sort_key(namn[item[0][0]])
            )
        ],
        [
            Kolumn("kommun", "Kommun"),
            Kolumn("antal", "Invånare, antal", tal, tal=True),
            Kolumn("status", "Status"),
        ],
        f"Folkmängd per kommun {datum(dag)}",
        key="folkmangd",
        summa={
            "kommun": "Alla kommuner",
            "antal": sum(row.antal for row in found.values()),
            "status": "",
        },
    )
    ways = Counter((row.status, row.regel, row.kalla) for row in found.values())
    for (status, regel, kalla), antal in ways.items():
        st.markdown(
            f"{tal(antal)} av {tal(len(found))} {md(status)}: {md(regel)} Källa: {md(kalla)}."
        )


st.markdown(
    "Fördelningen (K3) räknas på 31 december före budgetåret och taket (K4) på 30 juni året före. "
    "Ett datum utan publicerad siffra uppskattas mellan sina grannar, och efter den sista siffran "
    "skrivs den fram oförändrad som prognos."
)
vid_datum()

st.header("Register över filerna")
st.markdown(
    "Allt som programmet räknar på ligger i mappen data/. Licensen är den som källan anger; där "
    "siffran har kommit i andra hand och förmedlaren inte anger någon står det så."
)
filer = [
    row
    | {
        "saknas": row["saknas"] or "inget",
        "rader": "" if row["rader"] is None else row["rader"],  # the agreement is not a table
    }
    for row in audit.tabeller(db)
]
tabell(
    filer,
    [
        Kolumn("titel", "Innehåll"),
        Kolumn("avser", "Avser"),
        Kolumn("rader", "Rader, antal", tal, tal=True),
        Kolumn("senast", "Senaste siffra", datum, tal=True),
        Kolumn("saknas", "Vad som saknas"),
        Kolumn("nasta", "När nästa väntas"),
    ],
    "Datafilerna och vad som saknas i dem",
    key="filer",
    sorterbar=False,
)
tabell(
    filer,
    [
        Kolumn("titel", "Innehåll"),
        Kolumn("utgivare", "Utgivare"),
        Kolumn("licens", "Licens"),
        Kolumn("fil", "Fil"),
    ],
    "Datafilernas utgivare och licens",
    key="licenser",
)
