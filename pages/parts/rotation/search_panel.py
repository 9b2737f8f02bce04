"""The search for a plan on the Rotation page: begun, followed, stopped, and kept as the draft."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.rotation import draft as rotation_draft
from analytics.rotation.loans import Inlan, Weight
from analytics.rotation.problem import PlanFault, PlanTerms, assignment
from analytics.rotation.proof import prove
from analytics.rotation.run import SearchRun
from analytics.store.posts import Store
from analytics.swedish import escape_markdown, whole
from pages.parts.frame.guard import fragment

KEY = "rotationskorning"
AT_ONCE_S = 1.5  # most searches are done by then, and nothing needs to be followed


def begin(
    plan: Sequence[Inlan], rows: Sequence[PartyRow], asked: Mapping[str, PlanTerms], weight: Weight,
    limit: int, basis: str, cost_kr: int | None,
) -> None:  # fmt: skip
    """Start the search, in place of one that goes on. Raises PlanFault."""
    problems = [assignment(plan, rows, k, terms, weight) for k, terms in asked.items()]
    if running():
        st.session_state[KEY][0].stop_it()
    run = SearchRun(problems, limit)
    st.session_state[KEY] = (run, asked, weight, basis, cost_kr)
    run.wait(AT_ONCE_S)


def running() -> bool:
    return KEY in st.session_state


def follow(store: Store, plan: Sequence[Inlan], rows: Sequence[PartyRow]) -> None:
    """Show how far the search is, with a way to stop it; keep the answer when it has one."""
    run, asked, weight, basis, cost_kr = st.session_state[KEY]
    if not run.ready:
        _status(run)
        return
    del st.session_state[KEY]
    found = run.answer()
    faults = [
        fault
        for one in found
        for fault in prove(one, plan, rows, asked[one.problem.category], weight)
    ]
    if faults:
        raise PlanFault("Planen håller inte kontrollen (K14): " + " ".join(faults))
    rotation_draft.save_draft(store, asked, found, basis, cost_kr)
    st.rerun()


def _status(run: SearchRun) -> None:
    def show() -> None:
        if run.ready:
            st.rerun()
        st.progress(
            run.share_done,
            escape_markdown(
                f"{run.status}. {whole(int(run.seconds))} av högst {whole(run.time_limit_s)} "
                "sekunder per kategori."
            ),
        )
        if st.button("Stoppa och behåll det bästa hittills", key="stoppa_korning"):
            run.stop_it()
            st.rerun()

    fragment(show, run_every=0.5)()
