"""An app with the shared parts at their worst: hostile names, missing values, a wide table."""

import plotly.graph_objects as go
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import guard, sprak, theme
from pages.parts.table import Kolumn, tabell
from tests.browser import HOSTILE


def broken() -> None:
    raise ZeroDivisionError("secret detail")


def prov() -> None:
    sprak.svenska()
    st.title("Prov")
    rader = [
        {"namn": "Östersund", "belopp": 1_234_567, "tak": True},
        {"namn": "Ängelholm", "belopp": None, "tak": False},
        {"namn": "Åre", "belopp": 9, "tak": False},
        {"namn": HOSTILE, "belopp": 80, "tak": False},
    ]
    belopp = [
        Kolumn(f"b{number}", f"Belopp {number}, kr", lambda value: f"{value} kr", tal=True)
        for number in range(12)
    ]
    tabell(
        rader,
        [
            Kolumn("namn", "Part"),
            Kolumn("belopp", "Avgift, kr", str, True, lambda rad: "tak" if rad["tak"] else None),
        ],
        "Avgifter på prov",
        key="smal",
        summa={"namn": "Summa", "belopp": 1_234_656},
        lank=lambda rad: "min_avgift?part=0183",
    )
    tabell(
        [{"namn": "Part med långt namn i två delar", **{f"b{n}": n * 1000 for n in range(12)}}] * 3,
        [Kolumn("namn", "Part"), *belopp],
        "Bred tabell",
        key="bred",
    )
    theme.diagram(
        go.Figure(go.Bar(x=["A", "B"], y=[1_234_567.5, 2_000_000])),
        "Stapeldiagram: B är störst med 2 miljoner kronor.",
        key="stapel",
        rubrik="B är störst, och rubriken är så lång att den inte ryms på en rad i en smal vy",
    )
    st.text_input("Belopp", "1")
    st.selectbox("Part", ["A", "B"], index=None)
    with guard.vakt():
        raise ZeroDivisionError("secret detail")

    st.button("Knapp", on_click=broken)


if get_script_run_ctx(suppress_warning=True):
    prov()
else:
    app = st.App(__file__, on_script_error=guard.visa)
