"""The follow-up's query: given budget and outcome, exact rows, worked out by hand."""

from analytics.reference.database import Database

BUDGET = [  # line, tertial, öre
    ("lokal", 1, 100), ("lokal", 2, 200), ("lokal", 3, 300),
    ("kurs", 1, 0), ("kurs", 2, 50), ("kurs", 3, 0),
]  # fmt: skip
OUTCOME = [  # line, tertial, öre, rows
    ("lokal", 1, 90, 2), ("lokal", 2, 250, 1), ("lokal", 3, 7, 1),
    ("kurs", 2, -5, 1),
    ("utan budget", 1, 40, 3),
]  # fmt: skip


def test_tertial():
    budget, outcome = zip(*BUDGET, strict=True), zip(*OUTCOME, strict=True)
    names = ("budget_post", "budget_tertial", "budget_ore")
    more = ("utfall_post", "utfall_tertial", "utfall_ore", "utfall_rader")
    asked = {name: list(values) for name, values in zip(names, budget, strict=True)}
    asked |= {name: list(values) for name, values in zip(more, outcome, strict=True)}
    found = Database().query("tertial", {**asked, "bokforda": [1, 2]})
    # line, tertial, budget, outcome, rows: all accumulated; 3 is not booked, so not known
    assert [tuple(row.values()) for row in found] == [
        ("kurs", 1, 0, 0, 0),
        ("kurs", 2, 50, -5, 1),
        ("kurs", 3, 50, None, 1),
        ("lokal", 1, 100, 90, 2),
        ("lokal", 2, 300, 340, 3),
        ("lokal", 3, 600, None, 4),
        ("utan budget", 1, 0, 40, 3),
        ("utan budget", 2, 0, 40, 3),
        ("utan budget", 3, 0, None, 3),
    ]
