"""The form for one dated change: text fields and the tested parsers, read back before saving."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction

import streamlit as st

from analytics.agreement import parties
from analytics.errors import AgreementError
from analytics.reference import prices
from analytics.reference.database import shared as database
from analytics.scenario import dated as scenario_dated, wording
from analytics.scenario.changes import IndexChange, to_data
from analytics.scenario.dated import Scenario
from analytics.scenario.errors import BadScenario
from analytics.swedish import escape_markdown, sort_key
from pages.parts.frame import chosen as frame_chosen, keys as frame_keys, question
from pages.parts.scenarios.create_panel import name

Act = Callable[..., bool]
NEW = "ny part"
EVENTS = {
    "in": "deltar och betalar",
    "ut": "lämnar",
    "gratis": "deltar utan att betala",
    "andelar": "får ett annat antal andelar",
}


def show(item: Scenario, act: Act) -> None:
    """Ask for one change to *item*, read it back, and save it with *act*."""
    agreement = question.agreement()
    kinds = {
        **{f"p_{p.id}": f"{p.name} ({p.clause})" for p in agreement.parameters.values()},
        **{
            f"t_{t.id}": f"Tolkning {t.id} ({t.clause}): {t.ask}"
            for t in agreement.open_points.values()
        },
        "part": "En part ansluter sig, lämnar eller får andra andelar (K6, K12)",
    }
    kind = st.selectbox("Vad ändras?", list(kinds), key="sa_vad", format_func=kinds.__getitem__)
    year = st.session_state[frame_keys.YEAR]
    if kind == "part":
        row = _party(f"{year}-01-01")
    elif kind.startswith("t_"):
        row = _reading(kind[2:])
    else:
        row = _value(kind[2:])
    left, right = st.columns(2)
    with left:
        row["fran"] = st.text_input(
            "Från och med (år-månad-dag)", value=f"{year}-01-01", key="sa_fran", max_chars=10
        )
    with right:
        row["skal"] = st.text_input("Skäl", key="sa_skal", max_chars=300)
    rows = [*map(to_data, item.changes), row]
    ready = _read_back(item, rows)
    st.button(
        "Lägg till ändringen",
        key="sa_lagg_till",
        type="primary",
        disabled=not ready,
        on_click=_save,
        args=(item, rows, act),
    )


def _save(item: Scenario, rows: list[Mapping[str, object]], act: Act) -> None:
    saved = act(
        item,
        lambda s: s.edit(item, changes=rows, reason=str(rows[-1]["skal"])),
        "Ändringen är sparad.",
        rows,
    )
    if saved:
        for key in ("sa_varde", "sa_takt", "sa_skal", "sa_andelar", "sa_namn"):
            if key in st.session_state:
                st.session_state[key] = ""


def _read_back(item: Scenario, rows: list[Mapping[str, object]]) -> bool:
    """Show how the last row is understood, or what is wrong with it. True when it can be saved."""
    if not _filled_in(rows[-1]):
        st.caption("Fyll i värdet och skälet, så läses ändringen tillbaka här innan den sparas.")
        return False
    try:
        draft = frame_chosen.scenarios().preview_edit(item, rows)
    except AgreementError as error:
        faults = error.faults if isinstance(error, BadScenario) else (str(error),)
        st.error(escape_markdown(" ".join(faults)))
        return False
    new = next(c for c in draft.changes if c not in item.changes)
    st.markdown(
        f"Läses som: {escape_markdown(wording.describe_change(question.agreement(), name(), new))}."
    )
    if isinstance(new, IndexChange):
        _by_year(draft, new)
    return True


def _filled_in(row: Mapping[str, object]) -> bool:
    return all(row.get(key) != "" for key in ("varde", "takt", "skal", "namn", "andelar"))


def _by_year(draft: Scenario, change: IndexChange) -> None:
    """The value year by year, and the first year that cannot be computed."""
    texts = []
    for year in range(change.since.year, question.agreement().through + 1):
        try:
            value: Fraction = scenario_dated.parameters_in(
                database(), question.agreement(), draft, year
            )[change.parameter]
        except AgreementError as error:
            texts.append(f"{year}: {error}")
            break
        texts.append(f"{year}: {question.show(change.parameter, value)}")
    st.caption(escape_markdown(" · ".join(texts)))


def _value(name: str) -> dict[str, object]:
    parameter = question.agreement().parameters[name]
    row: dict[str, object] = {"parameter": name}
    how = "varde"
    if parameter.kind in ("kronor", "sats"):
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
    in_force = question.basis()[0][name]
    if how == "varde":
        label = (
            f"{parameter.name}, {'0,5 eller 50 %' if parameter.kind == 'del' else parameter.unit}"
        )
        text = st.text_input(label, key="sa_varde", max_chars=40)
        st.caption(f"Nu: {escape_markdown(question.show(name, in_force))}")
        return row | {"varde": text}
    first = question.agreement().since.year
    left, right = st.columns(2)
    with left:
        base = st.selectbox(
            "Räknat från värdet år",
            range(first, question.agreement().through),
            key="sa_bas",
        )
    row["basar"] = base
    if how == "takt":
        with right:
            return row | {"takt": st.text_input("Procent per år", key="sa_takt", max_chars=12)}
    with right:
        row["index"] = st.selectbox("Index", prices.name_of(database()), key="sa_index")
    since = st.text_input(
        "Procent per år för de år som index saknar siffra (kan lämnas tomt)",
        key="sa_sedan",
        max_chars=12,
    )
    return row | ({"sedan": since} if since.strip() else {})


def _reading(point: str) -> dict[str, object]:
    open_point = question.agreement().open_points[point]
    reading = st.radio(
        "Läses som",
        list(open_point.readings),
        key=f"sa_lasart_{point}",
        format_func=lambda r: escape_markdown(open_point.readings[r].name),
        captions=[escape_markdown(r.text) for r in open_point.readings.values()],
    )
    return {"tolkning": point, "lasart": reading}


def _party(start: str) -> dict[str, object]:
    known = name()
    ids = sorted(known, key=lambda i: sort_key(known[i]))
    left, right = st.columns(2)
    with left:
        party = st.selectbox(
            "Part",
            [*ids, NEW],
            key="sa_part",
            format_func=lambda i: "En ny part …" if i == NEW else known[i],
        )
    groups = {
        row.party_id: row.group for row in parties.party_rows(database(), question.agreement())
    }
    if party == NEW:
        return _new_party()
    choices = [h for h in EVENTS if h != "andelar" or groups[party] != "kommun"]
    with right:
        what = st.selectbox("Vad händer?", choices, key="sa_hander", format_func=EVENTS.__getitem__)
    row: dict[str, object] = {"part": party}
    if what == "in":
        return row | {"deltar": True, "betalar": True}
    if what == "ut":
        return row | {"deltar": False}
    if what == "gratis":
        return row | {"deltar": True, "betalar": False}
    return row | {"andelar": st.text_input("Antal andelar (K6)", key="sa_andelar", max_chars=3)}


def _new_party() -> dict[str, object]:
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
