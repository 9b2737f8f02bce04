"""Sida: vad ska pengarna räcka till, och går posterna ihop med ramen?"""

from fractions import Fraction

import streamlit as st

from analytics.budget import file as budget_file, versions
from analytics.budget.lines import PARTS, Budget
from analytics.errors import ended
from analytics.invoicing import (
    basis as invoicing_basis,
    checks as invoicing_checks,
    issued as invoicing_issued,
)
from analytics.store import posts as store_posts
from analytics.swedish import date_text, escape_markdown, kr, percent
from pages.parts.budget import charts, draft_panel
from pages.parts.frame import chosen as frame_chosen, question
from pages.parts.widgets import downloads, example_panel, theme

VERSION = "budget_vilken"  # the session's key: the draft or the decided budget
DECIDED, DRAFT = "beslutad", "utkast"


def show_answer(budget: Budget | None) -> str:
    """Say whether the lines add up to the frame."""
    if budget is None:
        return (
            f"Ingen budget finns för {year}. Börja med ett utkast: ramen kommer ur det beslutade "
            "scenariot och delas i två tredjedelar och en tredjedel (K1, K2)."
        )
    what = f"Budgeten {year}" if budget.status == DECIDED else f"Utkastet till budget {year}"
    if not budget.faults():
        return (
            f"{what}, version {budget.number}, går ihop till kronan: {len(budget.rows)} poster "
            f"fördelar hela ramen {kr(budget.frame_kr)}."
        )
    parts = []
    for part, name in PARTS.items():
        left = budget.left(part)
        if left:
            than = "är inte fördelat på någon post" if left > 0 else "mer än delen är fördelat"
            parts.append(f"{kr(abs(left))} {than} i {name.lower()}")
    return f"{what} går inte ihop med ramen ännu: {' och '.join(parts) or 'den har inga poster'}."


def finding_text(budget: Budget) -> str:
    """Say how much of the frame the largest lines take."""
    largest = sorted(budget.rows, key=lambda r: -r.year_kr)[:2]
    share = percent(Fraction(sum(r.year_kr for r in largest), budget.frame_kr or 1), 0)
    names = " och ".join(r.name for r in largest)
    return f"{names} tar {'tillsammans ' * (len(largest) > 1)}{share} av ramen"


def day_text(budget: Budget) -> str:
    day = versions.decision_day(budget)
    return date_text(day) if day else ""


year, saved = question.asked().year, store_posts.shared()
decided, draft = versions.decided_budget(saved, year), versions.open_draft(saved, year)
st.title("Budget")
shown = draft or decided
if draft and decided:
    st.session_state.setdefault(VERSION, DRAFT)
    which = st.radio(
        "Visa",
        [DRAFT, DECIDED],
        key=VERSION,
        format_func=lambda w: {
            DRAFT: f"utkastet till version {draft.number}",
            DECIDED: f"den beslutade version {decided.number}",
        }[w],
        horizontal=True,
    )
    shown = draft if which == DRAFT else decided
st.markdown(f"**{escape_markdown(show_answer(shown))}**")
if shown:
    if shown.example:
        st.warning("Budgeten hör till exempelåret: den är påhittad och märkt ”exempel”.")
    basis = invoicing_checks.basis_check(invoicing_issued.list_runs(saved, year), None)
    if unlike := invoicing_basis.unlike_budget(frame_chosen.scenarios(), decided, basis):
        st.warning(escape_markdown(unlike))
    left = shown.frame_kr - sum(shown.total(part) for part in PARTS)
    with st.container(horizontal=True, gap="large"):
        st.metric("Ramen (K1)", kr(shown.frame_kr), width="content")
        st.metric("Kvar att fördela", kr(left), width="content")
    if shown.rows:
        finding = finding_text(shown)
        theme.show_chart(
            charts.draw_budget(shown),
            f"{finding}. Varje posts belopp per tertial står i tabellen nedanför.",
            heading=finding,
            key="budgetbild",
        )
    charts.show_parts(shown)
    if shown.rows:
        charts.lines(shown)
        downloads.buttons(
            budget_file.as_rows(shown.in_order),
            budget_file.FIELDS,
            f"budget-{year}-{shown.number}",
            "Budget",
            [f"Budget {year}, version {shown.number} ({shown.status}). Ram {kr(shown.frame_kr)}.",
             f"Skäl: {ended(shown.reason or 'utkast')}"],
        )  # fmt: skip
    draft_panel.financing(shown)

draft_panel.show(saved, year, decided, draft)
every = [b for b in versions.all_budgets(saved) if b.year == year]
if every:
    st.header("Versioner")
    charts.versions(every, day_text)

example_panel.show()
