"""Sida: vad skickas till vem, och går varje krona ihop?"""

import streamlit as st

from analytics.agreement import contract
from analytics.budget import versions
from analytics.errors import AgreementError
from analytics.invoicing import (
    basis as invoicing_basis,
    checks as invoicing_checks,
    issued as invoicing_issued,
)
from analytics.invoicing.amounts import ROUND, by_party
from analytics.invoicing.checks import FAULTS, OK
from analytics.invoicing.runs import Invoicing
from analytics.reference import database
from analytics.store import posts as store_posts
from analytics.swedish import escape_markdown, kr
from pages.parts.frame import chosen as frame_chosen, keys as frame_keys, page_choice
from pages.parts.invoicing import (
    archive,
    invoice_charts,
    invoice_tables,
    recipient_panel,
    run_panel,
)
from pages.parts.widgets import example_panel, theme

year = st.session_state[frame_keys.YEAR]
saved = store_posts.shared()
scenarios = frame_chosen.scenarios()
billing = Invoicing(database.shared(), contract.load(), scenarios, saved)
sealed = {item.id: item for item in scenarios.list_all() if item.frozen}
runs = invoicing_issued.list_runs(saved, year)
standing = invoicing_issued.in_force(runs)


def read_link(text: str) -> str:
    """Return the scenario that a link asks for; say so where it is not one to invoice."""
    if text in sealed:
        return text
    st.warning(
        f"Länken ber om underlaget ”{escape_markdown(text[:60])}”, som inte är ett fryst scenario "
        "här. Välj ett "
        "i listan."
    )
    return ""


def show_answer() -> str:
    """Say what is sent to whom, and whether it ties out."""
    if any(k.status == FAULTS for k in checks):
        return f"Fakturorna för {year} går inte ihop. Se kontrollerna nedan."
    sent = f"{kr(sum(run.total_kr for run in standing.values()))} till {len(state)} parter"
    if step == 0:
        ties = all(k.status == OK for k in checks)
        end = "Varje krona går ihop." if ties else "Avstämningen mot tertialen väntar."
        return f"Allt för {year} är utställt: {sent}. {end}"
    if made is None:
        return f"{ROUND[step]} {year} går inte att göra på det här underlaget."
    parties = len(by_party(made.rows))
    if step == 3:
        done = f"Båda fakturorna för {year} är utställda: {sent}, och varje krona går ihop."
        if made.rows:
            return f"{done} Slutavräkningen ger tillbaka {kr(-made.total_kr)}."
        wait = "görs när tertial 3 är klarmarkerat" if used[3] is None else "har inget att reglera"
        return f"{done} Slutavräkningen {wait}."
    if not made.rows:
        return f"{made.title} {year} går inte att göra ännu."
    return (
        f"Näst på tur är {made.title.lower()} {year}: {kr(made.total_kr)} till {parties} parter. "
        "Varje krona går ihop."
    )


page_choice.read_address("fakturaunderlag", {frame_keys.BASIS: (read_link, "")})
step = billing.next_run(year)
made, state = None, ()
used = invoicing_basis.used_means(database.shared(), saved, year)
st.title("Fakturaunderlag")
if any(run.example for run in runs):
    st.warning("Körningarna hör till exempelåret: de är påhittade och märkta ”exempel”.")
if not sealed and not runs:
    run_panel.empty(scenarios, year)
else:
    answer = st.container()
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        sent = sum(run.total_kr for run in standing.values())
        st.metric(f"Utställt {year}", kr(sent), width="content")
        item = run_panel.grounds(sealed, standing, step)
    if step:
        try:
            made = billing.proposals(item, year, used)
        except AgreementError as error:
            st.error(escape_markdown(str(error)))
    checks = invoicing_checks.run_checks(runs, made, used)
    state = invoicing_checks.standings(runs, made, used)
    basis = invoicing_checks.basis_check(runs, made)
    with answer:
        st.markdown(f"**{escape_markdown(show_answer())}**")
        if unlike := invoicing_basis.unlike_budget(
            scenarios, versions.decided_budget(saved, year), basis
        ):
            st.warning(escape_markdown(unlike))
    if basis:
        finding, alt = invoice_charts.finding(basis, standing, made, used)
        theme.show_chart(
            invoice_charts.draw_invoices(basis, standing, made, used),
            alt,
            heading=finding,
            key="faktura_staplar",
            height=250,
        )
        invoice_tables.parties(state, standing, made, basis)
        st.header("Går varje krona ihop?")
        invoice_tables.checks(checks)
        invoice_tables.tertial_list(invoicing_checks.tertial_rows(runs, made, used))
    if step:
        st.header(f"Nästa körning: {made.title.lower()}" if made else "Nästa körning")
        run_panel.show(billing, sealed.get(st.session_state[frame_keys.BASIS]), made, year, used)
    if runs:
        st.header("Utställda körningar")
        archive.show(billing, runs)
st.header("Mottagare och värd")
recipient_panel.show(saved, year, {s.party: s.name for s in state})
page_choice.write("fakturaunderlag", {frame_keys.BASIS: st.session_state[frame_keys.BASIS]})

example_panel.show()
