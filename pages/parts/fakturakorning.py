"""The next run on Fakturaunderlag: what it rests on, its rows, what stops it, and issuing it."""

from collections.abc import Mapping

import streamlit as st

from analytics.invoice_run import Anvant, Fakturering, Forslag
from analytics.invoice_store import Korning
from analytics.scenario import Scenario
from analytics.scenario_store import Scenarier
from analytics.swedish import md
from pages.parts import fakturatabeller, keys
from pages.parts.act import INVOICES, act, told

SETT = "faktura_sett"  # the kontrollsumma of the proposal that is on the screen


def tomt(scenarier: Scenarier, year: int) -> None:
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
            item = scenarier.frys(scenarier.skapa(name, [], skal=why), skal=why)
            st.session_state[keys.BASIS] = item.id

        act(INVOICES, freeze)


def underlag(
    sealed: Mapping[str, Scenario], standing: Mapping[int, Korning], step: int
) -> Scenario | None:
    """Choose the sealed scenario; the settlement is of what was invoiced and has no choice."""
    if step not in (1, 2):
        return None
    if st.session_state[keys.BASIS] not in sealed:
        st.session_state[keys.BASIS] = _forval(sealed, standing)
    if not sealed:
        st.session_state[keys.BASIS] = ""
        return None
    st.selectbox(
        "Underlag för nästa körning: ett fryst eller beslutat scenario",
        list(sealed),
        key=keys.BASIS,
        format_func=lambda i: f"{sealed[i].namn} ({sealed[i].status})",
        width=420,
    )
    return sealed[st.session_state[keys.BASIS]]


def _forval(sealed: Mapping[str, Scenario], standing: Mapping[int, Korning]) -> str:
    """What the strip shows, else what was decided last, invoiced last, or frozen last."""
    invoiced = [standing[s].grund.scenario_id for s in sorted(standing, reverse=True)]
    decided = [i for i, item in sealed.items() if item.status == "beslutat"]
    for sought in (st.session_state[keys.SCENARIO], *decided[::-1], *invoiced, *list(sealed)[::-1]):
        if sought in sealed:
            return sought
    return ""


def visa(
    billing: Fakturering, item: Scenario | None, made: Forslag | None, year: int, used: Anvant
) -> None:
    """Show the proposal, what stands in its way, and the way to issue it."""
    told(INVOICES)
    if made is None:
        st.markdown("Välj ett annat underlag ovan.")
        return
    for text in (*made.hinder, *made.anmarkningar):
        st.warning(md(text))
    # what was shown when the button was pressed: someone else may have issued it since
    seen = st.session_state.get(SETT, made.kontrollsumma)
    st.session_state[SETT] = made.kontrollsumma
    if not made.rader:
        return
    with st.expander(f"Körningens {len(made.rader)} rader"):
        fakturatabeller.rader(made.rader, f"{made.titel} {year}, inte utställd", "faktura_forslag")
    with st.form("faktura_utstall"):
        reason = st.text_input("Vem som beslutat att ställa ut, och när", max_chars=300)
        st.caption(
            "En utställd körning låses med ett sigill. Den ändras aldrig, men kan krediteras av en "
            "ny körning."
        )
        done = st.form_submit_button("Ställ ut och lås", type="primary", disabled=bool(made.hinder))
    if done:
        act(
            INVOICES,
            lambda: billing.utstall(item, year, used, skal=reason, sett=seen),
            lambda run: f"{run.nummer}, {run.titel.lower()} {year}, är utställd och låst.",
        )
