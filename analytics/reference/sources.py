"""What the files in data/ look like: one description per table, read by database.build().

The order is the order of loading: a table stands after the tables its ids refer to.
"""

from decimal import Decimal

from analytics.reference.tables import Column, Row, TableSpec

CATEGORIES = ("kommun", "blåljus", "trafik")
LINES = (*CATEGORIES, "samordningschef", "kommunikation", "beredskap")
STATUS = ("utfall", "uppskattad", "prognos")
LARGEST = 100_000_000  # inhabitants; a figure above it is a slip of the keyboard


def _party(row: Row) -> str | None:
    if row["grupp"] == "kommun" and row["andelar"] is not None:
        return "en kommun betalar efter invånare (K3) och har inga andelar"
    if row["grupp"] == "ovrig" and row["andelar"] is None:
        return "en övrig part ska ha andelar (K5, K6)"
    if row["betalar"] and not row["deltar"]:
        return "en part som inte deltar kan inte betala"
    return None


def _inlan(row: Row) -> str | None:
    return "slutet är före starten" if row["till"] < row["fran"] else None


def _kpi(row: Row) -> str | None:
    return None if row["niva"] > Decimal(0) else "ett indextal ska vara större än noll"


PARTY = TableSpec(
    "part",
    "parter.csv",
    (
        Column("part_id", "id"),
        Column("fran", "datum"),
        Column("namn"),
        Column("grupp", values=("kommun", "ovrig")),
        Column("deltar", "janej"),
        Column("betalar", "janej"),
        Column("andelar", "heltal", empty=True, low=1, high=100),
        Column("kategori", empty=True, values=CATEGORIES),
        Column("kalla"),
        Column("registrerad", "datum"),
    ),
    key=("part_id", "fran"),
    check=_party,
)
POPULATION = TableSpec(
    "folkmangd",
    "folkmangd.csv",
    (
        Column("part_id", "id", references="part"),
        Column("datum", "datum"),
        Column("antal", "heltal", low=1, high=LARGEST),
        Column("kalla"),
    ),
    key=("part_id", "datum"),
)
# Somebody's own figures: the same table with the headings of SCB and Kolada allowed too.
OWN_POPULATION = TableSpec(
    "egen_folkmangd",
    "",
    (
        Column("part_id", "id", aliases=("kommun_kod",), references="part"),
        Column("datum", "datum"),
        Column("antal", "heltal", low=1, high=LARGEST, aliases=("folkmangd",)),
        Column("status", values=STATUS, optional=True),
        Column("kalla"),
    ),
    key=("part_id", "datum"),
    ignored=("kommun", "namn"),
)
INLAN = TableSpec(  # a loan is the rows with the same id, one per percent (K13–K15)
    "inlan",
    "inlan.csv",
    (
        Column("inlan_id", "nyckel"),
        Column("post", values=LINES),
        Column("part_id", "id", references="part"),
        Column("roll"),
        Column("fran", "datum"),
        Column("till", "datum"),
        Column("procent", "heltal", low=1, high=100),
        Column("status", values=("förslag", "överenskommet", "avbrutet")),
        Column("kostnad_kr", "heltal", empty=True, low=0, high=10_000_000),
        Column("palagg_kr", "heltal", empty=True, low=0, high=10_000_000),
        Column("anteckning", empty=True),
        Column("kalla"),
        Column("overlamning_dagar", "heltal", empty=True, low=0, high=31, optional=True),
    ),
    key=("inlan_id", "fran"),
    check=_inlan,
)
SHIPPED = (
    PARTY,
    POPULATION,
    INLAN,
    TableSpec(
        "folkmangd_delsumma",
        "folkmangd_delsumma.csv",
        (
            Column("grupp"),
            Column("datum", "datum"),
            Column("antal", "heltal", low=1, high=LARGEST),
            Column("part_id", "id", references="part"),
            Column("kalla"),
        ),
        key=("datum", "part_id"),
    ),
    TableSpec(
        "folkmangd_lanssumma",
        "folkmangd_lanssumma.csv",
        (
            Column("datum", "datum"),
            Column("antal", "heltal", low=1, high=LARGEST),
            Column("kalla"),
        ),
        key=("datum",),
    ),
    TableSpec(
        "folkmangd_gransandring",
        "folkmangd_gransandring.csv",
        (
            Column("datum", "datum"),
            Column("fran_part", "id", references="part"),
            Column("till_part", "id", references="part"),
            Column("antal", "heltal", low=1, high=LARGEST),
            Column("kalla"),
        ),
        key=("datum", "fran_part", "till_part"),
    ),
    TableSpec(
        "folkmangd_prognos",
        "folkmangd_prognos.csv",
        (
            Column("omrade"),
            Column("ar", "heltal", low=1900, high=2200),
            Column("antal", "heltal", low=1, high=LARGEST),
            Column("kalla"),
        ),
        key=("omrade", "ar"),
    ),
    TableSpec(
        "folkmangd_forandring",
        "folkmangd_prognos_forandring.csv",
        (
            Column("part_id", "id", references="part"),
            Column("basar", "heltal", low=1900, high=2200),
            Column("horisont_ar", "heltal", low=1, high=100),
            Column("procent", "decimal", places=6, low=-100, high=1000),
            Column("kalla"),
        ),
        key=("part_id", "basar", "horisont_ar"),
    ),
    TableSpec(
        "prisindex",
        "prisindex.csv",
        (
            Column("ar", "heltal", low=1900, high=2200),
            Column("index_namn", values=("KPI", "KPIF", "PKV")),
            Column("procent", "decimal", places=2, low=-100, high=1000),
            Column("status", values=STATUS),
            Column("kalla"),
        ),
        key=("ar", "index_namn"),
    ),
    TableSpec(
        "prisniva",
        "prisniva.csv",
        (
            Column("index_namn", values=("KPI", "KPIF", "PKV")),
            Column("period"),
            Column("niva", "decimal", places=2),
            Column("kalla"),
        ),
        key=("index_namn", "period"),
        check=_kpi,
    ),
    TableSpec(
        "kalla",
        "kallor.csv",
        (
            Column("fil"),
            Column("tabell", empty=True),
            Column("titel"),
            Column("utgivare"),
            Column("licens"),
            Column("avser"),
            Column("senast", "datum", empty=True),
            Column("saknas", empty=True),
            Column("nasta"),
        ),
        key=("fil",),
    ),
)
