"""New figures of inhabitants: a file, the 26 changes, what looks wrong, then all or nothing."""

import hashlib
from datetime import date

import streamlit as st

from analytics.errors import AgreementError
from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, escape_markdown, percent, whole
from analytics.vintages import fetch, incoming, saved
from analytics.vintages.incoming import Incoming
from pages.parts.frame.act import POPULATION, act_in_callback
from pages.parts.widgets.html_table import Column, show_table

TURN = "fm_omgang"  # a new turn begins with empty fields


def show(db: Database, store: Store) -> None:
    """The file, what it would change, what is to be confirmed, and the button."""
    turn = st.session_state.setdefault(TURN, 0)
    given = st.file_uploader(
        "Fil från SCB (PX, JSON-stat, CSV, Excel) eller programmets egen CSV",
        key=f"fm_fil_{turn}",
        max_upload_size=20,
    )
    name, content = (given.name, given.getvalue()) if given else _fetched(turn)
    if not name:
        st.caption(
            "Det som filen skulle ändra visas innan något sparas. En årgång ersätter ingen annan: "
            "den senaste gäller, och de äldre finns kvar. Frysta scenarier ändras inte."
        )
        return
    found = _look(db, name, content, None)
    if isinstance(found, AgreementError):
        st.error(escape_markdown(f"{found} Inget är inläst."))
        return
    if len(found.days_offered) > 1:
        days = st.multiselect(
            "Dagar att läsa in",
            found.days_offered,
            default=_new_days(found),
            format_func=date_text,
            key=f"fm_dagar_{turn}_{found.sha256[:8]}",
        )
        if not days:
            st.info("Välj minst en dag.")
            return
        found = _look(db, name, content, tuple(days))
    _changes(found)
    _confirm(db, store, found, turn)


def _fetched(turn: int) -> tuple[str, bytes]:
    """Offer SCB's answer where an address is set, and return what it gave; "" for nothing."""
    key = f"fm_scb_{turn}"
    try:
        if fetch.address() and st.button("Hämta från SCB", key=f"fm_hamta_{turn}"):
            st.session_state[key] = fetch.fetch()
    except AgreementError as error:
        st.error(escape_markdown(str(error)))
    return st.session_state.get(key, ("", b""))


def _look(
    db: Database, name: str, content: bytes, days: tuple[date, ...] | None
) -> Incoming | AgreementError:
    """Look a file through, once for the same figures."""
    key = ("arsfil", name, hashlib.sha256(content).hexdigest(), days)
    try:
        return db.remember(key, lambda: incoming.look_through(db, name, content, days))
    except AgreementError as error:
        return error


def _new_days(found: Incoming) -> list[date]:
    """Return the days on which a figure is another than the one that holds; else the last."""
    new = sorted({change.day for change in found.changes if change.now != change.new})
    return new or found.days_offered[-1:]


def _changes(found: Incoming) -> None:
    for remark in found.remarks:
        st.markdown(f"- {escape_markdown(remark)}")
    for day, (total, own) in found.county.items():
        st.markdown(
            f"- {date_text(day)}: {whole(total)} invånare tillsammans, länet "
            f"{'saknas i filen' if own is None else whole(own)}."
        )
    show_table(
        [
            {
                "kommun": c.name,
                "datum": c.day,
                "nu": c.now,
                "ny": c.new,
                "andring": c.change,
                "procent": c.share,
            }
            for c in found.changes
        ],
        [
            Column("kommun", "Kommun"),
            Column("datum", "Datum", date_text, number=True),
            Column("nu", "Gäller nu", whole, number=True),
            Column("ny", "Ny siffra", whole, number=True),
            Column("andring", "Ändring", whole, number=True),
            Column("procent", "Ändring, procent", percent, number=True),
        ],
        "Det som filen skulle ändra. Gäller ingen siffra för dagen räknas ändringen från den "
        "senaste före.",
        key="fm_andringar",
        height=460,
    )


def _confirm(db: Database, store: Store, found: Incoming, turn: int) -> None:
    if not found.news:
        st.info("Alla siffror i filen gäller redan, så det finns inget att läsa in.")
        return
    confirmed = []
    if found.doubts:
        many = "uppgift" if len(found.doubts) == 1 else "uppgifter"
        st.warning(
            f"{whole(len(found.doubts))} {escape_markdown(many)} ser fel ut. Kontrollera mot "
            "källan."
        )
    for number, doubt in enumerate(found.doubts):
        key = f"fm_ratt_{turn}_{found.sha256[:8]}_{number}"
        if st.checkbox(escape_markdown(f"Stämmer: {doubt.told}"), key=key):
            confirmed.append(doubt.told)
    open_ones = [d.name for d in found.doubts if d.told not in confirmed]
    names = [d.name for d in found.doubts if d.name not in open_ones]
    st.text_input(
        "Skäl, som ”SCB:s siffror för 31 december 2026”", key=f"fm_skal_{turn}", max_chars=200
    )
    st.button(
        f"Läs in {whole(len(found.figures))} {'siffra' if len(found.figures) == 1 else 'siffror'}",
        key="fm_las_in",
        type="primary",
        on_click=_save,
        args=(store, found, turn, names),
    )


def _save(store: Store, found: Incoming, turn: int, names: list[str]) -> None:
    if act_in_callback(
        POPULATION,
        lambda: saved.save(store, found, st.session_state.get(f"fm_skal_{turn}", ""), names),
        lambda done: f"{whole(len(done.figures))} siffror ur {found.name} är inlästa och gäller.",
    ):
        st.session_state[TURN] = turn + 1
