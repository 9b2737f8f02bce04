"""Whom invoices go to and from, on Fakturaunderlag: what is missing, forms, and a file."""

from collections.abc import Mapping

import streamlit as st

from analytics.agreement.parties import PartyRow, parties_in_year
from analytics.errors import AgreementError
from analytics.invoicing import recipients, recipients_file
from analytics.invoicing.recipients import (
    NOBODY,
    TEXTS,
    TITLE,
    Host,
    Recipient,
    host_from_data,
    recipient_from_data,
    texts,
)
from analytics.store.posts import Store
from analytics.swedish import escape_markdown, sort_key
from pages.parts.frame import question
from pages.parts.frame.act import PARTIES, act, told
from pages.parts.widgets import downloads
from pages.parts.widgets.html_table import Column, show_table

HOST_SEEN = "sedd_vard"  # id and version of the host that the form was opened on
FILES_READ = "partuppgifter_ggr"  # how many files: each is given a field of its own
SEEN = "_mottagare_sett"  # what the file on the screen would change


def show(store: Store, year: int, invoiced: Mapping[str, str]) -> None:
    """Show what is known of the recipients in *year* and of the host, and let it be written.

    *invoiced*: the names of those that the year's runs are for; without a run, those who pay.
    """
    rows = question.make_question(question.asked()).rows
    names = dict(invoiced) or {p.party_id: p.name for p in parties_in_year(rows, year) if p.months}
    municipal = {row.party_id for row in rows if row.group == "kommun"}
    known = recipients.all_recipients(store)
    host = recipients.host(store)
    lacking = [p for p in names if known.get(p, NOBODY).missing()]
    remarks = recipients.remarks(known, names)
    who = (
        escape_markdown(host.name + " (exempel)" * host.example)
        if host
        else "ingen värd är angiven"
    )
    st.markdown(
        f"{len(names) - len(lacking)} av {len(names)} parter har det som fakturan behöver. Värd "
        f"som ställer ut fakturorna: {who}. Samverkan har inget eget organisationsnummer (K17)."
    )
    if host and host.person():
        st.markdown(f"Värden: {escape_markdown(host.person())}. Skriv en roll.")
    told(PARTIES)
    show_table(
        [
            {
                "part": names[p],
                "marke": "exempel" if known.get(p, NOBODY).example else None,
                **texts(known.get(p, NOBODY)),
                "saknas": ", ".join(known.get(p, NOBODY).missing()) or "inget",
                "undran": "; ".join(remarks.get(p, ())),
            }
            for p in sorted(names, key=lambda p: (p not in lacking, sort_key(names[p])))
        ],
        [
            Column("part", "Part", mark_of=lambda r: r["marke"]),
            Column("saknas", "Saknas för fakturan"),
            *(
                Column(key, TITLE[key])
                for key in TEXTS[:4]
                if any(texts(known.get(p, NOBODY))[key] for p in names)
            ),
            *([Column("undran", "Att kontrollera")] if remarks else []),
        ],
        f"Mottagare {year}, de ofullständiga först",
        key="faktura_mottagare",
        height=420,
    )
    with st.expander("Ange en mottagares uppgifter", key="ex_mottagare"):
        _one(store, names, municipal, known)
    with st.expander("Ange värden som ställer ut fakturorna (K17)", key="ex_vard"):
        _values(store, host)
    with st.expander("Läs in eller hämta uppgifterna som en fil", key="ex_mottagarfil"):
        _file(store, names, rows, municipal, known)


def _one(store: Store, names: dict, municipal: set, known: dict[str, Recipient]) -> None:
    party = st.selectbox(
        "Mottagare",
        sorted(names, key=lambda p: sort_key(names[p])),
        format_func=names.get,
        key="mottagare",
        width=330,
    )
    old = known.get(party, NOBODY)
    seen = st.session_state.setdefault(f"sedd_mottagare_{party}", (old.id, old.version))
    with st.form(f"mottagare_{party}"):
        new = _field(old, TEXTS, f"mottagare_{party}_{seen[1]}")
        st.caption("Referensen är en kod eller en roll, aldrig en persons namn.")
        reason = st.text_input("Skäl eller källa", max_chars=200)
        save = st.form_submit_button("Spara mottagaren", type="primary")
    if save:
        item = recipient_from_data(new, *seen)
        kommun = party in municipal
        act(
            PARTIES,
            lambda: recipients.save(
                store, party, names[party], item, reason=reason.strip() or "ändrat", kommun=kommun
            ),
            "",
            f"sedd_mottagare_{party}",
        )


