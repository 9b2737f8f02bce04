"""The register of inlån on the Rotation page: the table, the form, undo, and the example."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from analytics import database, rotation_register
from analytics.errors import AgreementError, BadInput
from analytics.parties import PartRad
from analytics.rotation import POSTER, STATUS, Inlan
from analytics.rotation_register import dag
from analytics.store import Store
from analytics.swedish import datum, md, parse_kronor, sort_key, tal
from pages.parts.act import ROTATION, act, told
from pages.parts.table import Kolumn, tabell

NYTT = "Nytt inlån"


def spann(key: str, first: date, last: date) -> tuple[date, date]:
    """Two text fields for a span of days; what cannot be read is told, and the default used."""
    with st.container(horizontal=True):
        texts = [
            st.text_input(label, value=str(day), key=f"{key}_{name}", width=150, max_chars=10)
            for label, name, day in (("Från", "fran", first), ("Till och med", "till", last))
        ]
    try:
        return dag(texts[0]), dag(texts[1])
    except AgreementError as error:
        st.error(md(f"{error} Nu visas {first}–{last}."))
        return first, last


def visa(
    store: Store, plan: Sequence[Inlan], rows: Sequence[PartRad], names: Mapping[str, str]
) -> None:
    """Show all loans and the ways to change them."""
    tabell(
        [
            {
                "part": names[i.part],
                "post": i.post,
                "roll": i.roll,
                "perioder": "; ".join(
                    f"{datum(p.fran)}–{datum(p.till)}, {p.procent}\u00a0%" for p in i.perioder
                )
                + (f"; varav överlämning {i.overlamning} dagar" if i.overlamning else ""),
                "status": i.status,
                "kostnad": i.kostnad_kr,
                "kalla": i.kalla or i.anteckning,
                "exempel": i.exempel,
            }
            for i in plan
        ],
        [
            Kolumn("part", "Part", marke=lambda r: "exempel" if r["exempel"] else None),
            Kolumn("post", "Post"),
            Kolumn("roll", "Roll"),
            Kolumn("perioder", "Från, till och med, omfattning"),
            Kolumn("status", "Status"),
            Kolumn("kostnad", "Egen kostnad, kr per heltidsmånad", tal, tal=True),
            Kolumn("kalla", "Källa eller anteckning"),
        ],
        "Inlånad personal (K13–K15). En roll, aldrig en person.",
        key="register",
        hojd=460,
    )
    saved = rotation_register.sparade(store)
    told(ROTATION)
    with st.expander("Lägg till, ändra eller ångra", key="ex_inlan"):
        _andra(store, plan, rows, names, saved)
        _aterstall(store, rows, names)
    has_example = any(i.exempel for i in plan)
    label = "Ta bort exempelplanen" if has_example else "Lägg in en påhittad exempelplan"
    if st.button(label, key="exempel"):
        act(
            ROTATION,
            (lambda: rotation_register.ta_bort_exempel(store))
            if has_example
            else lambda: rotation_register.ladda_exempel(database.shared(), store, rows),
        )


def _andra(store, plan, rows, names, saved) -> None:
    own = {i.id: i for i in plan if i.id in saved}
    which = st.selectbox(
        "Inlån",
        [NYTT, *own],
        format_func=lambda k: (
            k if k == NYTT else f"{names[own[k].part]} {datum(own[k].fran)} ({own[k].post})"
        ),
        width=420,
    )
    old = own.get(which)
    # the version that the form was opened on: a later one by someone else is a conflict
    seen = old and st.session_state.setdefault(f"sedd_{which}", saved[which].version)
    parts = sorted({r.part_id for r in rows}, key=lambda p: sort_key(names[p]))
    with st.form(f"inlan_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            post = st.selectbox(
                "Post", list(POSTER), _plats(list(POSTER), old and old.post),
                format_func=POSTER.get, width=300,
            )  # fmt: skip
            part = st.selectbox(
                "Part", parts, _plats(parts, old and old.part), format_func=names.get, width=290
            )
            status = st.selectbox("Status", STATUS, _plats(STATUS, old and old.status), width=170)
        with st.container(horizontal=True, vertical_alignment="top"):
            role = st.text_input("Roll, inte person", old.roll if old else "", width=250)
            cost = st.text_input(
                "Egen kostnad, kr per heltidsmånad", _kr(old and old.kostnad_kr), width=270
            )
            extra = st.text_input(
                "Godkänt pålägg, kr per heltidsmånad", _kr(old and old.palagg_kr), width=270
            )
        spans = st.text_area(
            "Perioder, en per rad: från till procent",
            "\n".join(f"{p.fran} {p.till} {p.procent}" for p in old.perioder) if old else "",
            placeholder="2027-01-01 2027-06-30 50",
            height=90,
        )
        days = st.text_input(
            "Överlämning, dagar i början", str(old.overlamning) if old else "0", width=230
        )
        note = st.text_input("Anteckning", old.anteckning if old else "", max_chars=200)
        reason = st.text_input("Skäl till ändringen", max_chars=200)
        with st.container(horizontal=True):
            save = st.form_submit_button("Spara", type="primary")
            remove = old is not None and st.form_submit_button("Ta bort inlånet")
    db, opened = database.shared(), f"sedd_{which}"

    def write() -> str:
        loan = Inlan(
            which if old else "", post, part, role.strip() or "Samordnare",
            rotation_register.perioder(spans), status,
            _kronor(cost), _kronor(extra), note.strip(),
            old.kalla if old else "", bool(old and old.exempel), old.plan if old else "",
            _dagar(days),
        )  # fmt: skip
        if old is None:
            rotation_register.spara(db, store, rows, [loan], reason.strip() or "nytt inlån")
            return ""
        rotation_register.andra(db, store, rows, loan, seen, reason)
        return f"Ändringen är sparad. {rotation_register.flyttat(old, loan, names)}"

    if save:
        act(ROTATION, write, str, opened)
    if remove:
        act(ROTATION, lambda: rotation_register.ta_bort(store, which, seen, reason), "", opened)
    if old and st.button("Ångra den senaste ändringen", key="angra"):
        act(ROTATION, lambda: rotation_register.angra(db, store, rows, which), "", opened)


def _aterstall(store: Store, rows: Sequence[PartRad], names: Mapping[str, str]) -> None:
    """A way back for every loan that was removed."""
    gone = rotation_register.borttagna(store)
    if not gone:
        return
    which = st.selectbox(
        "Borttaget inlån",
        list(gone),
        format_func=lambda k: (
            f"{names[gone[k].part]} {datum(gone[k].fran)}–{datum(gone[k].till)} ({gone[k].post})"
        ),
        width=420,
    )
    if st.button("Ta tillbaka det borttagna", key="aterstall_inlan"):
        act(ROTATION, lambda: rotation_register.angra(database.shared(), store, rows, which))


def _dagar(text: str) -> int:
    clean = text.strip() or "0"
    if not (clean.isascii() and clean.isdecimal() and len(clean) < 4):
        raise BadInput(text, "är inget antal dagar", "Skriv 0–31 dagars överlämning (K13).")
    return int(clean)


def _plats(options: Sequence[str], value: str | None) -> int:
    return list(options).index(value) if value in options else 0


def _kr(value: int | None) -> str:
    return "" if value is None else tal(value)


def _kronor(text: str) -> int | None:
    return parse_kronor(text) if text.strip() else None
