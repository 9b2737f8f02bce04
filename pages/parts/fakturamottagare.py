"""Whom invoices go to and from, on Fakturaunderlag: what is missing, forms, and a file."""

from collections.abc import Mapping

import streamlit as st

from analytics import invoice_parties, invoice_parties_file
from analytics.errors import AgreementError
from analytics.invoice_parties import (
    INGEN,
    TEXTER,
    TITEL,
    Uppgift,
    Vard,
    host_from_data,
    recipient_from_data,
    texter,
)
from analytics.parties import PartRad, i_aret
from analytics.store import Store
from analytics.swedish import md, sort_key
from pages.parts import nedladdning, vy
from pages.parts.act import PARTIES, act, told
from pages.parts.table import Kolumn, tabell

SETT = "_mottagare_sett"  # what the file on the screen would change


def visa(store: Store, year: int, invoiced: Mapping[str, str]) -> None:
    """Show what is known of the recipients in *year* and of the host, and let it be written.

    *invoiced*: the names of those that the year's runs are for; without a run, those who pay.
    """
    rows = vy.uppgift(vy.fraga()).rader
    names = dict(invoiced) or {p.part_id: p.namn for p in i_aret(rows, year) if p.manader}
    municipal = {row.part_id for row in rows if row.grupp == "kommun"}
    known = invoice_parties.alla(store)
    host = invoice_parties.vard(store)
    lacking = [p for p in names if known.get(p, INGEN).saknas()]
    who = md(host.namn + " (exempel)" * host.exempel) if host else "ingen värd är angiven"
    st.markdown(
        f"{len(names) - len(lacking)} av {len(names)} parter har det som fakturan behöver. Värd "
        f"som ställer ut fakturorna: {who}. Samverkan har inget eget organisationsnummer (K17)."
    )
    told(PARTIES)
    tabell(
        [
            {
                "part": names[p],
                "marke": "exempel" if known.get(p, INGEN).exempel else None,
                **texter(known.get(p, INGEN)),
                "saknas": ", ".join(known.get(p, INGEN).saknas()) or "inget",
                "undran": known.get(p, INGEN).undran(),
            }
            for p in sorted(names, key=lambda p: (p not in lacking, sort_key(names[p])))
        ],
        [
            Kolumn("part", "Part", marke=lambda r: r["marke"]),
            Kolumn("saknas", "Saknas för fakturan"),
            *(
                Kolumn(key, TITEL[key])
                for key in TEXTER[:4]
                if any(texter(known.get(p, INGEN))[key] for p in names)
            ),
            *(
                [Kolumn("undran", "Att kontrollera")]
                if any(known.get(p, INGEN).undran() for p in names)
                else []
            ),
        ],
        f"Mottagare {year}, de ofullständiga först",
        key="faktura_mottagare",
        hojd=420,
    )
    with st.expander("Ange en mottagares uppgifter", key="ex_mottagare"):
        _en(store, names, municipal, known)
    with st.expander("Ange värden som ställer ut fakturorna (K17)", key="ex_vard"):
        _varden(store, host)
    with st.expander("Läs in eller hämta uppgifterna som en fil", key="ex_mottagarfil"):
        _fil(store, names, rows, municipal, known)


def _en(store: Store, names: dict, municipal: set, known: dict[str, Uppgift]) -> None:
    part = st.selectbox(
        "Mottagare",
        sorted(names, key=lambda p: sort_key(names[p])),
        format_func=names.get,
        key="mottagare",
        width=330,
    )
    old = known.get(part, INGEN)
    seen = st.session_state.setdefault(f"sedd_mottagare_{part}", (old.id, old.version))
    with st.form(f"mottagare_{part}"):
        new = _falt(old, TEXTER, f"mottagare_{part}_{seen[1]}")
        st.caption("Referensen är en kod eller en roll, aldrig en persons namn.")
        reason = st.text_input("Skäl eller källa", max_chars=200)
        save = st.form_submit_button("Spara mottagaren", type="primary")
    if save:
        item = recipient_from_data(new, *seen)
        kommun = part in municipal
        act(
            PARTIES,
            lambda: invoice_parties.spara(
                store, part, names[part], item, skal=reason.strip() or "ändrat", kommun=kommun
            ),
            "",
            f"sedd_mottagare_{part}",
        )


