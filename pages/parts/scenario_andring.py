"""The form for one dated change: text fields and the tested parsers, read back before saving."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction

import streamlit as st

from analytics import parties, prices, scenario, scenario_words
from analytics.database import shared as databas
from analytics.errors import AgreementError
from analytics.errors_scenario import BadScenario
from analytics.scenario import Scenario
from analytics.scenario_changes import Uppraknad, till_data
from analytics.swedish import md, sort_key
from pages.parts import keys, valt, vy
from pages.parts.scenario_ny import namn

Gor = Callable[..., bool]
NY = "ny part"
HANDELSER = {
    "in": "deltar och betalar",
    "ut": "lämnar",
    "gratis": "deltar utan att betala",
    "andelar": "får ett annat antal andelar",
}


def visa(item: Scenario, gor: Gor) -> None:
    """Ask for one change to *item*, read it back, and save it with *gor*."""
    avtal = vy.avtal()
    kinds = {
        **{f"p_{p.id}": f"{p.namn} ({p.klausul})" for p in avtal.parametrar.values()},
        **{
            f"t_{t.id}": f"Tolkning {t.id} ({t.klausul}): {t.fraga}"
            for t in avtal.tolkningar.values()
        },
        "part": "En part ansluter sig, lämnar eller får andra andelar (K6, K12)",
    }
    kind = st.selectbox("Vad ändras?", list(kinds), key="sa_vad", format_func=kinds.__getitem__)
    year = st.session_state[keys.YEAR]
    if kind == "part":
        row = _part(f"{year}-01-01")
    elif kind.startswith("t_"):
        row = _lasart(kind[2:])
    else:
        row = _varde(kind[2:])
    left, right = st.columns(2)
    with left:
        row["fran"] = st.text_input(
            "Från och med (år-månad-dag)", value=f"{year}-01-01", key="sa_fran", max_chars=10
        )
    with right:
        row["skal"] = st.text_input("Skäl", key="sa_skal", max_chars=300)
    rows = [*map(till_data, item.andringar), row]
    ready = _las_tillbaka(item, rows)
    st.button(
        "Lägg till ändringen",
        key="sa_lagg_till",
        type="primary",
        disabled=not ready,
        on_click=_spara,
        args=(item, rows, gor),
    )


def _spara(item: Scenario, rows: list[Mapping[str, object]], gor: Gor) -> None:
    saved = gor(
        item,
        lambda s: s.andra(item, andringar=rows, skal=str(rows[-1]["skal"])),
        "Ändringen är sparad.",
        rows,
    )
    if saved:
        for key in ("sa_varde", "sa_takt", "sa_skal", "sa_andelar", "sa_namn"):
            if key in st.session_state:
                st.session_state[key] = ""


def _las_tillbaka(item: Scenario, rows: list[Mapping[str, object]]) -> bool:
    """Show how the last row is understood, or what is wrong with it. True when it can be saved."""
    if not _ifylld(rows[-1]):
        st.caption("Fyll i värdet och skälet, så läses ändringen tillbaka här innan den sparas.")
        return False
    try:
        draft = valt.scenarier().tankt(item, rows)
    except AgreementError as error:
        faults = error.fel if isinstance(error, BadScenario) else (str(error),)
        st.error(md(" ".join(faults)))
        return False
    new = next(c for c in draft.andringar if c not in item.andringar)
    st.markdown(f"Läses som: {md(scenario_words.andring(vy.avtal(), namn(), new))}.")
    if isinstance(new, Uppraknad):
        _arsvis(draft, new)
    return True


def _ifylld(row: Mapping[str, object]) -> bool:
    return all(row.get(key) != "" for key in ("varde", "takt", "skal", "namn", "andelar"))


def _arsvis(draft: Scenario, change: Uppraknad) -> None:
    """The value year by year, and the first year that cannot be computed."""
    texts = []
    for year in range(change.fran.year, vy.avtal().till_och_med + 1):
        try:
            value: Fraction = scenario.parametrar(databas(), vy.avtal(), draft, year)[
                change.parameter
            ]
        except AgreementError as error:
            texts.append(f"{year}: {error}")
            break
        texts.append(f"{year}: {vy.visa(change.parameter, value)}")
    st.caption(md(" · ".join(texts)))


def _varde(name: str) -> dict[str, object]:
    parameter = vy.avtal().parametrar[name]
    row: dict[str, object] = {"parameter": name}
    how = "varde"
    if parameter.slag in ("kronor", "sats"):
        how = st.radio(
            "Hur?",
            ["varde", "index", "takt"],
            key="sa_hur",
            horizontal=True,
            format_func={
                "varde": "Ett nytt värde",
                "index": "Följer ett index",
                "takt": "En egen takt per år",
            }.__getitem__,
        )
    in_force = vy.grund()[0][name]
    if how == "varde":
        label = (
            f"{parameter.namn}, {'0,5 eller 50 %' if parameter.slag == 'del' else parameter.enhet}"
        )
        text = st.text_input(label, key="sa_varde", max_chars=40)
        st.caption(f"Nu: {md(vy.visa(name, in_force))}")
        return row | {"varde": text}
    first = vy.avtal().fran.year
    left, right = st.columns(2)
    with left:
        base = st.selectbox(
            "Räknat från värdet år", range(first, vy.avtal().till_och_med), key="sa_bas"
        )
    row["basar"] = base
    if how == "takt":
        with right:
            return row | {"takt": st.text_input("Procent per år", key="sa_takt", max_chars=12)}
    with right:
        row["index"] = st.selectbox("Index", prices.namn(databas()), key="sa_index")
    since = st.text_input(
        "Procent per år för de år som index saknar siffra (kan lämnas tomt)",
        key="sa_sedan",
        max_chars=12,
    )
    return row | ({"sedan": since} if since.strip() else {})


def _lasart(point: str) -> dict[str, object]:
    tolkning = vy.avtal().tolkningar[point]
    reading = st.radio(
        "Läses som",
        list(tolkning.lasarter),
        key=f"sa_lasart_{point}",
        format_func=lambda r: md(tolkning.lasarter[r].namn),
        captions=[md(r.text) for r in tolkning.lasarter.values()],
    )
    return {"tolkning": point, "lasart": reading}


def _part(start: str) -> dict[str, object]:
    known = namn()
    ids = sorted(known, key=lambda i: sort_key(known[i]))
    left, right = st.columns(2)
    with left:
        part = st.selectbox(
            "Part",
            [*ids, NY],
            key="sa_part",
            format_func=lambda i: "En ny part …" if i == NY else known[i],
        )
    groups = {row.part_id: row.grupp for row in parties.rader(databas(), vy.avtal())}
    if part == NY:
        return _ny_part()
    choices = [h for h in HANDELSER if h != "andelar" or groups[part] != "kommun"]
    with right:
        what = st.selectbox(
            "Vad händer?", choices, key="sa_hander", format_func=HANDELSER.__getitem__
        )
    row: dict[str, object] = {"part": part}
    if what == "in":
        return row | {"deltar": True, "betalar": True}
    if what == "ut":
        return row | {"deltar": False}
    if what == "gratis":
        return row | {"deltar": True, "betalar": False}
    return row | {"andelar": st.text_input("Antal andelar (K6)", key="sa_andelar", max_chars=3)}


def _ny_part() -> dict[str, object]:
    name = st.text_input("Den nya partens namn", key="sa_namn", max_chars=80)
    shares = st.text_input("Antal andelar (K6)", key="sa_andelar", max_chars=3)
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return {
        "part": re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "ny-part",
        "namn": name,
        "grupp": "ovrig",
        "andelar": shares,
        "deltar": True,
        "betalar": True,
    }
