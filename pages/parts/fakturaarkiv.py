"""Issued runs on Fakturaunderlag: the list, files to send, and crediting the latest."""

from collections.abc import Sequence

import streamlit as st

from analytics import invoice_file, invoice_store
from analytics.invoice import per_part
from analytics.invoice_run import Fakturering
from analytics.invoice_store import Korning
from analytics.swedish import datum, md, sort_key, tal
from pages.parts import fakturatabeller, nedladdning
from pages.parts.act import INVOICES, act, told
from pages.parts.table import Kolumn, tabell


def visa(billing: Fakturering, runs: Sequence[Korning]) -> None:
    """Show what has been issued, and what can be done with it."""
    told(INVOICES)
    taken = invoice_store.krediterade(list(runs))
    tabell(
        [
            {
                "nummer": run.nummer,
                "titel": run.titel,
                "dag": datum(run.utstalld.date()),
                "belopp": run.summa_kr,
                "parter": len(per_part(run.rader)),
                "underlag": f"{run.grund.scenario} ({run.grund.status})",
                "skal": run.skal,
                "sigill": run.sigill[:16] if run.hel else "stämmer inte",
                "marke": _marke(run, taken),
            }
            for run in runs
        ],
        [
            Kolumn("nummer", "Körning", marke=lambda r: r["marke"]),
            Kolumn("titel", "Vad"),
            Kolumn("dag", "Utställd"),
            Kolumn("belopp", "Summa, kr", tal, tal=True),
            Kolumn("parter", "Parter", tal, tal=True),
            Kolumn("underlag", "Underlag"),
            Kolumn("skal", "Skäl"),
            Kolumn("sigill", "Sigill"),
        ],
        "Utställda körningar är låsta. Summorna är det som skickades",
        key="faktura_korningar",
    )
    known = {run.nummer: run for run in runs}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        which = st.selectbox(
            "Körning",
            list(known)[::-1],
            format_func=lambda n: f"{n} {known[n].titel}",
            width=300,
            key="faktura_korning",
        )
        run = known[which]
        names = {row.part: row.namn for row in run.rader}
        part = st.selectbox(
            "Part",
            sorted(names, key=lambda p: sort_key(names[p])),
            format_func=names.get,
            width=300,
            key=f"faktura_part_{which}",
        )
    if not run.hel:
        st.error(
            f"Sigillet på {run.nummer} stämmer inte: siffrorna i lagret är inte de som ställdes "
            "ut. Återställ lagret från en säkerhetskopia."
        )
        return
    with st.expander(f"Raderna i {run.nummer}"):
        fakturatabeller.rader(run.rader, f"{run.titel} {run.ar}, {run.nummer}", "faktura_rader")
    stem = f"fakturaunderlag-{run.nummer}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            f"Hämta bladet för {md(names[part])} (PDF)",
            lambda: invoice_file.blad(run, part, runs),
            file_name=f"{stem}-{part}.pdf",
            mime="application/pdf",
            on_click="ignore",
        )
        st.download_button(
            f"Hämta alla {len(names)} blad (zip)",
            lambda: invoice_file.zip_blad(run, runs),
            file_name=f"{stem}.zip",
            mime="application/zip",
            on_click="ignore",
        )
    nedladdning.knappar(
        invoice_file.rader(run),
        invoice_file.FALT,
        stem,
        f"Underlag {run.nummer}",
        invoice_file.om(run),
    )
    _kreditera(billing, runs)


def _marke(run: Korning, taken: dict[str, str]) -> str | None:
    marks = ["exempel"] if run.exempel else []
    if run.nummer in taken:
        marks.append(f"krediterad av {taken[run.nummer]}")
    return ", ".join(marks) or None


def _kreditera(billing: Fakturering, runs: Sequence[Korning]) -> None:
    last = invoice_store.senaste(list(runs))
    if last is None:
        return
    # the form is the run's own: a click is for the run that was shown, and no other
    form = f"faktura_kreditera_{last.nummer}"
    with st.expander(f"Kreditera {last.nummer}"), st.form(form):
        st.markdown(
            f"En ny körning tar tillbaka {last.nummer} rad för rad. Därefter kan "
            f"{last.titel.lower()} ställas ut på nytt."
        )
        reason = st.text_input("Skäl att kreditera", max_chars=300)
        if st.form_submit_button("Kreditera"):
            act(
                INVOICES,
                lambda: billing.kreditera(last.nummer, skal=reason),
                lambda back: f"{back.nummer} tar tillbaka {last.nummer}, rad för rad.",
            )
