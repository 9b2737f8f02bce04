"""The forecast's queries: given figures, exact rows."""

from datetime import date
from decimal import Decimal

from analytics.reference.database import Database
from analytics.reference.sources import POPULATION, SHIPPED

(EXPECTED_CHANGE,) = [spec for spec in SHIPPED if spec.name == "folkmangd_forandring"]
POPULATION_GIVEN = [
    ("0115", date(2025, 12, 31), 300),
    ("0114", date(2026, 12, 31), 210),
    ("0114", date(2026, 6, 30), 205),  # not a year's end
    ("0114", date(2026, 12, 30), 208),
    ("0114", date(2026, 10, 31), 207),
    ("0114", date(2025, 12, 31), 200),
]
CHANGE_GIVEN = [
    ("0115", 2024, 5, Decimal("-1.500000")),
    ("0114", 2024, 10, Decimal("6.577802")),
    ("0114", 2024, 5, Decimal("3.275830")),
]


def test_arsskiften():
    db = Database()
    db.replace(
        POPULATION,
        [
            {"part_id": party, "datum": day, "antal": count, "kalla": "prov"}
            for party, day, count in POPULATION_GIVEN
        ],
    )
    assert db.query("arsskiften") == [
        {"part_id": "0114", "ar": 2025, "antal": 200},
        {"part_id": "0114", "ar": 2026, "antal": 210},
        {"part_id": "0115", "ar": 2025, "antal": 300},
    ]


def test_forandring():
    db = Database()
    columns = [column.name for column in EXPECTED_CHANGE.columns]
    given = [dict(zip(columns, (*row, "prov"), strict=True)) for row in CHANGE_GIVEN]
    db.replace(EXPECTED_CHANGE, given)
    assert [tuple(row.values()) for row in db.query("forandring")] == [
        ("0114", 2024, 5, Decimal("3.275830"), "prov"),
        ("0114", 2024, 10, Decimal("6.577802"), "prov"),
        ("0115", 2024, 5, Decimal("-1.500000"), "prov"),
    ]
