"""Try another party on one turn of the draft, and see who then owes what. Nothing is saved."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError
from analytics.rotation import view
from analytics.rotation.draft import RotationDraft, solution_of
from analytics.rotation.loans import Inlan
from analytics.rotation.swap import swap
from analytics.swedish import date_text, decimal, escape_markdown, sort_key
from pages.parts.frame import question


def show(
    plan: Sequence[Inlan], rows: Sequence[PartyRow], names: Mapping[str, str], draft: RotationDraft,
    asked: question.ViewQuestion,
) -> None:  # fmt: skip
    """Show the choice of turn and party, and what the swap costs."""
    with st.expander("Pröva en annan part på ett pass", key="ex_byte"):
        where = st.selectbox(
            "Pass att byta",
            range(len(draft.turns)),
            format_func=lambda n: _turn(draft.turns[n], names),
            width=520,
        )
        turn = draft.turns[where]
        try:
            weight = view.weight_of(draft.weight, question.result(asked))
            found = solution_of(draft, plan, rows, turn.post, weight)
            problem = found.problem
            others = sorted(
                (p for p in problem.can if p != turn.party), key=lambda p: sort_key(names[p])
            )
            party = st.selectbox("Part i stället", others, format_func=lambda p: names.get(p, p))
            chosen_swap = swap(found, problem.turn.index((turn.since, turn.until)), party)
        except AgreementError as error:
            st.error(escape_markdown(str(error)))
            return
        said = [
            _debt(names[party], chosen_swap.debt_after),
            _debt(names[turn.party], chosen_swap.debt_before) if chosen_swap.debt_before else "",
            _debt("Den största skulden", chosen_swap.largest),
        ]
        st.markdown(escape_markdown(" ".join(said)))
        for broken in chosen_swap.obstacles:
            st.warning(escape_markdown(broken))


def _turn(turn: Inlan, names: Mapping[str, str]) -> str:
    return f"{turn.post} {date_text(turn.since)}–{date_text(turn.until)}, {names[turn.party]}"


def _debt(who: str, change: tuple) -> str:
    before, after = (decimal(value, 2) for value in change)
    return f"{who}: {before} blir {after} personmånader vid periodens slut."
