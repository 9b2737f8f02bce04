"""Sida: vad ska pengarna räcka till, och går posterna ihop med ramen?"""

from fractions import Fraction

import streamlit as st

from analytics import (
    budget_file,
    budget_store,
    invoice_basis,
    invoice_checks,
    invoice_store,
    store,
)
from analytics.budget import DELAR, Budget
from analytics.swedish import datum, kr, md, procent
from pages.parts import budgetarbete, budgetbild, exempelar, nedladdning, theme, valt, vy

BESLUTAD, UTKAST = "beslutad", "utkast"


def svar(budget: Budget | None) -> str:
    """Say whether the lines add up to the frame."""
    if budget is None:
        return (
            f"Ingen budget finns för {year}. Börja med ett utkast: ramen kommer ur det beslutade "
            "scenariot och delas i två tredjedelar och en tredjedel (K1, K2)."
        )
    what = f"Budgeten {year}" if budget.status == BESLUTAD else f"Utkastet till budget {year}"
    if not budget.fel():
        return (
            f"{what}, version {budget.nummer}, går ihop till kronan: {len(budget.rader)} poster "
            f"fördelar hela ramen {kr(budget.ram_kr)}."
        )
    parts = []
    for part, name in DELAR.items():
        left = budget.kvar(part)
        if left:
            than = "är inte fördelat på någon post" if left > 0 else "mer än delen är fördelat"
            parts.append(f"{kr(abs(left))} {than} i {name.lower()}")
    return f"{what} går inte ihop med ramen ännu: {' och '.join(parts) or 'den har inga poster'}."


def fynd(budget: Budget) -> str:
    """Say how much of the frame the largest lines take."""
    largest = sorted(budget.rader, key=lambda r: -r.ar_kr)[:2]
    share = procent(Fraction(sum(r.ar_kr for r in largest), budget.ram_kr or 1), 0)
    names = " och ".join(r.namn for r in largest)
    return f"{names} tar {'tillsammans ' * (len(largest) > 1)}{share} av ramen"


def dag(budget: Budget) -> str:
    day = budget_store.beslutsdag(budget)
    return datum(day) if day else ""


year, saved = vy.fraga().ar, store.shared()
decided, draft = budget_store.gallande(saved, year), budget_store.utkast(saved, year)
st.title("Budget")
shown = draft or decided
if draft and decided:
    st.session_state.setdefault("budget_vilken", UTKAST)
    which = st.radio(
        "Visa",
        [UTKAST, BESLUTAD],
        key="budget_vilken",
        format_func=lambda w: {
            UTKAST: f"utkastet till version {draft.nummer}",
            BESLUTAD: f"den beslutade version {decided.nummer}",
        }[w],
        horizontal=True,
    )
    shown = draft if which == UTKAST else decided
st.markdown(f"**{md(svar(shown))}**")
if shown:
    if shown.exempel:
        st.warning("Budgeten hör till exempelåret: den är påhittad och märkt ”exempel”.")
    basis = invoice_checks.grund(invoice_store.lista(saved, year), None)
    if unlike := invoice_basis.unlike_budget(valt.scenarier(), decided, basis):
        st.warning(md(unlike))
    left = shown.ram_kr - sum(shown.summa(part) for part in DELAR)
    with st.container(horizontal=True, gap="large"):
        st.metric("Ramen (K1)", kr(shown.ram_kr), width="content")
        st.metric("Kvar att fördela", kr(left), width="content")
    if shown.rader:
        finding = fynd(shown)
        theme.diagram(
            budgetbild.figur(shown),
            f"{finding}. Varje posts belopp per tertial står i tabellen nedanför.",
            rubrik=finding,
            key="budgetbild",
        )
    budgetbild.delarna(shown)
    if shown.rader:
        budgetbild.poster(shown)
        nedladdning.knappar(
            budget_file.rader(shown.i_ordning),
            budget_file.FALT,
            f"budget-{year}-{shown.nummer}",
            "Budget",
            [f"Budget {year}, version {shown.nummer} ({shown.status}). Ram {kr(shown.ram_kr)}.",
             f"Skäl: {shown.skal or 'utkast'}."],
        )  # fmt: skip
    budgetarbete.finansiering(shown)

budgetarbete.visa(saved, year, decided, draft)
every = [b for b in budget_store.alla(saved) if b.ar == year]
if every:
    st.header("Versioner")
    budgetbild.versioner(every, dag)

exempelar.visa()
