"""The rotation's query: given loans, exact rows."""

from datetime import date

from analytics.reference.database import Database
from analytics.reference.sources import INLAN

COLUMNS = [column.name for column in INLAN.columns]
GIVEN = [
    ("b", "trafik", "0115", "Samordnare", date(2027, 5, 1), date(2027, 8, 31), 100,
     "förslag", None, None, None, "prov", None),
    ("a", "kommun", "0114", "Samordnare", date(2027, 5, 1), date(2027, 12, 31), 50,
     "överenskommet", 60_000, 0, "halvtid", "prov", 5),
    ("a", "kommun", "0114", "Samordnare", date(2027, 1, 1), date(2027, 4, 30), 100,
     "överenskommet", 60_000, 0, None, "prov", 0),
]  # fmt: skip


def test_inlan():
    db = Database()
    db.replace(INLAN, [dict(zip(COLUMNS, row, strict=True)) for row in GIVEN])
    found = db.query("inlan")
    assert list(found[0]) == [
        "inlan_id", "post", "part_id", "roll", "fran", "till", "procent", "status", "kostnad_kr",
        "palagg_kr", "anteckning", "kalla", "overlamning_dagar",
    ]  # fmt: skip
    assert [tuple(row.values()) for row in found] == [GIVEN[2], GIVEN[1], GIVEN[0]]
