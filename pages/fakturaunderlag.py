"""Sida: vad skickas till vem, och går varje krona ihop?"""

import streamlit as st

from analytics import (
    agreement,
    budget_store,
    database,
    invoice_basis,
    invoice_checks,
    invoice_store,
    store,
)
from analytics.errors import AgreementError
from analytics.invoice import OMGANG, per_part
from analytics.invoice_checks import FEL, OK
from analytics.invoice_run import Fakturering
from analytics.swedish import kr, md
from pages.parts import (
    exempelar,
    fakturaarkiv,
    fakturabilder,
    fakturakorning,
    fakturamottagare,
    fakturatabeller,
    keys,
    sidval,
    theme,
    valt,
)

year = st.session_state[keys.YEAR]
saved = store.shared()
scenarier = valt.scenarier()
billing = Fakturering(database.shared(), agreement.load(), scenarier, saved)
sealed = {item.id: item for item in scenarier.lista() if item.fryst}
runs = invoice_store.lista(saved, year)
standing = invoice_store.gallande(runs)


def lanken(text: str) -> str:
    """Return the scenario that a link asks for; say so where it is not one to invoice."""
    if text in sealed:
        return text
    st.warning(
        f"Länken ber om underlaget ”{md(text[:60])}”, som inte är ett fryst scenario här. Välj ett "
        "i listan."
    )
    return ""


def svar() -> str:
    """Say what is sent to whom, and whether it ties out."""
    if any(k.status == FEL for k in checks):
        return f"Fakturorna för {year} går inte ihop. Se kontrollerna nedan."
    sent = f"{kr(sum(run.summa_kr for run in standing.values()))} till {len(state)} parter"
    if step == 0:
        ties = all(k.status == OK for k in checks)
        end = "Varje krona går ihop." if ties else "Avstämningen mot tertialen väntar."
        return f"Allt för {year} är utställt: {sent}. {end}"
    if made is None:
        return f"{OMGANG[step]} {year} går inte att göra på det här underlaget."
    parts = len(per_part(made.rader))
    if step == 3:
        done = f"Båda fakturorna för {year} är utställda: {sent}, och varje krona går ihop."
        if made.rader:
            return f"{done} Slutavräkningen ger tillbaka {kr(-made.summa_kr)}."
        wait = "görs när tertial 3 är klarmarkerat" if used[3] is None else "har inget att reglera"
        return f"{done} Slutavräkningen {wait}."
    if not made.rader:
        return f"{made.titel} {year} går inte att göra ännu."
    return (
        f"Näst på tur är {made.titel.lower()} {year}: {kr(made.summa_kr)} till {parts} parter. "
        "Varje krona går ihop."
    )


sidval.synka("fakturaunderlag", {keys.BASIS: (lanken, "")})
step = billing.nasta(year)
made, state = None, ()
used = invoice_basis.anvant(database.shared(), saved, year)
st.title("Fakturaunderlag")
if any(run.exempel for run in runs):
    st.warning("Körningarna hör till exempelåret: de är påhittade och märkta ”exempel”.")
if not sealed and not runs:
    fakturakorning.tomt(scenarier, year)
else:
    answer = st.container()
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        sent = sum(run.summa_kr for run in standing.values())
        st.metric(f"Utställt {year}", kr(sent), width="content")
        item = fakturakorning.underlag(sealed, standing, step)
    if step:
        try:
            made = billing.forslag(item, year, used)
        except AgreementError as error:
            st.error(md(str(error)))
    checks = invoice_checks.kontroller(runs, made, used)
    state = invoice_checks.stallning(runs, made, used)
    basis = invoice_checks.grund(runs, made)
    with answer:
        st.markdown(f"**{md(svar())}**")
        if unlike := invoice_basis.unlike_budget(
            scenarier, budget_store.gallande(saved, year), basis
        ):
            st.warning(md(unlike))
    if basis:
        finding, alt = fakturabilder.fynd(basis, standing, made, used)
        theme.diagram(
            fakturabilder.figur(basis, standing, made, used),
            alt,
            rubrik=finding,
            key="faktura_staplar",
            height=250,
        )
        fakturatabeller.parter(state, standing, made, basis)
        st.header("Går varje krona ihop?")
        fakturatabeller.kontroller(checks)
        fakturatabeller.tertialer(invoice_checks.tertialer(runs, made, used))
    if step:
        st.header(f"Nästa körning: {made.titel.lower()}" if made else "Nästa körning")
        fakturakorning.visa(billing, sealed.get(st.session_state[keys.BASIS]), made, year, used)
    if runs:
        st.header("Utställda körningar")
        fakturaarkiv.visa(billing, runs)
st.header("Mottagare och värd")
fakturamottagare.visa(saved, year, {s.part: s.namn for s in state})
sidval.skriv("fakturaunderlag", {keys.BASIS: st.session_state[keys.BASIS]})

exempelar.visa()