def _varden(store: Store, host: Vard | None) -> None:
    old = host or Vard()
    seen = st.session_state.setdefault("sedd_vard", (old.id, old.version))
    with st.form("vard"):
        new = _falt(old, tuple(TITEL), f"vard_{seen[1]}", {"referens": "Kontakt, en roll"})
        reason = st.text_input("Skäl eller beslut", max_chars=200)
        save = st.form_submit_button("Spara värden", type="primary")
    if save:
        item = host_from_data(new, *seen)
        act(
            PARTIES,
            lambda: invoice_parties.spara_vard(store, item, skal=reason.strip() or "ändrat"),
            "",
            "sedd_vard",
        )


def _falt(
    old: Uppgift, keys: tuple[str, ...], form: str, titles: dict | None = None
) -> dict[str, str]:
    """One text field per key. *form* names the version: what is typed outlives another's save."""
    labels, texts = TITEL | (titles or {}), texter(old)
    with st.container(horizontal=True, vertical_alignment="top"):
        return {
            key: st.text_input(
                labels[key], texts[key], max_chars=200, width=320, key=f"{form}_{key}"
            )
            for key in keys
        }


def _fil(
    store: Store,
    names: dict,
    rows: tuple[PartRad, ...],
    municipal: set,
    known: dict[str, Uppgift],
) -> None:
    """The references out as a file, and in: first what would change, then all or nothing."""
    ordered = {p: names[p] for p in sorted(names, key=lambda p: sort_key(names[p]))}
    with st.container(horizontal=True, gap="small"):
        for label, make, ending, mime in (
            ("Excel", invoice_parties_file.som_excel, "xlsx", nedladdning.XLSX),
            ("CSV", invoice_parties_file.som_csv, "csv", "text/csv"),
        ):
            st.download_button(
                f"Hämta uppgifterna ({label})",
                lambda make=make: make(ordered, known),
                f"partuppgifter.{ending}",
                mime,
                key=f"partuppgifter_{ending}",
                on_click="ignore",
            )
    times = st.session_state.setdefault("partuppgifter_ggr", 0)
    file = st.file_uploader(
        "Fil med samma kolumner: CSV eller Excel", type=["csv", "xlsx", "txt"], key=f"puf_{times}"
    )
    if file is None:
        return
    every = {row.part_id: row.namn for row in rows}
    try:
        found = invoice_parties_file.las(file.name, file.getvalue(), every, municipal)
    except AgreementError as error:
        st.error(md(str(error)))
        return
    changes = invoice_parties_file.skillnader(found, known)
    if not changes:
        st.markdown("Filen säger samma sak som det som redan är sparat.")
        return
    tabell(
        [
            {"part": every[part], "vad": what, "fore": before or None, "efter": after or None}
            for part, what, before, after in changes
        ],
        [
            Kolumn("part", "Part"),
            Kolumn("vad", "Uppgift"),
            Kolumn("fore", "Sparat nu"),
            Kolumn("efter", "Enligt filen"),
        ],
        f"Det här ändras om filen läses in: {len(changes)} uppgifter",
        key="partuppgifter_nya",
        hojd=360,
    )
    # what was shown when the button was pressed: someone may have saved since
    seen = st.session_state.get(SETT, changes)
    st.session_state[SETT] = changes
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
                count = invoice_parties.spara_flera(
                    store, found, every, municipal, skal=reason.strip() or "inläst"
                )
                st.session_state["partuppgifter_ggr"] = times + 1
                return count

            act(
                PARTIES,
                read,
                lambda count: f"{count} av filens {len(found)} parter fick nya uppgifter.",
                *(f"sedd_mottagare_{part}" for part in names),
            )
