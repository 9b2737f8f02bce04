"""Rules for accounts: those that hold, a form for one, and a form for accounts without a rule."""

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics import kontering, kontering_file
from analytics.kontering import Regel
from analytics.ledger import OkantKonto
from analytics.store import Store
from analytics.swedish import ore_kr
from pages.parts import bokforing_bild
from pages.parts.act import LEDGER, act
from pages.parts.table import Kolumn, tabell

NY = ""


def koppla(store: Store, unknown: Sequence[OkantKonto], lines: Mapping[str, str]) -> None:
    """The form that puts accounts without a rule where they belong."""
    names = bokforing_bild.namnen(lines)
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
            mal = st.selectbox("Hör till", [NY, *names], format_func=_val(names), width=340)
            which = st.selectbox("Gäller", ["alla", "objekt"], format_func=GALLER.get, width=300)
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
    rules = [Regel("", k, k, _ett(objekt), mal, reason) for k, objekt in sorted(keys)]
    act(
        LEDGER,
        lambda: kontering.spara_flera(store, rules),
        f"{len(rules)} {'regel är sparad' if len(rules) == 1 else 'regler är sparade'}.",
    )


GALLER = {"alla": "kontot, alla objekt", "objekt": "bara kontot med det objektet"}


def visa(store: Store, lines: Mapping[str, str]) -> None:
    """All rules, and the form for one."""
    names = bokforing_bild.namnen(lines)
    rules = kontering.alla(store)
    tabell(
        [
            {
                "konto": r.konton,
                "objekt": r.objekt,
                "mal": bokforing_bild.namn(r.mal, names),
                "skal": r.skal,
                "marke": "gäller alltid" if not r.version else "exempel" if r.exempel else None,
            }
            for r in rules
        ],
        [
            Kolumn("konto", "Konton", marke=lambda r: r["marke"]),
            Kolumn("objekt", "Bara med objekt"),
            Kolumn("mal", "Hör till"),
            Kolumn("skal", "Skäl"),
        ],
        "Regler. Det snävaste kontospannet vinner, sedan en regel med objekt, sedan den senaste.",
        key="bf_regler",
        hojd=420,
    )
    saved = {r.id: r for r in rules if r.version}
    which = st.selectbox(
        "Regel",
        [NY, *saved],
        format_func=lambda i: _regel(saved[i], names) if i else "Ny regel",
        key="bf_regel",
        width=520,
    )
    old = saved.get(which)
    if old:  # the version that the form was opened on: a later one is a conflict
        seen = st.session_state.setdefault(f"bf_sedd_{which}", old.version)
    targets = [NY, *names]
    with st.form(f"bf_regel_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            span = st.text_input("Konto eller spann", old.konton if old else "", width=180)
            objekt = st.text_input("Bara med objekt", old.objekt if old else "", width=180)
            mal = st.selectbox(
                "Hör till",
                targets,
                targets.index(old.mal) if old and old.mal in targets else 0,
                format_func=_val(names),
                width=340,
            )
        reason = st.text_input("Skäl", old.skal if old else "", max_chars=200)
        save = st.form_submit_button("Spara regeln", type="primary")
        gone = bool(old) and st.form_submit_button("Ta bort regeln")

    def write() -> None:
        keep, version = bool(old and old.exempel), seen if old else 0
        rule = Regel(which, *kontering.spann(span), objekt.strip(), mal, reason, version, keep)
        kontering.spara(store, rule)

    if save:
        act(LEDGER, write, "Regeln är sparad.", f"bf_sedd_{which}")
    elif gone:
        why = reason.strip() or "behövs inte"
        act(
            LEDGER,
            lambda: kontering.ta_bort(store, old, why),
            "Regeln är borttagen.",
            f"bf_sedd_{which}",
        )
    if saved:
        st.download_button(
            "Hämta reglerna (CSV)",
            lambda: kontering_file.som_csv(rules),
            "konteringsregler.csv",
            "text/csv",
            on_click="ignore",
        )


def _val(names: Mapping[str, str]):
    return lambda key: names.get(key, "välj")


def _konto(k: OkantKonto) -> str:
    parts = [k.konto, k.namn, k.objekt, ore_kr(k.belopp_ore)]
    return " · ".join(filter(None, parts))


def _regel(rule: Regel, names: Mapping[str, str]) -> str:
    objekt = f" med {rule.objekt}" if rule.objekt else ""
    return f"{rule.konton}{objekt} → {bokforing_bild.namn(rule.mal, names)}"


def _ett(objekt: str) -> str:
    """The object that a rule can be about: the last of several, which is the project's."""
    return objekt.split(";")[-1]
