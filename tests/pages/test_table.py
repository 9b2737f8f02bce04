"""What the table component is told: printed cells, marks, and the order of each column."""

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.widgets import html_table
from pages.parts.widgets.html_table import Column
from tests.pages.screen import tables


def page():
    from pages.parts.widgets.html_table import Column, show_table

    show_table(
        [{"namn": "A", "kr": 2}, {"namn": "B", "kr": None}],
        [
            Column("namn", "Part"),
            Column(
                "kr", "Avgift, kr", "{} kr".format, True, lambda row: "tak" if row["kr"] else None
            ),
        ],
        "Avgifter",
        key="t",
        total={"namn": "Summa", "kr": 2},
    )


def test_a_page_test_reads_back_what_is_shown():
    app = AppTest.from_function(page, default_timeout=30).run()
    assert tables(app) == {
        "Avgifter": {
            "columns": ["Part", "Avgift, kr"],
            "rows": [["A", "2 kr"], ["B", "saknas"]],
            "marks": [[None, "tak"], [None, None]],
            "total": ["Summa", "2 kr"],
        }
    }


def order(*values):
    return Column("x", "X").order([{"x": value} for value in values])


def test_order_is_by_exact_value_and_equals_share_a_place():
    tiny = Fraction(1, 10**30)
    assert order(1 + tiny, 1, 3, 1) == [1, 0, 2, 0]


def test_order_of_names_is_swedish():
    assert order("Östersund", "Ängelholm", "Åre", "Zinkgruvan") == [3, 2, 1, 0]


def test_a_missing_value_has_no_place():
    assert order(None, 5) == [None, 0]


@pytest.mark.parametrize("address", ["https://example.org", "//example.org", "javascript:alert(1)"])
def test_a_link_stays_within_the_app(address):
    with pytest.raises(ValueError, match="within the app"):
        html_table.show_table(
            [{"x": 1}], [Column("x", "X")], "R", key="k", link=lambda row: address
        )
