"""Rules for accounts: those that hold, a form for one, and a form for accounts without a rule."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.ledger import posting_rules, posting_rules_file
from analytics.ledger.booked import UnknownKonto
from analytics.ledger.posting_rules import PostingRule
from analytics.store.posts import Store
from analytics.swedish import ore_kr
from pages.parts.frame.act import LEDGER, act
from pages.parts.ledger import charts
from pages.parts.widgets.html_table import Column, show_table

NEW = ""


def connect(store: Store, unknown: Sequence[UnknownKonto], lines: Mapping[str, str]) -> None:
    """The form that puts accounts without a rule where they belong."""
    names = charts.names(lines)
    if not lines:
        st.caption(
            "Det finns ingen budget ännu, så ett konto kan bara läggas som intäkt eller utanför "
            "ramen. Gör budgeten på sidan Budget först."
        )
    accounts = {f"{k.konto};{k.objekt}": k for k in unknown}
    with st.form("bf_koppla", clear_on_submit=True):
        chosen = st.multiselect(
            "Konton",
            list(accounts),
            format_func=lambda key: _konto(accounts[key]),
            placeholder="Välj ett eller flera konton",
        )
        with st.container(horizontal=True, vertical_alignment="top"):
            target = st.selectbox("Hör till", [NEW, *names], format_func=_choice(names), width=340)
            which = st.selectbox("Gäller", ["alla", "objekt"], format_func=HOLDS.get, width=300)
        reason = st.text_input("Skäl", max_chars=200)
        save = st.form_submit_button("Spara reglerna", type="primary")
    if not save:
        return
    keys = {
        (accounts[key].konto, accounts[key].objekt if which == "objekt" else "") for key in chosen
    }
    if not keys:
        st.error("Välj minst ett konto.")
        return
    rules = [PostingRule("", k, k, _one(objekt), target, reason) for k, objekt in sorted(keys)]
    act(
        LEDGER,
        lambda: posting_rules.save_many(store, rules),
        f"{len(rules)} {'regel är sparad' if len(rules) == 1 else 'regler är sparade'}.",
    )


HOLDS = {"alla": "kontot, alla objekt", "objekt": "bara kontot med det objektet"}


def show(store: Store, lines: Mapping[str, str]) -> None:
    """All rules, and the form for one."""
    names = charts.names(lines)
    rules = posting_rules.all_rules(store)
    show_table(
        [
            {
                "konto": r.accounts,
                "objekt": r.objekt,
                "mal": charts.name(r.target, names),
                "skal": r.reason,
                "marke": "gäller alltid" if not r.version else "exempel" if r.example else None,
            }
            for r in rules
        ],
        [
            Column("konto", "Konton", mark_of=lambda r: r["marke"]),
            Column("objekt", "Bara med objekt"),
            Column("mal", "Hör till"),
            Column("skal", "Skäl"),
        ],
        "Regler. Det snävaste kontospannet vinner, sedan en regel med objekt, sedan den senaste.",
        key="bf_regler",
        height=420,
    )
    saved = {r.id: r for r in rules if r.version}
    which = st.selectbox(
        "Regel",
        [NEW, *saved],
        format_func=lambda i: _rule(saved[i], names) if i else "Ny regel",
        key="bf_regel",
        width=520,
    )
    old = saved.get(which)
    if old:  # the version that the form was opened on: a later one is a conflict
        seen = st.session_state.setdefault(f"bf_sedd_{which}", old.version)
    targets = [NEW, *names]
    with st.form(f"bf_regel_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            span = st.text_input("Konto eller spann", old.accounts if old else "", width=180)
            objekt = st.text_input("Bara med objekt", old.objekt if old else "", width=180)
            target = st.selectbox(
                "Hör till",
                targets,
                targets.index(old.target) if old and old.target in targets else 0,
                format_func=_choice(names),
                width=340,
            )
        reason = st.text_input("Skäl", old.reason if old else "", max_chars=200)
        save = st.form_submit_button("Spara regeln", type="primary")
        gone = bool(old) and st.form_submit_button("Ta bort regeln")

    def write() -> None:
        keep, version = bool(old and old.example), seen if old else 0
        rule = PostingRule(
            which, *posting_rules.span(span), objekt.strip(), target, reason, version, keep
        )
        posting_rules.save(store, rule)

    if save:
        act(LEDGER, write, "Regeln är sparad.", f"bf_sedd_{which}")
    elif gone:
        why = reason.strip() or "behövs inte"
        act(
            LEDGER,
            lambda: posting_rules.remove(store, old, why),
            "Regeln är borttagen.",
            f"bf_sedd_{which}",
        )
    if saved:
        st.download_button(
            "Hämta reglerna (CSV)",
            lambda: posting_rules_file.as_csv(rules),
            "konteringsregler.csv",
            "text/csv",
            on_click="ignore",
        )


def _choice(names: Mapping[str, str]):
    return lambda key: names.get(key, "välj")


def _konto(k: UnknownKonto) -> str:
    parts = [k.konto, k.name, k.objekt, ore_kr(k.amount_ore)]
    return " · ".join(filter(None, parts))


def _rule(rule: PostingRule, names: Mapping[str, str]) -> str:
    objekt = f" med {rule.objekt}" if rule.objekt else ""
    return f"{rule.accounts}{objekt} → {charts.name(rule.target, names)}"


def _one(objekt: str) -> str:
    """The object that a rule can be about: the last of several, which is the project's."""
    return objekt.split(";")[-1]