def _values(store: Store, host: Host | None) -> None:
    old = host or Host()
    seen = st.session_state.setdefault(HOST_SEEN, (old.id, old.version))
    with st.form("vard"):
        new = _field(old, tuple(TITLE), f"vard_{seen[1]}", {"referens": "Kontakt, en roll"})
        reason = st.text_input("Skäl eller beslut", max_chars=200)
        save = st.form_submit_button("Spara värden", type="primary")
    if save:
        item = host_from_data(new, *seen)
        act(
            PARTIES,
            lambda: recipients.save_host(store, item, reason=reason.strip() or "ändrat"),
            "",
            HOST_SEEN,
        )


def _field(
    old: Recipient, keys: tuple[str, ...], form: str, titles: dict | None = None
) -> dict[str, str]:
    """One text field per key. *form* names the version: what is typed outlives another's save."""
    labels, field_texts = TITLE | (titles or {}), texts(old)
    with st.container(horizontal=True, vertical_alignment="top"):
        return {
            key: st.text_input(
                labels[key], field_texts[key], max_chars=200, width=320, key=f"{form}_{key}"
            )
            for key in keys
        }


def _file(
    store: Store,
    names: dict,
    rows: tuple[PartyRow, ...],
    municipal: set,
    known: dict[str, Recipient],
) -> None:
    """The references out as a file, and in: first what would change, then all or nothing."""
    ordered = {p: names[p] for p in sorted(names, key=lambda p: sort_key(names[p]))}
    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            ("Excel", recipients_file.as_excel, "xlsx", downloads.XLSX),
            ("CSV", recipients_file.as_csv, "csv", "text/csv"),
        ):
            st.download_button(
                f"Hämta uppgifterna ({label})",
                lambda make=make: make(ordered, known),
                f"partuppgifter.{ending}",
                mime,
                key=f"partuppgifter_{ending}",
                on_click="ignore",
            )
    times = st.session_state.setdefault(FILES_READ, 0)
    file = st.file_uploader("Fil med samma kolumner: CSV, Excel eller ODS", key=f"puf_{times}")
    if file is None:
        return
    every = {row.party_id: row.name for row in rows}
    try:
        told: list[str] = []
        found = recipients_file.read(file.name, file.getvalue(), every, municipal, told)
    except AgreementError as error:
        st.error(escape_markdown(str(error)))
        return
    st.caption(escape_markdown(" ".join(told)))
    changes = recipients_file.differences(found, known)
    if not changes:
        st.markdown("Filen säger samma sak som det som redan är sparat.")
        return
    show_table(
        [
            {"part": every[party], "vad": what, "fore": before or None, "efter": after or None}
            for party, what, before, after in changes
        ],
        [
            Column("part", "Part"),
            Column("vad", "Uppgift"),
            Column("fore", "Sparat nu"),
            Column("efter", "Enligt filen"),
        ],
        f"Det här ändras om filen läses in: {len(changes)} uppgifter",
        key="partuppgifter_nya",
        height=360,
    )
    # what was shown when the button was pressed: someone may have saved since
    seen = st.session_state.get(SEEN, changes)
    st.session_state[SEEN] = changes
    with st.form("partuppgifter"):
        reason = st.text_input("Skäl eller källa", max_chars=200, key="partuppgifter_skal")
        done = st.form_submit_button("Läs in uppgifterna", type="primary")
        if done and seen != changes:
            st.error(
                "Uppgifterna har ändrats sedan du läste det här. Läs det som visas nu, och gör om. "
                "Inget är inläst."
            )
        elif done:

            def read() -> int:
                count = recipients.save_many(
                    store, found, every, municipal, reason=reason.strip() or "inläst"
                )
                st.session_state[FILES_READ] = times + 1
                return count

            act(
                PARTIES,
                read,
                lambda count: f"{count} av filens {len(found)} parter fick nya uppgifter.",
                *(f"sedd_mottagare_{party}" for party in names),
            )
