"""Texts that people may enter, the awkward ones among them, and a store for each example."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings, strategies as st

from analytics import texts
from analytics.store.posts import Store

# What spreadsheets and separators take for something else.
AWKWARD = [
    "=1+1", "+46 8 123", "-a", "@a", "'=x", "''=x", "'", "''", "'a", "a;b;c;d;e;f;g;h",
    "a,b,,,,,,,", 'sa "så"', '"', '";"', "1e5", "0012", "2027-01-01", "7300009012345",
    "12345678901234567890", "1,50", "1.500", "TRUE", "ja", "#N/A", "saknas",
    "NULL", "_x000D_", "_x0041_", "&amp;", "<b>", "=",
    "- -", "Summa", "Totalt", "a\u00a0b", "a\u202fb", " a ", "a  b", "a\tb", "a\nb",
    "a,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", "T1–T3", "é", "🚒",
]  # fmt: skip
CHARACTERS = st.one_of(st.sampled_from("=+-@'\";,\t &<>_x0D:#[]{}\\/%"), st.characters())
ANY = st.one_of(st.sampled_from(AWKWARD), st.text(CHARACTERS, max_size=12))
NAME = ANY.filter(lambda t: texts.one_line(t) and texts.fault_of_name("Namnet", t) is None)
EMPTY_OR_NAME = st.one_of(st.just(""), NAME)
WORDS = ANY.filter(lambda t: texts.fault_of_words("Skälet", t) is None)
FORMS = pytest.mark.parametrize("form", ["csv", "xlsx"])
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MORE = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
_numbers = count()


def new_store(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / f'{next(_numbers)}.db'}")
