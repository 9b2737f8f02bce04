"""The files of the example year, in data/exempel: made up, in the formats that one's own have."""

from analytics.reference import tables
from analytics.reference.database import DATA
from analytics.reference.tables import Column, Row, TableSpec

FOLDER = DATA / "exempel"
BUDGET = FOLDER / "budget_2026.csv"
JAN_APR = FOLDER / "bokforing_2026_jan-apr.se"
MAJ_AUG = FOLDER / "bokforing_2026_maj-aug.se"
RULES = TableSpec(
    "exempelregler",
    "konteringsregler_2026.csv",
    (Column("konton"), Column("objekt", empty=True), Column("mal"), Column("skal", empty=True)),
    key=("konton", "objekt"),
)
ACTIVITIES = TableSpec(
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
COMMENTS = TableSpec(
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


def read_rules() -> list[Row]:
    """Return konton ("4010" or "5000-5499"), objekt, mal (a line's name, or intakt, utanfor)."""
    return tables.read(FOLDER / RULES.file, RULES)


def read_activities() -> list[Row]:
    """Return namn, tertial, roll, and status and anteckning as of the first tertial."""
    return tables.read(FOLDER / ACTIVITIES.file, ACTIVITIES)


def read_comments() -> list[Row]:
    """Return what is said of lines in the first tertial, with one's own forecast where it is."""
    return tables.read(FOLDER / COMMENTS.file, COMMENTS)
