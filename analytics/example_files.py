"""The files of the example year, in data/exempel: made up, in the formats that one's own have."""

from analytics import tables
from analytics.database import DATA
from analytics.tables import Column, Row, TableSpec

MAPP = DATA / "exempel"
BUDGET = MAPP / "budget_2026.csv"
JAN_APR = MAPP / "bokforing_2026_jan-apr.se"
MAJ_AUG = MAPP / "bokforing_2026_maj-aug.se"
REGLER = TableSpec(
    "exempelregler",
    "konteringsregler_2026.csv",
    (Column("konton"), Column("objekt", empty=True), Column("mal"), Column("skal", empty=True)),
    key=("konton", "objekt"),
)
AKTIVITETER = TableSpec(
    "exempelaktiviteter",
    "aktiviteter_2026.csv",
    (
        Column("namn"),
        Column("tertial", "heltal", low=1, high=3),
        Column("roll", empty=True),
        Column("status"),
        Column("anteckning", empty=True),
    ),
    key=("namn",),
)
KOMMENTARER = TableSpec(
    "exempelkommentarer",
    "kommentarer_2026.csv",
    (
        Column("namn"),
        Column("kommentar"),
        Column("atgard"),
        Column("prognos_kr", empty=True),
        Column("prognos_skal", empty=True),
    ),
    key=("namn",),
)


def regler() -> list[Row]:
    """Return konton ("4010" or "5000-5499"), objekt, mal (a line's name, or intakt, utanfor)."""
    return tables.read(MAPP / REGLER.file, REGLER)


def aktiviteter() -> list[Row]:
    """Return namn, tertial, roll, and status and anteckning as of the first tertial."""
    return tables.read(MAPP / AKTIVITETER.file, AKTIVITETER)


def kommentarer() -> list[Row]:
    """Return what is said of lines in the first tertial, with one's own forecast where it is."""
    return tables.read(MAPP / KOMMENTARER.file, KOMMENTARER)
