"""Try another party on one turn of the draft, and see who then owes what. Nothing is saved."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics import rotation_view
from analytics.errors import AgreementError
from analytics.parties import PartRad
from analytics.rotation import Inlan
from analytics.rotation_draft import Utkast, losning
from analytics.rotation_swap import byt
from analytics.swedish import datum, decimal, md, sort_key
from pages.parts import vy


def visa(
    plan: Sequence[Inlan], rows: Sequence[PartRad], names: Mapping[str, str], draft: Utkast,
    asked: vy.Fraga,
) -> None:  # fmt: skip
    """Show the choice of turn and party, and what the swap costs."""
    with st.expander("Pröva en annan part på ett pass", key="ex_byte"):
        where = st.selectbox(
            "Pass att byta",
            range(len(draft.turer)),
            format_func=lambda n: _pass(draft.turer[n], names),
            width=520,
        )
        turn = draft.turer[where]
        try:
            weight = rotation_view.vikten(draft.vikt, vy.resultat(asked))
            found = losning(draft, plan, rows, turn.post, weight)
            problem = found.problem
            others = sorted(
                (p for p in problem.kan if p != turn.part), key=lambda p: sort_key(names[p])
            )
            part = st.selectbox("Part i stället", others, format_func=lambda p: names.get(p, p))
            swap = byt(found, problem.pass_.index((turn.fran, turn.till)), part)
        except AgreementError as error:
            st.error(md(str(error)))
            return
        said = [
            _skuld(names[part], swap.skuld_efter),
            _skuld(names[turn.part], swap.skuld_fore) if swap.skuld_fore else "",
            _skuld("Den största skulden", swap.storsta),
        ]
        st.markdown(md(" ".join(said)))
        for broken in swap.hinder:
            st.warning(md(broken))


def _pass(turn: Inlan, names: Mapping[str, str]) -> str:
    return f"{turn.post} {datum(turn.fran)}–{datum(turn.till)}, {names[turn.part]}"


def _skuld(who: str, change: tuple) -> str:
    before, after = (decimal(value, 2) for value in change)
    return f"{who}: {before} blir {after} personmånader vid periodens slut."
