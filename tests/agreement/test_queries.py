"""The agreement's query: given dated parties, exact rows."""

from datetime import date

from analytics.reference.database import Database
from analytics.reference.sources import PARTY

COLUMNS = ["part_id", "fran", "namn", "grupp", "deltar", "betalar", "andelar", "kategori", "kalla"]
GIVEN = [
    ("polisen", date(2019, 1, 1), "Polisen", "ovrig", True, False, 2, "blåljus", "ändring"),
    ("polisen", date(2015, 1, 1), "Polisen", "ovrig", True, True, 3, "blåljus", "avtal"),
    ("0114", date(2015, 1, 1), "Upplands Väsby", "kommun", True, True, None, "kommun", "avtal"),
]


def test_parter():
    db = Database()
    registered = {"registrerad": date(2026, 11, 21)}
    db.replace(PARTY, [dict(zip(COLUMNS, row, strict=True)) | registered for row in GIVEN])
    found = db.query("parter")
    assert list(found[0]) == COLUMNS
    assert [tuple(row.values()) for row in found] == [GIVEN[2], GIVEN[1], GIVEN[0]]
