"""The next run on Fakturaunderlag: what it rests on, its rows, what stops it, and issuing it."""

from collections.abc import Mapping

import streamlit as st

from analytics.invoicing.issued import InvoiceRun
from analytics.invoicing.runs import Invoicing, Proposal, UsedMeans
from analytics.scenario.dated import Scenario
from analytics.scenario.saved import Scenarios
from analytics.swedish import escape_markdown
from pages.parts.frame import keys as frame_keys
from pages.parts.frame.act import INVOICES, act, told
from pages.parts.invoicing import invoice_tables

SEEN = "faktura_sett"  # the checksum of the proposal that is on the screen


def empty(scenarios: Scenarios, year: int) -> None:
    """Say what to do first, and offer to do it."""
    st.markdown(
        "**Inget scenario är fryst, så det finns ännu inget att fakturera.** Fakturor görs ur ett "
        "fryst eller beslutat scenario, så att varje belopp kan räknas fram igen (K8). Frys ett på "
        "sidan Scenarier, eller frys gällande avtal här."
    )
    with st.form("faktura_forsta"):
        name = st.text_input("Scenariots namn", f"Avgifter {year}", max_chars=80)
        reason = st.text_input("Skäl, eller vem som beslutat", max_chars=300)
        done = st.form_submit_button("Frys gällande avtal som underlag", type="primary")
    if done:
        why = reason.strip() or f"Underlag för fakturorna {year}"

        def freeze() -> None:
            item = scenarios.freeze(scenarios.create(name, [], reason=why), reason=why)
            st.session_state[frame_keys.BASIS] = item.id

        act(INVOICES, freeze)


def grounds(
    sealed: Mapping[str, Scenario], standing: Mapping[int, InvoiceRun], step: int
) -> Scenario | None:
    """Choose the sealed scenario; the settlement is of what was invoiced and has no choice."""
    if step not in (1, 2):
        return None
    if st.session_state[frame_keys.BASIS] not in sealed:
        st.session_state[frame_keys.BASIS] = _default(sealed, standing)
    if not sealed:
        st.session_state[frame_keys.BASIS] = ""
        return None
    st.selectbox(
        "Underlag för nästa körning: ett fryst eller beslutat scenario",
        list(sealed),
        key=frame_keys.BASIS,
        format_func=lambda i: f"{sealed[i].name} ({sealed[i].status})",
        width=420,
    )
    return sealed[st.session_state[frame_keys.BASIS]]


def _default(sealed: Mapping[str, Scenario], standing: Mapping[int, InvoiceRun]) -> str:
    """What the strip shows, else what was decided last, invoiced last, or frozen last."""
    invoiced = [standing[s].basis.scenario_id for s in sorted(standing, reverse=True)]
    decided = [i for i, item in sealed.items() if item.status == "beslutat"]
    for sought in (
        st.session_state[frame_keys.SCENARIO],
        *decided[::-1],
        *invoiced,
        *list(sealed)[::-1],
    ):
        if sought in sealed:
            return sought
    return ""


def show(
    billing: Invoicing, item: Scenario | None, made: Proposal | None, year: int, used: UsedMeans
) -> None:
    """Show the proposal, what stands in its way, and the way to issue it."""
    told(INVOICES)
    if made is None:
        st.markdown("Välj ett annat underlag ovan.")
        return
    for text in (*made.obstacles, *made.remarks):
        st.warning(escape_markdown(text))
    # what was shown when the button was pressed: someone else may have issued it since
    seen = st.session_state.get(SEEN, made.checksum)
    st.session_state[SEEN] = made.checksum
    if not made.rows:
        return
    with st.expander(f"Körningens {len(made.rows)} rader"):
        invoice_tables.rows(made.rows, f"{made.title} {year}, inte utställd", "faktura_forslag")
    with st.form("faktura_utstall"):
        reason = st.text_input("Vem som beslutat att ställa ut, och när", max_chars=300)
        st.caption(
            "En utställd körning låses med ett sigill. Den ändras aldrig, men kan krediteras av en "
            "ny körning."
        )
        done = st.form_submit_button(
            "Ställ ut och lås", type="primary", disabled=bool(made.obstacles)
        )
    if done:
        act(
            INVOICES,
            lambda: billing.issue(item, year, used, reason=reason, seen=seen),
            lambda run: f"{run.number}, {run.title.lower()} {year}, är utställd och låst.",
        )
