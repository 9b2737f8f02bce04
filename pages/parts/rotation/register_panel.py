"""The register of inlån on the Rotation page: the table, the form, undo, and the example."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError, BadInput
from analytics.reference import database
from analytics.rotation import register as rotation_register
from analytics.rotation.loans import LINES, STATUS, Inlan
from analytics.rotation.view import moved
from analytics.store.posts import Store
from analytics.swedish import date_text, escape_markdown, parse_day, parse_kronor, sort_key, whole
from pages.parts.frame.act import ROTATION, act, told
from pages.parts.widgets.html_table import Column, show_table

NEW = "Nytt inlån"


def span(key: str, first: date, last: date) -> tuple[date, date]:
    """Two text fields for a span of days; what cannot be read is told, and the default used."""
    with st.container(horizontal=True):
        texts = [
            st.text_input(label, value=str(day), key=f"{key}_{name}", width=150, max_chars=10)
            for label, name, day in (("Från", "fran", first), ("Till och med", "till", last))
        ]
    try:
        return parse_day(texts[0]), parse_day(texts[1])
    except AgreementError as error:
        st.error(escape_markdown(f"{error} Nu visas {first}–{last}."))
        return first, last


def show(
    store: Store, plan: Sequence[Inlan], rows: Sequence[PartyRow], names: Mapping[str, str]
) -> None:
    """Show all loans and the ways to change them."""
    show_table(
        [
            {
                "part": names[i.party],
                "post": i.post,
                "roll": i.role,
                "perioder": "; ".join(
                    f"{date_text(p.since)}–{date_text(p.until)}, {p.percent}\u00a0%"
                    for p in i.periods
                )
                + (f"; varav överlämning {i.handover} dagar" if i.handover else ""),
                "status": i.status,
                "kostnad": i.cost_kr,
                "kalla": i.source or i.note,
                "exempel": i.example,
            }
            for i in plan
        ],
        [
            Column("part", "Part", mark_of=lambda r: "exempel" if r["exempel"] else None),
            Column("post", "Post"),
            Column("roll", "Roll"),
            Column("perioder", "Från, till och med, omfattning"),
            Column("status", "Status"),
            Column("kostnad", "Egen kostnad, kr per heltidsmånad", whole, number=True),
            Column("kalla", "Källa eller anteckning"),
        ],
        "Inlånad personal (K13–K15). En roll, aldrig en person.",
        key="register",
        height=460,
    )
    saved = rotation_register.saved_inlan(store)
    told(ROTATION)
    with st.expander("Lägg till, ändra eller ångra", key="ex_inlan"):
        _edit(store, plan, rows, names, saved)
        _reset(store, rows, names)
    has_example = any(i.example for i in plan)
    label = "Ta bort exempelplanen" if has_example else "Lägg in en påhittad exempelplan"
    if st.button(label, key="exempel"):
        act(
            ROTATION,
            (lambda: rotation_register.remove_example(store))
            if has_example
            else lambda: rotation_register.load_example(database.shared(), store, rows),
        )


def _edit(store, plan, rows, names, saved) -> None:
    own = {i.id: i for i in plan if i.id in saved}
    which = st.selectbox(
        "Inlån",
        [NEW, *own],
        format_func=lambda k: (
            k if k == NEW else f"{names[own[k].party]} {date_text(own[k].since)} ({own[k].post})"
        ),
        width=420,
    )
    old = own.get(which)
    # the version that the form was opened on: a later one by someone else is a conflict
    seen = old and st.session_state.setdefault(f"sedd_{which}", saved[which].version)
    parties = sorted({r.party_id for r in rows}, key=lambda p: sort_key(names[p]))
    with st.form(f"inlan_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            post = st.selectbox(
                "Post", list(LINES), _place(list(LINES), old and old.post),
                format_func=LINES.get, width=300,
            )  # fmt: skip
            party = st.selectbox(
                "Part",
                parties,
                _place(parties, old and old.party),
                format_func=names.get,
                width=290,
            )
            status = st.selectbox("Status", STATUS, _place(STATUS, old and old.status), width=170)
        with st.container(horizontal=True, vertical_alignment="top"):
            role = st.text_input("Roll, inte person", old.role if old else "", width=250)
            cost = st.text_input(
                "Egen kostnad, kr per heltidsmånad", _kr(old and old.cost_kr), width=270
            )
            extra = st.text_input(
                "Godkänt pålägg, kr per heltidsmånad", _kr(old and old.overhead_kr), width=270
            )
        spans = st.text_area(
            "Perioder, en per rad: från till procent",
            "\n".join(f"{p.since} {p.until} {p.percent}" for p in old.periods) if old else "",
            placeholder="2027-01-01 2027-06-30 50",
            height=90,
        )
        days = st.text_input(
            "Överlämning, dagar i början", str(old.handover) if old else "0", width=230
        )
        note = st.text_input("Anteckning", old.note if old else "", max_chars=200)
        reason = st.text_input("Skäl till ändringen", max_chars=200)
        with st.container(horizontal=True):
            save = st.form_submit_button("Spara", type="primary")
            remove = old is not None and st.form_submit_button("Ta bort inlånet")
    db, opened = database.shared(), f"sedd_{which}"

    def write() -> str:
        loan = Inlan(
            which if old else "", post, party, role.strip() or "Samordnare",
            rotation_register.periods(spans), status,
            _kronor(cost), _kronor(extra), note.strip(),
            old.source if old else "", bool(old and old.example), old.plan if old else "",
            _days(days),
        )  # fmt: skip
        if old is None:
            rotation_register.save(db, store, rows, [loan], reason.strip() or "nytt inlån")
            return ""
        rotation_register.edit(db, store, rows, loan, seen, reason)
        return f"Ändringen är sparad. {moved(old, loan, names)}"

    if save:
        act(ROTATION, write, str, opened)
    if remove:
        act(ROTATION, lambda: rotation_register.remove(store, which, seen, reason), "", opened)
    if old and st.button("Ångra den senaste ändringen", key="angra"):
        act(ROTATION, lambda: rotation_register.undo(db, store, rows, which), "", opened)


def _reset(store: Store, rows: Sequence[PartyRow], names: Mapping[str, str]) -> None:
    """A way back for every loan that was removed."""
    gone = rotation_register.removed_inlan(store)
    if not gone:
        return
    which = st.selectbox(
        "Borttaget inlån",
        list(gone),
        format_func=lambda k: (
            f"{names[gone[k].party]} {date_text(gone[k].since)}–{date_text(gone[k].until)} "
            f"({gone[k].post})"
        ),
        width=420,
    )
    if st.button("Ta tillbaka det borttagna", key="aterstall_inlan"):
        act(ROTATION, lambda: rotation_register.undo(database.shared(), store, rows, which))


def _days(text: str) -> int:
    clean = text.strip() or "0"
    if not (clean.isascii() and clean.isdecimal() and len(clean) < 4):
        raise BadInput(text, "är inget antal dagar", "Skriv 0–31 dagars överlämning (K13).")
    return int(clean)


def _place(options: Sequence[str], value: str | None) -> int:
    return list(options).index(value) if value in options else 0


def _kr(value: int | None) -> str:
    return "" if value is None else whole(value)


def _kronor(text: str) -> int | None:
    return parse_kronor(text) if text.strip() else None
