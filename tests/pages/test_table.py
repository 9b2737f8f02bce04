"""What the table component is told: printed cells, marks, and the order of each column."""

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import table
from pages.parts.table import Kolumn
from tests.pages.reading import tables


def page():
    from pages.parts.table import Kolumn, tabell

    tabell(
        [{"namn": "A", "kr": 2}, {"namn": "B", "kr": None}],
        [
            Kolumn("namn", "Part"),
            Kolumn(
                "kr", "Avgift, kr", "{} kr".format, True, lambda rad: "tak" if rad["kr"] else None
            ),
        ],
        "Avgifter",
        key="t",
        summa={"namn": "Summa", "kr": 2},
    )


def test_a_page_test_reads_back_what_is_shown():
    app = AppTest.from_function(page, default_timeout=30).run()
    assert tables(app) == {
        "Avgifter": {
            "kolumner": ["Part", "Avgift, kr"],
            "rader": [["A", "2 kr"], ["B", "saknas"]],
            "marken": [[None, "tak"], [None, None]],
            "summa": ["Summa", "2 kr"],
        }
    }


def ordning(*values):
    return Kolumn("x", "X").ordning([{"x": value} for value in values])


def test_order_is_by_exact_value_and_equals_share_a_place():
    tiny = Fraction(1, 10**30)
    assert ordning(1 + tiny, 1, 3, 1) == [1, 0, 2, 0]


def test_order_of_names_is_swedish():
    assert ordning("Östersund", "Ängelholm", "Åre", "Zinkgruvan") == [3, 2, 1, 0]


def test_a_missing_value_has_no_place():
    assert ordning(None, 5) == [None, 0]


@pytest.mark.parametrize("address", ["https://example.org", "//example.org", "javascript:alert(1)"])
def test_a_link_stays_within_the_app(address):
    with pytest.raises(ValueError, match="within the app"):
        table.tabell([{"x": 1}], [Kolumn("x", "X")], "R", key="k", lank=lambda rad: address)
