"""An app with the shared parts at their worst: hostile names, missing values, a wide table."""

import plotly.graph_objects as go
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.frame import guard, language
from pages.parts.widgets import theme
from pages.parts.widgets.html_table import Column, show_table
from tests.browser import HOSTILE


def broken() -> None:
    raise ZeroDivisionError("secret detail")


def sample() -> None:
    language.set_swedish()
    st.title("Prov")
    rows = [
        {"namn": "Östersund", "belopp": 1_234_567, "tak": True},
        {"namn": "Ängelholm", "belopp": None, "tak": False},
        {"namn": "Åre", "belopp": 9, "tak": False},
        {"namn": HOSTILE, "belopp": 80, "tak": False},
    ]
    amount = [
        Column(f"b{number}", f"Belopp {number}, kr", lambda value: f"{value} kr", number=True)
        for number in range(12)
    ]
    show_table(
        rows,
        [
            Column("namn", "Part"),
            Column("belopp", "Avgift, kr", str, True, lambda row: "tak" if row["tak"] else None),
        ],
        "Avgifter på prov",
        key="smal",
        total={"namn": "Summa", "belopp": 1_234_656},
        link=lambda row: "min_avgift?part=0183",
    )
    show_table(
        [{"namn": "Part med långt namn i två delar", **{f"b{n}": n * 1000 for n in range(12)}}] * 3,
        [Column("namn", "Part"), *amount],
        "Bred tabell",
        key="bred",
    )
    theme.show_chart(
        go.Figure(go.Bar(x=["A", "B"], y=[1_234_567.5, 2_000_000])),
        "Stapeldiagram: B är störst med 2 miljoner kronor.",
        key="stapel",
        heading="B är störst, och rubriken är så lång att den inte ryms på en rad i en smal vy",
    )
    st.text_input("Belopp", "1")
    st.selectbox("Part", ["A", "B"], index=None)
    with guard.guarded():
        raise ZeroDivisionError("secret detail")

    st.button("Knapp", on_click=broken)


if get_script_run_ctx(suppress_warning=True):
    sample()
else:
    app = st.App(__file__, on_script_error=guard.show)
