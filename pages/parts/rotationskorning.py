"""The search for a plan on the Rotation page: begun, followed, stopped, and kept as the draft."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics import rotation_draft
from analytics.parties import PartRad
from analytics.rotation import Inlan, Vikt
from analytics.rotation_problem import PlanFel, Villkor, uppdrag
from analytics.rotation_proof import granska
from analytics.rotation_run import Korning
from analytics.store import Store
from analytics.swedish import md, tal
from pages.parts.guard import fragment

KEY = "rotationskorning"
GENAST_S = 1.5  # most searches are done by then, and nothing needs to be followed


def borja(
    plan: Sequence[Inlan], rows: Sequence[PartRad], asked: Mapping[str, Villkor], weight: Vikt,
    limit: int, basis: str, cost_kr: int | None,
) -> None:  # fmt: skip
    """Start the search, in place of one that goes on. Raises PlanFel."""
    problems = [uppdrag(plan, rows, k, villkor, weight) for k, villkor in asked.items()]
    if pagar():
        st.session_state[KEY][0].stoppa()
    run = Korning(problems, limit)
    st.session_state[KEY] = (run, asked, weight, basis, cost_kr)
    run.vanta(GENAST_S)


def pagar() -> bool:
    return KEY in st.session_state


def folj(store: Store, plan: Sequence[Inlan], rows: Sequence[PartRad]) -> None:
    """Show how far the search is, with a way to stop it; keep the answer when it has one."""
    run, asked, weight, basis, cost_kr = st.session_state[KEY]
    if not run.klar:
        _lage(run)
        return
    del st.session_state[KEY]
    found = run.svar()
    faults = [
        fault
        for one in found
        for fault in granska(one, plan, rows, asked[one.problem.kategori], weight)
    ]
    if faults:
        raise PlanFel("Planen håller inte kontrollen (K14): " + " ".join(faults))
    rotation_draft.spara_utkast(store, asked, found, basis, cost_kr)
    st.rerun()


def _lage(run: Korning) -> None:
    def visa() -> None:
        if run.klar:
            st.rerun()
        st.progress(
            run.andel,
            md(f"{run.lage}. {tal(int(run.sekunder))} av högst {tal(run.tidsgrans_s)} sekunder "
               "per kategori."),
        )  # fmt: skip
        if st.button("Stoppa och behåll det bästa hittills", key="stoppa_korning"):
            run.stoppa()
            st.rerun()

    fragment(visa, run_every=0.5)()
