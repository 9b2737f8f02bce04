"""Issued runs on Fakturaunderlag: the list, files to send, and crediting the latest."""

from collections.abc import Sequence

import streamlit as st

from analytics.invoicing import exports as invoicing_exports, issued as invoicing_issued
from analytics.invoicing.amounts import by_party
from analytics.invoicing.issued import InvoiceRun
from analytics.invoicing.runs import Invoicing
from analytics.swedish import date_text, escape_markdown, sort_key, whole
from pages.parts.frame.act import INVOICES, act, told
from pages.parts.invoicing import invoice_tables
from pages.parts.widgets import downloads
from pages.parts.widgets.html_table import Column, show_table


def show(billing: Invoicing, runs: Sequence[InvoiceRun]) -> None:
    """Show what has been issued, and what can be done with it."""
    told(INVOICES)
    taken = invoicing_issued.credited_numbers(list(runs))
    show_table(
        [
            {
                "nummer": run.number,
                "titel": run.title,
                "dag": date_text(run.issued.date()),
                "belopp": run.total_kr,
                "parter": len(by_party(run.rows)),
                "underlag": f"{run.basis.scenario} ({run.basis.status})",
                "skal": run.reason,
                "sigill": run.sigill[:16] if run.whole else "stämmer inte",
                "marke": _mark(run, taken),
            }
            for run in runs
        ],
        [
            Column("nummer", "Körning", mark_of=lambda r: r["marke"]),
            Column("titel", "Vad"),
            Column("dag", "Utställd"),
            Column("belopp", "Summa, kr", whole, number=True),
            Column("parter", "Parter", whole, number=True),
            Column("underlag", "Underlag"),
            Column("skal", "Skäl"),
            Column("sigill", "Sigill"),
        ],
        "Utställda körningar är låsta. Summorna är det som skickades",
        key="faktura_korningar",
    )
    known = {run.number: run for run in runs}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        which = st.selectbox(
            "Körning",
            list(known)[::-1],
            format_func=lambda n: f"{n} {known[n].title}",
            width=300,
            key="faktura_korning",
        )
        run = known[which]
        names = {row.party: row.name for row in run.rows}
        party = st.selectbox(
            "Part",
            sorted(names, key=lambda p: sort_key(names[p])),
            format_func=names.get,
            width=300,
            key=f"faktura_part_{which}",
        )
    if not run.whole:
        st.error(
            f"Sigillet på {run.number} stämmer inte: siffrorna i lagret är inte de som ställdes "
            "ut. Återställ lagret från en säkerhetskopia."
        )
        return
    with st.expander(f"Raderna i {run.number}"):
        invoice_tables.rows(run.rows, f"{run.title} {run.year}, {run.number}", "faktura_rader")
    stem = f"fakturaunderlag-{run.number}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            f"Hämta bladet för {escape_markdown(names[party])} (PDF)",
            lambda: invoicing_exports.sheet(run, party, runs),
            file_name=f"{stem}-{party}.pdf",
            mime="application/pdf",
            on_click="ignore",
        )
        st.download_button(
            f"Hämta alla {len(names)} blad (zip)",
            lambda: invoicing_exports.zipped_sheets(run, runs),
            file_name=f"{stem}.zip",
            mime="application/zip",
            on_click="ignore",
        )
    downloads.buttons(
        invoicing_exports.as_rows(run),
        invoicing_exports.FIELDS,
        stem,
        f"Underlag {run.number}",
        invoicing_exports.about(run),
    )
    _credit(billing, runs)


def _mark(run: InvoiceRun, taken: dict[str, str]) -> str | None:
    marks = ["exempel"] if run.example else []
    if run.number in taken:
        marks.append(f"krediterad av {taken[run.number]}")
    return ", ".join(marks) or None


def _credit(billing: Invoicing, runs: Sequence[InvoiceRun]) -> None:
    last = invoicing_issued.latest_run(list(runs))
    if last is None:
        return
    # the form is the run's own: a click is for the run that was shown, and no other
    form = f"faktura_kreditera_{last.number}"
    with st.expander(f"Kreditera {last.number}"), st.form(form):
        st.markdown(
            f"En ny körning tar tillbaka {last.number} rad för rad. Därefter kan "
            f"{last.title.lower()} ställas ut på nytt."
        )
        reason = st.text_input("Skäl att kreditera", max_chars=300)
        if st.form_submit_button("Kreditera"):
            act(
                INVOICES,
                lambda: billing.credit(last.number, reason=reason),
                lambda back: f"{back.number} tar tillbaka {last.number}, rad för rad.",
            )
